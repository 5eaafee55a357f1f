// SPDX-License-Identifier: Apache-2.0
#include "broker/lines/line_text.h"

#include "record/crc32c.h"

#include <fmt/format.h>

#include <cstdint>

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kCrcDigits = 8;

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".,_-:").find(c) != std::string_view::npos;
}

} // namespace

std::string encodedWord(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (isPlain(c)) {
            out += c;
        } else {
            out += fmt::format("%{:02x}", static_cast<unsigned char>(c));
        }
    }
    return out;
}

std::optional<std::string> decodedWord(std::string_view word) {
    std::string out;
    while (!word.empty()) {
        if (word.front() != '%') {
            out += word.front();
            word.remove_prefix(1);
            continue;
        }
        const auto byte = word.size() >= 3 ? numberIn<unsigned>(word.substr(1, 2), 16) : std::nullopt;
        if (!byte) {
            return std::nullopt;
        }
        out += static_cast<char>(*byte);
        word.remove_prefix(3);
    }
    return out;
}

std::vector<std::string_view> wordsOf(std::string_view line) {
    std::vector<std::string_view> all;
    while (!line.empty()) {
        const auto space = line.find(' ');
        all.push_back(line.substr(0, space));
        line = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    }
    return all;
}

std::string sealedLine(std::string_view content) {
    return fmt::format("{:08x} {}\n", crc32c(content), content);
}

std::optional<std::string_view> unsealedLine(std::string_view line) {
    if (line.size() < kCrcDigits + 2 || line[kCrcDigits] != ' ') {
        return std::nullopt;
    }
    const auto content = line.substr(kCrcDigits + 1);
    const auto crc = numberIn<std::uint32_t>(line.substr(0, kCrcDigits), 16);
    return crc && *crc == crc32c(content) ? std::optional(content) : std::nullopt;
}

} // namespace meshbone::backbone::broker
