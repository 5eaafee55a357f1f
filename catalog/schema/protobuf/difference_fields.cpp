// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/difference_walk.h"

#include "schema/protobuf/fields.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

using namespace google::protobuf;

namespace {

enum class Kind { Scalar, Map, Message, Group };

Kind kindOf(const FieldDescriptor& field) {
    if (field.is_map()) {
        return Kind::Map;
    }
    if (field.type() == FieldDescriptor::TYPE_GROUP) {
        return Kind::Group;
    }
    return field.type() == FieldDescriptor::TYPE_MESSAGE ? Kind::Message : Kind::Scalar;
}

/// Scalars whose bytes can be read as each other.
enum class ScalarKind { General, Signed, Text, Fixed32, Fixed64, Float, Double };

ScalarKind scalarKindOf(const FieldDescriptor& field) {
    switch (field.type()) {
    case FieldDescriptor::TYPE_SINT32:
    case FieldDescriptor::TYPE_SINT64:
        return ScalarKind::Signed;
    case FieldDescriptor::TYPE_STRING:
    case FieldDescriptor::TYPE_BYTES:
        return ScalarKind::Text;
    case FieldDescriptor::TYPE_FIXED32:
    case FieldDescriptor::TYPE_SFIXED32:
        return ScalarKind::Fixed32;
    case FieldDescriptor::TYPE_FIXED64:
    case FieldDescriptor::TYPE_SFIXED64:
        return ScalarKind::Fixed64;
    case FieldDescriptor::TYPE_FLOAT:
        return ScalarKind::Float;
    case FieldDescriptor::TYPE_DOUBLE:
        return ScalarKind::Double;
    default:
        return ScalarKind::General; // enums too
    }
}

/// As it is written; the registry doesn't compare a label with none.
std::string labelOf(const FieldDescriptor& field) {
    if (field.is_required()) {
        return "required";
    }
    return field.is_repeated() ? "repeated" : field.has_optional_keyword() ? "optional" : "";
}

std::map<int, const FieldDescriptor*> byNumber(const Descriptor& message) {
    std::map<int, const FieldDescriptor*> fields;
    for (int i = 0; i < message.field_count(); ++i) {
        fields[message.field(i)->number()] = message.field(i);
    }
    return fields;
}

std::string whatOf(const FieldDescriptor& field) {
    return fmt::format("Field {} '{}' of {}", field.number(), std::string_view(field.name()),
                       localName(*field.containing_type()));
}

DifferenceSubject fieldSubject(const FieldDescriptor& field, std::string reader = {}, std::string writer = {}) {
    return {whatOf(field), std::move(reader), std::move(writer), fmt::format("{}", field.number())};
}

DifferenceSubject oneofSubject(const OneofDescriptor& oneof) {
    return {fmt::format("The oneof '{}' of {}", std::string_view(oneof.name()), localName(*oneof.containing_type())),
            {},
            {},
            {}};
}

/// The oneof of this name that a text has, not one that `optional` stands for.
const OneofDescriptor* oneofIn(const Descriptor& message, const std::string& name) {
    for (int i = 0; i < message.real_oneof_decl_count(); ++i) {
        if (message.oneof_decl(i)->name() == name) {
            return message.oneof_decl(i);
        }
    }
    return nullptr;
}

std::string fieldPathIn(const std::string& path, const FieldDescriptor& field) {
    const auto* oneof = field.real_containing_oneof();
    return oneof != nullptr ? fmt::format("{}/{}/{}", path, std::string_view(oneof->name()), field.number())
                            : fmt::format("{}/{}", path, field.number());
}

constexpr const FieldDescriptor* kNoField = nullptr;
constexpr const OneofDescriptor* kNoOneof = nullptr;

} // namespace

