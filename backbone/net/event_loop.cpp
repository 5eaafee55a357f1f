// SPDX-License-Identifier: Apache-2.0
#include "net/event_loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace meshbone::backbone::net {

namespace {

constexpr int kEventsPerTurn = 256;
constexpr int kLongestSleepMs = 60'000;

std::unexpected<Error> systemError(std::string_view what) {
    return fail(ErrorCode::Exhausted, fmt::format("The system refused {}: {}. Close other programs or raise the limit "
                                                  "of open files (ulimit -n).",
                                                  what, std::strerror(errno)));
}

std::uint64_t token(int descriptor, std::uint32_t generation) {
    return (static_cast<std::uint64_t>(generation) << 32) | static_cast<std::uint32_t>(descriptor);
}

} // namespace

Result<std::unique_ptr<EventLoop>> EventLoop::create() {
    const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
    if (epoll < 0) {
        return systemError("an event loop");
    }
    const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake < 0) {
        auto error = systemError("an event loop");
        ::close(epoll);
        return error;
    }
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = token(wake, 0);
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, wake, &event);
    return std::unique_ptr<EventLoop>(new EventLoop(epoll, wake));
}

EventLoop::EventLoop(int epoll, int wake)
    : m_epoll(epoll)
    , m_wake(wake)
    , m_now(Clock::now()) {}

EventLoop::~EventLoop() {
    ::close(m_wake);
    ::close(m_epoll);
}

void EventLoop::run() {
    ::pthread_setname_np(::pthread_self(), "mb-loop");
    m_thread.store(std::this_thread::get_id());
    while (!m_stopping.load(std::memory_order_acquire)) {
        pollOnce();
    }
    m_thread.store({});
}

void EventLoop::stop() {
    m_stopping.store(true, std::memory_order_release);
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
}

void EventLoop::post(std::move_only_function<void()> call) {
    const std::lock_guard lock(m_postedLock);
    m_posted.push_back(std::move(call));
    if (!m_woken) {
        m_woken = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof one);
    }
}

bool EventLoop::onLoopThread() const {
    return m_thread.load() == std::this_thread::get_id();
}

void EventLoop::pollOnce() {
    std::array<epoll_event, kEventsPerTurn> events{};
    const int count = ::epoll_wait(m_epoll, events.data(), kEventsPerTurn, timeoutMs());
    m_now = Clock::now();
    for (int i = 0; i < count; ++i) {
        const auto word = events[static_cast<std::size_t>(i)].data.u64;
        dispatch(static_cast<int>(word & 0xffffffffU), word >> 32, events[static_cast<std::size_t>(i)].events);
    }
    runPosted();
    runTimers();
    runTurnEnd();
}

void EventLoop::dispatch(int descriptor, std::uint64_t generation, std::uint32_t events) {
    if (descriptor == m_wake) {
        std::uint64_t count = 0;
        [[maybe_unused]] const auto got = ::read(m_wake, &count, sizeof count);
        return;
    }
    const auto found = m_watched.find(descriptor);
    if (found != m_watched.end() && found->second.generation == generation) {
        found->second.watcher->ready(events);
    }
}

void EventLoop::runPosted() {
    std::vector<std::move_only_function<void()>> posted;
    {
        const std::lock_guard lock(m_postedLock);
        posted.swap(m_posted);
        m_woken = false;
    }
    for (auto& call : posted) {
        call();
    }
}

void EventLoop::runTimers() {
    // A timer that is set in here for a time already past waits for the next turn: nothing can starve the descriptors.
    const auto due = std::pair{m_now, m_lastTimer};
    while (!m_timers.empty() && m_timers.begin()->first <= due) {
        auto node = m_timers.extract(m_timers.begin());
        m_timerDeadlines.erase(node.key().second);
        node.mapped()();
    }
}

void EventLoop::runTurnEnd() {
    while (!m_turnEnd.empty() || !m_afterTurnEnd.empty()) {
        for (auto& call : std::exchange(m_turnEnd.empty() ? m_afterTurnEnd : m_turnEnd, {})) {
            call();
        }
    }
}

int EventLoop::timeoutMs() const {
    if (m_timers.empty()) {
        return kLongestSleepMs;
    }
    const auto wait = m_timers.begin()->first.first - Clock::now();
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(wait).count();
    return static_cast<int>(std::clamp<std::int64_t>(ms, 0, kLongestSleepMs));
}

TimerId EventLoop::callAt(Clock::time_point deadline, std::move_only_function<void()> fire) {
    const auto id = ++m_lastTimer;
    deadline = std::max(deadline, m_now); // one that is set for the past must not run in the turn that sets it
    m_timers.emplace(std::pair{deadline, id}, std::move(fire));
    m_timerDeadlines.emplace(id, deadline);
    return TimerId{id};
}

bool EventLoop::cancel(TimerId timer) {
    const auto id = static_cast<std::uint64_t>(timer);
    const auto found = m_timerDeadlines.find(id);
    if (found == m_timerDeadlines.end()) {
        return false;
    }
    m_timers.erase({found->second, id});
    m_timerDeadlines.erase(found);
    return true;
}

void EventLoop::atTurnEnd(std::move_only_function<void()> call) {
    m_turnEnd.push_back(std::move(call));
}

void EventLoop::afterTurnEnd(std::move_only_function<void()> call) {
    m_afterTurnEnd.push_back(std::move(call));
}

Status EventLoop::watch(int descriptor, std::uint32_t events, Watcher& watcher) {
    const auto generation = ++m_lastGeneration;
    epoll_event event{};
    event.events = events;
    event.data.u64 = token(descriptor, generation);
    if (::epoll_ctl(m_epoll, EPOLL_CTL_ADD, descriptor, &event) != 0) {
        return systemError("to watch one more connection");
    }
    m_watched[descriptor] = {&watcher, generation};
    return {};
}

void EventLoop::rewatch(int descriptor, std::uint32_t events, Watcher& watcher) {
    auto& watched = m_watched.at(descriptor);
    watched.watcher = &watcher;
    epoll_event event{};
    event.events = events;
    event.data.u64 = token(descriptor, watched.generation);
    ::epoll_ctl(m_epoll, EPOLL_CTL_MOD, descriptor, &event);
}

void EventLoop::unwatch(int descriptor) {
    if (m_watched.erase(descriptor) != 0) {
        ::epoll_ctl(m_epoll, EPOLL_CTL_DEL, descriptor, nullptr);
    }
}

} // namespace meshbone::backbone::net
