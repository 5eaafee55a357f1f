// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/json_tree.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog::avro {

// The Avro specification's types as they are used everywhere here. Names are full names ("space.Name").

enum class Kind : std::uint8_t {
    Null,
    Boolean,
    Int,
    Long,
    Float,
    Double,
    Bytes,
    String,
    Record,
    Enum,
    Array,
    Map,
    Union,
    Fixed,
};
std::string_view kindName(Kind kind);
std::optional<Kind> primitiveNamed(std::string_view name); ///< Null to String
[[nodiscard]] inline bool isNamed(Kind kind) {
    return kind == Kind::Record || kind == Kind::Enum || kind == Kind::Fixed;
}

enum class Logical : std::uint8_t {
    None,
    Decimal,
    Uuid,
    Date,
    TimeMillis,
    TimeMicros,
    TimestampMillis,
    TimestampMicros,
    TimestampNanos,
    LocalTimestampMillis,
    LocalTimestampMicros,
    LocalTimestampNanos,
    Duration,
};
std::string_view logicalName(Logical logical);

struct Node;

struct Field {
    std::string name;
    std::string doc;
    bool hasDoc = false;
    const Node* type = nullptr;
    std::optional<JsonTree> defaultValue; ///< as it is written
    bool isDefaultWrong = false;          ///< it isn't of the type: written, but no default where one is needed
    std::string order;                    ///< as it is written; empty: ascending
    std::vector<std::string> aliases;
    std::vector<JsonMember> props; ///< what the specification gives no meaning, in its order
    std::size_t byte = 0;
};

/// The default that a reader can take; null: none, or one that isn't of the field's type.
inline const JsonTree* usableDefault(const Field& field) {
    return field.defaultValue && !field.isDefaultWrong ? &*field.defaultValue : nullptr;
}

/// One type. A named type has one Node, however often it is used. Owned by its Model.
struct Node {
    Kind kind = Kind::Null;
    Logical logical = Logical::None;
    bool isError = false; ///< a record that says "error"
    bool hasDoc = false;
    std::uint32_t id = 0; ///< from 0, in the order of their making, unique in the model
    std::string name;     ///< full; of named types
    std::string doc;
    std::vector<std::string> aliases; ///< full
    std::vector<Field> fields;
    std::vector<std::string> symbols;
    std::optional<std::string> enumDefault;
    std::int64_t fixedSizeBytes = 0;
    int precision = 0, scale = 0;      ///< of a decimal
    const Node* items = nullptr;       ///< of an array, or a map's values
    std::vector<const Node*> branches; ///< of a union
    std::vector<JsonMember> props;     ///< logicalType, precision, scale among them
    std::size_t byte = 0;              ///< in the text that it comes from
    bool isForeign = false;            ///< comes from a referenced text
};

/// What one text and its references define. Immutable once parsed; any thread.
struct Model {
    std::deque<Node> nodes; ///< stable addresses
    std::map<std::string, const Node*, std::less<>> names;
    const Node* top = nullptr;
    std::optional<Error> wrongDefault; ///< where the text's first default is that isn't of its field's type
};

std::string_view shortName(std::string_view fullName); ///< after the last dot
std::string_view spaceOf(std::string_view fullName);   ///< before it; empty where there is none
bool isName(std::string_view name);                    ///< [A-Za-z_][A-Za-z0-9_]*
bool isFullName(std::string_view name);                ///< such names with dots between

/// A type in a few words for a person: "long", "timestamp-millis", "array of Leg", "string or null".
std::string typeWords(const Node& node);
/// What distinguishes a branch of a union: a full name, or the kind's name.
std::string_view branchName(const Node& node);

} // namespace meshbone::catalog::avro
