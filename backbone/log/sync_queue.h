// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <backbone/types.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace meshbone::backbone {

class SyncSource;

/// What one sync of one log found: everything below `end` is on the disk, unless `error` says why not.
struct SyncPoint {
    std::shared_ptr<SyncSource> source;
    Offset end{0};
    std::optional<Error> error;
};

/// What a log has written and not synced, handed from the loop thread (add, publish) to the sync thread (take).
///
/// Invariant: a file is added *before* the end offset that its bytes give is published, and take() reads the end
/// offset *before* it takes the files. So whatever an end offset covers is in the files taken with it or before it,
/// and no acknowledgement overtakes its sync.
class SyncSet {
public:
    struct Taken {
        Offset end{0};
        std::vector<std::shared_ptr<File>> files;
        std::vector<std::filesystem::path> paths;       ///< files that nobody has open
        std::vector<std::filesystem::path> directories; ///< whose entries changed; synced after the files
    };

    void addFile(std::shared_ptr<File> file);
    void addPath(std::filesystem::path path);
    void addDirectory(std::filesystem::path directory);
    void publish(Offset end);
    Taken take();
    [[nodiscard]] bool empty() const;

private:
    mutable std::mutex m_mutex; // guards m_pending
    Taken m_pending;
};

/// Something that the sync thread can make durable.
class SyncSource : public std::enable_shared_from_this<SyncSource> {
public:
    virtual ~SyncSource() = default;
    /// What is to be synced now. The sync thread's.
    virtual SyncSet::Taken takeUnsynced() = 0;
    bool queued = false; ///< the loop thread's: already on its dirty list
};

/// Syncs what a source gave, file by file, and says how far that got. Any thread.
SyncPoint syncTaken(FileSystem& files, std::shared_ptr<SyncSource> source, SyncSet::Taken taken);

} // namespace meshbone::backbone
