// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/sync_queue.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace meshbone::backbone {

/// The thread "mb-sync": for ever takes the whole dirty set, syncs each log of it, and hands over what it synced as
/// one message. Many logs at once are synced by one call for the whole file system, where that is cheap (one journal
/// commit instead of one a file). No timer and no minimum: what arrives during a sync rides with the next, which is the
/// group commit.
class SyncThread {
public:
    /// `done` is called on the sync thread. `root` is where the files are.
    SyncThread(FileSystem& files, std::filesystem::path root, std::function<void(std::vector<SyncPoint>)> done);
    SyncThread(const SyncThread&) = delete;
    SyncThread& operator=(const SyncThread&) = delete;
    ~SyncThread(); ///< stops after the sync in progress; what is still queued is not synced

    /// Any thread; one lock, one notify. A log that is submitted twice before its turn is synced once.
    void submit(std::vector<std::shared_ptr<SyncSource>> sources);
    /// Returns when everything submitted before has been synced and handed over.
    void waitIdle();

private:
    void run();
    std::vector<SyncPoint> syncAll(const std::vector<std::shared_ptr<SyncSource>>& sources);

    FileSystem& m_files;
    std::filesystem::path m_root;
    std::function<void(std::vector<SyncPoint>)> m_done;
    std::mutex m_mutex; // guards the next four
    std::condition_variable m_changed;
    std::vector<std::shared_ptr<SyncSource>> m_queue;
    bool m_busy = false;
    bool m_stop = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace meshbone::backbone
