// SPDX-License-Identifier: Apache-2.0
#include "replay/target_partition.h"

namespace meshbone::backbone {

std::uint32_t murmur2(std::string_view bytes) {
    constexpr std::uint32_t kSeed = 0x9747b28c;
    constexpr std::uint32_t kMultiply = 0x5bd1e995;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])); };
    auto hash = kSeed ^ static_cast<std::uint32_t>(bytes.size());
    std::size_t i = 0;
    for (; i + 4 <= bytes.size(); i += 4) {
        auto word = byte(i) | byte(i + 1) << 8 | byte(i + 2) << 16 | byte(i + 3) << 24;
        word *= kMultiply;
        word ^= word >> 24;
        word *= kMultiply;
        hash *= kMultiply;
        hash ^= word;
    }
    switch (bytes.size() - i) {
    case 3:
        hash ^= byte(i + 2) << 16;
        [[fallthrough]];
    case 2:
        hash ^= byte(i + 1) << 8;
        [[fallthrough]];
    case 1:
        hash ^= byte(i);
        hash *= kMultiply;
        break;
    default:
        break;
    }
    hash ^= hash >> 13;
    hash *= kMultiply;
    hash ^= hash >> 15;
    return hash;
}

Partition targetPartition(const RecordView& record, std::int32_t targetPartitions, bool keepPartition) {
    if (keepPartition && record.partition.value() < targetPartitions) {
        return record.partition;
    }
    if (!record.key) {
        return Partition(record.partition.value() % targetPartitions);
    }
    return Partition(
        static_cast<std::int32_t>((murmur2(*record.key) & 0x7fffffff) % static_cast<std::uint32_t>(targetPartitions)));
}

} // namespace meshbone::backbone
