// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "net/timers.h"

#include <backbone/error.h>

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>
#include <vector>

namespace meshbone::backbone::net {

/// A file descriptor's events on a loop. Implemented by what owns the descriptor.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// `events` are epoll's bits. The watcher may unwatch and destroy itself in here.
    virtual void ready(std::uint32_t events) = 0;
};

/// One epoll loop on a thread that calls run(), named "mb-loop". Everything but post(), stop() and onLoopThread()
/// belongs to that thread (or to whoever set it up before run()).
///
/// A turn: events of ready descriptors; posted functions; due timers; then what atTurnEnd() collected, then
/// afterTurnEnd(). Output that is queued in a turn is written at its end, so that answers leave together.
class EventLoop final : public Timers {
public:
    static Result<std::unique_ptr<EventLoop>> create();
    ~EventLoop() override;
    EventLoop(const EventLoop&) = delete;
    EventLoop& operator=(const EventLoop&) = delete;

    /// Runs turns until stop(). Functions still posted then are dropped, destroyed on the calling thread.
    void run();
    /// From any thread; the turn in progress is finished.
    void stop();
    /// From any thread: runs `call` on the loop thread in a following turn, in the order of the posts.
    void post(std::move_only_function<void()> call);
    /// From any thread.
    [[nodiscard]] bool onLoopThread() const;

    [[nodiscard]] Clock::time_point now() const override { return m_now; }
    TimerId callAt(Clock::time_point deadline, std::move_only_function<void()> fire) override;
    bool cancel(TimerId timer) override;

    /// Runs `call` once at the end of this turn (before the loop sleeps).
    void atTurnEnd(std::move_only_function<void()> call);
    /// Runs `call` once after everything that atTurnEnd() collected: work that must not delay the answers of this turn.
    void afterTurnEnd(std::move_only_function<void()> call);

    /// Watches a descriptor for epoll's bits; the watcher is not owned and must unwatch before it or the descriptor
    /// goes.
    Status watch(int descriptor, std::uint32_t events, Watcher& watcher);
    void rewatch(int descriptor, std::uint32_t events, Watcher& watcher);
    void unwatch(int descriptor);

private:
    EventLoop(int epoll, int wake);
    void pollOnce();
    void dispatch(int descriptor, std::uint64_t generation, std::uint32_t events);
    void runPosted();
    void runTimers();
    void runTurnEnd();
    [[nodiscard]] int timeoutMs() const;

    struct Watched {
        Watcher* watcher = nullptr;
        std::uint32_t generation = 0; ///< tells a stale event of this turn from one of a descriptor that was reused
    };

    int m_epoll;
    int m_wake; ///< an eventfd that post() and stop() write
    Clock::time_point m_now;
    std::atomic<std::thread::id> m_thread;
    std::atomic<bool> m_stopping{false};

    std::mutex m_postedLock;
    std::vector<std::move_only_function<void()>> m_posted; ///< guarded by m_postedLock
    bool m_woken = false;                                  ///< guarded by m_postedLock: the eventfd is set already

    std::map<std::pair<Clock::time_point, std::uint64_t>, std::move_only_function<void()>> m_timers;
    std::unordered_map<std::uint64_t, Clock::time_point> m_timerDeadlines;
    std::uint64_t m_lastTimer = 0;

    std::unordered_map<int, Watched> m_watched;
    std::uint32_t m_lastGeneration = 0;
    std::vector<std::move_only_function<void()>> m_turnEnd;
    std::vector<std::move_only_function<void()>> m_afterTurnEnd;
};

} // namespace meshbone::backbone::net
