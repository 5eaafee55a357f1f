// SPDX-License-Identifier: Apache-2.0
#include "desktop.h"

#include "profile_book.h"
#include "profiles.h"
#include "quit_signals.h"
#include "scenario.h"
#include "secret_file.h"
#include "tour_scenes.h"

#include "pages.h"
#include "shell/main_window.h"
#include "shell/tour.h"

#include <fmt/core.h>

#include <QApplication>
#include <QLineEdit>
#include <QMessageBox>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>

namespace meshbone::app {

namespace {

constexpr auto kDemoLimit = std::chrono::seconds(60);
constexpr auto kShownTopic = "seismic.quakes";
constexpr auto kDerivedTopic = "seismic.quakes-near-airports";
constexpr double kSteadyPerSecond = 20; ///< the demo's feeds go slower than this once their history is out

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

ui::Services servicesOf(Session& session, const DesktopOptions& options, std::optional<std::string>& next) {
    ui::Services services{session.backbone(), session.catalog(), session.lineage(), {}, {}};
    services.catalogProblem = session.catalogError() ? session.catalogError()->message : std::string();
    services.lineageProblem = session.lineageError() ? session.lineageError()->message : std::string();
    services.person = localPerson().id;
    services.enforcer = session.enforcer();
    services.schemas = session.registry();
    services.schemasProblem = session.schemasError() ? session.schemasError()->message
                              : session.registry()
                                  ? std::string()
                                  : "No schema registry is named in this cluster's profile. Name its URL there.";
    if (auto* own = session.schemas()) {
        services.onSchemasChanged = [own](std::function<void()> changed) {
            return own->service().onChanged(std::move(changed));
        };
    }
    services.violations = &session.violations();
    services.layoutWorker = options.program;
    services.embedded = session.embedded();
    if (session.embedded()) { // since when a cluster is up nobody tells
        services.startedMs =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
    }
    services.profiles = profileBook(options.session.dataDirectory, [&next](const std::string& name) {
        next = name;
        QCoreApplication::quit();
    });
    services.production = options.production;
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
            }
            if (!m_failed && (!options.tour.empty() || !options.scenario.empty())) {
                waitForPace(session, stop);
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
    /// The pictures are to show a mesh that runs: wait until what the demo's clients do is seen, and the history that
    /// they publish at first no longer hides their pace.
    static void waitForPace(Session& session, const std::stop_token& stop) {
        std::mutex mutex;
        std::condition_variable_any wake;
        std::unique_lock lock(mutex);
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(75);
        const auto isSeen = [&] {
            const auto* quakes = session.backbone().traffic()->find(kShownTopic);
            return isLineageSeen(session) && quakes != nullptr && quakes->recent.size() >= 3 &&
                   quakes->perSecond < kSteadyPerSecond;
        };
        while (!stop.stop_requested() && std::chrono::steady_clock::now() < deadline && !isSeen()) {
            wake.wait_for(lock, stop, std::chrono::milliseconds(200), [] { return false; });
        }
    }

    std::atomic<bool> m_failed = false;
    std::vector<ScenarioStep> m_steps;
    std::jthread m_thread; // last: joined before the rest goes
};

/// Selects on a page what is worth a picture, through the widgets that a person would use.
void prepareForPicture(ui::MainWindow& window, ui::Page& page) {
    using ui::SelectionKind;
    auto& navigator = window.context().navigator;
    if (page.id() == QLatin1String("schemas")) {
        navigator.select({SelectionKind::Schema, QLatin1String(kShownTopic) + QLatin1String("-value")});
    } else if (page.id() == QLatin1String("lineage")) {
        navigator.select({SelectionKind::Topic, QLatin1String(kDerivedTopic)});
    } else if (page.id() == QLatin1String("topics") || page.id() == QLatin1String("replay")) {
        navigator.select({SelectionKind::Topic, QLatin1String(kShownTopic)});
    }
    auto* from = page.findChild<QLineEdit*>(QStringLiteral("replayFrom"));
    auto* to = page.findChild<QLineEdit*>(QStringLiteral("replayTo"));
    if (from != nullptr && to != nullptr) {
        from->setText(QStringLiteral("2018-02-06 13:00"));
        to->setText(QStringLiteral("2018-02-06 18:00"));
        emit to->editingFinished();
    }
}

/// The pictures, then the summary. Returns the exit status.
int finishTour(ui::MainWindow& window, Background& background, const DesktopOptions& options) {
    const auto& folder = options.scenario.empty() ? options.tour : options.scenario;
    auto steps = background.steps();
    ui::TourOptions tour;
    tour.folder = QString::fromStdString(folder.string());
    tour.prepare = [&window](ui::Page& page) { prepareForPicture(window, page); };
    tour.scenes = tourScenes(window);
    const auto pictures = ui::runTour(window, tour);
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

/// How one session with its window ended.
struct Ended {
    int status = 0;
    bool started = true;
    std::optional<std::string> next; ///< the profile to open now; none: the program ends
};

Ended runSession(const DesktopOptions& options) {
    const bool touring = !options.tour.empty() || !options.scenario.empty();
    Ended ended;
    auto session = Session::start(options.session);
    if (!session) {
        return {reportStart(session.error(), !touring), false, {}};
    }
    const bool passing = touring || options.demo; // nothing that a person chose to go on with
    if (const auto kept =
            passing ? Status{} : rememberProfile(options.session.dataDirectory, (*session)->profile().name);
        !kept) {
        fmt::print(stderr, "meshbone: the profile could not be remembered: {}\n", kept.error().message);
    }
    ui::MainWindow window(servicesOf(**session, options, ended.next), ui::allPages());
    window.start();
    Background background(**session, options);
    if (!touring) {
        window.show();
        ended.status = QApplication::exec();
        return ended;
    }
    if (options.demo) {
        QApplication::exec(); // until the background is done
    }
    ended.status = finishTour(window, background, options);
    ended.next.reset();
    return ended;
}

/// The same desktop on another profile.
Result<DesktopOptions> onProfile(DesktopOptions options, const std::string& name) {
    options.demo = false; // what was asked for the first profile isn't meant for another
    options.remembered = false;
    options.production = false;
    options.session.cluster.reset();
    options.session.registry = {};
    if (name == kEmbeddedProfile) {
        return options;
    }
    const auto known = profileNamed(options.session.dataDirectory, name);
    if (!known) {
        return std::unexpected(known.error());
    }
    options.session.cluster = known->profile;
    options.session.registry = known->registry;
    options.production = known->production;
    return options;
}

} // namespace

int runDesktop(const DesktopOptions& given) {
    const auto& folder = given.scenario.empty() ? given.tour : given.scenario;
    if (!folder.empty()) {
        std::error_code failed; // the pictures say so
        std::filesystem::create_directories(folder, failed);
    }
    const QuitSignals quitSignals;
    auto options = given;
    std::optional<DesktopOptions> before; // to go back to where the next one can't be opened
    if (options.remembered) {
        before = onProfile(options, std::string(kEmbeddedProfile)).value();
    }
    while (true) {
        const auto ended = runSession(options);
        if (!ended.started && before) {
            options = *std::exchange(before, std::nullopt);
        } else if (!ended.started || !ended.next) {
            return ended.status;
        } else if (auto next = onProfile(options, *ended.next); next) {
            before = std::exchange(options, std::move(*next));
        } else {
            reportStart(next.error(), true); // and the same again
            options.demo = false;
        }
    }
}

} // namespace meshbone::app
