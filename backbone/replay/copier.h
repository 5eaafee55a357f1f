// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/bulk_writer.h"
#include "client/deadline.h"
#include "replay/markers.h"
#include "replay/pacer.h"
#include "replay/run_control.h"
#include "replay/run_progress.h"
#include "replay/selector.h"

#include <functional>

namespace meshbone::backbone {

class Scan;

/// Copies the frozen ranges of a plan to the target: reads, judges, waits for each record's time, writes, and keeps
/// digests of what it wrote. Memory is bounded by the scan's and the producer's queues. Runs on the run's thread.
class Copier {
public:
    /// `tick` is called about every 100 ms, whatever goes on; `stateChanged` when the run pauses or goes on.
    struct Hooks {
        std::function<void()> tick;
        std::function<void(bool paused)> stateChanged;
    };
    Copier(const Profile& profile, const ReplayPlan& plan, std::string run, std::int32_t targetPartitions,
           RunControl& control, RunProgress& progress, Hooks hooks);

    /// Fails with Cancelled, or with why it could not go on. Everything that was sent is reported when it returns,
    /// within kFlushPatience.
    Status run();
    /// Of what was sent, by lane.
    [[nodiscard]] std::vector<PairDigests>& digests() { return m_digests; }

private:
    Status openWriter();
    Status copyInLogOrder();
    Status copyInTimeOrder();
    void take(const RecordView& record);
    void send(const RecordView& record, std::size_t lane);
    /// Waits for the record's time, through pauses; false when the run was cancelled.
    bool waitForTurn(TimestampMs timestampMs);
    bool waitWhilePaused();
    bool mayGoOn();
    void flush();
    void collectGaps(const Scan& scan);

    const Profile& m_profile;
    const ReplayPlan& m_plan;
    std::string m_run;
    std::int32_t m_targetPartitions;
    RunControl& m_control;
    RunProgress& m_progress;
    Hooks m_hooks;
    Selector m_selector;
    Markers m_markers;
    Pacer m_pacer;
    std::unique_ptr<BulkWriter> m_writer;
    std::vector<PairDigests> m_digests;
    bool m_stopped = false;
    Deadline::Clock::time_point m_tickAt{};
    Deadline::Clock::duration m_pausedFor{}; ///< all pauses so far
};

} // namespace meshbone::backbone
