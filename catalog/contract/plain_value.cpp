// SPDX-License-Identifier: Apache-2.0
#include "contract/document.h"

#include <catalog/json_tree.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxContractDepth = 60;       ///< of maps and lists in one another
constexpr std::size_t kMaxContractNodes = 200'000U; ///< what aliases repeat counted

bool isDigits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

/// "12", "-1.5", ".5", "1.", "2e10": integers and decimals of the core schema.
bool isDecimal(std::string_view text) {
    if (text.starts_with('-') || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    const std::size_t power = text.find_first_of("eE");
    if (power != std::string_view::npos) {
        auto digits = text.substr(power + 1);
        if (digits.starts_with('-') || digits.starts_with('+')) {
            digits.remove_prefix(1);
        }
        if (!isDigits(digits)) {
            return false;
        }
        text = text.substr(0, power);
    }
    const std::size_t dot = text.find('.');
    const auto whole = text.substr(0, dot);
    const auto fraction = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    return (isDigits(whole) && (fraction.empty() || isDigits(fraction))) || (whole.empty() && isDigits(fraction));
}

/// "0x1F", "0o17".
std::optional<std::uint64_t> basedNumber(std::string_view text) {
    const int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 0;
    std::uint64_t value = 0;
    if (base == 0 || text.size() < 3) {
        return std::nullopt;
    }
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 2, end, value, base);
    return error == std::errc() && stop == end ? std::optional(value) : std::nullopt;
}

void appendJson(std::string& out, const YamlNode& node);

void appendMap(std::string& out, const YamlNode& node) {
    out += '{';
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        out += i == 0 ? "" : ",";
        appendJsonString(out, node.keys[i]);
        out += ':';
        appendJson(out, node.items[i]);
    }
    out += '}';
}

void appendList(std::string& out, const YamlNode& node) {
    out += '[';
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        out += i == 0 ? "" : ",";
        appendJson(out, node.items[i]);
    }
    out += ']';
}

void appendText(std::string& out, const YamlNode& node) {
    switch (plainKind(node)) {
    case PlainKind::Number:
        out += jsonNumber(node.text);
        break;
    case PlainKind::True:
        out += "true";
        break;
    case PlainKind::False:
        out += "false";
        break;
    case PlainKind::Nothing:
        out += "null";
        break;
    case PlainKind::Text:
        appendJsonString(out, node.text);
        break;
    }
}

void appendJson(std::string& out, const YamlNode& node) {
    switch (node.kind) {
    case YamlNode::Kind::Map:
        return appendMap(out, node);
    case YamlNode::Kind::List:
        return appendList(out, node);
    case YamlNode::Kind::Text:
    case YamlNode::Kind::Nothing:
        return appendText(out, node);
    }
}

} // namespace

std::expected<YamlNode, FileProblem> readContractYaml(std::string_view text) {
    return readYaml(text, {kMaxContractBytes, kMaxContractDepth, kMaxContractNodes, true, true});
}

PlainKind plainKind(const YamlNode& node) {
    constexpr std::array<std::string_view, 5> kNothing{"", "~", "null", "Null", "NULL"};
    constexpr std::array<std::string_view, 3> kTrue{"true", "True", "TRUE"};
    constexpr std::array<std::string_view, 3> kFalse{"false", "False", "FALSE"};
    if (node.kind == YamlNode::Kind::Nothing) {
        return PlainKind::Nothing;
    }
    const auto isOneOf = [&](const auto& words) { return std::ranges::find(words, node.text) != words.end(); };
    if (!node.isPlain) {
        return PlainKind::Text;
    }
    if (isDecimal(node.text) || basedNumber(node.text)) {
        return PlainKind::Number;
    }
    return isOneOf(kNothing) ? PlainKind::Nothing
           : isOneOf(kTrue)  ? PlainKind::True
           : isOneOf(kFalse) ? PlainKind::False
                             : PlainKind::Text;
}

std::string jsonNumber(std::string_view text) {
    if (const auto based = basedNumber(text)) {
        return std::to_string(*based);
    }
    std::string out = text.starts_with('-') ? "-" : "";
    text.remove_prefix(text.starts_with('-') || text.starts_with('+') ? 1 : 0);
    const std::size_t power = std::min(text.find_first_of("eE"), text.size());
    const auto digits = text.substr(0, power);
    const std::size_t dot = std::min(digits.find('.'), digits.size());
    auto whole = digits.substr(0, dot);
    whole.remove_prefix(std::min(whole.find_first_not_of('0'), whole.size()));
    out += whole.empty() ? "0" : whole;
    if (dot + 1 < digits.size()) {
        out += digits.substr(dot);
    }
    return out += text.substr(power);
}

std::string jsonOf(const YamlNode& node) {
    std::string out;
    appendJson(out, node);
    return out;
}

std::string textIn(const YamlNode& map, std::string_view key) {
    const YamlNode* found = map.find(key);
    return found != nullptr && plainKind(*found) != PlainKind::Nothing ? found->text : std::string();
}

bool flagIn(const YamlNode& map, std::string_view key) {
    const YamlNode* found = map.find(key);
    return found != nullptr && plainKind(*found) == PlainKind::True;
}

std::vector<const YamlNode*> mapsIn(const YamlNode& map, std::string_view key) {
    std::vector<const YamlNode*> found;
    const YamlNode* list = map.find(key);
    if (list != nullptr && list->kind == YamlNode::Kind::List) {
        for (const YamlNode& item : list->items) {
            if (item.kind == YamlNode::Kind::Map) {
                found.push_back(&item);
            }
        }
    }
    return found;
}

} // namespace meshbone::catalog
