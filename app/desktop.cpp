// SPDX-License-Identifier: Apache-2.0
#include "desktop.h"

#include "quit_signals.h"
#include "scenario.h"
#include "secret_file.h"

#include "pages.h"
#include "shell/main_window.h"
#include "shell/tour.h"

#include <fmt/core.h>

#include <QApplication>
#include <QMessageBox>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace meshbone::app {

namespace {

constexpr auto kDemoLimit = std::chrono::seconds(60);

/// A start that failed, in the window (where there is one) and on standard error.
int reportStart(const Error& error, bool windowed) {
    fmt::print(stderr, "meshbone: {}\n", error.message);
    if (windowed) {
        QMessageBox box(QMessageBox::Critical, QApplication::translate("Desktop", "Meshbone can't start"),
                        QString::fromStdString(error.message));
        box.setObjectName(QStringLiteral("startError"));
        box.exec();
    }
    return 1;
}

ui::Services servicesOf(Session& session, const DesktopOptions& options) {
    ui::Services services{session.backbone(), session.catalog(), session.lineage(), {}, {}};
    services.catalogProblem = session.catalogError() ? session.catalogError()->message : std::string();
    services.lineageProblem = session.lineageError() ? session.lineageError()->message : std::string();
    services.layoutWorker = options.program;
    services.embedded = session.embedded();
    services.startedMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    services.profiles = {session.profile().name};
    if (session.embedded()) {
        services.createClient = [&session](const std::string& user) -> Result<ui::ClientCredential> {
            const auto password = session.createClient(user);
            if (!password) {
                return std::unexpected(password.error());
            }
            return ui::ClientCredential{user, *password};
        };
    }
    services.loadDemo = [&session] { return session.startDemo({kDemoLimit, {}}); };
    return services;
}

/// What goes on beside the window: starting the demo, and the scenario. Joined before the session ends.
class Background {
public:
    Background(Session& session, const DesktopOptions& options) {
        if (!options.demo) {
            return;
        }
        m_thread = std::jthread([this, &session, &options](std::stop_token stop) {
            if (const auto started = session.startDemo({kDemoLimit, stop}); !started) {
                fmt::print(stderr, "meshbone: the demo could not be started: {}\n", started.error().message);
                m_failed = true;
            } else if (!options.scenario.empty()) {
                m_steps = runScenario(session, options.scenario);
            } else if (!options.tour.empty()) {
                waitForLineage(session, stop);
            }
            if (!options.tour.empty() || !options.scenario.empty()) {
                QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
            }
        });
    }

    /// After the thread has asked the application to quit.
    [[nodiscard]] const std::vector<ScenarioStep>& steps() {
        m_thread.join();
        return m_steps;
    }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    /// The pictures are to show a mesh that runs: wait until what the demo's clients do is seen.
    static void waitForLineage(Session& session, const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(45);
        while (session.lineage() != nullptr && !stop.stop_requested() && std::chrono::steady_clock::now() < deadline &&
               session.lineage()->upstream("seismic.quakes-near-airports", {}).size() < 4) {
            wake.wait_for(lock, stop, std::chrono::milliseconds(200), [] { return false; });
        }
    }

    std::atomic<bool> m_failed = false;
    std::vector<ScenarioStep> m_steps;
    std::jthread m_thread; // last: joined before the rest goes
};

/// The pictures, then the summary. Returns the exit status.
int finishTour(ui::MainWindow& window, Background& background, const DesktopOptions& options) {
    const auto& folder = options.scenario.empty() ? options.tour : options.scenario;
    auto steps = background.steps();
    const auto pictures = ui::runTour(window, {QString::fromStdString(folder.string())});
    if (!pictures) {
        fmt::print(stderr, "meshbone: {}\n", pictures.error().message);
        return 1;
    }
    bool good = !background.failed();
    for (const auto& step : steps) {
        fmt::print("{} {}: {}\n", step.ok ? "ok  " : "FAIL", step.who, step.sentence);
        good = good && step.ok;
    }
    if (const auto written = options.scenario.empty() ? Status{} : writeSummary(steps, folder); !written) {
        fmt::print(stderr, "meshbone: {}\n", written.error().message);
        return 1;
    }
    fmt::print("{} picture(s){} in {}\n", pictures->size(),
               options.scenario.empty() ? "" : ", summary.md and manifest.json", folder.string());
    return good ? 0 : 1;
}

} // namespace

int runDesktop(const DesktopOptions& options) {
    const bool touring = !options.tour.empty() || !options.scenario.empty();
    if (touring) {
        std::error_code failed;
        std::filesystem::create_directories(options.scenario.empty() ? options.tour : options.scenario, failed);
    }
    auto session = Session::start(options.session);
    if (!session) {
        return reportStart(session.error(), !touring);
    }
    const QuitSignals quitSignals;
    ui::MainWindow window(servicesOf(**session, options), ui::allPages());
    window.start();
    Background background(**session, options);
    if (!touring) {
        window.show();
        return QApplication::exec();
    }
    if (options.demo) {
        QApplication::exec(); // until the background is done
    }
    return finishTour(window, background, options);
}

} // namespace meshbone::app
