// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::catalog::jsonschema {

/// A decimal number of any size: digits × 10^exponent. Value type, always in one form: digits have no zero at either
/// end, and zero has no digits.
struct Decimal {
    bool isNegative = false;
    std::string digits;
    std::int64_t exponent = 0;

    [[nodiscard]] bool isZero() const { return digits.empty(); }
    [[nodiscard]] bool isWhole() const { return exponent >= 0; }
    friend bool operator==(const Decimal&, const Decimal&) = default;
};

/// Of a number in JSON's spelling.
Decimal decimalOf(std::string_view number);
std::strong_ordering compareDecimals(const Decimal& a, const Decimal& b);
/// Whether `value` divided by `step` is a whole number; `step` is above zero.
bool isMultipleOf(const Decimal& value, const Decimal& step);
/// A whole number from zero up; what is beyond 64 bits becomes the largest. Nothing where it isn't one.
std::optional<std::uint64_t> countOf(const Decimal& value);
/// As Java's BigDecimal writes it: the number of places after the point kept, an exponent where it gets long.
std::string javaSpelling(std::string_view number);

} // namespace meshbone::catalog::jsonschema
