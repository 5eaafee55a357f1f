// SPDX-License-Identifier: Apache-2.0
#include "access/drift_view.h"

#include "access/drift_model.h"
#include "access/drift_words.h"
#include "access/finding_editor.h"
#include "access/ignored_dialog.h"
#include "access/plan_actions.h"
#include "access/plan_panel.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"

#include <QHeaderView>
#include <QMenu>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kPlanWidth = 420;
constexpr int kKindColumn = 4;

} // namespace

DriftView::DriftView(PageContext& context, QWidget* parent)
    : AccessView(context, parent)
    , m_watch(DriftWatch::of(context)) {
    setObjectName(QStringLiteral("driftView"));
    registerCommands();
    buildList();
    m_actions = new PlanActions(
        context, [this] { return whyElsewhere(); }, this);
    connect(m_actions, &PlanActions::changed, &m_watch, &DriftWatch::compareSoon);
    m_plan = new PlanPanel(context);
    m_actions->work(m_plan, m_list->messageBar());
    auto* splitter = new QSplitter(Qt::Horizontal);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    auto* left = new QWidget;
    auto* column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_list, 1);
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(16, 8, 16, 10);
    m_foot = new Label({}, TextStyle::Body, Token::Text2);
    m_foot->setObjectName(QStringLiteral("driftFoot"));
    m_showIgnored = new Button(tr("Show"), ButtonKind::Link);
    m_showIgnored->setObjectName(QStringLiteral("driftShowIgnored"));
    m_showIgnored->setAccessibleName(tr("Show what is ignored"));
    connect(m_showIgnored, &QPushButton::clicked, this, &DriftView::showIgnored);
    foot->addWidget(m_foot);
    foot->addWidget(m_showIgnored);
    foot->addStretch(1);
    column->addLayout(foot);
    splitter->addWidget(left);
    splitter->addWidget(m_plan);
    splitter->setStretchFactor(0, 1);
    splitter->setStretchFactor(1, 0);
    splitter->setSizes({1000, kPlanWidth});
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
    connect(m_plan, &PlanPanel::choicesChanged, this, [this] { m_model->setChoices(m_plan->choices()); });
    connect(m_plan, &PlanPanel::effectChanged, this, [this] { this->context().commands.refresh(); });
    connect(&m_watch, &DriftWatch::begun, this, [this] { this->context().commands.refresh(); });
    connect(&m_watch, &DriftWatch::changed, this, &DriftView::compared);
    showCounts();
    // Once the window stands.
    const auto first = m_watch.hasLooked() ? &DriftView::compared : &DriftView::compareFirst;
    QMetaObject::invokeMethod(this, first, Qt::QueuedConnection);
}

void DriftView::registerCommands() {
    auto& commands = context().commands;
    commands.add(this,
                 {QStringLiteral("access.compare"), tr("Compare Now"), tr("Access"), QKeySequence(Qt::Key_F5),
                  QStringLiteral("refresh"), kAccessPage, [this] { m_watch.compare(); },
                  [this] { return m_watch.isComparing() ? tr("It is being compared.") : whyElsewhere(); }, false});
}

QString DriftView::whyElsewhere() const {
    return isCurrent() ? QString() : tr("Open the Drift tab first.");
}

void DriftView::buildList() {
    m_model = new DriftModel(this);
    m_list = new ListPanel(QStringLiteral("drift"));
    m_list->table()->setAccessibleName(tr("Findings of drift"));
    m_list->setSource(m_model, ListPanel::Filtering::ByModel);
    m_list->table()->horizontalHeader()->hideSection(kKindColumn); // for exports: on the screen the headings say it
    m_list->filterLine()->setPause({});
    addKindFilter();
    m_compared = new Label({}, TextStyle::Body, Token::Text2);
    m_compared->setObjectName(QStringLiteral("driftCompared"));
    m_list->addTool(m_compared);
    connect(m_list, &ListPanel::filterChanged, m_model, &DriftModel::setFilter);
    connect(m_model, &DriftModel::rowsChanged, this, &DriftView::showCounts);
    connect(m_list, &ListPanel::currentChanged, this, &DriftView::openRow);
    m_list->setContextMenu([this](QMenu& menu) { fillMenu(menu); });
    m_list->setLoading(true, tr("Comparing the backbone with the ledger…"));
}

