// SPDX-License-Identifier: Apache-2.0
#include "access/plan_panel.h"

#include "access/drift_words.h"
#include "access/finding_editor.h"
#include "access/plan_words.h"
#include "widgets/button.h"
#include "widgets/chip.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"

#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kPanelMargin = 16;

/// A small heading above lines, with something at the right.
QWidget* lineHead(const QString& title, QWidget* right) {
    auto* head = new QWidget;
    auto* row = new QHBoxLayout(head);
    row->setContentsMargins(kPanelMargin, 12, kPanelMargin, 6);
    row->addWidget(new Label(title, TextStyle::SmallStrong, Token::Text2));
    row->addStretch(1);
    if (right != nullptr) {
        row->addWidget(right);
    }
    return head;
}

} // namespace

PlanPanel::PlanPanel(PageContext& context, QWidget* parent)
    : Ground(Token::Surface, Qt::LeftEdge, parent)
    , m_context(context) {
    setObjectName(QStringLiteral("planPanel"));
    setAccessibleName(tr("Plan"));
    setMinimumWidth(380);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(buildHead());
    layout->addWidget(new Rule);
    m_editor = new FindingEditor(context);
    layout->addWidget(m_editor);
    layout->addWidget(new Rule);
    layout->addWidget(buildLines(), 1);
    layout->addWidget(new Rule);
    layout->addWidget(buildFoot());
    connect(m_editor, &FindingEditor::chosen, this, [this](std::size_t finding, const DriftChoice& choice) {
        m_choices.choose(m_look->findings[finding], choice);
        compute();
        emit choicesChanged();
    });
    connect(m_editor, &FindingEditor::left, this, [this](std::size_t finding) {
        m_choices.leave(m_look->findings[finding]);
        compute();
        emit choicesChanged();
    });
    showEffect();
}

QWidget* PlanPanel::buildHead() {
    auto* head = new QWidget;
    auto* layout = new QVBoxLayout(head);
    layout->setContentsMargins(kPanelMargin, 10, kPanelMargin, 10);
    layout->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new Label(tr("Plan"), TextStyle::DetailTitle));
    m_count = new Chip({});
    m_count->setObjectName(QStringLiteral("planCount"));
    row->addWidget(m_count);
    row->addStretch(1);
    m_hash = new Label({}, TextStyle::Mono, Token::Text2);
    m_hash->setObjectName(QStringLiteral("planHash"));
    row->addWidget(m_hash);
    layout->addLayout(row);
    layout->addWidget(new Label(tr("Nothing is changed until it is applied; one undo restores all of it."),
                                TextStyle::Secondary, Token::Text2));
    return head;
}

