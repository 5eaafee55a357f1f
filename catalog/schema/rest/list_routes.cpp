// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/merge_metadata.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

constexpr std::size_t kMostSchemas = 1'000;

/// GET /schemas: whole schemas, for who shows them all.
void listSchemas(const RestContext& context, RestCall call) {
    auto prefix = call.text("subjectPrefix");
    prefix =
        prefix == ":*:" || (prefix.empty() && call.context == ".") ? std::string() : call.subject(prefix).toString();
    const bool isLatestOnly = call.flag("latestOnly"), withDeleted = call.flag("deleted");
    std::vector<SchemaVersion> found;
    context.service.registry().read([&](const RegistryState& state) {
        for (const auto& subject : state.subjects(prefix, withDeleted ? Deleted::With : Deleted::Without)) {
            if (!context.mayDo(call, RegistryAction::Read, subject)) {
                continue;
            }
            if (isLatestOnly) {
                if (auto latest = state.latest(subject)) {
                    found.push_back(std::move(*latest));
                }
                continue;
            }
            for (const auto& [version, stored] : *state.versions(subject)) {
                if (withDeleted || !stored.isDeleted) {
                    found.push_back(*state.version(subject, version));
                }
            }
        }
    });
    if (const auto type = call.text("ruleType"); !type.empty()) {
        std::erase_if(found, [&](const SchemaVersion& one) { return !hasRuleOfType(one.definition->ruleSet, type); });
    }
    auto json = RestJson::array();
    auto shown = page(call, std::move(found), kMostSchemas);
    shown.resize(std::min(shown.size(), kMostSchemas));
    for (const auto& version : shown) {
        json.push_back(versionJson(version, call.takesUnknown));
    }
    call.answer(dumpJson(json));
}

} // namespace

void addListRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "schemas",
        [&context](RestCall call, const backbone::RouteValues&) { listSchemas(context, std::move(call)); });
}

} // namespace meshbone::catalog
