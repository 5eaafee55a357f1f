// SPDX-License-Identifier: Apache-2.0
#include "session/traffic_history.h"

#include <algorithm>
#include <utility>

namespace meshbone::backbone {

namespace {

TimestampMs stepOf(TimestampMs atMs, std::int64_t stepMs) {
    return atMs - atMs % stepMs;
}

void addTo(TrafficBucket& sum, const TrafficBucket& other) {
    sum.observedMs += other.observedMs;
    for (const auto& [topic, events] : other.events) {
        sum.events[topic] += events;
    }
}

/// Keeps the names of the busiest; the rest is counted without one.
void bound(TrafficBucket& bucket) {
    const std::size_t named = bucket.events.size() - bucket.events.count("");
    if (named <= TrafficHistoryLog::kMaxTopics) {
        return;
    }
    std::vector<std::pair<std::int64_t, std::string>> byEvents;
    for (const auto& [topic, events] : bucket.events) {
        if (!topic.empty()) {
            byEvents.emplace_back(-events, topic);
        }
    }
    std::ranges::sort(byEvents);
    for (std::size_t i = TrafficHistoryLog::kMaxTopics; i < byEvents.size(); ++i) {
        bucket.events[""] -= byEvents[i].first;
        bucket.events.erase(byEvents[i].second);
    }
}

} // namespace

TrafficHistoryLog::TrafficHistoryLog(HistoryFile file, TimestampMs nowMs)
    : m_file(std::move(file)) {
    for (const auto& bucket : m_file.read()) {
        if (bucket.startMs >= 0 && bucket.startMs <= nowMs) {
            merge(bucket);
        }
    }
    tidy(nowMs);
}

TrafficHistoryLog::~TrafficHistoryLog() {
    save();
}

void TrafficHistoryLog::merge(const TrafficBucket& bucket) {
    auto& place = m_closed[bucket.startMs];
    auto sum = place ? *place : TrafficBucket{bucket.startMs, 0, {}};
    addTo(sum, bucket);
    bound(sum);
    place = std::make_shared<const TrafficBucket>(std::move(sum));
}

void TrafficHistoryLog::add(TimestampMs atMs, const std::map<std::string, TrafficMeter::Sample>& samples) {
    const auto start = stepOf(atMs, kFineMs);
    if (start != m_current.startMs) {
        close(start);
        tidy(atMs);
    }
    if (m_lastMs >= 0 && atMs > m_lastMs && atMs - m_lastMs <= kMaxPauseMs) {
        count(atMs, samples);
    }
    m_ends.clear();
    for (const auto& [topic, sample] : samples) {
        m_ends.emplace_hint(m_ends.end(), topic, sample.endOffsetSum);
    }
    m_lastMs = atMs;
    if (m_savedMs < 0 || atMs < m_savedMs || atMs - m_savedMs >= kSaveEveryMs) {
        save();
        m_savedMs = atMs;
    }
}

/// What came since the sample before belongs to the step in which it was seen.
void TrafficHistoryLog::count(TimestampMs atMs, const std::map<std::string, TrafficMeter::Sample>& samples) {
    TrafficBucket seen{m_current.startMs, atMs - m_lastMs, {}};
    for (const auto& [topic, sample] : samples) {
        const auto before = m_ends.find(topic);
        if (before != m_ends.end() && sample.endOffsetSum > before->second) {
            seen.events.emplace_hint(seen.events.end(), topic, sample.endOffsetSum - before->second);
        }
    }
    addTo(m_current, seen);
    addTo(m_unsaved, seen);
    bound(m_current);
    bound(m_unsaved);
}

/// Ends the current step and begins the next. After a clock that was set back, or in a step that was begun before a
/// restart, both parts of a step add up.
void TrafficHistoryLog::close(TimestampMs nextStartMs) {
    save();
    if (m_current.observedMs > 0) {
        merge(m_current);
    }
    m_current = m_unsaved = TrafficBucket{nextStartMs, 0, {}};
}

void TrafficHistoryLog::tidy(TimestampMs nowMs) {
    std::erase_if(m_closed, [&](const auto& entry) { return entry.first < nowMs - kKeptMs; });
    const auto fineFrom = stepOf(nowMs - kFineForMs, kCoarseMs);
    std::vector<std::shared_ptr<const TrafficBucket>> old;
    std::erase_if(m_closed, [&](const auto& entry) {
        const bool coarsen = entry.first < fineFrom && entry.first % kCoarseMs != 0;
        if (coarsen) {
            old.push_back(entry.second);
        }
        return coarsen;
    });
    for (const auto& bucket : old) {
        auto coarse = *bucket;
        coarse.startMs = stepOf(bucket->startMs, kCoarseMs);
        merge(coarse);
    }
    if (m_file.wantsRewrite()) {
        std::vector<TrafficBucket> all;
        std::ranges::transform(m_closed, std::back_inserter(all), [](const auto& entry) { return *entry.second; });
        m_file.rewrite(all);
    }
}

void TrafficHistoryLog::save() {
    if (m_unsaved.observedMs > 0) {
        m_file.append(m_unsaved);
        m_unsaved = TrafficBucket{m_current.startMs, 0, {}};
    }
}

std::shared_ptr<const TrafficHistory> TrafficHistoryLog::history() const {
    auto history = std::make_shared<TrafficHistory>();
    history->buckets.reserve(m_closed.size() + 1);
    for (const auto& [start, bucket] : m_closed) {
        history->buckets.push_back(bucket);
    }
    if (m_current.observedMs > 0) {
        auto current = m_current;
        const auto begun = m_closed.find(m_current.startMs); // before a restart
        if (begun != m_closed.end()) {
            addTo(current, *begun->second);
            std::erase(history->buckets, begun->second);
        }
        const auto place = std::ranges::lower_bound(history->buckets, current.startMs, {},
                                                    [](const auto& bucket) { return bucket->startMs; });
        history->buckets.insert(place, std::make_shared<const TrafficBucket>(std::move(current)));
    }
    return history;
}

} // namespace meshbone::backbone
