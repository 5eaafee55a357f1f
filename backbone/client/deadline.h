// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <algorithm>
#include <chrono>

namespace meshbone::backbone {

/// A call's options pinned to a moment, so that several waits share one deadline. Value type.
class Deadline {
public:
    using Clock = std::chrono::steady_clock;
    /// The longest wait between two looks at the stop token.
    static constexpr std::chrono::milliseconds kSlice{100};

    explicit Deadline(const CallOptions& options)
        : m_stop(options.stop)
        , m_startedAt(Clock::now())
        , m_endsAt(m_startedAt + std::max(options.timeout, std::chrono::milliseconds(0))) {}

    [[nodiscard]] bool cancelled() const { return m_stop.stop_requested(); }
    [[nodiscard]] bool passed() const { return Clock::now() >= m_endsAt; }
    [[nodiscard]] std::chrono::milliseconds left() const {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(m_endsAt - Clock::now());
        return std::max(left, std::chrono::milliseconds(0));
    }
    [[nodiscard]] std::chrono::milliseconds slice() const { return std::min(kSlice, left()); }
    [[nodiscard]] Clock::time_point startedAt() const { return m_startedAt; }
    [[nodiscard]] const std::stop_token& stop() const { return m_stop; }
    /// What is left, for a call that takes options of its own.
    [[nodiscard]] CallOptions rest() const { return {left(), m_stop}; }

private:
    std::stop_token m_stop;
    Clock::time_point m_startedAt;
    Clock::time_point m_endsAt;
};

} // namespace meshbone::backbone
