// SPDX-License-Identifier: Apache-2.0
#include "schema/json/reader.h"

#include <catalog/schema.h>

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace meshbone::catalog::jsonschema {

namespace {

void appendUtf8(std::string& out, std::uint32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
        return;
    }
    const int more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    constexpr unsigned kLead[]{0, 0xc0, 0xe0, 0xf0};
    out += static_cast<char>(kLead[more] | (code >> (6 * more)));
    for (int i = more - 1; i >= 0; --i) {
        out += static_cast<char>(0x80U | ((code >> (6 * i)) & 0x3fU));
    }
}

/// Reads one text. Lives for one call of readJson; the first failure is the one that counts.
class Reader {
public:
    Reader(std::string_view text, const ReadRules& rules)
        : m_text(text)
        , m_rules(rules) {}

    Result<Value> read() {
        Value value;
        if (m_text.starts_with("\xef\xbb\xbf")) {
            m_at = 3; // a byte order mark, which some editors write
        }
        skipSpace();
        if (readValue(value, 0)) {
            skipSpace();
            if (m_at < m_text.size()) {
                expected("the end of the text after the value");
            }
        }
        if (m_error) {
            return std::unexpected(std::move(*m_error));
        }
        return value;
    }

private:
    bool readValue(Value& value, int depth);
    bool readOf(Value& value, int depth);
    bool readArray(Value& value, int depth);
    bool readObject(Value& value, int depth);
    bool finishObject(Value& value);
    bool readString(std::string& out);
    bool readEscape(std::string& out);
    bool readHex(std::uint32_t& unit);
    bool readCharacter(std::string& out);
    bool readNumber(Value& value);
    bool readDigits();
    bool readWord(std::string_view word);

    [[nodiscard]] char next() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    void skipSpace() {
        while (m_at < m_text.size() && (next() == ' ' || next() == '\t' || next() == '\n' || next() == '\r')) {
            ++m_at;
        }
    }
    bool refuse(ErrorCode code, std::size_t at, std::string_view sentence) {
        if (!m_error) {
            const TextPlace place = placeOf(m_text, at);
            m_error = Error{code, fmt::format("Line {}, column {}: {}", place.line, place.column, sentence)};
        }
        return false;
    }
    bool expected(std::string_view what) {
        if (m_at >= m_text.size()) {
            return refuse(ErrorCode::InvalidArgument, m_at, fmt::format("expected {}, but the text ends.", what));
        }
        const auto here = static_cast<unsigned char>(next());
        const std::string found =
            here < 0x20 || here >= 0x7f ? fmt::format("byte 0x{:02x}", here) : fmt::format("'{}'", next());
        return refuse(ErrorCode::InvalidArgument, m_at, fmt::format("expected {}, but here is {}.", what, found));
    }

    std::string_view m_text;
    ReadRules m_rules;
    std::size_t m_at = 0;
    std::size_t m_values = 0;
    std::optional<Error> m_error;
};

bool Reader::readValue(Value& value, int depth) {
    value.at = static_cast<std::uint32_t>(m_at);
    const bool isRead = readOf(value, depth);
    value.size = static_cast<std::uint32_t>(m_at) - value.at;
    return isRead;
}

bool Reader::readOf(Value& value, int depth) {
    if (++m_values > m_rules.values) {
        return refuse(ErrorCode::Exhausted, m_at, fmt::format("more than {} values.", m_rules.values));
    }
    switch (next()) {
    case '{':
        return readObject(value, depth + 1);
    case '[':
        return readArray(value, depth + 1);
    case '"':
        value.kind = ValueKind::String;
        return readString(value.text);
    case 't':
        value.kind = ValueKind::Boolean;
        value.truth = true;
        return readWord("true");
    case 'f':
        value.kind = ValueKind::Boolean;
        return readWord("false");
    case 'n':
        return readWord("null");
    default:
        return next() == '-' || (next() >= '0' && next() <= '9') ? readNumber(value) : expected("a JSON value");
    }
}

bool Reader::readArray(Value& value, int depth) {
    if (depth > m_rules.depth) {
        return refuse(ErrorCode::Exhausted, m_at, fmt::format("nested deeper than {} levels.", m_rules.depth));
    }
    value.kind = ValueKind::Array;
    ++m_at;
    skipSpace();
    if (next() == ']') {
        ++m_at;
        return true;
    }
    while (true) {
        skipSpace();
        if (!readValue(value.items.emplace_back(), depth)) {
            return false;
        }
        skipSpace();
        if (next() == ']') {
            ++m_at;
            return true;
        }
        if (next() != ',') {
            return expected("',' or ']'");
        }
        ++m_at;
    }
}

bool Reader::readObject(Value& value, int depth) {
    if (depth > m_rules.depth) {
        return refuse(ErrorCode::Exhausted, m_at, fmt::format("nested deeper than {} levels.", m_rules.depth));
    }
    value.kind = ValueKind::Object;
    value.members = std::make_unique<Members>();
    ++m_at;
    skipSpace();
    if (next() == '}') {
        ++m_at;
        return true;
    }
    while (true) {
        skipSpace();
        if (next() != '"') {
            return expected("a name in quotation marks");
        }
        value.members->places.push_back(static_cast<std::uint32_t>(m_at));
        if (!readString(value.members->names.emplace_back())) {
            return false;
        }
        skipSpace();
        if (next() != ':') {
            return expected("':' after the name");
        }
        ++m_at;
        skipSpace();
        if (!readValue(value.items.emplace_back(), depth)) {
            return false;
        }
        skipSpace();
        if (next() == '}') {
            ++m_at;
            return finishObject(value);
        }
        if (next() != ',') {
            return expected("',' or '}'");
        }
        ++m_at;
    }
}

/// Sorts the names for look-up, and sees to those that come twice.
bool Reader::finishObject(Value& value) {
    Members& members = *value.members;
    const auto sort = [&] {
        members.sorted.resize(members.names.size());
        std::iota(members.sorted.begin(), members.sorted.end(), 0U);
        std::ranges::stable_sort(members.sorted, {}, [&](auto i) { return std::string_view(members.names[i]); });
    };
    sort();
    std::vector<bool> isDropped(members.names.size());
    bool isAnyDropped = false;
    for (std::size_t i = 1; i < members.sorted.size(); ++i) {
        const auto earlier = members.sorted[i - 1];
        const auto later = members.sorted[i];
        if (members.names[earlier] == members.names[later]) {
            if (m_rules.refusesTwinNames) {
                return refuse(ErrorCode::InvalidArgument, members.places[later],
                              fmt::format("the name {} comes twice in one object.", quoteJson(members.names[later])));
            }
            isDropped[earlier] = isAnyDropped = true;
        }
    }
    if (isAnyDropped) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < isDropped.size(); ++i) {
            if (!isDropped[i] && kept++ != i) {
                members.names[kept - 1] = std::move(members.names[i]);
                members.places[kept - 1] = members.places[i];
                value.items[kept - 1] = std::move(value.items[i]);
            }
        }
        members.names.resize(kept);
        members.places.resize(kept);
        value.items.resize(kept);
        sort();
    }
    return true;
}

