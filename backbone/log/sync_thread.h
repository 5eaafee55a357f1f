// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/sync_journal.h"
#include "log/sync_queue.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace meshbone::backbone {

/// The thread "mb-sync": for ever takes the whole dirty set, syncs each log of it, and hands over what it synced as
/// one message. No timer and no minimum: what arrives during a sync rides with the next, which is the group commit.
///
/// One or two logs are synced each for itself. Small batches of more logs than that go into the journal, by one write
/// and one sync; their files are a debt then, which is paid when the journal is full or there is nothing to do. Many
/// logs with much to be synced are synced by one call for the whole file system, where that is cheap.
///
/// Invariant: while the journal has the only durable copy of a batch, its file is in the debt; the journal begins anew
/// only when nothing is.
class SyncThread {
public:
    /// `done` is called on the sync thread. `root` is where the files are. `journal` must outlive it, and is its own.
    SyncThread(FileSystem& files, std::filesystem::path root, SyncJournal& journal,
               std::function<void(std::vector<SyncPoint>)> done);
    SyncThread(const SyncThread&) = delete;
    SyncThread& operator=(const SyncThread&) = delete;
    ~SyncThread(); ///< stops after the sync in progress; what is still queued is not synced

    /// Any thread; one lock, one notify. A log that is submitted twice before its turn is synced once.
    void submit(std::vector<std::shared_ptr<SyncSource>> sources);
    /// Returns when everything submitted before has been synced and handed over.
    void waitIdle();
    /// The same, and then all logs have in their own files what the journal had for them, and it is empty.
    void settle();

private:
    struct Debt {
        std::vector<std::shared_ptr<File>> files;
        Offset end{0}; ///< what the log has synced once they are
    };
    struct Job {
        std::shared_ptr<SyncSource> source;
        SyncSet::Taken taken;
    };

    void run();
    bool nextTurn(std::unique_lock<std::mutex>& lock, std::vector<std::shared_ptr<SyncSource>>& batch);
    void syncAll(const std::vector<std::shared_ptr<SyncSource>>& sources, std::vector<SyncPoint>& points);
    bool writeJournal(const std::vector<Job>& small, std::vector<SyncPoint>& points);
    void syncFiles(std::vector<Job> jobs, std::vector<SyncPoint>& points);
    SyncPoint syncOne(Job job, bool whole);
    void payDebts(std::vector<SyncPoint>& points);

    FileSystem& m_files;
    std::filesystem::path m_root;
    SyncJournal& m_journal;
    std::function<void(std::vector<SyncPoint>)> m_done;
    std::map<std::shared_ptr<SyncSource>, Debt> m_debts; // the sync thread's
    std::mutex m_mutex;                                  // guards the next five
    std::condition_variable m_changed;
    std::vector<std::shared_ptr<SyncSource>> m_queue;
    bool m_busy = false;
    bool m_settle = false;
    bool m_stop = false;
    std::thread m_thread; // last: it uses all of the above
};

} // namespace meshbone::backbone
