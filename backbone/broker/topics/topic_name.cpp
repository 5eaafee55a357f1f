// SPDX-License-Identifier: Apache-2.0
#include "broker/topics/topic_name.h"

#include "broker/kafka_errors.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kMaxNameLength = 249;

bool isLegal(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

} // namespace

Status validateTopicName(std::string_view name) {
    const auto invalid = [](std::string sentence) { return refuse(KafkaCode::InvalidTopic, std::move(sentence)); };
    if (name.empty()) {
        return invalid("A topic's name can't be empty.");
    }
    if (name == "." || name == "..") {
        return invalid("A topic's name can't be '.' or '..'.");
    }
    if (name.size() > kMaxNameLength) {
        return invalid(fmt::format("A topic's name can have at most {} characters; this one has {}.", kMaxNameLength,
                                   name.size()));
    }
    if (!std::ranges::all_of(name, isLegal)) {
        return invalid("A topic's name may contain only ASCII letters, digits, '.', '_' and '-'.");
    }
    return {};
}

std::string topicCollisionKey(std::string_view name) {
    std::string key(name);
    std::ranges::replace(key, '.', '_');
    return key;
}

bool isInternalTopic(std::string_view name) {
    return name == kOffsetsTopic || name == "__transaction_state";
}

} // namespace meshbone::backbone::broker
