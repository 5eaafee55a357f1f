// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/group/group_coordinator.h"
#include "unit/backbone/broker_group/group_bench.h"

#include <deque>

namespace meshbone::backbone::broker {

/// Timers on a clock that is moved by hand.
class HandTimers final : public net::Timers {
public:
    [[nodiscard]] Clock::time_point now() const override { return m_now; }
    net::TimerId callAt(Clock::time_point deadline, std::move_only_function<void()> fire) override {
        const auto id = net::TimerId(++m_last);
        m_calls.emplace(std::pair(deadline, id), std::move(fire));
        return id;
    }
    bool cancel(net::TimerId timer) override {
        return std::erase_if(m_calls, [timer](const auto& call) { return call.first.second == timer; }) > 0;
    }
    void advance(std::chrono::milliseconds by) {
        const auto target = m_now + by;
        while (!m_calls.empty() && m_calls.begin()->first.first <= target) {
            auto call = m_calls.extract(m_calls.begin());
            m_now = std::max(m_now, call.key().first);
            call.mapped()();
        }
        m_now = target;
    }

private:
    Clock::time_point m_now{std::chrono::hours(1)};
    std::uint64_t m_last = 0;
    std::map<std::pair<Clock::time_point, net::TimerId>, std::move_only_function<void()>> m_calls;
};

/// An internal log in memory: what is appended becomes durable when the test says so, or fails.
class HandLog final : public InternalLog {
public:
    std::int32_t count = 5;
    bool atOnce = true; ///< durable at the next flush() only, if false; flush() is called by the bench after each call

    [[nodiscard]] std::int32_t partitions() const override { return count; }
    void append(Partition partition, std::vector<InternalRecord> records,
                std::move_only_function<void(Status)> durable) override {
        m_waiting.push_back({partition, std::move(records), std::move(durable)});
    }
    Status readAll(Partition partition, const std::function<void(const InternalRecordView&)>& visit) override {
        std::int64_t offset = 0;
        for (const auto& record : m_records[partition.value()]) {
            visit({Offset(offset++), 0, record.key,
                   record.value ? std::optional<std::string_view>(*record.value) : std::nullopt});
        }
        return {};
    }

    [[nodiscard]] std::size_t waiting() const { return m_waiting.size(); }
    void flush(Status status = {}) {
        while (!m_waiting.empty()) {
            auto batch = std::move(m_waiting.front());
            m_waiting.pop_front();
            if (status) {
                auto& stored = m_records[batch.partition.value()];
                stored.insert(stored.end(), batch.records.begin(), batch.records.end());
            }
            batch.durable(status);
        }
    }
    /// A crash: what isn't durable is gone, and nobody is told.
    void crash() { m_waiting.clear(); }
    std::map<std::int32_t, std::vector<InternalRecord>>& records() { return m_records; }

private:
    struct Batch {
        Partition partition;
        std::vector<InternalRecord> records;
        std::move_only_function<void(Status)> durable;
    };
    std::deque<Batch> m_waiting;
    std::map<std::int32_t, std::vector<InternalRecord>> m_records;
};

class HandTopics final : public TopicLookup {
public:
    std::map<std::string, std::int32_t, std::less<>> topics{{"flights", 4}, {"quakes", 4}};
    [[nodiscard]] std::optional<TopicFacts> topicByName(std::string_view name) const override {
        const auto found = topics.find(name);
        return found == topics.end() ? std::nullopt : std::optional(TopicFacts{TopicId{}, found->second});
    }
    [[nodiscard]] std::optional<std::string> topicNameOf(const TopicId&) const override { return std::nullopt; }
};

/// A coordinator in its surroundings, without a broker.
struct CoordinatorBench {
    CoordinatorBench() {
        settings.initialRebalanceDelay = std::chrono::milliseconds(0);
        restart();
    }

    GroupSettings settings;
    GroupLimits limits;
    HandTimers timers;
    HandLog log;
    HandTopics topics;
    TimestampMs wallMs = 1'700'000'000'000;
    std::unique_ptr<GroupCoordinator> groups;

    void restart() {
        groups.reset();
        log.crash();
        groups = std::make_unique<GroupCoordinator>(
            GroupCoordinator::Surroundings{timers, log, topics, settings, [this] { return wallMs; }}, limits);
        const auto status = groups->load();
        if (!status) {
            qFatal("load failed");
        }
    }
    void advance(std::chrono::milliseconds by) {
        wallMs += by.count();
        timers.advance(by);
        settle();
    }
    void settle() {
        if (log.atOnce) {
            log.flush();
        }
    }

    static JoinRequest joinOf(const std::string& memberId = "") { return GroupBench::joinOf(memberId, ""); }
    std::optional<JoinAnswer> join(const std::string& group, JoinRequest request) {
        auto result = std::make_shared<std::optional<JoinAnswer>>();
        groups->join(group, std::move(request), [result](JoinAnswer answer) { *result = std::move(answer); });
        timers.advance(std::chrono::milliseconds(0));
        settle();
        return *result;
    }
    std::optional<SyncAnswer> sync(const std::string& group, SyncRequest request) {
        auto result = std::make_shared<std::optional<SyncAnswer>>();
        groups->sync(group, std::move(request), [result](SyncAnswer answer) { *result = std::move(answer); });
        timers.advance(std::chrono::milliseconds(0));
        settle();
        return *result;
    }
    /// A stable group of one member; returns its id.
    std::string stable(const std::string& group) {
        const auto joined = join(group, joinOf());
        auto request = GroupBench::syncOf(joined->memberId, joined->generation);
        request.assignments = {{joined->memberId, "all"}};
        sync(group, request);
        return joined->memberId;
    }

    static OffsetToCommit offsetOf(const std::string& topic, std::int32_t partition, std::int64_t offset,
                                   const std::string& metadata = "") {
        return {.at = {topic, Partition(partition)},
                .offset = Offset(offset),
                .leaderEpoch = LeaderEpoch(3),
                .metadata = metadata,
                .retention = {}};
    }
    /// Codes, or none while the answer waits for the log.
    std::optional<std::vector<KafkaCode>> commit(const std::string& group, std::vector<OffsetToCommit> offsets,
                                                 const MemberClaim& claim = {}) {
        auto result = std::make_shared<std::optional<std::vector<KafkaCode>>>();
        groups->commit(group, claim, std::move(offsets), KafkaCode::IllegalGeneration,
                       [result](std::vector<KafkaCode> codes) { *result = std::move(codes); });
        settle();
        return *result;
    }
    std::optional<std::vector<KafkaCode>> remove(const std::vector<std::string>& ids) {
        auto result = std::make_shared<std::optional<std::vector<KafkaCode>>>();
        groups->deleteGroups(ids, [result](std::vector<KafkaCode> codes) { *result = std::move(codes); });
        settle();
        return *result;
    }
    [[nodiscard]] std::int64_t committed(const std::string& group, const std::string& topic,
                                         std::int32_t partition) const {
        const auto* const found = groups->offsetsOf(group).find(topic, partition);
        return found == nullptr ? -1 : found->offset.value();
    }
};

} // namespace meshbone::backbone::broker
