// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_view.h"

#include <backbone/replay.h>

#include <string_view>

namespace meshbone::backbone {

/// Why a record of the window is not replayed: the keys of `leftOut`.
inline constexpr std::string_view kLeftOutFilter = "filter";
inline constexpr std::string_view kLeftOutReplayed = "already replayed";
inline constexpr std::string_view kLeftOutTimestamp = "no timestamp that can be written again";

/// Decides for each record of a scan what a request says about it. Plan and run ask the same selector, so that they
/// can't disagree. Value type; the request must outlive it.
class Selector {
public:
    enum class Verdict : std::uint8_t { Replay, OutsideWindow, Filter, Replayed, Timestamp };

    explicit Selector(const ReplayRequest& request)
        : m_request(request) {}
    [[nodiscard]] Verdict judge(const RecordView& record) const;
    /// The key of `leftOut`; empty for Replay and OutsideWindow.
    static std::string_view reason(Verdict verdict);

private:
    [[nodiscard]] bool inWindow(const RecordView& record) const;
    [[nodiscard]] bool matches(const RecordView& record) const;

    const ReplayRequest& m_request;
};

} // namespace meshbone::backbone
