// SPDX-License-Identifier: Apache-2.0
#include "replay/journal.h"
#include "replay/past_run.h"
#include "replay/replay_json.h"
#include "replay/run_progress.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <fstream>

using namespace meshbone;
using namespace meshbone::backbone;

class ManifestTest : public QObject {
    Q_OBJECT

private:
    static ReplayRequest request() {
        ReplayRequest request;
        request.sourceTopic = "orders";
        request.partitions = {Partition(0), Partition(3)};
        request.window = TimeWindow{1'000, 2'000};
        request.filter.keyEquals = std::string("\0\xff", 2);
        request.filter.headerName = "h\xfe";
        request.filter.headerEquals = "";
        request.targetTopic = "orders-again";
        request.createTarget = false;
        request.pace = {Pace::Kind::Factor, 2.5};
        return request;
    }
    static ReplayPlan plan() {
        ReplayPlan plan;
        plan.request = request();
        plan.sourceId = TopicId::random();
        PlannedPartition one;
        one.scanTo = Offset(10);
        one.firstOffset = Offset(2);
        one.lastOffset = Offset(8);
        one.records = 5;
        one.leftOut["filter"] = 2;
        plan.partitions.push_back(one);
        plan.hash = planHash(plan);
        return plan;
    }
    static Manifest manifest() {
        Manifest manifest;
        manifest.run = "r1";
        manifest.request = request();
        manifest.state = RunState::Failed;
        manifest.reason = "Gone.";
        manifest.planned = 5;
        ManifestPartition one;
        one.partition = Partition(3);
        one.recordsWritten = 4;
        one.written[Partition(1)] = {Offset(5), Offset(9)};
        one.leftOut["filter"] = 2;
        one.gaps.push_back({Offset(3), Offset(4), "retention"});
        manifest.partitions.push_back(one);
        manifest.sha256 = manifestSha256(manifest);
        return manifest;
    }

private slots:
    void requestsRoundTrip() {
        for (auto one : {request(), [] {
                             auto r = request();
                             r.window = OffsetWindow{{{Partition(2), {Offset(1), Offset(5)}}}};
                             return r;
                         }()}) {
            const auto json = requestToJson(one);
            const auto back = requestFromJson(json);
            QVERIFY(back);
            QCOMPARE(jsonText(requestToJson(*back)), jsonText(json));
            QVERIFY(back->filter.keyEquals == one.filter.keyEquals);
            QVERIFY(back->filter.headerEquals == one.filter.headerEquals);
            QVERIFY(back->window.index() == one.window.index());
        }
        QVERIFY(!requestFromJson(nlohmann::json::object()));
    }

    void theHashCoversThePlan() {
        const auto original = plan();
        QVERIFY(original.hash.starts_with("sha256:"));
        auto changed = original;
        changed.findings.push_back({ReplayFinding::Severity::Info, "x", "y"});
        changed.scanTime = std::chrono::milliseconds(99);
        QCOMPARE(planHash(changed), original.hash);
        changed.partitions[0].lastOffset = Offset(9);
        QVERIFY(planHash(changed) != original.hash);
        changed = original;
        changed.request.filter.headerEquals = std::nullopt; // null is not empty
        QVERIFY(planHash(changed) != original.hash);
        changed = original;
        changed.sourceId = TopicId::random();
        QVERIFY(planHash(changed) != original.hash);
    }

    void manifestsRoundTripWithTheirHash() {
        const auto original = manifest();
        const auto text = manifestJson(original);
        const auto back = manifestFromJson(nlohmann::json::parse(text));
        QVERIFY(back);
        QCOMPARE(manifestJson(*back), text);
        QCOMPARE(manifestSha256(*back), original.sha256);
        auto forged = *back;
        forged.complete = true;
        QVERIFY(manifestSha256(forged) != original.sha256);
        QVERIFY(text.find("\"complete\"") < text.find("\"run\"")); // sorted keys
    }

    void aRunWithoutEndHasCrashed() {
        const QTemporaryDir folder;
        const std::filesystem::path directory = folder.filePath("r1").toStdString();
        {
            auto journal = Journal::create(directory);
            QVERIFY(journal);
            QVERIFY(!Journal::create(directory)); // one run, one journal
            QVERIFY((*journal)->append({{"event", "start"},
                                        {"run", "r1"},
                                        {"atMs", 5},
                                        {"planHash", "sha256:x"},
                                        {"plan", planToJson(plan())}}));
            auto going = readPastRun(directory);
            QVERIFY(going);
            QVERIFY(going->alive);
            QVERIFY(going->status.state == RunState::Running);
            auto some = manifest();
            some.state = RunState::Running;
            QVERIFY((*journal)->append({{"event", "progress"}, {"atMs", 70}, {"manifest", manifestToJson(some)}}));
        }
        {
            std::ofstream torn(directory / "journal.jsonl", std::ios::app);
            torn << "{\"event\":\"end\",\"manifest\":{\"compl"; // the crash came in the middle of a line
        }
        const auto crashed = readPastRun(directory);
        QVERIFY(crashed);
        QVERIFY(crashed->status.state == RunState::Crashed);
        QVERIFY(!crashed->manifest.complete);
        QCOMPARE(crashed->status.written, 4);
        QCOMPARE(crashed->status.endedMs, 70);
        QVERIFY(crashed->status.reason.find("4 of 5") != std::string::npos);
        QCOMPARE(crashed->manifest.sha256, manifestSha256(crashed->manifest));
    }

    void aForgedEndIsNotBelieved() {
        const QTemporaryDir folder;
        const std::filesystem::path directory = folder.filePath("r2").toStdString();
        {
            auto journal = Journal::create(directory);
            QVERIFY((*journal)->append({{"event", "start"}, {"run", "r2"}, {"plan", planToJson(plan())}}));
            auto forged = manifest();
            forged.complete = true; // without a new hash
            QVERIFY((*journal)->append({{"event", "end"}, {"manifest", manifestToJson(forged)}}));
        }
        const auto read = readPastRun(directory);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Corrupt);
        QVERIFY(readPastRuns(folder.path().toStdString(), 10).empty());
    }

    void nothingLessThanEverythingIsComplete() {
        const auto one = plan();
        RunProgress progress(one);
        QVERIFY(progress.shortfall());
        for (int i = 0; i < 5; ++i) {
            progress.written(0, 10, Partition(0), Offset(100 + i));
        }
        QVERIFY(!progress.shortfall());
        QCOMPARE(progress.partitions()[0].written.at(Partition(0)).second.value(), 104);
        progress.gap(0, {Offset(3), Offset(4), "retention"});
        QVERIFY(progress.shortfall()); // even if the count is right
        RunProgress tooMany(one);
        for (int i = 0; i < 6; ++i) {
            tooMany.written(0, 10, Partition(0), Offset(i));
        }
        QVERIFY(tooMany.shortfall());
    }
};

QTEST_GUILESS_MAIN(ManifestTest)
#include "manifest_test.moc"