void DriftView::addKindFilter() {
    m_kinds = new Button(tr("All kinds"));
    m_kinds->setObjectName(QStringLiteral("driftKinds"));
    auto* menu = new QMenu(m_kinds);
    const auto add = [this, menu](const QString& title, std::optional<catalog::DriftKind> kind) {
        menu->addAction(title, this, [this, title, kind] {
            m_kinds->setText(title);
            m_model->setKind(kind);
        });
    };
    add(tr("All kinds"), std::nullopt);
    std::vector<catalog::DriftKind> kinds;
    for (std::size_t i = 0; i < catalog::kDriftKinds; ++i) {
        kinds.push_back(static_cast<catalog::DriftKind>(i));
    }
    std::ranges::sort(kinds, {}, driftRank);
    for (const auto kind : kinds) {
        add(driftTitle(kind), kind);
    }
    m_kinds->setMenu(menu);
    m_list->addFilter(m_kinds);
}

bool DriftView::isSettled() const {
    return m_watch.isIdle() && context().jobs.isIdle(m_plan);
}

QStringList DriftView::headerCommands() const {
    return {QStringLiteral("access.explain"), QStringLiteral("access.compare")};
}

void DriftView::entered() {
    context().commands.refresh();
}

void DriftView::left() {
    context().commands.refresh();
}

void DriftView::focusFilter() {
    m_list->filterLine()->setFocus();
}

void DriftView::compareFirst() {
    if (!m_watch.isComparing()) {
        m_watch.compare();
    }
}

void DriftView::compared() {
    const auto& look = m_watch.look();
    const auto open = m_plan->editor()->finding();
    const auto key = m_look && open ? findingKey(m_look->findings[*open]) : QString();
    m_list->setLoading(false);
    m_look = look;
    if (look) {
        m_list->emptyView()->setMessage(QStringLiteral("check"), tr("No drift"),
                                        tr("All that stands on the backbone is as agreed, and all that is agreed "
                                           "stands there."));
    } else {
        m_list->emptyView()->setMessage(
            QStringLiteral("warning"), tr("The backbone's access can't be read"),
            tr("%1 What can't be read has no drift and no plan.").arg(text(m_watch.problem())));
    }
    m_list->emptyView()->setAction(look ? QString() : tr("Compare Now"), [this] { m_watch.compare(); });
    m_plan->setLook(m_look, text(m_watch.problem()));
    m_model->setLook(m_look, m_plan->choices());
    const int row = key.isEmpty() ? -1 : m_model->rowOfFinding(key);
    row >= 0 ? m_list->selectSourceRow(row) : m_list->table()->clearSelection();
    m_plan->open(m_model->findingAt(row));
    showCounts();
    context().commands.refresh();
}

void DriftView::showCounts() {
    const auto all = static_cast<qint64>(m_look ? m_look->findings.size() : 0);
    m_list->setCounts(m_model->shown(), all);
    m_compared->setVisible(m_look != nullptr);
    if (m_look) {
        const auto& actual = *m_look->survey.actual;
        m_compared->setText(
            tr("%n binding(s), compared %1 in %2", nullptr, static_cast<int>(actual.bindings().size()))
                .arg(formatClock(actual.readMs()), formatSpan(std::chrono::milliseconds(m_look->tookMs))));
    }
    QStringList foot{tr("Compared every 5 min and after each change.")};
    const auto ignored = m_look ? static_cast<int>(m_look->ignored) : 0;
    if (ignored > 0) {
        foot << tr("Ignored: %1.").arg(formatCount(ignored));
    }
    if (m_look && !m_look->survey.unknown.empty()) {
        foot << text(m_look->survey.unknown.front());
    }
    m_foot->setText(foot.join(u' '));
    m_showIgnored->setVisible(ignored > 0);
    emit counterChanged(all > 0 ? formatCount(all) : QString(), Tone::Warn);
}

void DriftView::openRow(int row) {
    if (const auto finding = m_model->findingAt(row)) {
        m_plan->open(finding);
    }
}

void DriftView::fillMenu(QMenu& menu) {
    const auto finding = m_model->findingAt(m_list->currentSourceRow());
    if (!m_look || !finding) {
        return;
    }
    const auto& found = m_look->findings[*finding];
    for (const auto act : catalog::actsOn(found, m_look->survey)) {
        if (!catalog::isMendedByItself(found.kind)) {
            menu.addAction(actTitle(act), this, [this, act] { m_plan->editor()->chooseAct(act); });
        }
    }
}

void DriftView::showIgnored() {
    if (m_look) {
        auto* dialog = new IgnoredDialog(context(), m_look, this);
        dialog->show();
    }
}

} // namespace meshbone::ui
