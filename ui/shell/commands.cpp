// SPDX-License-Identifier: Apache-2.0
#include "shell/commands.h"

#include "widgets/button.h"
#include "widgets/icons.h"

#include <QAction>
#include <QMenu>
#include <QWidget>

#include <algorithm>

namespace meshbone::ui {

CommandRegistry::CommandRegistry(QWidget* window)
    : QObject(window)
    , m_window(window) {}

void CommandRegistry::add(QObject* owner, Command command) {
    Q_ASSERT_X(find(command.id) == nullptr, "CommandRegistry", "a command's id must be unique");
    auto* action = new QAction(command.text, this);
    action->setObjectName(command.id);
    action->setShortcut(command.shortcut);
    action->setShortcutContext(Qt::WindowShortcut);
    if (!command.icon.isEmpty()) {
        action->setIcon(icon(command.icon));
    }
    const auto id = command.id;
    connect(action, &QAction::triggered, this, [this, id] { run(id); });
    m_window->addAction(action);
    m_entries.append({std::move(command), action});
    if (m_entries.back().command.whyDisabled) {
        action->setEnabled(false);
        refreshSoon(); // whoever registers it may still be under construction
    } else {
        refresh(m_entries.back());
    }
    if (owner != nullptr && owner != m_window) {
        connect(owner, &QObject::destroyed, this, [this, id] {
            const auto gone =
                std::ranges::find_if(m_entries, [&](const Entry& entry) { return entry.command.id == id; });
            if (gone != m_entries.end()) {
                delete gone->action;
                m_entries.erase(gone);
            }
        });
    }
    emit changed();
}

const CommandRegistry::Entry* CommandRegistry::find(const QString& id) const {
    const auto found = std::ranges::find_if(m_entries, [&](const Entry& entry) { return entry.command.id == id; });
    return found == m_entries.end() ? nullptr : &*found;
}

QList<Command> CommandRegistry::commands() const {
    QList<Command> shown;
    for (const auto& entry : m_entries) {
        if (entry.command.page.isEmpty() || entry.command.page == m_page) {
            shown << entry.command;
        }
    }
    return shown;
}

QAction* CommandRegistry::action(const QString& id) const {
    const auto* entry = find(id);
    return entry == nullptr ? nullptr : entry->action;
}

bool CommandRegistry::run(const QString& id) {
    const auto* entry = find(id);
    if (entry == nullptr || !whyDisabled(id).isEmpty()) {
        return false;
    }
    const auto run = entry->command.run; // it may add or remove commands
    run();
    return true;
}

void CommandRegistry::setText(const QString& id, const QString& text) {
    const auto found = std::ranges::find_if(m_entries, [&](const Entry& entry) { return entry.command.id == id; });
    if (found != m_entries.end() && found->command.text != text) {
        found->command.text = text;
        found->action->setText(text);
        refresh(*found);
        emit changed();
    }
}

QString CommandRegistry::whyDisabled(const QString& id) const {
    const auto* entry = find(id);
    if (entry == nullptr) {
        return tr("There is no such command.");
    }
    return entry->command.whyDisabled ? entry->command.whyDisabled() : QString();
}

void CommandRegistry::setPage(const QString& page) {
    m_page = page;
    refresh();
}

void CommandRegistry::refresh() {
    for (const auto& entry : m_entries) {
        refresh(entry);
    }
    emit changed();
}

void CommandRegistry::refreshSoon() {
    if (!m_refreshQueued) {
        m_refreshQueued = true;
        QMetaObject::invokeMethod(
            this,
            [this] {
                m_refreshQueued = false;
                refresh();
            },
            Qt::QueuedConnection);
    }
}

void CommandRegistry::refresh(const Entry& entry) const {
    const bool here = entry.command.page.isEmpty() || entry.command.page == m_page;
    const auto why = entry.command.whyDisabled ? entry.command.whyDisabled() : QString();
    entry.action->setEnabled(here && why.isEmpty());
    entry.action->setToolTip(why.isEmpty() ? entry.command.text : why);
}

Button* CommandRegistry::makeButton(const QString& id, QWidget* parent) const {
    const auto* entry = find(id);
    Q_ASSERT_X(entry != nullptr, "CommandRegistry", "a button needs a registered command");
    auto* button = new Button(entry->command.text, ButtonKind::Plain, parent);
    button->setObjectName(id);
    button->setIconName(entry->command.icon);
    button->setKeyCap(entry->command.shortcut.toString(QKeySequence::NativeText));
    auto* action = entry->action;
    const auto follow = [button, action] { button->setReason(action->isEnabled() ? QString() : action->toolTip()); };
    follow();
    connect(action, &QAction::changed, button, follow);
    connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

void CommandRegistry::addToMenu(QMenu& menu, const QStringList& ids) const {
    menu.setToolTipsVisible(true);
    for (const auto& id : ids) {
        if (id == u"-") {
            menu.addSeparator();
        } else if (auto* found = action(id)) {
            menu.addAction(found);
        }
    }
}

} // namespace meshbone::ui
