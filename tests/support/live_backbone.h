// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/test_cluster.h"

#include <backbone/backbone.h>

#include <QDeadlineTimer>
#include <QTemporaryDir>
#include <QtTest>

#include <condition_variable>
#include <mutex>

namespace meshbone::backbone {

/// A Backbone on the test's cluster with what replay tests do again and again. Fails by throwing: a test that can't set
/// its stage must not pass.
class LiveBackbone {
public:
    explicit LiveBackbone(const Profile& profile, const std::filesystem::path& state = {})
        : m_state(state.empty() ? std::filesystem::path(m_folder.path().toStdString()) : state) {
        m_backbone = must(Backbone::open(profile, m_state));
        must(m_backbone->waitHealthy({std::chrono::seconds(30), {}}));
        m_producer = must(m_backbone->producer({}));
    }

    Backbone& operator*() { return *m_backbone; }
    Backbone* operator->() { return m_backbone.get(); }
    [[nodiscard]] const std::filesystem::path& state() const { return m_state; }

    template <class T>
    static T must(Result<T> result) {
        if (!result) {
            throw std::runtime_error(result.error().message);
        }
        if constexpr (!std::is_void_v<T>) {
            return std::move(*result);
        }
    }

    /// A new topic of a name that no other test has.
    std::string topic(std::int32_t partitions, std::map<std::string, std::string> configs = {}) {
        static std::atomic<int> count = 0;
        const auto name = "t" + std::to_string(QDateTime::currentMSecsSinceEpoch()) + "-" + std::to_string(++count);
        configs.emplace("retention.ms", "-1"); // tests write old events
        must(
            m_backbone->admin().createTopic({name, partitions, 1, std::move(configs)}, {std::chrono::seconds(30), {}}));
        return name;
    }

    /// Writes records in their order and waits until all are acknowledged.
    void write(const std::string& topic, const std::vector<Record>& records) {
        std::atomic<int> failed = 0;
        for (auto record : records) {
            record.topic = topic;
            must(m_producer->produce(std::move(record), [&](const Result<Delivery>& done) { failed += done ? 0 : 1; }));
        }
        must(m_producer->flush({std::chrono::seconds(30), {}}));
        if (failed > 0) {
            throw std::runtime_error("a record was not written");
        }
    }

    /// Everything committed in a topic, by partition, read by a plain consumer up to the ends: the oracle.
    std::map<Partition, std::vector<Record>> readAll(const std::string& topic) {
        std::map<Partition, std::vector<Record>> all;
        std::map<Partition, Offset> ends;
        std::vector<Position> starts;
        for (const auto& detail : must(m_backbone->admin().partitions(topic, {}))) {
            ends[detail.partition] = detail.highWatermark;
            all[detail.partition];
            starts.push_back({{topic, detail.partition}, detail.logStart});
        }
        auto consumer = must(m_backbone->consumer({}));
        must(consumer->assign(starts));
        QDeadlineTimer deadline(60'000);
        while (!deadline.hasExpired()) {
            for (auto& record : must(consumer->poll(1000, std::chrono::milliseconds(100)))) {
                all[record.partition].push_back(std::move(record));
            }
            const auto positions = must(consumer->positions());
            if (std::ranges::all_of(positions,
                                    [&](const Position& one) { return one.offset >= ends[one.at.partition]; })) {
                return all;
            }
        }
        throw std::runtime_error("the end of " + topic + " was not reached");
    }

    /// Plans, starts and waits for the end.
    Manifest replay(const ReplayRequest& request) {
        const auto plan = must(m_backbone->replays().plan(request, {std::chrono::seconds(60), {}}));
        return waitForEnd(must(m_backbone->replays().start(plan)));
    }

    Manifest waitForEnd(const std::string& run) {
        return waitFor(run, [](RunState state) { return state != RunState::Running && state != RunState::Paused; });
    }
    Manifest waitFor(const std::string& run, const std::function<bool(RunState)>& wanted) {
        std::mutex mutex;
        std::condition_variable changed;
        const auto subscription = m_backbone->replays().onChanged([&](const RunStatus&) {
            const std::scoped_lock lock(mutex);
            changed.notify_all();
        });
        const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(90);
        std::unique_lock lock(mutex);
        while (std::chrono::steady_clock::now() < until) {
            lock.unlock();
            const auto manifest = must(m_backbone->replays().manifest(run));
            lock.lock();
            if (wanted(manifest.state)) {
                return manifest;
            }
            changed.wait_for(lock, std::chrono::milliseconds(50));
        }
        throw std::runtime_error("the run did not get there");
    }

private:
    QTemporaryDir m_folder;
    std::filesystem::path m_state;
    std::unique_ptr<Backbone> m_backbone;
    std::unique_ptr<Producer> m_producer;
};

inline Record eventAt(std::int32_t partition, TimestampMs timestampMs, std::optional<Bytes> key = "k",
                      std::optional<Bytes> value = "v") {
    Record record;
    record.partition = Partition(partition);
    record.timestampMs = timestampMs;
    record.key = std::move(key);
    record.value = std::move(value);
    return record;
}

inline bool hasFinding(const ReplayPlan& plan, const std::string& code, ReplayFinding::Severity severity) {
    return std::ranges::any_of(plan.findings, [&](const ReplayFinding& finding) {
        return finding.code == code && finding.severity == severity;
    });
}

} // namespace meshbone::backbone