bool Reader::readString(std::string& out) {
    const std::size_t start = m_at++;
    while (m_at < m_text.size()) {
        const auto c = static_cast<unsigned char>(m_text[m_at]);
        if (c == '"') {
            ++m_at;
            return true;
        }
        if (c < 0x20) {
            return refuse(ErrorCode::InvalidArgument, m_at, "a string ends on its line; write a line break as \\n.");
        }
        const bool isRead = c == '\\' ? readEscape(out) : readCharacter(out);
        if (!isRead) {
            return false;
        }
    }
    return refuse(ErrorCode::InvalidArgument, start, "the string that begins here has no closing quotation mark.");
}

bool Reader::readEscape(std::string& out) {
    const std::size_t start = m_at++;
    const char kind = next();
    ++m_at;
    constexpr std::string_view kPlain = "\"\\/bfnrt";
    constexpr std::string_view kMeans = "\"\\/\b\f\n\r\t";
    if (const auto found = kPlain.find(kind); kind != '\0' && found != std::string_view::npos) {
        out += kMeans[found];
        return true;
    }
    std::uint32_t unit = 0;
    if (kind != 'u' || !readHex(unit)) {
        return refuse(ErrorCode::InvalidArgument, start,
                      "this is no escape that JSON knows; a backslash is written \\\\.");
    }
    if (unit >= 0xd800 && unit < 0xdc00 && m_text.substr(m_at, 2) == "\\u") {
        std::uint32_t low = 0;
        m_at += 2;
        if (readHex(low) && low >= 0xdc00 && low < 0xe000) {
            appendUtf8(out, 0x10000 + ((unit - 0xd800) << 10U) + (low - 0xdc00));
            return true;
        }
    }
    if (unit >= 0xd800 && unit < 0xe000) {
        return refuse(ErrorCode::InvalidArgument, start, "half of a surrogate pair, which is no character.");
    }
    appendUtf8(out, unit);
    return true;
}

