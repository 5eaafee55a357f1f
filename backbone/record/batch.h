// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/big_endian.h"

#include <backbone/error.h>
#include <backbone/record.h>

#include <cstdint>
#include <optional>
#include <string_view>

namespace meshbone::backbone {

/// Record batch, magic 2 (KIP-98; Kafka's docs/implementation). Big-endian:
///
///      0  base offset             int64    stamped by the broker, outside the CRC
///      8  batch length            int32    bytes after this field
///     12  partition leader epoch  int32    stamped by the broker, outside the CRC
///     16  magic                   int8     2
///     17  CRC-32C                 uint32   of everything after this field
///     21  attributes              int16    0-2 codec, 3 timestamp type, 4 transactional, 5 control, 6 delete horizon
///     23  last offset delta       int32    last offset - base offset; stays when compaction drops records
///     27  base timestamp          int64    or the delete horizon, when attribute 6 is set (KIP-534)
///     35  max timestamp           int64
///     43  producer id             int64    -1: none
///     51  producer epoch          int16
///     53  base sequence           int32
///     57  record count            int32
///     61  records, compressed as one block by the codec
///
/// Base offset and leader epoch lie outside the CRC so that the broker can stamp a batch without touching its sum.
namespace batch_field {
inline constexpr std::size_t kBaseOffset = 0;
inline constexpr std::size_t kLength = 8;
inline constexpr std::size_t kLeaderEpoch = 12;
inline constexpr std::size_t kMagic = 16;
inline constexpr std::size_t kCrc = 17;
inline constexpr std::size_t kAttributes = 21;
inline constexpr std::size_t kLastOffsetDelta = 23;
inline constexpr std::size_t kBaseTimestamp = 27;
inline constexpr std::size_t kMaxTimestamp = 35;
inline constexpr std::size_t kProducerId = 43;
inline constexpr std::size_t kProducerEpoch = 51;
inline constexpr std::size_t kBaseSequence = 53;
inline constexpr std::size_t kRecordCount = 57;
inline constexpr std::size_t kRecords = 61;
} // namespace batch_field

/// Base offset and length: what must be read to know how long a batch is.
inline constexpr std::size_t kBatchPrefixBytes = 12;
inline constexpr std::size_t kBatchHeaderBytes = batch_field::kRecords;
/// The value of the length field of a batch without records; a smaller one is corrupt.
inline constexpr std::int32_t kMinBatchLength = static_cast<std::int32_t>(kBatchHeaderBytes - kBatchPrefixBytes);
inline constexpr std::int8_t kBatchMagic = 2;

enum class Codec : std::uint8_t { None = 0, Gzip = 1, Snappy = 2, Lz4 = 3, Zstd = 4 };

namespace batch_attribute {
inline constexpr std::int16_t kCodecMask = 0x07;
inline constexpr std::int16_t kLogAppendTime = 0x08;
inline constexpr std::int16_t kTransactional = 0x10;
inline constexpr std::int16_t kControl = 0x20;
inline constexpr std::int16_t kDeleteHorizon = 0x40;
} // namespace batch_attribute

/// The header of a batch in borrowed bytes: kBatchHeaderBytes of them are enough, so that a batch can be passed over
/// unread. Values are as written and unchecked. Value type; the bytes must outlive it.
class BatchHeader {
public:
    /// The whole batch, header included; what batchSizeBytes() says.
    [[nodiscard]] std::size_t sizeBytes() const {
        return kBatchPrefixBytes + static_cast<std::size_t>(field<std::int32_t>(batch_field::kLength));
    }
    [[nodiscard]] Offset baseOffset() const { return Offset(field<std::int64_t>(batch_field::kBaseOffset)); }
    [[nodiscard]] Offset lastOffset() const { return baseOffset() + lastOffsetDelta(); }
    [[nodiscard]] Offset nextOffset() const { return lastOffset() + 1; }
    [[nodiscard]] LeaderEpoch leaderEpoch() const {
        return LeaderEpoch(field<std::int32_t>(batch_field::kLeaderEpoch));
    }
    [[nodiscard]] std::int8_t magic() const { return field<std::int8_t>(batch_field::kMagic); }
    [[nodiscard]] std::uint32_t crc() const { return field<std::uint32_t>(batch_field::kCrc); }
    [[nodiscard]] std::int16_t attributes() const { return field<std::int16_t>(batch_field::kAttributes); }
    [[nodiscard]] std::int32_t lastOffsetDelta() const { return field<std::int32_t>(batch_field::kLastOffsetDelta); }
    [[nodiscard]] TimestampMs baseTimestampMs() const { return field<std::int64_t>(batch_field::kBaseTimestamp); }
    [[nodiscard]] TimestampMs maxTimestampMs() const { return field<std::int64_t>(batch_field::kMaxTimestamp); }
    [[nodiscard]] ProducerId producerId() const { return ProducerId(field<std::int64_t>(batch_field::kProducerId)); }
    [[nodiscard]] ProducerEpoch producerEpoch() const {
        return ProducerEpoch(field<std::int16_t>(batch_field::kProducerEpoch));
    }
    [[nodiscard]] std::int32_t baseSequence() const { return field<std::int32_t>(batch_field::kBaseSequence); }
    [[nodiscard]] std::int32_t recordCount() const { return field<std::int32_t>(batch_field::kRecordCount); }

