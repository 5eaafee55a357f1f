// SPDX-License-Identifier: Apache-2.0
#include "support/live_backbone.h"

#include <QProcess>

using namespace meshbone;
using namespace meshbone::backbone;

class CrashTest : public QObject {
    Q_OBJECT

private slots:
    void aRunThatWasKilledIsCrashedAndNeverComplete() {
        const TestCluster cluster;
        const QTemporaryDir state;
        std::string topic;
        std::unique_ptr<LiveBackbone> stage = std::make_unique<LiveBackbone>(cluster.profile());
        topic = stage->topic(1);
        std::vector<Record> records;
        for (int i = 0; i < 5'000; ++i) {
            records.push_back(eventAt(0, 1'000 + i));
        }
        stage->write(topic, records);

        QProcess child;
        child.start(CRASH_CHILD, {QString::fromStdString(cluster.profile().bootstrap), state.path(),
                                  QString::fromStdString(topic), QString::fromStdString(topic + "-again")});
        QVERIFY(child.waitForStarted());
        QVERIFY(child.waitForReadyRead(60'000));
        const auto line = child.readLine().trimmed();
        QVERIFY2(line.startsWith("run "), line.constData());
        const auto run = line.mid(4).toStdString();

        // While it lives, another session sees it running, and can't touch it.
        LiveBackbone watcher(cluster.profile(), state.path().toStdString());
        QTRY_VERIFY_WITH_TIMEOUT(watcher->replays().manifest(run)->partitions[0].recordsWritten > 50, 30'000);
        QVERIFY(watcher->replays().manifest(run)->state == RunState::Running);
        QVERIFY(!watcher->replays().cancel(run));

        child.kill();
        QVERIFY(child.waitForFinished());
        LiveBackbone next(cluster.profile(), state.path().toStdString());
        for (auto* session : {&watcher, &next}) {
            const auto runs = (*session)->replays().runs();
            QCOMPARE(runs.size(), std::size_t{1});
            QVERIFY(runs[0].state == RunState::Crashed);
            const auto manifest = LiveBackbone::must((*session)->replays().manifest(run));
            QVERIFY(!manifest.complete);
            QVERIFY(manifest.partitions[0].recordsWritten > 50);
            QVERIFY(static_cast<std::size_t>(manifest.partitions[0].recordsWritten) <=
                    stage->readAll(topic + "-again")[Partition(0)].size());
        }
    }
};

QTEST_GUILESS_MAIN(CrashTest)
#include "crash_test.moc"
