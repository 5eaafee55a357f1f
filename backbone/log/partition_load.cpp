// SPDX-License-Identifier: Apache-2.0
// Opening a PartitionLog's files at first use, and closing them.
#include "log/file_cache.h"
#include "log/log_context.h"
#include "log/log_files.h"
#include "log/log_names.h"
#include "log/log_recovery.h"
#include "log/log_state.h"
#include "log/partition_log.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

Status PartitionLog::load() {
    if (m_failure) {
        return std::unexpected(*m_failure);
    }
    if (m_state) {
        return {};
    }
    auto opened = openFiles();
    if (!opened && opened.error().code == ErrorCode::Corrupt) {
        // The files are not as they were left: somebody touched them, or an index is gone. Repair what can be.
        m_context.warn(fmt::format("The log {} is checked again: {}", directoryName(m_name), opened.error().message));
        m_context.settle(); // what is cut now must not come back out of the journal
        const auto gapless = m_config->cleanupCompact ? Offset(INT64_MAX) : m_cleanedTo;
        auto recovered = recoverLog(m_context.files,
                                    {directory(), m_recoveryPoint, m_start, gapless, m_config->indexIntervalBytes, {}},
                                    m_context.warn);
        if (recovered) {
            m_start = recovered->position.start;
            m_end = std::max(recovered->position.end, m_start);
            m_epoch = std::max(m_epoch, recovered->position.epoch);
            m_highWatermark = std::min(std::max(m_highWatermark, m_start), m_end);
            m_synced = std::min(m_synced, m_end);
            m_recoveryPoint = std::min(m_recoveryPoint, m_end);
            m_snapshotSynced = kNoOffset; // recovery may have removed it
            m_syncSet.publish(m_end);
            adoptUnsynced(recovered->unsynced);
        }
        opened = recovered ? openFiles() : Status(std::unexpected(recovered.error()));
    }
    if (!opened && opened.error().code != ErrorCode::Exhausted) {
        broken(opened.error());
        return std::unexpected(*m_failure);
    }
    return opened;
}

void PartitionLog::adoptUnsynced(const std::vector<std::filesystem::path>& paths) {
    for (const auto& path : paths) {
        m_syncSet.addPath(path);
    }
    if (!paths.empty()) {
        m_syncSet.addDirectory(directory());
    }
    // Also when nothing was added: a cut that is not on the disk would let what was cut come back in the place of what
    // is written there next.
    if (!paths.empty() || m_synced < m_end) {
        m_context.dirty(*this);
    }
}

Status PartitionLog::openFiles() {
    auto state = std::make_unique<LogState>();
    const auto found = listLogFiles(m_context.files, directory());
    if (!found) {
        return std::unexpected(found.error());
    }
    for (const auto base : found->segments) {
        auto segment = LogSegment::open(m_context.cache, directory(), base);
        if (!segment) {
            return std::unexpected(segment.error());
        }
        state->segments.push_back(std::move(*segment));
    }
    if (state->segments.empty()) {
        auto first = LogSegment::create(m_context.cache, directory(), m_end);
        if (!first) {
            return std::unexpected(first.error());
        }
        m_syncSet.addDirectory(directory());
        if (auto reserved = reserveSpace(**first); !reserved) {
            return reserved;
        }
        state->segments.push_back(std::move(*first));
    }
    const auto end = state->active().findEnd();
    if (!end) {
        return std::unexpected(end.error());
    }
    if (*end != m_end) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("It ends at offset {}, not at {} as it was left.", end->value(), m_end.value()));
    }
    auto producers = readProducers(m_context.files, directory(), *found, *state, m_end);
    if (!producers) {
        return std::unexpected(producers.error());
    }
    if (std::ranges::find(state->snapshots, m_snapshotSynced) == state->snapshots.end()) {
        m_snapshotSynced = kNoOffset; // it is damaged or gone
    }
    state->epochs = readEpochs(m_context.files, directory());
    state->epochs.begin(m_epoch, state->epochs.entries().empty() ? m_start : m_end);
    m_state = std::move(state);
    return {};
}

Status PartitionLog::seal() {
    if (m_failure) {
        return std::unexpected(*m_failure);
    }
    if (!m_state) {
        return {};
    }
    auto sealed = m_state->active().seal();
    if (!sealed) {
        return std::unexpected(sealed.error());
    }
    for (auto& file : *sealed) {
        m_syncSet.addFile(std::move(file));
    }
    if (auto written = snapshotProducers(); !written) {
        return written;
    }
    m_syncSet.addDirectory(directory());
    return {};
}

} // namespace meshbone::backbone
