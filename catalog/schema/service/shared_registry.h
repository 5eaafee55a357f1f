// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/service/registry_keeper.h"

#include <catalog/schema_service.h>

#include <backbone/listeners.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <shared_mutex>

namespace meshbone::catalog {

/// The state that the topic's records add up to, with how far they are applied. Thread-safe.
class SharedRegistry {
public:
    /// Tells each record that it applies to a keeper, which is borrowed and outlives it. Null: nobody keeps it.
    explicit SharedRegistry(RegistryKeeper* keeper = nullptr)
        : m_keeper(keeper) {}

    /// Calls `reader` with the state, which stays as it is meanwhile.
    template <class Reader>
    auto read(Reader&& reader) const {
        const std::shared_lock lock(m_mutex);
        return reader(m_state);
    }
    [[nodiscard]] RegistryState copy() const {
        return read([](const RegistryState& state) { return state; });
    }
    /// Grows with every record that is applied.
    [[nodiscard]] std::uint64_t revision() const;

    /// Applies the record of an offset unless it was applied before. Offsets come in their order, with gaps. Who waits
    /// is woken by passed(), once for many records. `sum` is of the record's bytes, for the keeper.
    void apply(Offset offset, TimestampMs writtenMs, const Result<RegistryRecord>& record, std::int64_t sum = 0);
    /// The same only where all before the offset are applied; false otherwise.
    bool applyNext(Offset offset, TimestampMs writtenMs, const RegistryRecord& record, std::int64_t sum = 0);
    /// Begins with what was kept of the records before `next`; the keeper, who kept it, isn't told.
    void adopt(RegistryState state, const RegistryStatus& counts, Offset next);
    /// Nothing before this offset is still to come (gaps of compaction, control records). Wakes who waits.
    void passed(Offset next);
    /// Waits until everything before `next` is applied; false when the time is over or `stop` is asked for.
    bool waitApplied(Offset next, std::chrono::milliseconds timeout, const std::stop_token& stop) const;
    [[nodiscard]] Offset next() const;
    /// Forgets everything: the topic is another one.
    void reset();

    /// Tells who listens, unless it is there already.
    void setStage(RegistryStatus::Stage stage, std::string reason = {});
    /// Whether all that the topic had has been read once: what isn't known then isn't there. Stays so while the
    /// backbone is away.
    [[nodiscard]] bool isComplete() const { return m_isComplete; }
    [[nodiscard]] RegistryStatus status() const;
    RegistryStatus waitReady(std::chrono::milliseconds timeout) const;

    Subscription onChanged(std::function<void()> changed) { return m_listeners.add(std::move(changed)); }
    void notify() { m_listeners.notify(); } ///< told by who applied, without a lock

private:
    void take(Offset offset, TimestampMs writtenMs, const Result<RegistryRecord>& record, std::int64_t sum);

    RegistryKeeper* const m_keeper;
    mutable std::shared_mutex m_mutex; ///< guards all below but the listeners; the keeper is told under it
    mutable std::condition_variable_any m_moved;
    RegistryState m_state;
    RegistryStatus m_status;
    Offset m_next{0};
    std::uint64_t m_revision = 0;
    std::atomic<bool> m_isComplete = false;
    backbone::Listeners<> m_listeners;
};

} // namespace meshbone::catalog
