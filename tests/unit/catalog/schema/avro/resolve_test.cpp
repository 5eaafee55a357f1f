// SPDX-License-Identifier: Apache-2.0
#include "avro_text.h"

#include <catalog/avro.h>

#include <QTest>

using namespace meshbone;
using namespace meshbone::catalog;

/// The specification's "Schema Resolution" as a table: what was written with one schema, as another reads it; and that
/// comparing the two says the same.
class ResolveTest : public QObject {
    Q_OBJECT
private slots:
    void resolves_data();
    void resolves();
    void refuses_data();
    void refuses();
};

namespace {

void row(const char* name, const QString& writer, const char* written, const QString& reader, const char* read) {
    QTest::newRow(name) << writer << QString::fromUtf8(written) << reader << QString::fromUtf8(read);
}
void columns() {
    QTest::addColumn<QString>("writer");
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("reader");
    QTest::addColumn<QString>("read");
}
QString record(const char* fields, const char* more = "") {
    return QString(R"({"type":"record","name":"R","fields":[%1]%2})").arg(fields, more);
}

} // namespace

void ResolveTest::resolves_data() {
    columns();
    row("int to long", "\"int\"", "5", "\"long\"", "5");
    row("int to float", "\"int\"", "5", "\"float\"", "5");
    row("long to double", "\"long\"", "5", "\"double\"", "5");
    row("float to double", "\"float\"", "0.5", "\"double\"", "0.5");
    row("string to bytes", "\"string\"", R"("ab")", "\"bytes\"", R"("ab")");
    row("bytes to string", "\"bytes\"", R"("ab")", "\"string\"", R"("ab")");
    row("fields in another order", record(R"({"name":"a","type":"int"},{"name":"b","type":"string"})"),
        R"({"a":1,"b":"x"})", record(R"({"name":"b","type":"string"},{"name":"a","type":"int"})"),
        R"({"a":1,"b":"x"})");
    row("a field less",
        record(R"({"name":"a","type":"int"},{"name":"b","type":{"type":"array","items":"string"}},{"name":"c",)"
               R"("type":"int"})"),
        R"({"a":1,"b":["x","y"],"c":3})", record(R"({"name":"a","type":"int"},{"name":"c","type":"int"})"),
        R"({"a":1,"c":3})");
    row("a field more", record(R"({"name":"a","type":"int"})"), R"({"a":1})",
        record(R"({"name":"a","type":"int"},{"name":"b","type":["null","string"],"default":null},{"name":"c",)"
               R"("type":"int","default":7})"),
        R"({"a":1,"b":null,"c":7})");
    row("only new fields", record(""), "{}", record(R"({"name":"b","type":"string","default":"x"})"), R"({"b":"x"})");
    row("an alias", record(R"({"name":"tailNumber","type":"string"})"), R"({"tailNumber":"N1"})",
        record(R"({"name":"tail","type":"string","aliases":["tailNumber"]})"), R"({"tail":"N1"})");
    row("an alias of the record", R"({"type":"record","name":"a.Old","fields":[{"name":"x","type":"int"}]})",
        R"({"x":1})", R"({"type":"record","name":"a.New","aliases":["Old"],"fields":[{"name":"x","type":"long"}]})",
        R"({"x":1})");
    row("another namespace", R"({"type":"record","name":"a.R","fields":[]})", "{}",
        R"({"type":"record","name":"b.R","fields":[]})", "{}");
    row("an enum's default", R"({"type":"enum","name":"E","symbols":["A","B","C"]})", R"("C")",
        R"({"type":"enum","name":"E","symbols":["B","A"],"default":"B"})", R"("B")");
    row("an enum in another order", R"({"type":"enum","name":"E","symbols":["A","B"]})", R"("B")",
        R"({"type":"enum","name":"E","symbols":["B","A"]})", R"("B")");
    row("into a union", "\"int\"", "5", R"(["null","long"])", "5");
    row("into a union, the same type first", "\"int\"", "5", R"(["long","int","null"])", R"({"int":5})");
    row("out of a union", R"(["int","long"])", R"({"int":5})", "\"long\"", "5");
    row("union to union", R"(["string","null"])", "null", R"(["null","string","int"])", "null");
    row("within items", R"({"type":"array","items":"int"})", "[1,2]",
        R"({"type":"array",)"
        R"("items":"double"})",
        "[1,2]");
    row("within itself",
        R"({"type":"record","name":"L","fields":[{"name":"v","type":"int"},{"name":"next","type":["null","L"]}]})",
        R"({"v":1,"next":{"v":2,"next":null}})",
        R"({"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]},{"name":"v",)"
        R"("type":"long"},{"name":"w","type":"int","default":0}]})",
        R"({"v":1,"next":{"v":2,"next":null,"w":0},"w":0})");
}

void ResolveTest::resolves() {
    QFETCH(QString, writer);
    QFETCH(QString, written);
    QFETCH(QString, reader);
    QFETCH(QString, read);
    const auto wrote = test::avro(writer.toStdString()), reads = test::avro(reader.toStdString());
    QVERIFY(wrote && reads);
    const auto bytes = wrote->fromJson(written.toStdString());
    QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
    const auto text = AvroResolver::make(reads, wrote)->toJson(*bytes);
    QVERIFY2(text, text ? "" : text.error().message.c_str());
    QCOMPARE(QString::fromStdString(*text), read);
    QVERIFY(reads->differencesReading(*wrote)->empty());
}

void ResolveTest::refuses_data() {
    columns();
    row("long to int", "\"long\"", "5", "\"int\"", "it is long");
    row("no default", record(""), "{}", record(R"({"name":"b","type":"string"})"), "has no `b`");
    row("another name", R"({"type":"record","name":"A","fields":[]})", "{}",
        R"({"type":"record","name":"B","fields":[]})", "it is A");
    row("another size", R"({"type":"fixed","name":"F","size":1})", R"("a")",
        R"({"type":"fixed","name":"F",)"
        R"("size":2})",
        "1 bytes");
    row("a symbol", R"({"type":"enum","name":"E","symbols":["A","B"]})", R"("B")",
        R"({"type":"enum","name":"E","symbols":["A"]})", "B is no symbol");
    row("null for a string", R"(["null","string"])", "null", "\"string\"", "it is null");
    row("not in the union", R"(["null","string"])", R"("x")", R"(["null","int"])", "it is string");
    row("two names for one", record(R"({"name":"a","type":"int"},{"name":"b","type":"int"})"), R"({"a":1,"b":2})",
        record(R"({"name":"a","type":"int","aliases":["b"]})"), "more than one field");
}

void ResolveTest::refuses() {
    QFETCH(QString, writer);
    QFETCH(QString, written);
    QFETCH(QString, reader);
    QFETCH(QString, read);
    const auto wrote = test::avro(writer.toStdString()), reads = test::avro(reader.toStdString());
    QVERIFY(wrote && reads);
    const auto text = AvroResolver::make(reads, wrote)->toJson(*wrote->fromJson(written.toStdString()));
    QVERIFY(!text);
    QVERIFY2(QString::fromStdString(text.error().message).contains(read), text.error().message.c_str());
    QVERIFY(!reads->differencesReading(*wrote)->empty());
}

QTEST_MAIN(ResolveTest)
#include "resolve_test.moc"
