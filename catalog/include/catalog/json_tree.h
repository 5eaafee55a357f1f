// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meshbone::catalog {

struct JsonMember;

/// A JSON value that knows where it stands in its text and keeps the order of its members and the digits of its
/// numbers, because a schema's text is shown, compared and stored again. Value type.
struct JsonTree {
    enum class Kind : std::uint8_t { Null, False, True, Number, String, Array, Object };
    Kind kind = Kind::Null;
    std::size_t byte = 0; ///< where its first character stands in the text
    std::string text;     ///< a string's characters, a number's digits as they stand
    std::vector<JsonTree> items;
    std::vector<JsonMember> members; ///< in the order of the text; no name twice

    [[nodiscard]] bool is(Kind other) const { return kind == other; }
    [[nodiscard]] bool isString(std::string_view value) const { return kind == Kind::String && text == value; }
    /// The member of that name; null if there is none or this is no object.
    [[nodiscard]] const JsonTree* find(std::string_view name) const;
    /// Of a number without fraction and exponent that fits; nothing otherwise.
    [[nodiscard]] std::optional<std::int64_t> asInteger() const;
    /// Compact JSON, members in their order.
    void appendTo(std::string& out) const;
    [[nodiscard]] std::string toString() const;
    /// The same, members sorted by name at every level.
    [[nodiscard]] JsonTree sorted() const;
};

/// A member of an object. Value type.
struct JsonMember {
    std::string first; ///< its name
    JsonTree second;
    JsonMember() = default;
    JsonMember(std::string name, JsonTree value)
        : first(std::move(name))
        , second(std::move(value)) {}
};

/// Reads one JSON value (RFC 8259). InvalidArgument with line, column and what was expected, also for a member that
/// stands twice; Exhausted beyond kMaxSchemaBytes, kMaxSchemaDepth or kMaxSchemaNodes.
Result<JsonTree> readJsonTree(std::string_view text);

/// `text` between quotes, escaped as JSON wants it.
void appendJsonString(std::string& out, std::string_view text);

/// "line 3, column 7" of a byte of a text.
std::string placeWords(std::string_view text, std::size_t byte);

} // namespace meshbone::catalog
