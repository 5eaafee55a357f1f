// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/found_tags.h"

#include "schema/rest/formatted.h"
#include "schema/rest/judged.h"
#include "schema/tags/tagged_entities.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <set>

namespace meshbone::catalog {

namespace {

constexpr auto kFindTags = "findTags";

using Tags = std::set<std::string, std::less<>>;

Tags wantedTags(const RestCall& call) {
    Tags wanted;
    for (const auto& [name, value] : call.query.parameters) {
        if (name == kFindTags) {
            wanted.insert(value);
        }
    }
    return wanted;
}

RegistryResult<RestJson> foundTags(const RestContext& context, const std::string& name,
                                   const SchemaDefinition& definition, bool withReferenced, const Tags& wanted) {
    const auto parsed = context.service.registry().read(
        [&](const RegistryState& state) { return context.service.cache().parsed(state, name, definition); });
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    const auto entities = taggedEntities(**parsed, withReferenced);
    if (!entities) {
        return refuse(42201, entities.error().message);
    }
    const bool anyTag = wanted.contains("*");
    auto found = RestJson::array();
    for (const auto& one : *entities) {
        if (anyTag || std::ranges::any_of(one.tags, [&](const std::string& tag) { return wanted.contains(tag); })) {
            const RestJson entity{{"entityPath", one.path}, {"entityType", one.isField ? "sr_field" : "sr_record"}};
            found.push_back(RestJson{{"schemaEntity", entity}, {"tags", one.tags}});
        }
    }
    return found;
}

} // namespace

void answerWithFoundTags(const RestContext& context, RestCall call, const std::string& name,
                         const SchemaDefinitionPtr& definition, RestJson json) {
    auto wanted = wantedTags(call);
    if (wanted.empty()) {
        return call.answer(dumpJson(json));
    }
    // What is referred to has tags of its own, for those only who may read it.
    const bool withReferenced = !unreadableBehind(context, call, name, *definition);
    const auto shared = std::make_shared<RestCall>(std::move(call));
    checkLater(context, shared,
               [&context, shared, name, definition, withReferenced, wanted = std::move(wanted),
                json = std::move(json)]() mutable {
                   auto found = foundTags(context, name, *definition, withReferenced, wanted);
                   if (!found) {
                       return shared->answer(found.error());
                   }
                   if (!found->empty()) {
                       json["schemaTags"] = std::move(*found);
                   }
                   shared->answer(dumpJson(json));
               });
}

} // namespace meshbone::catalog
