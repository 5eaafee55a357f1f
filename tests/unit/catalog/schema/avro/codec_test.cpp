// SPDX-License-Identifier: Apache-2.0
#include "avro_text.h"
#include "support/seed.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace meshbone;
using namespace meshbone::catalog;

class CodecTest : public QObject {
    Q_OBJECT
private slots:
    void bytesOfTheSpecification_data();
    void bytesOfTheSpecification();
    void bothWays_data();
    void bothWays();
    void takesOtherForms_data();
    void takesOtherForms();
    void refusesJsonWithPath_data();
    void refusesJsonWithPath();
    void refusesBytesWithPlace_data();
    void refusesBytesWithPlace();
    void anyBytesEndInAnAnswer();
    void deepValuesAreRefused();
};

namespace {

constexpr auto kTwoFields =
    R"({"type":"record","name":"test","fields":[{"name":"a","type":"long"},{"name":"b","type":"string"}]})";

void columns() {
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("other");
}
void row(const char* name, const char* schema, const char* json, const char* other) {
    QTest::newRow(name) << QString::fromUtf8(schema) << QString::fromUtf8(json) << QString::fromUtf8(other);
}

} // namespace

void CodecTest::bytesOfTheSpecification_data() {
    columns();
    row("0", R"("long")", "0", "00");
    row("-1", R"("long")", "-1", "01");
    row("1", R"("int")", "1", "02");
    row("-64", R"("int")", "-64", "7f");
    row("64", R"("long")", "64", "8001");
    row("least", R"("long")", "-9223372036854775808", "ffffffffffffffffff01");
    row("foo", R"("string")", R"("foo")", "06666f6f");
    row("record", kTwoFields, R"({"a":27,"b":"foo"})", "3606666f6f");
    row("array", R"({"type":"array","items":"long"})", "[3,27]", "04063600");
    row("union null", R"(["null","string"])", "null", "00");
    row("union string", R"(["null","string"])", R"("a")", "020261");
    row("double", R"("double")", "1.5", "000000000000f83f");
    row("float", R"("float")", "0.1", "cdcccc3d");
    row("enum", R"({"type":"enum","name":"E","symbols":["A","B","C","D"]})", R"("D")", "06");
    row("map", R"({"type":"map","values":"boolean"})", R"({"k":true})", "02026b0100");
}

void CodecTest::bytesOfTheSpecification() {
    QFETCH(QString, schema);
    QFETCH(QString, json);
    QFETCH(QString, other);
    const auto parsed = test::avro(schema.toStdString());
    const auto bytes = parsed->fromJson(json.toStdString());
    QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
    QCOMPARE(QString::fromStdString(test::hex(*bytes)), other);
    const auto back = parsed->toJson(*bytes);
    QVERIFY2(back, back ? "" : back.error().message.c_str());
    QCOMPARE(QString::fromStdString(*back), json);
}

