// SPDX-License-Identifier: Apache-2.0
#include "shell/tour.h"

#include "shell/main_window.h"
#include "widgets/format.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QEventLoop>
#include <QPixmap>
#include <QPointer>
#include <QTimer>

namespace meshbone::ui {

namespace {

constexpr int kLookMs = 20;
constexpr int kSteadyLooks = 8; ///< settled this many times in a row: what follows from it is painted too

/// Runs the event loop until the window has settled, and `isReady` says yes, or the time is over.
void settle(const MainWindow& window, std::chrono::milliseconds limit, const std::function<bool()>& isReady = {}) {
    const QDeadlineTimer deadline(limit);
    QEventLoop loop;
    QTimer look;
    int steady = 0;
    QObject::connect(&look, &QTimer::timeout, &loop, [&] {
        steady = window.isSettled() && (!isReady || isReady()) ? steady + 1 : 0;
        if (steady >= kSteadyLooks || deadline.hasExpired()) {
            loop.quit();
        }
    });
    look.start(kLookMs);
    loop.exec();
}

Status save(QWidget& drawn, const QString& path, QStringList& written) {
    if (!drawn.grab().save(path)) {
        return fail(ErrorCode::Io,
                    "'" + path.toStdString() + "' could not be written; is the disk full or the folder read-only?");
    }
    written << path;
    return {};
}

Status drawScene(MainWindow& window, const TourScene& scene, const TourOptions& options, QStringList& written) {
    window.context().navigator.goTo(scene.page);
    settle(window, options.perPage);
    const QPointer<QWidget> opened = scene.open(*window.currentPage());
    settle(window, options.perPage, scene.isReady);
    const auto path = QDir(options.folder).filePath(scene.name + QStringLiteral(".png"));
    auto saved = save(opened == nullptr ? static_cast<QWidget&>(window) : *opened, path, written);
    if (opened != nullptr) {
        opened->close();
    }
    return saved;
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
            if (const auto saved = save(window, path, written); !saved) {
                Theme::instance().setScheme(before);
                return std::unexpected(saved.error());
            }
        }
    }
    Theme::instance().setScheme(Scheme::Light);
    Status drawn;
    for (std::size_t i = 0; drawn && i < options.scenes.size(); ++i) {
        drawn = drawScene(window, options.scenes[i], options, written);
    }
    Theme::instance().setScheme(before);
    if (!drawn) {
        return std::unexpected(drawn.error());
    }
    return written;
}

} // namespace meshbone::ui
