// SPDX-License-Identifier: Apache-2.0
#include "desktop_visit.h"

#include "lineage/graph_view.h"
#include "shell/main_window.h"
#include "widgets/list_panel.h"
#include "widgets/row_filter.h"

#include <QEventLoop>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTimer>
#include <QtTest>

#include <fmt/format.h>

namespace meshbone::bench {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds kPatience{60'000};
constexpr milliseconds kLiveTopics{20'000}, kLiveOther{8'000};
constexpr milliseconds kBetweenKeys{150};

ui::MainWindow* mainWindow() {
    for (auto* widget : QApplication::topLevelWidgets()) {
        if (auto* window = qobject_cast<ui::MainWindow*>(widget)) {
            return window;
        }
    }
    return nullptr;
}

/// Says when its event has come.
class LastInLine : public QObject {
public:
    explicit LastInLine(std::function<void()> told)
        : m_told(std::move(told)) {}
    bool event(QEvent* event) override {
        if (event->type() == QEvent::User) {
            m_told();
        }
        return QObject::event(event);
    }

private:
    std::function<void()> m_told;
};

bool has(const QSet<const QObject*>& painted, const QWidget* widget) {
    return widget != nullptr && painted.contains(widget);
}

} // namespace

Visit::Visit(WatchedApplication& app, Clock::time_point started, QString startPage, QString focus, QString principal)
    : m_app(app)
    , m_started(started)
    , m_startPage(std::move(startPage))
    , m_focus(std::move(focus))
    , m_principal(std::move(principal)) {}

ui::Page* Visit::page() const {
    return m_window->currentPage();
}

bool Visit::until(const std::function<bool()>& condition, milliseconds limit) {
    const auto begun = Clock::now();
    while (!condition()) {
        if (Clock::now() - begun > limit) {
            return false;
        }
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // the beat wakes it
    }
    return true;
}

double Visit::frame(Clock::time_point begun, const std::function<bool(const Painted&)>& condition) {
    double took = -1;
    m_app.setFrameHook([&](const Painted& painted) {
        if (took < 0 && condition(painted)) {
            took = msSince(begun);
        }
    });
    m_failed = !until([&] { return took >= 0; }, kPatience) || m_failed;
    m_app.setFrameHook({});
    return took;
}

double Visit::painted(Clock::time_point begun) {
    // Qt asks for repainting by events of low priority: what comes after those comes after the painting.
    double took = -1;
    LastInLine last([&] { took = msSince(begun); });
    QCoreApplication::postEvent(&last, new QEvent(QEvent::User), Qt::LowEventPriority - 1);
    m_failed = !until([&] { return took >= 0; }, kPatience) || m_failed;
    return took;
}

bool Visit::isUseful(const Painted& painted) const {
    if (page() == nullptr) {
        return false;
    }
    const bool topics = m_startPage == QLatin1String("topics");
    const auto* table =
        page()->findChild<ui::TableView*>(topics ? QStringLiteral("topicsTable") : QStringLiteral("domainsTable"));
    return table != nullptr && table->model() != nullptr && table->model()->rowCount() > 0 &&
           has(painted, table->viewport());
}

void Visit::run(const std::function<void()>& ready) {
    m_window = mainWindow();
    if (m_window == nullptr) {
        fmt::print(stderr, "desktop_bench: there is no window.\n");
        return;
    }
    m_app.startBeat();
    start(ready);
    openPages();
    filterTopics();
    openInspector();
    openLineage();
    openAccess(m_principal);
    watchLive();
    m_figures.complete = !m_failed;
    m_window->close();
}

void Visit::start(const std::function<void()>& ready) {
    m_app.setFrameHook([](const Painted&) {});
    m_figures.paintedMs = -1;
    m_figures.usefulMs = frame(m_started, [this](const Painted& painted) {
        if (m_figures.paintedMs < 0) {
            m_figures.paintedMs = msSince(m_started);
        }
        return isUseful(painted);
    });
    ready();
    m_failed = !until([this] { return m_window->isSettled(); }, kPatience) || m_failed;
    m_figures.settledMs = msSince(m_started);
}

double Visit::goTo(const QString& page) {
    const auto begun = Clock::now();
    // As an event of its own, as a key press would be.
    QMetaObject::invokeMethod(
        m_window, [this, page] { m_window->context().navigator.goTo(page); }, Qt::QueuedConnection);
    return frame(begun, [this, page](const Painted& painted) {
        return this->page() != nullptr && this->page()->id() == page && has(painted, this->page());
    });
}

void Visit::openPages() {
    for (const auto& entry : m_window->pages()) {
        if (entry.id == page()->id()) {
            continue;
        }
        m_app.beginPart("open " + entry.id.toStdString());
        const auto begun = Clock::now();
        const auto painted = goTo(entry.id);
        m_failed = !until([this] { return page()->isSettled(); }, kPatience) || m_failed;
        m_figures.pages[entry.id.toStdString()] = {painted, msSince(begun)};
    }
}

void Visit::filterTopics() {
    m_app.beginPart("back to topics");
    goTo(QStringLiteral("topics"));
    auto* panel = page()->findChild<ui::ListPanel*>(QStringLiteral("topicsList"));
    auto* line = page()->findChild<QLineEdit*>(QStringLiteral("topicsFilter"));
    m_app.beginPart("filter");
    line->setFocus();
    const auto press = [&](int key, const QString& text) {
        const auto begun = Clock::now();
        QKeyEvent event(QEvent::KeyPress, key, Qt::NoModifier, text);
        QCoreApplication::sendEvent(line, &event);
        m_failed = !until([&] { return panel->rowFilter()->text() == line->text().trimmed(); }, kPatience) || m_failed;
        m_figures.keys.push_back(painted(begun));
        until([until = Clock::now() + kBetweenKeys] { return Clock::now() > until; }, kPatience);
    };
    const auto word = QStringLiteral("cargo 0017");
    for (const auto letter : word) {
        press(0, QString(letter));
    }
    for (int i = 0; i < word.size(); ++i) {
        press(Qt::Key_Backspace, {});
    }
}

void Visit::openInspector() {
    m_app.beginPart("inspector");
    goTo(QStringLiteral("products"));
    auto* panel = page()->findChild<ui::ListPanel*>(QStringLiteral("productsList"));
    const auto begun = Clock::now();
    panel->selectSourceRow(static_cast<int>(m_window->context().feed.catalog()->products.size() / 2));
    m_figures.pages["inspector"].first = frame(begun, [this](const Painted& painted) {
        auto* inspector = page()->inspector();
        return inspector != nullptr && inspector->isVisible() && has(painted, inspector);
    });
    m_figures.pages["inspector"].second = msSince(begun);
}

void Visit::openLineage() {
    m_app.beginPart("lineage of all hops");
    m_window->context().navigator.goTo(QStringLiteral("lineage"), {ui::SelectionKind::Topic, m_focus});
    auto* graph = page()->findChild<ui::GraphView*>();
    m_failed =
        !until([&] { return page()->isSettled() && graph->picture().indexOf(m_focus) >= 0; }, kPatience) || m_failed;
    const auto few = graph->picture().nodes.size();
    auto* hops = page()->findChild<QPushButton*>(QStringLiteral("lineageHops"));
    const auto begun = Clock::now();
    QMetaObject::invokeMethod(hops->menu()->actions().last(), &QAction::trigger, Qt::QueuedConnection);
    m_figures.graphPaintedMs = frame(begun, [&](const Painted& painted) {
        return graph->picture().nodes.size() > few && has(painted, graph->viewport());
    });
    until([&] { return page()->isSettled(); }, kPatience);
    m_figures.graphLaidOutMs = msSince(begun);
    m_figures.graphNodes = static_cast<int>(graph->picture().nodes.size());
    until([end = Clock::now() + milliseconds(1000)] { return Clock::now() > end; }, kPatience); // the nodes glide
}

void Visit::watchLive() {
    const auto watch = [this](const QString& id, milliseconds span) {
        goTo(id);
        m_app.beginPart("live " + id.toStdString());
        until([end = Clock::now() + span] { return Clock::now() > end; }, kPatience);
    };
    watch(QStringLiteral("lineage"), kLiveOther);
    watch(QStringLiteral("overview"), kLiveOther);
    watch(QStringLiteral("topics"), kLiveTopics);
}

} // namespace meshbone::bench