void CodecTest::bothWays_data() {
    columns();
    row("an alias that is another field's name",
        R"({"type":"record","name":"R","fields":[{"name":"a","type":"int"},)"
        R"({"name":"b","type":"string","aliases":["a"]}]})",
        R"({"a":1,"b":"x"})", "");
    row("date", R"({"type":"int","logicalType":"date"})", R"("2026-11-27")", "");
    row("before 1970", R"({"type":"int","logicalType":"date"})", R"("1600-02-29")", "");
    row("time", R"({"type":"int","logicalType":"time-millis"})", R"("23:59:59.999")", "");
    row("time micros", R"({"type":"long","logicalType":"time-micros"})", R"("00:00:00.000001")", "");
    row("moment", R"({"type":"long","logicalType":"timestamp-millis"})", R"("2026-11-27T04:11:03.123Z")", "");
    row("moment before 1970",
        R"({"type":"long",)"
        R"("logicalType":"timestamp-micros"})",
        R"("1969-12-31T23:59:59.999999Z")", "");
    row("nanos", R"({"type":"long","logicalType":"timestamp-nanos"})", R"("2026-11-27T04:11:03.123456789Z")", "");
    row("local", R"({"type":"long","logicalType":"local-timestamp-millis"})", R"("2026-11-27T04:11:03.123")", "");
    row("beyond the calendar", R"({"type":"long","logicalType":"timestamp-millis"})", "9223372036854775807", "");
    row("decimal", R"({"type":"bytes","logicalType":"decimal","precision":9,"scale":2})", R"("-1234567.89")", "");
    row("fixed decimal", R"({"type":"fixed","name":"D","size":4,"logicalType":"decimal","precision":9,"scale":2})",
        R"("0.07")", "");
    row("uuid", R"({"type":"fixed","name":"U","size":16,"logicalType":"uuid"})",
        R"("00112233-4455-6677-8899-aabbccddeeff")", "");
    row("duration", R"({"type":"fixed","name":"U","size":12,"logicalType":"duration"})", R"("P1M2DT3.004S")", "");
    row("octets", R"("bytes")", R"("a\u0001ÿ")", "");
    row("not a number", R"("double")", R"("NaN")", "");
    row("infinite", R"("float")", R"("-Infinity")", "");
    row("union of several", R"(["null","int","string",{"type":"record","name":"n.R","fields":[]}])", R"({"n.R":{}})",
        "");
    row("union of several, an int", R"(["null","int","string"])", R"({"int":5})", "");
    row("inside itself",
        R"({"type":"record","name":"L","fields":[{"name":"v","type":"int"},{"name":"next","type":["null","L"]}]})",
        R"({"v":1,"next":{"v":2,"next":null}})", "");
    row("nested", R"({"type":"array","items":{"type":"map","values":{"type":"array","items":"string"}}})",
        R"([{"a":["x","y"]},{},{"b":[]}])", "");
}

void CodecTest::bothWays() {
    QFETCH(QString, schema);
    QFETCH(QString, json);
    const auto parsed = test::avro(schema.toStdString());
    const auto bytes = parsed->fromJson(json.toStdString());
    QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
    const auto back = parsed->toJson(*bytes);
    QVERIFY2(back, back ? "" : back.error().message.c_str());
    QCOMPARE(QString::fromStdString(*back), json);
}

void CodecTest::takesOtherForms_data() {
    columns();
    row("a default is filled in",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":["null","int"],"default":null},
        {"name":"d","type":{"type":"bytes","logicalType":"decimal","precision":3,"scale":1},"default":"\u0001"}]})",
        "{}", R"({"x":null,"d":"0.1"})");
    row("a value for its branch", R"(["null","int","string"])", "5", R"({"int":5})");
    row("a number for a timestamp", R"({"type":"long","logicalType":"timestamp-millis"})", "0",
        R"("1970-01-01T00:00:00.000Z")");
    row("one value with its tag", R"(["null","string"])", R"({"string":"x"})", R"("x")");
    row("fewer digits", R"({"type":"long","logicalType":"timestamp-micros"})", R"("2026-11-27T04:11:03Z")",
        R"("2026-11-27T04:11:03.000000Z")");
}

void CodecTest::takesOtherForms() {
    QFETCH(QString, schema);
    QFETCH(QString, json);
    QFETCH(QString, other);
    const auto parsed = test::avro(schema.toStdString());
    const auto bytes = parsed->fromJson(json.toStdString());
    QVERIFY2(bytes, bytes ? "" : bytes.error().message.c_str());
    QCOMPARE(QString::fromStdString(*parsed->toJson(*bytes)), other);
}

void CodecTest::refusesJsonWithPath_data() {
    columns();
    row("a string for a number", kTwoFields, R"({"a":"x","b":"y"})",
        "`a`: a whole number of 64 bits is expected here, not \"x\".");
    row("a missing field", kTwoFields, R"({"a":1})", "`b` is missing, and it has no default.");
    row("a field too many", kTwoFields, R"({"a":1,"b":"","c":2})", "test has no field `c`.");
    row("an unknown symbol", R"({"type":"enum","name":"E","symbols":["A"]})", R"("B")",
        "one of the symbols of E is expected here, not \"B\".");
    row("in an array",
        R"({"type":"record","name":"R","fields":[{"name":"l","type":{"type":"array",)"
        R"("items":"int"}}]})",
        R"({"l":[1,2.5]})", "`l[1]`: a whole number of 32 bits is expected here, not 2.5.");
    row("behind null",
        R"({"type":"record","name":"R","fields":[{"name":"x","type":["null",)"
        R"("int"]}]})",
        R"({"x":"a"})", "`x`: a whole number of 32 bits is expected here, not \"a\".");
    row("no date", R"({"type":"int","logicalType":"date"})", R"("2026-02-30")",
        "a date is expected here, not \"2026-02-30\".");
    row("too many digits", R"({"type":"bytes","logicalType":"decimal","precision":3,"scale":1})", R"("100.0")",
        "a decimal(3, 1) is expected here, not \"100.0\".");
}

