// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/evidence_run.h"
#include "shell/page.h"
#include "widgets/long_choice.h"

#include <QTimer>

#include <atomic>
#include <memory>

namespace meshbone::ui {

class Button;
class Choice;
class ListPanel;

/// The line above a list with which a person has events of topics looked at: one topic, several or all, which of their
/// events, begin and stop; it says in the list's message how far it is. The job is its owner's. GUI thread.
class ScanLine : public QObject {
    Q_OBJECT
public:
    /// A child of the list, named after it in tests: `name` with "Topic", "Period", "Run" behind it. `allTopics` stands
    /// for all of them.
    ScanLine(PageContext& context, ListPanel* list, const QString& name, const QString& allTopics);
    /// What of each topic is asked for.
    [[nodiscard]] EvidenceWindow window() const;
    /// The topics that are chosen; none: all of them.
    [[nodiscard]] std::vector<std::string> topics() const;
    [[nodiscard]] bool isRunning() const { return m_job != 0; }
    /// Where the job counts the events that were looked at, from when the person has asked for it.
    [[nodiscard]] const std::shared_ptr<std::atomic<std::int64_t>>& count() const { return m_count; }
    void started(quint64 job);
    void ended(); ///< the owner says what came of it; may be told once more than that it started
    /// Empty: it can be run.
    void setReason(const QString& reason);

signals:
    void runAsked(); ///< started() is to be called
    /// A person has stopped it, and it counts as ended: a job that hadn't begun says no more. One that had may still
    /// tell its end.
    void stopped();

private:
    void chooseSeveral();
    void setSeveral(const QStringList& topics);

    PageContext& m_context;
    ListPanel* m_list;
    QString m_allTopics;
    ChoiceItems m_known;   ///< topics by name
    QStringList m_several; ///< that were chosen together
    QString m_before;      ///< what was chosen last of the others; empty: all
    LongChoice* m_topic = nullptr;
    Choice* m_period = nullptr;
    Button* m_run = nullptr;
    QTimer m_ticks;
    std::shared_ptr<std::atomic<std::int64_t>> m_count;
    quint64 m_job = 0; ///< 0: none runs
};

} // namespace meshbone::ui
