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
    static constexpr std::chrono::seconds kSlow{30}; ///< how old starts and the list of topics may get

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
    std::optional<Deadline::Clock::time_point> m_refreshedAt;
};

} // namespace meshbone::backbone
