// SPDX-License-Identifier: Apache-2.0
// What the dialog of least privilege is put together from.
#include "access/evidence_choice.h"
#include "access/least_dialog.h"
#include "access/period_choice.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>

namespace meshbone::ui {

namespace {

constexpr int kUsualLeastDays = 30;
constexpr int kLeastRowHeight = 30;

} // namespace

void LeastDialog::buildHead() {
    m_period = new PeriodField(tr("Over how much of what was seen"), kUsualLeastDays, QStringLiteral("leastDays"));
    m_period->setToolTip(tr("What wasn't used in this time can be cut. Grants that are younger are left alone."));
    m_evidence = new EvidenceChoice(m_context.jobs);
    auto* row = new QHBoxLayout;
    row->setSpacing(10);
    row->addWidget(new Label(tr("Seen in"), TextStyle::Secondary, Token::Text2));
    row->addWidget(m_period);
    row->addWidget(m_evidence, 1);
    content()->addLayout(row);
    m_coverage = new Label({}, TextStyle::Secondary, Token::Text2);
    m_coverage->setObjectName(QStringLiteral("leastCoverage"));
    m_coverage->setWordWrap(true);
    content()->addWidget(m_coverage);
    m_outcome = new MessageBar;
    m_outcome->setObjectName(QStringLiteral("leastOutcome"));
    m_outcome->hide();
    content()->addWidget(m_outcome);
    m_verdict = new MessageBar;
    m_verdict->setObjectName(QStringLiteral("leastVerdict"));
    content()->addWidget(m_verdict);
    connect(m_period, &PeriodField::changed, this, &LeastDialog::compute);
    connect(m_evidence, &EvidenceChoice::changed, this, &LeastDialog::compute);
}

void LeastDialog::buildLists() {
    m_tabs = new Tabs(tr("Parts of the answer"));
    m_tabs->setObjectName(QStringLiteral("leastTabs"));
    m_tabs->addTab(tr("Cuts"));
    m_tabs->addTab(tr("Left alone"));
    m_stack = new QStackedWidget;
    m_stack->addWidget(buildCuts());
    m_stack->addWidget(buildLeftAlone());
    content()->addWidget(m_tabs);
    content()->addWidget(m_stack, 1);
    connect(m_tabs, &Tabs::currentChanged, this, [this](int tab) {
        m_stack->setCurrentIndex(tab);
        showLeftAlone();
    });
}

ListPanel* LeastDialog::buildCuts() {
    m_model = new LeastModel(this);
    m_cuts = new ListPanel(QStringLiteral("leastCuts"));
    m_cuts->table()->setAccessibleName(tr("Cuts"));
    m_cuts->table()->setRowHeight(kLeastRowHeight);
    m_cuts->setSource(m_model);
    m_cuts->emptyView()->setMessage(QStringLiteral("shield"), tr("Nothing to cut"),
                                    tr("What stands is used, or is left alone for the reasons beside."));
    m_cuts->setContextMenu([this](QMenu& menu) {
        menu.addAction(tr("Take or Leave"), this, [this] { toggle(m_cuts->selectedSourceRows()); });
        menu.addAction(tr("Take All"), this, [this] { takeAll(true); });
        menu.addAction(tr("Leave All"), this, [this] { takeAll(false); });
    });
    connect(m_cuts, &ListPanel::activated, this, [this](int row) { toggle({row}); });
    connect(m_model, &LeastModel::takenChanged, this, &LeastDialog::countTaken);
    return m_cuts;
}

ListPanel* LeastDialog::buildLeftAlone() {
    m_leftAlone = new AnswerModel(leftAloneColumns(), this);
    auto* list = new ListPanel(QStringLiteral("leastLeftAlone"));
    list->table()->setAccessibleName(tr("Left alone"));
    list->table()->setRowHeight(kLeastRowHeight);
    list->setSource(m_leftAlone);
    list->emptyView()->setMessage(QStringLiteral("shield"), tr("Nothing is left alone"),
                                  tr("All that stands was judged by what was seen."));
    return list;
}

void LeastDialog::buildFoot() {
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    const auto add = [&](const QString& title, const QString& name, auto run) {
        auto* button = new Button(title, ButtonKind::Plain);
        button->setObjectName(name);
        button->setAutoDefault(false);
        connect(button, &QPushButton::clicked, this, run);
        row->addWidget(button);
        return button;
    };
    auto* toggleButton =
        add(tr("Take or Leave"), QStringLiteral("leastToggle"), [this] { toggle(m_cuts->selectedSourceRows()); });
    toggleButton->setToolTip(tr("Of the rows that are selected; so does Enter."));
    add(tr("Take All"), QStringLiteral("leastTakeAll"), [this] { takeAll(true); });
    add(tr("Leave All"), QStringLiteral("leastLeaveAll"), [this] { takeAll(false); });
    m_count = new Label({}, TextStyle::Secondary, Token::Text2);
    m_count->setObjectName(QStringLiteral("leastCount"));
    row->addWidget(m_count, 1);
    m_save = add(tr("Save as File…"), QStringLiteral("leastSave"), [this] { save(); });
    m_save->setToolTip(tr("As access code, to be reviewed, planned and applied."));
    content()->addLayout(row);
    m_plan = addVerb(tr("Show as a Plan…"));
    connect(m_plan, &QPushButton::clicked, this, &LeastDialog::plan);
    countTaken();
}

} // namespace meshbone::ui
