// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"
#include "record/record_cursor.h"

#include <optional>
#include <span>
#include <string>

namespace meshbone::backbone {

/// The fields of a batch that are not its records.
struct BatchMeta {
    Offset baseOffset{0};
    LeaderEpoch leaderEpoch{0};
    Codec codec = Codec::None;
    TimestampType timestampType = TimestampType::CreateTime;
    ProducerId producerId{-1};
    ProducerEpoch producerEpoch{-1};
    std::int32_t baseSequence = -1;
    bool transactional = false;
    bool control = false;
    std::optional<TimestampMs> deleteHorizonMs; ///< KIP-534: takes the place of the base timestamp
    std::optional<TimestampMs> logAppendTimeMs; ///< the largest timestamp, with LogAppendTime
    std::optional<Offset> lastOffset;           ///< none: that of the last record

    /// Everything of an existing batch, so that compaction can build it again with fewer records.
    static BatchMeta of(const BatchHeader& batch);
};

/// Builds one batch: add records in the order of their offsets, then take the bytes. Use from one thread.
class BatchBuilder {
public:
    explicit BatchBuilder(BatchMeta meta = {})
        : m_meta(meta) {}

    /// Adds at the next offset.
    void add(const Record& record);
    /// Adds at `offset` (at least the last one + 1): compaction keeps offsets.
    void add(Offset offset, TimestampMs timestampMs, std::optional<std::string_view> key,
             std::optional<std::string_view> value, std::span<const BatchRecordHeader> headers = {});

    [[nodiscard]] std::int32_t recordCount() const { return m_count; }
    [[nodiscard]] std::size_t sizeBytes() const { return kBatchHeaderBytes + m_records.size(); } ///< uncompressed

    /// The finished batch with its CRC. May have no records (KIP-98: the last batch of a producer is kept empty).
    Result<std::string> build();

private:
    void writeHeader(std::string& batch) const;

    BatchMeta m_meta;
    std::string m_records;
    std::string m_body; // scratch for one record
    std::int32_t m_count = 0;
    std::int32_t m_lastDelta = -1;
    std::optional<TimestampMs> m_baseTimestampMs;
    TimestampMs m_maxTimestampMs = -1;
};

/// One batch of records, offsets from `meta.baseOffset` on: what coordinators and tests write.
Result<std::string> buildBatch(std::span<const Record> records, BatchMeta meta = {});

} // namespace meshbone::backbone
