// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui_watch.h"

#include <QString>

#include <map>
#include <string>
#include <vector>

namespace meshbone::ui {
class MainWindow;
class Page;
} // namespace meshbone::ui

class QWidget;

namespace meshbone::bench {

/// What a visit to the window measured, in ms.
struct VisitFigures {
    double paintedMs = -1, usefulMs = -1, settledMs = -1;   ///< since the process was started
    std::map<std::string, std::pair<double, double>> pages; ///< painted, settled, since it was asked for
    std::vector<double> keys;                               ///< from a key in the filter to the list that obeys it
    int graphNodes = 0;
    double graphPaintedMs = -1, graphLaidOutMs = -1; ///< the picture of all hops, since it was asked for
    bool complete = false;                           ///< all that is waited for did happen
};

/// A person at the window, who opens the pages, filters the topics, looks at lineage, at access and then watches,
/// through the same widgets and keys. Works inside WatchedApplication::runBeside(). GUI thread.
class Visit {
public:
    /// `startPage`: the page that the window opens with; `focus`: the topic that lineage is shown of; `principal`:
    /// whose access is looked at, where the mesh has principals.
    Visit(WatchedApplication& app, Clock::time_point started, QString startPage, QString focus, QString principal);
    /// Does it all; `ready` is called as soon as the first page is useful.
    void run(const std::function<void()>& ready);
    [[nodiscard]] const VisitFigures& figures() const { return m_figures; }

private:
    using Painted = QSet<const QObject*>;
    /// Turns the loop until the condition holds; false: it never did.
    bool until(const std::function<bool()>& condition, std::chrono::milliseconds limit);
    /// Ms since `begun` until the end of the first frame of which the condition holds, or -1.
    double frame(Clock::time_point begun, const std::function<bool(const Painted&)>& condition);
    /// Ms since `begun` until all that waits to be painted is painted.
    double painted(Clock::time_point begun);
    [[nodiscard]] bool isUseful(const Painted& painted) const;
    void start(const std::function<void()>& ready);
    void openPages();
    void filterTopics();
    void openInspector();
    void openLineage();
    void openAccess(const QString& principal);
    void filterAccess(const QString& list);
    void explain();
    void least();
    void pause(std::chrono::milliseconds span);
    void watchLive();
    double goTo(const QString& page);
    [[nodiscard]] ui::Page* page() const;

    WatchedApplication& m_app;
    Clock::time_point m_started;
    QString m_startPage, m_focus, m_principal;
    ui::MainWindow* m_window = nullptr;
    VisitFigures m_figures;
    bool m_failed = false;
};

} // namespace meshbone::bench
