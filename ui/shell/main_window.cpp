// SPDX-License-Identifier: Apache-2.0
#include "shell/main_window.h"

#include "shell/finder.h"
#include "shell/navigation.h"
#include "shell/profile_menu.h"
#include "shell/settings_dialog.h"
#include "shell/status_bar.h"
#include "shell/top_bar.h"
#include "shell/undo_last.h"
#include "shell/violation_feed.h"
#include "widgets/format.h"
#include "widgets/message_bar.h"

#include <QCloseEvent>
#include <QDateTime>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {
constexpr int kInspectorWidth = 320;
constexpr int kFoldBelow = 1280;
constexpr QSize kDefaultSize{1600, 1000};
constexpr QSize kSmallest{860, 560};
} // namespace

MainWindow::MainWindow(Services services, PageRegistry pages, QWidget* parent)
    : QWidget(parent)
    , m_services(std::move(services))
    , m_pages(std::move(pages)) {
    setObjectName(QStringLiteral("mainWindow"));
    m_settings = new Settings(this);
    Theme::instance().setScheme(m_settings->scheme());
    TimeZoneSwitch::instance().setUtc(m_settings->isUtc());
    connect(m_settings, &Settings::schemeChanged, this, [](Scheme scheme) { Theme::instance().setScheme(scheme); });
    connect(m_settings, &Settings::utcChanged, this, [](bool utc) { TimeZoneSwitch::instance().setUtc(utc); });
    m_jobs = new JobRunner(this);
    m_navigator = new Navigator(this);
    m_commands = new CommandRegistry(this);
    m_feed = new LiveFeed(m_services, *m_jobs, this);
    m_health = new MeshHealth(m_services, *m_jobs, *m_feed, this);
    m_ledger = new LedgerWatch(m_services, *m_jobs, *m_feed, this);
    m_attention = new AttentionFeed(m_services, *m_jobs, *m_feed, *m_health, *m_ledger, this);
    m_abilities = new ClusterAbilities(m_services, *m_jobs, *m_feed, this);
    m_schemas = new SchemaFeed(m_services, *m_jobs, this);
    auto* violations = new ViolationFeed(m_services, this);
    const auto tellViolations = [this, violations] {
        m_attention->setFrom(QStringLiteral("violations"),
                             violationAttention(violations->topics(), QDateTime::currentMSecsSinceEpoch()));
    };
    connect(violations, &ViolationFeed::changed, this, tellViolations);
    tellViolations();
    m_context = std::make_unique<PageContext>(PageContext{m_services, *m_navigator, *m_jobs, *m_commands, *m_settings,
                                                          *m_feed, *m_health, *m_ledger, *m_attention, *m_abilities,
                                                          *m_schemas, *violations, nullptr});
    registerCommands();
    m_undo = new UndoLast(*m_context, this);
    registerPageCommands();
    for (const auto& page : m_pages) {
        if (page.install) {
            page.install(*m_context);
        }
    }
    build(); // its menus show what the pages have installed
    m_context->pageParent = m_stack;
    connect(m_feed, &LiveFeed::catalogChanged, this, &MainWindow::updateCounters);
    buildUndo();
    connect(m_navigator, &Navigator::placeChanged, this, &MainWindow::showPlace);
    connect(m_navigator, &Navigator::selectionChanged, this, [this](const Selection& selection) {
        if (auto* page = currentPage(); page != nullptr && !m_isEntering) {
            page->showSelection(selection);
        }
        m_commands->refresh();
        updateTitle();
    });
    connect(m_navigator, &Navigator::historyChanged, m_commands, qOverload<>(&CommandRegistry::refresh));
    connect(m_feed, &LiveFeed::stateChanged, m_commands, qOverload<>(&CommandRegistry::refresh));
    connect(m_abilities, &ClusterAbilities::changed, m_commands, qOverload<>(&CommandRegistry::refresh));
    setMinimumSize(kSmallest);
    if (!restoreGeometry(m_settings->windowGeometry())) {
        resize(kDefaultSize);
    }
}

MainWindow::~MainWindow() = default;

void MainWindow::build() {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_topBar = new TopBar(*m_context);
    layout->addWidget(m_topBar);
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    m_navigation = new Navigation(*m_context, m_pages);
    m_stack = new QStackedWidget;
    m_inspectors = new QStackedWidget;
    m_inspectors->setFixedWidth(kInspectorWidth);
    m_inspectors->hide();
    middle->addWidget(m_navigation);
    middle->addWidget(m_stack, 1);
    middle->addWidget(m_inspectors);
    layout->addLayout(middle, 1);
    m_message = new MessageBar;
    m_message->setObjectName(QStringLiteral("windowMessage"));
    m_message->hide();
    layout->addWidget(m_message);
    m_statusBar = new StatusBar(*m_context);
    layout->addWidget(m_statusBar);
    m_finder = new Finder(*m_context, m_pages, this);
    connect(m_topBar, &TopBar::searchAsked, this, [this] { m_finder->open(Finder::Mode::Things); });
    auto* menu = m_topBar->menu();
    m_commands->addToMenu(*menu,
                          {QStringLiteral("window.palette"), QStringLiteral("window.search"), QStringLiteral("-"),
                           QStringLiteral("edit.undo"), QStringLiteral("-"), QStringLiteral("go.back"),
                           QStringLiteral("go.forward"), QStringLiteral("-"), QStringLiteral("client.connect"),
                           QStringLiteral("profile.new"), QStringLiteral("backbone.retry"),
                           QStringLiteral("ledger.verify"), QStringLiteral("-"), QStringLiteral("window.inspector"),
                           QStringLiteral("window.scheme"), QStringLiteral("window.zone"),
                           QStringLiteral("window.settings"), QStringLiteral("-"), QStringLiteral("window.quit")});
}

