// SPDX-License-Identifier: Apache-2.0
#include "access/grants_view.h"

#include "access/as_of_dialog.h"
#include "access/grant_actions.h"
#include "access/grant_panel.h"
#include "access/last_use.h"
#include "shell/domain_filter.h"
#include "shell/grant_trouble.h"
#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"

#include <catalog/enforcer.h>

#include <QHBoxLayout>
#include <QMenu>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kRowHeight = 32;
constexpr int kPanelWidth = 340;
constexpr TimestampMs kSoonMs = TimestampMs{30} * 86'400'000;

/// Of those in trouble: what is still allowed though it has ended comes first.
std::optional<catalog::Grant> worstOf(const std::vector<GrantRow>& rows, TimestampMs now) {
    const GrantRow* worst = nullptr;
    for (const auto& row : rows) {
        if (isInTrouble(row.grant, now) && (worst == nullptr || !row.grant.inForceAt(now))) {
            worst = &row;
            if (!row.grant.inForceAt(now)) {
                break;
            }
        }
    }
    return worst == nullptr ? std::nullopt : std::optional(worst->grant);
}
} // namespace

GrantsView::GrantsView(PageContext& context, QWidget* parent)
    : AccessView(context, parent)
    , m_count(
          context.jobs, this, [this] { return count(); },
          [this](Counted counted) {
              emit counterChanged(formatCount(counted.inForce), counted.isTroubled ? Tone::Danger : Tone::Neutral);
          }) {
    setObjectName(QStringLiteral("grantsView"));
    m_model = new GrantsModel(this);
    m_actions = new GrantActions(context, this);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildList();
    layout->addWidget(m_list, 1);
    m_panel = new GrantPanel(context);
    m_panel->setFixedWidth(kPanelWidth);
    m_panel->showNothing(tr("Choose a grant to see who agreed to it and what became of it."));
    layout->addWidget(m_panel);
    connect(m_actions, &GrantActions::done, this, [this](const QString& sentence) { sayOutcome(Tone::Ok, sentence); });
    connect(m_actions, &GrantActions::failed, this,
            [this](const QString& sentence) { sayOutcome(Tone::Danger, sentence); });
    connect(m_panel, &Inspector::closeAsked, m_panel, &QWidget::hide);
    registerAsOf();
    connect(&context.feed, &LiveFeed::lineageChanged, this, [this] {
        if (isCurrent()) {
            m_isUseOld = true;
            loadRows();
        }
    });
}

void GrantsView::registerAsOf() {
    const auto whyNot = [this] {
        return context().services.catalog == nullptr ? text(context().services.catalogProblem) : QString();
    };
    context().commands.add(this, {QStringLiteral("grant.asOf"),
                                  tr("Access As Of…"),
                                  tr("Access"),
                                  {},
                                  QStringLiteral("clock"),
                                  kAccessPage,
                                  [this] { (new AsOfDialog(context(), nowMs(), this))->open(); },
                                  whyNot,
                                  false});
}

void GrantsView::buildList() {
    m_list = new ListPanel(QStringLiteral("grants"));
    m_list->table()->setAccessibleName(tr("Grants"));
    m_list->table()->setRowHeight(kRowHeight);
    addDomainFilter();
    addStateFilter();
    addSubjectFilter();
    m_list->setSource(m_model);
    m_list->table()->sortByColumn(GrantsModel::Ends, Qt::AscendingOrder);
    m_list->table()->setColumnHidden(GrantsModel::Id, true);
    m_list->rowFilter()->setCondition([this](int row) { return isShown(m_model->at(row)); });
    m_list->setContextMenu([this](QMenu& menu) {
        context().commands.addToMenu(menu, {QStringLiteral("grant.renew"), QStringLiteral("grant.shorten"),
                                            QStringLiteral("grant.revoke"), QStringLiteral("grant.restore")});
    });
    connect(m_list, &ListPanel::currentChanged, this, [this] { showCurrent(); });
    auto* empty = m_list->emptyView();
    empty->setMessage(
        QStringLiteral("access"), tr("Nothing is granted yet"),
        tr("A grant comes from a request that somebody approved. What nobody granted, the backbone refuses."));
}

