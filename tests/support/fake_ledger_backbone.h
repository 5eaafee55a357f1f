// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/memory_access.h"

#include <backbone/backbone.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

namespace meshbone::test {

/// A topic of a fake cluster, in memory; several FakeBackbones may share it. Tests reach into `records` (under
/// `mutex`) to do what no honest cluster does.
struct FakeLog {
    std::mutex mutex;
    std::condition_variable changed;
    bool exists = false;
    int partitions = 1;
    std::int64_t start = 0;
    std::vector<Record> records; ///< records[i].offset == i, those before `start` included
    int creations = 0;

    std::int64_t append(Record record) {
        const std::scoped_lock lock(mutex);
        exists = true;
        record.offset = Offset(static_cast<std::int64_t>(records.size()));
        record.partition = Partition(0);
        records.push_back(std::move(record));
        changed.notify_all();
        return records.back().offset.value();
    }
    /// Does something to the records and numbers them anew.
    template <class Change>
    void meddle(Change change) {
        const std::scoped_lock lock(mutex);
        change(records);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].offset = Offset(static_cast<std::int64_t>(i));
        }
        changed.notify_all();
    }
    std::vector<Record> copy() {
        const std::scoped_lock lock(mutex);
        return records;
    }
};

inline std::unexpected<Error> notFaked() {
    return fail(ErrorCode::Unsupported, "The fake backbone can't do this.");
}

/// What a catalog needs of a backbone, over a FakeLog for the ledger and, where it is given, one for the requests:
/// creating and finding the topic, appending, reading. Everything
/// else answers Unsupported. While it is unreachable, calls fail and consumers wait, as librdkafka's do. Thread-safe.
class FakeBackbone final : public backbone::Backbone {
public:
    explicit FakeBackbone(std::shared_ptr<FakeLog> log, std::shared_ptr<FakeLog> requests = nullptr)
        : m_log(std::move(log))
        , m_requests(std::move(requests))
        , m_admin(*this) {}
    /// As a cluster does to somebody without WRITE on the ledger's topic.
    void denyLedger() {
        const std::scoped_lock lock(m_mutex);
        m_denied = true;
    }

    void setReachable(bool reachable) {
        std::vector<std::function<void(const backbone::BackboneState&)>> listeners;
        {
            const std::scoped_lock lock(m_mutex);
            m_reachable = reachable;
            listeners = m_listeners;
        }
        m_log->changed.notify_all();
        m_changed.notify_all();
        for (const auto& listener : listeners) {
            listener(state());
        }
    }
    /// The next append is written, but its acknowledgement never comes.
    void loseNextAcknowledgement() {
        const std::scoped_lock lock(m_mutex);
        m_loseAcknowledgement = true;
    }

    const backbone::Profile& profile() const override { return m_profile; }
    backbone::BackboneState state() const override {
        const std::scoped_lock lock(m_mutex);
        using backbone::Reachability;
        return {m_reachable ? Reachability::Healthy : Reachability::Unreachable,
                m_reachable ? "" : "Nobody answers at fake:1.",
                0,
                {}};
    }
    Subscription onStateChanged(std::function<void(const backbone::BackboneState&)> changed) override {
        const std::scoped_lock lock(m_mutex);
        m_listeners.push_back(std::move(changed));
        return Subscription([this] {
            const std::scoped_lock unsubscribing(m_mutex);
            m_listeners.clear(); // one catalog a backbone
        });
    }
    Status waitHealthy(const CallOptions& options) override {
        std::unique_lock lock(m_mutex);
        const bool healthy = m_changed.wait_for(lock, options.stop, options.timeout, [this] { return m_reachable; });
        return healthy ? Status{} : fail(ErrorCode::Unavailable, "Nobody answers at fake:1.");
    }

