// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <chrono>
#include <functional>
#include <stop_token>
#include <string>
#include <thread>

namespace meshbone::app::demo {

/// One client of the demo on a thread of its own ("demo-<name>"). When its work fails it says so through `report` and
/// starts anew after a growing pause, until it is destroyed.
class DemoClient {
public:
    using Work = std::function<Status(const backbone::Profile&, std::stop_token)>;
    using Report = std::function<void(const std::string& client, const Error& error)>;

    DemoClient(std::string name, backbone::Profile profile, Work work, Report report);
    /// Asks it to stop without waiting; the destructor waits.
    void requestStop() { m_thread.request_stop(); }

private:
    std::jthread m_thread;
};

/// Waits, but not past a stop. False when stopped.
bool pauseFor(std::stop_token stop, std::chrono::milliseconds time);

} // namespace meshbone::app::demo
