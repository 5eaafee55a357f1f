// SPDX-License-Identifier: Apache-2.0
#include "../book/example_book.h"

#include <catalog/schema_evidence.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

class EvidenceTest : public QObject {
    Q_OBJECT
private slots:
    void countsByCauseWithSamples();
    void whatTellsNothingIsCountedApart();
    void plainJsonIsHeldToJsonSchema();
    void causesAreBounded();
    void findsLostIds();
};

namespace {

ParsedSchemaPtr candidate(const std::string& text) {
    const auto parsed = parseAvro(text);
    return parsed ? *parsed : nullptr;
}

} // namespace

void EvidenceTest::countsByCauseWithSamples() {
    const auto book = exampleBook();
    // Consumers that want the delay: what version 1 wrote can't be read, and of version 2 what has none.
    SchemaEvidence evidence(
        book, candidate(R"({"type":"record","name":"Flight","fields":[{"name":"tailNumber","type":"string"},)"
                        R"({"name":"delay","type":"int"}]})"));
    for (int i = 0; i < 7; ++i) {
        evidence.add(framedRecord(*book, "flights", "flights-value", 1, R"({"tailNumber":"N1"})"));
    }
    evidence.add(framedRecord(*book, "flights", "flights-value", 2, R"({"tailNumber":"N1","delay":null})"));
    evidence.add(framedRecord(*book, "flights", "flights-value", 2, R"({"tailNumber":"N1","delay":5})"));
    const auto& report = evidence.report();
    QCOMPARE(report.records, 9);
    QCOMPARE(report.asReader.passed, 1);
    QCOMPARE(report.asReader.failed, 8);
    QCOMPARE(report.asReader.causes.size(), 2U);
    const auto& missing = report.asReader.causes.begin()->second;
    QCOMPARE(report.asReader.causes.begin()->first,
             std::string("In `delay`: it is null, and the schema that reads has int."));
    QCOMPARE(missing.records, 1);
    const auto& lacking = report.asReader.causes.rbegin()->second;
    QCOMPARE(lacking.records, 7);
    QCOMPARE(lacking.samples.size(), SchemaEvidence::kMaxSamples);
    QCOMPARE(lacking.samples.front().offset, Offset(7));
    QCOMPARE(report.asWriter.passed, 1);
    QCOMPARE(report.writers.at("flights-value 1"), 7);
}

void EvidenceTest::whatTellsNothingIsCountedApart() {
    const auto book = exampleBook();
    SchemaEvidence evidence(book, candidate(kFlight2));
    evidence.add(recordOf("flights", std::nullopt));
    evidence.add(recordOf("flights", "plain text"));
    evidence.add(recordOf("flights", framed(SchemaId(99), "x")));
    evidence.add(recordOf("flights", framed(SchemaId(1), "\x10")));
    const auto& report = evidence.report();
    QCOMPARE(report.tombstones, 1);
    QCOMPARE(report.withoutSchema, 1);
    QCOMPARE(report.unknownSchema, 1);
    QCOMPARE(report.unreadable, 1);
    QCOMPARE(report.asReader.passed + report.asReader.failed, 0);
}

void EvidenceTest::plainJsonIsHeldToJsonSchema() {
    const auto schema = parseJsonSchema(R"({"type":"object","properties":{"a":{"type":"integer"}}})");
    SchemaEvidence evidence(exampleBook(), *schema);
    evidence.add(recordOf("x", R"({"a":1})"));
    evidence.add(recordOf("x", R"({"a":"one"})"));
    QCOMPARE(evidence.report().asReader.passed, 1);
    QCOMPARE(evidence.report().asReader.failed, 1);
}

void EvidenceTest::causesAreBounded() {
    const auto book = exampleBook();
    SchemaEvidence evidence(
        book, candidate(R"({"type":"record","name":"Flight","fields":[{"name":"tailNumber","type":{"type":"enum",)"
                        R"("name":"E","symbols":["A"]}}]})"));
    for (int i = 0; i < 300; ++i) { // each value makes another sentence of the writers' side
        evidence.add(
            framedRecord(*book, "flights", "flights-value", 1, R"({"tailNumber":"N)" + std::to_string(i) + "\"}"));
    }
    QCOMPARE(evidence.report().asWriter.failed, 300);
    QVERIFY(evidence.report().asWriter.causes.size() <= SchemaEvidence::kMaxCauses + 1);
}

void EvidenceTest::findsLostIds() {
    const auto book = exampleBook();
    LostIds lost(book);
    const auto payload = [&](int version, const std::string& json) {
        return *(*book->parsed(*book->version("flights-value", version)))->fromJson(json);
    };
    lost.add(recordOf("flights", framed(SchemaId(50), payload(2, R"({"tailNumber":"N1","delay":5})"))));
    lost.add(recordOf("flights", framed(SchemaId(50), payload(2, R"({"tailNumber":"N22","delay":null})"))));
    lost.add(recordOf("flights", framed(SchemaId(1), payload(1, R"({"tailNumber":"N1"})")))); // known
    lost.add(recordOf("flights", framed(SchemaId(51), "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff")));
    const auto found = lost.found();
    QCOMPARE(found.size(), 2U);
    QCOMPARE(found[0].id, SchemaId(50));
    QCOMPARE(found[0].records, 2);
    QVERIFY(!found[0].candidates.empty());
    QCOMPARE(found[0].candidates.front().subject, std::string("flights-value"));
    QCOMPARE(found[0].candidates.front().version, 2);
    QVERIFY(found[1].candidates.empty());
    QCOMPARE(found[1].topics.at("flights"), 1);
}

QTEST_MAIN(EvidenceTest)
#include "evidence_test.moc"
