// SPDX-License-Identifier: Apache-2.0
#include "avro_text.h"

#include <catalog/avro.h>

#include <QTest>

using namespace meshbone;
using namespace meshbone::catalog;

class ParserTest : public QObject {
    Q_OBJECT
private slots:
    void acceptsWhatTheSpecificationAllows_data();
    void acceptsWhatTheSpecificationAllows();
    void refusesWithPlaceAndReason_data();
    void refusesWithPlaceAndReason();
    void aWrongDefaultIsNoneAndToldOfANewSchema_data();
    void aWrongDefaultIsNoneAndToldOfANewSchema();
    void ofReferencesAWrongDefaultIsTheirOwn();
    void namesOfReferencesAreKnown();
    void aBrokenReferenceIsNamed();
    void keepsItsBounds();
};

void ParserTest::acceptsWhatTheSpecificationAllows_data() {
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* text) { QTest::newRow(name) << QString::fromUtf8(text); };
    row("a primitive", R"("string")");
    row("a primitive as an object", R"({"type":"long","logicalType":"timestamp-millis"})");
    row("recursion", R"({"type":"record","name":"List","fields":[{"name":"next","type":["null","List"]}]})");
    row("an error type", R"({"type":"error","name":"Oops","fields":[]})");
    row("a type named by type",
        R"({"type":"record","name":"a.B","fields":[{"name":"x","type":{"type":"fixed","name":"F","size":3}},
                                   {"name":"y","type":{"type":"F"}},{"name":"z","type":"a.F"}]})");
    row("a default of any branch",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":["null","string"],"default":"a"}]})");
    row("a default of a record defined later on",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":{"type":"array","items":"R"},"default":[]}]})");
    row("an enum with default", R"({"type":"enum","name":"E","symbols":["A","B"],"default":"B"})");
    row("a logical type that doesn't fit is none", R"({"type":"string","logicalType":"date"})");
    row("a name with dots and a namespace", R"({"type":"fixed","name":"x.y.F","namespace":"ignored","size":0})");
}

void ParserTest::acceptsWhatTheSpecificationAllows() {
    QFETCH(QString, text);
    QVERIFY(test::avro(text.toStdString()));
}

void ParserTest::refusesWithPlaceAndReason_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* text, const char* place, const char* reason) {
        QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(place) << QString::fromUtf8(reason);
    };
    row("no JSON", "{\n  \"type\": record}", "line 2, column 11", "double quotes");
    row("an open string", "\"str", "line 1, column 5", "ends inside a string");
    row("nothing", "", "line 1, column 1", "ends where a value");
    row("more after it", "\"int\" x", "line 1, column 7", "after the end");
    row("a member twice", R"({"type":"int","type":"long"})", "line 1, column 15", "stands twice");
    row("an unknown type", "{\"type\":\"record\",\"name\":\"R\",\n\"fields\":[{\"name\":\"x\",\"type\":\"strin\"}]}",
        "line 2, column 30", "\"strin\" is no type");
    row("used before it is defined", R"({"type":"array","items":"Later"})", "line 1, column 25", "before this place");
    row("no name", R"({"type":"record","fields":[]})", "line 1, column 1", "has no name");
    row("a bad name", R"({"type":"record","name":"9a","fields":[]})", "line 1, column 25", "is no name");
    row("a primitive's name", R"({"type":"enum","name":"int","symbols":[]})", "line 1, column 23", "can't be a name");
    row("defined twice", R"([{"type":"fixed","name":"F","size":1},{"type":"fixed","name":"F","size":1}])",
        "line 1, column 39", "defined twice");
    row("a field twice",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":"int"},{"name":"x","type":"int"}]})",
        "line 1, column 65", "stands twice in R");
    row("no fields", R"({"type":"record","name":"R"})", "line 1, column 1", "has \"fields\"");
    row("a field without type", R"({"type":"record","name":"R","fields":[{"name":"x"}]})", "line 1, column 39",
        "\"type\"");
    row("a union in a union", R"(["null",["int"]])", "line 1, column 9", "inside a union");
    row("a type twice in a union", R"(["int","int"])", "line 1, column 8", "int twice");
    row("no items", R"({"type":"array"})", "line 1, column 1", "\"items\"");
    row("a type inside type", R"({"type":{"type":"int"}})", "line 1, column 9", "is a name here");
    row("a symbol twice", R"({"type":"enum","name":"E","symbols":["A","A"]})", "line 1, column 42", "stands twice");
    row("a bad symbol", R"({"type":"enum","name":"E","symbols":["a-b"]})", "line 1, column 38", "no symbol");
    row("a default that is no symbol", R"({"type":"enum","name":"E","symbols":["A"],"default":"B"})",
        "line 1, column 53", "one of its symbols");
    row("a negative size", R"({"type":"fixed","name":"F","size":-1})", "line 1, column 35", "size");
    row("an unknown order", R"({"type":"record","name":"R","fields":[{"name":"x","type":"int","order":"up"}]})",
        "line 1, column 72", "ascending");
    row("a number", "12", "line 1, column 1", "a type is a name");
    row("half a surrogate", R"("\ud800")", "line 1, column 8", "surrogate");
}

