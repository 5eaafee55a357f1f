// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"

#include <functional>
#include <utility>

namespace meshbone::ui {

/// Makes what a view shows from the newest state beside the window, one at a time: what is asked while it is being made
/// is answered by one more after it, so that news which come faster than they are worked off neither pile up nor keep
/// the view from ever showing anything. A member of the view that shows it; GUI thread.
template <class T>
class NewestJob {
public:
    /// Runs on a thread of the pool; owns what it reads.
    using Work = std::function<T(const JobContext&)>;

    /// `prepare` takes what there is to work on, on the GUI thread; `show` gets what was made of it.
    NewestJob(JobRunner& jobs, QObject* owner, std::function<Work()> prepare, std::function<void(T)> show)
        : m_jobs(jobs)
        , m_owner(owner)
        , m_prepare(std::move(prepare))
        , m_show(std::move(show)) {}

    void ask() {
        m_isStale = m_isRunning;
        if (m_isRunning) {
            return;
        }
        m_isRunning = true;
        m_jobs.run(
            m_owner, {.title = {}, .key = {}},
            [work = m_prepare()](const JobContext& context) { return Result<T>(work(context)); },
            [this](Result<T> made) {
                m_isRunning = false;
                m_show(std::move(*made));
                if (std::exchange(m_isStale, false)) {
                    ask();
                }
            });
    }
    /// What was asked last is shown.
    [[nodiscard]] bool isIdle() const { return !m_isRunning; }

private:
    JobRunner& m_jobs;
    QObject* m_owner;
    std::function<Work()> m_prepare;
    std::function<void(T)> m_show;
    bool m_isRunning = false;
    bool m_isStale = false; ///< asked again while running
};

} // namespace meshbone::ui
