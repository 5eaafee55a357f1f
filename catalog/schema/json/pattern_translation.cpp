// SPDX-License-Identifier: Apache-2.0
#include "schema/json/pattern.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

namespace meshbone::catalog::jsonschema {

namespace {

// What ECMA-262 calls white space is more than RE2's \s; and its dot leaves out more than the line feed.
constexpr std::string_view kSpaces =
    R"(\t-\r\x20\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff})";
constexpr std::string_view kNotSpaces =
    R"(\x00-\x08\x0e-\x1f\x21-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e})"
    R"(\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff})";
constexpr std::string_view kDot = R"([^\n\r\x{2028}\x{2029}])";

/// Long names of Unicode's categories; RE2 knows the short ones.
constexpr std::array<std::pair<std::string_view, std::string_view>, 38> kCategories{{
    {"Letter", "L"},
    {"Cased_Letter", "LC"},
    {"Uppercase_Letter", "Lu"},
    {"Lowercase_Letter", "Ll"},
    {"Titlecase_Letter", "Lt"},
    {"Modifier_Letter", "Lm"},
    {"Other_Letter", "Lo"},
    {"Mark", "M"},
    {"Combining_Mark", "M"},
    {"Nonspacing_Mark", "Mn"},
    {"Spacing_Mark", "Mc"},
    {"Enclosing_Mark", "Me"},
    {"Number", "N"},
    {"Decimal_Number", "Nd"},
    {"digit", "Nd"},
    {"Letter_Number", "Nl"},
    {"Other_Number", "No"},
    {"Punctuation", "P"},
    {"punct", "P"},
    {"Connector_Punctuation", "Pc"},
    {"Dash_Punctuation", "Pd"},
    {"Open_Punctuation", "Ps"},
    {"Close_Punctuation", "Pe"},
    {"Initial_Punctuation", "Pi"},
    {"Final_Punctuation", "Pf"},
    {"Other_Punctuation", "Po"},
    {"Symbol", "S"},
    {"Math_Symbol", "Sm"},
    {"Currency_Symbol", "Sc"},
    {"Modifier_Symbol", "Sk"},
    {"Other_Symbol", "So"},
    {"Separator", "Z"},
    {"Space_Separator", "Zs"},
    {"Line_Separator", "Zl"},
    {"Paragraph_Separator", "Zp"},
    {"Other", "C"},
    {"Control", "Cc"},
    {"Format", "Cf"},
}};

/// Translates one pattern. Lives for one call of translatePattern.
class Translator {
public:
    explicit Translator(std::string_view ecma)
        : m_in(ecma) {}

    Result<std::string> translate() {
        while (m_at < m_in.size() && !m_error) {
            step();
        }
        if (!m_error && m_isInClass) {
            refuse("The pattern has a '[' without its ']'.");
        }
        if (m_error) {
            return std::unexpected(std::move(*m_error));
        }
        return std::move(m_out);
    }

private:
    void step();
    void openGroup();
    void openClass();
    void escape();
    void escapeNumber(char kind);
    void property(bool isNegated);
    std::optional<std::uint32_t> hex(std::size_t digits);
    std::optional<std::uint32_t> unicode();

    [[nodiscard]] std::string_view rest() const { return m_in.substr(m_at); }
    void refuse(std::string sentence) {
        if (!m_error) {
            m_error = Error{ErrorCode::InvalidArgument, std::move(sentence)};
        }
    }
    void code(std::uint32_t value) { m_out += fmt::format("\\x{{{:x}}}", value); }

