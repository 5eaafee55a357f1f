// SPDX-License-Identifier: Apache-2.0
#include "session/traffic_meter.h"

#include <algorithm>

namespace meshbone::backbone {

const TopicTraffic* TrafficSnapshot::find(std::string_view topic) const {
    const auto place = std::ranges::lower_bound(topics, topic, {}, &TopicTraffic::topic);
    return place != topics.end() && place->topic == topic ? &*place : nullptr;
}

void TrafficMeter::Ring::add(const Point& point) {
    if (last.atMs == 0) {
        last = point;
        return;
    }
    const auto steps = (point.atMs - last.atMs) / stepMs;
    if (steps < 1) {
        return;
    }
    // A sample that comes late (the machine slept, the cluster was away) spreads over the steps that it covers.
    const auto rate = static_cast<float>(static_cast<double>(point.endOffsetSum - last.endOffsetSum) * 1000.0 /
                                         static_cast<double>(point.atMs - last.atMs));
    for (std::int64_t i = 0; i < std::min<std::int64_t>(steps, static_cast<std::int64_t>(capacity)); ++i) {
        values.push_back(rate);
    }
    while (values.size() > capacity) {
        values.pop_front();
    }
    last = point;
}

void TrafficMeter::Topic::add(TimestampMs atMs, const Sample& now) {
    if (now.endOffsetSum < sample.endOffsetSum || (!points.empty() && atMs <= points.back().atMs)) {
        *this = Topic();
    }
    sample = now;
    const Point point{atMs, now.endOffsetSum};
    // The point to look back to is the youngest that is at least kRateMs old, or else the oldest there is.
    while (points.size() > 1 && points[1].atMs <= atMs - kRateMs) {
        points.pop_front();
    }
    if (!points.empty()) {
        perSecond = static_cast<double>(point.endOffsetSum - points.front().endOffsetSum) * 1000.0 /
                    static_cast<double>(atMs - points.front().atMs);
    }
    points.push_back(point);
    steps.add(point);
    minutes.add(point);
}

void TrafficMeter::add(TimestampMs atMs, const std::map<std::string, Sample>& samples) {
    m_atMs = atMs;
    std::erase_if(m_topics, [&](const auto& topic) { return !samples.contains(topic.first); });
    for (const auto& [name, sample] : samples) {
        m_topics[name].add(atMs, sample);
    }
}

std::shared_ptr<TrafficSnapshot> TrafficMeter::snapshot() const {
    auto snapshot = std::make_shared<TrafficSnapshot>();
    snapshot->atMs = m_atMs;
    snapshot->stepMs = kStepMs;
    snapshot->topics.reserve(m_topics.size());
    for (const auto& [name, topic] : m_topics) {
        TopicTraffic traffic;
        traffic.topic = name;
        traffic.records = topic.sample.endOffsetSum - topic.sample.startOffsetSum;
        traffic.endOffsetSum = topic.sample.endOffsetSum;
        traffic.perSecond = topic.perSecond;
        traffic.recent.assign(topic.steps.values.begin(), topic.steps.values.end());
        traffic.hour.assign(topic.minutes.values.begin(), topic.minutes.values.end());
        snapshot->topics.push_back(std::move(traffic));
    }
    return snapshot;
}

} // namespace meshbone::backbone
