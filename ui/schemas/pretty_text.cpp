// SPDX-License-Identifier: Apache-2.0
#include "schemas/pretty_text.h"

#include <algorithm>
#include <string_view>

namespace meshbone::ui {

namespace {

constexpr std::size_t kLineRoom = 72; ///< what fits is written on one line
constexpr std::size_t kIndent = 2;

struct Part {
    std::size_t at = 0;
    std::string_view text;
};

bool isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isMark(char c) {
    return c == '{' || c == '}' || c == '[' || c == ']' || c == ',' || c == ':';
}

std::size_t endOfString(std::string_view source, std::size_t from) {
    for (auto i = from + 1; i < source.size(); ++i) {
        if (source[i] == '\\') {
            ++i;
        } else if (source[i] == '"') {
            return i + 1;
        }
    }
    return source.size();
}

/// JSON cut into strings, marks and bare words.
std::vector<Part> cut(std::string_view source) {
    std::vector<Part> parts;
    for (std::size_t i = 0; i < source.size();) {
        if (isBlank(source[i])) {
            ++i;
            continue;
        }
        auto end = i + 1;
        if (source[i] == '"') {
            end = endOfString(source, i);
        } else if (!isMark(source[i])) {
            while (end < source.size() && !isBlank(source[end]) && !isMark(source[end])) {
                ++end;
            }
        }
        parts.push_back({i, source.substr(i, end - i)});
        i = end;
    }
    return parts;
}

bool opens(const Part& part) {
    return part.text == "{" || part.text == "[";
}

bool closes(const Part& part) {
    return part.text == "}" || part.text == "]";
}

/// For each part that opens something, the one that closes it; empty: the brackets don't match.
std::vector<std::size_t> partners(const std::vector<Part>& parts) {
    std::vector<std::size_t> partner(parts.size(), 0), open;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (opens(parts[i])) {
            open.push_back(i);
        } else if (closes(parts[i])) {
            if (open.empty()) {
                return {};
            }
            partner[open.back()] = i;
            open.pop_back();
        }
    }
    return open.empty() ? partner : std::vector<std::size_t>();
}

} // namespace

PrettyText::PrettyText(catalog::SchemaType type, const std::string& source)
    : m_text(source)
    , m_sourceLines{0} {
    for (std::size_t i = 0; i < source.size(); ++i) {
        if (source[i] == '\n') {
            m_sourceLines.push_back(i + 1);
        }
    }
    if (type == catalog::SchemaType::Protobuf) {
        return;
    }
    const auto parts = cut(source);
    const auto partner = partners(parts);
    if (parts.empty() || partner.empty()) {
        return;
    }
    m_text.clear();
    std::size_t depth = 0, flatUntil = 0; // the part that ends what stands on one line
    const auto newLine = [&] { m_text.append(1, '\n').append(depth * kIndent, ' '); };
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto& part = parts[i];
        const bool isFlat = i < flatUntil;
        if (closes(part) && !isFlat && i != flatUntil) {
            --depth;
            newLine();
        }
        m_tokens.push_back({part.at, m_text.size()});
        m_text += part.text;
        if (opens(part) && !isFlat) {
            std::size_t length = m_text.size() - std::min(m_text.size(), m_text.rfind('\n') + 1);
            for (auto j = i + 1; j <= partner[i] && length <= kLineRoom; ++j) {
                length += parts[j].text.size() + (parts[j].text == "," || parts[j].text == ":" ? 1 : 0);
            }
            // What is on one line is small and never the whole.
            if (partner[i] == i + 1 || (length <= kLineRoom && depth > 0)) {
                flatUntil = partner[i];
            } else {
                ++depth;
                newLine();
            }
        } else if (part.text == ",") {
            isFlat ? static_cast<void>(m_text += ' ') : newLine();
        } else if (part.text == ":") {
            m_text += ' ';
        }
    }
}

catalog::TextPlace PrettyText::placeOf(const catalog::TextPlace& inSource) const {
    if (inSource.line <= 0 || m_tokens.empty()) {
        return inSource;
    }
    const auto line = std::min(static_cast<std::size_t>(inSource.line), m_sourceLines.size()) - 1;
    const auto byte = m_sourceLines[line] + static_cast<std::size_t>(std::max(1, inSource.column)) - 1;
    auto token = std::ranges::upper_bound(m_tokens, byte, {}, &Token::source);
    if (token != m_tokens.begin()) {
        --token;
    }
    return catalog::placeOf(m_text, token->here);
}

} // namespace meshbone::ui
