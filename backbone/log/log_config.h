// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"

#include <backbone/record.h>

#include <cstdint>
#include <optional>

namespace meshbone::backbone {

/// What the log must know of a topic's configuration, by Kafka's names and defaults. Value type. A log holds one by
/// shared pointer, so that thousands of partitions share one.
struct LogConfig {
    std::int64_t segmentBytes = 1'073'741'824;               ///< segment.bytes
    std::int64_t segmentMs = 604'800'000;                    ///< segment.ms
    std::int64_t segmentIndexBytes = 10'485'760;             ///< segment.index.bytes
    std::int64_t indexIntervalBytes = 4'096;                 ///< index.interval.bytes
    std::int64_t segmentJitterMs = 0;                        ///< segment.jitter.ms
    bool preallocate = false;                                ///< preallocate
    std::int64_t retentionMs = 604'800'000;                  ///< retention.ms; -1: for ever
    std::int64_t retentionBytes = -1;                        ///< retention.bytes; -1: any size
    std::int64_t maxMessageBytes = 1'048'588;                ///< max.message.bytes: the largest batch
    std::optional<Codec> codec;                              ///< compression.type; none: as the producer has it
    std::optional<int> codecLevel;                           ///< compression.<codec>.level
    bool cleanupDelete = true;                               ///< cleanup.policy contains delete
    bool cleanupCompact = false;                             ///< cleanup.policy contains compact
    std::int64_t deleteRetentionMs = 86'400'000;             ///< delete.retention.ms
    std::int64_t minCompactionLagMs = 0;                     ///< min.compaction.lag.ms
    std::int64_t maxCompactionLagMs = INT64_MAX;             ///< max.compaction.lag.ms
    double minCleanableDirtyRatio = 0.5;                     ///< min.cleanable.dirty.ratio
    TimestampType timestampType = TimestampType::CreateTime; ///< message.timestamp.type
    std::int64_t timestampBeforeMaxMs = INT64_MAX;           ///< message.timestamp.before.max.ms
    std::int64_t timestampAfterMaxMs = 3'600'000;            ///< message.timestamp.after.max.ms
    std::optional<std::int64_t> flushMessages;               ///< flush.messages, where it was set
    std::optional<std::int64_t> flushMs;                     ///< flush.ms, where it was set
    std::int64_t fileDeleteDelayMs = 60'000;                 ///< file.delete.delay.ms

    /// Durable (the default): the high watermark follows the disk, so an acks=all answer and every fetch see only
    /// synced records. Setting flush.messages above 1 or flush.ms above 0 relaxes that: the high watermark moves at
    /// the append, and the disk follows after so many records or milliseconds.
    [[nodiscard]] bool durable() const { return flushMessages.value_or(1) <= 1 && flushMs.value_or(0) <= 0; }
};

} // namespace meshbone::backbone
