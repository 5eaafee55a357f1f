// SPDX-License-Identifier: Apache-2.0
#include "gui_watch.h"

#include <QEvent>

#include <condition_variable>
#include <ctime>
#include <mutex>
#include <utility>

namespace meshbone::bench {

namespace {

constexpr auto kBeatEvery = std::chrono::milliseconds(4);

double threadCpuMs() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

} // namespace

WatchedApplication::~WatchedApplication() {
    m_beat.request_stop();
}

bool WatchedApplication::notify(QObject* receiver, QEvent* event) {
    if (event->type() == QEvent::Paint) {
        m_painted.insert(receiver);
    }
    if (m_depth > 0) {
        return QApplication::notify(receiver, event);
    }
    const auto* name = receiver->metaObject()->className(); // it may be gone afterwards
    const int type = event->type();
    const auto begun = Clock::now();
    const auto cpuBegun = threadCpuMs();
    ++m_depth;
    const bool handled = QApplication::notify(receiver, event);
    --m_depth;
    if (!std::exchange(m_besideRan, false)) {
        keep(name, type, begun, cpuBegun);
    }
    if (!m_painted.isEmpty()) {
        const auto painted = std::exchange(m_painted, {});
        if (m_onFrame) {
            m_onFrame(painted);
        }
    }
    return handled;
}

void WatchedApplication::keep(const char* receiver, int type, Clock::time_point begun, double cpuBegunMs) {
    auto& part = m_parts.back();
    const auto took = msSince(begun);
    if (took > part.eventMs) {
        part.eventMs = took;
        part.eventCpuMs = threadCpuMs() - cpuBegunMs;
        part.receiver = receiver;
        part.eventType = type;
        part.beganS = std::chrono::duration<double>(begun.time_since_epoch()).count();
    }
}

void WatchedApplication::beginPart(const std::string& name) {
    m_parts.push_back({name, 0, 0, {}, 0, 0, 0});
}

void WatchedApplication::runBeside(const std::function<void()>& work) {
    const auto depth = std::exchange(m_depth, 0);
    work();
    m_depth = depth;
    m_besideRan = true;
}

void WatchedApplication::startBeat() {
    m_beat = std::jthread([this](const std::stop_token& stop) { beat(stop); });
}

void WatchedApplication::beat(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
        if (!m_beatOnItsWay.exchange(true)) {
            const auto sent = Clock::now();
            QMetaObject::invokeMethod(
                this,
                [this, sent] {
                    m_parts.back().waitMs = std::max(m_parts.back().waitMs, msSince(sent));
                    m_beatOnItsWay = false;
                },
                Qt::QueuedConnection);
        }
        wake.wait_for(lock, stop, kBeatEvery, [] { return false; });
    }
}

} // namespace meshbone::bench
