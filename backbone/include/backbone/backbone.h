// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/access_admin.h>
#include <backbone/client.h>
#include <backbone/replay.h>

#include <filesystem>
#include <map>

namespace meshbone::backbone {

enum class Reachability : std::uint8_t { Connecting, Healthy, Unreachable };
struct BackboneState {
    Reachability reachability = Reachability::Connecting;
    std::string reason; ///< why it is unreachable, a sentence
    TimestampMs sinceMs = -1;
    ClusterInfo cluster; ///< the last that was seen
};

// ---- Messages ----

/// A page of messages of a topic, newest or oldest first from a point.
struct MessageQuery {
    std::string topic;
    std::vector<Partition> partitions; ///< empty: all, merged by timestamp
    enum class From : std::uint8_t { Beginning, End, Offset, Time } from = From::End;
    Offset offset{0};                  ///< for From::Offset
    TimestampMs timeMs = 0;            ///< for From::Time
    std::size_t limit = 100;           ///< at most 10,000
    std::string contains;              ///< case-insensitive, in key, value or header; empty: all
    std::optional<Bytes> key;          ///< exact
    std::int64_t maxScanned = 200'000; ///< with a filter: give up after this many records
};
struct MessagePage {
    std::vector<Record> records; ///< ascending in offset within a partition
    std::int64_t scanned = 0;
    bool more = false;                ///< the scan stopped at a limit, not at the end
    std::map<Partition, Offset> next; ///< where the following page starts, for From::Offset of one partition
};

/// Events per bucket of time: what the timeline of the Replay page shows.
struct Histogram {
    TimestampMs fromMs = 0;
    std::int64_t bucketMs = 0;
    std::vector<std::int64_t> counts;
    std::int64_t records = 0;              ///< sum of the counts
    TimestampMs firstMs = -1, lastMs = -1; ///< smallest and largest timestamp in the topic
    bool exact =
        true; ///< false: the topic holds more than `maxScanned` records, and the counts come from its time index
};
struct HistogramQuery {
    std::string topic;
    std::optional<TimestampMs> fromMs, toMs; ///< none: the topic's own first and last
    std::size_t buckets = 200;
    std::int64_t maxScanned = 5'000'000;
};

/// Reads messages for a person. Thread-safe; blocks, so call it from a job.
class MessageBrowser {
public:
    virtual ~MessageBrowser() = default;
    virtual Result<MessagePage> read(const MessageQuery& query, const CallOptions& options) = 0;
    virtual Result<Histogram> histogram(const HistogramQuery& query, const CallOptions& options) = 0;
};

// ---- Traffic ----

/// A topic's rate, sampled from its end offsets, so that it works alike on every cluster.
struct TopicTraffic {
    std::string topic;
    std::int64_t records = 0; ///< sum of high watermark - log start
    std::int64_t endOffsetSum = 0;
    std::optional<std::int64_t> sizeBytes; ///< on disk, all replicas; read about every half minute
    double perSecond = 0;                  ///< over about the last 10 s
    std::vector<float> recent;             ///< events/s, oldest first, one value per `TrafficSnapshot::stepMs`, 15 min
    std::vector<float> hour;               ///< one value a minute, 60 of them
};
struct TrafficSnapshot {
    TimestampMs atMs = -1;
    std::int64_t stepMs = 15'000;
    std::vector<TopicTraffic> topics; ///< sorted by name
    std::string sizesProblem; ///< why the cluster tells no sizes, a sentence; empty: it does, or was not asked yet
    std::optional<std::int64_t> diskTotalBytes, diskUsableBytes; ///< of all brokers' log directories, where they tell
    [[nodiscard]] const TopicTraffic* find(std::string_view topic) const;
};

/// What came in one step of the traffic's history.
struct TrafficBucket {
    TimestampMs startMs = -1;
    std::int64_t observedMs = 0;                ///< how much of the step was watched
    std::map<std::string, std::int64_t> events; ///< by topic; "": of topics that are too many to be named
};
/// The traffic of a week: steps of five minutes for the last day, of half an hour before. It outlives the program, in
/// the state directory; a step that nobody watched has no bucket, which is not the same as one without events.
struct TrafficHistory {
    std::vector<std::shared_ptr<const TrafficBucket>> buckets; ///< oldest first; the newest still grows
};

/// One backbone, as a profile selects it. Owned by app; ui, catalog and lineage borrow it. Thread-safe. Its threads:
/// "mb-watch" (reachability and traffic) and those of producers, consumers and runs.
class Backbone {
public:
    virtual ~Backbone() = default;

    /// Validates the profile and starts to connect; does not wait for the cluster. `stateDirectory` keeps replay
    /// journals and the traffic's history.
    static Result<std::unique_ptr<Backbone>> open(const Profile& profile, const std::filesystem::path& stateDirectory);

    [[nodiscard]] virtual const Profile& profile() const = 0;
    [[nodiscard]] virtual BackboneState state() const = 0;
    virtual Subscription onStateChanged(std::function<void(const BackboneState&)> changed) = 0;
    /// Waits until the backbone is healthy or the deadline passes.
    virtual Status waitHealthy(const CallOptions& options) = 0;

    virtual Admin& admin() = 0;
    virtual AccessAdmin& access() = 0;
    virtual MessageBrowser& messages() = 0;
    virtual Replays& replays() = 0;
    virtual std::shared_ptr<const TrafficSnapshot> traffic() const = 0; ///< never null; cheap
    /// Never null; cheap; another one after each onTraffic.
    virtual std::shared_ptr<const TrafficHistory> trafficHistory() const = 0;
    virtual Subscription onTraffic(std::function<void(std::shared_ptr<const TrafficSnapshot>)> changed) = 0;

    virtual Result<std::unique_ptr<Producer>> producer(const ProducerOptions& options) = 0;
    virtual Result<std::unique_ptr<Consumer>> consumer(const ConsumerOptions& options) = 0;
};

} // namespace meshbone::backbone
