// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/json_tags.h"

#include "schema/json/reader.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace meshbone::catalog {

namespace {

using jsonschema::Value;

constexpr std::string_view kTagsMember = "confluent:tags";

std::vector<std::string_view> piecesOf(std::string_view path) {
    std::vector<std::string_view> pieces;
    for (path.remove_prefix(path.starts_with('.') ? 1 : 0); !path.empty();) {
        const auto dot = std::min(path.find('.'), path.size());
        pieces.push_back(path.substr(0, dot));
        path.remove_prefix(std::min(dot + 1, path.size()));
    }
    return pieces;
}

std::string_view stringOf(const Value& object, std::string_view name) {
    const auto* member = object.find(name);
    return member != nullptr && member->isString() ? std::string_view(member->text) : std::string_view();
}

/// Finds a named type of an Avro schema, and a field of it. A name without dots is in the namespace around it.
class AvroWalk {
public:
    AvroWalk(std::string record, std::string field)
        : m_record(std::move(record))
        , m_field(std::move(field)) {}

    // As deep as the text, which the reader bounds.
    const Value* in(const Value& node, std::string_view space) { // NOLINT(misc-no-recursion)
        if (node.isArray()) {
            return firstIn(node.items, space);
        }
        if (!node.isObject()) {
            return nullptr;
        }
        const auto type = stringOf(node, "type");
        if (type != "record" && type != "error") {
            for (const auto* inner : {node.find("type"), node.find("items"), node.find("values")}) {
                if (const auto* found = inner == nullptr ? nullptr : in(*inner, space); found != nullptr) {
                    return found;
                }
            }
            return nullptr;
        }
        return inRecord(node, space);
    }

private:
    const Value* firstIn(const std::vector<Value>& nodes, std::string_view space) { // NOLINT(misc-no-recursion)
        for (const auto& node : nodes) {
            if (const auto* found = in(node, space); found != nullptr) {
                return found;
            }
        }
        return nullptr;
    }

    const Value* inRecord(const Value& record, std::string_view around) { // NOLINT(misc-no-recursion)
        auto name = std::string(stringOf(record, "name"));
        if (name.find('.') == std::string::npos) {
            const auto given = record.find("namespace") != nullptr ? stringOf(record, "namespace") : around;
            name = given.empty() ? name : fmt::format("{}.{}", given, name);
        }
        const auto space = std::string(name.substr(0, name.find('.') == std::string::npos ? 0 : name.rfind('.')));
        const auto* fields = record.find("fields");
        if (name == m_record && m_field.empty()) {
            return &record;
        }
        for (const auto& field : fields != nullptr ? std::span(fields->items) : std::span<const Value>()) {
            if (name == m_record && stringOf(field, "name") == m_field) {
                return &field;
            }
            const auto* type = field.find("type");
            if (const auto* found = type == nullptr ? nullptr : in(*type, space); found != nullptr) {
                return found;
            }
        }
        return nullptr;
    }

    std::string m_record, m_field;
};

const Value* avroNode(const Value& root, const EntityTags& entity) {
    auto pieces = piecesOf(entity.path);
    std::string field;
    if (entity.isField && !pieces.empty()) {
        field = pieces.back();
        pieces.pop_back();
    }
    if (pieces.empty() || (entity.isField && field.empty())) {
        return nullptr;
    }
    return AvroWalk(fmt::format("{}", fmt::join(pieces, ".")), field).in(root, {});
}

/// The member that the first pieces name: a name may have dots in it.
const Value* takeMember(const Value* object, std::span<const std::string_view>& pieces) {
    std::string name;
    for (std::size_t i = 0; object != nullptr && i < pieces.size(); ++i) {
        name += (i > 0 ? "." : "") + std::string(pieces[i]);
        if (const auto* found = object->find(name); found != nullptr) {
            pieces = pieces.subspan(i + 1);
            return found;
        }
    }
    return nullptr;
}

const Value* takeItem(const Value* list, std::span<const std::string_view>& pieces) {
    std::size_t index = 0;
    if (list == nullptr || !list->isArray() || pieces.empty() ||
        std::from_chars(pieces.front().data(), pieces.front().data() + pieces.front().size(), index).ec !=
            std::errc() ||
        index >= list->items.size()) {
        return nullptr;
    }
    pieces = pieces.subspan(1);
    return &list->items[index];
}

/// One step from a schema into a schema in it.
const Value* jsonStep(const Value& node, std::span<const std::string_view>& pieces) {
    const auto kind = pieces.front();
    pieces = pieces.subspan(1);
    if (kind == "object") {
        return pieces.empty() ? &node : takeMember(node.find("properties"), pieces);
    }
    if (kind == "array") {
        const auto* items = node.find("items");
        return items != nullptr && items->isArray() ? takeItem(items, pieces) : items;
    }
    for (const auto& [word, keyword] : {std::pair("allof", "allOf"), {"anyof", "anyOf"}, {"oneof", "oneOf"}}) {
        if (kind == word) {
            return takeItem(node.find(keyword), pieces);
        }
    }
    if (kind == "definitions" || kind == "$defs") {
        return takeMember(node.find(kind), pieces);
    }
    if (kind == "not" || kind == "if" || kind == "then" || kind == "else") {
        return node.find(kind);
    }
    return kind == "conditional" && !pieces.empty() ? &node : nullptr; // "conditional.if"
}

const Value* jsonNode(const Value& root, const EntityTags& entity) {
    const auto all = piecesOf(entity.path);
    std::span<const std::string_view> left(all);
    const Value* node = left.empty() ? nullptr : &root;
    while (node != nullptr && !left.empty()) {
        node = jsonStep(*node, left);
    }
    return node != nullptr && node->isObject() ? node : nullptr;
}

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
    const auto* node = type == SchemaType::Avro ? avroNode(*root, entity) : jsonNode(*root, entity);
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
