// SPDX-License-Identifier: Apache-2.0
#include "schema/avro/decimal.h"

#include <algorithm>
#include <vector>

namespace meshbone::catalog::avro {

namespace {

using Octets = std::vector<unsigned>; ///< most significant first, each below 256

void negate(Octets& value) {
    unsigned carry = 1;
    for (auto octet = value.rbegin(); octet != value.rend(); ++octet) {
        const auto sum = (~*octet & 0xFFU) + carry;
        *octet = sum & 0xFFU;
        carry = sum >> 8;
    }
}

/// Divides in place; returns the remainder.
unsigned divideByTen(Octets& value) {
    unsigned rest = 0;
    for (auto& octet : value) {
        const auto part = rest * 256 + octet;
        octet = part / 10;
        rest = part % 10;
    }
    return rest;
}

bool isZero(const Octets& value) {
    return std::ranges::all_of(value, [](unsigned octet) { return octet == 0; });
}

void timesTenPlus(Octets& value, unsigned digit) {
    auto carry = digit;
    for (auto octet = value.rbegin(); octet != value.rend(); ++octet) {
        const auto part = *octet * 10 + carry;
        *octet = part & 0xFFU;
        carry = part >> 8;
    }
    if (carry) {
        value.insert(value.begin(), carry);
    }
}

/// The digits without point and sign, padded with zeros up to the scale; nothing if it isn't such a number.
std::optional<std::string> digitsOf(std::string_view text, int precision, int scale) {
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    const auto after = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    auto digits = std::string(whole) + std::string(after);
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (whole.empty() || (point != std::string_view::npos && after.empty()) || !std::ranges::all_of(digits, isDigit) ||
        after.size() > static_cast<std::size_t>(scale)) {
        return std::nullopt;
    }
    digits.append(static_cast<std::size_t>(scale) - after.size(), '0');
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    return digits.size() > static_cast<std::size_t>(precision) ? std::nullopt : std::optional(digits);
}

} // namespace

std::optional<std::string> decimalText(std::string_view bytes, int scale) {
    if (bytes.size() > kMaxDecimalBytes) {
        return std::nullopt;
    }
    Octets value;
    for (const char c : bytes) {
        value.push_back(static_cast<unsigned char>(c));
    }
    const bool isNegative = !value.empty() && value.front() >= 0x80;
    if (isNegative) {
        negate(value);
    }
    std::string digits;
    while (!isZero(value)) {
        digits += static_cast<char>('0' + divideByTen(value));
    }
    while (digits.size() <= static_cast<std::size_t>(scale)) {
        digits += '0';
    }
    std::ranges::reverse(digits);
    if (scale > 0) {
        digits.insert(digits.size() - static_cast<std::size_t>(scale), ".");
    }
    return (isNegative ? "-" : "") + digits;
}

std::optional<std::string> decimalBytes(std::string_view text, int precision, int scale, std::size_t sizeBytes) {
    const bool isNegative = text.starts_with('-');
    const auto digits = digitsOf(text.substr(isNegative ? 1 : 0), precision, scale);
    if (!digits) {
        return std::nullopt;
    }
    Octets value{0};
    for (const char c : *digits) {
        timesTenPlus(value, static_cast<unsigned>(c - '0'));
    }
    value.insert(value.begin(), 0); // room for the sign
    if (isNegative) {
        negate(value);
    }
    // A leading octet that only repeats the sign of the next says nothing.
    while (value.size() > 1 && ((value[0] == 0 && value[1] < 0x80) || (value[0] == 0xFF && value[1] >= 0x80))) {
        value.erase(value.begin());
    }
    if (sizeBytes && value.size() > sizeBytes) {
        return std::nullopt;
    }
    value.insert(value.begin(), sizeBytes ? sizeBytes - value.size() : 0, value[0] >= 0x80 ? 0xFFU : 0U);
    std::string bytes;
    for (const auto octet : value) {
        bytes += static_cast<char>(octet);
    }
    return bytes;
}

} // namespace meshbone::catalog::avro
