// SPDX-License-Identifier: Apache-2.0
#include "schema/tags/json_entities.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace meshbone::catalog {

namespace {

using jsonschema::Value;

std::vector<std::string> tagsIn(const Value& node) {
    std::vector<std::string> tags;
    const auto* given = node.find(kTagsMember);
    for (const auto& tag : given != nullptr && given->isArray() ? std::span(given->items) : std::span<const Value>()) {
        if (tag.isString()) {
            tags.push_back(tag.text);
        }
    }
    return tags;
}

bool isOfObjects(const Value& node) {
    const auto* type = node.find("type");
    const auto says = [](const Value& one) { return one.isString() && one.text == "object"; };
    return node.find("properties") != nullptr ||
           (type != nullptr && (says(*type) || (type->isArray() && std::ranges::any_of(type->items, says))));
}

/// As deep as the text, which the reader bounds.
class JsonList {
public:
    explicit JsonList(TaggedEntities& found)
        : m_found(found) {}

    /// `isField`: its tags are those of the property that it is, and told.
    void look(const Value& node, bool isField) { // NOLINT(misc-no-recursion)
        if (!node.isObject() || m_found.isFull()) {
            return;
        }
        if (!isField && isOfObjects(node)) {
            m_found.add(tagsIn(node), false, [this] { return m_path + "object"; });
        }
        lookIntoMembers(node.find("properties"), "object.", true);
        for (const std::string word : {"definitions", "$defs"}) {
            lookIntoMembers(node.find(word), "object." + word + ".", false);
        }
        for (const auto& [keyword, word] : {std::pair("allOf", "allof."), {"anyOf", "anyof."}, {"oneOf", "oneof."}}) {
            lookIntoItems(node.find(keyword), word);
        }
        lookInto(node.find("items"), "array.");
        lookIntoItems(node.find("items"), "array.");
        lookInto(node.find("not"), "not.");
        for (const std::string word : {"if", "then", "else"}) {
            lookInto(node.find(word), "conditional." + word + ".");
        }
    }

private:
    void lookInto(const Value* node, const std::string& piece) { // NOLINT(misc-no-recursion)
        if (node != nullptr) {
            const auto before = m_path.size();
            m_path += piece;
            look(*node, false);
            m_path.resize(before);
        }
    }
    void lookIntoItems(const Value* list, const std::string& piece) { // NOLINT(misc-no-recursion)
        for (std::size_t i = 0; list != nullptr && list->isArray() && i < list->items.size(); ++i) {
            lookInto(&list->items[i], fmt::format("{}{}.", piece, i));
        }
    }
    void lookIntoMembers(const Value* object, const std::string& piece, bool areFields) { // NOLINT(misc-no-recursion)
        if (object == nullptr || !object->isObject()) {
            return;
        }
        const auto before = m_path.size();
        for (std::size_t i = 0; i < object->items.size(); ++i) {
            m_path += piece + object->members->names[i];
            if (areFields) {
                m_found.add(tagsIn(object->items[i]), true, [this] { return m_path; });
            }
            m_path += '.';
            look(object->items[i], areFields);
            m_path.resize(before);
        }
    }

    TaggedEntities& m_found;
    std::string m_path; ///< of what is looked at, with a dot behind it; empty: the root
};

} // namespace

void listJsonEntities(const Value& root, TaggedEntities& found) {
    JsonList(found).look(root, false);
}

} // namespace meshbone::catalog