bool Reader::readHex(std::uint32_t& unit) {
    for (int i = 0; i < 4; ++i, ++m_at) {
        const char c = next();
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return false;
        }
        unit = unit * 16 + static_cast<std::uint32_t>(digit);
    }
    return true;
}

/// One character of UTF-8, checked: what isn't UTF-8 isn't JSON.
bool Reader::readCharacter(std::string& out) {
    const auto lead = static_cast<unsigned char>(m_text[m_at]);
    const std::size_t size = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
    bool isGood = size > 0 && m_at + size <= m_text.size();
    std::uint32_t code = size == 2 ? lead & 0x1fU : size == 3 ? lead & 0x0fU : lead & 0x07U;
    for (std::size_t i = 1; isGood && i < size; ++i) {
        const auto c = static_cast<unsigned char>(m_text[m_at + i]);
        isGood = (c & 0xc0U) == 0x80U;
        code = (code << 6U) | (c & 0x3fU);
    }
    if (size == 3) {
        isGood = isGood && code >= 0x800 && (code < 0xd800 || code >= 0xe000);
    } else if (size == 4) {
        isGood = isGood && code >= 0x10000 && code < 0x110000;
    }
    if (!isGood) {
        return refuse(ErrorCode::InvalidArgument, m_at, "this is not UTF-8.");
    }
    out += m_text.substr(m_at, size);
    m_at += size;
    return true;
}

bool Reader::readDigits() {
    const std::size_t start = m_at;
    while (next() >= '0' && next() <= '9') {
        ++m_at;
    }
    return m_at > start || expected("a digit");
}

bool Reader::readNumber(Value& value) {
    value.kind = ValueKind::Number;
    const std::size_t start = m_at;
    m_at += next() == '-' ? 1 : 0;
    if (next() == '0') {
        ++m_at;
        if (next() >= '0' && next() <= '9') {
            return refuse(ErrorCode::InvalidArgument, start, "a number doesn't begin with 0.");
        }
    } else if (!readDigits()) {
        return false;
    }
    if (next() == '.') {
        ++m_at;
        if (!readDigits()) {
            return false;
        }
    }
    if (next() == 'e' || next() == 'E') {
        ++m_at;
        m_at += next() == '+' || next() == '-' ? 1 : 0;
        if (!readDigits()) {
            return false;
        }
    }
    value.text = m_text.substr(start, m_at - start);
    return true;
}

bool Reader::readWord(std::string_view word) {
    if (m_text.substr(m_at, word.size()) != word) {
        return expected("a JSON value");
    }
    m_at += word.size();
    return true;
}

} // namespace

Result<Value> readJson(std::string_view text, const ReadRules& rules) {
    return Reader(text, rules).read();
}

} // namespace meshbone::catalog::jsonschema