void GrantsView::addDomainFilter() {
    m_domain = new DomainFilter(context());
    m_domain->setObjectName(QStringLiteral("grantsDomain"));
    connect(m_domain, &DomainFilter::chosen, this, [this] { m_list->rowFilter()->invalidateCondition(); });
    m_list->addFilter(m_domain);
}

void GrantsView::addStateFilter() {
    auto* button = new Button(tr("In force or ending"));
    button->setObjectName(QStringLiteral("grantsState"));
    auto* menu = new QMenu(button);
    button->setMenu(menu);
    for (const auto& [title, shown] :
         {std::pair(tr("In force or ending"), Shown::InForce), std::pair(tr("Waiting"), Shown::Waiting),
          std::pair(tr("In trouble"), Shown::Troubled), std::pair(tr("Ends within 30 days"), Shown::EndsSoon),
          std::pair(tr("All, the ended ones too"), Shown::All)}) {
        menu->addAction(title, this, [this, button, title = title, shown = shown] {
            m_shown = shown;
            button->setText(title);
            loadRows();
        });
    }
    m_list->addFilter(button);
}

void GrantsView::addSubjectFilter() {
    m_subjectButton = new Button({});
    m_subjectButton->setObjectName(QStringLiteral("grantsSubject"));
    m_subjectButton->setIconName(QStringLiteral("close"));
    m_subjectButton->setAccessibleName(tr("Show the grants of everything again"));
    m_subjectButton->setToolTip(tr("Show the grants of everything again"));
    connect(m_subjectButton, &QPushButton::clicked, this, [this] { setSubject({}); });
    m_list->addFilter(m_subjectButton);
    m_subjectButton->hide();
}

void GrantsView::setSubject(const Selection& subject) {
    m_subject = subject;
    m_subjectButton->setVisible(!subject.isNone());
    m_subjectButton->setText(subject.name);
    m_list->rowFilter()->invalidateCondition();
}

bool GrantsView::isShown(const GrantRow& row) const {
    using catalog::GrantState;
    if (m_subject.kind == SelectionKind::Topic && !coversTopic(row.grant.scope, m_subject.name.toStdString())) {
        return false;
    }
    if (m_subject.kind == SelectionKind::Product) {
        const auto* product = context().feed.catalog()->product(m_subject.name.toStdString());
        if (product == nullptr || std::ranges::none_of(product->ports, [&](const catalog::Port& port) {
                return port.direction == catalog::PortDirection::Output && coversTopic(row.grant.scope, port.topic);
            })) {
            return false;
        }
    }
    if (!m_domain->domain().isEmpty() && row.domain != m_domain->domain()) {
        return false;
    }
    switch (m_shown) {
    case Shown::Waiting:
        return row.state == GrantState::Approved || row.state == GrantState::Waiting ||
               row.state == GrantState::Applying || row.state == GrantState::Unknown;
    case Shown::Troubled:
        return isInTrouble(row.grant, nowMs());
    case Shown::EndsSoon:
        return row.grant.untilMs >= 0 && row.grant.untilMs - nowMs() <= kSoonMs;
    case Shown::InForce:
    case Shown::All:
        break;
    }
    return true;
}

bool GrantsView::isSettled() const {
    return context().jobs.isIdle(this) && context().jobs.isIdle(m_actions);
}

void GrantsView::entered() {
    context().commands.refresh();
}

QStringList GrantsView::headerCommands() const {
    QStringList ids;
    for (const auto& id : {QStringLiteral("grant.asOf"), QStringLiteral("access.least"),
                           QStringLiteral("access.explain"), QStringLiteral("access.request")}) {
        if (context().commands.action(id) != nullptr) {
            ids << id;
        }
    }
    return ids;
}

void GrantsView::focusFilter() {
    m_list->filterLine()->setFocus(Qt::ShortcutFocusReason);
}

void GrantsView::refresh() {
    m_count.ask();
    m_list->setLoading(!context().feed.isCatalogLoaded(), tr("Reading the catalog…"));
    if (isCurrent()) { // another tab's rows are made when it is shown
        m_isUseOld = true;
        loadRows();
    }
}

NewestJob<GrantsView::Counted>::Work GrantsView::count() const {
    return [catalog = context().feed.catalog(), now = nowMs()](const JobContext&) {
        Counted counted;
        for (const auto& grant : catalog->access.grants) {
            counted.inForce += grant.inForceAt(now) ? 1 : 0;
            counted.isTroubled = counted.isTroubled || isInTrouble(grant, now);
        }
        return counted;
    };
}

