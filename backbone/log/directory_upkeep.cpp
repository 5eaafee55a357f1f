// SPDX-License-Identifier: Apache-2.0
// What a LogDirectory does from time to time.
#include "log/background_thread.h"
#include "log/checkpoint_files.h"
#include "log/log_directory.h"

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
        writeCheckpointsLater();
    }
}

// A recovery point is only ever what a sync has confirmed for the log's own files, so it may be old but never too new.
Checkpoints LogDirectory::takeCheckpoints() const {
    Checkpoints taken;
    for (const auto& [name, log] : m_logs) {
        taken.recoveryPoints[name] = log->recoveryPoint();
        if (log->logStartOffset() > Offset(0)) {
            taken.logStarts[name] = log->logStartOffset();
        }
        if (log->cleanedTo() > Offset(0)) {
            taken.cleanerPoints[name] = log->cleanedTo();
        }
    }
    return taken;
}

// The values are taken on the loop, the files written in the background.
void LogDirectory::writeCheckpointsLater() {
    m_context.later([writer = m_checkpoints, taken = takeCheckpoints(), number = m_checkpoints->nextNumber(),
                     warn = m_options.warn] {
        if (auto written = writer->write(taken, number); !written) {
            warn(written.error().message);
        }
    });
}

// Here and now, because what the files say of a log that is gone would be taken for another one's of its name.
Status LogDirectory::writeCheckpointsNow() {
    auto status = m_checkpoints->write(takeCheckpoints(), m_checkpoints->nextNumber());
    if (status) {
        m_staleCheckpoints.clear();
    }
    return status;
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
        if (log.failure() || !log.wantsRetention()) {
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
