// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/record_view.h"

#include <backbone/client.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace meshbone::backbone {

class DirectReader;

/// Offsets [from, to) of one partition.
struct ScanRange {
    Partition partition{0};
    Offset from{0}, to{0};
};

struct ScanOptions {
    std::string topic;
    std::vector<ScanRange> ranges;
    bool queuePerPartition = false; ///< for nextOf(); else for next()
    bool checkCrcs = false;
    std::size_t maxQueuedBytes = 64u << 20;
    std::string clientId;
};

/// Offsets of a scan that could not be read, because they were no longer there.
struct ScanGap {
    Partition partition{0};
    Offset from{0}, to{0};
    std::string reason;
};

/// Reads ranges of a topic's partitions, committed records only, and ends when every position has reached the end of
/// its range: control records, aborted records and compaction holes count as passed (replay.md, defects 6 to 8). Where
/// retention took the next records away, the scan goes on behind the gap and keeps it on record (defect 9).
/// One thread at a time; the views handed out are valid during the call only.
class Scan {
public:
    using Visit = std::function<void(const RecordView&)>;

    static Result<std::unique_ptr<Scan>> open(const Profile& profile, const ScanOptions& options);
    ~Scan();

    /// Up to `maxRecords` records of any partition, as soon as there is one; returns how many.
    Result<std::size_t> next(std::size_t maxRecords, std::chrono::milliseconds timeout, const Visit& visit);
    /// The same of one partition (options.queuePerPartition).
    Result<std::size_t> nextOf(Partition partition, std::size_t maxRecords, std::chrono::milliseconds timeout,
                               const Visit& visit);

    [[nodiscard]] bool done() const { return m_open == 0; }
    [[nodiscard]] bool done(Partition partition) const { return m_states.at(partition).done; }
    /// Next offset of a partition; its range's end when it is done.
    [[nodiscard]] Offset position(Partition partition) const { return m_states.at(partition).position; }
    /// Offsets passed so far, of all ranges.
    [[nodiscard]] std::int64_t passed() const;
    [[nodiscard]] const std::vector<ScanGap>& gaps() const { return m_gaps; }
    /// Why nothing comes, if the connection knows; else a sentence that says for how long nothing came. Empty while it
    /// moves.
    [[nodiscard]] std::optional<Error> stalled(std::chrono::milliseconds patience) const;

private:
    struct State {
        ScanRange range;
        Offset position{0};
        bool done = false;
    };
    Scan(std::unique_ptr<DirectReader> reader, ScanOptions options);
    Status begin();
    Result<std::size_t> read(const TopicPartition* from, std::size_t maxRecords, std::chrono::milliseconds timeout,
                             const Visit& visit);
    void moveTo(State& state, Offset position);
    Status recover(State& state);

    std::unique_ptr<DirectReader> m_reader;
    ScanOptions m_options;
    std::map<Partition, State> m_states;
    std::vector<State*> m_byPartition; ///< the same, by number, for the inner loop
    std::vector<Partition> m_finished; ///< to be stopped after the present read
    std::vector<ScanGap> m_gaps;
    std::size_t m_open = 0;
    std::chrono::steady_clock::time_point m_movedAt = std::chrono::steady_clock::now();
};

} // namespace meshbone::backbone
