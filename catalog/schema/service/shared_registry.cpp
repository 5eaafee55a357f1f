// SPDX-License-Identifier: Apache-2.0
#include "schema/service/shared_registry.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

constexpr std::size_t kUsualChanges = 3; // a schema, its version, the highest id

std::string contradictionIn(Offset offset, const RegistryRecord& record) {
    const auto* schema = std::get_if<SchemaRecord>(&record);
    return schema ? fmt::format("record {}: id {} for version {} of '{}'", offset.value(), schema->id.value(),
                                schema->version, schema->subject)
                  : fmt::format("record {}", offset.value());
}

} // namespace

std::uint64_t SharedRegistry::revision() const {
    const std::shared_lock lock(m_mutex);
    return m_revision;
}

Offset SharedRegistry::next() const {
    const std::shared_lock lock(m_mutex);
    return m_next;
}

void SharedRegistry::take(Offset offset, TimestampMs writtenMs, const Result<RegistryRecord>& record,
                          std::int64_t sum) {
    m_next = offset + 1;
    ++m_revision;
    ++m_status.records;
    AppliedRecord applied{offset, sum, {}, {}};
    if (m_keeper) {
        applied.changes.reserve(kUsualChanges);
    }
    const bool isTaken = record && m_state.apply(*record, writtenMs, m_keeper ? &applied.changes : nullptr);
    if (!isTaken) {
        if (m_status.unreadable++ == 0) {
            m_status.firstUnreadable =
                fmt::format("Record {}: {}", offset.value(),
                            record ? "its id stands for another schema already." : record.error().message);
        }
        if (record) {
            ++m_status.contradicting;
            m_status.lastContradicting = contradictionIn(offset, *record);
        }
    }
    if (m_keeper) {
        applied.counts = isTaken ? nullptr : std::make_shared<const RegistryStatus>(m_status);
        m_keeper->applied(std::move(applied));
    }
}

void SharedRegistry::apply(Offset offset, TimestampMs writtenMs, const Result<RegistryRecord>& record,
                           std::int64_t sum) {
    const std::unique_lock lock(m_mutex);
    if (offset >= m_next) {
        take(offset, writtenMs, record, sum);
    }
}

void SharedRegistry::adopt(RegistryState state, const RegistryStatus& counts, Offset next) {
    const std::unique_lock lock(m_mutex);
    m_state = std::move(state);
    const auto stage = m_status.stage;
    m_status = counts;
    m_status.stage = stage;
    m_next = next;
    ++m_revision;
}

bool SharedRegistry::applyNext(Offset offset, TimestampMs writtenMs, const RegistryRecord& record, std::int64_t sum) {
    {
        const std::unique_lock lock(m_mutex);
        if (offset < m_next) {
            return true;
        }
        if (offset != m_next) {
            return false;
        }
        take(offset, writtenMs, record, sum);
    }
    m_moved.notify_all();
    return true;
}

void SharedRegistry::passed(Offset next) {
    {
        const std::unique_lock lock(m_mutex);
        m_next = std::max(m_next, next);
    }
    m_moved.notify_all();
}

bool SharedRegistry::waitApplied(Offset next, std::chrono::milliseconds timeout, const std::stop_token& stop) const {
    std::shared_lock lock(m_mutex);
    return m_moved.wait_for(lock, stop, timeout, [&] { return m_next >= next; });
}

void SharedRegistry::reset() {
    const std::unique_lock lock(m_mutex);
    m_state = {};
    m_status = {};
    m_next = Offset(0);
    ++m_revision;
    m_isComplete = false;
    if (m_keeper) {
        m_keeper->forgotten();
    }
}

void SharedRegistry::setStage(RegistryStatus::Stage stage, std::string reason) {
    {
        const std::unique_lock lock(m_mutex);
        if (m_status.stage == stage && m_status.reason == reason) {
            return; // a topic that isn't there yet is looked for every second: who listens would read all again
        }
        m_status.stage = stage;
        m_status.reason = std::move(reason);
        m_isComplete = m_isComplete || stage == RegistryStatus::Stage::Ready;
    }
    m_moved.notify_all();
    notify();
}

RegistryStatus SharedRegistry::status() const {
    const std::shared_lock lock(m_mutex);
    return m_status;
}

RegistryStatus SharedRegistry::waitReady(std::chrono::milliseconds timeout) const {
    std::shared_lock lock(m_mutex);
    using Stage = RegistryStatus::Stage;
    m_moved.wait_for(lock, timeout, [&] { return m_status.stage == Stage::Ready || m_status.stage == Stage::Failed; });
    return m_status;
}

} // namespace meshbone::catalog
