// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace meshbone::backbone {

/// What is remembered of one batch of an idempotent producer.
struct ProducerBatch {
    std::int32_t firstSequence = 0;
    std::int32_t lastSequence = 0;
    Offset firstOffset{0};
    Offset lastOffset{0};
    TimestampMs timestampMs = -1;
};

/// One producer: its epoch and its last batches, as many as a client may have in flight.
struct ProducerEntry {
    static constexpr std::size_t kKept = 5;
    ProducerEpoch epoch{-1};
    std::int8_t count = 0; ///< of `batches`, oldest first
    std::array<ProducerBatch, kKept> batches;
    TimestampMs lastTimestampMs = -1;

    [[nodiscard]] const ProducerBatch* last() const {
        return count > 0 ? &batches[static_cast<std::size_t>(count - 1)] : nullptr;
    }
    void push(const ProducerBatch& batch);
};

/// Makes producing idempotent: knows each producer's epoch and last sequences, so that a retry is recognized and a gap
/// refused. Kafka's ProducerStateManager, without transactions. Its snapshot file is Kafka's (version 1, one batch a
/// producer), followed by the older batches in a section of ours that Kafka's reader does not look at:
///
///     int16 1 · uint32 CRC-32C of what follows · int32 count · count x (int64 producer, int16 epoch,
///     int32 last sequence, int64 last offset, int32 offset delta, int64 timestamp, int32 coordinator epoch,
///     int64 first offset of an open transaction)
///     "MBP1" · int32 count · count x (int64 producer, int32 n, n x (int32 first sequence, int32 last sequence,
///     int64 first offset, int64 last offset, int64 timestamp))
///
/// Any one thread.
class ProducerStateManager {
public:
    enum class Verdict : std::uint8_t { Append, Duplicate };
    struct Checked {
        Verdict verdict = Verdict::Append;
        ProducerBatch original; ///< for Duplicate: where the batch already is
    };

    /// Whether a client's batch may follow. INVALID_PRODUCER_EPOCH for an old epoch, OUT_OF_ORDER_SEQUENCE_NUMBER for a
    /// gap. A producer that is not known may start at any sequence (KIP-360: its records may have been deleted).
    Result<Checked> check(const BatchHeader& batch) const;
    /// Remembers a batch that was stored. `nowMs` when it just came: what expiry counts from, for a producer of old
    /// events is no less alive; -1 when recovery reads it.
    void stored(const BatchHeader& batch, TimestampMs nowMs = -1);

    /// Forgets producers that were silent since before `timestampMs` (producer.id.expiration.ms).
    void expire(TimestampMs timestampMs);
    void clear() { m_producers.clear(); }
    /// Forgets what a truncated log no longer has.
    void truncate(Offset end);
    [[nodiscard]] std::size_t size() const { return m_producers.size(); }
    [[nodiscard]] const std::unordered_map<std::int64_t, ProducerEntry>& producers() const { return m_producers; }

    [[nodiscard]] std::string toSnapshot() const;
    /// Corrupt when it isn't one, or one of another version.
    static Result<ProducerStateManager> fromSnapshot(std::string_view bytes);

private:
    std::unordered_map<std::int64_t, ProducerEntry> m_producers;
};

} // namespace meshbone::backbone
