// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog::jsonschema {

enum class ValueKind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

/// The names of an object's values. Owned by its Value.
struct Members {
    std::vector<std::string> names;    ///< in the order of the text
    std::vector<std::uint32_t> places; ///< the byte where each name begins
    std::vector<std::uint32_t> sorted; ///< indexes into names, by name
};

/// A JSON value that knows its place in the text. Numbers stay as they were written, so that none is rounded. Moves,
/// doesn't copy; nothing changes it once it is read, so any thread may look at it.
struct Value {
    ValueKind kind = ValueKind::Null;
    bool truth = false;               ///< of a Boolean
    std::uint32_t at = 0;             ///< the byte where it begins
    std::uint32_t size = 0;           ///< how many bytes of the text it takes
    std::string text;                 ///< of a String its characters, of a Number its digits as written
    std::vector<Value> items;         ///< of an Array its items, of an Object its values in the order of the text
    std::unique_ptr<Members> members; ///< of an Object alone

    [[nodiscard]] bool isObject() const { return kind == ValueKind::Object; }
    [[nodiscard]] bool isArray() const { return kind == ValueKind::Array; }
    [[nodiscard]] bool isString() const { return kind == ValueKind::String; }
    [[nodiscard]] bool isNumber() const { return kind == ValueKind::Number; }
    [[nodiscard]] bool isBoolean() const { return kind == ValueKind::Boolean; }
    /// The index of an object's member, or -1.
    [[nodiscard]] std::ptrdiff_t indexOf(std::string_view name) const;
    /// An object's member, or null; null too where this is no object.
    [[nodiscard]] const Value* find(std::string_view name) const;
};

/// "a string", "an object", "null": for sentences.
std::string_view kindInWords(ValueKind kind);
/// The value in at most `most` bytes of JSON, for a sentence; what is longer ends in "…".
std::string shortJson(const Value& value, std::size_t most = 40);

/// One line, members in the order of the text, numbers as they were written.
std::string writeJson(const Value& value);
/// The same with numbers as Java's BigDecimal spells them: what Confluent's registry stores.
std::string writeCanonicalJson(const Value& value);
/// The same with members by name: what it stores normalised.
std::string writeSortedJson(const Value& value);
/// The text in quotation marks, escaped.
std::string quoteJson(std::string_view text);

/// Equal as JSON Schema says: numbers by value (1.0 is 1), objects whatever their order.
bool equalValues(const Value& a, const Value& b);
/// Equal values have equal hashes.
std::size_t hashValue(const Value& value);
/// The indexes of two equal items, in `first` and `second`; false where all differ.
bool findTwins(const std::vector<Value>& items, std::size_t& first, std::size_t& second);

} // namespace meshbone::catalog::jsonschema
