// SPDX-License-Identifier: Apache-2.0
#include "schema/form/form_builders.h"
#include "schema/json/fields.h"
#include "schema/json/json_schema.h"

#include <algorithm>
#include <array>
#include <bit>
#include <unordered_map>

namespace meshbone::catalog {

namespace {

using FormKind = FormType::Kind;
namespace js = jsonschema;

constexpr int kMostMerged = 16; ///< of references and parts of `allOf` that say what one object holds

constexpr std::array<std::pair<std::uint8_t, FormKind>, 6> kSimpleKinds{{
    {js::kNullBit, FormKind::Null},
    {js::kBooleanBit, FormKind::Boolean},
    {js::kIntegerBit, FormKind::Whole},
    {js::kNumberBit, FormKind::Number},
    {js::kStringBit, FormKind::Text},
    {js::kObjectBit, FormKind::Map},
}};

/// What the schema says of one place: the node, what it refers to, and all parts of its `allOf`.
struct Parts {
    std::vector<const js::Node*> nodes;

    void gather(const js::Node& node) {
        if (static_cast<int>(nodes.size()) >= kMostMerged || std::ranges::find(nodes, &node) != nodes.end()) {
            return;
        }
        nodes.push_back(&node);
        if (node.references && node.references->plain != nullptr) {
            gather(*node.references->plain);
        }
        if (node.combined) {
            for (const auto* part : node.combined->allOf) {
                gather(*part);
            }
        }
    }
    [[nodiscard]] std::uint8_t types() const {
        for (const auto* node : nodes) {
            if (node->types != 0) {
                return node->types;
            }
        }
        return 0;
    }
    [[nodiscard]] bool hasProperties() const {
        return std::ranges::any_of(nodes,
                                   [](const auto* node) { return node->object && !node->object->properties.empty(); });
    }
    /// The texts of an `enum` or `const` that has only texts; empty: there is none.
    [[nodiscard]] std::vector<std::string> symbols() const {
        for (const auto* node : nodes) {
            std::vector<std::string> symbols;
            const auto* options = js::keywordOf(*node, "enum");
            const bool isOfTexts = options != nullptr && std::ranges::all_of(options->items, &js::Value::isString);
            if (isOfTexts) {
                std::ranges::transform(options->items, std::back_inserter(symbols), &js::Value::text);
            } else if (node->constant != nullptr && node->constant->isString()) {
                symbols.push_back(node->constant->text);
            }
            if (!symbols.empty()) {
                return symbols;
            }
        }
        return {};
    }
    [[nodiscard]] const std::vector<const js::Node*>* alternatives() const {
        for (const auto* node : nodes) {
            if (node->combined) {
                for (const auto* all : {&node->combined->oneOf, &node->combined->anyOf}) {
                    if (!all->empty()) {
                        return all;
                    }
                }
            }
        }
        return nullptr;
    }
};

class JsonForm {
public:
    EventFormPtr make(const js::Node& top) {
        m_form->top = typeOf(top);
        return m_form;
    }

private:
    FormType& added(FormKind kind, std::string words) {
        auto& type = m_form->types.emplace_back();
        type.kind = kind;
        type.name = type.words = std::move(words);
        return type;
    }

    const FormType* typeOf(const js::Node& node) {
        if (const auto known = m_known.find(&node); known != m_known.end()) {
            return known->second;
        }
        auto& type = added(FormKind::Any, js::typeInWords(node));
        m_known[&node] = &type;
        if (m_form->types.size() <= kMaxFormTypes) {
            Parts parts;
            parts.gather(node);
            fill(type, parts);
        }
        return &type;
    }

    void fill(FormType& type, const Parts& parts) {
        const auto types = parts.types();
        type.symbols = parts.symbols();
        if (!type.symbols.empty() && (types == 0 || types == js::kStringBit)) {
            type.kind = FormKind::Choice;
        } else if (parts.hasProperties() && (types == 0 || types == js::kObjectBit)) {
            fillRecord(type, parts);
        } else if (const auto* alternatives = parts.alternatives(); alternatives != nullptr && types == 0) {
            type.kind = FormKind::OneOf;
            for (const auto* one : *alternatives) {
                type.branches.push_back(typeOf(*one));
            }
        } else if (std::popcount(types) == 1) {
            fillSimple(type, types, parts);
        } else if (types != 0) {
            type.kind = FormKind::OneOf;
            for (std::uint8_t bit = 1; bit != 0 && bit <= js::kIntegerBit; bit = static_cast<std::uint8_t>(bit << 1)) {
                if ((types & bit) != 0) {
                    auto& branch = added(FormKind::Any, wordsOf(bit));
                    (bit == js::kObjectBit && parts.hasProperties()) ? fillRecord(branch, parts)
                                                                     : fillSimple(branch, bit, parts);
                    type.branches.push_back(&branch);
                }
            }
        }
    }

    static std::string wordsOf(std::uint8_t bit) {
        constexpr std::array<std::string_view, 7> kWords{"null",   "boolean", "object", "array",
                                                         "number", "string",  "integer"};
        return std::string(kWords.at(static_cast<std::size_t>(std::countr_zero(bit))));
    }

    void fillSimple(FormType& type, std::uint8_t bit, const Parts& parts) {
        if (bit == js::kArrayBit) {
            fillList(type, parts);
            return;
        }
        const auto found = std::ranges::find(kSimpleKinds, bit, &std::pair<std::uint8_t, FormKind>::first);
        type.kind = found == kSimpleKinds.end() ? FormKind::Any : found->second;
        if (type.kind == FormKind::Map) {
            type.items = mapItems(parts);
        }
    }

    void fillList(FormType& type, const Parts& parts) {
        type.kind = FormKind::List;
        for (const auto* node : parts.nodes) {
            if (node->array && node->array->rest != nullptr && node->array->prefix.empty()) {
                type.items = typeOf(*node->array->rest);
                return;
            }
        }
        type.items = &added(FormKind::Any, "any");
    }

    const FormType* mapItems(const Parts& parts) {
        for (const auto* node : parts.nodes) {
            if (node->object && node->object->additional != nullptr && !node->object->additional->isFalse) {
                return typeOf(*node->object->additional);
            }
        }
        return &added(FormKind::Any, "any");
    }

    void fillRecord(FormType& type, const Parts& parts) {
        type.kind = FormKind::Record;
        for (const auto* node : parts.nodes) {
            if (!node->object) {
                continue;
            }
            for (const auto& [name, property] : node->object->properties) {
                if (std::ranges::find(type.fields, name, &FormField::name) == type.fields.end()) {
                    type.fields.push_back(fieldOf(name, *property, parts));
                }
            }
        }
    }

    FormField fieldOf(const std::string& name, const js::Node& property, const Parts& parts) {
        FormField field;
        field.name = name;
        field.type = typeOf(property);
        field.doc = js::textOf(property, "description");
        field.isRequired = std::ranges::any_of(parts.nodes, [&](const js::Node* node) {
            return node->object && std::ranges::find(node->object->required, name) != node->object->required.end();
        });
        if (const auto* value = js::keywordOf(property, "default")) {
            if (auto tree = readJsonTree(js::writeJson(*value))) {
                field.defaultValue = std::move(*tree);
            }
        }
        return field;
    }

    std::shared_ptr<EventForm> m_form = std::make_shared<EventForm>();
    std::unordered_map<const js::Node*, const FormType*> m_known;
};

} // namespace

EventFormPtr jsonForm(const ParsedSchema& schema) {
    return JsonForm().make(*static_cast<const js::ParsedJsonSchema&>(schema).compiled().root);
}

} // namespace meshbone::catalog
