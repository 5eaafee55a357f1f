// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topic_lines.h"

#include "record/crc32c.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <vector>

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kCrcDigits = 8;

bool isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(".,_-:").find(c) != std::string_view::npos;
}

std::string encoded(std::string_view text) {
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

template <class Number>
std::optional<Number> number(std::string_view text, int base = 10) {
    Number value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

std::optional<std::string> decoded(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        if (text.front() != '%') {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        const auto byte = text.size() >= 3 ? number<unsigned>(text.substr(1, 2), 16) : std::nullopt;
        if (!byte) {
            return std::nullopt;
        }
        out += static_cast<char>(*byte);
        text.remove_prefix(3);
    }
    return out;
}

std::string encoded(const ConfigMap& values) {
    std::string out;
    for (const auto& [name, value] : values) {
        out += ' ' + encoded(name) + '=' + encoded(value);
    }
    return out;
}

std::string sealed(const std::string& content) {
    return fmt::format("{:08x} {}\n", crc32c(content), content);
}

std::vector<std::string_view> words(std::string_view line) {
    std::vector<std::string_view> all;
    while (!line.empty()) {
        const auto space = line.find(' ');
        all.push_back(line.substr(0, space));
        line = space == std::string_view::npos ? std::string_view() : line.substr(space + 1);
    }
    return all;
}

bool readConfig(std::span<const std::string_view> words, ConfigMap& values) {
    for (const auto word : words) {
        const auto equals = word.find('=');
        if (equals == std::string_view::npos) {
            return false;
        }
        auto name = decoded(word.substr(0, equals));
        auto value = decoded(word.substr(equals + 1));
        if (!name || !value) {
            return false;
        }
        values[std::move(*name)] = std::move(*value);
    }
    return true;
}

bool applyTopic(std::span<const std::string_view> words, StoredState& state) {
    if (words.size() < 4) {
        return false;
    }
    StoredTopic topic;
    const auto name = decoded(words[1]);
    const auto id = TopicId::fromString(words[2]);
    const auto partitions = number<std::int32_t>(words[3]);
    if (!name || !id || !partitions || *partitions < 1 || !readConfig(words.subspan(4), topic.overrides)) {
        return false;
    }
    topic.name = *name;
    topic.id = *id;
    topic.partitions = *partitions;
    state.topics[*name] = std::move(topic);
    return true;
}

bool applyDeleted(std::span<const std::string_view> words, StoredState& state) {
    if (words.size() != 4) {
        return false;
    }
    const auto name = decoded(words[1]);
    const auto id = TopicId::fromString(words[2]);
    const auto epoch = number<std::int32_t>(words[3]);
    if (!name || !id || !epoch) {
        return false;
    }
    state.topics.erase(*name);
    state.deleted[*name] = {*name, *id, LeaderEpoch(*epoch)};
    return true;
}

bool applyBroker(std::span<const std::string_view> words, StoredState& state) {
    ConfigMap values;
    if (words.size() < 2 || !readConfig(words.subspan(2), values)) {
        return false;
    }
    (words[1] == "node" ? state.nodeConfig : state.clusterConfig) = std::move(values);
    return true;
}

} // namespace

std::string topicLine(const StoredTopic& topic) {
    return sealed(fmt::format("topic {} {} {}{}", encoded(topic.name), topic.id.toString(), topic.partitions,
                              encoded(topic.overrides)));
}

std::string deletedLine(const DeletedTopic& topic) {
    return sealed(fmt::format("deleted {} {} {}", encoded(topic.name), topic.id.toString(), topic.lastEpoch.value()));
}

std::string brokerConfigLine(bool nodeOnly, const ConfigMap& values) {
    return sealed(fmt::format("broker {}{}", nodeOnly ? "node" : "cluster", encoded(values)));
}

bool applyTopicLine(std::string_view line, StoredState& state) {
    if (line.size() < kCrcDigits + 2 || line[kCrcDigits] != ' ') {
        return false;
    }
    const auto content = line.substr(kCrcDigits + 1);
    const auto crc = number<std::uint32_t>(line.substr(0, kCrcDigits), 16);
    if (!crc || *crc != crc32c(content)) {
        return false;
    }
    const auto parts = words(content);
    if (parts.front() == "topic") {
        return applyTopic(parts, state);
    }
    if (parts.front() == "deleted") {
        return applyDeleted(parts, state);
    }
    return parts.front() == "broker" && applyBroker(parts, state);
}

} // namespace meshbone::backbone::broker
