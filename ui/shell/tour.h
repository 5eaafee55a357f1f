// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <QSize>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <vector>

class QWidget;

namespace meshbone::ui {

class MainWindow;
class Page;

/// A state that no page shows by itself: a dialog that is filled in, a tab that is opened.
struct TourScene {
    QString name; ///< of the picture
    QString page; ///< that it is shown on
    /// Opens it; what is drawn, or null: the window. Called when the page has settled.
    std::function<QWidget*(Page& page)> open;
    /// Asked until it says yes: goes on where something has to be there first. May be empty.
    std::function<bool()> isReady = {};
};

struct TourOptions {
    QString folder; ///< created when missing
    QSize size{1600, 1000};
    std::chrono::milliseconds perPage{20'000}; ///< a page that isn't there by then is taken as it is
    /// Called when a page has been opened, before its picture is taken: to select what is worth showing.
    std::function<void(Page& page)> prepare = {};
    std::vector<TourScene> scenes = {}; ///< drawn after the pages, each once, in light
};

/// Opens every page, light and dark, and writes "<page>-light.png" and "<page>-dark.png". Works on any platform plugin,
/// "offscreen" included; then "<scene>.png" of each scene. Runs the event loop itself; call it from main() instead of
/// exec(), after MainWindow::start(). Returns the files written.
Result<QStringList> runTour(MainWindow& window, const TourOptions& options);

} // namespace meshbone::ui
