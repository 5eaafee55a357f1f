// SPDX-License-Identifier: Apache-2.0
// How a LogDirectory compacts: one log at a time, steps on the background thread, results on the loop.
#include "log/background_thread.h"
#include "log/log_compaction.h"
#include "log/log_directory.h"
#include "log/log_names.h"

#include <fmt/format.h>

namespace meshbone::backbone {

void LogDirectory::compactIfDue(TimestampMs nowMs) {
    if (m_compactedAtMs >= 0 && nowMs - m_compactedAtMs < m_options.compactionInterval.count()) {
        return;
    }
    m_compactedAtMs = nowMs;
    for (const auto& [name, log] : m_logs) {
        if (!log->config().cleanupCompact || log->failure() || log->logEndOffset() == log->logStartOffset()) {
            continue;
        }
        const bool wasOpen = log->isOpen();
        auto plan = log->planCompaction(nowMs, m_options.compactionMemoryBytes);
        if (!plan) {
            m_options.warn(plan.error().message);
        } else if (*plan) {
            compactStep(log, std::make_shared<LogCompaction>(m_files, std::move(**plan)));
            return; // the next one at the next interval: their maps would add up
        } else if (!wasOpen) {
            log->closeIfIdle();
        }
    }
}

// Each step is a job of its own, so that deletions and checkpoints come in between.
void LogDirectory::compactStep(std::shared_ptr<PartitionLog> log, std::shared_ptr<LogCompaction> work) {
    m_background->run([this, log = std::move(log), work = std::move(work)](const std::stop_token& stop) mutable {
        auto more = work->step(stop);
        onLoop([this, log = std::move(log), work = std::move(work), more = std::move(more)] {
            compacted(log, *work, more);
            if (more.value_or(false) && !m_closing && find(log->name()) == log.get() && !log->failure()) {
                compactStep(log, work);
            } else if (more.value_or(false)) {
                log->finishCompaction(std::nullopt);
            }
        });
    });
}

void LogDirectory::compacted(const std::shared_ptr<PartitionLog>& log, LogCompaction& work, const Result<bool>& more) {
    if (find(log->name()) != log.get()) {
        return;
    }
    if (const auto group = work.takeGroup()) {
        if (auto swapped = log->swapIn(*group); !swapped) {
            return;
        }
    }
    if (!more) {
        log->finishCompaction(std::nullopt);
        if (more.error().code != ErrorCode::Cancelled) {
            m_options.warn(
                fmt::format("Compaction of {} stopped: {}", directoryName(log->name()), more.error().message));
        }
    } else if (!*more) {
        log->finishCompaction(work.cleanedTo());
    }
}

} // namespace meshbone::backbone
