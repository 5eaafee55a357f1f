// SPDX-License-Identifier: Apache-2.0
#include "yaml/yaml_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kLongKeyBytes = 900; ///< YAML reads a key on one line up to 1,024 only

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isPlain(char c) {
    constexpr std::string_view kOthers = "_./:=,@+*()' -";
    const auto byte = static_cast<unsigned char>(c);
    return isLetter(c) || (c >= '0' && c <= '9') || byte >= 0x80 || kOthers.find(c) != std::string_view::npos;
}

/// Words that some reader of YAML takes for something else than a text.
bool isWordOfYaml(std::string_view text) {
    constexpr std::array<std::string_view, 9> kWords{"null", "true", "false", "yes", "no", "on", "off", "y", "n"};
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return std::ranges::find(kWords, lower) != kWords.end();
}

/// Line ends and the byte-order mark that UTF-8 hides among the letters.
bool hasHiddenLineEnd(std::string_view text) {
    constexpr std::array<std::string_view, 4> kHidden{"\xc2\x85", "\xe2\x80\xa8", "\xe2\x80\xa9", "\xef\xbb\xbf"};
    return std::ranges::any_of(kHidden, [&](auto one) { return text.find(one) != std::string_view::npos; });
}

bool isPlain(std::string_view text) {
    return !text.empty() && (isLetter(text.front()) || text.front() == '_') && text.back() != ' ' &&
           text.back() != ':' && std::ranges::all_of(text, [](char c) { return isPlain(c); }) &&
           text.find(": ") == std::string_view::npos && !isWordOfYaml(text) && !hasHiddenLineEnd(text);
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const auto byte = static_cast<unsigned char>(c);
        const auto rest = text.substr(i);
        if (c == '"' || c == '\\') {
            (out += '\\') += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += fmt::format("\\x{:02x}", byte);
        } else if (rest.starts_with("\xc2\x85")) {
            out += "\\u0085"; // by number: not every reader knows the short one
            ++i;
        } else if (rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9")) {
            out += rest[2] == '\xa8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else if (rest.starts_with("\xef\xbb\xbf")) {
            out += "\\ufeff";
            i += 2;
        } else {
            out += c;
        }
    }
    return out += '"';
}

/// A block keeps a text as it is, unless its first line is indented or its end is blank.
bool fitsBlock(std::string_view text) {
    if (text.find('\n') == std::string_view::npos || text.back() == '\n' || text.front() == '\n' ||
        text.front() == ' ' || hasHiddenLineEnd(text)) {
        return false;
    }
    const auto blankLineWithSpaces = [&] {
        std::size_t begin = 0;
        while (begin <= text.size()) {
            const std::size_t end = std::min(text.find('\n', begin), text.size());
            const auto line = text.substr(begin, end - begin);
            if (!line.empty() && line.find_first_not_of(' ') == std::string_view::npos) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    };
    return std::ranges::none_of(text, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; }) &&
           !blankLineWithSpaces();
}

} // namespace

std::string yamlText(std::string_view text) {
    return isPlain(text) ? std::string(text) : quoted(text);
}

void addText(Lines& lines, std::string_view key, std::string_view text) {
    if (!fitsBlock(text)) {
        lines.push_back(fmt::format("{}: {}", key, yamlText(text)));
        return;
    }
    lines.push_back(fmt::format("{}: |-", key));
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const auto line = text.substr(begin, end - begin);
        lines.push_back(line.empty() ? std::string() : "  " + std::string(line));
        begin = end + 1;
    }
}

void addKey(Lines& lines, std::string_view key) {
    std::string text = yamlText(key);
    if (text.size() <= kLongKeyBytes) {
        lines.push_back(std::move(text) + ":");
        return;
    }
    lines.push_back("? " + std::move(text));
    lines.emplace_back(":");
}

void addIndented(Lines& lines, const Lines& inner, std::string_view indent) {
    for (const std::string& line : inner) {
        lines.push_back(line.empty() ? line : std::string(indent) + line);
    }
}

void addItem(Lines& lines, const Lines& item) {
    for (std::size_t i = 0; i < item.size(); ++i) {
        lines.push_back(item[i].empty() ? item[i] : (i == 0 ? "- " : "  ") + item[i]);
    }
}

} // namespace meshbone::catalog
