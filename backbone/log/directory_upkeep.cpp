// SPDX-License-Identifier: Apache-2.0
// What a LogDirectory does from time to time.
#include "log/background_thread.h"
#include "log/checkpoint_lines.h"
#include "log/log_directory.h"
#include "log/log_names.h"

#include <algorithm>

namespace meshbone::backbone {
namespace {
constexpr std::int64_t kFirstRoundMs = 30'000;
constexpr int kLogsPerStep = 50; // retention looks at so many logs a tick: opening one takes about 50 µs
} // namespace

void LogDirectory::tick(TimestampMs nowMs) {
    for (const auto& [name, log] : m_logs) {
        log->flushIfDue(nowMs);
    }
    checkpointIfDue(nowMs);
    retainSome(nowMs);
    compactIfDue(nowMs);
    endTurn();
}

void LogDirectory::checkpointIfDue(TimestampMs nowMs) {
    if (m_checkpointedAtMs < 0) {
        m_checkpointedAtMs = nowMs;
    }
    if (nowMs - m_checkpointedAtMs >= m_options.checkpointInterval.count()) {
        m_checkpointedAtMs = nowMs;
        writeCheckpoints(false);
    }
}

// The values are taken on the loop, the files written in the background. A recovery point is only ever what a sync
// has confirmed, so it may be old but never too new.
void LogDirectory::writeCheckpoints(bool wait) {
    OffsetCheckpoint points;
    OffsetCheckpoint starts;
    OffsetCheckpoint cleaned;
    for (const auto& [name, log] : m_logs) {
        points[name] = log->syncedOffset();
        if (log->logStartOffset() > Offset(0)) {
            starts[name] = log->logStartOffset();
        }
        if (log->cleanedTo() > Offset(0)) {
            cleaned[name] = log->cleanedTo();
        }
    }
    m_context.later([&files = m_files, root = m_options.root, warn = m_options.warn, points = std::move(points),
                     starts = std::move(starts), cleaned = std::move(cleaned)] {
        auto status = replaceFile(files, root / log_name::kRecoveryPoints, offsetCheckpointText(points));
        if (status) {
            status = replaceFile(files, root / log_name::kLogStarts, offsetCheckpointText(starts));
        }
        if (status) {
            status = replaceFile(files, root / log_name::kCleanerPoints, offsetCheckpointText(cleaned));
        }
        if (!status) {
            warn(status.error().message);
        }
    });
    if (wait) {
        m_background->waitIdle();
    }
}

void LogDirectory::retainSome(TimestampMs nowMs) {
    if (!m_retaining) {
        if (m_retainedAtMs < 0) { // the first round a little after the start, which is busy enough
            m_retainedAtMs = nowMs - m_options.retentionInterval.count() +
                             std::min<std::int64_t>(kFirstRoundMs, m_options.retentionInterval.count());
        }
        if (nowMs - m_retainedAtMs < m_options.retentionInterval.count()) {
            return;
        }
        m_retaining = true;
        m_retainedAtMs = nowMs;
        m_retainNext = {};
    }
    auto at = m_logs.lower_bound(m_retainNext);
    for (int i = 0; i < kLogsPerStep && at != m_logs.end(); ++i, ++at) {
        auto& log = *at->second;
        if (log.failure() || log.logEndOffset() == log.logStartOffset()) {
            continue;
        }
        const bool wasOpen = log.isOpen();
        if (auto done = log.applyRetention(nowMs); !done) {
            m_options.warn(done.error().message);
        }
        if (!wasOpen) {
            log.closeIfIdle(); // ten thousand idle logs must not end up open because somebody looked
        }
    }
    m_retaining = at != m_logs.end();
    if (m_retaining) {
        m_retainNext = at->first;
    }
}

} // namespace meshbone::backbone
