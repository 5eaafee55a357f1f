// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_rules.h"
#include "schema/service/shared_registry.h"

#include <backbone/client.h>

#include <deque>
#include <functional>
#include <memory>
#include <thread>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

/// Decides changes one after the other on the thread "mb-register" and appends their records; what came in meanwhile
/// goes into one batch, so that many clients share one write to the disk. A change is answered when its records are on
/// the log and applied, so that whoever asks next sees it.
class SchemasWriter {
public:
    using Decide = std::move_only_function<RegistryResult<std::vector<RegistryRecord>>(const RegistryState&)>;
    using Done = std::move_only_function<void(RegistryResult<void>)>;
    static constexpr std::size_t kMaxWaiting = 10'000;
    static constexpr std::size_t kMaxBatch = 500;

    SchemasWriter(backbone::Backbone& backbone, SharedRegistry& registry);
    ~SchemasWriter();
    void start();
    /// What still waits is answered with 50001.
    void stop();

    /// `decide` is called on the thread "mb-register" with the state after all changes before it; so is `done`. More
    /// than kMaxWaiting are refused with 50002 at once, on the caller's thread.
    void change(Decide decide, Done done);

private:
    struct Change {
        Decide decide;
        Done done;
    };
    struct Decided {
        Done done;
        RegistryResult<void> result;
        bool writes = false;
    };
    struct Appended {
        RegistryRecord record;
        RegistryRecordBytes bytes; ///< of the record; moved to the producer
        Offset offset = kNoOffset;
        std::int64_t sum = 0; ///< of its bytes
    };
    void run(const std::stop_token& stop);
    std::deque<Change> take(const std::stop_token& stop);
    /// What a change wants written, in bytes. 42209 for a record that no topic would take.
    static RegistryResult<std::vector<Appended>> encoded(RegistryResult<std::vector<RegistryRecord>> wanted);
    void writeBatch(std::deque<Change> changes, const std::stop_token& stop);
    /// Appends and waits until all are acknowledged.
    Status append(std::vector<Appended>& records, TimestampMs nowMs, const std::stop_token& stop);
    Status open(const std::stop_token& stop);
    /// Applies what was appended, or waits until the reader has.
    Status publish(const std::vector<Appended>& records, TimestampMs nowMs, const std::stop_token& stop);

    backbone::Backbone& m_backbone;
    SharedRegistry& m_registry;

    std::mutex m_mutex; ///< guards the two below
    std::deque<Change> m_waiting;
    bool m_isStopped = false;
    std::condition_variable_any m_came;

    RegistryState m_ahead; ///< of "mb-register": the state with the batch that isn't on the log yet
    std::uint64_t m_aheadOf = ~std::uint64_t{0}; ///< the registry's revision that m_ahead is the same as
    std::unique_ptr<backbone::Producer> m_producer;
    std::jthread m_thread;
};

} // namespace meshbone::catalog
