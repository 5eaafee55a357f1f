// SPDX-License-Identifier: Apache-2.0
#include "avro_text.h"

#include <QTest>

using namespace meshbone;
using namespace meshbone::catalog;

class FieldsTest : public QObject {
    Q_OBJECT
private slots:
    void walksDown();
    void whatRecursIsNotEntered();
    void isBounded();
};

void FieldsTest::walksDown() {
    const auto schema = test::avro(
        "{\"type\":\"record\",\"name\":\"air.Flight\",\"fields\":[\n"
        R"({"name":"legs","doc":"in order","type":{"type":"array","items":{"type":"record","name":"Leg","fields":[
{"name":"tail","type":["null","string"],"confluent:tags":["PII"],"aliases":["tailNumber"]},
{"name":"out","type":{"type":"long","logicalType":"timestamp-millis"}}]}}},
{"name":"codes","type":{"type":"map","values":"Leg"},"default":{}},
{"name":"payload","type":["Leg",{"type":"record","name":"Bird","fields":[{"name":"species","type":"string"}]}]}]})");
    QVERIFY(schema);
    std::vector<std::string> lines;
    for (const auto& field : schema->fields()) {
        lines.push_back(field.path + ": " + field.type + (field.isOptional ? " (optional)" : ""));
    }
    const std::vector<std::string> expected{"legs: array of Leg",
                                            "legs[].tail: string or null (optional)",
                                            "legs[].out: timestamp-millis",
                                            "codes: map of Leg (optional)",
                                            "codes{}.tail: string or null (optional)",
                                            "codes{}.out: timestamp-millis",
                                            "payload: Leg or Bird",
                                            "payload<Leg>.tail: string or null (optional)",
                                            "payload<Leg>.out: timestamp-millis",
                                            "payload<Bird>.species: string"};
    QCOMPARE(lines, expected);
    const auto tail = schema->fields()[1];
    QCOMPARE(tail.tags, std::vector<std::string>{"PII"});
    QCOMPARE(tail.aliases, std::vector<std::string>{"tailNumber"});
    QCOMPARE(tail.place.line, 3);
    QCOMPARE(schema->fields()[0].doc, std::string("in order"));
}

void FieldsTest::whatRecursIsNotEntered() {
    const auto schema = test::avro(
        R"({"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]},{"name":"v","type":"int"}]})");
    QCOMPARE(schema->fields().size(), 2U);
}

void FieldsTest::isBounded() {
    std::string text = R"([{"type":"record","name":"R0","fields":[{"name":"x","type":"int"}]})";
    for (int i = 1; i < 40; ++i) { // each twice the one before: 2^40 fields
        text += R"(,{"type":"record","name":"R)" + std::to_string(i) + R"(","fields":[{"name":"a","type":"R)" +
                std::to_string(i - 1) + R"("},{"name":"b","type":"R)" + std::to_string(i - 1) + R"("}]})";
    }
    const auto schema = test::avro(text + "]");
    QVERIFY(schema);
    QCOMPARE(schema->fields().size(), 10'000U);
}

QTEST_MAIN(FieldsTest)
#include "fields_test.moc"
