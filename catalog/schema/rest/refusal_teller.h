// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_audience.h>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace meshbone::catalog {

/// Finds the sentence that a refusal ends with: who meets what was to change. On a thread of its own, "mb-refuse", so
/// that nobody but who was refused waits for it. In bounds: what comes while many wait is answered without.
/// Thread-safe.
class RefusalTeller {
public:
    static constexpr std::size_t kMaxWaiting = 32;
    using MakeChange = std::move_only_function<RefusedChange()>;
    using Done = std::move_only_function<void(const std::string& sentence)>;

    /// The audience is borrowed and outlives it; null: nobody can be asked.
    explicit RefusalTeller(SchemaAudience* audience);
    ~RefusalTeller() { stop(); }
    RefusalTeller(const RefusalTeller&) = delete;
    RefusalTeller& operator=(const RefusalTeller&) = delete;

    /// Calls `done` once, with a sentence or an empty one: from "mb-refuse", where `change` is made too; or at once,
    /// where nobody can be asked, too many wait, or it was stopped.
    void tell(MakeChange change, Done done);
    /// Answers what waits without a sentence, and ends the thread.
    void stop();

private:
    struct Waiting {
        MakeChange change;
        Done done;
    };
    void run(const std::stop_token& stop);

    SchemaAudience* m_audience;
    std::mutex m_mutex; ///< guards the two below
    std::deque<Waiting> m_waiting;
    bool m_isStopped = false;
    std::condition_variable_any m_came;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace meshbone::catalog
