// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/avro_schema.h"
#include "schema/form/form_builders.h"

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {

namespace {

using avro::Logical;
using FormKind = FormType::Kind;

FormKind avroKind(const avro::Node& node) {
    switch (node.kind) {
    case avro::Kind::Null:
        return FormKind::Null;
    case avro::Kind::Boolean:
        return FormKind::Boolean;
    case avro::Kind::Int:
    case avro::Kind::Long:
        return node.logical == Logical::None ? FormKind::Whole : FormKind::Text; // dates and times are written out
    case avro::Kind::Float:
    case avro::Kind::Double:
        return FormKind::Number;
    case avro::Kind::Bytes:
    case avro::Kind::String:
    case avro::Kind::Fixed:
        return FormKind::Text;
    case avro::Kind::Record:
        return FormKind::Record;
    case avro::Kind::Enum:
        return FormKind::Choice;
    case avro::Kind::Array:
        return FormKind::List;
    case avro::Kind::Map:
        return FormKind::Map;
    case avro::Kind::Union:
        return FormKind::OneOf;
    }
    return FormKind::Any;
}

/// A form type for each node, made once, so that a type that leads back to itself does so here too.
class AvroForm {
public:
    EventFormPtr make(const avro::Node& top) {
        m_form->top = typeOf(top);
        return m_form;
    }

private:
    const FormType* typeOf(const avro::Node& node) {
        if (const auto known = m_known.find(&node); known != m_known.end()) {
            return known->second;
        }
        auto& type = m_form->types.emplace_back();
        m_known[&node] = &type;
        type.words = avro::typeWords(node);
        type.name = avro::branchName(node);
        if (m_form->types.size() > kMaxFormTypes) {
            return &type;
        }
        type.kind = avroKind(node);
        type.takesNumber = node.kind == avro::Kind::Int || node.kind == avro::Kind::Long;
        type.symbols = node.symbols;
        for (const auto& field : node.fields) {
            FormField made;
            made.name = field.name;
            made.doc = field.doc;
            made.type = typeOf(*field.type);
            const auto* value = avro::usableDefault(field);
            made.isRequired = !value;
            made.defaultValue = value ? std::optional(*value) : std::nullopt;
            type.fields.push_back(std::move(made));
        }
        if (node.items != nullptr) {
            type.items = typeOf(*node.items);
        }
        for (const auto* branch : node.branches) {
            type.branches.push_back(typeOf(*branch));
        }
        type.isNamed = std::ranges::count_if(node.branches, [](const avro::Node* branch) {
                           return branch->kind != avro::Kind::Null;
                       }) > 1;
        return &type;
    }

    std::shared_ptr<EventForm> m_form = std::make_shared<EventForm>();
    std::unordered_map<const avro::Node*, const FormType*> m_known;
};

} // namespace

EventFormPtr avroForm(const ParsedSchema& schema) {
    return AvroForm().make(*static_cast<const avro::AvroSchema&>(schema).model()->top);
}

} // namespace meshbone::catalog
