// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_signal.h"

#include <backbone/record.h>
#include <backbone/replay.h>

#include <mutex>

namespace meshbone::test {

/// Replays in memory: plans count the records given, runs stand where they are put and move by step().
class FakeReplays : public backbone::Replays {
public:
    using RecordsOf = std::function<const std::vector<Record>*(const std::string& topic)>;
    explicit FakeReplays(RecordsOf records)
        : m_records(std::move(records)) {}
    void addRun(const backbone::RunStatus& run);
    /// Lets a running run write so many more; it completes at its planned count.
    void step(const std::string& run, std::int64_t records);

    Result<backbone::ReplayPlan> plan(const backbone::ReplayRequest& request, const CallOptions& options,
                                      std::function<void(double)> progress) override;
    Result<std::string> start(const backbone::ReplayPlan& plan) override;
    std::vector<backbone::RunStatus> runs() const override;
    Status pause(const std::string& run) override;
    Status resume(const std::string& run) override;
    Status cancel(const std::string& run) override;
    Result<backbone::Manifest> manifest(const std::string& run) const override;
    Subscription onChanged(std::function<void(const backbone::RunStatus&)> changed) override;

private:
    Status change(const std::string& run, backbone::RunState from, backbone::RunState to);
    RecordsOf m_records;
    mutable std::mutex m_mutex;
    std::vector<backbone::RunStatus> m_runs; // newest first
    FakeSignal<const backbone::RunStatus&> m_onChanged;
    int m_next = 1;
};

} // namespace meshbone::test