void DifferenceWalk::compareFields(const MessagePair& pair) {
    const auto path = pathOf(*pair.first);
    compareExclusion(pair, path);
    compareOneofNames(pair, path);
    const auto writers = byNumber(*pair.first);
    const auto readers = byNumber(*pair.second);
    for (const auto& [number, writer] : writers) {
        const auto found = readers.find(number);
        if (found == readers.end()) {
            fieldRemoved(pair, *writer, path);
            continue;
        }
        if (writer->real_containing_oneof() != nullptr && found->second->real_containing_oneof() == nullptr) {
            m_list.add(DifferenceKind::OneofFieldMovedToTopLevel, fmt::format("{}/{}", path, number),
                       fieldSubject(*found->second), found->second, writer);
        }
        compareField(*found->second, *writer, fieldPathIn(path, *found->second));
    }
    for (const auto& [number, reader] : readers) {
        if (!writers.contains(number)) {
            fieldAdded(*reader, path);
        }
    }
}

void DifferenceWalk::compareExclusion(const MessagePair& pair, const std::string& path) {
    const auto writers = byNumber(*pair.first);
    for (int i = 0; i < pair.second->real_oneof_decl_count(); ++i) {
        const auto& oneof = *pair.second->oneof_decl(i);
        // What the writer can set at a time: fields of one oneof are one, each field outside is one.
        std::set<const void*> origins;
        int fromOutside = 0;
        for (int member = 0; member < oneof.field_count(); ++member) {
            const auto found = writers.find(oneof.field(member)->number());
            if (found == writers.end()) {
                continue;
            }
            const auto* origin = found->second->real_containing_oneof();
            origins.insert(origin != nullptr ? static_cast<const void*>(origin) : found->second);
            fromOutside += origin == nullptr ? 1 : 0;
        }
        if (origins.size() > 1) {
            m_list.add(fromOutside > 1 ? DifferenceKind::MultipleFieldsMovedToOneof
                                       : DifferenceKind::FieldMovedToExistingOneof,
                       fmt::format("{}/{}", path, std::string_view(oneof.name())), oneofSubject(oneof), &oneof,
                       kNoOneof);
        }
    }
}

void DifferenceWalk::compareOneofNames(const MessagePair& pair, const std::string& path) {
    const auto compare = [&](const Descriptor& mine, const Descriptor& other, DifferenceKind kind, bool isReader) {
        for (int i = 0; i < mine.real_oneof_decl_count(); ++i) {
            const auto* oneof = mine.oneof_decl(i);
            if (oneofIn(other, oneof->name()) == nullptr) {
                m_list.add(kind, fmt::format("{}/{}", path, std::string_view(oneof->name())), oneofSubject(*oneof),
                           isReader ? oneof : kNoOneof, isReader ? kNoOneof : oneof);
            }
        }
    };
    compare(*pair.first, *pair.second, DifferenceKind::OneofRemoved, false);
    compare(*pair.second, *pair.first, DifferenceKind::OneofAdded, true);
}

void DifferenceWalk::fieldRemoved(const MessagePair& pair, const Field& field, const std::string& path) {
    const auto* oneof = field.real_containing_oneof();
    if (oneof == nullptr) {
        m_list.add(field.is_required() ? DifferenceKind::RequiredFieldRemoved : DifferenceKind::FieldRemoved,
                   fieldPathIn(path, field), fieldSubject(field), kNoField, &field);
        return;
    }
    // A oneof that is gone with all of its fields is ONEOF_REMOVED, and no more.
    bool isGone = oneofIn(*pair.second, oneof->name()) == nullptr;
    for (int i = 0; isGone && i < oneof->field_count(); ++i) {
        isGone = pair.second->FindFieldByNumber(oneof->field(i)->number()) == nullptr;
    }
    if (!isGone) {
        m_list.add(DifferenceKind::OneofFieldRemoved, fieldPathIn(path, field), fieldSubject(field), kNoField, &field);
    }
}