    /// None where the attributes name a codec that does not exist.
    [[nodiscard]] std::optional<Codec> codec() const;
    [[nodiscard]] bool hasProducer() const { return producerId().value() >= 0; }
    [[nodiscard]] bool isTransactional() const { return has(batch_attribute::kTransactional); }
    [[nodiscard]] bool isControl() const { return has(batch_attribute::kControl); }
    [[nodiscard]] bool hasLogAppendTime() const { return has(batch_attribute::kLogAppendTime); }
    [[nodiscard]] TimestampType timestampType() const {
        return hasLogAppendTime() ? TimestampType::LogAppendTime : TimestampType::CreateTime;
    }
    /// When the batch's tombstones may go (KIP-534); none before the first compaction saw it.
    [[nodiscard]] std::optional<TimestampMs> deleteHorizonMs() const;
    /// The sequence of the last record; sequences wrap from 2^31 - 1 to 0.
    [[nodiscard]] std::int32_t lastSequence() const;

protected:
    friend Result<BatchHeader> batchHeaderAt(std::string_view bytes);
    explicit BatchHeader(const char* at)
        : m_at(at) {}
    template <class T>
    [[nodiscard]] T field(std::size_t at) const {
        return loadBigEndian<T>(m_at + at);
    }
    [[nodiscard]] bool has(std::int16_t attribute) const { return (attributes() & attribute) != 0; }

    const char* m_at;
};

/// One batch in borrowed bytes, exactly as long as its length field says; checkClientBatch() tells whether its fields
/// make sense. Value type; the bytes must outlive it.
class BatchView : public BatchHeader {
public:
    [[nodiscard]] std::string_view bytes() const { return {m_at, sizeBytes()}; }
    [[nodiscard]] std::string_view records() const { return bytes().substr(batch_field::kRecords); }
    /// What the CRC covers.
    [[nodiscard]] std::string_view summed() const { return bytes().substr(batch_field::kAttributes); }
    /// Whether the bytes still have the sum that they were written with.
    [[nodiscard]] bool crcMatches() const;

private:
    friend Result<BatchView> batchAt(std::string_view bytes);
    explicit BatchView(const BatchHeader& header)
        : BatchHeader(header) {}
};

/// The header at the start of `bytes`, of which at least kBatchHeaderBytes must be there. Fails with Corrupt when the
/// length field can't be one, when offsets are negative or overflow, or when the magic isn't 2.
Result<BatchHeader> batchHeaderAt(std::string_view bytes);

/// The batch at the start of `bytes`; what follows it is left alone. Fails as batchHeaderAt()
/// does, and when the bytes end too early.
Result<BatchView> batchAt(std::string_view bytes);

/// How long the batch is whose first kBatchPrefixBytes are given, its prefix included; none when that can't be.
[[nodiscard]] std::optional<std::size_t> batchSizeBytes(std::string_view prefix);

/// Sequence arithmetic of idempotent producers: wraps from 2^31 - 1 to 0. `increment` >= 0.
[[nodiscard]] std::int32_t addToSequence(std::int32_t sequence, std::int32_t increment);

} // namespace meshbone::backbone
