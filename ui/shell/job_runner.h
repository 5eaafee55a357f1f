// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/jobs.h>
#include <backbone/types.h>

#include <QList>
#include <QObject>
#include <QPointer>
#include <QString>

#include <functional>
#include <memory>
#include <stop_token>

namespace meshbone::ui {

/// Something that runs, as the status bar shows it.
struct Task {
    quint64 id = 0;
    QString title;
    double fraction = -1; ///< -1: unknown
    bool cancellable = true;
};

struct JobOptions {
    QString title; ///< shown in the status bar once the job has run for half a second; empty: never shown
    QString
        key; ///< a new job of the same owner and key cancels the earlier one and drops its result; empty: no such bond
    bool cancellable = true;
};

/// Handed to the work of a job; may be copied and used from the job's thread.
class JobContext {
public:
    JobContext(std::stop_token stop, std::function<void(double)> report)
        : m_stop(std::move(stop))
        , m_report(std::move(report)) {}
    [[nodiscard]] std::stop_token stopToken() const { return m_stop; }
    [[nodiscard]] bool stopRequested() const { return m_stop.stop_requested(); }
    void progress(double fraction) const { m_report(fraction); }
    /// Options for a blocking call of the interfaces, cancelled with the job.
    [[nodiscard]] CallOptions call(std::chrono::milliseconds timeout = std::chrono::seconds(10)) const {
        return {timeout, m_stop};
    }

private:
    std::stop_token m_stop;
    std::function<void(double)> m_report;
};

/// Runs blocking calls off the GUI thread. Results arrive on the GUI thread, in `done`, unless the owner is gone, the
/// job was cancelled or a newer one of its key has started: then they are dropped. Use from the GUI thread only.
/// Destroying it cancels what runs and waits for it.
class JobRunner : public QObject {
    Q_OBJECT
public:
    explicit JobRunner(QObject* parent = nullptr);
    ~JobRunner() override;

    /// work: (const JobContext&) -> Result<T>, on a thread of the pool; done: (Result<T>), on the GUI thread.
    template <class Work, class Done>
    quint64 run(QObject* owner, const JobOptions& options, Work work, Done done) {
        using R = std::invoke_result_t<Work&, const JobContext&>;
        const auto id = begin(owner, options);
        auto result = std::make_shared<std::optional<R>>();
        start(
            id, [work = std::move(work), result](const JobContext& context) mutable { result->emplace(work(context)); },
            [done = std::move(done), result]() mutable { done(std::move(**result)); });
        return id;
    }

    void cancel(quint64 id);
    [[nodiscard]] QList<Task> visibleTasks() const; ///< oldest first
    /// No job of this owner is under way.
    [[nodiscard]] bool isIdle(const QObject* owner) const;
    [[nodiscard]] qsizetype runningCount() const { return m_jobs.size(); }

signals:
    void tasksChanged();
    void idleChanged();

private:
    struct Job {
        quint64 id = 0;
        QPointer<QObject> owner;
        const QObject* ownerKey = nullptr;
        QString key;
        Task task;
        bool visible = false;
        bool dropped = false;
        std::stop_source stop;
    };
    using JobPointer = std::shared_ptr<Job>;
    quint64 begin(QObject* owner, const JobOptions& options);
    void start(quint64 id, std::move_only_function<void(const JobContext&)> work, std::move_only_function<void()> done);
    void finish(quint64 id, std::move_only_function<void()>& done);
    void drop(const JobPointer& job);
    [[nodiscard]] JobPointer find(quint64 id) const;

    quint64 m_nextId = 1;
    QList<JobPointer> m_jobs;
    std::unique_ptr<backbone::Jobs> m_pool; // last: destroyed first, while the rest is still there
};

} // namespace meshbone::ui