    std::string_view m_in;
    std::string m_out;
    std::size_t m_at = 0;
    bool m_isInClass = false;
    std::optional<Error> m_error;
};

void Translator::step() {
    const char c = m_in[m_at];
    if (c == '\\') {
        escape();
    } else if (m_isInClass) {
        m_isInClass = c != ']';
        m_out += c == '[' ? "\\[" : std::string(1, c);
        ++m_at;
    } else if (c == '[') {
        openClass();
    } else if (c == '(') {
        openGroup();
    } else if (c == '.') {
        m_out += kDot;
        ++m_at;
    } else {
        m_out += c;
        ++m_at;
    }
}

void Translator::openClass() {
    if (rest().starts_with("[^]")) {
        m_out += "(?s:.)";
        m_at += 3;
    } else if (rest().starts_with("[]")) {
        m_out += R"([^\x00-\x{10ffff}])";
        m_at += 2;
    } else {
        m_isInClass = true;
        const std::size_t size = rest().starts_with("[^") ? 2 : 1;
        m_out += rest().substr(0, size);
        m_at += size;
    }
}

void Translator::openGroup() {
    for (const std::string_view start : {"(?=", "(?!", "(?<=", "(?<!"}) {
        if (rest().starts_with(start)) {
            return refuse(
                fmt::format("The pattern looks around with '{}', which can take endless time and isn't supported; "
                            "say it without, for example by a second pattern in 'allOf' or 'not'.",
                            start));
        }
    }
    if (rest().starts_with("(?<")) {
        m_out += "(?P<";
        m_at += 3;
        return;
    }
    if (rest().starts_with("(?") && !rest().starts_with("(?:")) {
        return refuse("The pattern has a group that begins with '(?', which ECMA-262 doesn't know.");
    }
    m_out += '(';
    ++m_at;
}

std::optional<std::uint32_t> Translator::hex(std::size_t digits) {
    std::uint32_t value = 0;
    if (rest().size() < digits || digits == 0 || digits > 6) {
        return std::nullopt;
    }
    for (const char c : rest().substr(0, digits)) {
        const int digit = c >= '0' && c <= '9'   ? c - '0'
                          : c >= 'a' && c <= 'f' ? c - 'a' + 10
                          : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                 : -1;
        if (digit < 0) {
            return std::nullopt;
        }
        value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    m_at += digits;
    return value;
}

/// After "\u": four digits, two such halves of a pair, or any number in braces.
std::optional<std::uint32_t> Translator::unicode() {
    if (rest().starts_with('{')) {
        ++m_at;
        const auto close = rest().find('}');
        const auto value = close == std::string_view::npos ? std::nullopt : hex(close);
        ++m_at;
        return value;
    }
    const auto value = hex(4);
    if (value && *value >= 0xd800 && *value < 0xdc00 && rest().starts_with("\\u")) {
        m_at += 2;
        const auto low = hex(4);
        return low && *low >= 0xdc00 && *low < 0xe000
                   ? std::optional(0x10000 + ((*value - 0xd800) << 10U) + (*low - 0xdc00))
                   : std::nullopt;
    }
    return value;
}

void Translator::escapeNumber(char kind) {
    const auto value = kind == 'x' ? hex(2) : unicode();
    if (!value || *value > 0x10ffff || (*value >= 0xd800 && *value < 0xe000)) {
        return refuse(fmt::format("The pattern has a '\\{}' that names no character.", kind));
    }
    code(*value);
}

/// \p{…}: RE2 knows the short names of categories and the names of scripts.
void Translator::property(bool isNegated) {
    const auto close = rest().find('}');
    if (!rest().starts_with('{') || close == std::string_view::npos) {
        return refuse("The pattern has a '\\p' without a name in braces.");
    }
    std::string_view name = rest().substr(1, close - 1);
    m_at += close + 1;
    for (const std::string_view prefix : {"General_Category=", "gc=", "Script=", "sc=", "Script_Extensions=", "scx="}) {
        if (name.starts_with(prefix)) {
            name.remove_prefix(prefix.size());
            break;
        }
    }
    for (const auto& [longName, shortName] : kCategories) {
        if (name == longName) {
            name = shortName;
        }
    }
    m_out += fmt::format("\\{}{{{}}}", isNegated ? 'P' : 'p', name);
}

void Translator::escape() {
    if (m_at + 1 >= m_in.size()) {
        return refuse("The pattern ends in a backslash that escapes nothing.");
    }
    const char kind = m_in[m_at + 1];
    m_at += 2;
    constexpr std::string_view kSame = "dDwWbBfnrtv";
    if (kind == 's' || kind == 'S') {
        const auto set = kind == 's' ? kSpaces : kNotSpaces;
        m_out += m_isInClass ? std::string(set) : fmt::format("[{}]", set);
    } else if (kind == 'b' && m_isInClass) {
        m_out += "\\x08";
    } else if (kSame.find(kind) != std::string_view::npos) {
        m_out += {'\\', kind};
    } else if (kind == 'x' || kind == 'u') {
        escapeNumber(kind);
    } else if (kind == 'p' || kind == 'P') {
        property(kind == 'P');
    } else if (kind == 'c' && !rest().empty() && std::isalpha(static_cast<unsigned char>(rest().front())) != 0) {
        code(static_cast<unsigned char>(rest().front()) % 32U);
        ++m_at;
    } else if (kind == '0' && (rest().empty() || std::isdigit(static_cast<unsigned char>(rest().front())) == 0)) {
        code(0);
    } else if ((kind >= '0' && kind <= '9') || kind == 'k') {
        refuse(fmt::format(
            "The pattern refers back to a group with '\\{}', which can take endless time and isn't supported.", kind));
    } else if (std::isalpha(static_cast<unsigned char>(kind)) != 0) {
        refuse(fmt::format("The pattern has '\\{}', which ECMA-262 doesn't know.", kind));
    } else if (static_cast<unsigned char>(kind) >= 0x80 || kind == ' ' || kind == '_') {
        m_out += kind; // needs no escape, and RE2 refuses one
    } else {
        m_out += {'\\', kind};
    }
}

} // namespace

Result<std::string> translatePattern(std::string_view ecma) {
    return Translator(ecma).translate();
}

} // namespace meshbone::catalog::jsonschema
