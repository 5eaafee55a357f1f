// SPDX-License-Identifier: Apache-2.0
#include <catalog/enforcer.h>

#include "enforce/enforcement_round.h"

#include <backbone/listeners.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <thread>

namespace meshbone::catalog {
namespace {

using std::chrono::milliseconds;

TimestampMs systemMs() {
    return std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

class RunningEnforcer final : public Enforcer {
public:
    RunningEnforcer(Catalog& catalog, backbone::AccessAdmin& access, EnforcerOptions options)
        : m_catalog(catalog)
        , m_access(access)
        , m_options(std::move(options))
        , m_retry(m_options.retryAfter) {
        if (!m_options.nowMs) {
            m_options.nowMs = systemMs;
        }
        m_subscription = m_catalog.onChanged([this] { wake(); });
        m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
        pthread_setname_np(m_thread.native_handle(), "mb-enforcer");
    }
    ~RunningEnforcer() override {
        m_subscription.reset(); // waits for a callback that is under way
        m_thread.request_stop();
        wake();
    }

    [[nodiscard]] EnforcerStatus status() const override {
        const std::scoped_lock lock(m_mutex);
        return m_status;
    }
    Subscription onChanged(std::function<void()> changed) override { return m_listeners.add(std::move(changed)); }
    void wake() override {
        {
            const std::scoped_lock lock(m_mutex);
            m_asked = true;
        }
        m_wakened.notify_all();
    }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            {
                const std::scoped_lock lock(m_mutex);
                m_asked = false; // what changes from here on is looked at in the next round
            }
            const auto nowMs = m_options.nowMs();
            const auto end = EnforcementRound(m_catalog, m_access, m_options, m_memory, nowMs, stop).run();
            if (m_options.tellEnds && end.ledgerOffset >= 0) {
                m_options.tellEnds(end.ends);
            }
            publish(end, nowMs);
            sleep(stop, pauseAfter(end, nowMs));
        }
    }

    void publish(const RoundEnd& end, TimestampMs nowMs) {
        {
            const std::scoped_lock lock(m_mutex);
            m_status.mode = end.mode;
            m_status.reason = end.reason;
            m_status.ledgerOffset = end.ledgerOffset;
            m_status.agreedMs = end.mode == EnforcerMode::Idle ? nowMs : m_status.agreedMs;
            m_status.flapping.assign(m_memory.flapping.begin(), m_memory.flapping.end());
        }
        m_listeners.notify();
    }

    milliseconds pauseAfter(const RoundEnd& end, TimestampMs nowMs) {
        auto pause = m_options.every;
        if (end.mode == EnforcerMode::Waiting) {
            pause = m_retry;
            m_retry = std::min(m_retry * 2, m_options.every);
        } else {
            m_retry = m_options.retryAfter;
        }
        if (end.nextEndMs != kNoEnd) {
            pause = std::clamp(milliseconds(end.nextEndMs - nowMs), milliseconds(1), pause);
        }
        return pause;
    }

    void sleep(const std::stop_token& stop, milliseconds pause) {
        std::unique_lock lock(m_mutex);
        m_wakened.wait_for(lock, pause, [&] { return m_asked || stop.stop_requested(); });
    }

    Catalog& m_catalog;
    backbone::AccessAdmin& m_access;
    EnforcerOptions m_options;
    EnforcementMemory m_memory; ///< the thread's own
    milliseconds m_retry;       ///< the thread's own

    mutable std::mutex m_mutex; ///< guards the two below
    EnforcerStatus m_status;
    bool m_asked = false;
    std::condition_variable m_wakened;
    backbone::Listeners<> m_listeners;
    Subscription m_subscription;
    std::jthread m_thread; ///< last: it uses all of the above
};

} // namespace

std::unique_ptr<Enforcer> Enforcer::start(Catalog& catalog, backbone::AccessAdmin& access, EnforcerOptions options) {
    return std::make_unique<RunningEnforcer>(catalog, access, std::move(options));
}

} // namespace meshbone::catalog
