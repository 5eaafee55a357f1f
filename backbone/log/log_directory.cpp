// SPDX-License-Identifier: Apache-2.0
#include "log/log_directory.h"

#include "log/background_thread.h"
#include "log/checkpoint_files.h"
#include "log/log_files.h"
#include "log/log_names.h"
#include "log/log_state.h"
#include "log/sync_journal.h"
#include "log/sync_thread.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kManyStale = 10'000;

// Hooks that nobody set do nothing.
LogDirectoryOptions withDefaults(LogDirectoryOptions options) {
    if (options.files == nullptr) {
        options.files = &realFileSystem();
    }
    if (!options.highWatermarkMoved) {
        options.highWatermarkMoved = [](PartitionLog&) {};
    }
    if (!options.failed) {
        options.failed = [](PartitionLog&) {};
    }
    if (!options.warn) {
        options.warn = [](const std::string&) {};
    }
    if (!options.configOf) {
        options.configOf = [shared = std::make_shared<const LogConfig>()](const std::string&) { return shared; };
    }
    return options;
}

} // namespace

LogDirectory::LogDirectory(LogDirectoryOptions options)
    : m_options(withDefaults(std::move(options)))
    , m_files(*m_options.files)
    , m_cache(m_files, m_options.maxOpenFiles)
    , m_context{m_files,
                m_cache,
                m_options.root,
                [this](PartitionLog& log) {
                    if (!log.queued) {
                        log.queued = true;
                        m_dirty.push_back(log.shared_from_this());
                    }
                },
                [this](std::move_only_function<void()> job) {
                    m_background->run([job = std::move(job)](const std::stop_token&) mutable { job(); });
                },
                [this] { m_sync->settle(); },
                m_options.failed,
                m_options.warn}
    , m_self(std::make_shared<LogDirectory*>(this))
    , m_checkpoints(std::make_shared<CheckpointFiles>(m_files, m_options.root))
    , m_journal(std::make_unique<SyncJournal>(m_files, m_options.root, m_options.journalBytes,
                                              [this](auto job) { m_background->run(std::move(job)); }))
    , m_background(std::make_unique<BackgroundThread>())
    , m_sync(std::make_unique<SyncThread>(m_files, m_options.root, *m_journal,
                                          [this](std::vector<SyncPoint> points) { receiveSyncs(std::move(points)); })) {
}

LogDirectory::~LogDirectory() {
    *m_self = nullptr;
    m_sync.reset();
    m_background.reset();
}

PartitionLog* LogDirectory::find(const TopicPartition& name) const {
    const auto found = m_logs.find(name);
    return found == m_logs.end() ? nullptr : found->second.get();
}

std::vector<PartitionLog*> LogDirectory::all() const {
    std::vector<PartitionLog*> logs;
    logs.reserve(m_logs.size());
    for (const auto& [name, log] : m_logs) {
        logs.push_back(log.get());
    }
    return logs;
}

PartitionLog& LogDirectory::adopt(const TopicPartition& name, const TopicId& id,
                                  std::shared_ptr<const LogConfig> config, PartitionLog::Position position) {
    auto log = std::make_shared<PartitionLog>(m_context, name, id, std::move(config), position);
    return *(m_logs[name] = std::move(log));
}

