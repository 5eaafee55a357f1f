// SPDX-License-Identifier: Apache-2.0
#include "schema/json/fields.h"

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog::jsonschema {

namespace {

constexpr std::size_t kMostFields = 10'000;
constexpr std::size_t kMostVisits = 100'000;
constexpr std::size_t kMostFieldDepth = 100; ///< of nodes in one another

/// Walks a schema's properties. Lives for one call of fieldsOf.
class Walk {
public:
    void visit(const Node& node, const std::string& path, bool isChoice);
    std::vector<SchemaField> take() { return std::move(m_fields); }

private:
    void visitCombined(const Node& node, const std::string& path, bool isChoice);
    void visitObject(const Node& node, const std::string& path, bool isChoice);
    void add(const Node& owner, std::size_t index, const std::string& path, bool isChoice);

    std::vector<SchemaField> m_fields;
    std::unordered_map<std::string, std::size_t> m_byPath;
    std::vector<const Node*> m_open; ///< being visited
    std::size_t m_visits = 0;
};

bool allowsNull(const Node& node, int depth = 0) {
    if (depth > 8) {
        return false;
    }
    if ((node.types & kNullBit) != 0) {
        return true;
    }
    if (node.references && node.references->plain != nullptr && allowsNull(*node.references->plain, depth + 1)) {
        return true;
    }
    const auto anyAllows = [&](const std::vector<const Node*>& nodes) {
        return std::ranges::any_of(nodes, [&](const Node* each) { return allowsNull(*each, depth + 1); });
    };
    return node.combined && (anyAllows(node.combined->anyOf) || anyAllows(node.combined->oneOf));
}

/// A text of the property, or of what it refers to.
std::string_view inheritedText(const Node& node, std::string_view keyword) {
    const Node* at = &node;
    for (int hop = 0; hop < 4; ++hop) {
        if (const auto text = textOf(*at, keyword); !text.empty()) {
            return text;
        }
        if (!at->references || at->references->plain == nullptr) {
            break;
        }
        at = at->references->plain;
    }
    return {};
}

void Walk::add(const Node& owner, std::size_t index, const std::string& path, bool isChoice) {
    const auto& [name, property] = owner.object->properties[index];
    const auto known = m_byPath.find(path);
    const bool isRequired =
        !isChoice && std::ranges::find(owner.object->required, name) != owner.object->required.end();
    const bool isOptional = !isRequired || keywordOf(*property, "default") != nullptr || allowsNull(*property);
    if (known != m_byPath.end()) {
        auto& field = m_fields[known->second]; // said in several places: required where one of them says so
        field.isOptional = field.isOptional && isOptional;
        return;
    }
    SchemaField field;
    field.path = path;
    field.type = typeInWords(*property);
    field.doc = inheritedText(*property, "description");
    if (field.doc.empty()) {
        field.doc = textOf(*property, "title");
    }
    field.isOptional = isOptional;
    if (const Value* tags = keywordOf(*property, "confluent:tags")) {
        for (const Value& tag : tags->items) {
            field.tags.push_back(tag.text);
        }
    }
    if (owner.document->name.empty()) {
        field.place = owner.document->placeAt(owner.object->propertiesValue->members->places[index]);
    }
    m_byPath.emplace(path, m_fields.size());
    m_fields.push_back(std::move(field));
}

void Walk::visitObject(const Node& node, const std::string& path, bool isChoice) {
    const ObjectRules& rules = *node.object;
    for (std::size_t i = 0; i < rules.properties.size() && m_fields.size() < kMostFields; ++i) {
        const auto& [name, property] = rules.properties[i];
        const std::string own = path.empty() ? name : path + "." + name;
        add(node, i, own, isChoice);
        visit(*property, own, false);
    }
    for (const PatternRule& rule : rules.patterns) {
        visit(*rule.node, path + "{}", false);
    }
    if (rules.additional != nullptr) {
        visit(*rules.additional, path + "{}", false);
    }
    for (const auto& [name, schema] : rules.dependentSchemas) {
        visit(*schema, path, true);
    }
}

void Walk::visitCombined(const Node& node, const std::string& path, bool isChoice) {
    const Combinators& rules = *node.combined;
    for (const Node* each : rules.allOf) {
        visit(*each, path, isChoice);
    }
    for (const auto* all : {&rules.anyOf, &rules.oneOf}) {
        for (const Node* each : *all) {
            visit(*each, path, isChoice || all->size() > 1);
        }
    }
    for (const Node* each : {rules.consequence, rules.alternative}) {
        if (each != nullptr) {
            visit(*each, path, true);
        }
    }
}

void Walk::visit(const Node& node, const std::string& path, bool isChoice) {
    if (m_open.size() >= kMostFieldDepth || ++m_visits > kMostVisits ||
        std::ranges::find(m_open, &node) != m_open.end()) {
        return;
    }
    m_open.push_back(&node);
    if (node.references && node.references->plain != nullptr) {
        visit(*node.references->plain, path, isChoice);
    }
    if (node.references && node.references->dynamic != nullptr) {
        visit(*node.references->dynamic, path, isChoice);
    }
    if (node.object) {
        visitObject(node, path, isChoice);
    }
    if (node.array) {
        for (const Node* item : node.array->prefix) {
            visit(*item, path + "[]", true);
        }
        if (node.array->rest != nullptr) {
            visit(*node.array->rest, path + "[]", false);
        }
    }
    if (node.combined) {
        visitCombined(node, path, isChoice);
    }
    m_open.pop_back();
}

} // namespace

std::vector<SchemaField> fieldsOf(const Compiled& schema) {
    Walk walk;
    walk.visit(*schema.root, "", false);
    return walk.take();
}

} // namespace meshbone::catalog::jsonschema
