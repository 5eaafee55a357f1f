// SPDX-License-Identifier: Apache-2.0
#include "cluster_options.h"
#include "desktop.h"
#include "display.h"
#include "profiles.h"
#include "settings.h"

#include "widgets/theme.h"

#include <lineage/lineage.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <QApplication>

#include <unistd.h>

#include <string_view>

namespace {

/// This program's own path; the layout worker is started from it.
std::string programPath() {
    std::error_code failed;
    const auto path = std::filesystem::read_symlink("/proc/self/exe", failed);
    return failed ? std::string() : path.string();
}

struct Arguments {
    meshbone::app::DesktopOptions desktop;
    std::vector<std::string> settings;
    meshbone::app::ClusterOptions cluster;
};

void describe(CLI::App& program, Arguments& arguments) {
    auto& session = arguments.desktop.session;
    session.dataDirectory = meshbone::app::defaultDataDirectory();
    session.anyPortWhenTaken = true;
    program.add_option("--data", session.dataDirectory, "Data directory; created when missing")->capture_default_str();
    program.add_option("--port", session.port, "Port of the embedded backbone on loopback; 0 picks one")
        ->capture_default_str();
    program.add_option("--set", arguments.settings, "A property of the embedded backbone, NAME=VALUE; may be repeated");
    program.add_flag("--tls", session.tls,
                     "The embedded backbone speaks TLS; its certificates are made on the first start");
    addClusterOptions(program, arguments.cluster);
    program.add_flag("--demo", arguments.desktop.demo, "Run the demo mesh");
    program.add_option("--tour", arguments.desktop.tour, "Write a picture of every page into this folder, and end");
    program.add_option(
        "--scenario", arguments.desktop.scenario,
        "Do on the demo mesh what three people do, write pictures and summary into this folder, and end");
    program.set_version_flag("--version", std::string("meshbone ") + MESHBONE_VERSION);
}

/// The profile that the command line names, else the one of last time. The demo mesh goes nowhere that it wasn't told.
std::string chooseProfile(Arguments& arguments) {
    auto& desktop = arguments.desktop;
    auto& options = arguments.cluster;
    const bool asked = !options.profileName.empty() || !options.bootstrap.empty() || desktop.demo;
    if (!asked) {
        const auto list = meshbone::app::readProfiles(desktop.session.dataDirectory);
        if (!list) {
            fmt::print(stderr, "meshbone: {}\n", list.error().message); // the embedded backbone needs no profile
            return {};
        }
        options.profileName = list->lastUsed;
        desktop.remembered = list->lastUsed != meshbone::app::kEmbeddedProfile;
    }
    const auto cluster = options.cluster(desktop.session.dataDirectory, "meshbone");
    if (!cluster) {
        return cluster.error().message;
    }
    if (*cluster) {
        desktop.session.cluster = (*cluster)->profile;
        desktop.session.registry = (*cluster)->registry;
        desktop.production = (*cluster)->production;
    }
    return {};
}

/// What the command line means beyond its values; a sentence when it can't be meant.
std::string complete(Arguments& arguments) {
    auto& desktop = arguments.desktop;
    auto properties = meshbone::app::parseSettings(arguments.settings);
    if (!properties) {
        return "--set: " + properties.error().message;
    }
    desktop.session.properties = std::move(*properties);
    if (!desktop.tour.empty() || !desktop.scenario.empty()) {
        desktop.demo = true;
    }
    if (const auto wrong = chooseProfile(arguments); !wrong.empty()) {
        return wrong;
    }
    if (!desktop.tour.empty() || !desktop.scenario.empty()) {
        meshbone::app::drawWithoutDisplay();
    } else if (!meshbone::app::hasDisplay()) {
        return "There is no display. --scenario FOLDER does the same without a window.";
    }
    desktop.program = programPath();
    return {};
}

} // namespace

int main(int argc, char** argv) {
    // The layout worker is this program again: it needs no Qt, and must start fast.
    if (argc == 2 && std::string_view(argv[1]) == "--layout-worker") {
        return meshbone::lineage::runLayoutWorker();
    }
    CLI::App program("Meshbone governs a data mesh on an event-streaming backbone.", "meshbone");
    Arguments arguments;
    describe(program, arguments);
    CLI11_PARSE(program, argc, argv);
    if (const auto wrong = complete(arguments); !wrong.empty()) {
        fmt::print(stderr, "meshbone: {}\n", wrong);
        return 2;
    }
    QApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Meshbone"));
    QApplication::setOrganizationName(QStringLiteral("Meshbone"));
    QApplication::setApplicationVersion(QStringLiteral(MESHBONE_VERSION));
    meshbone::ui::Theme::instance().install(application);
    return meshbone::app::runDesktop(arguments.desktop);
}
