// SPDX-License-Identifier: Apache-2.0
#include "log/log_names.h"

#include <fmt/format.h>

#include <charconv>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kOffsetDigits = 20;

template <class T>
std::optional<T> parseNumber(std::string_view text) {
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || value < 0) {
        return std::nullopt;
    }
    return value;
}

} // namespace

std::string offsetFileName(Offset offset, std::string_view suffix) {
    return fmt::format("{:020}{}", offset.value(), suffix);
}

std::optional<OffsetFileName> parseOffsetFileName(std::string_view name) {
    if (name.size() <= kOffsetDigits || name[kOffsetDigits] != '.') {
        return std::nullopt;
    }
    const auto offset = parseNumber<std::int64_t>(name.substr(0, kOffsetDigits));
    if (!offset) {
        return std::nullopt;
    }
    return OffsetFileName{Offset(*offset), name.substr(kOffsetDigits)};
}

std::string directoryName(const TopicPartition& name) {
    return fmt::format("{}-{}", name.topic, name.partition.value());
}

std::optional<TopicPartition> parseDirectoryName(std::string_view name) {
    const auto dash = name.rfind('-');
    if (dash == std::string_view::npos || dash == 0) {
        return std::nullopt;
    }
    const auto partition = parseNumber<std::int32_t>(name.substr(dash + 1));
    if (!partition) {
        return std::nullopt;
    }
    return TopicPartition{std::string(name.substr(0, dash)), Partition(*partition)};
}

} // namespace meshbone::backbone
