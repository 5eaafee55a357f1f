// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_cache.h"
#include "log/file_system.h"
#include "log/log_config.h"
#include "log/log_context.h"
#include "log/meta_properties.h"
#include "log/partition_log.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace meshbone::backbone {

class BackgroundThread;
class CheckpointFiles;
class LogCompaction;
class SyncJournal;
class SyncThread;
struct Checkpoints;
struct JournalContent;

struct LogDirectoryOptions {
    std::filesystem::path root;
    FileSystem* files = nullptr; ///< null: the real one; must outlive the directory
    /// Runs a function on the loop thread soon; called from any thread. Null only in tests that call drain().
    std::function<void(std::move_only_function<void()>)> post;
    /// On the loop: a log's high watermark moved because its bytes are on the disk now. Release acks, wake fetches.
    std::function<void(PartitionLog&)> highWatermarkMoved;
    /// On the loop: a log failed and takes nothing any more. Fail what waits for it with KAFKA_STORAGE_ERROR.
    std::function<void(PartitionLog&)> failed;
    /// A sentence for the person who runs this: recovery cut a tail, a file was set aside. Any thread.
    std::function<void(std::string)> warn;
    /// The configuration of a topic that is found on the disk: known before the directory is opened, for recovery must
    /// know which logs may have gaps (cleanup.policy). Called on the opening thread; must be cheap.
    std::function<std::shared_ptr<const LogConfig>(const std::string& topic)> configOf;
    std::size_t maxOpenFiles = 512;
    std::uint64_t journalBytes = 16U << 20; ///< of the file in front of several active logs; 0: none is used
    unsigned recoveryThreads = 2;
    std::chrono::milliseconds checkpointInterval{60'000};
    std::chrono::milliseconds retentionInterval{300'000};
    std::chrono::milliseconds compactionInterval{15'000};
    std::size_t compactionMemoryBytes = 16U << 20; ///< the offset map of one compaction
};

/// All logs of one data directory. Owned by the broker; used on its loop thread. Owns the threads "mb-sync"
/// (fdatasync, nothing else) and, once there is work, "mb-clean" (compaction, deleting files, checkpoints).
class LogDirectory {
public:
    /// Locks the directory, recovers what was not shut down cleanly (in parallel), writes no clean marker.
    /// Fails with Locked (in use), Io (read-only), Exhausted (disk full), Corrupt (not ours, or from a newer version).
    static Result<std::unique_ptr<LogDirectory>> open(LogDirectoryOptions options);
    ~LogDirectory(); ///< as after a crash, unless close() went before

    /// From meta.properties; made at the first start.
    [[nodiscard]] const std::string& clusterId() const { return m_meta.clusterId; }
    [[nodiscard]] bool startedClean() const { return m_startedClean; }

    /// Null when there is no such log. Valid until remove() or close().
    [[nodiscard]] PartitionLog* find(const TopicPartition& name) const;
    [[nodiscard]] std::vector<PartitionLog*> all() const;
    /// Makes a log's directory with its partition.metadata, durable before it returns. AlreadyExists. `epoch`: never
    /// below an earlier one of the same topic and partition.
    Result<PartitionLog*> create(const TopicPartition& name, const TopicId& id, std::shared_ptr<const LogConfig> config,
                                 LeaderEpoch epoch = LeaderEpoch(0));
    /// Takes the log away at once (renamed durably to <name>.<id>-delete); its files go in the background.
    Status remove(const TopicPartition& name);

    /// At the end of each turn of the loop: hands the dirty list to the sync thread. Cheap when it is empty.
    void endTurn();
    /// Applies what the sync and background threads have handed over; `post` calls it, tests may.
    void applyArrived();
    /// From time to time (each second): flush.ms, retention, compaction, checkpoints, each in bounded steps.
    void tick(TimestampMs nowMs);
    /// Clean shutdown: all logs closed and synced, ends and marker written. Nothing may be used after. Blocks.
    Status close();

    /// For tests and close(): waits until both threads have done what they were given, and applies it.
    void drain();

private:
    explicit LogDirectory(LogDirectoryOptions options);
    Status prepare();
    Status recoverAll(const std::vector<TopicPartition>& names, const Checkpoints& checkpoints,
                      const JournalContent& journal);
    Result<JournalContent> openJournal();
    Status releaseJournal(const JournalContent& journal);
    Status adoptClean(const std::vector<TopicPartition>& found, std::vector<TopicPartition>& unknown);
    Result<std::vector<TopicPartition>> listLogs();
    PartitionLog& adopt(const TopicPartition& name, const TopicId& id, std::shared_ptr<const LogConfig> config,
                        PartitionLog::Position position);
    void wakeLoop();
    void onLoop(std::move_only_function<void()> call);
    void receiveSyncs(std::vector<SyncPoint> points);
    Status writeEnds();
    Status closeLogs();
    Status syncClosed(const std::vector<std::shared_ptr<PartitionLog>>& logs);
    void checkpointIfDue(TimestampMs nowMs);
    [[nodiscard]] Checkpoints takeCheckpoints() const;
    void writeCheckpointsLater();
    Status writeCheckpointsNow();
    void retainSome(TimestampMs nowMs);
    void compactIfDue(TimestampMs nowMs);
    void compactStep(std::shared_ptr<PartitionLog> log, std::shared_ptr<LogCompaction> work);
    void compacted(const std::shared_ptr<PartitionLog>& log, LogCompaction& work, const Result<bool>& more);

    LogDirectoryOptions m_options;
    FileSystem& m_files;
    FileCache m_cache;
    LogContext m_context;
    std::unique_ptr<DirectoryLock> m_lock;
    MetaProperties m_meta;
    bool m_startedClean = false;
    bool m_closed = false;
    std::map<TopicPartition, std::shared_ptr<PartitionLog>> m_logs;
    std::vector<std::shared_ptr<SyncSource>> m_dirty;     // this turn's
    std::mutex m_arrivedMutex;                            // guards the next two
    std::vector<SyncPoint> m_arrived;                     // from the sync thread, not applied yet
    std::vector<std::move_only_function<void()>> m_calls; // from the background, for the loop
    std::shared_ptr<LogDirectory*> m_self;                // null inside when destroyed, so that late posts do nothing
    std::shared_ptr<CheckpointFiles> m_checkpoints;
    std::set<TopicPartition> m_staleCheckpoints; // names that the files may tell of, though their logs are gone
    TimestampMs m_checkpointedAtMs = -1;
    TimestampMs m_retainedAtMs = -1; // when the round over all logs began
    TopicPartition m_retainNext;     // where the round goes on
    bool m_retaining = false;
    TimestampMs m_compactedAtMs = -1;
    bool m_closing = false;
    std::unique_ptr<SyncJournal> m_journal;         // the sync thread's; the background makes its file
    std::unique_ptr<BackgroundThread> m_background; // outlived by the journal
    std::unique_ptr<SyncThread> m_sync;
};

} // namespace meshbone::backbone
