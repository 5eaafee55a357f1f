// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topic_lines.h"

#include "broker/lines/line_text.h"

#include <fmt/format.h>

#include <span>

namespace meshbone::backbone::broker {

namespace {

std::string encoded(const ConfigMap& values) {
    std::string out;
    for (const auto& [name, value] : values) {
        out += ' ' + encodedWord(name) + '=' + encodedWord(value);
    }
    return out;
}

bool readConfig(std::span<const std::string_view> words, ConfigMap& values) {
    for (const auto word : words) {
        const auto equals = word.find('=');
        if (equals == std::string_view::npos) {
            return false;
        }
        auto name = decodedWord(word.substr(0, equals));
        auto value = decodedWord(word.substr(equals + 1));
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
    const auto name = decodedWord(words[1]);
    const auto id = TopicId::fromString(words[2]);
    const auto partitions = numberIn<std::int32_t>(words[3]);
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
    const auto name = decodedWord(words[1]);
    const auto id = TopicId::fromString(words[2]);
    const auto epoch = numberIn<std::int32_t>(words[3]);
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
    return sealedLine(fmt::format("topic {} {} {}{}", encodedWord(topic.name), topic.id.toString(), topic.partitions,
                                  encoded(topic.overrides)));
}

std::string deletedLine(const DeletedTopic& topic) {
    return sealedLine(
        fmt::format("deleted {} {} {}", encodedWord(topic.name), topic.id.toString(), topic.lastEpoch.value()));
}

std::string brokerConfigLine(bool nodeOnly, const ConfigMap& values) {
    return sealedLine(fmt::format("broker {}{}", nodeOnly ? "node" : "cluster", encoded(values)));
}

bool applyTopicLine(std::string_view content, StoredState& state) {
    const auto parts = wordsOf(content);
    if (parts.front() == "topic") {
        return applyTopic(parts, state);
    }
    if (parts.front() == "deleted") {
        return applyDeleted(parts, state);
    }
    return parts.front() == "broker" && applyBroker(parts, state);
}

} // namespace meshbone::backbone::broker
