// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>

#include <functional>

class QAction;
class QMenu;
class QWidget;

namespace meshbone::ui {

class Button;

/// Something that a person can do. Registered once; menus, toolbars, context menus and the palette show it from here.
struct Command {
    QString id;   ///< "topic.replay": stable, names it in tests and settings
    QString text; ///< "Replay a Window…"
    QString hint; ///< where it belongs, shown beside it in the palette: "Replay"
    QKeySequence shortcut;
    QString icon;
    QString page; ///< works only on this page; empty: everywhere
    std::function<void()> run;
    /// Empty: it can run now. Else why not, a sentence for the tool tip. No function: always.
    std::function<QString()> whyDisabled;
    bool onSelection = false; ///< acts on what is selected: the palette lists it first
};

/// All commands. GUI thread; lives as long as the window. An owner's commands go when the owner does.
class CommandRegistry : public QObject {
    Q_OBJECT
public:
    /// Shortcuts work in this window.
    explicit CommandRegistry(QWidget* window);
    /// That window: owner of commands that work on every page, and parent of their dialogs.
    [[nodiscard]] QWidget* window() const { return m_window; }

    /// `whyDisabled` is not asked before the event loop turns, or setPage() or refresh() is called.
    void add(QObject* owner, Command command);
    [[nodiscard]] QList<Command> commands() const; ///< those that work on the current page, in order of registration
    [[nodiscard]] QAction* action(const QString& id) const; ///< null: not registered
    /// Runs it; false when it is disabled or unknown.
    bool run(const QString& id);
    /// Another text from now on, for a command that says what it would do.
    void setText(const QString& id, const QString& text);
    [[nodiscard]] QString whyDisabled(const QString& id) const;
    /// The page that is shown; decides which shortcuts work.
    void setPage(const QString& page);
    /// Asks every enabled-when again; pages call it when something that matters to it has changed.
    void refresh();

    /// A button that runs the command, shows its shortcut and follows its state.
    Button* makeButton(const QString& id, QWidget* parent = nullptr) const;
    void addToMenu(QMenu& menu, const QStringList& ids) const; ///< "-" is a separator

signals:
    void changed();

private:
    struct Entry {
        Command command;
        QAction* action = nullptr;
    };
    [[nodiscard]] const Entry* find(const QString& id) const;
    void refresh(const Entry& entry) const;
    void refreshSoon();
    QWidget* m_window;
    QString m_page;
    bool m_refreshQueued = false;
    QList<Entry> m_entries;
};

} // namespace meshbone::ui
