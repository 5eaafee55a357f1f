// SPDX-License-Identifier: Apache-2.0
// desktop_bench [DIRECTORY] [PRINCIPALS]: the desktop on a mesh of 10,000 topics, as a person meets it: from the start
// of the process to the first page, filtering, switching pages, lineage, and how long the window ever stood still,
// while events come in; with PRINCIPALS, each with a grant of five ACLs, of 20,000 topics, and access is looked at too.
// DIRECTORY keeps the mesh for further runs; without it the mesh is made anew and thrown away. One line of JSON.
//
// The program starts itself again for each visit, so that starting is measured with all that belongs to it:
// --visit PAGE DATA STARTED_NS. Called with --layout-worker it is its own layout worker.
#include "access_seed.h"
#include "desktop_visit.h"
#include "disk_figure.h"
#include "live_writer.h"
#include "mesh_seed.h"
#include "visitor.h"

#include "desktop.h"
#include "widgets/theme.h"

#include <lineage/lineage.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <QSettings>
#include <QTimer>

#include <algorithm>
#include <string_view>
#include <unistd.h>

using namespace meshbone;
using namespace meshbone::bench;

namespace {

std::string partsJson(const std::vector<PartFigures>& parts) {
    std::vector<std::string> all;
    for (const auto& part : parts) {
        all.push_back(fmt::format(R"({{"part":"{}","longest_event_ms":{:.1f},"of_it_cpu_ms":{:.1f},)"
                                  R"("receiver":"{}","event":{},"began_s":{:.6f},"longest_wait_ms":{:.1f}}})",
                                  part.name, part.eventMs, part.eventCpuMs, part.receiver, part.eventType, part.beganS,
                                  part.waitMs));
    }
    return fmt::format("[{}]", fmt::join(all, ","));
}

std::string pagesJson(const VisitFigures& figures) {
    std::vector<std::string> all;
    for (const auto& [page, ms] : figures.pages) {
        all.push_back(fmt::format(R"("{}":{{"painted_ms":{:.1f},"settled_ms":{:.1f}}})", page, ms.first, ms.second));
    }
    return fmt::format("{{{}}}", fmt::join(all, ","));
}

std::string visitJson(const VisitFigures& figures, const std::vector<PartFigures>& parts) {
    auto keys = figures.keys;
    std::ranges::sort(keys);
    const auto longest = std::ranges::max(parts, {}, &PartFigures::eventMs);
    return fmt::format(R"({{"complete":{},"first_paint_ms":{:.0f},"useful_ms":{:.0f},"settled_ms":{:.0f},"pages":{},)"
                       R"("filter_median_ms":{:.1f},"filter_worst_ms":{:.1f},)"
                       R"("lineage_nodes":{},"lineage_painted_ms":{:.1f},"lineage_laid_out_ms":{:.1f},)"
                       R"("longest_event_ms":{:.1f},"longest_event_in":"{}","parts":{}}})",
                       figures.complete, figures.paintedMs, figures.usefulMs, figures.settledMs, pagesJson(figures),
                       keys.empty() ? -1 : keys[keys.size() / 2], keys.empty() ? -1 : keys.back(), figures.graphNodes,
                       figures.graphPaintedMs, figures.graphLaidOutMs, longest.eventMs, longest.name, partsJson(parts));
}

/// A visit, in a process of its own: tells "ready", then its figures.
int visit(int argc, char** argv) {
    const std::string page = argv[2], data = argv[3];
    const Clock::time_point started{std::chrono::nanoseconds(std::atoll(argv[4]))};
    WatchedApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("Meshbone"));
    QApplication::setOrganizationName(QStringLiteral("Meshbone"));
    ui::Theme::instance().install(application);
    QSettings().setValue(QStringLiteral("window/page"), QString::fromStdString(page));
    app::DesktopOptions options;
    options.session.dataDirectory = data;
    options.session.port = 0;
    options.program = ownProgram();
    Visit visit(application, started, QString::fromStdString(page), QString::fromStdString(topicName({}, 0)),
                QString::fromStdString(principalName(170)));
    QTimer::singleShot(0, &application, [&] {
        application.runBeside([&] {
            visit.run([] {
                fmt::print("ready\n");
                std::fflush(stdout);
            });
        });
    });
    const int status = app::runDesktop(options);
    fmt::print("{}\n", visitJson(visit.figures(), application.parts()));
    return status;
}

/// Starts a visit and writes events for it while it lasts. Returns its figures.
std::string runVisit(const std::string& page, const std::filesystem::path& data) {
    Visitor visitor(page, data);
    if (visitor.line() != "ready") {
        return R"({"complete":false})";
    }
    const LiveWriter writer(data, {});
    return visitor.line();
}

} // namespace

int main(int argc, char** argv) {
    if (argc == 2 && std::string_view(argv[1]) == "--layout-worker") {
        return lineage::runLayoutWorker();
    }
    if (argc == 5 && std::string_view(argv[1]) == "--visit") {
        return visit(argc, argv);
    }
    const BenchFolder folder(argc > 1 ? argv[1] : "");
    AccessSize access;
    access.principals = argc > 2 ? std::atoi(argv[2]) : 0;
    MeshSize size;
    size.topics = access.principals > 0 ? 20'000 : size.topics;
    const auto begun = Clock::now();
    if (!std::filesystem::exists(folder.data())) {
        seedMesh(folder.data(), size);
        if (access.principals > 0) {
            seedAccess(folder.data(), size, access);
        }
    }
    const auto seedMs = msSince(begun);
    const auto disk = diskFigures(folder.path());
    const auto overview = runVisit("overview", folder.data());
    const auto topics = runVisit("topics", folder.data());
    fmt::print(R"({{"bench":"desktop","topics":{},"products":{},"principals":{},"seed_s":{:.1f},)"
               R"("overview":{},"topics_page":{},"disk":{}}})"
               "\n",
               size.topics, size.products(), access.principals, seedMs / 1000, overview, topics, disk);
    const auto complete = [](const std::string& json) { return json.find("\"complete\":true") != std::string::npos; };
    return complete(overview) && complete(topics) ? 0 : 1;
}
