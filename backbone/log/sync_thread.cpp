// SPDX-License-Identifier: Apache-2.0
#include "log/sync_thread.h"

#include "log/thread_name.h"

#include <algorithm>

namespace meshbone::backbone {

namespace {
constexpr std::size_t kManyLogs = 8; // from here on one sync of the whole file system is faster than one a file
}

SyncThread::SyncThread(FileSystem& files, std::filesystem::path root, std::function<void(std::vector<SyncPoint>)> done)
    : m_files(files)
    , m_root(std::move(root))
    , m_done(std::move(done))
    , m_thread([this] { run(); }) {}

SyncThread::~SyncThread() {
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void SyncThread::submit(std::vector<std::shared_ptr<SyncSource>> sources) {
    {
        const std::lock_guard lock(m_mutex);
        if (m_queue.empty()) {
            m_queue = std::move(sources);
        } else {
            m_queue.insert(m_queue.end(), std::make_move_iterator(sources.begin()),
                           std::make_move_iterator(sources.end()));
            // Bounded by the number of logs: a slow disk must not let the same ones pile up.
            std::ranges::sort(m_queue);
            const auto rest = std::ranges::unique(m_queue);
            m_queue.erase(rest.begin(), rest.end());
        }
    }
    m_changed.notify_all();
}

void SyncThread::waitIdle() {
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_queue.empty() && !m_busy; });
}

void SyncThread::run() {
    nameThread("mb-sync");
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_changed.wait(lock, [this] { return m_stop || !m_queue.empty(); });
        if (m_stop) {
            return;
        }
        std::vector<std::shared_ptr<SyncSource>> batch;
        batch.swap(m_queue);
        m_busy = true;
        lock.unlock();
        auto points = syncAll(batch);
        batch.clear(); // the points hold the logs from here on, so that the loop drops them last
        m_done(std::move(points));
        lock.lock();
        m_busy = false;
        m_changed.notify_all();
    }
}

std::vector<SyncPoint> SyncThread::syncAll(const std::vector<std::shared_ptr<SyncSource>>& sources) {
    std::vector<SyncPoint> points;
    points.reserve(sources.size());
    if (sources.size() < kManyLogs) {
        for (const auto& source : sources) {
            points.push_back(syncTaken(m_files, source, source->takeUnsynced()));
        }
        return points;
    }
    // Everything is taken before the one sync begins, so that it covers all of it.
    std::vector<SyncSet::Taken> taken;
    for (const auto& source : sources) {
        taken.push_back(source->takeUnsynced());
    }
    const bool whole = m_files.syncWhole(m_root).value_or(false);
    for (std::size_t i = 0; i < sources.size(); ++i) {
        // After an error, too, each file is asked for itself: only its own log may fail.
        points.push_back(whole ? SyncPoint{sources[i], taken[i].end, std::nullopt}
                               : syncTaken(m_files, sources[i], std::move(taken[i])));
    }
    return points;
}

} // namespace meshbone::backbone
