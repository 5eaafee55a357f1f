// SPDX-License-Identifier: Apache-2.0
// How a LogDirectory begins and ends: the clean way by its checkpoint, or by recovery.
#include "log/background_thread.h"
#include "log/checkpoint_files.h"
#include "log/checkpoint_lines.h"
#include "log/log_directory.h"
#include "log/log_files.h"
#include "log/log_names.h"
#include "log/log_recovery.h"
#include "log/sync_journal.h"
#include "log/sync_thread.h"
#include "log/thread_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <thread>
#include <utility>

namespace meshbone::backbone {
namespace {

// The ends checkpoint: "<topic> <partition> <start> <end> <epoch> <topic id>" a line.
constexpr std::int64_t kEndsVersion = 0;
constexpr std::size_t kClosedAtOnce = 128; // each holds up to five files open until they are synced

struct EndsLine {
    TopicPartition name;
    PartitionLog::Position position;
    TopicId id;
};

std::optional<EndsLine> parseEndsLine(const std::vector<std::string_view>& words) {
    if (words.size() != 6) {
        return std::nullopt;
    }
    const auto partition = parseWord<std::int32_t>(words[1]);
    const auto start = parseWord<std::int64_t>(words[2]);
    const auto end = parseWord<std::int64_t>(words[3]);
    const auto epoch = parseWord<std::int32_t>(words[4]);
    const auto id = TopicId::fromString(words[5]);
    if (!partition || !start || !end || !epoch || !id || *start < 0 || *end < *start) {
        return std::nullopt;
    }
    return EndsLine{{std::string(words[0]), Partition(*partition)},
                    {Offset(*start), Offset(*end), Offset(*end), LeaderEpoch(*epoch)},
                    *id};
}

} // namespace

Result<std::unique_ptr<LogDirectory>> LogDirectory::open(LogDirectoryOptions options) {
    std::unique_ptr<LogDirectory> directory(new LogDirectory(std::move(options)));
    if (auto ready = directory->prepare(); !ready) {
        directory->m_closed = true;
        return std::unexpected(ready.error());
    }
    return directory;
}

Status LogDirectory::prepare() {
    const auto& root = m_options.root;
    if (auto made = m_files.createDirectories(root); !made) {
        return made;
    }
    auto lock = m_files.lock(root / log_name::kLock);
    if (!lock) {
        return std::unexpected(lock.error());
    }
    m_lock = std::move(*lock);
    auto meta = openMetaProperties(m_files, root);
    if (!meta) {
        return std::unexpected(meta.error());
    }
    m_meta = std::move(*meta);
    auto found = listLogs();
    if (!found) {
        return std::unexpected(found.error());
    }
    const auto marker = root / log_name::kCleanShutdown;
    std::vector<TopicPartition> unknown = *found;
    if (m_files.exists(marker)) {
        m_startedClean = adoptClean(*found, unknown).has_value();
        // Gone for good before anything is written: a marker that outlives an append would hide a torn tail.
        auto status = m_files.remove(marker);
        if (status) {
            status = m_files.syncDirectory(root);
        }
        if (!status) {
            return status;
        }
    }
    const auto checkpoints = m_checkpoints->read();
    // After a clean stop it is empty, and logs that the stop's checkpoint doesn't know have nothing in it.
    const auto journal = openJournal();
    if (!journal) {
        return std::unexpected(journal.error());
    }
    if (auto recovered = recoverAll(unknown, checkpoints, *journal); !recovered) {
        return recovered;
    }
    if (auto released = releaseJournal(*journal); !released) {
        return released;
    }
    for (const auto& [name, offset] : checkpoints.recoveryPoints) {
        if (find(name) == nullptr) {
            m_staleCheckpoints.insert(name);
        }
    }
    for (const auto& [name, offset] : checkpoints.cleanerPoints) {
        if (auto* log = find(name)) {
            log->m_cleanedTo = std::min(offset, log->logEndOffset());
        }
    }
    return {};
}

// The logs by their directories. Removes what was being deleted, and says what it doesn't know.
Result<std::vector<TopicPartition>> LogDirectory::listLogs() {
    const auto entries = m_files.list(m_options.root);
    if (!entries) {
        return std::unexpected(entries.error());
    }
    std::vector<TopicPartition> found;
    for (const auto& entry : *entries) {
        if (!entry.directory) {
            continue;
        }
        if (entry.name.ends_with(log_name::kDeleteDirectory)) {
            m_context.later([&files = m_files, path = m_options.root / entry.name] { (void)files.removeTree(path); });
        } else if (auto name = parseDirectoryName(entry.name)) {
            found.push_back(std::move(*name));
        }
    }
    std::ranges::sort(found);
    return found;
}

Status LogDirectory::adoptClean(const std::vector<TopicPartition>& found, std::vector<TopicPartition>& unknown) {
    const auto text = readWholeFile(m_files, m_options.root / log_name::kEnds);
    if (!text) {
        return std::unexpected(text.error());
    }
    const auto lines = parseCheckpoint(*text, kEndsVersion);
    if (!lines) {
        return std::unexpected(lines.error());
    }
    std::string topic;
    std::shared_ptr<const LogConfig> config;
    for (const auto& words : *lines) {
        auto line = parseEndsLine(words);
        if (!line) {
            m_logs.clear();
            return fail(ErrorCode::Corrupt, "The checkpoint of the logs' ends is damaged.");
        }
        if (!std::ranges::binary_search(found, line->name)) {
            m_options.warn(fmt::format("The directory of {} is gone; its {} records are lost.",
                                       directoryName(line->name), line->position.end - line->position.start));
            continue;
        }
        if (line->name.topic != topic || !config) {
            topic = line->name.topic;
            config = m_options.configOf(topic);
        }
        adopt(line->name, line->id, config, line->position);
    }
    std::erase_if(unknown, [this](const TopicPartition& name) { return m_logs.contains(name); });
    return {};
}

// What an unclean stop left in the journal, and the file itself for further use.
Result<JournalContent> LogDirectory::openJournal() {
    auto file = m_files.open(m_options.root / journal_format::kName, OpenMode::Write);
    auto content = file ? readJournal(**file) : Result<JournalContent>(std::unexpected(file.error()));
    if (!content && content.error().code == ErrorCode::NotFound) {
        content = JournalContent{};
    }
    if (file && content) {
        m_journal->adopt(std::move(*file), content->generation);
    }
    return content;
}

// Once what it had is in the logs' own files, synced, it may be overwritten. Before anything is appended: an entry that
// outlives its batch's place in the log would come back at a later recovery.
Status LogDirectory::releaseJournal(const JournalContent& journal) {
    if (journal.entries.empty()) {
        return {};
    }
    std::set<std::pair<TopicId, Partition>> logs;
    for (const auto& entry : journal.entries) {
        logs.emplace(entry.topic, entry.partition);
    }
    for (const auto& [name, log] : m_logs) {
        if (!log->failure() && logs.contains({log->topicId(), name.partition})) {
            (void)log->applySync(log->sync());
        }
        if (log->failure()) {
            m_journal->leave(); // a later start may recover with it what this one can't
        }
    }
    return m_journal->restart();
}

Status LogDirectory::recoverAll(const std::vector<TopicPartition>& names, const Checkpoints& checkpoints,
                                const JournalContent& journal) {
    if (names.empty()) {
        return {};
    }
    const auto& [points, starts, cleaned] = checkpoints;
    std::vector<std::shared_ptr<const LogConfig>> configs;
    for (const auto& name : names) {
        configs.push_back(m_options.configOf(name.topic));
    }
    std::map<std::pair<TopicId, Partition>, std::vector<std::string_view>> journaled;
    for (const auto& entry : journal.entries) {
        journaled[{entry.topic, entry.partition}].push_back(entry.batches);
    }
    std::vector<Result<RecoveryOutcome>> outcomes(names.size(), Result<RecoveryOutcome>(RecoveryOutcome{}));
    const auto offsetIn = [](const OffsetCheckpoint& offsets, const TopicPartition& name) {
        const auto at = offsets.find(name);
        return at == offsets.end() ? Offset(0) : at->second;
    };
    // Each partition is recovered by one thread; each thread writes only its own slots.
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < names.size(); i = next++) {
            const auto gapless = configs[i]->cleanupCompact ? Offset(INT64_MAX) : offsetIn(cleaned, names[i]);
            RecoveryInput input{m_options.root / directoryName(names[i]), offsetIn(points, names[i]),
                                offsetIn(starts, names[i]), gapless, configs[i]->indexIntervalBytes};
            if (!journaled.empty()) {
                const auto found = journaled.find({readTopicId(m_files, input.directory), names[i].partition});
                input.journal = found == journaled.end() ? std::vector<std::string_view>{} : found->second;
            }
            outcomes[i] = recoverLog(m_files, input, m_options.warn);
        }
    };
    {
        std::vector<std::jthread> helpers;
        for (unsigned i = 1; i < m_options.recoveryThreads && i < names.size(); ++i) {
            helpers.emplace_back([&work] {
                nameThread("mb-recover");
                work();
            });
        }
        work();
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!outcomes[i] && outcomes[i].error().code == ErrorCode::Exhausted) {
            return std::unexpected(outcomes[i].error());
        }
        if (!outcomes[i]) { // this one can't be served; the others can
            const auto start = offsetIn(starts, names[i]);
            const auto end = std::max(start, offsetIn(points, names[i]));
            adopt(names[i], {}, configs[i], {start, end, end, LeaderEpoch(0)}).broken(outcomes[i].error());
            continue;
        }
        auto& log = adopt(names[i], outcomes[i]->topicId, configs[i], outcomes[i]->position);
        log.adoptUnsynced(outcomes[i]->unsynced);
    }
    endTurn(); // made durable while the broker begins to serve; the high watermarks follow
    return {};
}

