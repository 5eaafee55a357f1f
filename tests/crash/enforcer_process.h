// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace meshbone::testing {

/// A `meshctl enforce` process of our own. One thread. The destructor kills it.
class EnforcerProcess {
public:
    /// `words`: what meshctl is told, from "enforce" on. Starts it; throws std::runtime_error when it can't.
    EnforcerProcess(const std::string& meshctl, const std::vector<std::string>& words);
    EnforcerProcess(const EnforcerProcess&) = delete;
    EnforcerProcess& operator=(const EnforcerProcess&) = delete;
    ~EnforcerProcess() { kill(); }

    void kill(); ///< SIGKILL, and waits until it is gone
    /// Its exit status once it ends by itself; none: it takes longer than that.
    std::optional<int> wait(std::chrono::milliseconds patience);

private:
    pid_t m_process = -1;
};

} // namespace meshbone::testing
