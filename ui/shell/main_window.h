// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/page.h"

#include <QHash>
#include <QWidget>

class QStackedWidget;

namespace meshbone::ui {

class Finder;
class MessageBar;
class Navigation;
class StatusBar;
class TopBar;
class UndoLast;

/// The window: top bar, navigation, page, inspector, status bar. It owns everything that pages share and makes pages
/// when they are first shown. Borrows the services.
class MainWindow : public QWidget {
    Q_OBJECT
public:
    MainWindow(Services services, PageRegistry pages, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows the first page, or the one of last time. Call before show().
    void start();
    [[nodiscard]] PageContext& context() { return *m_context; }
    [[nodiscard]] Page* currentPage() const;
    [[nodiscard]] const PageRegistry& pages() const { return m_pages; }
    [[nodiscard]] Finder* finder() const { return m_finder; }
    /// Everything shown is there: the page and what the bars show.
    [[nodiscard]] bool isSettled() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void build();
    void registerCommands();
    void registerPageCommands();
    void updateCounters();
    void showPlace(const Place& place);
    void enter(const Place& place);
    void showInspector();
    Page* pageFor(const QString& id);
    void updateTitle();
    void buildUndo();

    Services m_services;
    PageRegistry m_pages;
    JobRunner* m_jobs = nullptr;
    Navigator* m_navigator = nullptr;
    CommandRegistry* m_commands = nullptr;
    Settings* m_settings = nullptr;
    LiveFeed* m_feed = nullptr;
    MeshHealth* m_health = nullptr;
    LedgerWatch* m_ledger = nullptr;
    AttentionFeed* m_attention = nullptr;
    ClusterAbilities* m_abilities = nullptr;
    SchemaFeed* m_schemas = nullptr;
    std::unique_ptr<PageContext> m_context;

    TopBar* m_topBar = nullptr;
    Navigation* m_navigation = nullptr;
    QStackedWidget* m_stack = nullptr;
    QStackedWidget* m_inspectors = nullptr;
    MessageBar* m_message = nullptr; ///< of what was done from whatever page
    UndoLast* m_undo = nullptr;
    StatusBar* m_statusBar = nullptr;
    Finder* m_finder = nullptr;
    QHash<QString, Page*> m_made;
    bool m_isEntering = false;     ///< the page of the place is made and is entered next; another one is still shown
    bool m_inspectorAsked = false; ///< in a narrow window the inspector is shown only when asked for
};

} // namespace meshbone::ui
