// SPDX-License-Identifier: Apache-2.0
#include <catalog/json_tree.h>

#include <fmt/format.h>

#include <unordered_set>

namespace meshbone::catalog {

namespace {

using Kind = JsonTree::Kind;

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

void appendUtf8(std::string& out, std::uint32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
        return;
    }
    const int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    constexpr std::array<unsigned, 4> kLead{0, 0xC0, 0xE0, 0xF0};
    out += static_cast<char>(kLead[static_cast<std::size_t>(more)] | (c >> (6 * more)));
    for (int i = more - 1; i >= 0; --i) {
        out += static_cast<char>(0x80 | ((c >> (6 * i)) & 0x3F));
    }
}

/// Reads a text from its start to its end; the first failure ends it. Recursion is bounded by kMaxSchemaDepth.
class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text) {}

    Result<JsonTree> read() {
        JsonTree tree;
        if (!value(tree, 0)) {
            return std::unexpected(m_error);
        }
        skipSpace();
        if (m_at < m_text.size()) {
            (void)wrong("there is more after the end of the JSON value");
            return std::unexpected(m_error);
        }
        return tree;
    }

private:
    bool wrong(std::string_view why, ErrorCode code = ErrorCode::InvalidArgument) {
        m_error = Error{code, fmt::format("The JSON is wrong at {}: {}.", placeWords(m_text, m_at), why)};
        return false;
    }
    void skipSpace() {
        while (m_at < m_text.size() && std::string_view(" \t\r\n").contains(m_text[m_at])) {
            ++m_at;
        }
    }
    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c) {
        if (peek() != c || m_at >= m_text.size()) {
            return false;
        }
        ++m_at;
        return true;
    }

    bool value(JsonTree& tree, int depth) {
        skipSpace();
        tree.byte = m_at;
        if (depth > kMaxSchemaDepth) {
            return wrong(fmt::format("it nests deeper than {} levels", kMaxSchemaDepth), ErrorCode::Exhausted);
        }
        if (++m_nodes > kMaxSchemaNodes) {
            return wrong(fmt::format("it has more than {} values", kMaxSchemaNodes), ErrorCode::Exhausted);
        }
        switch (peek()) {
        case '{':
            return object(tree, depth);
        case '[':
            return array(tree, depth);
        case '"':
            tree.kind = Kind::String;
            return string(tree.text);
        case 't':
            return word(tree, "true", Kind::True);
        case 'f':
            return word(tree, "false", Kind::False);
        case 'n':
            return word(tree, "null", Kind::Null);
        default:
            return peek() == '-' || isDigit(peek())
                       ? number(tree)
                       : wrong(m_at < m_text.size() ? "a value is expected here; text stands between double quotes"
                                                    : "the text ends where a value is expected");
        }
    }

    bool word(JsonTree& tree, std::string_view name, Kind kind) {
        if (!m_text.substr(m_at).starts_with(name)) {
            return wrong("a value is expected here; text stands between double quotes");
        }
        m_at += name.size();
        tree.kind = kind;
        return true;
    }

    bool digits() {
        if (!isDigit(peek())) {
            return wrong("a digit is expected here");
        }
        while (isDigit(peek())) {
            ++m_at;
        }
        return true;
    }

    bool number(JsonTree& tree) {
        const auto begin = m_at;
        tree.kind = Kind::Number;
        take('-');
        const bool isZero = peek() == '0';
        if (!digits()) {
            return false;
        }
        if (isZero && m_at - begin > (m_text[begin] == '-' ? 2U : 1U)) {
            return wrong("a number doesn't begin with 0");
        }
        if (take('.') && !digits()) {
            return false;
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            if (!digits()) {
                return false;
            }
        }
        tree.text = m_text.substr(begin, m_at - begin);
        return true;
    }

    bool hex4(std::uint32_t& value) {
        value = 0;
        for (int i = 0; i < 4; ++i, ++m_at) {
            const char c = peek();
            const int digit = isDigit(c)             ? c - '0'
                              : c >= 'a' && c <= 'f' ? c - 'a' + 10
                              : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                     : -1;
            if (digit < 0) {
                return wrong("\\u wants four hexadecimal digits");
            }
            value = value * 16 + static_cast<std::uint32_t>(digit);
        }
        return true;
    }

    bool escape(std::string& out) {
        const char c = peek();
        ++m_at;
        constexpr std::string_view kNames = "\"\\/bfnrt", kMeanings = "\"\\/\b\f\n\r\t";
        if (const auto at = kNames.find(c); at != std::string_view::npos) {
            out += kMeanings[at];
            return true;
        }
        std::uint32_t first = 0, second = 0;
        if (c != 'u') {
            --m_at;
            return wrong("this escape isn't known");
        }
        if (!hex4(first)) {
            return false;
        }
        if (first >= 0xD800 && first < 0xDC00) {
            if (!take('\\') || !take('u') || !hex4(second) || second < 0xDC00 || second > 0xDFFF) {
                return wrong("half of a surrogate pair");
            }
            first = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
        } else if (first >= 0xDC00 && first < 0xE000) {
            return wrong("half of a surrogate pair");
        }
        appendUtf8(out, first);
        return true;
    }

    bool string(std::string& out) {
        ++m_at; // the quote
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20) {
                return wrong("a line break or control character in a string; is the closing quote missing?");
            }
            ++m_at;
            if (c != '\\') {
                out += c;
            } else if (!escape(out)) {
                return false;
            }
        }
        return wrong("the text ends inside a string");
    }

    bool array(JsonTree& tree, int depth) {
        tree.kind = Kind::Array;
        ++m_at;
        skipSpace();
        if (take(']')) {
            return true;
        }
        do {
            if (!value(tree.items.emplace_back(), depth + 1)) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take(']') || wrong("',' or ']' is expected here");
    }

    bool object(JsonTree& tree, int depth) {
        tree.kind = Kind::Object;
        ++m_at;
        skipSpace();
        if (take('}')) {
            return true;
        }
        std::unordered_set<std::string> names;
        do {
            skipSpace();
            const auto begin = m_at;
            auto& [name, member] = tree.members.emplace_back();
            if (peek() != '"') {
                return wrong("a name between double quotes is expected here");
            }
            if (!string(name)) {
                return false;
            }
            if (!names.insert(name).second) {
                m_at = begin;
                return wrong(fmt::format("\"{}\" stands twice in this object", name));
            }
            skipSpace();
            if (!take(':')) {
                return wrong("':' is expected here");
            }
            if (!value(member, depth + 1)) {
                return false;
            }
            skipSpace();
        } while (take(','));
        return take('}') || wrong("',' or '}' is expected here");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::size_t m_nodes = 0;
    Error m_error;
};

} // namespace

Result<JsonTree> readJsonTree(std::string_view text) {
    if (text.size() > kMaxSchemaBytes) {
        return fail(ErrorCode::Exhausted,
                    fmt::format("The schema has {} bytes; at most {} are taken.", text.size(), kMaxSchemaBytes));
    }
    return Reader(text).read();
}

} // namespace meshbone::catalog
