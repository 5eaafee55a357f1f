// SPDX-License-Identifier: Apache-2.0
#include "support/fake_backbone.h"
#include "support/framed_example.h"

#include "schemas/evidence_model.h"
#include "schemas/impact_rows.h"
#include "widgets/english.h"
#include "widgets/format.h"
#include "widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

const std::string kTopic = "aviation.flights";

catalog::SchemaBookPtr flightBook() {
    return std::make_shared<const catalog::SchemaBook>(test::exampleFlightSchemas());
}

/// Events of the newest version: `count` in each of two partitions, one a second.
std::vector<Record> flights(const catalog::SchemaBook& book, int count) {
    std::vector<Record> records;
    for (int i = 0; i < count; ++i) {
        for (int partition = 0; partition < 2; ++partition) {
            auto record = test::framedFlight(book, "null");
            record.partition = Partition(partition);
            record.offset = Offset(i);
            record.timestampMs += i * 1'000;
            records.push_back(std::move(record));
        }
    }
    return records;
}

catalog::ParsedSchemaPtr candidate(const std::string& fields) {
    return *catalog::parseAvro(R"({"type":"record","name":"Flight","fields":[)" + fields + "]}");
}
const std::string kOrigin = R"({"name":"origin","type":"string"})";
const std::string kMissing = kOrigin + R"(,{"name":"terminal","type":"string"})";

struct Trial {
    test::FakeBackbone backbone;
    catalog::SchemaBookPtr book = flightBook();
    std::vector<std::int64_t> heard;

    explicit Trial(int count) { backbone.fakeMessages().setRecords(kTopic, flights(*book, count)); }
    Result<EvidenceFound> run(const std::string& fields, const EvidenceWindow& window, const CallOptions& call = {}) {
        catalog::SchemaEvidence evidence(book, candidate(fields));
        return runEvidence(backbone, evidence, window, call, [this](std::int64_t read) { heard.push_back(read); });
    }
};

EvidenceWindow all(std::int64_t most = 100'000) {
    EvidenceWindow window;
    window.topic = kTopic;
    window.eventsMax = most;
    return window;
}

lineage::SchemaImpact impactWith(const std::string& reader, lineage::ImpactedReader::Grade grade) {
    lineage::SchemaImpact impact;
    impact.topics = {{kTopic, "aviation.flights-value", 2, "origin", {}, 0, {}, true}};
    impact.readers = {{reader, kTopic, grade, -1, {}, {}}};
    return impact;
}

} // namespace

class SchemaChecksTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        Theme::instance().install(*qApp);
        installEnglish();
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    }

    void aWholeTopicIsReadInPages() {
        Trial trial(1'300); // more than a page in each partition
        const auto found = trial.run(kOrigin, all());
        QVERIFY(found);
        QCOMPARE(found->report.records, 2'600);
        QCOMPARE(found->report.asReader.passed, 2'600);
        QVERIFY(!found->isCut);
        QVERIFY(trial.heard.size() >= 4); // a page each time
        QVERIFY(std::ranges::is_sorted(trial.heard));
        QCOMPARE(trial.heard.back(), 2'600);
    }

    void aBoundIsSharedByThePartitionsAndSaid() {
        Trial trial(1'000);
        const auto found = trial.run(kOrigin, all(600));
        QVERIFY(found);
        QVERIFY(found->isCut);
        QVERIFY(found->report.records <= 600);
        const auto verdict = evidenceVerdict(*found, all(600));
        QVERIFY2(verdict.coverage.contains(QStringLiteral("no more than 600")), qPrintable(verdict.coverage));
    }

    void aPeriodLeavesOutWhatIsBeforeAndAfter() {
        Trial trial(100);
        auto window = all();
        window.fromMs = 1'517'932'242'400 + 10'000;
        window.toMs = window.fromMs + 5'000;
        const auto found = trial.run(kOrigin, window);
        QVERIFY(found);
        QCOMPARE(found->report.records, 10);
        QCOMPARE(found->report.fromMs, window.fromMs);
        QCOMPARE(found->report.toMs, window.fromMs + 4'000);
    }

    void theNewestAreRead() {
        Trial trial(100);
        auto window = all();
        window.newest = 20;
        const auto found = trial.run(kOrigin, window);
        QVERIFY(found);
        QCOMPARE(found->report.records, 20);
        QCOMPARE(found->report.toMs, 1'517'932'242'400 + 99'000);
        QVERIFY(evidenceVerdict(*found, window).coverage.contains(QStringLiteral("its newest")));
    }

    void itStopsWhenItIsAskedTo() {
        Trial trial(1'000);
        std::stop_source stop;
        stop.request_stop();
        const auto found = trial.run(kOrigin, all(), {std::chrono::seconds(5), stop.get_token()});
        QVERIFY(!found);
        QCOMPARE(found.error().code, ErrorCode::Cancelled);
    }

    void aTopicThatIsGoneIsSaid() {
        Trial trial(1);
        auto window = all();
        window.topic = "no.such";
        QVERIFY(!trial.run(kOrigin, window));
        window.newest = 5;
        QVERIFY(!trial.run(kOrigin, window));
    }

    void everyEventIsInARowOnceForEachSide() {
        Trial trial(30);
        const auto found = trial.run(kMissing, all());
        QVERIFY(found);
        EvidenceModel model;
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        model.setRows(evidenceRows(found->report));
        qint64 readers = 0, writers = 0;
        for (const auto& row : model.rows()) {
            (row.who == QStringLiteral("consumers") ? readers : writers) += row.events;
        }
        QCOMPARE(readers, 60);
        QCOMPARE(writers, 60);
        const auto& first = model.at(0);
        QCOMPARE(first.outcome, EvidenceRow::Outcome::Fails);
        QVERIFY(first.what.contains(QStringLiteral("terminal")));
        QCOMPARE(first.samples.size(), catalog::SchemaEvidence::kMaxSamples);
        QCOMPARE(first.samples.front().at.topic, kTopic);
        const auto verdict = evidenceVerdict(*found, all());
        QCOMPARE(verdict.tone, Tone::Danger);
        QVERIFY2(verdict.sentence.contains(QStringLiteral("60 of 60")), qPrintable(verdict.sentence));
        QVERIFY2(verdict.coverage.contains(QStringLiteral("aviation.flights-value v2 (60)")),
                 qPrintable(verdict.coverage));
        model.setRows({});
        QCOMPARE(model.rowCount(), 0);
    }

    void whatTellsNothingIsCountedApart() {
        Trial trial(0);
        auto record = test::framedFlight(*trial.book, "null");
        auto plain = record, tombstone = record;
        plain.value = "no schema";
        plain.offset = Offset(1);
        tombstone.value.reset();
        tombstone.offset = Offset(2);
        trial.backbone.fakeMessages().setRecords(kTopic, {plain, tombstone});
        const auto found = trial.run(kOrigin, all());
        QVERIFY(found);
        const auto rows = evidenceRows(found->report);
        QCOMPARE(rows.size(), std::size_t{2});
        QVERIFY(std::ranges::all_of(rows, [](const EvidenceRow& row) {
            return row.outcome == EvidenceRow::Outcome::Silent && row.events == 1;
        }));
        QCOMPARE(evidenceVerdict(*found, all()).tone, Tone::Neutral);
    }

    void anEmptyPeriodIsNoPass() {
        Trial trial(0);
        const auto found = trial.run(kOrigin, all());
        QVERIFY(found);
        const auto verdict = evidenceVerdict(*found, all());
        QCOMPARE(verdict.tone, Tone::Neutral);
        QVERIFY(verdict.sentence.contains(QStringLiteral("no events")));
    }

    void whoMeetsSeveralFieldsStandsOnce() {
        const CatalogView catalog;
        ImpactRows rows(catalog);
        using Grade = lineage::ImpactedReader::Grade;
        rows.add(impactWith("svc-board", Grade::Observed), QStringLiteral("origin"));
        rows.add(impactWith("svc-board", Grade::Observed), QStringLiteral("gate"));
        rows.add(impactWith("svc-idle", Grade::Granted), QStringLiteral("gate"));
        ImpactModel model;
        new QAbstractItemModelTester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest, &model);
        model.setRows(rows.take());
        QCOMPARE(model.rowCount(), 4); // topic, subject, two consumers
        const auto row = [&](const char* name) {
            return std::ranges::find(model.rows(), QString::fromLatin1(name), &ImpactRow::name);
        };
        QCOMPARE(row("svc-board")->fields, (QStringList{QStringLiteral("origin"), QStringLiteral("gate")}));
        QCOMPARE(row("svc-board")->place.page, QStringLiteral("lineage"));
        QCOMPARE(row("svc-idle")->fields, QStringList(QStringLiteral("gate")));
        QCOMPARE(row("svc-idle")->place,
                 (Place{QStringLiteral("access"), {SelectionKind::Principal, QStringLiteral("User:svc-idle")}}));
        QVERIFY(row("svc-idle")->how.contains(QStringLiteral("was not seen")));
    }

    void aFieldThatIsNotThereIsSaid() {
        ImpactQuestion question{flightBook(),
                                std::make_shared<const CatalogView>(),
                                nullptr,
                                "aviation.flights-value",
                                {QStringLiteral("wings")},
                                0};
        const auto answer = impactOf(question, {});
        QVERIFY(!answer);
        QVERIFY(text(answer.error().message).contains(QStringLiteral("wings")));
        question.fields = {QStringLiteral("origin")};
        QVERIFY(impactOf(question, {}));
    }
};

QTEST_MAIN(SchemaChecksTest)
#include "schema_checks_test.moc"
