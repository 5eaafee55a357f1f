// SPDX-License-Identifier: Apache-2.0
#include "access/access_page.h"

#include "access/campaigns_view.h"
#include "access/drift_view.h"
#include "access/grants_view.h"
#include "access/inbox_view.h"
#include "access/policies_view.h"
#include "access/principals_view.h"
#include "widgets/button.h"
#include "widgets/segmented.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

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
    m_stack = new QStackedWidget;
    content()->addWidget(m_stack, 1);
    addView(QStringLiteral("inbox"), tr("Inbox"), new InboxView(context));
    addView(QStringLiteral("grants"), tr("Grants"), new GrantsView(context));
    addView(QStringLiteral("recertification"), tr("Recertification"), new CampaignsView(context));
    addView(QStringLiteral("principals"), tr("Principals"), new PrincipalsView(context));
    addView(QStringLiteral("drift"), tr("Drift"), new DriftView(context));
    addView(QStringLiteral("policies"), tr("Policies"), new PoliciesView(context));
    connect(m_tabs, &Tabs::currentChanged, this, [this](int index) {
        m_stack->setCurrentIndex(index);
        showCurrent();
    });
    follow(&context.feed, &LiveFeed::catalogChanged, &AccessPage::update);
    fillHeader();
}

void AccessPage::addView(const QString& name, const QString& title, AccessView* view) {
    const int index = m_tabs->addTab(title);
    m_names << name;
    m_stack->addWidget(view);
    connect(view, &AccessView::counterChanged, this,
            [this, index](const QString& counter, Tone tone) { m_tabs->setCounter(index, counter, tone); });
}

AccessView* AccessPage::current() const {
    return qobject_cast<AccessView*>(m_stack->currentWidget());
}

bool AccessPage::isSettled() const {
    return context().feed.isCatalogLoaded() && current()->isSettled();
}

void AccessPage::focusFilter() {
    current()->focusFilter();
}

void AccessPage::showTab(const QString& name) {
    m_tabs->setCurrent(static_cast<int>(m_names.indexOf(name)));
}

void AccessPage::showSelection(const Selection& selection) {
    if (const auto tab = tabOf(selection); m_names.contains(tab)) {
        showTab(tab);
    }
    current()->showSelection(selection);
}

void AccessPage::entered() {
    m_isEntered = true;
    update();
    showCurrent();
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

/// All of them: their counters stand beside the tabs.
void AccessPage::update() {
    for (int i = 0; i < m_stack->count(); ++i) {
        qobject_cast<AccessView*>(m_stack->widget(i))->refresh();
    }
    context().commands.refresh();
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
