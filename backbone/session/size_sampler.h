// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/inner_admin.h"

#include <backbone/backbone.h>

namespace meshbone::backbone {

/// Reads what the topics take on disk, every half minute, and remembers why a cluster doesn't tell: one that lacks the
/// API or the right is asked again after five minutes only. One thread at a time.
class SizeSampler {
public:
    static constexpr std::chrono::seconds kEvery{30};
    static constexpr std::chrono::seconds kAfterRefusal{300};
    static constexpr std::chrono::seconds kLimit{10}; ///< of one reading, so that the watch is not held up
    static constexpr int kShare = 20;                 ///< a reading that takes long waits this many times as long

    explicit SizeSampler(std::shared_ptr<InnerAdmin> admin)
        : m_admin(std::move(admin)) {}

    /// Reads if it is time to; true: there is something new to tell().
    bool refresh(const Deadline& deadline);
    /// Puts what is known into a snapshot. A topic that is newer than the last reading has no size yet.
    void tell(TrafficSnapshot& snapshot) const;

private:
    void keep(const LogDirs& dirs);

    std::shared_ptr<InnerAdmin> m_admin;
    std::map<std::string, std::int64_t> m_sizes;
    std::optional<std::int64_t> m_totalBytes, m_usableBytes;
    std::string m_problem;
    Deadline::Clock::time_point m_nextAt{};
};

} // namespace meshbone::backbone
