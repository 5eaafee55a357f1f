// SPDX-License-Identifier: Apache-2.0
#include "session/offset_sampler.h"

#include <algorithm>

namespace meshbone::backbone {

Status OffsetSampler::refresh(const Deadline& deadline) {
    const auto began = Deadline::Clock::now();
    auto topics = m_admin->topicNames(deadline.rest());
    if (!topics) {
        return std::unexpected(topics.error());
    }
    m_partitions.clear();
    for (const auto& topic : *topics) {
        for (std::int32_t i = 0; i < topic.partitions; ++i) {
            m_partitions.push_back({topic.name, Partition(i)});
        }
    }
    auto starts = sums(OffsetQuery::Kind::Earliest, m_refreshed ? kPage : kFirstPage, deadline);
    if (!starts) {
        return std::unexpected(starts.error());
    }
    m_starts = std::move(*starts);
    m_refreshed = true;
    const auto now = Deadline::Clock::now();
    m_refreshDue = now + std::clamp<Deadline::Clock::duration>((now - began) * kRefreshShare, kSoon, kLate);
    return {};
}

Result<OffsetSampler::Sums> OffsetSampler::sums(OffsetQuery::Kind kind, std::size_t page, const Deadline& deadline) {
    Sums sums;
    for (std::size_t from = 0; from < m_partitions.size(); from += page) {
        std::vector<OffsetQuery> queries;
        for (std::size_t i = from; i < std::min(from + page, m_partitions.size()); ++i) {
            queries.push_back({m_partitions[i], kind, -1});
        }
        auto listed = m_admin->listOffsets(queries, false, deadline.rest());
        if (!listed) {
            return std::unexpected(listed.error());
        }
        for (const auto& one : *listed) { // a topic that was deleted meanwhile leaves the rest as it is
            if (one.errorCode == 0 && one.answer.offset >= Offset(0)) {
                sums[one.answer.at.topic] += one.answer.offset.value();
            }
        }
    }
    return sums;
}

Result<std::map<std::string, TrafficMeter::Sample>> OffsetSampler::sample(const Deadline& deadline) {
    if (!m_refreshed || Deadline::Clock::now() >= m_refreshDue) {
        if (auto ok = refresh(deadline); !ok) {
            return std::unexpected(ok.error());
        }
    }
    auto ends = sums(OffsetQuery::Kind::Latest, kPage, deadline);
    if (!ends) {
        return std::unexpected(ends.error());
    }
    std::map<std::string, TrafficMeter::Sample> samples;
    for (const auto& [topic, end] : *ends) {
        const auto start = m_starts.find(topic);
        samples[topic] = {std::min(start != m_starts.end() ? start->second : 0, end), end};
    }
    return samples;
}

} // namespace meshbone::backbone
