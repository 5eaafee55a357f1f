// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "shell/services.h"

#include <catalog/schema_book.h>

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace meshbone::ui {

/// All schemas of the registry, as they were read last, brought to the GUI thread. Read when the window starts, when
/// the registry tells of a change, at reload(), and every half minute where nobody tells (a registry of somebody
/// else's). Lives as long as the window.
class SchemaFeed : public QObject {
    Q_OBJECT
public:
    SchemaFeed(Services& services, JobRunner& jobs, QObject* parent = nullptr);
    ~SchemaFeed() override;

    [[nodiscard]] const catalog::SchemaBookPtr& book() const {
        return m_book;
    }                                                          ///< never null; empty before it was read
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; } ///< it was read at least once
    /// Why there is nothing, or nothing newer; empty: all is well.
    [[nodiscard]] QString problem() const { return m_problem; }
    [[nodiscard]] catalog::SchemaRegistry* registry() const { return m_services.schemas; } ///< null: there is none
    /// What is wrong with the topic of the schemas, and what to do about it; empty: nothing, or the registry can't
    /// tell.
    [[nodiscard]] QString contradiction() const { return m_contradiction; }
    void reload();

signals:
    void changed(); ///< another book, or another problem

private:
    void scheduleReload();

    Services& m_services;
    JobRunner& m_jobs;
    catalog::SchemaBookPtr m_book;
    QString m_problem;
    bool m_isLoaded = false;
    QTimer m_settle; ///< gathers what comes in one burst
    QElapsedTimer m_asked;
    QTimer m_again;
    QString m_contradiction;
    Subscription m_changes; // last: ended first
};

} // namespace meshbone::ui
