// SPDX-License-Identifier: Apache-2.0
#include "shell/client_config.h"
#include "shell/commands.h"
#include "shell/job_runner.h"
#include "shell/navigator.h"
#include "shell/newest_job.h"
#include "widgets/button.h"
#include "widgets/free_beside.h"
#include "widgets/theme.h"

#include <QAction>
#include <QApplication>
#include <QtTest>

#include <atomic>
#include <latch>
#include <thread>

using namespace meshbone;
using namespace meshbone::ui;

class ShellTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { Theme::instance().install(*qApp); }

    void selectionTravelsAndBackReturns() {
        Navigator navigator;
        QSignalSpy places(&navigator, &Navigator::placeChanged);
        const Selection quakes{SelectionKind::Topic, QStringLiteral("quakes")};
        navigator.goTo(QStringLiteral("topics"));
        navigator.select(quakes);
        navigator.goTo(QStringLiteral("lineage"));
        QCOMPARE(navigator.selection(), quakes);
        navigator.goTo(QStringLiteral("lineage"), {SelectionKind::Topic, QStringLiteral("airports")});
        navigator.back();
        QCOMPARE(navigator.page(), QStringLiteral("lineage"));
        QCOMPARE(navigator.selection(), quakes);
        navigator.back();
        QCOMPARE(navigator.page(), QStringLiteral("topics"));
        QVERIFY(!navigator.canGoBack());
        navigator.forward();
        QCOMPARE(navigator.page(), QStringLiteral("lineage"));
        navigator.goTo(QStringLiteral("audit"));
        QVERIFY(!navigator.canGoForward());
        QCOMPARE(places.count(), 5);
    }

    void historyIsBounded() {
        Navigator navigator;
        for (int i = 0; i < 500; ++i) {
            navigator.goTo(QString::number(i));
        }
        int steps = 0;
        while (navigator.canGoBack()) {
            navigator.back();
            ++steps;
        }
        QCOMPARE(steps, 100);
    }

    void aNewerJobDropsTheEarlier() {
        JobRunner jobs;
        QObject owner;
        std::latch release(1);
        QStringList told;
        const JobOptions options{.title = {}, .key = QStringLiteral("load")};
        jobs.run(
            &owner, options,
            [&](const JobContext& context) -> Result<int> {
                release.wait();
                return context.stopRequested() ? -1 : 1;
            },
            [&](const Result<int>& result) { told << QString::number(*result); });
        jobs.run(
            &owner, options, [](const JobContext&) -> Result<int> { return 2; },
            [&](const Result<int>& result) { told << QString::number(*result); });
        QTRY_COMPARE(told, QStringList{QStringLiteral("2")});
        release.count_down();
        QTRY_COMPARE(jobs.runningCount(), 0);
        QCOMPARE(told, QStringList{QStringLiteral("2")});
        QVERIFY(jobs.isIdle(&owner));
    }

    void whatIsAskedWhileItIsMadeIsAnsweredOnceMore() {
        JobRunner jobs;
        QObject owner;
        std::latch release(1);
        int state = 1;
        QList<int> shown;
        NewestJob<int> newest(
            jobs, &owner,
            [&] {
                return [&release, seen = state](const JobContext&) {
                    release.wait();
                    return seen;
                };
            },
            [&](int made) { shown << made; });
        QVERIFY(newest.isIdle());
        newest.ask();
        for (state = 2; state < 9; ++state) {
            newest.ask(); // news after news: neither piled up nor begun anew
        }
        QVERIFY(!newest.isIdle());
        release.count_down();
        QTRY_VERIFY(newest.isIdle());
        QCOMPARE(shown, (QList<int>{1, 9}));
        newest.ask();
        QTRY_COMPARE(shown.size(), 3);
        QCOMPARE(jobs.runningCount(), 0);
    }

    void whatIsLargeIsFreedBesideTheWindow() {
        struct Large {
            std::atomic<std::thread::id>* freedOn = nullptr;
            ~Large() { *freedOn = std::this_thread::get_id(); }
        };
        std::atomic<std::thread::id> freedOn;
        auto large = makeFreedBeside<Large>();
        large->freedOn = &freedOn;
        large.reset();
        QTRY_VERIFY(freedOn.load() != std::thread::id());
        QVERIFY(freedOn.load() != std::this_thread::get_id());
    }

    void aJobOfAnOwnerThatIsGoneTellsNobody() {
        JobRunner jobs;
        auto owner = std::make_unique<QObject>();
        std::latch release(1);
        bool told = false;
        jobs.run(
            owner.get(), {},
            [&](const JobContext&) -> Result<int> {
                release.wait();
                return 1;
            },
            [&](const Result<int>&) { told = true; });
        owner.reset();
        release.count_down();
        QTRY_COMPARE(jobs.runningCount(), 0);
        QVERIFY(!told);
    }

    void aLongJobIsShownWithItsProgressAndCanBeCancelled() {
        JobRunner jobs;
        QObject owner;
        std::atomic<bool> stopped = false;
        const auto id = jobs.run(
            &owner, {.title = QStringLiteral("Counting"), .key = {}},
            [&](const JobContext& context) -> Result<int> {
                context.progress(0.5);
                while (!context.stopRequested()) {
                    std::this_thread::yield();
                }
                stopped = true;
                return fail(ErrorCode::Cancelled, "Cancelled.");
            },
            [](const Result<int>&) {});
        QTRY_COMPARE(jobs.visibleTasks().size(), 1);
        QTRY_COMPARE(jobs.visibleTasks().front().fraction, 0.5);
        jobs.cancel(id);
        QTRY_VERIFY(stopped);
        QTRY_COMPARE(jobs.visibleTasks().size(), 0);
    }

    void commandsSayWhyTheyAreDisabled() {
        QWidget window;
        CommandRegistry commands(&window);
        QString reason = QStringLiteral("Nothing is selected.");
        int runs = 0;
        commands.add(&window, {QStringLiteral("a.b"),
                               QStringLiteral("Do It"),
                               {},
                               QKeySequence(QStringLiteral("Ctrl+D")),
                               {},
                               {},
                               [&] { ++runs; },
                               [&] { return reason; },
                               false});
        commands.refresh();
        const std::unique_ptr<Button> button(commands.makeButton(QStringLiteral("a.b")));
        QVERIFY(!button->isEnabled());
        QCOMPARE(button->toolTip(), reason);
        QVERIFY(!commands.run(QStringLiteral("a.b")));
        reason.clear();
        commands.refresh();
        QVERIFY(button->isEnabled());
        QVERIFY(commands.run(QStringLiteral("a.b")));
        button->click();
        QCOMPARE(runs, 2);
        QVERIFY(!commands.run(QStringLiteral("no.such")));
    }

    void pageCommandsWorkOnTheirPageOnly() {
        QWidget window;
        CommandRegistry commands(&window);
        auto page = std::make_unique<QObject>();
        commands.add(
            page.get(),
            {QStringLiteral("x"), QStringLiteral("X"), {}, {}, {}, QStringLiteral("topics"), [] {}, {}, false});
        QVERIFY(!commands.action(QStringLiteral("x"))->isEnabled());
        QVERIFY(commands.commands().isEmpty());
        commands.setPage(QStringLiteral("topics"));
        QVERIFY(commands.action(QStringLiteral("x"))->isEnabled());
        QCOMPARE(commands.commands().size(), 1);
        page.reset();
        QVERIFY(commands.action(QStringLiteral("x")) == nullptr);
    }

    void configurationsAreReadyToPaste() {
        backbone::Profile profile;
        profile.bootstrap = "127.0.0.1:9092";
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = "SCRAM-SHA-256";
        ClientSetup credential{"svc-orders", "it's \"secret\"", {}, QStringLiteral("seismic.quakes"), {}};
        const auto kcat = clientConfig(ClientKind::Kcat, profile, credential);
        QVERIFY(kcat.contains(QStringLiteral("-X sasl.password='it'\\''s \"secret\"'")));
        QVERIFY(kcat.contains(QStringLiteral("-t seismic.quakes")));
        const auto java = clientConfig(ClientKind::Java, profile, credential);
        QVERIFY(java.contains(QStringLiteral("ScramLoginModule required username=\"svc-orders\"")));
        QVERIFY(java.contains(QStringLiteral("password=\"it's \\\\\"secret\\\\\"\";")));
        const auto python = clientConfig(ClientKind::Python, profile, credential);
        QVERIFY(python.contains(QStringLiteral("\"sasl.password\": \"it's \\\"secret\\\"\"")));
        const auto plain = clientConfig(ClientKind::Librdkafka, profile, {"u", {}, {}, {}, {}});
        QVERIFY(plain.contains(QStringLiteral("sasl.password=<password>")));
        credential.mechanism = "SCRAM-SHA-512"; // the other one, while a password is rotated
        credential.group = QStringLiteral("alerts");
        credential.writes = false;
        const auto reader = clientConfig(ClientKind::Python, profile, credential);
        QVERIFY(reader.contains(QStringLiteral("\"sasl.mechanism\": \"SCRAM-SHA-512\"")));
        QVERIFY(reader.contains(QStringLiteral("\"group.id\": \"alerts\"")));
        QVERIFY(!reader.contains(QStringLiteral("Producer")));
        profile.caFile = "/etc/mesh/ca.pem";
        QVERIFY(clientConfig(ClientKind::Java, profile, credential)
                    .contains(QStringLiteral("ssl.truststore.location=/etc/mesh/ca.pem")));
        QVERIFY(clientConfig(ClientKind::Kcat, profile, credential)
                    .contains(QStringLiteral("ssl.ca.location='/etc/mesh/ca.pem'")));
        profile.securityProtocol = "PLAINTEXT";
        QVERIFY(!clientConfig(ClientKind::Librdkafka, profile, {}).contains(QStringLiteral("sasl")));
    }
};

QTEST_MAIN(ShellTest)
#include "shell_test.moc"
