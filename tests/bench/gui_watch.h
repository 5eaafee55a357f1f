// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QApplication>
#include <QSet>

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace meshbone::bench {

using Clock = std::chrono::steady_clock;

inline double msSince(Clock::time_point begun) {
    return std::chrono::duration<double, std::milli>(Clock::now() - begun).count();
}

/// The longest single event of a part of the run, and how long a beat had to wait for its turn.
struct PartFigures {
    std::string name;
    double eventMs = 0, eventCpuMs = 0; ///< on the clock, and what of it the thread ran
    std::string receiver;               ///< class of who got the event
    int eventType = 0;
    double beganS = 0; ///< on the monotonic clock, to find it in a profile
    double waitMs = 0; ///< what a key press would have waited at worst
};

/// A QApplication that times each event that the loop delivers, tells when a frame is painted, and is asked every few
/// milliseconds by a thread beside it whether it is still there. GUI thread, but for the beat.
class WatchedApplication : public QApplication {
public:
    using QApplication::QApplication;
    ~WatchedApplication() override;
    bool notify(QObject* receiver, QEvent* event) override;

    /// What follows belongs to this part.
    void beginPart(const std::string& name);
    [[nodiscard]] const std::vector<PartFigures>& parts() const { return m_parts; }
    /// Begins to ask; call when the loop runs.
    void startBeat();
    /// Called at the end of each event in which something was painted, with what was.
    void setFrameHook(std::function<void(const QSet<const QObject*>&)> hook) { m_onFrame = std::move(hook); }
    /// Runs work that turns the loop itself; its own event isn't counted, those that it delivers are.
    void runBeside(const std::function<void()>& work);

private:
    void keep(const char* receiver, int type, Clock::time_point begun, double cpuBegunMs);
    void beat(const std::stop_token& stop);

    std::vector<PartFigures> m_parts{{"start", 0, 0, {}, 0, 0, 0}};
    std::function<void(const QSet<const QObject*>&)> m_onFrame;
    QSet<const QObject*> m_painted;
    int m_depth = 0;
    bool m_besideRan = false;
    std::atomic<bool> m_beatOnItsWay = false;
    std::jthread m_beat; // last: ended first
};

} // namespace meshbone::bench