    backbone::Admin& admin() override { return m_admin; }
    backbone::AccessAdmin& access() override { return m_access; }
    backbone::MessageBrowser& messages() override { std::abort(); }
    backbone::Replays& replays() override { std::abort(); }
    std::shared_ptr<const backbone::TrafficSnapshot> traffic() const override { std::abort(); }
    std::shared_ptr<const backbone::TrafficHistory> trafficHistory() const override { std::abort(); }
    Subscription onTraffic(std::function<void(std::shared_ptr<const backbone::TrafficSnapshot>)>) override {
        return {};
    }
    Result<std::unique_ptr<backbone::Producer>> producer(const backbone::ProducerOptions&) override {
        return std::make_unique<FakeProducer>(*this);
    }
    Result<std::unique_ptr<backbone::Consumer>> consumer(const backbone::ConsumerOptions&) override {
        return std::make_unique<FakeConsumer>(*this);
    }

private:
    Status reachable() const {
        const std::scoped_lock lock(m_mutex);
        return m_reachable ? Status{} : fail(ErrorCode::Unavailable, "Nobody answers at fake:1.");
    }
    [[nodiscard]] FakeLog& logOf(const std::string& topic) const {
        return m_requests && topic == "_meshbone.requests" ? *m_requests : *m_log;
    }
    bool isDenied(const std::string& topic) const {
        const std::scoped_lock lock(m_mutex);
        return m_denied && topic == "_meshbone.ledger";
    }
    bool takeLoss() {
        const std::scoped_lock lock(m_mutex);
        return std::exchange(m_loseAcknowledgement, false);
    }

    class FakeAdmin final : public backbone::Admin {
    public:
        explicit FakeAdmin(FakeBackbone& owner)
            : m_owner(owner) {}
        Result<std::vector<backbone::PartitionDetail>> partitions(const std::string& topic,
                                                                  const CallOptions&) override {
            if (auto up = m_owner.reachable(); !up) {
                return std::unexpected(up.error());
            }
            FakeLog& log = m_owner.logOf(topic);
            const std::scoped_lock lock(log.mutex);
            if (!log.exists) {
                return fail(ErrorCode::NotFound, "There is no such topic.", 3);
            }
            return std::vector<backbone::PartitionDetail>(static_cast<std::size_t>(log.partitions));
        }
        Result<backbone::LogDirs> logDirs(const std::vector<TopicPartition>&, const CallOptions&) override {
            return fail(ErrorCode::Unsupported, "A ledger in memory has no disk.");
        }
        Result<std::vector<backbone::OffsetAnswer>> offsets(const std::vector<backbone::OffsetQuery>& queries,
                                                            const CallOptions&) override {
            if (auto up = m_owner.reachable(); !up) {
                return std::unexpected(up.error());
            }
            std::vector<backbone::OffsetAnswer> answers;
            for (const auto& query : queries) {
                FakeLog& log = m_owner.logOf(query.at.topic);
                const std::scoped_lock lock(log.mutex);
                const bool earliest = query.kind == backbone::OffsetQuery::Kind::Earliest;
                const auto end = static_cast<std::int64_t>(log.records.size());
                answers.push_back({query.at, Offset(earliest ? log.start : end), -1});
            }
            return answers;
        }
        Status createTopic(const backbone::NewTopic& topic, const CallOptions&) override {
            if (auto up = m_owner.reachable(); !up) {
                return up;
            }
            FakeLog& log = m_owner.logOf(topic.name);
            const std::scoped_lock lock(log.mutex);
            if (log.exists) {
                return fail(ErrorCode::AlreadyExists, "There is such a topic.", 36);
            }
            const bool forEver = topic.configs.at("retention.ms") == "-1";
            if (topic.partitions != 1 || forEver != (topic.name == "_meshbone.ledger") ||
                topic.configs.at("retention.bytes") != "-1" || topic.configs.at("cleanup.policy") != "delete") {
                return fail(ErrorCode::InvalidArgument, "A ledger is kept for ever.");
            }
            log.exists = true;
            ++log.creations;
            return {};
        }
        Result<backbone::ClusterInfo> cluster(const CallOptions&) override { return notFaked(); }
        Result<std::vector<backbone::TopicSummary>> topics(const CallOptions&) override { return notFaked(); }
        Status validateTopic(const backbone::NewTopic&, const CallOptions&) override { return notFaked(); }
        Status deleteTopic(const std::string&, const CallOptions&) override { return notFaked(); }
        Status addPartitions(const std::string&, std::int32_t, const CallOptions&) override { return notFaked(); }
        Result<std::vector<backbone::ConfigEntry>> topicConfig(const std::string&, const CallOptions&) override {
            return notFaked();
        }
        Result<std::vector<backbone::ConfigEntry>> brokerConfig(std::int32_t, const CallOptions&) override {
            return notFaked();
        }
        Status alterTopicConfig(const std::string&, const std::map<std::string, std::optional<std::string>>&,
                                const CallOptions&) override {
            return notFaked();
        }
        Result<std::vector<backbone::OffsetAnswer>> deleteRecords(const std::vector<backbone::OffsetAnswer>&,
                                                                  const CallOptions&) override {
            return notFaked();
        }
        Result<std::vector<backbone::GroupSummary>> groups(const CallOptions&) override { return notFaked(); }
        Result<std::vector<backbone::GroupDetail>> describeGroups(const std::vector<std::string>&,
                                                                  const CallOptions&) override {
            return notFaked();
        }
        Result<std::vector<backbone::CommittedOffset>> groupOffsets(const std::string&, const CallOptions&) override {
            return notFaked();
        }
        Status alterGroupOffsets(const std::string&, const std::vector<backbone::CommittedOffset>&,
                                 const CallOptions&) override {
            return notFaked();
        }
        Status deleteGroup(const std::string&, const CallOptions&) override { return notFaked(); }
        Status deleteGroupOffsets(const std::string&, const std::vector<TopicPartition>&, const CallOptions&) override {
            return notFaked();
        }

