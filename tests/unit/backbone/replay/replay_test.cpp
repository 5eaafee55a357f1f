// SPDX-License-Identifier: Apache-2.0
#include "replay/markers.h"
#include "support/live_backbone.h"

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;
using Severity = ReplayFinding::Severity;

/// The numbered defects are those of other tools, as the notes on replay list them.
class ReplayTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TestCluster> m_cluster;
    std::unique_ptr<LiveBackbone> m_backbone;

    static ReplayRequest request(const std::string& source, std::variant<TimeWindow, OffsetWindow> window) {
        ReplayRequest request;
        request.sourceTopic = source;
        request.targetTopic = source + "-again";
        request.window = std::move(window);
        return request;
    }
    ReplayPlan plan(const ReplayRequest& request) {
        return LiveBackbone::must((*m_backbone)->replays().plan(request, {60s, {}}));
    }
    static std::vector<std::string> values(const std::vector<Record>& records) {
        std::vector<std::string> values;
        for (const auto& record : records) {
            values.push_back(record.value.value_or("(null)"));
        }
        return values;
    }
    using Strings = std::vector<std::string>;

private slots:
    void initTestCase() {
        m_cluster = std::make_unique<TestCluster>();
        m_backbone = std::make_unique<LiveBackbone>(m_cluster->profile());
    }

    void aTimePastTheEndReplaysNothing() { // defect 1
        const auto topic = m_backbone->topic(2);
        m_backbone->write(topic, {eventAt(0, 1'000), eventAt(0, 2'000)});
        const auto past = plan(request(topic, TimeWindow{3'000, 4'000}));
        QCOMPARE(past.records(), 0);
        QVERIFY(past.blocked());
        QVERIFY(hasFinding(past, "window.no_events", Severity::Blocking));
        const auto started = (*m_backbone)->replays().start(past);
        QVERIFY(!started);
        QVERIFY(!(*m_backbone)->admin().partitions(topic + "-again", {})); // nothing was made either
    }

    void timesThatGoBackAreStillExact() { // defect 2
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 100, "k", "a"), eventAt(0, 900, "k", "b"), eventAt(0, 200, "k", "c"),
                                  eventAt(0, 950, "k", "d"), eventAt(0, 150, "k", "e"), eventAt(0, 50, "k", "f")});
        const auto window = plan(request(topic, TimeWindow{150, 300}));
        QCOMPARE(window.records(), 2);
        QCOMPARE(window.partitions[0].outOfOrder, 1);
        const auto manifest = m_backbone->replay(request(topic, TimeWindow{150, 300}));
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        QVERIFY(values(m_backbone->readAll(topic + "-again")[Partition(0)]) == (Strings{"c", "e"}));
    }

    void aWideSpreadOfTimesInOneBatch() { // defect 10: more than 32 bits of milliseconds
        const auto topic = m_backbone->topic(1);
        const TimestampMs late = 1'700'000'000'000;
        m_backbone->write(topic,
                          {eventAt(0, 1, "k", "old"), eventAt(0, late, "k", "new"), eventAt(0, 2, "k", "old again")});
        const auto manifest = m_backbone->replay(request(topic, TimeWindow{0, late + 1}));
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        const auto copied = m_backbone->readAll(topic + "-again")[Partition(0)];
        QCOMPARE(copied.size(), std::size_t{3});
        QCOMPARE(copied[0].timestampMs, 1);
        QCOMPARE(copied[1].timestampMs, late);
        QCOMPARE(copied[2].timestampMs, 2);
    }

    void everyByteIsKeptAndTheMarksAreAdded() {
        const auto topic = m_backbone->topic(1);
        auto first = eventAt(0, 10, std::nullopt, "");
        first.headers = {{"h", "1"}, {"h", std::nullopt}, {"h", ""}, {"", "x"}};
        m_backbone->write(topic, {first, eventAt(0, 11, "", std::nullopt)});
        const auto manifest = m_backbone->replay(request(topic, TimeWindow{0, 100}));
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        const auto copied = m_backbone->readAll(topic + "-again")[Partition(0)];
        QCOMPARE(copied.size(), std::size_t{2});
        QVERIFY(!copied[0].key && copied[0].value == "");
        QVERIFY(copied[1].key == "" && !copied[1].value);
        QCOMPARE(copied[0].headers.size(), 4 + kMarkerCount);
        QVERIFY(std::equal(first.headers.begin(), first.headers.end(), copied[0].headers.begin()));
        QVERIFY((copied[0].headers[4] == Header{"meshbone.replay.run", manifest.run}));
        QVERIFY((copied[0].headers[5] == Header{"meshbone.replay.topic", topic}));
        QVERIFY((copied[0].headers[6] == Header{"meshbone.replay.partition", "0"}));
        QVERIFY((copied[1].headers[3] == Header{"meshbone.replay.offset", "1"}));
        QVERIFY((copied[1].headers[4] == Header{"meshbone.replay.timestamp", "11"}));
        const auto& part = manifest.partitions[0];
        QVERIFY(part.written.at(Partition(0)) == std::pair(Offset(0), Offset(1)));
        QCOMPARE(part.sourceSha256, part.targetSha256);
        QCOMPARE(part.sourceSha256.size(), std::size_t{64});
    }

    void aReplayIsNotReplayedAgain() { // defects 13 to 15
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10), eventAt(0, 11)});
        QVERIFY(m_backbone->replay(request(topic, TimeWindow{0, 100})).complete);
        auto again = request(topic + "-again", TimeWindow{0, 100});
        const auto refused = plan(again);
        QVERIFY(hasFinding(refused, "window.all_left_out", Severity::Blocking)); // not a silent success
        QCOMPARE(refused.partitions[0].leftOut.at("already replayed"), 2);
        again.includeReplayed = true;
        const auto manifest = m_backbone->replay(again);
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        QCOMPARE(m_backbone->readAll(again.targetTopic)[Partition(0)][0].headers.size(), 2 * kMarkerCount);
        const auto self = plan(request(topic, TimeWindow{0, 100}));
        auto same = self.request;
        same.targetTopic = topic;
        QVERIFY(hasFinding(plan(same), "target.same", Severity::Blocking));
    }

    void filtersLeaveOutWithAReason() {
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10, "a", "1"), eventAt(0, 11, "b", "2"), eventAt(0, 12, "a", "3"),
                                  eventAt(0, 99, "a", "4")});
        auto wanted = request(topic, TimeWindow{0, 50});
        wanted.filter.keyEquals = "a";
        const auto counted = plan(wanted);
        QCOMPARE(counted.records(), 2);
        QCOMPARE(counted.partitions[0].leftOut.at("filter"), 1);
        QCOMPARE(counted.partitions[0].outsideWindow, 1);
        QCOMPARE(counted.partitions[0].firstOffset.value(), 0);
        QCOMPARE(counted.partitions[0].lastOffset.value(), 2);
        const auto manifest = m_backbone->replay(wanted);
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        QCOMPARE(manifest.partitions[0].leftOut.at("filter"), 1);
        QVERIFY(values(m_backbone->readAll(topic + "-again")[Partition(0)]) == (Strings{"1", "3"}));
    }

    void offsetsAndFewerPartitions() { // defect 11
        const auto topic = m_backbone->topic(3);
        std::vector<Record> records;
        for (int i = 0; i < 90; ++i) {
            records.push_back(eventAt(i % 3, 1'000 + i,
                                      i % 7 == 0 ? std::nullopt : std::optional<Bytes>("k" + std::to_string(i % 10)),
                                      std::to_string(i)));
        }
        m_backbone->write(topic, records);
        auto wanted = request(
            topic, OffsetWindow{{{Partition(0), {Offset(5), Offset(25)}}, {Partition(2), {Offset(0), Offset(30)}}}});
        wanted.targetTopic = m_backbone->topic(2);
        const auto counted = plan(wanted);
        QCOMPARE(counted.records(), 50);
        QVERIFY(hasFinding(counted, "target.partitions", Severity::Warning));
        const auto manifest = m_backbone->replay(wanted);
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        QVERIFY(manifest.partitions[1].written.size() == 2); // partition 2 has no namesake and went by key
        std::map<std::pair<std::string, std::string>, std::vector<std::int64_t>>
            offsets; // in the target, by origin and key
        for (const auto& [partition, copied] : m_backbone->readAll(wanted.targetTopic)) {
            for (const auto& record : copied) {
                offsets[{*record.headers[2].value, record.key.value_or("")}].push_back(
                    std::stoll(*record.headers[3].value));
            }
        }
        for (const auto& [key, list] : offsets) {
            QVERIFY(std::ranges::is_sorted(list)); // the order of a key is kept
        }
    }

    void aSourceMadeAnewIsAnotherOne() {
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10)});
        auto stale = plan(request(topic, TimeWindow{0, 100}));
        auto tampered = stale;
        tampered.partitions[0].records = 2;
        const auto changed = (*m_backbone)->replays().start(tampered);
        QVERIFY(!changed);
        QCOMPARE(changed.error().code, ErrorCode::Conflict);
        auto& admin = (*m_backbone)->admin();
        QVERIFY(admin.deleteTopic(topic, {}));
        QTRY_VERIFY_WITH_TIMEOUT(!admin.partitions(topic, {}), 10'000);
        const auto isThere = [&] { // its deletion may take a moment
            const auto made = admin.createTopic({topic, 1, 1, {{"retention.ms", "-1"}}}, {});
            return made || made.error().code == ErrorCode::AlreadyExists;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isThere(), 10'000);
        QTRY_VERIFY_WITH_TIMEOUT(admin.partitions(topic, {}).has_value(), 10'000);
        m_backbone->write(topic, {eventAt(0, QDateTime::currentMSecsSinceEpoch())});
        const auto anew = (*m_backbone)->replays().start(stale);
        QVERIFY(!anew);
        QCOMPARE(anew.error().code, ErrorCode::Conflict);
    }

    void whatWasRemovedSinceThePlanIsNotClaimed() { // defect 9
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10), eventAt(0, 11), eventAt(0, 12)});
        const auto stale = plan(request(topic, TimeWindow{0, 100}));
        const auto starts = (*m_backbone)->admin().deleteRecords({{{topic, Partition(0)}, Offset(2), -1}}, {});
        QVERIFY2(starts, starts ? "" : starts.error().message.c_str());
        const auto started = (*m_backbone)->replays().start(stale);
        QVERIFY(!started);
        QCOMPARE(started.error().code, ErrorCode::Conflict);
        const auto fresh = plan(request(topic, TimeWindow{0, 100}));
        QCOMPARE(fresh.records(), 1);
        QVERIFY(hasFinding(fresh, "window.retention", Severity::Warning));
    }

    void aRunPausesGoesOnAndIsCancelled() {
        const auto topic = m_backbone->topic(1);
        std::vector<Record> records;
        for (int i = 0; i < 2'000; ++i) {
            records.push_back(eventAt(0, 1'000 + i));
        }
        m_backbone->write(topic, records);
        auto slow = request(topic, TimeWindow{0, 100'000});
        slow.pace = {Pace::Kind::RecordsPerSecond, 100};
        auto& replays = (*m_backbone)->replays();
        const auto counted = plan(slow);
        const auto run = LiveBackbone::must(replays.start(counted));
        QVERIFY(!replays.start(counted)); // not twice at a time
        QVERIFY(replays.pause(run));
        m_backbone->waitFor(run, [](RunState state) { return state == RunState::Paused; });
        QVERIFY(replays.resume(run));
        m_backbone->waitFor(run, [](RunState state) { return state == RunState::Running; });
        QTRY_VERIFY_WITH_TIMEOUT(replays.manifest(run)->partitions[0].recordsWritten > 20, 20'000);
        QVERIFY(replays.cancel(run));
        const auto manifest = m_backbone->waitForEnd(run);
        QVERIFY(manifest.state == RunState::Cancelled);
        QVERIFY(!manifest.complete);
        const auto written = manifest.partitions[0].recordsWritten;
        QVERIFY(written > 20 && written < 2'000);
        QCOMPARE(m_backbone->readAll(topic + "-again")[Partition(0)].size(),
                 static_cast<std::size_t>(written)); // the truth
        QVERIFY(!replays.pause(run));
        QCOMPARE(replays.pause("r-unknown").error().code, ErrorCode::NotFound);
    }

    void originalPaceMergesPartitionsByTime() {
        const auto topic = m_backbone->topic(2);
        m_backbone->write(topic, {eventAt(0, 1'000, "k", "1"), eventAt(0, 1'300, "k", "3"), eventAt(1, 1'100, "k", "2"),
                                  eventAt(1, 1'400, "k", "4")});
        auto paced = request(topic, TimeWindow{0, 5'000});
        paced.targetTopic = m_backbone->topic(1); // one partition shows the order
        paced.keepPartition = false;
        paced.pace = {Pace::Kind::Original, 1};
        QElapsedTimer timer;
        timer.start();
        const auto manifest = m_backbone->replay(paced);
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        QVERIFY(timer.elapsed() >= 400);
        QVERIFY(values(m_backbone->readAll(paced.targetTopic)[Partition(0)]) == (Strings{"1", "2", "3", "4"}));
    }

    void aTargetThatWouldLoseTheEventsBlocks() { // defects 4 and 5
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10)});
        auto bad = request(topic, TimeWindow{0, 100});
        bad.targetTopic = m_backbone->topic(1, {{"retention.ms", "3600000"}});
        QVERIFY(hasFinding(plan(bad), "target.retention", Severity::Blocking));
        bad.targetTopic = m_backbone->topic(1, {{"message.timestamp.type", "LogAppendTime"}});
        QVERIFY(hasFinding(plan(bad), "target.timestamp_type", Severity::Blocking));
        bad.createTarget = false;
        bad.targetTopic = topic + "-missing";
        QVERIFY(hasFinding(plan(bad), "target.missing", Severity::Blocking));
    }

    void readersOfTheTargetAreFound() { // defect 13
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10)});
        auto watched = request(topic, TimeWindow{0, 100});
        watched.targetTopic = m_backbone->topic(1);
        ConsumerOptions options;
        options.group = "readers-of-" + watched.targetTopic;
        auto consumer = LiveBackbone::must((*m_backbone)->consumer(options));
        QVERIFY(consumer->subscribe({watched.targetTopic}));
        QTRY_VERIFY_WITH_TIMEOUT(consumer->poll(1, 50ms).has_value() && !consumer->assignment()->empty(), 30'000);
        QVERIFY(hasFinding(plan(watched), "target.groups", Severity::Warning));
    }

    void runsAreRememberedByTheNextSession() {
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 10)});
        const QTemporaryDir state;
        std::string run, text;
        {
            LiveBackbone session(m_cluster->profile(), state.path().toStdString());
            const auto manifest = session.replay(request(topic, TimeWindow{0, 100}));
            QVERIFY2(manifest.complete, manifest.reason.c_str());
            run = manifest.run;
            text = manifestJson(manifest);
        }
        LiveBackbone next(m_cluster->profile(), state.path().toStdString());
        const auto runs = next->replays().runs();
        QCOMPARE(runs.size(), std::size_t{1});
        QVERIFY(runs[0].state == RunState::Complete);
        QCOMPARE(manifestJson(*next->replays().manifest(run)), text);
    }
};

QTEST_GUILESS_MAIN(ReplayTest)
#include "replay_test.moc"
