// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/field_list.h"

#include <algorithm>

namespace meshbone::catalog::avro {

namespace {

/// The tags that a field carries in its own text, as Confluent's catalog writes them.
std::vector<std::string> tagsOf(const Field& field) {
    std::vector<std::string> tags;
    for (const auto& [name, value] : field.props) {
        if (name == "confluent:tags") {
            for (const auto& tag : value.items) {
                tags.push_back(tag.text);
            }
        }
    }
    return tags;
}

class Lister {
public:
    explicit Lister(std::string_view text)
        : m_text(text) {}

    std::vector<SchemaField> list(const Node& top) {
        enter(top, {});
        return std::move(m_fields);
    }

private:
    void enter(const Node& node, const std::string& path) {
        switch (node.kind) {
        case Kind::Array:
            return enter(*node.items, path + "[]");
        case Kind::Map:
            return enter(*node.items, path + "{}");
        case Kind::Union:
            return enterUnion(node, path);
        case Kind::Record:
            return enterRecord(node, path);
        default:
            return;
        }
    }

    void enterUnion(const Node& node, const std::string& path) {
        const auto isDeep = [](const Node* one) { return one->kind == Kind::Record || one->items; };
        const bool isOne = std::ranges::count_if(node.branches, isDeep) < 2;
        for (const auto* branch : node.branches) {
            enter(*branch,
                  isOne || !isNamed(branch->kind) ? path : path + "<" + std::string(shortName(branch->name)) + ">");
        }
    }

    void enterRecord(const Node& node, const std::string& path) {
        if (std::ranges::find(m_inside, &node) != m_inside.end()) {
            return;
        }
        m_inside.push_back(&node);
        for (const auto& field : node.fields) {
            if (m_fields.size() >= kMaxListedFields) {
                break;
            }
            const auto& type = *field.type;
            const auto isNull = [](const Node* one) { return one->kind == Kind::Null; };
            SchemaField listed;
            listed.path = path.empty() ? field.name : path + "." + field.name;
            listed.type = typeWords(type);
            listed.doc = field.doc;
            listed.isOptional = usableDefault(field) || std::ranges::any_of(type.branches, isNull);
            listed.tags = tagsOf(field);
            listed.aliases = field.aliases;
            listed.place = node.isForeign ? TextPlace{} : placeOf(m_text, field.byte);
            m_fields.push_back(listed);
            enter(type, listed.path);
        }
        m_inside.pop_back();
    }

    std::string_view m_text;
    std::vector<const Node*> m_inside;
    std::vector<SchemaField> m_fields;
};

} // namespace

std::vector<SchemaField> listFields(const Model& model, std::string_view text) {
    return Lister(text).list(*model.top);
}

} // namespace meshbone::catalog::avro
