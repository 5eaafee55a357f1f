// SPDX-License-Identifier: Apache-2.0
// When the ledger is verified again by itself.
#include "support/fake_services.h"

#include "shell/ledger_watch.h"
#include "widgets/english.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using std::chrono::milliseconds;

namespace {

struct Scene {
    test::FakeMesh mesh;
    Services services = mesh.services();
    JobRunner jobs;
    LiveFeed feed{services, jobs};
    LedgerWatch watch{services, jobs, feed};

    explicit Scene(const LedgerWatch::Pace& pace) { watch.setPace(pace); }
    void add() {
        const auto entry = mesh.catalog.submit({catalog::PutPerson{"ada", "Ada", ""}, "because", {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    [[nodiscard]] bool isVerifiedOnce() {
        return QTest::qWaitFor([&] { return watch.isSettled() && watch.report().has_value(); }, 10'000);
    }
    [[nodiscard]] std::int64_t entries() const { return mesh.catalog.status().appliedEntries; }
    [[nodiscard]] std::int64_t verified() const { return watch.report()->entries; }
};

} // namespace

class LedgerWatchTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { installEnglish(); }

    void whatWasAddedIsVerifiedInAWhile() {
        Scene scene({milliseconds(50), milliseconds(100), milliseconds(60'000)});
        QVERIFY(scene.isVerifiedOnce());
        const auto first = scene.verified();
        scene.add();
        scene.add();
        QVERIFY(QTest::qWaitFor([&] { return scene.verified() == scene.entries(); }, 10'000));
        QCOMPARE(scene.verified(), first + 2);
        const auto checkedMs = scene.watch.checkedMs();
        QTest::qWait(400);
        QCOMPARE(scene.watch.checkedMs(), checkedMs); // nothing was added
    }

    void whatIsCostlyIsLeftToAPerson() {
        Scene scene({milliseconds(20), milliseconds(20), milliseconds(-1)});
        QVERIFY(scene.isVerifiedOnce());
        scene.add();
        QTest::qWait(500);
        QVERIFY(scene.verified() < scene.entries());
        scene.watch.verify();
        QVERIFY(QTest::qWaitFor([&] { return scene.verified() == scene.entries(); }, 10'000));
    }

    void notMoreOftenThanThat() {
        Scene scene({milliseconds(10), milliseconds(60'000), milliseconds(60'000)});
        QVERIFY(scene.isVerifiedOnce());
        scene.add();
        QTest::qWait(500);
        QVERIFY(scene.verified() < scene.entries());
        QVERIFY(scene.watch.isSettled());
    }
};

QTEST_GUILESS_MAIN(LedgerWatchTest)
#include "ledger_watch_test.moc"
