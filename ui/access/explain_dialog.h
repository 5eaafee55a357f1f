// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/explain_answers.h"
#include "access/explain_lists.h"
#include "shell/page.h"
#include "widgets/dialog.h"

class QLineEdit;
class QStackedWidget;

namespace meshbone::ui {

class ChangeField;
class EvidenceChoice;
class Label;
class MessageBar;
class Segmented;
class TableView;
class Tabs;

/// "May they, and why?": every check of a client's action with what decides it; who else may; what a principal reaches,
/// also in future; what a change would do. By the decision that the broker makes itself.
class ExplainDialog : public Dialog {
    Q_OBJECT
public:
    /// Both may be empty.
    ExplainDialog(PageContext& context, const QString& principal, const QString& topic, QWidget* parent);
    [[nodiscard]] bool isSettled() const { return m_look != nullptr && m_context.jobs.isIdle(this); }

private:
    void buildQuestion(const QString& principal, const QString& topic);
    void buildAnswers();
    QWidget* buildChange();
    void load();
    struct Loaded {
        DriftLookPtr look;
        ExplainLists lists;
    };
    void loaded(const Result<Loaded>& loaded);
    void preferPrincipal();
    void actChanged();
    void answer();
    void answerChange();
    void tell(int tab, Answer answer);
    [[nodiscard]] Question question() const;

    struct Part {
        MessageBar* verdict = nullptr;
        AnswerModel* model = nullptr;
        TableView* table = nullptr;
    };
    Part addPart(const QString& name, const QString& title, const QList<Column>& columns, QWidget* above = nullptr);

    PageContext& m_context;
    DriftLookPtr m_look;
    LongChoice* m_principal = nullptr;
    LongChoice* m_topic = nullptr;
    Segmented* m_act = nullptr;
    QLineEdit* m_group = nullptr;
    QLineEdit* m_transaction = nullptr;
    QLineEdit* m_host = nullptr;
    QWidget* m_groupField = nullptr;
    QWidget* m_transactionField = nullptr;
    Tabs* m_tabs = nullptr;
    QStackedWidget* m_stack = nullptr;
    ChangeField* m_change = nullptr;
    EvidenceChoice* m_evidence = nullptr;
    Label* m_state = nullptr;
    QList<Part> m_parts;
};

/// Registers "access.explain", which works everywhere and begins with what is selected.
void installExplain(PageContext& context);

} // namespace meshbone::ui
