// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/json_places.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <span>

namespace meshbone::catalog {

namespace {

using jsonschema::Value;

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

/// What a schema defines stands below its "object", too; a property of such a name does where nothing is defined so.
const Value* stepIntoObject(const Value& node, std::span<const std::string_view>& pieces) {
    if (const auto word = pieces.front(); (word == "definitions" || word == "$defs") && pieces.size() > 1) {
        auto behind = pieces.subspan(1);
        if (const auto* found = takeMember(node.find(word), behind); found != nullptr) {
            pieces = behind;
            return found;
        }
    }
    return takeMember(node.find("properties"), pieces);
}

/// One step from a schema into a schema in it.
const Value* jsonStep(const Value& node, std::span<const std::string_view>& pieces) {
    const auto kind = pieces.front();
    pieces = pieces.subspan(1);
    if (kind == "object") {
        return pieces.empty() ? &node : stepIntoObject(node, pieces);
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

} // namespace

const Value* placeOf(SchemaType type, const Value& root, const EntityTags& entity) {
    return type == SchemaType::Avro ? avroNode(root, entity) : jsonNode(root, entity);
}

} // namespace meshbone::catalog
