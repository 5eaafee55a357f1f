// SPDX-License-Identifier: Apache-2.0
#include "demo/demo_client.h"

#include <pthread.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace meshbone::app::demo {

bool pauseFor(std::stop_token stop, std::chrono::milliseconds time) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, time, [&] { return stop.stop_requested(); });
    return !stop.stop_requested();
}

DemoClient::DemoClient(std::string name, backbone::Profile profile, Work work, Report report)
    : m_thread([name = std::move(name), profile = std::move(profile), work = std::move(work),
                report = std::move(report)](std::stop_token stop) {
        pthread_setname_np(pthread_self(), ("demo-" + name).substr(0, 15).c_str());
        auto pause = std::chrono::milliseconds(500);
        while (!stop.stop_requested()) {
            const auto done = work(profile, stop);
            if (stop.stop_requested()) {
                return;
            }
            if (!done) {
                report(name, done.error());
            }
            if (!pauseFor(stop, pause)) {
                return;
            }
            pause = std::min(pause * 2, std::chrono::milliseconds(30'000));
        }
    }) {}

} // namespace meshbone::app::demo
