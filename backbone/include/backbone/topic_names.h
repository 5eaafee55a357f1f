// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace meshbone::backbone {

inline constexpr std::size_t kTopicNameMaxBytes = 249;

/// What a topic's name may be made of, and so what its beginning may be.
constexpr bool isTopicNameCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

/// Kafka's rule: 1 to 249 of those characters, and neither "." nor "..".
constexpr bool isTopicName(std::string_view name) {
    return !name.empty() && name.size() <= kTopicNameMaxBytes && name != "." && name != ".." &&
           std::ranges::all_of(name, isTopicNameCharacter);
}

/// Kafka's own topics (__…) and Meshbone's (_meshbone.…).
constexpr bool isInternalTopicName(std::string_view name) {
    return name.starts_with("__") || name.starts_with("_meshbone.");
}

/// Those, and the schema registry's: nobody's events. (The ledger judges by the narrower rule above, which must not
/// change.)
constexpr bool isHousekeepingTopicName(std::string_view name) {
    return isInternalTopicName(name) || name == "_schemas";
}

} // namespace meshbone::backbone
