// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

#include <catalog/schema_guard.h>

#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

/// What was written to topics whose subjects the asker may read.
void listViolations(const RestContext& context, RestCall call) {
    auto topics = context.options.guard ? context.options.guard->marks().all() : std::vector<TopicViolations>();
    const auto wanted = call.text("topic");
    std::erase_if(topics, [&](const TopicViolations& one) {
        return (!wanted.empty() && one.topic != wanted) ||
               !context.mayDo(call, RegistryAction::Read, one.topic + "-value");
    });
    call.answer(violationsToJson(topics));
}

/// Who fetched the schemas that the asker may read.
void listFetches(const RestContext& context, RestCall call) {
    auto json = RestJson::array();
    for (const auto& one : context.fetches->all()) {
        const auto versions = context.service.registry().read(
            [&](const RegistryState& state) { return state.versionsOf(one.context, one.id); });
        if (std::ranges::any_of(versions, [&](const SchemaVersion& version) {
                return context.mayDo(call, RegistryAction::Read, version.subject);
            })) {
            json.push_back(RestJson{{"context", one.context},
                                    {"id", one.id.value()},
                                    {"principal", one.principal},
                                    {"address", one.address},
                                    {"agent", one.agent},
                                    {"lastMs", one.lastMs}});
        }
    }
    call.answer(dumpJson(json));
}

void tellStatus(const RestContext& context, RestCall call) {
    const auto status = context.service.registry().status();
    call.answer(dumpJson(RestJson{{"ready", status.stage == RegistryStatus::Stage::Ready},
                                  {"reason", status.reason},
                                  {"records", status.records},
                                  {"unreadable", status.unreadable},
                                  {"firstUnreadable", status.firstUnreadable},
                                  {"contradicting", status.contradicting},
                                  {"lastContradicting", status.lastContradicting}}));
}

} // namespace

void noteFetch(const RestContext& context, const RestCall& call, const std::string& name, SchemaId id) {
    context.fetches->note({name, id, call.request.principal, call.request.remoteAddress,
                           std::string(call.request.header("User-Agent").value_or("")), -1});
}

void addEvidenceRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "meshbone/v1/violations",
        [&context](RestCall call, const backbone::RouteValues&) { listViolations(context, std::move(call)); });
    add("GET", "meshbone/v1/fetches",
        [&context](RestCall call, const backbone::RouteValues&) { listFetches(context, std::move(call)); });
    add("GET", "meshbone/v1/status",
        [&context](RestCall call, const backbone::RouteValues&) { tellStatus(context, std::move(call)); });
}

} // namespace meshbone::catalog
