// SPDX-License-Identifier: Apache-2.0
// `meshctl demo`: the demo's clients beside a served backbone, each as a user of its own.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/meshctl_checks.h"
#include "support/meshctl_run.h"
#endif

using namespace meshbone;

namespace {
const auto kMeshctl = QStringLiteral(MESHCTL);
}

class DemoCommandTest : public QObject {
    Q_OBJECT
private slots:
    void itsClientsAreUsersOfTheirOwn();
};

void DemoCommandTest::itsClientsAreUsersOfTheirOwn() {
    QTemporaryDir folder;
    const auto data = folder.path();
    const auto run = [&](QStringList words) { return test::runMeshctl(kMeshctl, words << "--data" << data); };
    QProcess serve, demo;
    serve.start(kMeshctl, {"serve", "--listen", "127.0.0.1:0", "--schemas", "127.0.0.1:0", "--data", data});
    QTRY_VERIFY_WITH_TIMEOUT(serve.canReadLine(), 60'000);
    demo.start(kMeshctl, {"demo", "--data", data});
    QTRY_VERIFY_WITH_TIMEOUT(demo.canReadLine(), 60'000);
    // Registered by the client that writes them, as itself; then what it writes arrives.
    QTRY_VERIFY_WITH_TIMEOUT(run({"schema", "list"}).output.contains("seismic.quakes-value"), 60'000);
    QTRY_VERIFY_WITH_TIMEOUT(
        run({"consume", "seismic.quakes.strong", "--limit", "1", "--decode"}).output.contains("mag"), 60'000);
    QVERIFY(run({"users", "list"}).output.contains("svc-usgs-feed"));
    const auto allowed = run({"access", "what", "User:svc-usgs-feed", "--json"});
    QVERIFY2(allowed.output.contains("seismic.quakes"), qPrintable(allowed.said()));
    QVERIFY2(!allowed.output.contains("wildlife."), qPrintable(allowed.said()));
    const auto said = demo.readAllStandardError(); // a client may have met a topic that wasn't there yet
    QVERIFY2(!said.contains("can't be made"), said.constData());
    // A second one leaves the first one's passwords alone, and runs as who started it.
    QProcess second;
    second.start(kMeshctl, {"demo", "--data", data});
    QTRY_VERIFY_WITH_TIMEOUT(second.canReadLine(), 60'000);
    const auto why = second.readAllStandardError();
    QVERIFY2(why.contains("can't be made") && why.contains("is a user here already"), why.constData());
    for (auto* process : {&second, &demo, &serve}) {
        process->terminate();
        QVERIFY(process->waitForFinished(60'000));
        QCOMPARE(process->exitCode(), 0);
    }
}

QTEST_GUILESS_MAIN(DemoCommandTest)
#include "demo_command_test.moc"