/// There may be tens of thousands: they are made beside the window.
void GrantsView::loadRows() {
    const auto* lineage = m_isUseOld ? context().services.lineage : nullptr;
    context().jobs.run(
        this, {.title = {}, .key = QStringLiteral("rows")},
        [lineage, catalog = context().feed.catalog(), use = m_use, all = m_shown == Shown::All](const JobContext&) {
            Loaded loaded;
            loaded.use =
                lineage == nullptr ? use : makeFreedBeside<const LastUse>(lastUseOf(*lineage, catalog->access.grants));
            loaded.rows = grantRows(*catalog, catalog->access.grants, *loaded.use, all, nowMs());
            loaded.worst = worstOf(loaded.rows, nowMs());
            return Result<Loaded>(std::move(loaded));
        },
        [this, isNew = lineage != nullptr](Result<Loaded> loaded) {
            m_isUseOld = m_isUseOld && !isNew;
            m_use = std::move(loaded->use);
            m_worst = std::move(loaded->worst);
            showRows(std::move(loaded->rows));
        });
}

void GrantsView::showRows(std::vector<GrantRow> rows) {
    m_isFollowing = true;
    if (!m_model->setRows(std::move(rows))) {
        m_list->rowFilter()->invalidateCondition(); // what is looked for, or the time, may have changed
    }
    if (const int wanted = m_wanted.isEmpty() ? -1 : m_model->rowOf(m_wanted); wanted >= 0) {
        m_wanted.clear();
        m_list->selectSourceRow(wanted);
    }
    sayTrouble();
    showCurrent();
    m_isFollowing = false;
}

void GrantsView::showSelection(const Selection& selection) {
    if (selection.kind == SelectionKind::Topic || selection.kind == SelectionKind::Product) {
        setSubject(selection);
        return;
    }
    if (selection.kind != SelectionKind::Grant || m_list->currentSourceRow() == m_model->rowOf(selection.name)) {
        return;
    }
    m_wanted = selection.name;
    if (m_model->rowOf(m_wanted) < 0 && context().feed.catalog()->access.grant(m_wanted.toStdString()) != nullptr) {
        m_shown = Shown::All; // it is over
        findChild<Button*>(QStringLiteral("grantsState"))->setText(tr("All, the ended ones too"));
    }
    loadRows();
}

void GrantsView::showCurrent() {
    const auto row = m_list->currentSourceRow();
    if (row < 0) {
        m_actions->setChosen(std::nullopt);
        m_panel->showNothing(tr("Choose a grant to see who agreed to it and what became of it."));
        return;
    }
    const auto& one = m_model->at(row);
    m_actions->setChosen(one.grant, one.lastUsedMs);
    if (!m_isFollowing && isCurrent()) {
        context().navigator.select({SelectionKind::Grant, m_model->key(one)});
    }
    m_panel->show(one);
}

void GrantsView::sayTrouble() {
    auto* bar = m_list->messageBar();
    if (m_saysOutcome) {
        return;
    }
    if (!m_worst) {
        bar->hide();
        return;
    }
    bar->clearActions();
    const bool ended = !m_worst->inForceAt(nowMs());
    bar->say(Tone::Danger,
             ended ? tr("%1, though its grant has ended: the ACL is still there.").arg(scopeTitle(m_worst->scope))
                   : tr("%1, but the backbone doesn't allow all of it.").arg(scopeTitle(m_worst->scope)),
             text(m_worst->reason));
    if (auto* enforcer = context().services.enforcer) {
        bar->addAction(ended ? tr("Revoke Again") : tr("Try Again"), [enforcer] { enforcer->wake(); });
    }
    bar->addAction(tr("Show"), [this, id = text(m_worst->id)] {
        m_wanted = id;
        loadRows();
    });
}

void GrantsView::sayOutcome(Tone tone, const QString& sentence) {
    auto* bar = m_list->messageBar();
    bar->clearActions();
    bar->say(tone, sentence);
    bar->addAction(tr("Dismiss"), [this] {
        m_saysOutcome = false;
        sayTrouble();
    });

    m_saysOutcome = true;
}

} // namespace meshbone::ui
