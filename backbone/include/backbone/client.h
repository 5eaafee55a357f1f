// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/record.h>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone {

/// How to reach a backbone: the embedded broker or any cluster that speaks Kafka's protocol. Value type.
struct Profile {
    std::string name = "embedded";
    std::string bootstrap;
    std::string securityProtocol = "PLAINTEXT"; ///< PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL
    std::string saslMechanism;                  ///< PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; empty without SASL
    std::string user;
    std::string password;
    std::string clientId = "meshbone";
    std::string caFile;                            ///< PEM, for SSL; empty: the system's certificate authorities
    std::string certificateFile;                   ///< the client's own, PEM; empty: none
    std::string keyFile;                           ///< its private key, PEM
    std::string keyPassword;                       ///< of the key file; empty: it has none
    std::map<std::string, std::string> properties; ///< further librdkafka properties, as they are
};
/// Refuses a profile that can't work (no bootstrap, unknown protocol, SASL without user, unknown property, a file that
/// can't be read) and says why.
Status validateProfile(const Profile& profile);

// ---- Admin: values ----

struct TopicSummary {
    std::string name;
    TopicId id;
    std::int32_t partitions = 0;
    std::int32_t replicationFactor = 0;
    bool internal = false; ///< Kafka's own (__…) or Meshbone's (_meshbone.…)
};

struct PartitionDetail {
    Partition partition{0};
    std::int32_t leader = -1;
    LeaderEpoch leaderEpoch{-1};
    std::vector<std::int32_t> replicas;
    std::vector<std::int32_t> inSyncReplicas;
    Offset logStart{0};                    ///< earliest offset
    Offset highWatermark{0};               ///< latest offset: one past the last readable record
    TopicId topicId;                       ///< of the topic; zero where the cluster tells none
    std::optional<std::int64_t> sizeBytes; ///< for who adds it from logDirs(); partitions() leaves it empty
};

enum class ConfigSource : std::uint8_t { Unknown, Topic, DynamicBroker, StaticBroker, Default };
struct ConfigEntry {
    std::string name;
    std::optional<std::string> value;
    ConfigSource source = ConfigSource::Unknown;
    bool readOnly = false;
    bool sensitive = false;
};

struct NewTopic {
    std::string name;
    std::int32_t partitions = 1;
    std::int16_t replicationFactor = -1; ///< -1: the cluster's default
    std::map<std::string, std::string> configs;
};

struct GroupMember {
    std::string memberId;
    std::string groupInstanceId;
    std::string clientId;
    std::string host;
    std::vector<TopicPartition> assignment;
};
struct GroupDetail {
    std::string group;
    std::string state;    ///< Kafka's words: Stable, Empty, PreparingRebalance, CompletingRebalance, Dead
    std::string protocol; ///< assignor in use
    std::string type;     ///< "classic" or "consumer"
    std::vector<GroupMember> members;
};
struct GroupSummary {
    std::string group;
    std::string state;
    std::string type;
};
struct CommittedOffset {
    TopicPartition at;
    Offset committed = kNoOffset;
    std::string metadata;
};

struct NodeInfo {
    std::int32_t id = -1;
    std::string host;
    std::int32_t port = 0;
};
struct ClusterInfo {
    std::string clusterId;
    std::int32_t controller = -1;
    std::vector<NodeInfo> nodes;
};

/// A replica of a partition on a broker's disk.
struct ReplicaSize {
    TopicPartition at;
    std::int32_t broker = -1;
    std::int64_t sizeBytes = 0;
    bool future = false; ///< a copy that is being moved to another directory of the same broker
};
/// A directory in which a broker keeps its logs.
struct LogDir {
    std::int32_t broker = -1;
    std::string path;
    std::optional<std::int64_t> totalBytes,
        usableBytes;     ///< of its volume; none from brokers before Kafka 3.3 (KIP-827)
    std::string problem; ///< why it can't be used; empty: it works
};
/// What the brokers say of their disks (DescribeLogDirs), as far as they could be asked.
struct LogDirs {
    std::vector<LogDir> dirs;          ///< by broker, then path
    std::vector<ReplicaSize> replicas; ///< by topic, partition, broker
    std::vector<Error> problems;       ///< of brokers that could not be asked: the sizes lack their replicas

    /// Bytes on disk of all replicas of a partition, or of a topic; none where nothing was told of it.
    [[nodiscard]] std::optional<std::int64_t> sizeOf(const TopicPartition& partition) const;
    [[nodiscard]] std::map<std::string, std::int64_t> sizesByTopic() const;
};

/// Where to look a partition's offset up.
struct OffsetQuery {
    enum class Kind : std::uint8_t { Earliest, Latest, MaxTimestamp, AtTime };
    TopicPartition at;
    Kind kind = Kind::Latest;
    TimestampMs timeMs = -1; ///< for AtTime: first record with timestamp >= timeMs
};
struct OffsetAnswer {
    TopicPartition at;
    Offset offset = kNoOffset; ///< kNoOffset: no such record (time after the last one, empty partition)
    TimestampMs timestampMs = -1;
};

/// Administration of a backbone. Thread-safe. Every call blocks up to its deadline: call it from a job (jobs.h), never
/// from a GUI thread. Errors carry Kafka's code and a sentence.
class Admin {
public:
    virtual ~Admin() = default;
    virtual Result<ClusterInfo> cluster(const CallOptions& options) = 0;

