// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/merge_metadata.h"
#include "schema/registry/registry_rules.h"
#include "schema/rest/rest_call.h"
#include "schema/rest/rest_json.h"
#include "schema/rest/subject_filter.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace meshbone::catalog {

namespace {

constexpr std::size_t kMostSchemas = 1'000;

using Aliases = std::map<std::string, std::vector<std::string>>;

/// The versions of a subject that a call asks for.
void addVersions(const RegistryState& state, const RestCall& call, const std::string& subject,
                 std::vector<SchemaVersion>& found) {
    const bool withDeleted = call.flag("deleted");
    if (call.flag("latestOnly")) {
        if (auto latest = state.latest(subject)) {
            found.push_back(std::move(*latest));
        }
        return;
    }
    const auto* versions = state.versions(subject);
    if (versions == nullptr) {
        return; // an alias may stand for what isn't there
    }
    for (const auto& [version, stored] : *versions) {
        if (withDeleted || !stored.isDeleted) {
            found.push_back(*state.version(subject, version));
        }
    }
}

/// Those of a prefix; with aliases, also of what an alias of that prefix stands for. By subject and version.
std::vector<SchemaVersion> findVersions(const RestContext& context, const RestCall& call, const SubjectFilter& filter,
                                        Aliases& aliases) {
    std::vector<SchemaVersion> found;
    context.service.registry().read([&](const RegistryState& state) {
        auto some = state.subjects(filter.prefix(), call.flag("deleted") ? Deleted::With : Deleted::Without);
        std::erase_if(some, [&](const std::string& one) { return !filter.takes(one); });
        std::set<std::string> subjects(some.begin(), some.end());
        if (call.flag("aliases")) {
            aliases = aliasesBySubject(state, filter.prefix());
            for (auto& [subject, names] : aliases) {
                std::erase_if(names, [&](const std::string& one) { return !filter.takes(one); });
            }
            std::erase_if(aliases, [](const auto& one) { return one.second.empty(); });
            std::ranges::for_each(aliases, [&](const auto& one) { subjects.insert(one.first); });
        }
        for (const auto& subject : subjects) {
            if (context.mayDo(call, RegistryAction::Read, subject)) {
                addVersions(state, call, subject, found);
            }
        }
    });
    return found;
}

/// GET /schemas: whole schemas, for who shows them all.
void listSchemas(const RestContext& context, RestCall call) {
    Aliases aliases;
    auto found = findVersions(context, call, SubjectFilter(call), aliases);
    if (const auto type = call.text("ruleType"); !type.empty()) {
        std::erase_if(found, [&](const SchemaVersion& one) { return !hasRuleOfType(one.definition->ruleSet, type); });
    }
    auto json = RestJson::array();
    auto shown = page(call, std::move(found), kMostSchemas);
    shown.resize(std::min(shown.size(), kMostSchemas));
    for (const auto& version : shown) {
        json.push_back(versionJson(version, call.takesUnknown));
        auto names = aliases.contains(version.subject) ? aliases.at(version.subject) : std::vector<std::string>();
        std::erase_if(names, [&](const std::string& one) { return !context.mayDo(call, RegistryAction::Read, one); });
        if (!names.empty()) {
            json.back()["aliases"] = std::move(names);
        }
    }
    call.answer(dumpJson(json));
}

} // namespace

void addListRoutes(const RestContext& context, const AddRoute& add) {
    add("GET", "schemas",
        [&context](RestCall call, const backbone::RouteValues&) { listSchemas(context, std::move(call)); });
}

} // namespace meshbone::catalog