void MainWindow::buildUndo() {
    connect(m_undo, &UndoLast::undone, this, [this](std::int64_t entry, std::int64_t byEntry) {
        m_message->clearActions();
        m_message->say(Tone::Ok, tr("Entry #%1 is undone by entry #%2.").arg(formatCount(entry), formatCount(byEntry)));
        m_message->addAction(tr("Show Entry"), [this, byEntry] {
            m_navigator->goTo(QStringLiteral("audit"), {SelectionKind::Entry, QString::number(byEntry)});
        });
        m_message->addAction(tr("Dismiss"), [this] { m_message->hide(); });
    });
    connect(m_undo, &UndoLast::failed, this, [this](const QString& sentence) {
        m_message->clearActions();
        m_message->say(Tone::Danger, tr("Your last act is not undone."), sentence);
        m_message->addAction(tr("Dismiss"), [this] { m_message->hide(); });
    });
    connect(m_navigator, &Navigator::placeChanged, m_message, &QWidget::hide);
}

void MainWindow::registerCommands() {
    const auto add = [this](const QString& id, const QString& text, const QString& hint, const QKeySequence& shortcut,
                            const QString& icon, std::function<void()> run, std::function<QString()> why = {}) {
        m_commands->add(this, {id, text, hint, shortcut, icon, {}, std::move(run), std::move(why), false});
    };
    add(QStringLiteral("window.palette"), tr("Command Palette…"), tr("Window"), QKeySequence(tr("Ctrl+Shift+P")),
        QStringLiteral("terminal"), [this] { m_finder->open(Finder::Mode::Commands); });
    add(QStringLiteral("window.search"), tr("Search…"), tr("Window"), QKeySequence(tr("Ctrl+K")),
        QStringLiteral("search"), [this] { m_finder->open(Finder::Mode::Things); });
    add(QStringLiteral("window.filter"), tr("Filter This List"), tr("Window"), QKeySequence(tr("/")),
        QStringLiteral("filter"), [this] {
            if (auto* page = currentPage()) {
                page->focusFilter();
            }
        });
    add(
        QStringLiteral("go.back"), tr("Back"), tr("Go"), QKeySequence(tr("Alt+Left")), QStringLiteral("arrow-left"),
        [this] { m_navigator->back(); },
        [this] { return m_navigator->canGoBack() ? QString() : tr("There is no earlier place to go back to."); });
    add(
        QStringLiteral("go.forward"), tr("Forward"), tr("Go"), QKeySequence(tr("Alt+Right")),
        QStringLiteral("arrow-right"), [this] { m_navigator->forward(); },
        [this] { return m_navigator->canGoForward() ? QString() : tr("There is no later place to go forward to."); });
    add(
        QStringLiteral("profile.new"), tr("New Profile…"), tr("Backbone"), {}, QStringLiteral("plus"),
        [this] { m_topBar->profiles()->edit(std::nullopt); },
        [this] { return m_services.profiles.save ? QString() : tr("This program keeps no profiles."); });
    add(
        QStringLiteral("backbone.retry"), tr("Retry Now"), tr("Backbone"), {}, QStringLiteral("refresh"),
        [this] { m_feed->retry(); },
        [this] { return m_feed->isHealthy() ? tr("The backbone is connected.") : QString(); });
    add(
        QStringLiteral("ledger.verify"), tr("Verify Chain"), tr("Audit"), {}, QStringLiteral("shield"),
        [this] { m_ledger->verify(); },
        [this] { return m_services.catalog == nullptr ? text(m_services.catalogProblem) : QString(); });
    add(QStringLiteral("window.inspector"), tr("Show or Hide the Inspector"), tr("Window"), QKeySequence(tr("F9")), {},
        [this] {
            m_inspectorAsked = !m_inspectors->isVisible();
            if (width() >= kFoldBelow) {
                m_settings->setInspectorShown(m_inspectorAsked);
            }
            showInspector();
        });
    add(QStringLiteral("window.scheme"), tr("Switch Light and Dark"), tr("Window"), {}, QStringLiteral("sun"),
        [this] { m_settings->setScheme(Theme::instance().isDark() ? Scheme::Light : Scheme::Dark); });
    add(QStringLiteral("window.zone"), tr("Switch UTC and Local Time"), tr("Window"), {}, QStringLiteral("clock"),
        [this] { m_settings->setUtc(!m_settings->isUtc()); });
    add(QStringLiteral("window.settings"), tr("Settings…"), tr("Window"), QKeySequence(tr("Ctrl+,")),
        QStringLiteral("settings"), [this] { (new SettingsDialog(*m_settings, this))->show(); });
    add(QStringLiteral("window.quit"), tr("Quit"), tr("Window"), QKeySequence(QKeySequence::Quit), {},
        [this] { close(); });
}

