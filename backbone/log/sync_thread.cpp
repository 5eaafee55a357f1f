// SPDX-License-Identifier: Apache-2.0
#include "log/sync_thread.h"

#include "log/thread_name.h"

#include <algorithm>

namespace meshbone::backbone {

SyncThread::SyncThread(std::function<void(std::vector<SyncPoint>)> done)
    : m_done(std::move(done))
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
        std::vector<SyncPoint> points;
        points.reserve(batch.size());
        for (const auto& source : batch) {
            points.push_back(source->sync());
        }
        batch.clear(); // the points hold the logs from here on, so that the loop drops them last
        m_done(std::move(points));
        lock.lock();
        m_busy = false;
        m_changed.notify_all();
    }
}

} // namespace meshbone::backbone
