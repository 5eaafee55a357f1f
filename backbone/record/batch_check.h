// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"

namespace meshbone::backbone {

/// The numbers of Kafka's protocol errors that a batch can cause; they travel in Error::kafkaCode.
namespace kafka_error {
inline constexpr std::int16_t kOffsetOutOfRange = 1;
inline constexpr std::int16_t kCorruptMessage = 2;
inline constexpr std::int16_t kMessageTooLarge = 10;
inline constexpr std::int16_t kInvalidTimestamp = 32;
inline constexpr std::int16_t kUnsupportedForMessageFormat = 43;
inline constexpr std::int16_t kOutOfOrderSequence = 45;
inline constexpr std::int16_t kInvalidProducerEpoch = 47;
inline constexpr std::int16_t kStorageError = 56;
inline constexpr std::int16_t kUnsupportedCompression = 76;
inline constexpr std::int16_t kInvalidRecord = 87;
} // namespace kafka_error

/// What a client's batch must satisfy before it is stored: known codec, counts and deltas that agree, producer fields
/// that belong together, no control batch, the CRC; and for an uncompressed batch the shape of every record (a
/// compressed one is stored unread; its records are checked by whoever decodes them). As Kafka's LogValidator.
Status checkClientBatch(const BatchView& batch);

/// Whether the record section of an uncompressed batch is exactly `recordCount` records with deltas 0, 1, 2, ...
Status checkRecordShapes(const BatchView& batch);

} // namespace meshbone::backbone
