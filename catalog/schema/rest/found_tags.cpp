// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/found_tags.h"

#include "schema/rest/formatted.h"
#include "schema/tags/tagged_entities.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace meshbone::catalog {

namespace {

constexpr auto kFindTags = "findTags";

std::vector<std::string_view> wantedTags(const RestCall& call) {
    std::vector<std::string_view> wanted;
    for (const auto& [name, value] : call.query.parameters) {
        if (name == kFindTags) {
            wanted.push_back(value);
        }
    }
    return wanted;
}

} // namespace

RegistryResult<void> addFoundTags(const RestContext& context, const RestCall& call, const std::string& name,
                                  const SchemaDefinition& definition, RestJson& json) {
    const auto wanted = wantedTags(call);
    if (wanted.empty()) {
        return {};
    }
    const auto parsed = context.service.registry().read(
        [&](const RegistryState& state) { return context.service.cache().parsed(state, name, definition); });
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    // What is referred to has tags of its own, for those only who may read it.
    const auto entities = taggedEntities(**parsed, !unreadableBehind(context, call, name, definition));
    if (!entities) {
        return refuse(42201, entities.error().message);
    }
    const auto isWanted = [&](const std::string& tag) {
        return std::ranges::any_of(wanted, [&](std::string_view one) { return one == "*" || one == tag; });
    };
    auto found = RestJson::array();
    for (const auto& one : *entities) {
        if (std::ranges::any_of(one.tags, isWanted)) {
            const RestJson entity{{"entityPath", one.path}, {"entityType", one.isField ? "sr_field" : "sr_record"}};
            found.push_back(RestJson{{"schemaEntity", entity}, {"tags", one.tags}});
        }
    }
    if (!found.empty()) {
        json["schemaTags"] = std::move(found);
    }
    return {};
}

} // namespace meshbone::catalog
