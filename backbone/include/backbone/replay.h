// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/client.h>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace meshbone::backbone {

/// Event time: records with from <= timestamp < to, wherever they stand in the log (exact, see design of replay).
struct TimeWindow {
    TimestampMs fromMs = 0;
    TimestampMs toMs = 0;
};
/// Offsets: [from, to) per partition; a partition that is not named is not replayed.
struct OffsetWindow {
    std::map<Partition, std::pair<Offset, Offset>> ranges;
};

/// What a record must match to be replayed; empty fields match everything.
struct ReplayFilter {
    std::optional<Bytes> keyEquals;
    std::optional<Bytes> keyContains;
    std::string headerName;            ///< a record needs a header of this name …
    std::optional<Bytes> headerEquals; ///< … and, if set, of this value
};

struct Pace {
    enum class Kind : std::uint8_t { Max, Original, Factor, RecordsPerSecond };
    Kind kind = Kind::Max;
    double value = 1; ///< factor, or records per second
};

/// What somebody asks for.
struct ReplayRequest {
    std::string sourceTopic;
    std::vector<Partition> partitions; ///< empty: all
    std::variant<TimeWindow, OffsetWindow> window;
    ReplayFilter filter;
    std::string targetTopic;
    bool createTarget = true;     ///< with as many partitions as the source, when it isn't there
    bool keepPartition = true;    ///< same partition number where the target has as many; else by key
    bool includeReplayed = false; ///< also records that carry replay headers already
    Pace pace;
};

/// Counts of one partition of a plan. Everything between `from` and `to` is either replayed or left out with a reason.
struct PlannedPartition {
    Partition partition{0};
    Offset scanFrom{0}, scanTo{0};                           ///< frozen: what was scanned and will be read, [from, to)
    Offset firstOffset = kNoOffset, lastOffset = kNoOffset;  ///< first and last record that will be replayed
    TimestampMs firstTimestampMs = -1, lastTimestampMs = -1; ///< smallest and largest among them
    std::int64_t records = 0;
    std::int64_t bytes = 0;                      ///< keys, values and headers
    std::int64_t outsideWindow = 0;              ///< in the scanned range, but not in the window
    std::int64_t outOfOrder = 0;                 ///< in the window, with an earlier timestamp than a record before it
    std::map<std::string, std::int64_t> leftOut; ///< in the window, but not replayed: reason -> count
    LeaderEpoch leaderEpoch{-1};
    std::int64_t largestBytes = 0; ///< key, value and headers of the largest record that will be replayed
};

struct ReplayFinding {
    enum class Severity : std::uint8_t { Ok, Info, Warning, Blocking };
    Severity severity = Severity::Info;
    std::string code;     ///< stable, for example "target.retention"
    std::string sentence; ///< what it is and what to do
};

/// A request resolved once and frozen to offsets, with exact counts. Its hash names it. Value type.
struct ReplayPlan {
    ReplayRequest request;
    std::string hash; ///< "sha256:…" over everything but the findings and the scan's time
    TopicId sourceId; ///< the source as it was then: a topic made anew under the same name is another one
    std::vector<PlannedPartition> partitions;
    std::vector<ReplayFinding> findings;
    std::chrono::milliseconds scanTime{0};
    [[nodiscard]] std::int64_t records() const;
    [[nodiscard]] std::int64_t bytes() const;
    [[nodiscard]] bool blocked() const;
};

enum class RunState : std::uint8_t { Running, Paused, Complete, Cancelled, Failed, Crashed };
std::string_view runStateName(RunState state);

/// Offsets [from, to) that could not be read, and why.
struct ReplayGap {
    Offset from{0}, to{0};
    std::string reason;
};

/// One partition of a manifest: what was read, what was written, the offsets on both sides.
struct ManifestPartition {
    Partition partition{0};
    Offset readFrom = kNoOffset, readTo = kNoOffset;
    std::int64_t recordsRead = 0, recordsWritten = 0, bytesWritten = 0;
    std::map<Partition, std::pair<Offset, Offset>> written; ///< target partition -> first and last offset
    std::map<std::string, std::int64_t> leftOut;            ///< reason -> count
    std::vector<ReplayGap> gaps;            ///< planned offsets that were gone when they were to be read
    std::string sourceSha256, targetSha256; ///< over keys, values, headers and timestamps in order of replay
};
struct Manifest {
    std::string run;
    std::string planHash;
    ReplayRequest request;
    RunState state = RunState::Running;
    std::string reason; ///< why it stopped, when it is not complete
    TimestampMs startedMs = -1, endedMs = -1;
    std::int64_t planned = 0;
    std::vector<ManifestPartition> partitions;
    bool complete = false; ///< every planned record is written and acknowledged, and nothing else
    std::string sha256;    ///< over the canonical JSON of all fields above
};
/// The manifest as JSON text with sorted keys, as `meshctl replay status --json` prints it.
std::string manifestJson(const Manifest& manifest);

struct RunStatus {
    std::string run;
    ReplayRequest request;
    RunState state = RunState::Running;
    std::string reason;
    std::int64_t planned = 0, written = 0, leftOut = 0;
    double recordsPerSecond = 0;
    TimestampMs startedMs = -1, endedMs = -1;
};

/// Replays windows of events. Thread-safe; plan() blocks (call it from a job), the others return at once. A run works
/// on a thread of its own ("mb-replay-…"), journals its progress in the data directory given, and survives this object
/// only as a Crashed run that never claims to be complete.
class Replays {
public:
    virtual ~Replays() = default; ///< cancels what runs
    virtual Result<ReplayPlan> plan(const ReplayRequest& request, const CallOptions& options,
                                    std::function<void(double fraction)> progress = {}) = 0;
    /// Starts a plan and returns the run's id. Refuses a plan that is blocked or whose source changed (Conflict).
    virtual Result<std::string> start(const ReplayPlan& plan) = 0;
    virtual std::vector<RunStatus> runs() const = 0; ///< newest first, those of earlier sessions included
    virtual Status pause(const std::string& run) = 0;
    virtual Status resume(const std::string& run) = 0;
    virtual Status cancel(const std::string& run) = 0;
    virtual Result<Manifest> manifest(const std::string& run) const = 0;
    /// Called from a run's thread at most ten times a second for each run, and at each change of state.
    virtual Subscription onChanged(std::function<void(const RunStatus&)> changed) = 0;
};

} // namespace meshbone::backbone
