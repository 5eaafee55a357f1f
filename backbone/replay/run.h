// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/inner_admin.h"
#include "replay/copier.h"
#include "replay/journal.h"

#include <deque>
#include <thread>

namespace meshbone::backbone {

/// One run of a plan on a thread of its own ("mb-replay"). Its state only ever ends once: Complete after the proof,
/// else Cancelled or Failed. Thread-safe.
class Run {
public:
    using Changed = std::function<void(const RunStatus&)>;

    /// Writes the journal's first line; nothing runs yet.
    static Result<std::shared_ptr<Run>> create(const Profile& profile, std::shared_ptr<InnerAdmin> admin,
                                               ReplayPlan plan, std::string id, const std::filesystem::path& directory,
                                               Changed changed);
    ~Run(); ///< cancels and waits
    void begin();

    [[nodiscard]] RunStatus status() const;
    [[nodiscard]] Manifest manifest() const;
    [[nodiscard]] const ReplayPlan& plan() const { return m_plan; }
    Status pause();
    Status resume();
    Status cancel(std::string reason);

private:
    Run(const Profile& profile, std::shared_ptr<InnerAdmin> admin, ReplayPlan plan, std::string id,
        std::filesystem::path directory, Changed changed);
    void work();
    Status copyAndProve();
    Result<std::int32_t> prepareTarget();
    Status createTarget();
    void finish(const Status& outcome);
    void tick();
    void became(RunState state);
    Status refuseUnlessRunning(std::string_view what) const;

    Profile m_profile;
    std::shared_ptr<InnerAdmin> m_admin;
    ReplayPlan m_plan;
    std::string m_id;
    std::filesystem::path m_directory;
    Changed m_changed;
    RunControl m_control;
    RunProgress m_progress;
    std::unique_ptr<Journal> m_journal; ///< of the run's thread, once begun

    mutable std::mutex m_mutex;
    RunState m_state = RunState::Running;
    std::string m_reason;
    TimestampMs m_startedMs;
    TimestampMs m_endedMs = -1;
    double m_recordsPerSecond = 0;

    // Of the run's thread:
    std::deque<std::pair<Deadline::Clock::time_point, std::int64_t>> m_rates;
    Deadline::Clock::time_point m_toldAt{};
    Deadline::Clock::time_point m_journaledAt{};

    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace meshbone::backbone
