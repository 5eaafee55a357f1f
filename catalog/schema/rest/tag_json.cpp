// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/tag_json.h"

#include "schema/rest/rest_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace meshbone::catalog {

namespace {

RegistryResult<std::vector<std::string>> textsOf(const RestJson& list, const char* name) {
    std::vector<std::string> texts;
    if (!list.is_array()) {
        return refuse(400, fmt::format("\"{}\" must be an array of strings.", name));
    }
    for (const auto& one : list) {
        if (!one.is_string()) {
            return refuse(400, fmt::format("\"{}\" must be an array of strings.", name));
        }
        texts.push_back(one.get<std::string>());
    }
    return texts;
}

RegistryResult<EntityTags> readEntity(const RestJson& one) {
    const auto entity = one.is_object() ? one.value("schemaEntity", RestJson()) : RestJson();
    const auto path = entity.is_object() ? entity.value("entityPath", RestJson()) : RestJson();
    const auto type = entity.is_object() ? entity.value("entityType", RestJson()) : RestJson();
    if (!path.is_string() || !type.is_string()) {
        return refuse(400, "Each tag needs a \"schemaEntity\" with \"entityPath\" and \"entityType\".");
    }
    auto kind = type.get<std::string>();
    std::ranges::transform(kind, kind.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
    if (kind != "sr_record" && kind != "sr_field") {
        return refuse(400, "\"entityType\" must be \"sr_record\" or \"sr_field\".");
    }
    EntityTags tags;
    tags.path = path.get<std::string>();
    tags.isField = kind == "sr_field";
    return tags;
}

RegistryResult<void> readTags(const RestJson& body, const char* name, std::vector<std::string> EntityTags::*which,
                              std::vector<EntityTags>& changes) {
    const auto given = body.find(name);
    if (given == body.end() || given->is_null()) {
        return {};
    }
    if (!given->is_array()) {
        return refuse(400, fmt::format("\"{}\" must be an array.", name));
    }
    for (const auto& one : *given) {
        auto entity = readEntity(one);
        if (!entity) {
            return std::unexpected(entity.error());
        }
        auto tags = textsOf(one.value("tags", RestJson()), "tags");
        if (!tags) {
            return std::unexpected(tags.error());
        }
        (*entity).*which = std::move(*tags);
        changes.push_back(std::move(*entity));
    }
    return {};
}

} // namespace

RegistryResult<TagRequest> readTagRequest(const std::string& text) {
    const auto body = readBody(text);
    if (!body) {
        return std::unexpected(body.error());
    }
    TagRequest request;
    for (const auto& read :
         {readTags(*body, "tagsToAdd", &EntityTags::add, request.changes),
          readTags(*body, "tagsToRemove", &EntityTags::remove, request.changes),
          readObject(*body, "metadata", request.metadata), readObject(*body, "ruleSet", request.ruleSet),
          readObject(*body, "rulesToMerge", request.rulesToMerge)}) {
        if (!read) {
            return std::unexpected(read.error());
        }
    }
    if (const auto rules = body->find("rulesToRemove"); rules != body->end() && !rules->is_null()) {
        auto names = textsOf(*rules, "rulesToRemove");
        if (!names) {
            return std::unexpected(names.error());
        }
        request.rulesToRemove = std::move(*names);
    }
    if (const auto version = body->find("newVersion"); version != body->end() && !version->is_null()) {
        if (!version->is_number_integer() || version->get<std::int64_t>() < -1 ||
            version->get<std::int64_t>() > std::numeric_limits<int>::max()) {
            return refuse(42202, "\"newVersion\" must be a version's number.");
        }
        request.newVersion = version->get<int>();
    }
    return request;
}

} // namespace meshbone::catalog
