// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <QSize>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>

namespace meshbone::ui {

class MainWindow;
class Page;

struct TourOptions {
    QString folder; ///< created when missing
    QSize size{1600, 1000};
    std::chrono::milliseconds perPage{20'000}; ///< a page that isn't there by then is taken as it is
    /// Called when a page has been opened, before its picture is taken: to select what is worth showing.
    std::function<void(Page& page)> prepare = {};
};

/// Opens every page, light and dark, and writes "<page>-light.png" and "<page>-dark.png". Works on any platform plugin,
/// "offscreen" included. Runs the event loop itself; call it from main() instead of exec(), after MainWindow::start().
/// Returns the files written.
Result<QStringList> runTour(MainWindow& window, const TourOptions& options);

} // namespace meshbone::ui
