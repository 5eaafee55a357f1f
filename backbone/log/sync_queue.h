// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <backbone/types.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace meshbone::backbone {

class SyncSource;

/// What one sync of one log found: everything below `end` is on the disk, unless `error` says why not.
struct SyncPoint {
    std::shared_ptr<SyncSource> source;
    Offset end{0};
    std::optional<Error> error;
    bool inFiles = false;        ///< in the log's own files; else the journal may have it alone
    Offset snapshot = kNoOffset; ///< the producer snapshot of this end offset is on the disk; none: nothing new
};

/// Whole batches that lie in a file one after another.
struct SyncPiece {
    std::shared_ptr<File> file;
    std::uint64_t position = 0;
    std::size_t sizeBytes = 0;
};

/// The unsynced batches of one log, for the journal.
struct JournalPiece {
    TopicId topic;
    Partition partition{0};
    SyncPiece piece;
};

/// What a log has written and not synced, handed from the loop thread (add, publish) to the sync thread (take).
///
/// Invariant: a file is added *before* the end offset that its bytes give is published, and take() reads the end
/// offset *before* it takes the files. So whatever an end offset covers is in the files taken with it or before it,
/// and no acknowledgement overtakes its sync.
class SyncSet {
public:
    /// What the journal takes of one log at once: more is cheaper in the log's own file.
    static constexpr std::size_t kMaxPieceBytes = 64U << 10;

    struct Taken {
        Offset end{0};
        std::vector<std::shared_ptr<File>> files;
        /// All that is unsynced, when it is one small stretch of one segment and nothing else.
        std::optional<SyncPiece> piece;
        bool onlyPiece = true;                          ///< nothing else came; `piece` may be none for want of any
        std::vector<std::filesystem::path> paths;       ///< files that nobody has open
        Offset snapshot = kNoOffset;                    ///< the newest producer snapshot among the paths
        std::vector<std::filesystem::path> directories; ///< whose entries changed; synced after the files
    };

    void addFile(std::shared_ptr<File> file);
    /// A batch that was written at the end of a segment's file.
    void addBatch(std::shared_ptr<File> file, std::uint64_t position, std::size_t sizeBytes);
    void addPath(std::filesystem::path path);
    /// A producer snapshot, by its end offset; its name is synced with `directory`, which it lies in.
    void addSnapshot(const std::filesystem::path& directory, std::filesystem::path path, Offset end);
    void addDirectory(std::filesystem::path directory);
    void publish(Offset end);
    Taken take();
    [[nodiscard]] bool empty() const;

private:
    void addUnique(std::shared_ptr<File> file);
    void addUniqueDirectory(std::filesystem::path directory);
    void noPiece();

    mutable std::mutex m_mutex; // guards m_pending
    Taken m_pending;
};

/// Something that the sync thread can make durable.
class SyncSource : public std::enable_shared_from_this<SyncSource> {
public:
    virtual ~SyncSource() = default;
    /// What is to be synced now. The sync thread's.
    virtual SyncSet::Taken takeUnsynced() = 0;
    /// Whose batches they are. Any thread.
    [[nodiscard]] virtual std::pair<TopicId, Partition> identity() const = 0;
    bool queued = false; ///< the loop thread's: already on its dirty list
};

/// Syncs what a source gave, file by file, and says how far that got. Any thread.
SyncPoint syncTaken(FileSystem& files, std::shared_ptr<SyncSource> source, SyncSet::Taken taken);

} // namespace meshbone::backbone
