// SPDX-License-Identifier: Apache-2.0
#include "schema/form/form_builders.h"
#include "schema/protobuf/fields.h"
#include "schema/protobuf/protobuf_schema.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace meshbone::catalog {

namespace {

using FormKind = FormType::Kind;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

/// Messages that JSON writes as something else.
struct KnownMessage {
    std::string_view name;
    FormKind kind;
};
constexpr std::array<KnownMessage, 12> kKnownMessages{{
    {"google.protobuf.Timestamp", FormKind::Text},
    {"google.protobuf.Duration", FormKind::Text},
    {"google.protobuf.FieldMask", FormKind::Text},
    {"google.protobuf.StringValue", FormKind::Text},
    {"google.protobuf.BytesValue", FormKind::Text},
    {"google.protobuf.BoolValue", FormKind::Boolean},
    {"google.protobuf.Int32Value", FormKind::Whole},
    {"google.protobuf.UInt32Value", FormKind::Whole},
    {"google.protobuf.Int64Value", FormKind::Whole},
    {"google.protobuf.UInt64Value", FormKind::Whole},
    {"google.protobuf.FloatValue", FormKind::Number},
    {"google.protobuf.DoubleValue", FormKind::Number},
}};

FormKind scalarKind(const FieldDescriptor& field) {
    switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
        return FormKind::Boolean;
    case FieldDescriptor::CPPTYPE_ENUM:
        return FormKind::Choice;
    case FieldDescriptor::CPPTYPE_STRING:
        return FormKind::Text;
    case FieldDescriptor::CPPTYPE_FLOAT:
    case FieldDescriptor::CPPTYPE_DOUBLE:
        return FormKind::Number;
    default:
        return FormKind::Whole;
    }
}

class ProtobufForm {
public:
    explicit ProtobufForm(const protobuf::FileSet& files) {
        for (const auto& walked : protobuf::walkFields(files)) {
            m_docs.emplace(walked.descriptor, walked.field.doc);
        }
        if (files.descriptor().message_type_count() > 0) {
            m_form->top = messageType(*files.descriptor().message_type(0));
        }
    }
    EventFormPtr take() {
        if (m_form->top == nullptr) { // it has no message
            m_form->top = &m_form->types.emplace_back();
        }
        return m_form;
    }

private:
    const FormType* messageType(const Descriptor& message) {
        if (const auto known = m_known.find(&message); known != m_known.end()) {
            return known->second;
        }
        auto& type = m_form->types.emplace_back();
        m_known[&message] = &type;
        type.name = type.words = message.name();
        const std::string_view full = message.full_name();
        const auto known = std::ranges::find(kKnownMessages, full, &KnownMessage::name);
        if (known != kKnownMessages.end()) {
            type.kind = known->kind;
        } else if (!full.starts_with("google.protobuf.") && m_form->types.size() <= kMaxFormTypes) {
            type.kind = FormKind::Record;
            for (int i = 0; i < message.field_count(); ++i) {
                type.fields.push_back(fieldOf(*message.field(i)));
            }
        }
        return &type;
    }

    FormField fieldOf(const FieldDescriptor& field) {
        FormField made;
        made.name = field.name();
        const auto doc = m_docs.find(&field);
        made.doc = doc == m_docs.end() ? std::string() : doc->second;
        made.isRequired = field.is_required();
        if (const auto* oneof = field.real_containing_oneof()) {
            made.group = oneof->name();
        }
        const auto* one = field.is_map() ? valueType(*field.message_type()->map_value()) : valueType(field);
        made.type = one;
        if (field.is_repeated()) {
            auto& many = m_form->types.emplace_back();
            many.kind = field.is_map() ? FormKind::Map : FormKind::List;
            many.words = protobuf::typeWords(field);
            many.items = one;
            made.type = &many;
        }
        return made;
    }

    const FormType* valueType(const FieldDescriptor& field) {
        if (field.message_type() != nullptr) {
            return messageType(*field.message_type());
        }
        auto& type = m_form->types.emplace_back();
        type.kind = scalarKind(field);
        type.words = field.enum_type() != nullptr ? "enum " + std::string(field.enum_type()->name())
                                                  : std::string(FieldDescriptor::TypeName(field.type()));
        for (int i = 0; field.enum_type() != nullptr && i < field.enum_type()->value_count(); ++i) {
            type.symbols.emplace_back(field.enum_type()->value(i)->name());
        }
        return &type;
    }

    std::shared_ptr<EventForm> m_form = std::make_shared<EventForm>();
    std::unordered_map<const Descriptor*, const FormType*> m_known;
    std::unordered_map<const FieldDescriptor*, std::string> m_docs;
};

} // namespace

EventFormPtr protobufForm(const ParsedSchema& schema) {
    return ProtobufForm(static_cast<const protobuf::ProtobufSchema&>(schema).files()).take();
}

} // namespace meshbone::catalog
