// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <chrono>

namespace meshbone::backbone::net {

/// The moment at which a blocking call gives up, and its stop token. Value type.
class WaitLimit {
public:
    explicit WaitLimit(const CallOptions& options)
        : m_stop(options.stop)
        , m_until(std::chrono::steady_clock::now() + options.timeout) {}
    /// Waits until the descriptor is ready for `events` (poll's bits); Timeout or Cancelled without the endpoint's
    /// name.
    [[nodiscard]] Status waitFor(int descriptor, short events) const;
    [[nodiscard]] CallOptions rest() const;
    [[nodiscard]] bool cancelled() const { return m_stop.stop_requested(); }

private:
    std::stop_token m_stop;
    std::chrono::steady_clock::time_point m_until;
};

} // namespace meshbone::backbone::net
