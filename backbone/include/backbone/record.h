// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/types.h>

#include <optional>
#include <string>
#include <vector>

namespace meshbone {

/// One record header. Order and duplicates matter; a null value differs from an empty one.
struct Header {
    std::string name;
    std::optional<Bytes> value;
    friend bool operator==(const Header&, const Header&) = default;
};

enum class TimestampType : std::uint8_t { None, CreateTime, LogAppendTime };

/// A record as clients see it. Value type.
struct Record {
    std::string topic;
    Partition partition{-1}; ///< -1 when producing: the partitioner decides
    Offset offset = kNoOffset;
    TimestampMs timestampMs = -1;
    TimestampType timestampType = TimestampType::CreateTime;
    std::optional<Bytes> key;
    std::optional<Bytes> value;
    std::vector<Header> headers;
    friend bool operator==(const Record&, const Record&) = default;
};

struct TopicPartition {
    std::string topic;
    Partition partition{0};
    friend auto operator<=>(const TopicPartition&, const TopicPartition&) = default;
};

} // namespace meshbone
