// SPDX-License-Identifier: Apache-2.0
// The part of a visit that is about access: each tab, its filter, a principal, the topic's own tab, the
// explanation, least privilege, and who may in the graph.
#include "desktop_visit.h"

#include "access/access_page.h"
#include "access/least_dialog.h"
#include "shell/main_window.h"
#include "widgets/button.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"
#include "widgets/segmented.h"
#include "widgets/table_view.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>

namespace meshbone::bench {

namespace {

constexpr std::chrono::milliseconds kPatience{60'000}, kBetweenKeys{100}, kLive{5'000};

} // namespace

void Visit::pause(std::chrono::milliseconds span) {
    until([end = Clock::now() + span] { return Clock::now() > end; }, kPatience);
}

void Visit::openAccess(const QString& principal) {
    if (m_window->context().feed.catalog()->access.principals.size() < 1'000) {
        return; // a mesh without access has nothing to measure
    }
    m_app.beginPart("back to access");
    goTo(QStringLiteral("access"));
    for (const auto* tab : {"grants", "recertification", "principals", "drift", "policies", "inbox"}) {
        m_app.beginPart(std::string("access ") + tab);
        auto* access = qobject_cast<ui::AccessPage*>(page());
        const auto begun = Clock::now();
        QMetaObject::invokeMethod(
            access, [access, tab] { access->showTab(QString::fromLatin1(tab)); }, Qt::QueuedConnection);
        painted(begun);
        m_failed = !until([this] { return page()->isSettled(); }, kPatience) || m_failed;
        m_figures.pages[std::string("access ") + tab] = {painted(begun), msSince(begun)};
    }
    for (const auto* list : {"principals", "grants"}) {
        filterAccess(QString::fromLatin1(list));
    }
    m_app.beginPart("a principal");
    m_window->context().navigator.goTo(QStringLiteral("access"), {ui::SelectionKind::Principal, principal});
    m_failed = !until([this] { return page()->isSettled(); }, kPatience) || m_failed;
    pause(kBetweenKeys);
    explain();
    least();
    m_app.beginPart("access live");
    pause(kLive);
    m_app.beginPart("lineage of who may read");
    m_window->context().navigator.goTo(QStringLiteral("lineage"), {ui::SelectionKind::Topic, m_focus});
    m_failed = !until([this] { return page()->isSettled(); }, kPatience) || m_failed;
    m_app.beginPart("lineage by the ACLs");
    for (auto* action : page()->findChild<ui::Button*>(QStringLiteral("lineageEvidence"))->menu()->actions()) {
        if (action->text() == QStringLiteral("Who may")) {
            QMetaObject::invokeMethod(action, &QAction::trigger, Qt::QueuedConnection);
        }
    }
    pause(kBetweenKeys);
    m_failed = !until([this] { return page()->isSettled(); }, kPatience) || m_failed;
}

void Visit::filterAccess(const QString& list) {
    auto* access = qobject_cast<ui::AccessPage*>(page());
    access->showTab(list);
    auto* panel = access->findChild<ui::ListPanel*>(list + QStringLiteral("List"));
    access->focusFilter();
    auto* line = qobject_cast<QLineEdit*>(m_window->focusWidget());
    m_app.beginPart("filter " + list.toStdString());
    if (line == nullptr || panel == nullptr) {
        m_failed = true;
        return;
    }
    const auto word = QStringLiteral("service-0170");
    for (qsizetype i = 0; i < 2 * word.size(); ++i) {
        const bool types = i < word.size();
        QKeyEvent event(QEvent::KeyPress, types ? 0 : Qt::Key_Backspace, Qt::NoModifier,
                        types ? QString(word[i]) : QString());
        QCoreApplication::sendEvent(line, &event);
        m_failed = !until([&] { return panel->rowFilter()->text() == line->text().trimmed(); }, kPatience) || m_failed;
        pause(kBetweenKeys);
    }
}

void Visit::explain() {
    m_app.beginPart("explain");
    QMetaObject::invokeMethod(
        m_window, [this] { m_window->context().commands.run(QStringLiteral("access.explain")); }, Qt::QueuedConnection);
    QWidget* dialog = nullptr;
    m_failed = !until(
                   [&] {
                       dialog = m_window->findChild<QWidget*>(QStringLiteral("explainDialog"));
                       auto* reach = dialog == nullptr
                                         ? nullptr
                                         : dialog->findChild<ui::TableView*>(QStringLiteral("explainReach"));
                       return reach != nullptr && reach->model() != nullptr && reach->model()->rowCount() > 0;
                   },
                   kPatience) ||
               m_failed;
    if (dialog == nullptr) {
        return;
    }
    m_app.beginPart("explain a topic");
    auto* topic = dialog->findChild<QComboBox*>(QStringLiteral("explainTopic"));
    QMetaObject::invokeMethod(
        topic, [topic, this] { topic->setEditText(m_focus); }, Qt::QueuedConnection);
    pause(10 * kBetweenKeys);
    m_app.beginPart("explain tabs");
    auto* tabs = dialog->findChild<ui::Tabs*>(QStringLiteral("explainTabs"));
    for (int i = 1; i < 4; ++i) {
        QMetaObject::invokeMethod(
            tabs, [tabs, i] { tabs->setCurrent(i); }, Qt::QueuedConnection);
        pause(5 * kBetweenKeys);
    }
    m_app.beginPart("explain closed");
    QMetaObject::invokeMethod(dialog, &QWidget::close, Qt::QueuedConnection);
    pause(kBetweenKeys);
}

void Visit::least() {
    m_app.beginPart("least privilege");
    QMetaObject::invokeMethod(
        m_window, [this] { m_window->context().commands.run(QStringLiteral("access.least")); }, Qt::QueuedConnection);
    ui::LeastDialog* dialog = nullptr;
    m_failed = !until(
                   [&] {
                       dialog = m_window->findChild<ui::LeastDialog*>();
                       auto* verdict = dialog == nullptr
                                           ? nullptr
                                           : dialog->findChild<ui::MessageBar*>(QStringLiteral("leastVerdict"));
                       return verdict != nullptr && !verdict->sentence().isEmpty() && dialog->isSettled();
                   },
                   kPatience) ||
               m_failed;
    if (dialog == nullptr) {
        return;
    }
    for (const auto* button : {"leastLeaveAll", "leastTakeAll"}) {
        m_app.beginPart(button);
        QMetaObject::invokeMethod(dialog->findChild<ui::Button*>(QLatin1String(button)), &QAbstractButton::click,
                                  Qt::QueuedConnection);
        pause(5 * kBetweenKeys);
    }
    m_app.beginPart("least privilege closed");
    QMetaObject::invokeMethod(dialog, &QWidget::close, Qt::QueuedConnection);
    pause(kBetweenKeys);
}

} // namespace meshbone::bench