void DifferenceWalk::fieldAdded(const Field& field, const std::string& path) {
    const auto kind = field.real_containing_oneof() != nullptr ? DifferenceKind::OneofFieldAdded
                      : field.is_required()                    ? DifferenceKind::RequiredFieldAdded
                                                               : DifferenceKind::FieldAdded;
    m_list.add(kind, fieldPathIn(path, field), fieldSubject(field), &field, kNoField);
}

void DifferenceWalk::compareField(const Field& reader, const Field& writer, const std::string& path) {
    if (reader.name() != writer.name()) {
        m_list.add(DifferenceKind::FieldNameChanged, path,
                   fieldSubject(reader, fmt::format("'{}'", std::string_view(reader.name())),
                                fmt::format("'{}'", std::string_view(writer.name()))),
                   &reader, &writer);
    }
    compareFieldTypes(reader, writer, reader, writer, path);
}

void DifferenceWalk::compareFieldTypes(const Field& reader, const Field& writer, const Field& saidReader,
                                       const Field& saidWriter, const std::string& path) {
    const auto kind = kindOf(reader);
    if (kind != kindOf(writer)) {
        m_list.add(DifferenceKind::FieldKindChanged, path,
                   fieldSubject(saidReader, typeWords(saidReader), typeWords(saidWriter)), &saidReader, &saidWriter);
    } else if (kind == Kind::Map) {
        for (const bool isKey : {true, false}) {
            const auto part = [&](const Field& field) -> const Field& {
                return isKey ? *field.message_type()->map_key() : *field.message_type()->map_value();
            };
            compareFieldTypes(part(reader), part(writer), saidReader, saidWriter, path);
        }
    } else if (kind == Kind::Scalar) {
        compareScalars(reader, writer, saidReader, saidWriter, path);
    } else {
        compareNamedTypes(reader, writer, saidReader, saidWriter, path);
    }
}

void DifferenceWalk::compareScalars(const Field& reader, const Field& writer, const Field& saidReader,
                                    const Field& saidWriter, const std::string& path) {
    if (scalarKindOf(reader) != scalarKindOf(writer)) {
        m_list.add(DifferenceKind::FieldScalarKindChanged, path,
                   fieldSubject(saidReader, typeWords(saidReader), typeWords(saidWriter)), &saidReader, &saidWriter);
        return;
    }
    const auto readerLabel = labelOf(reader);
    const auto writerLabel = labelOf(writer);
    const bool isInMap = &reader != &saidReader;
    if (!isInMap && !readerLabel.empty() && !writerLabel.empty() && readerLabel != writerLabel) {
        m_list.add(scalarKindOf(reader) == ScalarKind::Text ? DifferenceKind::FieldStringOrBytesLabelChanged
                                                            : DifferenceKind::FieldNumericLabelChanged,
                   path, fieldSubject(saidReader, readerLabel, writerLabel), &saidReader, &saidWriter);
    }
}

void DifferenceWalk::compareNamedTypes(const Field& reader, const Field& writer, const Field& saidReader,
                                       const Field& saidWriter, const std::string& path) {
    const MessagePair pair{writer.message_type(), reader.message_type()};
    if (localName(*pair.first) != localName(*pair.second)) {
        m_list.add(
            DifferenceKind::FieldNamedTypeChanged, path,
            fieldSubject(saidReader, std::string(pair.second->full_name()), std::string(pair.first->full_name())),
            &saidReader, &saidWriter);
        return;
    }
    // Of the schemas themselves, types are compared where they stand; a group is where its field is.
    const bool isOwn =
        pair.first->file() == &m_list.writer().descriptor() && pair.second->file() == &m_list.reader().descriptor();
    if ((isOwn && kindOf(reader) == Kind::Message) || pair.first == pair.second) {
        return;
    }
    visit(pair);
    m_list.addIfBreaking(pair, path, whatOf(saidReader), saidReader, saidWriter);
}

} // namespace meshbone::catalog::protobuf
