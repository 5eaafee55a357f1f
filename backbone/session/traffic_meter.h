// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>

#include <deque>
#include <map>

namespace meshbone::backbone {

/// Rates of topics from samples of their end offsets. No clock, no I/O: the sampler feeds it. One thread at a time.
class TrafficMeter {
public:
    static constexpr std::int64_t kStepMs = 15'000;
    static constexpr std::int64_t kMinuteMs = 60'000;
    static constexpr std::size_t kSteps = 60; ///< 15 minutes
    static constexpr std::size_t kMinutes = 60;
    static constexpr std::int64_t kRateMs = 10'000; ///< perSecond looks back about so far

    /// A topic's offsets, summed over its partitions.
    struct Sample {
        std::int64_t startOffsetSum = 0;
        std::int64_t endOffsetSum = 0;
    };
    /// All topics at one moment; a topic that isn't named is forgotten. A sum that goes back (the topic was made anew)
    /// starts the topic afresh.
    void add(TimestampMs atMs, const std::map<std::string, Sample>& samples);
    [[nodiscard]] std::shared_ptr<TrafficSnapshot> snapshot() const;

private:
    struct Point {
        TimestampMs atMs;
        std::int64_t endOffsetSum;
    };
    /// One row of rates, a value per step, filled as time passes.
    struct Ring {
        std::int64_t stepMs;
        std::size_t capacity;
        Point last{};
        std::deque<float> values;
        void add(const Point& point);
    };
    struct Topic {
        Sample sample;
        std::deque<Point> points; ///< of the last kRateMs or so
        Ring steps{kStepMs, kSteps, {}, {}};
        Ring minutes{kMinuteMs, kMinutes, {}, {}};
        double perSecond = 0;
        void add(TimestampMs atMs, const Sample& sample);
    };

    TimestampMs m_atMs = -1;
    std::map<std::string, Topic> m_topics;
};

} // namespace meshbone::backbone