void CodecTest::refusesJsonWithPath() {
    QFETCH(QString, schema);
    QFETCH(QString, json);
    QFETCH(QString, other);
    const auto bytes = test::avro(schema.toStdString())->fromJson(json.toStdString());
    QVERIFY(!bytes);
    QCOMPARE(QString::fromStdString(bytes.error().message), other);
}

void CodecTest::refusesBytesWithPlace_data() {
    columns();
    row("cut off", kTwoFields, "3606666f", "in `b`: the bytes end inside a value");
    row("left over", kTwoFields, "3606666f6f00", "At byte 5: 1 bytes are left over");
    row("no such branch", R"(["null","string"])", "04", "no type number 2");
    row("no such symbol", R"({"type":"enum","name":"E","symbols":["A"]})", "02", "no symbol number 1");
    row("a boolean of 2", R"("boolean")", "02", "0 or 1, not 2");
    row("a length below zero", R"("string")", "01", "length is wrong");
    row("not UTF-8", R"("string")", "04c328", "isn't UTF-8");
    row("too large for an int", R"("int")", "8080808080808001", "32 bits");
    row("too many items", R"({"type":"array","items":"null"})", "ffffffffffffffffff01", "");
    row("a varint without end", R"("long")", "ffffffffffffffffffffff", "a length is wrong");
}

void CodecTest::refusesBytesWithPlace() {
    QFETCH(QString, schema);
    QFETCH(QString, json);
    QFETCH(QString, other);
    const auto text = test::avro(schema.toStdString())->toJson(QByteArray::fromHex(json.toLatin1()).toStdString());
    QVERIFY(!text);
    QCOMPARE(text.error().code, ErrorCode::Corrupt);
    QVERIFY2(QString::fromStdString(text.error().message).contains(other), text.error().message.c_str());
}

void CodecTest::anyBytesEndInAnAnswer() {
    const auto schema = test::avro(
        R"({"type":"record","name":"R","fields":[{"name":"a","type":{"type":"array","items":["null","R","string"]}},
        {"name":"m","type":{"type":"map","values":"bytes"}},{"name":"d","type":"double"},{"name":"z",
 "type":{"type":"array","items":"null"}}]})");
    std::mt19937_64 random{test::testSeed()};
    for (int round = 0; round < 20'000; ++round) {
        std::string bytes(random() % 24, '\0');
        for (auto& byte : bytes) {
            byte = static_cast<char>(random() % 2 ? random() % 256 : random() % 6);
        }
        const auto text = schema->toJson(bytes);
        QCOMPARE(schema->check(bytes).has_value(), text.has_value());
        if (text) {
            const auto back = schema->fromJson(*text); // what is shown can be written again, to the same meaning
            if (!back &&
                back.error().code == ErrorCode::Exhausted) { // a few bytes are more values than a text may have
                QVERIFY(std::ranges::count(*text, ',') > static_cast<std::ptrdiff_t>(kMaxSchemaNodes) - 10);
                continue;
            }
            QVERIFY2(back, text->c_str());
            QCOMPARE(*schema->toJson(*back), *text);
        }
    }
}

void CodecTest::deepValuesAreRefused() {
    const auto schema = test::avro(R"({"type":"record","name":"L","fields":[{"name":"next","type":["null","L"]}]})");
    const auto text = schema->toJson(std::string(10'000, '\2') + '\0');
    QVERIFY(!text);
    QVERIFY(text.error().message.find("too deep") != std::string::npos);
}

QTEST_MAIN(CodecTest)
#include "codec_test.moc"
