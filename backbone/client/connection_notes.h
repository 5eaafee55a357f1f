// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// What a client's callbacks said about its connections, kept so that a call that gets no answer can say why.
/// Thread-safe; holds one trouble and the last kMaxLines log lines.
class ConnectionNotes {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::size_t kMaxLines = 100;

    struct Trouble {
        Error error; ///< what a person is told
        Clock::time_point firstAt;
        Clock::time_point lastAt;
        bool allDown = false; ///< no broker was reachable when it was noted
    };

    /// From the error callback: a code of librdkafka and its text.
    void trouble(int code, std::string_view text);
    /// From the log callback.
    void line(int level, std::string_view facility, std::string_view text);
    /// A broker answered: whatever was wrong is over.
    void answered();

    [[nodiscard]] std::optional<Trouble> lastTrouble() const;
    [[nodiscard]] std::vector<std::string> lines() const;

private:
    mutable std::mutex m_mutex;
    std::optional<Trouble> m_trouble;
    std::deque<std::string> m_lines;
};

} // namespace meshbone::backbone
