// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/schema_verbs.h"
#include "schemas/unused_model.h"
#include "shell/page.h"
#include "widgets/dialog.h"

namespace meshbone::ui {

class Label;
class ListPanel;
class ScanLine;

/// The versions that nobody was seen using, each with why; what that rests on stands below, and events are looked at
/// when a person asks for it, in a job that can be stopped. Not modal: what it names can be looked at meanwhile.
/// GUI thread.
class UnusedDialog : public Dialog {
    Q_OBJECT
public:
    /// `answer`: what was found before; null: nothing was asked yet.
    UnusedDialog(PageContext& context, const UsageAnswerPtr& answer, QWidget* parent = nullptr);
    [[nodiscard]] bool isSettled() const { return m_context.jobs.isIdle(this); }

signals:
    void answered(const UsageAnswerPtr& answer);
    /// `unsure`: of so many of them not all events were looked at.
    void deleteAsked(const std::vector<VersionKey>& versions, int unsure);

private:
    /// With its rows, which are many: made in the job.
    struct Found {
        UsageAnswerPtr answer;
        std::vector<UnusedRow> rows;
    };
    void buildList();
    void ask(const std::optional<EvidenceWindow>& window);
    void showAnswer(Result<Found> found);
    void askDelete();
    void updateVerb();
    void openSubject(const QString& subject);
    [[nodiscard]] std::vector<VersionKey> chosen() const;

    PageContext& m_context;
    UsageAnswerPtr m_answer;
    catalog::SchemaBookPtr m_askedBook; ///< that the job works on, or worked on last
    UnusedModel m_model;
    ListPanel* m_list = nullptr;
    ScanLine* m_scan = nullptr;
    Label* m_coverage = nullptr;
    Button* m_delete = nullptr;
};

} // namespace meshbone::ui
