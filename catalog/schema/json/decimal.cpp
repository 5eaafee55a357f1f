// SPDX-License-Identifier: Apache-2.0
#include "schema/json/decimal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <tuple>

namespace meshbone::catalog::jsonschema {

namespace {

__extension__ using Wide = unsigned __int128; // GCC's and Clang's; ISO C++ has none

constexpr std::int64_t kMostExponent = 1'000'000'000;

/// The parts of a number as written.
struct Spelled {
    bool isNegative = false;
    std::string digits; ///< those before and after the point
    std::int64_t exponent = 0;
    bool isInteger = true; ///< has neither point nor exponent
};

std::int64_t exponentOf(std::string_view text) {
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
    }
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc::result_out_of_range) {
        return text.front() == '-' ? -kMostExponent : kMostExponent;
    }
    return std::clamp(value, -kMostExponent, kMostExponent);
}

Spelled spelledOf(std::string_view number) {
    Spelled spelled;
    if (!number.empty() && number.front() == '-') {
        spelled.isNegative = true;
        number.remove_prefix(1);
    }
    const auto mark = number.find_first_of("eE");
    const auto mantissa = number.substr(0, mark);
    if (mark != std::string_view::npos) {
        spelled.isInteger = false;
        spelled.exponent = exponentOf(number.substr(mark + 1));
    }
    const auto point = mantissa.find('.');
    spelled.digits = std::string(mantissa.substr(0, point));
    if (point != std::string_view::npos) {
        spelled.isInteger = false;
        spelled.digits += mantissa.substr(point + 1);
        spelled.exponent -= static_cast<std::int64_t>(mantissa.size() - point - 1);
    }
    return spelled;
}

std::uint64_t remainder(std::string_view digits, std::uint64_t by) {
    Wide left = 0;
    for (const char digit : digits) {
        left = (left * 10 + static_cast<unsigned>(digit - '0')) % by;
    }
    return static_cast<std::uint64_t>(left);
}

std::uint64_t powerOfTen(std::int64_t exponent, std::uint64_t by) {
    Wide result = 1 % by;
    Wide base = 10 % by;
    for (; exponent > 0; exponent /= 2) {
        if (exponent % 2 == 1) {
            result = result * base % by;
        }
        base = base * base % by;
    }
    return static_cast<std::uint64_t>(result);
}

double approximately(const Decimal& value) {
    const std::string text = value.digits + "e" + std::to_string(value.exponent);
    double result = 0;
    std::from_chars(text.data(), text.data() + text.size(), result);
    return result;
}

} // namespace

Decimal decimalOf(std::string_view number) {
    Spelled spelled = spelledOf(number);
    const auto first = spelled.digits.find_first_not_of('0');
    if (first == std::string::npos) {
        return {};
    }
    const auto last = spelled.digits.find_last_not_of('0');
    Decimal decimal;
    decimal.isNegative = spelled.isNegative;
    decimal.exponent = spelled.exponent + static_cast<std::int64_t>(spelled.digits.size() - 1 - last);
    decimal.digits = spelled.digits.substr(first, last - first + 1);
    return decimal;
}

std::strong_ordering compareDecimals(const Decimal& a, const Decimal& b) {
    if (a.isZero() || b.isZero() || a.isNegative != b.isNegative) {
        const int signA = a.isZero() ? 0 : a.isNegative ? -1 : 1;
        const int signB = b.isZero() ? 0 : b.isNegative ? -1 : 1;
        return signA <=> signB;
    }
    const auto [first, second] = a.isNegative ? std::tie(b, a) : std::tie(a, b);
    const auto size = [](const Decimal& value) {
        return static_cast<std::int64_t>(value.digits.size()) + value.exponent;
    };
    const std::strong_ordering order = size(first) <=> size(second);
    return order == std::strong_ordering::equal ? first.digits <=> second.digits : order;
}

bool isMultipleOf(const Decimal& value, const Decimal& step) {
    if (value.isZero()) {
        return true;
    }
    const std::int64_t shift = value.exponent - step.exponent;
    if (shift < 0) {
        return false; // the last digit of `value` isn't zero, so no multiple of ten divides it
    }
    std::uint64_t by = 0;
    const auto [end, error] = std::from_chars(step.digits.data(), step.digits.data() + step.digits.size(), by);
    if (error != std::errc() || by == 0) {
        return std::fmod(approximately(value), approximately(step)) == 0.0; // a step of more than 19 digits
    }
    const Wide left = remainder(value.digits, by);
    return left * powerOfTen(shift, by) % by == 0;
}

std::optional<std::uint64_t> countOf(const Decimal& value) {
    if (!value.isWhole() || value.isNegative) {
        return std::nullopt;
    }
    constexpr auto kMost = std::numeric_limits<std::uint64_t>::max();
    if (static_cast<std::int64_t>(value.digits.size()) + value.exponent > 20) {
        return kMost;
    }
    const std::string text = value.isZero() ? "0" : value.digits + std::string(value.exponent, '0');
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    return error == std::errc() ? count : kMost;
}

std::string javaSpelling(std::string_view number) {
    Spelled spelled = spelledOf(number);
    spelled.digits.erase(0, std::min(spelled.digits.find_first_not_of('0'), spelled.digits.size() - 1));
    const bool isZero = spelled.digits == "0";
    const std::string sign = spelled.isNegative && !isZero ? "-" : "";
    if (spelled.isInteger) {
        return sign + spelled.digits;
    }
    auto& digits = spelled.digits;
    const auto size = static_cast<std::int64_t>(digits.size());
    const std::int64_t adjusted = spelled.exponent + size - 1;
    if (spelled.exponent <= 0 && adjusted >= -6) {
        const auto places = static_cast<std::size_t>(-spelled.exponent);
        if (places == 0) {
            return sign + digits;
        }
        if (digits.size() <= places) {
            digits.insert(0, places - digits.size() + 1, '0');
        }
        return sign + digits.substr(0, digits.size() - places) + "." + digits.substr(digits.size() - places);
    }
    std::string text = sign + digits.substr(0, 1) + (size > 1 ? "." + digits.substr(1) : "");
    return adjusted == 0 ? text : text + (adjusted > 0 ? "E+" : "E") + std::to_string(adjusted);
}

} // namespace meshbone::catalog::jsonschema
