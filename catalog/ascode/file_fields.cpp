// SPDX-License-Identifier: Apache-2.0
#include "ascode/file_fields.h"

#include "product/names.h"

#include <backbone/iso_time.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>

namespace meshbone::catalog {

FileFields::FileFields(const YamlNode& node, std::string what, Problems& problems)
    : m_node(node)
    , m_what(std::move(what))
    , m_problems(problems) {
    if (node.kind != YamlNode::Kind::Map) {
        complain(node.at, "its fields are missing; write them below it, one 'key: value' a line.");
    }
}

void FileFields::complain(FilePlace at, const std::string& sentence) const {
    m_problems.add(at, fmt::format("{}: {}", m_what, sentence));
}

const YamlNode* FileFields::find(std::string_view key) {
    m_asked.emplace_back(key);
    const auto found = std::ranges::find(m_node.keys, key);
    return found == m_node.keys.end() ? nullptr : &m_node.items[static_cast<std::size_t>(found - m_node.keys.begin())];
}

FilePlace FileFields::placeOf(std::string_view key) const {
    const auto found = std::ranges::find(m_node.keys, key);
    return found == m_node.keys.end() ? m_node.at
                                      : m_node.items[static_cast<std::size_t>(found - m_node.keys.begin())].at;
}

void FileFields::complainOfUnknown() {
    for (std::size_t i = 0; i < m_node.keys.size(); ++i) {
        if (std::ranges::find(m_asked, m_node.keys[i]) == m_asked.end()) {
            complain(m_node.keyPlaces[i], fmt::format("there is no field '{}'; there are {}.", clipped(m_node.keys[i]),
                                                      fmt::join(m_asked, ", ")));
        }
    }
}

std::optional<std::string> FileFields::textOf(const YamlNode& node, std::string_view key) const {
    if (node.kind == YamlNode::Kind::Text) {
        return node.text;
    }
    complain(node.at, node.kind == YamlNode::Kind::Nothing
                          ? fmt::format("'{}' says nothing; write a text, or take the line out.", key)
                          : fmt::format("'{}' is one text.", key));
    return std::nullopt;
}

std::string FileFields::text(std::string_view key) {
    const YamlNode* node = find(key);
    return node == nullptr ? std::string() : textOf(*node, key).value_or(std::string());
}

std::string FileFields::needed(std::string_view key) {
    const YamlNode* node = find(key);
    if (node == nullptr) {
        if (m_node.kind == YamlNode::Kind::Map) {
            complain(m_node.at, fmt::format("'{}' is missing.", key));
        }
        return {};
    }
    return textOf(*node, key).value_or(std::string());
}

std::int64_t FileFields::number(std::string_view key) {
    const YamlNode* node = find(key);
    const auto text = node == nullptr ? std::nullopt : textOf(*node, key);
    if (!text) {
        return 0;
    }
    std::int64_t value = 0;
    const char* end = text->data() + text->size();
    const auto read = std::from_chars(text->data(), end, value);
    if (read.ec != std::errc() || read.ptr != end || value < 0) {
        complain(node->at, fmt::format("'{}' is a whole number, not '{}'.", key, clipped(*text)));
        return 0;
    }
    return value;
}

bool FileFields::flag(std::string_view key) {
    const YamlNode* node = find(key);
    const auto text = node == nullptr ? std::nullopt : textOf(*node, key);
    if (text && *text != "true" && *text != "false") {
        complain(node->at, fmt::format("'{}' is true or false, not '{}'.", key, clipped(*text)));
    }
    return text == "true";
}

TimestampMs FileFields::time(std::string_view key) {
    const YamlNode* node = find(key);
    const auto text = node == nullptr ? std::nullopt : textOf(*node, key);
    TimestampMs time = kNoEnd;
    if (text && !parseTime(*text, time)) {
        complain(node->at, fmt::format("'{}' is a time in UTC such as 2027-03-01, not '{}'.", key, clipped(*text)));
        return kNoEnd;
    }
    return time;
}

std::optional<NamePattern> FileFields::patternIn(const YamlNode& node, std::string_view key) const {
    if (node.kind == YamlNode::Kind::Map && node.keys == std::vector<std::string>{"literal"} &&
        node.items[0].kind == YamlNode::Kind::Text) {
        return NamePattern{node.items[0].text, backbone::PatternType::Literal};
    }
    if (node.kind != YamlNode::Kind::Text || node.text.empty()) {
        complain(node.at,
                 fmt::format("'{}' takes a name, 'name*' for all names that begin so, or {{literal: 'name*'}}.", key));
        return std::nullopt;
    }
    return patternOf(node.text);
}

NamePattern FileFields::pattern(std::string_view key) {
    const YamlNode* node = find(key);
    return node == nullptr ? NamePattern{} : patternIn(*node, key).value_or(NamePattern{});
}

std::vector<NamePattern> FileFields::patterns(std::string_view key) {
    std::vector<NamePattern> all;
    if (const YamlNode* node = list(key)) {
        for (const YamlNode& item : node->items) {
            if (auto pattern = patternIn(item, key)) {
                all.push_back(std::move(*pattern));
            }
        }
    }
    return all;
}

std::vector<std::string> FileFields::texts(std::string_view key) {
    std::vector<std::string> all;
    if (const YamlNode* node = list(key)) {
        for (const YamlNode& item : node->items) {
            if (auto text = textOf(item, key)) {
                all.push_back(std::move(*text));
            }
        }
    }
    return all;
}

const YamlNode* FileFields::list(std::string_view key) {
    const YamlNode* node = find(key);
    if (node != nullptr && node->kind != YamlNode::Kind::List) {
        complain(node->at, fmt::format("'{}' is a list; write '- ' before each.", key));
        return nullptr;
    }
    return node;
}

const YamlNode* FileFields::map(std::string_view key) {
    const YamlNode* node = find(key);
    if (node != nullptr && node->kind != YamlNode::Kind::Map) {
        complain(node->at, fmt::format("'{0}' has entries by name below it, or is '{0}: {{}}' for none.", key));
        return nullptr;
    }
    return node;
}

} // namespace meshbone::catalog
