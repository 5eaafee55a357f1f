// SPDX-License-Identifier: Apache-2.0
#include "log/sync_thread.h"

#include "log/thread_name.h"

#include <algorithm>

namespace meshbone::backbone {

namespace {
constexpr std::size_t kSeveralLogs = 3; // from here on one write of the journal is faster than one sync a file
constexpr std::size_t kManyLogs = 8;    // and one sync of the whole file system
constexpr std::size_t kMaxDebts = 512;  // each keeps a file open
constexpr std::chrono::seconds kPayWhenIdle{2};
} // namespace

SyncThread::SyncThread(FileSystem& files, std::filesystem::path root, SyncJournal& journal,
                       std::function<void(std::vector<SyncPoint>)> done)
    : m_files(files)
    , m_root(std::move(root))
    , m_journal(journal)
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

void SyncThread::settle() {
    std::unique_lock lock(m_mutex);
    m_settle = true;
    m_changed.notify_all();
    m_changed.wait(lock, [this] { return m_queue.empty() && !m_busy && !m_settle; });
}

// Waits for something to do; false when it is to stop. With an empty batch the debts are to be paid.
bool SyncThread::nextTurn(std::unique_lock<std::mutex>& lock, std::vector<std::shared_ptr<SyncSource>>& batch) {
    const auto something = [this] { return m_stop || m_settle || !m_queue.empty(); };
    if (m_debts.empty()) {
        m_changed.wait(lock, something);
    } else {
        m_changed.wait_for(lock, kPayWhenIdle, something);
    }
    batch.swap(m_queue);
    m_busy = true;
    return !m_stop;
}

void SyncThread::run() {
    nameThread("mb-sync");
    std::unique_lock lock(m_mutex);
    for (;;) {
        std::vector<std::shared_ptr<SyncSource>> batch;
        if (!nextTurn(lock, batch)) {
            return;
        }
        lock.unlock();
        std::vector<SyncPoint> points;
        const bool settled = batch.empty();
        if (settled) {
            payDebts(points);
        } else {
            syncAll(batch, points);
        }
        batch.clear(); // the points hold the logs from here on, so that the loop drops them last
        if (!points.empty()) {
            m_done(std::move(points));
        }
        lock.lock();
        m_busy = false;
        m_settle = m_settle && !settled;
        m_changed.notify_all();
    }
}

void SyncThread::syncAll(const std::vector<std::shared_ptr<SyncSource>>& sources, std::vector<SyncPoint>& points) {
    points.reserve(sources.size());
    if (sources.size() < kSeveralLogs) {
        for (const auto& source : sources) {
            points.push_back(syncOne({source, source->takeUnsynced()}, false));
        }
        return;
    }
    // Everything is taken before the one sync begins, so that it covers all of it.
    std::vector<Job> small;
    std::vector<Job> rest;
    for (const auto& source : sources) {
        Job job{source, source->takeUnsynced()};
        (job.taken.piece ? small : rest).push_back(std::move(job));
    }
    if (small.size() < kSeveralLogs || small.size() > kMaxDebts || !writeJournal(small, points)) {
        rest.insert(rest.end(), std::make_move_iterator(small.begin()), std::make_move_iterator(small.end()));
    }
    syncFiles(std::move(rest), points);
}

// False when they are not durable by it.
bool SyncThread::writeJournal(const std::vector<Job>& small, std::vector<SyncPoint>& points) {
    if (!m_journal.ready()) {
        return false;
    }
    std::vector<JournalPiece> pieces;
    pieces.reserve(small.size());
    for (const auto& job : small) {
        const auto [topic, partition] = job.source->identity();
        pieces.push_back({topic, partition, *job.taken.piece});
    }
    auto written = m_journal.write(pieces);
    if (written && !*written && !m_journal.empty()) { // full
        payDebts(points);
        written = m_journal.ready() ? m_journal.write(pieces) : Result<bool>(false);
    }
    if (!written) { // what it had is doubtful, so the files must have it
        payDebts(points);
    }
    if (!written || !*written) {
        return false;
    }
    for (const auto& job : small) {
        auto& debt = m_debts[job.source];
        debt.end = job.taken.end;
        if (std::ranges::find(debt.files, job.taken.piece->file) == debt.files.end()) {
            debt.files.push_back(job.taken.piece->file);
        }
        points.push_back({job.source, job.taken.end, std::nullopt, false});
    }
    if (m_debts.size() > kMaxDebts) {
        payDebts(points);
    }
    return true;
}

void SyncThread::syncFiles(std::vector<Job> jobs, std::vector<SyncPoint>& points) {
    const bool whole = jobs.size() >= kManyLogs && m_files.syncWhole(m_root, SyncEffort::IfCheap).value_or(false);
    for (auto& job : jobs) {
        // After an error, too, each file is asked for itself: only its own log may fail.
        points.push_back(syncOne(std::move(job), whole));
    }
}

// `whole`: the file system was synced after what the job has was taken.
SyncPoint SyncThread::syncOne(Job job, bool whole) {
    if (const auto debt = m_debts.find(job.source); debt != m_debts.end()) {
        // What the journal has of this log goes with it: nothing below `end` is in the journal alone then.
        auto& owed = debt->second.files;
        job.taken.files.insert(job.taken.files.end(), std::make_move_iterator(owed.begin()),
                               std::make_move_iterator(owed.end()));
        m_debts.erase(debt);
    }
    return whole ? SyncPoint{std::move(job.source), job.taken.end, std::nullopt, true, job.taken.snapshot}
                 : syncTaken(m_files, std::move(job.source), std::move(job.taken));
}

void SyncThread::payDebts(std::vector<SyncPoint>& points) {
    std::vector<Job> jobs;
    for (auto& [source, debt] : m_debts) {
        Job job{source, {}};
        job.taken.end = debt.end;
        job.taken.files = std::move(debt.files);
        jobs.push_back(std::move(job));
    }
    m_debts.clear();
    const auto before = points.size();
    syncFiles(std::move(jobs), points);
    const bool failed = std::any_of(points.begin() + static_cast<std::ptrdiff_t>(before), points.end(),
                                    [](const SyncPoint& point) { return point.error.has_value(); });
    if (failed) {
        m_journal.leave(); // the next start takes from it what the files have lost
    } else if (!m_journal.empty()) {
        (void)m_journal.restart(); // fails: it is not used any more
    }
}

} // namespace meshbone::backbone
