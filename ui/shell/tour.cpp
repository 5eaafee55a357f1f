// SPDX-License-Identifier: Apache-2.0
#include "shell/tour.h"

#include "shell/main_window.h"
#include "widgets/format.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QTimer>

namespace meshbone::ui {

namespace {

constexpr int kLookMs = 20;
constexpr int kSteadyLooks = 8; ///< settled this many times in a row: what follows from it is painted too

/// Runs the event loop until the window has settled or the time is over.
void settle(const MainWindow& window, std::chrono::milliseconds limit) {
    const QDeadlineTimer deadline(limit);
    QEventLoop loop;
    QTimer look;
    int steady = 0;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        steady = window.isSettled() ? steady + 1 : 0;
        if (steady >= kSteadyLooks || deadline.hasExpired()) {
            loop.quit();
        }
    });
    look.start(kLookMs);
    loop.exec();
}

} // namespace

Result<QStringList> runTour(MainWindow& window, const TourOptions& options) {
    if (!QDir().mkpath(options.folder)) {
        return fail(ErrorCode::Io,
                    "The folder '" + options.folder.toStdString() + "' could not be made; name another one.");
    }
    window.resize(options.size);
    window.show();
    QStringList written;
    const auto before = Theme::instance().scheme();
    for (const auto scheme : {Scheme::Light, Scheme::Dark}) {
        Theme::instance().setScheme(scheme);
        for (const auto& page : window.pages()) {
            window.context().navigator.goTo(page.id);
            if (options.prepare) {
                options.prepare(*window.currentPage());
            }
            settle(window, options.perPage);
            const auto name = QStringLiteral("%1-%2.png").arg(page.id, scheme == Scheme::Dark ? "dark" : "light");
            const auto path = QDir(options.folder).filePath(name);
            if (!window.grab().save(path)) {
                Theme::instance().setScheme(before);
                return fail(ErrorCode::Io, "'" + path.toStdString() +
                                               "' could not be written; is the disk full or the folder read-only?");
            }
            written << path;
        }
    }
    Theme::instance().setScheme(before);
    return written;
}

} // namespace meshbone::ui
