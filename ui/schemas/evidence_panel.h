// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/evidence_model.h"
#include "shell/page.h"

#include <QTimer>

#include <atomic>
#include <memory>

class QLineEdit;

namespace meshbone::ui {

class Choice;
class Label;
class ListPanel;

/// The verdict of a topic's real events on a schema that isn't registered yet: they are read in a job when a person
/// asks for it, and what failed can be looked at. GUI thread.
class EvidencePanel : public QWidget {
    Q_OBJECT
public:
    explicit EvidencePanel(PageContext& context, QWidget* parent = nullptr);
    /// What is tried, and for which subject; null: the text can't be parsed. What was found for another text goes.
    void setCandidate(const catalog::ParsedSchemaPtr& candidate, const QString& subject);
    [[nodiscard]] bool isRunning() const { return m_job != 0; }

signals:
    void finished(); ///< a run has ended, with whatever came of it

private:
    void buildTools();
    void forget();
    void updateTools();
    void run();
    void show(const Result<EvidenceFound>& found, const EvidenceWindow& window);
    void openSamples(int row);
    [[nodiscard]] std::string topic() const;
    [[nodiscard]] QString whyNot() const;
    /// What is chosen; InvalidArgument where a time can't be read.
    [[nodiscard]] Result<EvidenceWindow> window() const;

    PageContext& m_context;
    catalog::ParsedSchemaPtr m_candidate;
    QString m_subject;
    EvidenceModel m_model;
    std::shared_ptr<std::atomic<std::int64_t>> m_read; ///< events that the job has looked at
    quint64 m_job = 0;                                 ///< 0: none runs
    bool m_isForgotten = false;                        ///< what runs is of an earlier text
    QTimer m_ticks;                                    ///< shows how far it is
    Choice* m_period = nullptr;
    QLineEdit* m_from = nullptr;
    QLineEdit* m_to = nullptr;
    Button* m_run = nullptr;
    ListPanel* m_list = nullptr;
};

} // namespace meshbone::ui
