// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::broker {

// The words of the broker's small text files: a line is words with spaces between them, and its CRC-32C before it.

/// Everything but letters, digits and ".,_-:" percent-encoded: a word without spaces, equals signs or newlines.
std::string encodedWord(std::string_view text);
/// Nothing for a percent sign without two hexadecimal digits.
std::optional<std::string> decodedWord(std::string_view word);

std::vector<std::string_view> wordsOf(std::string_view line);

/// "<crc> <content>\n".
std::string sealedLine(std::string_view content);
/// The content of a line without its newline; nothing when its CRC says that it is damaged.
std::optional<std::string_view> unsealedLine(std::string_view line);

template <class Number>
std::optional<Number> numberIn(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

} // namespace meshbone::backbone::broker