void MainWindow::registerPageCommands() {
    int number = 1;
    for (const auto& page : m_pages) {
        const QKeySequence shortcut =
            number <= 9 ? QKeySequence(QStringLiteral("Ctrl+%1").arg(number)) : QKeySequence();
        m_commands->add(this, {QStringLiteral("go.%1").arg(page.id),
                               tr("Open %1").arg(page.title),
                               tr("Go"),
                               shortcut,
                               page.icon,
                               {},
                               [this, id = page.id] { m_navigator->goTo(id); },
                               {},
                               false});
        ++number;
    }
}

void MainWindow::updateCounters() {
    for (const auto& page : m_pages) {
        if (page.counter) {
            m_navigation->setCounter(page.id, page.counter(*m_context));
        }
    }
}

void MainWindow::start() {
    const auto last = m_settings->lastPage();
    const bool known = std::ranges::any_of(m_pages, [&](const PageEntry& page) { return page.id == last; });
    if (!m_pages.empty()) {
        m_navigator->goTo(known ? last : m_pages.front().id);
    }
}

Page* MainWindow::currentPage() const {
    return qobject_cast<Page*>(m_stack->currentWidget());
}

Page* MainWindow::pageFor(const QString& id) {
    if (auto* made = m_made.value(id)) {
        return made;
    }
    const auto entry = std::ranges::find_if(m_pages, [&](const PageEntry& page) { return page.id == id; });
    if (entry == m_pages.end()) {
        return nullptr; // a place on a page that this window doesn't have
    }
    auto* page = entry->make(*m_context);
    m_made.insert(id, page);
    m_stack->addWidget(page);
    if (auto* inspector = page->inspector()) {
        m_inspectors->addWidget(inspector);
    }
    return page;
}

void MainWindow::showPlace(const Place& place) {
    const bool isNew = !m_made.contains(place.page);
    if (pageFor(place.page) == nullptr) {
        return;
    }
    m_commands->setPage(place.page);
    m_navigation->setCurrent(place.page);
    if (!isNew || !isVisible()) {
        enter(place);
        return;
    }
    // Making a page and filling it are two steps of the event loop: on a large mesh each takes tens of milliseconds.
    m_isEntering = true;
    QTimer::singleShot(0, this, [this] {
        if (m_isEntering) { // else another page was entered meanwhile
            enter(m_navigator->place());
        }
    });
}

void MainWindow::enter(const Place& place) {
    m_isEntering = false;
    auto* before = currentPage();
    auto* page = pageFor(place.page);
    if (before != nullptr && before != page) {
        before->left();
    }
    m_stack->setCurrentWidget(page);
    m_settings->setLastPage(place.page);
    if (!m_finder->isOpen()) {
        page->setFocus(Qt::OtherFocusReason); // not on the first control: a ring there would say that somebody chose it
    }
    page->entered();
    page->showSelection(place.selection);
    showInspector();
    updateTitle();
}

void MainWindow::showInspector() {
    auto* page = currentPage();
    auto* inspector = page == nullptr ? nullptr : page->inspector();
    const bool wanted = width() >= kFoldBelow ? m_settings->isInspectorShown() : m_inspectorAsked;
    if (inspector != nullptr) {
        m_inspectors->setCurrentWidget(inspector);
    }
    m_inspectors->setVisible(inspector != nullptr && wanted);
}

void MainWindow::updateTitle() {
    const auto& place = m_navigator->place();
    const auto page = std::ranges::find_if(m_pages, [&](const PageEntry& entry) { return entry.id == place.page; });
    const auto title = page == m_pages.end() ? QString() : page->title;
    setWindowTitle(place.selection.isNone() ? tr("%1 – Meshbone").arg(title)
                                            : tr("%1, %2 – Meshbone").arg(place.selection.name, title));
}

bool MainWindow::isSettled() const {
    const auto* page = currentPage();
    return page != nullptr && !m_isEntering && page->isSettled() && m_feed->isCatalogLoaded() && m_health->isLoaded() &&
           m_ledger->isSettled() && m_undo->isSettled() && m_attention->isSettled();
}

void MainWindow::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_finder->setGeometry(rect());
    if (width() >= kFoldBelow) {
        m_inspectorAsked = false;
    }
    showInspector();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_settings->setWindowGeometry(saveGeometry());
    QWidget::closeEvent(event);
}

} // namespace meshbone::ui