    virtual Result<std::vector<TopicSummary>> topics(const CallOptions& options) = 0;
    virtual Result<std::vector<PartitionDetail>> partitions(const std::string& topic, const CallOptions& options) = 0;
    /// Asks every broker for the sizes of these partitions, or of all when none is named. Fails with Unsupported where
    /// the cluster lacks the API, PermissionDenied where it takes a right that the user lacks (DESCRIBE on the
    /// cluster).
    virtual Result<LogDirs> logDirs(const std::vector<TopicPartition>& partitions, const CallOptions& options) = 0;
    virtual Status createTopic(const NewTopic& topic, const CallOptions& options) = 0;
    /// Checks without creating (validate_only).
    virtual Status validateTopic(const NewTopic& topic, const CallOptions& options) = 0;
    virtual Status deleteTopic(const std::string& topic, const CallOptions& options) = 0;
    virtual Status addPartitions(const std::string& topic, std::int32_t total, const CallOptions& options) = 0;

    virtual Result<std::vector<ConfigEntry>> topicConfig(const std::string& topic, const CallOptions& options) = 0;
    virtual Result<std::vector<ConfigEntry>> brokerConfig(std::int32_t node, const CallOptions& options) = 0;
    /// Incremental: a value sets, nullopt goes back to the default.
    virtual Status alterTopicConfig(const std::string& topic,
                                    const std::map<std::string, std::optional<std::string>>& changes,
                                    const CallOptions& options) = 0;

    virtual Result<std::vector<OffsetAnswer>> offsets(const std::vector<OffsetQuery>& queries,
                                                      const CallOptions& options) = 0;
    /// Deletes the records before each offset; returns the new log start offsets.
    virtual Result<std::vector<OffsetAnswer>> deleteRecords(const std::vector<OffsetAnswer>& before,
                                                            const CallOptions& options) = 0;

    virtual Result<std::vector<GroupSummary>> groups(const CallOptions& options) = 0;
    virtual Result<std::vector<GroupDetail>> describeGroups(const std::vector<std::string>& groups,
                                                            const CallOptions& options) = 0;
    virtual Result<std::vector<CommittedOffset>> groupOffsets(const std::string& group, const CallOptions& options) = 0;
    virtual Status alterGroupOffsets(const std::string& group, const std::vector<CommittedOffset>& offsets,
                                     const CallOptions& options) = 0;
    virtual Status deleteGroup(const std::string& group, const CallOptions& options) = 0;
    virtual Status deleteGroupOffsets(const std::string& group, const std::vector<TopicPartition>& partitions,
                                      const CallOptions& options) = 0;
};

// ---- Producer ----

struct ProducerOptions {
    std::string clientId;   ///< empty: the profile's
    bool idempotent = true; ///< implies acks=all
    int acks = -1;          ///< -1 all, 0, 1; ignored when idempotent
    std::chrono::milliseconds linger{5};
    std::size_t maxQueuedBytes = 64u << 20; ///< produce() waits, then refuses with Exhausted, past this
    std::string compression = "none";
    std::map<std::string, std::string> properties;
};
struct Delivery {
    TopicPartition at;
    Offset offset = kNoOffset;
};
using DeliveryCallback = std::move_only_function<void(Result<Delivery>)>;

/// Writes records. Thread-safe. Callbacks run on the producer's own poll thread ("mb-produce") and must not block.
class Producer {
public:
    virtual ~Producer() = default; ///< waits up to 5 s for what is queued
    /// Queues one record (partition -1: the partitioner chooses). Fails at once if it can't be queued.
    virtual Status produce(Record record, DeliveryCallback done) = 0;
    /// Queues one record and waits until it is acknowledged.
    virtual Result<Delivery> produceAndWait(Record record, const CallOptions& options) = 0;
    /// Waits until everything queued is acknowledged or has failed.
    virtual Status flush(const CallOptions& options) = 0;
};

// ---- Consumer ----

struct ConsumerOptions {
    std::string clientId;
    std::string group; ///< empty: no group; use assign()
    bool autoCommit = false;
    std::string autoOffsetReset = "earliest"; ///< earliest, latest, error
    bool readCommitted = true;
    std::size_t maxQueuedBytes = 16u << 20;
    std::map<std::string, std::string> properties;
};
struct Position {
    TopicPartition at;
    Offset offset{0};
};

/// Reads records. One thread at a time.
class Consumer {
public:
    virtual ~Consumer() = default; ///< leaves the group
    virtual Status subscribe(const std::vector<std::string>& topics) = 0;
    virtual Status assign(const std::vector<Position>& positions) = 0;
    /// Up to `maxRecords` records, as soon as there is one; empty when the time is over. Errors of a partition that
    /// make reading impossible are returned; passing ones (broker away for a moment) are retried inside.
    virtual Result<std::vector<Record>> poll(std::size_t maxRecords, std::chrono::milliseconds timeout) = 0;
    /// Next offset to be read of each assigned partition. It moves past control records and compaction holes, so that
    /// "read up to the end" is decided on positions and ends (replay.md, defects 6 and 7).
    virtual Result<std::vector<Position>> positions() = 0;
    virtual Result<std::vector<TopicPartition>> assignment() = 0;
    virtual Status commit(const CallOptions& options) = 0; ///< commits what poll() has returned
    virtual Status seek(const Position& position, const CallOptions& options) = 0;
    virtual Status pause(const std::vector<TopicPartition>& partitions) = 0;
    virtual Status resume(const std::vector<TopicPartition>& partitions) = 0;
};

// ---- Single clients, for programs that need no more than one (a Backbone makes its own) ----

/// Each validates the profile and does not wait for the cluster.
Result<std::unique_ptr<Admin>> openAdmin(const Profile& profile);
Result<std::unique_ptr<Producer>> openProducer(const Profile& profile, const ProducerOptions& options);
Result<std::unique_ptr<Consumer>> openConsumer(const Profile& profile, const ConsumerOptions& options);

} // namespace meshbone::backbone
