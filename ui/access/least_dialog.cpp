// SPDX-License-Identifier: Apache-2.0
#include "access/least_dialog.h"

#include "access/drift_words.h"
#include "access/evidence_choice.h"
#include "access/period_choice.h"
#include "access/plan_undo.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>

#include <algorithm>
#include <numeric>

namespace meshbone::ui {

namespace {

constexpr QSize kLeastSize{1240, 760};
constexpr int kUsualLeastDays = 30;
constexpr int kLeastRowHeight = 30;

} // namespace

LeastDialog::LeastDialog(PageContext& context, QWidget* parent)
    : Dialog(tr("Least Privilege"),
             tr("The least that would have let through all that was seen. Take the cuts that are right; nothing is "
                "changed until a plan of them is applied."),
             parent)
    , m_context(context) {
    setObjectName(QStringLiteral("leastDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(kLeastSize);
    setCancelText(tr("Close"));
    buildHead();
    buildLists();
    buildFoot();
    connect(&PlanUndo::of(context), &PlanUndo::changed, this, &LeastDialog::load);
    load();
}

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
    connect(m_tabs, &Tabs::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
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

void LeastDialog::load() {
    m_cuts->setLoading(true, tr("Reading ACLs, grants and what was seen…"));
    m_context.jobs.run(
        this, {.title = tr("Reading ACLs and grants"), .key = QStringLiteral("look")},
        [&services = m_context.services](const JobContext& job) { return lookForDrift(services, {}, job); },
        [this](Result<DriftLookPtr> look) {
            if (!look) {
                showNothing(Tone::Danger, tr("What stands can't be read."), text(look.error().message));
                return;
            }
            m_look = std::move(*look);
            m_evidence->setLook(m_look); // which computes
        });
}

void LeastDialog::compute() {
    if (!m_evidence->look()) {
        return;
    }
    m_cuts->setLoading(true, tr("Computing what would be enough…"));
    m_context.jobs.run(
        this, {.title = tr("Computing the least privilege"), .key = QStringLiteral("least")},
        [look = m_evidence->look(), period = m_period->period(),
         catalog = m_context.services.catalog](const JobContext&) -> Result<Computed> {
            if (!period) {
                return std::unexpected(period.error());
            }
            auto answer = leastOf(*catalog, look, *period);
            if (!answer) {
                return std::unexpected(answer.error());
            }
            return Computed{*answer, leastRows(**answer), leftAloneRows(**answer)};
        },
        [this](Result<Computed> computed) {
            if (computed) {
                showAnswer(std::move(*computed));
            } else {
                showNothing(Tone::Warn, tr("What would be enough isn't known."), text(computed.error().message));
            }
        });
}

void LeastDialog::showAnswer(Computed computed) {
    const auto& plan = computed.answer->plan;
    auto ground = evidenceGround(computed.answer->look->evidence, plan.coverage);
    for (const auto& note : computed.answer->notes) {
        ground += u' ' + text(note);
    }
    m_coverage->setText(ground);
    const auto prefixes = std::ranges::count_if(plan.prefixes, [](const auto& one) { return !one.opens.empty(); });
    auto detail = prefixes == 0 ? tr("No prefix would open anything that is closed now.")
                                : tr("%n prefix(es) would newly open topics: see “Newly opens”.", nullptr,
                                     static_cast<int>(prefixes));
    m_verdict->say(plan.remove.empty() ? Tone::Ok : Tone::Neutral,
                   plan.remove.empty() ? tr("Nothing to cut.")
                                       : tr("%n right(s) could go, and all that was seen would still get through.",
                                            nullptr, static_cast<int>(plan.remove.size())),
                   detail);
    m_tabs->setCounter(0, formatCount(static_cast<qint64>(computed.rows.size())));
    m_tabs->setCounter(1, formatCount(static_cast<qint64>(computed.leftAlone.size())));
    m_leftAlone->setRows(std::move(computed.leftAlone));
    m_model->setAnswer(std::move(computed.answer), std::move(computed.rows));
    m_cuts->setLoading(false);
}

void LeastDialog::showNothing(Tone tone, const QString& sentence, const QString& detail) {
    m_verdict->say(tone, sentence, detail);
    m_coverage->setText({});
    m_tabs->setCounter(0, {});
    m_tabs->setCounter(1, {});
    m_leftAlone->setRows({});
    m_model->setAnswer(nullptr, {});
    m_cuts->setLoading(false);
}

void LeastDialog::countTaken() {
    if (m_plan == nullptr) {
        return;
    }
    const auto all = m_model->rowCount();
    m_count->setText(
        all == 0 ? QString()
                 : tr("%1 of %n cut(s) taken.", nullptr, all).arg(formatCount(static_cast<qint64>(m_model->taken()))));
    const auto reason = all == 0                ? tr("There is nothing to cut.")
                        : m_model->taken() == 0 ? tr("No cut is taken.")
                                                : QString();
    m_plan->setReason(reason);
    m_save->setReason(reason);
}

/// All of them become alike: left only where all were taken.
void LeastDialog::toggle(const QList<int>& rows) {
    const auto isTaken = [this](int row) { return m_model->isTaken(row); };
    m_model->take(rows, !std::ranges::all_of(rows, isTaken));
}

void LeastDialog::takeAll(bool taken) {
    QList<int> rows(m_model->rowCount());
    std::iota(rows.begin(), rows.end(), 0);
    m_model->take(rows, taken);
}

bool LeastDialog::isByLog() const {
    return m_model->answer() && m_model->answer()->look != m_look;
}

} // namespace meshbone::ui