Status LogDirectory::writeEnds() {
    auto text = fmt::format("{}\n{}\n", kEndsVersion, m_logs.size());
    for (const auto& [name, log] : m_logs) {
        fmt::format_to(std::back_inserter(text), "{} {} {} {} {} {}\n", name.topic, name.partition.value(),
                       log->logStartOffset().value(), log->logEndOffset().value(), log->leaderEpoch().value(),
                       log->topicId().toString());
    }
    return replaceFile(m_files, m_options.root / log_name::kEnds, text);
}

// One sync of the file system serves all of them, whatever else it has to write: with one for each file, ten thousand
// logs took minutes.
Status LogDirectory::syncClosed(const std::vector<std::shared_ptr<PartitionLog>>& logs) {
    std::vector<SyncSet::Taken> taken; // before the sync begins, so that it covers all of it
    for (const auto& log : logs) {
        taken.push_back(log->takeUnsynced());
    }
    const bool whole =
        logs.size() == kClosedAtOnce && m_files.syncWhole(m_options.root, SyncEffort::Any).value_or(false);
    Status status;
    for (std::size_t i = 0; i < logs.size(); ++i) {
        // After an error, too, each file is asked for itself: only its own log fails.
        const auto point = whole ? SyncPoint{logs[i], taken[i].end, std::nullopt, true, taken[i].snapshot}
                                 : syncTaken(m_files, logs[i], std::move(taken[i]));
        (void)logs[i]->applySync(point);
        if (point.error && status) {
            status = std::unexpected(*point.error);
        }
    }
    return status;
}

