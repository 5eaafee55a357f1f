// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/deadline.h"
#include "client/inner_admin.h"
#include "session/traffic_meter.h"

namespace meshbone::backbone {

/// Reads the start and end offsets of every topic. Ends at each sample; starts and the list of topics less often, since
/// they change slowly. Pages of kPage partitions a call bound every request; the first time they are small, since a
/// broker may have to open each log for it, and whoever else asks it then should not wait for them all. One thread at a
/// time.
class OffsetSampler {
public:
    static constexpr std::size_t kPage = 2000, kFirstPage = 100;
    /// How old starts and the list of topics may get: a topic that somebody has just made is to be seen soon, but a
    /// mesh of ten thousand is not asked all the time.
    static constexpr std::chrono::seconds kSoon{5}, kLate{30};
    static constexpr int kRefreshShare = 50; ///< at most this part of the time goes into it, up to kLate

    explicit OffsetSampler(std::shared_ptr<InnerAdmin> admin)
        : m_admin(std::move(admin)) {}
    Result<std::map<std::string, TrafficMeter::Sample>> sample(const Deadline& deadline);

private:
    using Sums = std::map<std::string, std::int64_t>;
    Status refresh(const Deadline& deadline);
    Result<Sums> sums(OffsetQuery::Kind kind, std::size_t page, const Deadline& deadline);

    std::shared_ptr<InnerAdmin> m_admin;
    std::vector<TopicPartition> m_partitions;
    Sums m_starts;
    bool m_refreshed = false;
    Deadline::Clock::time_point m_refreshDue;
};

} // namespace meshbone::backbone
