// SPDX-License-Identifier: Apache-2.0
#include "avro_text.h"

#include <QTest>

using namespace meshbone;
using namespace meshbone::catalog;

class CompatibilityTest : public QObject {
    Q_OBJECT
private slots:
    void tells_data();
    void tells();
    void saysWhatWouldRepairIt();
    void placesInBothTexts();
    void recursionFailsByItsOwnFault();
    void whatIsAssumedAndFailsIsForgotten();
    void manyPathsTakeBoundedTime();
};

namespace {

QString record(const char* fields) {
    return QString(R"({"type":"record","name":"R","fields":[%1]})").arg(fields);
}

} // namespace

void CompatibilityTest::tells_data() {
    QTest::addColumn<QString>("reader");
    QTest::addColumn<QString>("writer");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("field");
    const auto row = [](const char* name, const QString& reader, const QString& writer, const char* type,
                        const char* path, const char* field) {
        QTest::newRow(name) << reader << writer << QString(type) << QString(path) << QString(field);
    };
    row("type", R"("int")", R"("long")", "TYPE_MISMATCH", "", "");
    row("type of a field", record(R"({"name":"a","type":"int"},{"name":"x","type":"int"})"),
        record(R"({"name":"x","type":"string"},{"name":"a","type":"int"})"), "TYPE_MISMATCH", "/fields/1/type", "x");
    row("no default", record(R"({"name":"x","type":"int"})"), record(""), "READER_FIELD_MISSING_DEFAULT_VALUE",
        "/fields/0", "x");
    row("name", R"({"type":"fixed","name":"F","size":1})", R"({"type":"fixed","name":"G","size":1})", "NAME_MISMATCH",
        "/name", "");
    row("size", R"({"type":"fixed","name":"F","size":1})", R"({"type":"fixed","name":"F","size":2})",
        "FIXED_SIZE_MISMATCH", "/size", "");
    row("symbols", R"({"type":"enum","name":"E","symbols":["A"]})",
        R"({"type":"enum","name":"E",)"
        R"("symbols":["A","B"]})",
        "MISSING_ENUM_SYMBOLS", "/symbols", "");
    row("branch", R"(["null","int"])", R"(["null","string"])", "MISSING_UNION_BRANCH", "/1", "");
    row("items", R"({"type":"array","items":"int"})",
        R"({"type":"array",)"
        R"("items":"string"})",
        "TYPE_MISMATCH", "/items", "[]");
    row("values", R"({"type":"map","values":"int"})",
        R"({"type":"map",)"
        R"("values":"string"})",
        "TYPE_MISMATCH", "/values", "{}");
    row("out of a union", R"("string")", R"(["null","string"])", "TYPE_MISMATCH", "", "");
    row("deep",
        record(R"({"name":"l","type":{"type":"array","items":{"type":"record","name":"I","fields":[{"name":"y",)"
               R"("type":"int"}]}}})"),
        record(R"({"name":"l","type":{"type":"array","items":{"type":"record","name":"I","fields":[]}}})"),
        "READER_FIELD_MISSING_DEFAULT_VALUE", "/fields/0/type/items/fields/0", "l[].y");
}

void CompatibilityTest::tells() {
    QFETCH(QString, reader);
    QFETCH(QString, writer);
    QFETCH(QString, type);
    QFETCH(QString, path);
    QFETCH(QString, field);
    const auto found = test::avro(reader.toStdString())->differencesReading(*test::avro(writer.toStdString()));
    QVERIFY(found);
    QCOMPARE(found->size(), 1U);
    QCOMPARE(QString::fromStdString(found->front().type), type);
    QCOMPARE(QString::fromStdString(found->front().path), path);
    QCOMPARE(QString::fromStdString(found->front().field), field);
    QVERIFY(found->front().message.ends_with('.'));
    QVERIFY(found->front().repair.ends_with('.'));
}

void CompatibilityTest::saysWhatWouldRepairIt() {
    const auto found =
        test::avro(record(R"({"name":"tail","type":"string"})").toStdString())
            ->differencesReading(*test::avro(record(R"({"name":"tailNumber","type":"string"})").toStdString()));
    QCOMPARE(found->front().repair,
             std::string("Give `tail` a default, or the alias \"tailNumber\" if it is that field under a new name."));
}

void CompatibilityTest::placesInBothTexts() {
    const auto found =
        test::avro("{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n\n{\"name\":\"x\",\"type\":\"int\"}]}")
            ->differencesReading(*test::avro(
                "\n{\"type\":\"record\",\"name\":\"R\",\"fields\":[\n{\"name\":\"x\",\"type\":\"string\"}]}"));
    QCOMPARE(found->front().inReader.line, 3);
    QCOMPARE(found->front().inWriter.line, 3);
    QCOMPARE(found->front().inWriter.column, 1);
}

void CompatibilityTest::recursionFailsByItsOwnFault() {
    const auto list = [](const char* value) {
        return test::avro(
            std::string(
                R"({"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]},{"name":"v","type":")") +
            value + "\"}]}");
    };
    QVERIFY(list("long")->differencesReading(*list("int"))->empty());
    const auto found = list("int")->differencesReading(*list("long"));
    QCOMPARE(found->size(), 1U);
    QCOMPARE(found->front().path, std::string("/fields/1/type"));
}

void CompatibilityTest::whatIsAssumedAndFailsIsForgotten() {
    // While A is tried as the union's branch, B's pair is found good under the assumption that A is; A then fails by
    // `z`.
    const auto text = [](const char* z) {
        return std::string(R"([{"type":"record","name":"A","fields":[{"name":"b","type":["null",{"type":"record",)"
                           R"("name":"B","fields":[
            {"name":"a","type":["null","A"]}]}]},{"name":"z","type":")") +
               z + R"("}]},"B"])";
    };
    const auto found = test::avro(text("int"))->differencesReading(*test::avro(text("string")));
    QCOMPARE(found->size(), 2U); // A doesn't fit, and B, which has one, doesn't either
}

void CompatibilityTest::manyPathsTakeBoundedTime() {
    const auto chain = [](const char* leaf) {
        std::string text =
            std::string(R"([{"type":"record","name":"R0","fields":[{"name":"x","type":")") + leaf + "\"}]}";
        for (int i = 1; i < 40; ++i) { // 2^40 paths
            const auto inner = "\"R" + std::to_string(i - 1) + "\"";
            text += R"(,{"type":"record","name":"R)" + std::to_string(i) + R"(","fields":[{"name":"a","type":)" +
                    inner + R"(},{"name":"b","type":["null",)" + inner + R"(]}]})";
        }
        return test::avro(text + "]");
    };
    QVERIFY(chain("long")->differencesReading(*chain("int"))->empty());
    const auto found = chain("int")->differencesReading(*chain("long"));
    QVERIFY(found && !found->empty());
    QVERIFY(found->size() <= 50);
}

QTEST_MAIN(CompatibilityTest)
#include "compatibility_test.moc"
