// SPDX-License-Identifier: Apache-2.0
#include "schema/protobuf/pre_scan.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog::protobuf {

namespace {

bool isWordStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isWordPart(char c) {
    return isWordStart(c) || (c >= '0' && c <= '9');
}

/// Goes over a text as Protobuf's tokenizer does, as far as nesting and the first word need.
class Scanner {
public:
    explicit Scanner(std::string_view text)
        : m_text(text) {}

    /// False at the byte `at()` where the nesting becomes too deep.
    bool run() {
        while (m_at < m_text.size()) {
            if (!step()) {
                return false;
            }
        }
        return true;
    }
    [[nodiscard]] std::size_t at() const { return m_at; }
    [[nodiscard]] std::string_view firstWord() const { return m_firstWord; }
    [[nodiscard]] std::size_t firstWordAt() const { return m_firstWordAt; }

private:
    bool step() {
        const auto c = m_text[m_at];
        if (c == '/' && next() == '/') {
            skipPast("\n", m_at);
        } else if (c == '/' && next() == '*') {
            skipPast("*/", m_at + 2);
        } else if (c == '"' || c == '\'') {
            skipString(c);
        } else if (isWordStart(c)) {
            word();
        } else if (c == '{' || c == '[' || c == '(' || c == '<') {
            if (++m_depth > kMaxSchemaDepth) {
                return false;
            }
            ++m_at;
        } else {
            // Text that closes more than it opened is the parser's to refuse.
            m_depth -= (c == '}' || c == ']' || c == ')' || c == '>') && m_depth > 0 ? 1 : 0;
            ++m_at;
        }
        return true;
    }
    [[nodiscard]] char next() const { return m_at + 1 < m_text.size() ? m_text[m_at + 1] : '\0'; }
    void skipPast(std::string_view what, std::size_t from) {
        const auto found = m_text.find(what, from);
        m_at = found == std::string_view::npos ? m_text.size() : found + what.size();
    }
    void skipString(char quote) {
        for (++m_at; m_at < m_text.size() && m_text[m_at] != quote && m_text[m_at] != '\n'; ++m_at) {
            m_at += m_text[m_at] == '\\' ? 1 : 0;
        }
        m_at = std::min(m_at + 1, m_text.size());
    }
    void word() {
        const auto start = m_at;
        while (m_at < m_text.size() && isWordPart(m_text[m_at])) {
            ++m_at;
        }
        if (m_firstWord.empty()) {
            m_firstWord = m_text.substr(start, m_at - start);
            m_firstWordAt = start;
        }
    }

    std::string_view m_text;
    std::string_view m_firstWord;
    std::size_t m_firstWordAt = 0;
    std::size_t m_at = 0;
    int m_depth = 0;
};

/// How many bytes the UTF-8 sequence at the front takes; 0 if it is none (too long, a surrogate, beyond U+10FFFF).
std::size_t sequenceBytes(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
    const auto first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    if (first >= 0xC2 && first < 0xE0) {
        return follows(1) ? 2 : 0;
    }
    if (first >= 0xE0 && first < 0xF0) {
        const bool isShort = first == 0xE0 && byte(1) < 0xA0;
        const bool isSurrogate = first == 0xED && byte(1) >= 0xA0;
        return follows(1) && follows(2) && !isShort && !isSurrogate ? 3 : 0;
    }
    if (first >= 0xF0 && first < 0xF5) {
        const bool isShort = first == 0xF0 && byte(1) < 0x90;
        const bool isBeyond = first == 0xF4 && byte(1) >= 0x90;
        return follows(1) && follows(2) && follows(3) && !isShort && !isBeyond ? 4 : 0;
    }
    return 0;
}

std::string atPlace(std::string_view text, std::size_t byte) {
    const auto place = placeOf(text, byte);
    return fmt::format("line {}, column {}", place.line, place.column);
}

} // namespace

std::size_t firstNonUtf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        const auto bytes = sequenceBytes(text.substr(at));
        if (bytes == 0) {
            return at;
        }
        at += bytes;
    }
    return at;
}

Status preScan(std::string_view text, std::string_view whose) {
    if (text.size() > kMaxSchemaBytes) {
        return fail(ErrorCode::Exhausted,
                    fmt::format("{} has {} bytes; at most {} are possible.", whose, text.size(), kMaxSchemaBytes));
    }
    if (const auto bad = firstNonUtf8(text); bad < text.size()) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is not UTF-8 at {}.", whose, atPlace(text, bad)));
    }
    Scanner scanner(text);
    if (!scanner.run()) {
        return fail(ErrorCode::Exhausted, fmt::format("{} nests deeper than {} levels at {}.", whose, kMaxSchemaDepth,
                                                      atPlace(text, scanner.at())));
    }
    if (scanner.firstWord() == "edition") {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("{} is written in a Protobuf edition at {}; only proto2 and proto3 are understood: "
                                "begin it with syntax = \"proto3\"; instead.",
                                whose, atPlace(text, scanner.firstWordAt())));
    }
    return {};
}

} // namespace meshbone::catalog::protobuf
