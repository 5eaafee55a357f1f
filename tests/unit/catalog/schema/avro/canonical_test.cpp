// SPDX-License-Identifier: Apache-2.0
#include "avro_text.h"

#include <catalog/avro.h>

#include <QTest>

using namespace meshbone;
using namespace meshbone::catalog;

class CanonicalTest : public QObject {
    Q_OBJECT
private slots:
    void writesAsAvroItself_data();
    void writesAsAvroItself();
    void normalizedIsIndependentOfTheOrderOfProperties();
    void parsingForm_data();
    void parsingForm();
    void fingerprintsOfTheSpecification_data();
    void fingerprintsOfTheSpecification();
    void singleObjects();
};

void CanonicalTest::writesAsAvroItself_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("canonical");
    const auto row = [](const char* name, const char* text, const char* canonical) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(canonical);
    };
    row("a primitive object is its name", R"({"type" : "string"})", R"("string")");
    row("properties stay", R"({"logicalType":"date","type":"int"})", R"({"type":"int","logicalType":"date"})");
    row("members in one order",
        R"({"fields":[{"type":"int","name":"x","doc":"d","default":1}],"name":"a.R","doc":"é","x":2,)"
        R"("type":"record","aliases":["S","b.T"]})",
        R"({"type":"record","name":"R","namespace":"a","doc":"é","fields":[{"name":"x","type":"int",)"
        R"("doc":"d","default":1}],"x":2,"aliases":["S","b.T"]})");
    row("a namespace once, and none again",
        R"({"type":"record","name":"R","namespace":"a","fields":[{"name":"x","type":{"type":"fixed",)"
        R"("namespace":"a","name":"F","size":1}},
            {"name":"y","type":{"type":"enum","name":"b.E","symbols":["A"],"default":"A"}},
            {"name":"z","type":{"type":"fixed","name":"G","namespace":"","size":1}},{"name":"f",
 "type":"a.F"},{"name":"e","type":"b.E"}]})",
        R"({"type":"record","name":"R","namespace":"a","fields":[{"name":"x","type":{"type":"fixed",)"
        R"("name":"F","size":1}},)"
        R"({"name":"y","type":{"type":"enum","name":"E","namespace":"b","symbols":["A"],"default":"A"}},)"
        R"({"name":"z","type":{"type":"fixed","name":"G","namespace":"","size":1}},{"name":"f","type":"F"},)"
        R"({"name":"e","type":"b.E"}]})");
    row("order and aliases of a field",
        R"({"type":"record","name":"R","fields":[{"order":"descending","aliases":["w"],"name":"x",)"
        R"("type":["null","int"],"default":null,"p":[]},
            {"name":"y","type":"int","order":"ascending"}]})",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":["null","int"],"default":null,)"
        R"("order":"descending","aliases":["w"],"p":[]},)"
        R"({"name":"y","type":"int"}]})");
}

void CanonicalTest::writesAsAvroItself() {
    QFETCH(QString, text);
    QFETCH(QString, canonical);
    const auto schema = test::avro(text.toStdString());
    QVERIFY(schema);
    QCOMPARE(QString::fromStdString(schema->canonicalText()), canonical);
    const auto again = test::avro(schema->canonicalText());
    QVERIFY(again);
    QCOMPARE(again->canonicalText(), schema->canonicalText());
}

void CanonicalTest::normalizedIsIndependentOfTheOrderOfProperties() {
    const auto one = test::avro(R"({"type":"int","b":{"y":1,"x":2},"a":0})");
    const auto other = test::avro(R"({"a":0,"type":"int","b":{"x":2,"y":1}})");
    QVERIFY(one->canonicalText() != other->canonicalText());
    QCOMPARE(one->normalizedText(), other->normalizedText());
}

void CanonicalTest::parsingForm_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("form");
    const auto row = [](const char* text, const char* form) {
        QTest::newRow(form) << QString::fromUtf8(text) << QString::fromUtf8(form);
    };
    row(R"({"type":"fixed","name":"foo","namespace":"x.y","size":15,"doc":"d"})",
        R"({"name":"x.y.foo","type":"fixed","size":15})");
    row(R"({"type":"record","name":"foo","fields":[{"name":"f1","type":["null","string"],"default":null}]})",
        R"({"name":"foo","type":"record","fields":[{"name":"f1","type":["null","string"]}]})");
    row(R"({"items":{"type":"enum","name":"E","symbols":["A1"]},"type":"array"})",
        R"({"type":"array","items":{"name":"E","type":"enum","symbols":["A1"]}})");
}

void CanonicalTest::parsingForm() {
    QFETCH(QString, text);
    QFETCH(QString, form);
    QCOMPARE(QString::fromStdString(avroParsingForm(*test::avro(text.toStdString()))), form);
}

void CanonicalTest::fingerprintsOfTheSpecification_data() {
    QTest::addColumn<QString>("type");
    QTest::addColumn<qint64>("fingerprint");
    QTest::newRow("null") << "null" << 7195948357588979594LL;
    QTest::newRow("boolean") << "boolean" << -6970731678124411036LL;
    QTest::newRow("int") << "int" << 8247732601305521295LL;
    QTest::newRow("long") << "long" << -3434872931120570953LL;
    QTest::newRow("float") << "float" << 5583340709985441680LL;
    QTest::newRow("double") << "double" << -8181574048448539266LL;
    QTest::newRow("bytes") << "bytes" << 5746618253357095269LL;
    QTest::newRow("string") << "string" << -8142146995180207161LL;
}

void CanonicalTest::fingerprintsOfTheSpecification() {
    QFETCH(QString, type);
    QFETCH(qint64, fingerprint);
    QCOMPARE(static_cast<qint64>(avroFingerprint(*test::avro("\"" + type.toStdString() + "\""))), fingerprint);
}

void CanonicalTest::singleObjects() {
    const auto bytes = test::unhex("c301efcdab89674523010206"); // what is found is a view into it
    const auto found = avroSingleObject(bytes);
    QVERIFY(found);
    QCOMPARE(found->fingerprint, 0x0123456789abcdefULL);
    QCOMPARE(found->payload, std::string_view("\x02\x06"));
    QVERIFY(!avroSingleObject(test::unhex("c301efcdab89")));
    QVERIFY(!avroSingleObject(test::unhex("0000000001efcdab8967")));
}

QTEST_MAIN(CanonicalTest)
#include "canonical_test.moc"
