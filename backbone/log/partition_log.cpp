// SPDX-License-Identifier: Apache-2.0
#include "log/partition_log.h"

#include "log/file_cache.h"
#include "log/log_context.h"
#include "log/log_names.h"
#include "log/log_state.h"
#include "record/batch_check.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

PartitionLog::PartitionLog(LogContext& context, TopicPartition name, TopicId id,
                           std::shared_ptr<const LogConfig> config, Position position)
    : m_context(context)
    , m_name(std::move(name))
    , m_id(id)
    , m_config(std::move(config))
    , m_start(position.start)
    , m_highWatermark(m_config->durable() ? std::max(position.start, position.synced) : position.end)
    , m_end(position.end)
    , m_synced(position.synced)
    , m_recoveryPoint(position.synced)
    , m_epoch(position.epoch) {
    m_syncSet.publish(m_end);
}

PartitionLog::~PartitionLog() = default;

std::filesystem::path PartitionLog::directory() const {
    return m_context.root / directoryName(m_name);
}

void PartitionLog::setConfig(std::shared_ptr<const LogConfig> config) {
    m_config = std::move(config);
    if (!m_config->durable()) {
        m_highWatermark = m_end;
    } else if (m_synced < m_end) {
        m_context.dirty(*this);
    }
}

void PartitionLog::broken(Error error) {
    error.kafkaCode = kafka_error::kStorageError;
    error.message = fmt::format("The log {} takes nothing any more: {} Restart to recover it.", directoryName(m_name),
                                error.message);
    m_context.warn(error.message);
    m_failure = std::move(error);
    m_context.failed(*this);
}

void PartitionLog::advanceHighWatermark(Offset to) {
    m_highWatermark = std::max(m_highWatermark, std::min(to, m_end));
}

SyncPoint PartitionLog::sync() {
    return syncTaken(m_context.files, shared_from_this(), m_syncSet.take());
}

bool PartitionLog::applySync(const SyncPoint& point) {
    if (point.error) {
        // After a failed sync the kernel may have dropped the pages: trying again could report success wrongly.
        if (!m_failure) {
            broken(*point.error);
        }
        return false;
    }
    m_synced = std::max(m_synced, point.end);
    if (point.inFiles) {
        m_recoveryPoint = std::max(m_recoveryPoint, point.end);
        // Only of one that is still there: the log may have been recovered since.
        if (m_state && std::ranges::find(m_state->snapshots, point.snapshot) != m_state->snapshots.end()) {
            m_snapshotSynced = std::max(m_snapshotSynced, point.snapshot);
        }
    }
    if (m_synced >= m_end) {
        m_unsyncedSinceMs = -1;
    }
    const auto before = m_highWatermark;
    if (m_config->durable()) {
        advanceHighWatermark(m_synced);
    }
    return m_highWatermark > before;
}

void PartitionLog::flushIfDue(TimestampMs nowMs) {
    if (m_config->flushMs && m_unsyncedSinceMs >= 0 && nowMs - m_unsyncedSinceMs >= *m_config->flushMs) {
        m_context.dirty(*this);
    }
}

Result<EpochEnd> PartitionLog::endOfEpoch(LeaderEpoch epoch) {
    if (auto loaded = load(); !loaded) {
        return std::unexpected(loaded.error());
    }
    const auto found = m_state->epochs.endOf(epoch, m_end);
    return found ? EpochEnd{found->first, found->second} : EpochEnd{};
}

Result<std::uint64_t> PartitionLog::sizeBytes() {
    if (auto loaded = load(); !loaded) {
        return std::unexpected(loaded.error());
    }
    std::uint64_t size = 0;
    for (const auto& segment : m_state->segments) {
        size += segment->sizeBytes();
    }
    return size;
}

} // namespace meshbone::backbone
