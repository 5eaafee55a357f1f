// SPDX-License-Identifier: Apache-2.0
#include "access/access_page.h"

#include "access/campaigns_view.h"
#include "access/drift_view.h"
#include "access/grants_view.h"
#include "access/inbox_view.h"
#include "access/policies_view.h"
#include "access/principals_view.h"
#include "widgets/button.h"
#include "widgets/later_stack.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace meshbone::ui {

namespace {

constexpr int kMargin = 16;

/// The tab on which a selection is shown; empty: it may stay where it is.
QString tabOf(const Selection& selection) {
    switch (selection.kind) {
    case SelectionKind::Request:
        return QStringLiteral("inbox");
    case SelectionKind::Grant:
    case SelectionKind::Product:
        return QStringLiteral("grants");
    case SelectionKind::Campaign:
        return QStringLiteral("recertification");
    case SelectionKind::Drift:
        return QStringLiteral("drift");
    case SelectionKind::Principal:
        return QStringLiteral("principals");
    default:
        return {};
    }
}

} // namespace

AccessPage::AccessPage(PageContext& context)
    : Page(context, kAccessPage, tr("Access")) {
    m_buttons = new QWidget;
    auto* buttons = new QHBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(8);
    addHeaderWidget(m_buttons);
    m_tabs = new Tabs(tr("Parts of access"));
    m_tabs->setObjectName(QStringLiteral("accessTabs"));
    auto* row = new QHBoxLayout;
    row->setContentsMargins(kMargin, 0, kMargin, 0);
    row->addWidget(m_tabs, 1);
    content()->addLayout(row);
    m_stack = new LaterStack;
    connect(m_stack, &LaterStack::madeAhead, this, [this](int index) { m_views[index].view->refresh(); });
    content()->addWidget(m_stack, 1);
    addTab<InboxView>(QStringLiteral("inbox"), tr("Inbox"));
    addTab<GrantsView>(QStringLiteral("grants"), tr("Grants"));
    addTab<CampaignsView>(QStringLiteral("recertification"), tr("Recertification"));
    addTab<PrincipalsView>(QStringLiteral("principals"), tr("Principals"));
    addTab<DriftView>(QStringLiteral("drift"), tr("Drift"));
    addTab<PoliciesView>(QStringLiteral("policies"), tr("Policies"));
    connect(m_tabs, &Tabs::currentChanged, this, [this](int index) {
        m_stack->showPage(index);
        showCurrent();
    });
    const int first = std::max(0, indexOf(tabOf(context.navigator.selection())));
    m_stack->showPage(first);
    m_tabs->setCurrent(first);
    follow(&context.feed, &LiveFeed::catalogChanged, &AccessPage::update);
    fillHeader();
}

template <class View>
void AccessPage::addTab(const QString& name, const QString& title) {
    m_tabs->addTab(title);
    const auto index = static_cast<int>(m_views.size());
    m_views.append({name, nullptr});
    m_stack->addLater([this, index]() -> QWidget* {
        auto* view = new View(context());
        m_views[index].view = view;
        connect(view, &AccessView::counterChanged, this,
                [this, index](const QString& counter, Tone tone) { m_tabs->setCounter(index, counter, tone); });
        return view;
    });
}

AccessView* AccessPage::current() const {
    return m_views[m_tabs->current()].view;
}

bool AccessPage::isSettled() const {
    const auto isCounted = [this](const Tab& tab) { return context().jobs.isIdle(tab.view); };
    return context().feed.isCatalogLoaded() && m_stack->isComplete() && current()->isSettled() &&
           std::ranges::all_of(m_views, isCounted);
}

void AccessPage::focusFilter() {
    current()->focusFilter();
}

void AccessPage::showTab(const QString& name) {
    m_tabs->setCurrent(indexOf(name));
}

/// -1: there is no such tab.
int AccessPage::indexOf(const QString& name) const {
    const auto found = std::ranges::find(m_views, name, &Tab::name);
    return found == m_views.end() ? -1 : static_cast<int>(found - m_views.begin());
}

void AccessPage::showSelection(const Selection& selection) {
    if (const auto tab = tabOf(selection); !tab.isEmpty()) {
        showTab(tab);
    }
    current()->showSelection(selection);
}

void AccessPage::entered() {
    m_isEntered = true;
    refreshAll(current()); // which showing it refreshes
    showCurrent();
    context().commands.refresh();
}

void AccessPage::left() {
    m_isEntered = false;
    if (m_shown != nullptr) {
        std::exchange(m_shown, nullptr)->left();
    }
}

void AccessPage::showCurrent() {
    fillHeader();
    if (!m_isEntered || m_shown == current()) {
        return;
    }
    if (m_shown != nullptr) {
        m_shown->left();
    }
    m_shown = current();
    m_shown->entered();
    m_shown->refresh();
    m_shown->showSelection(context().navigator.selection());
}

void AccessPage::update() {
    refreshAll(nullptr);
    context().commands.refresh();
}

/// All of them, the hidden ones too: their counters stand beside the tabs.
void AccessPage::refreshAll(const AccessView* but) {
    for (const auto& tab : m_views) {
        if (tab.view != nullptr && tab.view != but) {
            tab.view->refresh();
        }
    }
}

void AccessPage::fillHeader() {
    auto* row = m_buttons->layout();
    while (auto* item = row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    const auto ids = current()->headerCommands();
    for (const auto& id : ids) {
        auto* button = context().commands.makeButton(id);
        if (id == ids.last()) {
            button->setKind(ButtonKind::Primary);
        }
        row->addWidget(button);
    }
}

int pendingRequests(const PageContext& context) {
    return static_cast<int>(context.feed.catalog()->access.pending.size());
}

} // namespace meshbone::ui
