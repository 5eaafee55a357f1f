// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/history_file.h"
#include "session/traffic_meter.h"

namespace meshbone::backbone {

/// A week of traffic in coarse steps, from samples of end offsets, kept in a file so that it outlives the program. No
/// clock of its own. One thread at a time.
///
/// Bounded: steps of five minutes for a day, of half an hour for the rest; the busiest kMaxTopics of a step by name,
/// the others together. Nothing is made up for time in which nobody watched: it has no bucket.
class TrafficHistoryLog {
public:
    static constexpr std::int64_t kFineMs = 300'000;
    static constexpr std::int64_t kCoarseMs = 1'800'000;
    static constexpr std::int64_t kFineForMs = 25 * 3'600'000LL;
    static constexpr std::int64_t kKeptMs = 7 * 86'400'000LL + kCoarseMs;
    static constexpr std::int64_t kMaxPauseMs = kFineMs; ///< samples further apart say nothing of when
    static constexpr std::int64_t kSaveEveryMs = 60'000;
    static constexpr std::size_t kMaxTopics = 200;

    /// Reads what `file` holds; what is too old by `nowMs` is left out.
    TrafficHistoryLog(HistoryFile file, TimestampMs nowMs);
    ~TrafficHistoryLog();
    TrafficHistoryLog(const TrafficHistoryLog&) = delete;
    TrafficHistoryLog& operator=(const TrafficHistoryLog&) = delete;

    /// All topics at one moment. A topic that wasn't there before, or was made anew, counts from here on.
    void add(TimestampMs atMs, const std::map<std::string, TrafficMeter::Sample>& samples);
    [[nodiscard]] std::shared_ptr<const TrafficHistory> history() const;

private:
    using Closed = std::map<TimestampMs, std::shared_ptr<const TrafficBucket>>;
    void count(TimestampMs atMs, const std::map<std::string, TrafficMeter::Sample>& samples);
    void close(TimestampMs nextStartMs);
    void tidy(TimestampMs nowMs);
    void save();
    void merge(const TrafficBucket& bucket);

    HistoryFile m_file;
    Closed m_closed;                            ///< by start
    TrafficBucket m_current;                    ///< startMs -1: none yet
    TrafficBucket m_unsaved;                    ///< the part of m_current that is not in the file
    std::map<std::string, std::int64_t> m_ends; ///< end offsets of the sample before
    TimestampMs m_lastMs = -1, m_savedMs = -1;
};

} // namespace meshbone::backbone
