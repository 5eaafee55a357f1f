// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_guard.h>
#include <catalog/schema_registry.h>

#include <backbone/client.h>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

struct SchemaWatchOptions {
    std::chrono::milliseconds every{2'000};          ///< between two looks at the topics
    std::chrono::milliseconds settingsEvery{20'000}; ///< between two looks at the registry
    std::size_t maxPerSecond = 5'000;                ///< records read of all topics
    std::size_t maxPerVisit = 5'000;                 ///< of one topic before the next one has its turn
    std::size_t maxQueuedBytes = 4U << 20;
    /// Of each partition of a topic that is new to it, at most so many records from before are read too, as far as they
    /// were written after the check was asked for; 0: none.
    std::int64_t maxBefore = 10'000;
    std::string clientId = "meshbone-watch";
};

/// Reads what is written to topics whose subject's setting `validation` is LOG or REFUSE, on a cluster whose brokers
/// check nothing, and marks what isn't as the schemas say in the guard's book. Other topics aren't read at all.
///
/// It goes on where the book says that it stopped. A topic that is new to it is read from when the check was asked for,
/// as far as the registry tells that and in bounds, else from its end on: nobody promised anything about events from
/// before. Events that were removed before it came are passed over.
/// Bounded: one topic at a time, in turn, at most so many records a second. Why a topic can't be read stands in the
/// book's problems. Thread of its own: "mb-watch".
class SchemaWatch {
public:
    /// All are borrowed and outlive it.
    SchemaWatch(backbone::Backbone& backbone, SchemaRegistry& registry, SchemaGuard& guard,
                SchemaWatchOptions options = {});
    /// Stops at once: a call in progress is cancelled.
    ~SchemaWatch() = default;
    /// Looks at the registry and the topics now: something was changed.
    void wake();

private:
    void run(const std::stop_token& stop);
    void readSettings(const std::stop_token& stop);
    void visitAll(const std::stop_token& stop);
    Status visit(const std::string& topic, const std::stop_token& stop);
    /// Where a topic that is new is read from, by partition: where the first event is that was promised to be right.
    Result<std::map<Partition, Offset>> begin(const std::string& topic,
                                              const std::vector<backbone::PartitionDetail>& partitions,
                                              const std::stop_token& stop);
    Status read(const std::string& topic, const std::map<Partition, Offset>& from,
                const std::map<Partition, Offset>& ends, const std::stop_token& stop);
    void pause(std::chrono::milliseconds time, const std::stop_token& stop);

    backbone::Backbone& m_backbone;
    SchemaRegistry& m_registry;
    SchemaGuard& m_guard;
    SchemaWatchOptions m_options;
    std::unique_ptr<backbone::Consumer> m_consumer; ///< of "mb-watch"; made when there is something to read
    std::map<std::string, std::string> m_problems;  ///< of "mb-watch"
    std::mutex m_mutex;                             ///< guards the one below
    bool m_isWoken = false;
    std::condition_variable_any m_wakened;
    std::jthread m_thread; ///< last: it uses the others
};

} // namespace meshbone::catalog