Status LogDirectory::closeLogs() {
    Status status;
    const auto keepFirst = [&](Status other) {
        if (!other && status) {
            status = std::move(other);
        }
    };
    std::vector<std::shared_ptr<PartitionLog>> group;
    for (const auto& [name, log] : m_logs) {
        if (auto sealed = log->seal(); !sealed) {
            keepFirst(std::move(sealed));
            continue;
        }
        if (log->hasUnsynced()) {
            group.push_back(log);
        }
        if (group.size() == kClosedAtOnce) {
            keepFirst(syncClosed(std::exchange(group, {})));
        }
    }
    keepFirst(syncClosed(group));
    return status;
}

Status LogDirectory::close() {
    if (m_closed) {
        return {};
    }
    m_closed = true;
    m_closing = true;
    drain();
    m_sync->settle();
    applyArrived();
    auto status = closeLogs();
    if (auto written = writeCheckpointsNow(); !written) {
        m_options.warn(written.error().message);
    }
    // The marker last: it vouches for everything before it. After an error there is none, and the next start recovers.
    if (status) {
        status = writeEnds();
    }
    if (status) {
        status =
            replaceFile(m_files, m_options.root / log_name::kCleanShutdown, "{\"version\":0,\"brokerEpoch\":-1}\n");
    }
    m_sync.reset();
    m_background.reset();
    m_logs.clear();
    m_lock.reset();
    return status;
}

} // namespace meshbone::backbone
