// SPDX-License-Identifier: Apache-2.0
#include "shell/job_runner.h"

#include <QMetaObject>
#include <QTimer>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kShowAfterMs = 500; // what is over sooner would only flicker in the status bar
constexpr std::size_t kThreads = 6;
constexpr std::size_t kMaxQueued = 1024;
constexpr int kNiceness = 5; // what a person does in the window comes first
} // namespace

JobRunner::JobRunner(QObject* parent)
    : QObject(parent)
    , m_pool(std::make_unique<backbone::Jobs>(kThreads, kMaxQueued, kNiceness)) {}

JobRunner::~JobRunner() {
    for (const auto& job : m_jobs) {
        job->stop.request_stop();
    }
    m_pool.reset();
}

quint64 JobRunner::begin(QObject* owner, const JobOptions& options) {
    if (!options.key.isEmpty()) {
        for (const auto& other : QList(m_jobs)) {
            if (other->ownerKey == owner && other->key == options.key) {
                drop(other);
            }
        }
    }
    auto job = std::make_shared<Job>();
    job->id = m_nextId++;
    job->owner = owner;
    job->ownerKey = owner;
    job->key = options.key;
    job->task = {job->id, options.title, -1, options.cancellable};
    m_jobs.append(job);
    if (!options.title.isEmpty()) {
        QTimer::singleShot(kShowAfterMs, this, [this, id = job->id] {
            if (const auto found = find(id)) {
                found->visible = true;
                emit tasksChanged();
            }
        });
    }
    return job->id;
}

void JobRunner::start(quint64 id, std::move_only_function<void(const JobContext&)> work,
                      std::move_only_function<void()> done) {
    const auto job = find(id);
    const auto report = [this, id](double fraction) {
        QMetaObject::invokeMethod(
            this,
            [this, id, fraction] {
                if (const auto found = find(id)) {
                    found->task.fraction = fraction;
                    emit tasksChanged();
                }
            },
            Qt::QueuedConnection);
    };
    const JobContext context(job->stop.get_token(), report);
    auto finished = std::make_shared<std::move_only_function<void()>>(std::move(done));
    auto ran = std::make_shared<bool>(false);
    m_pool->run(
        [work = std::move(work), context, ran](std::stop_token) mutable -> Status {
            if (!context.stopRequested()) {
                work(context);
                *ran = true;
            }
            return {};
        },
        [this, id, finished, ran](const Status&) {
            QMetaObject::invokeMethod(
                this,
                [this, id, finished, ran] {
                    if (!*ran) {
                        if (const auto found = find(id)) {
                            found->dropped = true; // it never began: there is no result to hand over
                        }
                    }
                    finish(id, *finished);
                },
                Qt::QueuedConnection);
        });
}

void JobRunner::finish(quint64 id, std::move_only_function<void()>& done) {
    const auto job = find(id);
    if (!job) {
        return;
    }
    m_jobs.removeOne(job);
    if (!job->dropped && job->owner != nullptr) {
        done();
    }
    if (job->visible) {
        emit tasksChanged();
    }
    emit idleChanged();
}

void JobRunner::drop(const JobPointer& job) {
    job->dropped = true;
    job->key.clear();
    job->ownerKey = nullptr; // its owner no longer waits for it
    job->stop.request_stop();
}

void JobRunner::cancel(quint64 id) {
    // The work sees the stop request and answers with Cancelled, which its owner is told.
    if (const auto job = find(id)) {
        job->stop.request_stop();
    }
}

QList<Task> JobRunner::visibleTasks() const {
    QList<Task> tasks;
    for (const auto& job : m_jobs) {
        if (job->visible && !job->dropped) {
            tasks << job->task;
        }
    }
    return tasks;
}

bool JobRunner::isIdle(const QObject* owner) const {
    return std::ranges::none_of(m_jobs, [owner](const JobPointer& job) { return job->ownerKey == owner; });
}

JobRunner::JobPointer JobRunner::find(quint64 id) const {
    const auto found = std::ranges::find_if(m_jobs, [id](const JobPointer& job) { return job->id == id; });
    return found == m_jobs.end() ? nullptr : *found;
}

} // namespace meshbone::ui
