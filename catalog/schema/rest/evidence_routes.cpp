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

/// Who asked for the schemas that the asker may read.
void listFetches(const RestContext& context, RestCall call) {
    auto fetches = context.fetches->all();
    std::erase_if(fetches, [&](const SchemaFetch& one) {
        const auto versions = context.service.registry().read(
            [&](const RegistryState& state) { return state.versionsOf(one.context, one.id); });
        return std::ranges::none_of(versions, [&](const SchemaVersion& version) {
            return (one.subject.empty() || one.subject == version.subject) &&
                   context.mayDo(call, RegistryAction::Read, version.subject);
        });
    });
    call.answer(fetchesToJson(fetches));
}

void tellStatus(const RestContext& context, RestCall call) {
    const auto status = context.service.registry().status();
    call.answer(dumpJson(RestJson{{"ready", status.stage == RegistryStatus::Stage::Ready},
                                  {"reason", status.reason},
                                  {"records", status.records},
                                  {"unreadable", status.unreadable},
                                  {"firstUnreadable", status.firstUnreadable},
                                  {"contradicting", status.contradicting},
                                  {"lastContradicting", status.lastContradicting},
                                  {"notedSinceMs", context.fetches->sinceMs()}}));
}

} // namespace

void noteFetch(const RestContext& context, const RestCall& call, const std::string& name, SchemaId id, SchemaAsk what,
               const std::string& subject) {
    context.fetches->note({name, id, call.request.principal, call.request.remoteAddress,
                           std::string(call.request.header("User-Agent").value_or("")), -1, what, subject});
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
