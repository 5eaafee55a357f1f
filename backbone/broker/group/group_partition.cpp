// SPDX-License-Identifier: Apache-2.0
#include "broker/group/group_partition.h"

#include <limits>

namespace meshbone::backbone::broker {

namespace {
/// Takes one code point of UTF-8 off the text; what isn't UTF-8 reads as U+FFFD, one byte at a time.
std::uint32_t takeCodePoint(std::string_view& text) {
    constexpr std::uint32_t kReplacement = 0xFFFD;
    const auto lead = static_cast<std::uint8_t>(text.front());
    text.remove_prefix(1);
    if (lead < 0x80) {
        return lead;
    }
    const std::size_t more = lead >= 0xF0 && lead < 0xF8 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC2 ? 1 : 0;
    if (more == 0 || lead >= 0xF8 || text.size() < more) {
        return kReplacement;
    }
    std::uint32_t point = lead & (0x3FU >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const auto next = static_cast<std::uint8_t>(text[i]);
        if ((next & 0xC0U) != 0x80U) {
            return kReplacement;
        }
        point = point << 6 | (next & 0x3FU);
    }
    text.remove_prefix(more);
    return point;
}
} // namespace

Partition groupPartition(std::string_view group, std::int32_t partitions) {
    std::uint32_t hash = 0;
    while (!group.empty()) {
        const auto point = takeCodePoint(group);
        if (point < 0x10000) {
            hash = 31 * hash + point;
        } else { // Java hashes UTF-16: a surrogate pair
            hash = 31 * hash + (0xD800 + ((point - 0x10000) >> 10));
            hash = 31 * hash + (0xDC00 + ((point - 0x10000) & 0x3FF));
        }
    }
    const auto asInt = static_cast<std::int32_t>(hash);
    const auto positive = asInt == std::numeric_limits<std::int32_t>::min() ? 0 : asInt < 0 ? -asInt : asInt;
    return Partition(positive % partitions);
}

} // namespace meshbone::backbone::broker
