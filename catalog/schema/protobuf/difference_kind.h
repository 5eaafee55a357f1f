// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace meshbone::catalog::protobuf {

/// The registry's types of difference.
enum class DifferenceKind : std::uint8_t {
    PackageChanged,
    MessageAdded,
    MessageRemoved,
    MessageMoved,
    EnumAdded,
    EnumRemoved,
    EnumConstAdded,
    EnumConstChanged,
    EnumConstRemoved,
    FieldAdded,
    FieldRemoved,
    FieldNameChanged,
    FieldKindChanged,
    FieldScalarKindChanged,
    FieldNamedTypeChanged,
    FieldNumericLabelChanged,
    FieldStringOrBytesLabelChanged,
    RequiredFieldAdded,
    RequiredFieldRemoved,
    OneofAdded,
    OneofRemoved,
    OneofFieldAdded,
    OneofFieldRemoved,
    OneofFieldMovedToTopLevel,
    MultipleFieldsMovedToOneof,
    FieldMovedToExistingOneof,
};

/// Its name in the registry: "FIELD_SCALAR_KIND_CHANGED".
std::string_view differenceName(DifferenceKind kind);
bool isBreaking(DifferenceKind kind);

/// What a sentence about a difference needs.
struct DifferenceSubject {
    std::string what;     ///< "Field 3 'x' of Cat", "Message 'Cat'"
    std::string inReader; ///< its name, type or label there
    std::string inWriter;
    std::string number; ///< of a field
};
std::string differenceMessage(DifferenceKind kind, const DifferenceSubject& subject);
/// Empty where nothing has to be repaired.
std::string differenceRepair(DifferenceKind kind, const DifferenceSubject& subject);

} // namespace meshbone::catalog::protobuf
