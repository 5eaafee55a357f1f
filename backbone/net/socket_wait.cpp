// SPDX-License-Identifier: Apache-2.0
#include "net/socket_wait.h"

#include <algorithm>

#include <poll.h>

namespace meshbone::backbone::net {

namespace {
constexpr std::chrono::milliseconds kSlice{100}; ///< the longest wait between two looks at the stop token
} // namespace

Status WaitLimit::waitFor(int descriptor, short events) const {
    using std::chrono::milliseconds;
    while (true) {
        if (cancelled()) {
            return fail(ErrorCode::Cancelled, "Cancelled.");
        }
        const auto left = rest().timeout;
        pollfd one{descriptor, events, 0};
        // A signal ends poll early; the loop looks at the clock again.
        if (::poll(&one, 1, static_cast<int>(std::clamp(left, milliseconds(0), kSlice).count())) == 1) {
            return {};
        }
        if (left <= milliseconds(0)) {
            return fail(ErrorCode::Timeout, "No answer came in time.");
        }
    }
}

CallOptions WaitLimit::rest() const {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_until - std::chrono::steady_clock::now());
    return {std::max(left, std::chrono::milliseconds(0)), m_stop};
}

} // namespace meshbone::backbone::net
