// SPDX-License-Identifier: Apache-2.0
// Graphviz in its process, and processes that do what they shouldn't.
#include "layout/process.h"
#include "layout/sketch.h"
#include "random_graph.h"
#include "support/seed.h"

#include <QtTest>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <sys/wait.h>
#include <thread>

using namespace meshbone;
using namespace meshbone::lineage;
using namespace std::chrono_literals;

namespace {
const std::filesystem::path kWorker = LAYOUT_WORKER;

LayoutInput chain(int nodes) {
    LayoutInput input;
    for (std::int32_t i = 0; i < nodes; ++i) {
        input.nodes.push_back({i, 0, 0, 150, 44});
        if (i > 0) {
            input.edges.emplace_back(i - 1, i);
        }
    }
    return input;
}
} // namespace

class WorkerTest : public QObject {
    Q_OBJECT

private slots:
    void graphvizLaysOut() {
        auto input = chain(6);
        for (std::int32_t i = 0; i < 4; ++i) {
            input.domains.emplace_back(i, i < 2 ? "aviation" : "seismic");
        }
        const auto result = refinedLayout(input, kWorker, {30s, {}});
        QVERIFY2(result.refined, result.note.c_str());
        QVERIFY(result.note.empty());
        QCOMPARE(result.groups.size(), std::size_t{2});
        for (std::size_t i = 1; i < result.nodes.size(); ++i) {
            QVERIFY(result.nodes[i - 1].x + result.nodes[i - 1].width < result.nodes[i].x); // left to right
        }
    }

    void refinedLayoutsKeepTheRules() {
        std::mt19937_64 random(test::testSeed());
        int refined = 0, rounds = 0;
        for (; rounds < 25; ++rounds) {
            const auto input = randomInput(random, 60);
            const auto result = refinedLayout(input, kWorker, {30s, {}});
            auto sketch = Sketch::from(input);
            QCOMPARE(result.nodes.size(), sketch.items.size());
            for (std::size_t i = 0; i < sketch.items.size(); ++i) {
                sketch.items[i].box = result.nodes[i];
            }
            QCOMPARE(QString::fromStdString(brokenRule(sketch, result.groups)), QString());
            QVERIFY(result.refined || !result.note.empty() || result.nodes.empty());
            refined += result.refined || result.nodes.empty() ? 1 : 0;
        }
        QVERIFY2(refined * 10 >= rounds * 9, qPrintable(QString("only %1 of %2 refined").arg(refined).arg(rounds)));
    }

    void placesAreKeptRatherThanRefined() {
        auto input = chain(5);
        input.nodes = quickLayout(input).nodes;
        const auto result = refinedLayout(input, kWorker, {30s, {}});
        QVERIFY(!result.refined);
        QVERIFY(!result.note.empty());
        for (std::size_t i = 0; i < result.nodes.size(); ++i) {
            QCOMPARE(result.nodes[i].x, input.nodes[i].x);
            QCOMPARE(result.nodes[i].y, input.nodes[i].y);
        }
        input.keepPlaces = false;
        QVERIFY(refinedLayout(input, kWorker, {30s, {}}).refined);
    }

    void aWorkerThatFailsIsReplaced_data() {
        QTest::addColumn<QString>("how");
        QTest::addColumn<QString>("says");
        QTest::newRow("crash") << "crash"
                               << "signal 6"; // not 11: a sanitizer would make an exit of it
        QTest::newRow("hang") << "hang"
                              << "too long";
        QTest::newRow("closes its output and hangs") << "close-and-hang"
                                                     << "too long";
        QTest::newRow("spins") << "spin"
                               << "too long";
        QTest::newRow("garbage") << "garbage"
                                 << "damaged";
        QTest::newRow("nothing") << "empty"
                                 << "damaged";
        QTest::newRow("without an end") << "flood"
                                        << "more than was asked";
        QTest::newRow("overlapping nodes") << "overlap"
                                           << "two nodes overlap";
        QTest::newRow("fails") << "fail"
                               << "status 3";
        QTest::newRow("not there") << "missing"
                                   << "could not be started";
    }
    void aWorkerThatFailsIsReplaced() {
        QFETCH(QString, how);
        QFETCH(QString, says);
        const QTemporaryDir folder;
        const auto program = std::filesystem::path(folder.path().toStdString()) / how.toStdString();
        if (how != "missing") {
            std::filesystem::create_symlink(kWorker, program);
        }
        const bool hangs = says == "too long";
        const auto start = std::chrono::steady_clock::now();
        const auto input = chain(2);
        const auto result = refinedLayout(input, program, {hangs ? 300ms : 30'000ms, {}});
        QVERIFY(!result.refined);
        QVERIFY2(result.note.find(says.toStdString()) != std::string::npos, result.note.c_str());
        QVERIFY(result.note.ends_with('.'));
        const auto simple = quickLayout(input);
        QCOMPARE(result.nodes[1].x, simple.nodes[1].x);
        QVERIFY(!hangs || std::chrono::steady_clock::now() - start < 20s);
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1); // no child is left behind, not even a dead one
        QCOMPARE(errno, ECHILD);
    }

    void cancellingStopsTheWorker() {
        const QTemporaryDir folder;
        const auto program = std::filesystem::path(folder.path().toStdString()) / "hang";
        std::filesystem::create_symlink(kWorker, program);
        std::stop_source source;
        const auto start = std::chrono::steady_clock::now();
        source.request_stop();
        const auto output = runWorker(program, "x", {}, {60s, source.get_token()});
        QVERIFY(!output);
        QCOMPARE(output.error().code, ErrorCode::Cancelled);
        QVERIFY(std::chrono::steady_clock::now() - start < 20s);
        QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);
    }

    void damagedRequestsAreRefusedByTheWorker() {
        const auto output = runWorker(kWorker, "MBL1 and nonsense", {std::size_t{1} << 30, 100}, {30s, {}});
        QVERIFY(!output);
        QVERIFY(output.error().message.find("status 4") != std::string::npos);
    }

    void twoAtOnce() {
        std::vector<std::jthread> threads;
        std::atomic<int> refined = 0;
        for (int i = 0; i < 2; ++i) {
            threads.emplace_back([&] { refined += refinedLayout(chain(40), kWorker, {30s, {}}).refined ? 1 : 0; });
        }
        threads.clear();
        QCOMPARE(refined.load(), 2);
    }
};

QTEST_GUILESS_MAIN(WorkerTest)
#include "worker_test.moc"