    private:
        FakeBackbone& m_owner;
    };

    class FakeProducer final : public backbone::Producer {
    public:
        explicit FakeProducer(FakeBackbone& owner)
            : m_owner(owner) {}
        Status produce(Record, backbone::DeliveryCallback) override { return notFaked(); }
        Result<backbone::Delivery> produceAndWait(Record record, const CallOptions&) override {
            if (auto up = m_owner.reachable(); !up) {
                return fail(ErrorCode::Timeout, "Nobody acknowledged the record in time.");
            }
            const std::string topic = record.topic;
            if (m_owner.isDenied(topic)) {
                return fail(ErrorCode::PermissionDenied, "The cluster doesn't let you write the ledger.", 29);
            }
            const auto offset = m_owner.logOf(topic).append(std::move(record));
            if (m_owner.takeLoss()) {
                return fail(ErrorCode::Timeout, "Nobody acknowledged the record in time.");
            }
            return backbone::Delivery{{topic, Partition(0)}, Offset(offset)};
        }
        Status flush(const CallOptions&) override { return {}; }

    private:
        FakeBackbone& m_owner;
    };

    class FakeConsumer final : public backbone::Consumer {
    public:
        explicit FakeConsumer(FakeBackbone& owner)
            : m_owner(owner) {}
        Status assign(const std::vector<backbone::Position>& positions) override {
            m_topic = positions.at(0).at.topic;
            m_position = positions.at(0).offset.value();
            return {};
        }
        Result<std::vector<Record>> poll(std::size_t most, std::chrono::milliseconds timeout) override {
            FakeLog& log = m_owner.logOf(m_topic);
            std::unique_lock lock(log.mutex);
            const auto end = [&] { return static_cast<std::int64_t>(log.records.size()); };
            const auto ready = [&] {
                return m_owner.reachable() && (end() != m_position || m_position < log.start || !log.exists);
            };
            if (!log.changed.wait_for(lock, timeout, ready)) {
                return std::vector<Record>{};
            }
            if (m_position > end() || m_position < log.start || !log.exists) {
                return fail(ErrorCode::NotFound, "The offset is out of range.", 1);
            }
            const auto count = std::min<std::int64_t>(static_cast<std::int64_t>(most), end() - m_position);
            const auto first = log.records.begin() + m_position;
            m_position += count;
            return std::vector<Record>(first, first + count);
        }
        Result<std::vector<backbone::Position>> positions() override {
            return std::vector{backbone::Position{{m_topic, Partition(0)}, Offset(m_position)}};
        }
        Status subscribe(const std::vector<std::string>&) override { return notFaked(); }
        Result<std::vector<TopicPartition>> assignment() override { return notFaked(); }
        Status commit(const CallOptions&) override { return notFaked(); }
        Status seek(const backbone::Position&, const CallOptions&) override { return notFaked(); }
        Status pause(const std::vector<TopicPartition>&) override { return notFaked(); }
        Status resume(const std::vector<TopicPartition>&) override { return notFaked(); }

    private:
        FakeBackbone& m_owner;
        std::string m_topic;
        std::int64_t m_position = 0;
    };

    std::shared_ptr<FakeLog> m_log, m_requests;
    backbone::Profile m_profile;
    mutable std::mutex m_mutex; ///< guards the five below
    std::condition_variable_any m_changed;
    bool m_reachable = true;
    bool m_loseAcknowledgement = false;
    bool m_denied = false;
    std::vector<std::function<void(const backbone::BackboneState&)>> m_listeners;
    FakeAdmin m_admin;
    meshbone::testing::MemoryAccess m_access;
};

} // namespace meshbone::test