QWidget* PlanPanel::buildLines() {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    auto* inner = new QWidget;
    inner->setAutoFillBackground(false);
    auto* layout = new QVBoxLayout(inner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_clusterCounts = new Label({}, TextStyle::Mono);
    m_clusterCounts->setObjectName(QStringLiteral("clusterCounts"));
    m_clusterHead = lineHead(tr("Changes on the backbone"), m_clusterCounts);
    m_cluster = new PlanLines(tr("Changes on the backbone"));
    m_cluster->setObjectName(QStringLiteral("clusterLines"));
    m_catalogHead = lineHead(tr("Changes in the catalog"), nullptr);
    m_catalog = new PlanLines(tr("Changes in the catalog"));
    m_catalog->setObjectName(QStringLiteral("catalogLines"));
    m_nothing = new Label({}, TextStyle::Body, Token::Text2);
    m_nothing->setObjectName(QStringLiteral("planNothing"));
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(kPanelMargin, 12, kPanelMargin, 12);
    for (auto* widget : {m_clusterHead, static_cast<QWidget*>(m_cluster), m_catalogHead,
                         static_cast<QWidget*>(m_catalog), static_cast<QWidget*>(m_nothing)}) {
        layout->addWidget(widget);
    }
    m_simulated = new QWidget;
    auto* box = new QVBoxLayout(m_simulated);
    box->setContentsMargins(kPanelMargin, 14, kPanelMargin, 14);
    box->setSpacing(8);
    m_period = new PeriodField(tr("Simulate over"), kUsualDays, QStringLiteral("planDays"), Qt::Vertical);
    m_period->setToolTip(tr("Over how much of what was seen the plan is simulated."));
    connect(m_period, &PeriodField::changed, this, &PlanPanel::compute);
    auto* over = new QHBoxLayout;
    over->addWidget(new Label(tr("Simulated over"), TextStyle::SmallStrong, Token::Text2));
    over->addStretch(1);
    over->addWidget(m_period);
    box->addLayout(over);
    m_refusal = new MessageBar;
    m_refusal->setObjectName(QStringLiteral("planRefusal"));
    m_verdict = new MessageBar;
    m_verdict->setObjectName(QStringLiteral("planVerdict"));
    box->addWidget(m_refusal);
    box->addWidget(m_verdict);
    layout->addWidget(m_simulated);
    layout->addStretch(1);
    scroll->setWidget(inner);
    return scroll;
}

QWidget* PlanPanel::buildFoot() {
    auto* foot = new QWidget;
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(kPanelMargin, 12, kPanelMargin, 12);
    row->setSpacing(8);
    row->addWidget(m_context.commands.makeButton(QStringLiteral("access.savePlan"), foot));
    row->addStretch(1);
    m_apply = m_context.commands.makeButton(QStringLiteral("access.applyPlan"), foot);
    m_apply->setKind(ButtonKind::Primary);
    row->addWidget(m_apply);
    return foot;
}

void PlanPanel::setLook(DriftLookPtr look, const QString& reason) {
    m_look = std::move(look);
    m_reason = reason;
    m_effect.reset();
    if (m_look) {
        m_choices.keepOnly(*m_look);
    } else {
        m_choices.clear();
        m_editor->showNothing();
    }
    compute();
}

void PlanPanel::open(std::optional<std::size_t> finding) {
    if (!m_look || !finding) {
        m_editor->showNothing();
        return;
    }
    m_editor->show(m_look, *finding, m_choices.of(m_look->findings[*finding]));
}

void PlanPanel::compute() {
    showHead();
    if (!m_look) {
        showEffect();
        return;
    }
    const auto typed = m_period->period();
    const auto over = typed ? *typed : m_over; // what is still being typed keeps no plan from being made
    sayPeriod();
    m_context.jobs.run(
        this, {.title = {}, .key = QStringLiteral("plan")},
        [look = m_look, mends = m_choices.mends(*m_look), over](const JobContext&) {
            return tryPlan(*look, mends, over);
        },
        [this, over](Result<PlanEffect> effect) {
            m_over = over;
            m_effect.reset();
            if (effect) {
                m_effect = makeFreedBeside<PlanEffect>(std::move(*effect));
            } else {
                m_reason = text(effect.error().message);
            }
            showEffect();
        });
}

/// What is typed isn't a period: over which one it is simulated is said again when it is.
void PlanPanel::sayPeriod() {
    if (const auto typed = m_period->period(); m_look && !typed) {
        m_verdict->say(Tone::Warn, text(typed.error().message));
    }
}

void PlanPanel::showHead() {
    const auto all = m_look ? m_look->findings.size() : 0;
    m_count->setVisible(all > 0);
    m_count->setChip({tr("%1 of %n finding(s)", nullptr, static_cast<int>(all))
                          .arg(formatCount(static_cast<qint64>(m_look ? m_choices.count(*m_look) : 0))),
                      Tone::Neutral,
                      {},
                      {}});
}

void PlanPanel::showEffect() {
    showHead();
    const bool has = m_effect && m_look && !m_effect->plan.isEmpty();
    const auto shown = has ? m_effect->shown : PlanShown{};
    m_apply->setText(shown.changes == 0 ? tr("Apply…")
                                        : tr("Apply %n change(s)…", nullptr, static_cast<int>(shown.changes)));
    m_hash->setText(has ? QStringLiteral("sha256:") + shortHash(shown.hash.toStdString()) : QString());
    m_clusterCounts->setText(has ? signedCounts(m_effect->plan.cluster) : QString());
    for (const auto& [head, list, lines] : {std::tuple(m_clusterHead, m_cluster, shown.onCluster),
                                            std::tuple(m_catalogHead, m_catalog, shown.inCatalog)}) {
        head->setVisible(lines && !lines->empty());
        list->setVisible(lines && !lines->empty());
        list->setLines(lines);
    }
    m_nothing->setVisible(!has);
    m_nothing->setText(!m_look ? m_reason
                               : tr("Nothing is planned yet. What is missing or has ended comes here by itself; choose "
                                    "an act for what a person has to judge."));
    m_simulated->setVisible(has || (m_look && !m_period->period()));
    m_refusal->hide();
    m_verdict->hide();
    if (has) {
        if (!m_effect->plan.allowed) {
            m_refusal->say(Tone::Danger, tr("This plan can't be applied."),
                           text(m_effect->plan.allowed.error().message));
        }
        const auto verdict = verdictWords(*m_effect, *m_look, period());
        m_verdict->say(verdict.tone, verdict.sentence, verdict.detail);
    }
    sayPeriod();
    emit effectChanged();
}

} // namespace meshbone::ui
