// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/fifo.h"
#include "broker/kafka_errors.h"
#include "broker/partition/fetch_wait.h"
#include "log/partition_log.h"

#include <functional>
#include <span>

namespace meshbone::backbone::broker {

/// What a partition asks of the loop's turn. Loop thread only.
class TurnEnd {
public:
    virtual ~TurnEnd() = default;
    /// Something was appended: the dirty list goes to the sync thread before this turn's answers are written.
    virtual void appended() = 0;
};

/// One partition as the broker serves it: its log, the acknowledgements that wait for the disk, and the fetches that
/// wait for records. Owned by its topic; loop thread only.
///
/// Invariant: an acknowledgement is given when the high watermark has reached the end of its batch, in order of the
/// batches; fetches are told of bytes only once the high watermark covers them.
class PartitionState {
public:
    using Acknowledge = std::move_only_function<void(KafkaCode)>;

    PartitionState(Partition index, PartitionLog& log, TurnEnd& turnEnd)
        : m_index(index)
        , m_log(&log)
        , m_turnEnd(turnEnd) {}

    [[nodiscard]] Partition index() const { return m_index; }
    [[nodiscard]] PartitionLog& log() { return *m_log; }
    [[nodiscard]] const PartitionLog& log() const { return *m_log; }
    [[nodiscard]] WaitList& waiting() { return m_waiting; }

    /// Appends one batch (stamped in place), see PartitionLog::append.
    Result<AppendInfo> append(std::span<char> batch, AppendOrigin origin, TimestampMs nowMs);
    /// Calls `acknowledge` once the high watermark has reached `end`; at once when it has already.
    void whenReached(Offset end, Acknowledge acknowledge);

    /// The sync thread's work arrived.
    void highWatermarkMoved();
    /// Nothing will come any more: everything that waits is answered.
    void giveUp(KafkaCode code);

private:
    struct InFlight {
        Offset end{0};
        std::uint32_t bytes = 0;
    };
    struct Waiting {
        Offset end{0};
        Acknowledge acknowledge;
    };

    Partition m_index;
    PartitionLog* m_log;
    TurnEnd& m_turnEnd;
    Fifo<InFlight> m_inFlight; ///< appended, not yet below the high watermark
    Fifo<Waiting> m_acknowledgements;
    WaitList m_waiting;
};

} // namespace meshbone::backbone::broker
