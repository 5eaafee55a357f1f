// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/json_tags.h"

#include "schema/json/reader.h"
#include "schema/tags/json_places.h"

#include <fmt/format.h>

#include <optional>

namespace meshbone::catalog {

namespace {

using jsonschema::Value;

/// Nothing where they aren't a list of strings.
std::optional<std::vector<std::string>> tagsOf(const Value& node) {
    std::vector<std::string> tags;
    const auto* given = node.find(kTagsMember);
    if (given != nullptr && !given->isArray()) {
        return std::nullopt;
    }
    for (const auto& one : given != nullptr ? std::span(given->items) : std::span<const Value>()) {
        if (!one.isString()) {
            return std::nullopt;
        }
        tags.push_back(one.text);
    }
    return tags;
}

std::string listText(const std::vector<std::string>& tags) {
    std::string text = "[";
    for (const auto& tag : tags) {
        text += (text.size() > 1 ? "," : "") + jsonschema::quoteJson(tag);
    }
    return text + "]";
}

/// Takes the object's member out of the text, with the comma that goes with it.
void eraseMember(std::string& text, const Value& node, std::size_t index) {
    const auto& members = *node.members;
    const auto endOf = [&](std::size_t i) { return node.items[i].at + node.items[i].size; };
    std::size_t from = members.places[index], to = endOf(index);
    if (index > 0) {
        from = endOf(index - 1);
    } else if (index + 1 < members.names.size()) {
        to = members.places[index + 1];
    }
    text.erase(from, to - from);
}

void writeTags(std::string& text, const Value& node, const std::vector<std::string>& tags) {
    const auto index = node.indexOf(kTagsMember);
    if (index >= 0 && tags.empty()) {
        return eraseMember(text, node, static_cast<std::size_t>(index));
    }
    if (index >= 0) {
        const auto& value = node.items[static_cast<std::size_t>(index)];
        text.replace(value.at, value.size, listText(tags));
        return;
    }
    if (!tags.empty()) {
        const bool isFirst = node.items.empty();
        const std::size_t at = isFirst ? node.at + 1 : node.items.back().at + node.items.back().size;
        text.insert(at, fmt::format("{}\"{}\":{}", isFirst ? "" : ",", kTagsMember, listText(tags)));
    }
}

Status applyOne(SchemaType type, std::string& text, const EntityTags& entity) {
    const auto root = jsonschema::readJson(text, {kMaxSchemaDepth, kMaxSchemaNodes, false});
    if (!root) {
        return std::unexpected(root.error());
    }
    const auto* node = placeOf(type, *root, entity);
    if (node == nullptr) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("No matching path '{}' found in the schema.", entity.path.substr(0, 200)));
    }
    auto tags = tagsOf(*node);
    if (!tags) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("What the schema has as \"{}\" at '{}' isn't a list of strings.", kTagsMember,
                                entity.path.substr(0, 200)));
    }
    applyTo(*tags, entity);
    writeTags(text, *node, *tags);
    return {};
}

} // namespace

Result<std::string> taggedJson(SchemaType type, std::string text, std::span<const EntityTags> changes) {
    for (const auto& one : changes) { // each on a text of its own: the places of the one before are of another text
        if (auto done = applyOne(type, text, one); !done) {
            return std::unexpected(done.error());
        }
    }
    return text;
}

} // namespace meshbone::catalog