void ParserTest::refusesWithPlaceAndReason() {
    QFETCH(QString, text);
    QFETCH(QString, place);
    QFETCH(QString, reason);
    const auto parsed = parseAvro(text.toStdString());
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    const auto message = QString::fromStdString(parsed.error().message);
    QVERIFY2(message.contains(place + ":"), qPrintable(message));
    QVERIFY2(message.contains(reason), qPrintable(message));
}

void ParserTest::aWrongDefaultIsNoneAndToldOfANewSchema_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* text, const char* place, const char* reason) {
        QTest::newRow(name) << text << place << reason;
    };
    row("a default of another type",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":"int","default":"1"}]})", "line 1, column 74",
        "wants a whole number of 32 bits");
    row("a default too large",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":"int","default":3000000000}]})",
        "line 1, column 74", "32 bits");
    row("null for a string", R"({"type":"record","name":"R","fields":[{"name":"x","type":"string","default":null}]})",
        "line 1, column 77", "wants a string");
}

void ParserTest::aWrongDefaultIsNoneAndToldOfANewSchema() {
    QFETCH(QString, text);
    QFETCH(QString, place);
    QFETCH(QString, reason);
    const auto schema = test::avro(text.toStdString());
    const auto checked = schema->checkAsNew();
    QVERIFY(!checked);
    const auto message = QString::fromStdString(checked.error().message);
    QVERIFY2(message.contains(place + ":") && message.contains(reason), qPrintable(message));
    QCOMPARE(schema->canonicalText(), text.toStdString()); // as it was registered
    QVERIFY(!schema->fields().front().isOptional);
    const auto absent = schema->fromJson("{}");
    QVERIFY(!absent && absent.error().message.find("no default") != std::string::npos);
    const auto nothing = test::avro(R"({"type":"record","name":"R","fields":[]})");
    QCOMPARE(schema->differencesReading(*nothing)->size(), std::size_t(1));
    QVERIFY(!AvroResolver::make(schema, nothing)->toJson(""));
    QVERIFY(nothing->differencesReading(*schema)->empty());
}

void ParserTest::ofReferencesAWrongDefaultIsTheirOwn() {
    const std::vector<NamedSchema> references{
        {"Leg", R"({"type":"record","name":"Leg","fields":[{"name":"n","type":"int","default":null}]})"}};
    const auto schema = parseAvro(R"({"type":"record","name":"R","fields":[{"name":"leg","type":"Leg"}]})", references);
    QVERIFY(schema);
    QVERIFY((*schema)->checkAsNew());
}

void ParserTest::namesOfReferencesAreKnown() {
    const std::vector<NamedSchema> references{
        {"Tail", R"({"type":"fixed","name":"air.Tail","size":6})"},
        {"Leg", R"({"type":"record","name":"air.Leg","fields":[{"name":"tail","type":"Tail"}]})"}};
    const auto schema = test::avro(R"({"type":"record","name":"Flight","namespace":"air","fields":[
        {"name":"legs","type":{"type":"array","items":"Leg"}}]})",
                                   references);
    QVERIFY(schema);
    // What is stored stays the schema's own text: the others are referred to, not copied.
    QVERIFY(schema->canonicalText().find("tail") == std::string::npos);
    QCOMPARE(schema->fields().back().path, std::string("legs[].tail"));
}

void ParserTest::aBrokenReferenceIsNamed() {
    const std::vector<NamedSchema> references{{"air.Leg", R"({"type":"recor"})"}};
    const auto parsed = parseAvro(R"("string")", references);
    QVERIFY(!parsed);
    QVERIFY(parsed.error().message.find("air.Leg") != std::string::npos);
}

void ParserTest::keepsItsBounds() {
    std::string deep;
    for (int i = 0; i < 10'000; ++i) {
        deep += R"({"type":"array","items":)";
    }
    QCOMPARE(parseAvro(deep).error().code, ErrorCode::Exhausted);
    QCOMPARE(parseAvro("\"" + std::string(kMaxSchemaBytes, 'a') + "\"").error().code, ErrorCode::Exhausted);
    std::string wide = "[";
    for (std::size_t i = 0; i < kMaxSchemaNodes; ++i) {
        wide += "1,";
    }
    QCOMPARE(parseAvro(wide + "1]").error().code, ErrorCode::Exhausted);
}

QTEST_MAIN(ParserTest)
#include "parser_test.moc"