Result<PartitionLog*> LogDirectory::create(const TopicPartition& name, const TopicId& id,
                                           std::shared_ptr<const LogConfig> config, LeaderEpoch epoch) {
    if (find(name) != nullptr) {
        return fail(ErrorCode::AlreadyExists, fmt::format("There is a log {} already.", directoryName(name)));
    }
    const auto directory = m_options.root / directoryName(name);
    // Recovery goes by name: an earlier log's recovery point would make it look for records that never were in this
    // one.
    auto status = m_staleCheckpoints.contains(name) ? writeCheckpointsNow() : Status{};
    if (status) {
        status = m_files.createDirectories(directory);
    }
    if (status && epoch > LeaderEpoch(0)) { // without the file a log is in epoch 0
        LeaderEpochCheckpoint epochs;
        epochs.begin(epoch, Offset(0));
        status = writeEpochs(m_files, directory, epochs);
    }
    if (status) {
        status = writePartitionMetadata(m_files, directory, id);
    }
    if (status) {
        status = m_files.syncDirectory(m_options.root);
    }
    if (!status) {
        (void)m_files.removeTree(directory);
        return std::unexpected(status.error());
    }
    return &adopt(name, id, std::move(config), {Offset(0), Offset(0), Offset(0), epoch});
}

Status LogDirectory::remove(const TopicPartition& name) {
    const auto found = m_logs.find(name);
    if (found == m_logs.end()) {
        return fail(ErrorCode::NotFound, fmt::format("There is no log {}.", directoryName(name)));
    }
    const auto from = m_options.root / directoryName(name);
    // Kafka's spelling: a new log of the same name can be made at once.
    const auto to = m_options.root / fmt::format("{}.{}{}", directoryName(name), TopicId::random().toString(),
                                                 log_name::kDeleteDirectory);
    auto status = m_files.rename(from, to);
    if (!status) {
        return status;
    }
    found->second->m_state.reset(); // its files belong to this thread's cache, whoever drops the log last
    m_staleCheckpoints.insert(name);
    m_logs.erase(found); // `name` may have been the log's own
    if (m_staleCheckpoints.size() > kManyStale) {
        (void)writeCheckpointsNow(); // else with the next log of such a name
    }
    status = m_files.syncDirectory(m_options.root);
    m_context.later([&files = m_files, to] { (void)files.removeTree(to); });
    return status;
}

void LogDirectory::endTurn() {
    if (m_dirty.empty()) {
        return;
    }
    for (const auto& source : m_dirty) {
        source->queued = false;
    }
    m_sync->submit(std::move(m_dirty));
    m_dirty.clear();
}

// On the sync thread.
void LogDirectory::receiveSyncs(std::vector<SyncPoint> points) {
    bool wake = false;
    {
        const std::lock_guard lock(m_arrivedMutex);
        wake = m_arrived.empty() && m_calls.empty();
        m_arrived.insert(m_arrived.end(), std::make_move_iterator(points.begin()),
                         std::make_move_iterator(points.end()));
    }
    if (wake) {
        wakeLoop();
    }
}

// On the background thread.
void LogDirectory::onLoop(std::move_only_function<void()> call) {
    {
        const std::lock_guard lock(m_arrivedMutex);
        m_calls.push_back(std::move(call));
    }
    wakeLoop();
}

void LogDirectory::wakeLoop() {
    if (m_options.post) {
        m_options.post([self = m_self] {
            if (*self != nullptr) {
                (*self)->applyArrived();
            }
        });
    }
}

void LogDirectory::applyArrived() {
    std::vector<SyncPoint> points;
    std::vector<std::move_only_function<void()>> calls;
    {
        const std::lock_guard lock(m_arrivedMutex);
        points.swap(m_arrived);
        calls.swap(m_calls);
    }
    for (const auto& point : points) {
        auto& log = static_cast<PartitionLog&>(*point.source);
        // A log that was removed meanwhile has nobody waiting; its name may belong to a new one.
        if (find(log.name()) == &log && log.applySync(point)) {
            m_options.highWatermarkMoved(log);
        }
    }
    for (auto& call : calls) {
        call();
    }
}

void LogDirectory::drain() {
    for (bool more = true; more;) {
        endTurn();
        m_sync->waitIdle();
        m_background->waitIdle();
        applyArrived();
        const std::lock_guard lock(m_arrivedMutex);
        more = !m_dirty.empty() || !m_arrived.empty() || !m_calls.empty() || !m_background->idle();
    }
}

} // namespace meshbone::backbone
