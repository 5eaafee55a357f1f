// SPDX-License-Identifier: Apache-2.0
// Payloads as JSON and back: golden bytes, what is refused and where, and that any bytes end.
#include <catalog/schema.h>

#include <QtTest>

#include <random>

using namespace meshbone::catalog;
using meshbone::Bytes;
using meshbone::ErrorCode;

namespace {

const std::string kText =
    "syntax = \"proto3\"; package p; import \"google/protobuf/timestamp.proto\"; import "
    "\"google/protobuf/struct.proto\";"
    "import \"google/protobuf/wrappers.proto\"; import \"google/protobuf/duration.proto\";"
    "message A { int32 n = 1; string two_words = 2; repeated sint64 list = 3; map<string, int32> by_name = 4;"
    "  oneof kind { bool flag = 5; In in = 6; } optional double d = 7; E e = 8; bytes raw = 9; A a = 14;"
    "  google.protobuf.Timestamp at = 10; google.protobuf.Struct any = 11; google.protobuf.Int64Value w = 12;"
    "  google.protobuf.Duration took = 13; message In { string s = 1; } message Other { int32 x = 1; } }"
    "enum E { ZERO = 0; ONE = 1; } message B { int32 y = 1; }";

ParsedSchemaPtr schemaOf(const std::string& text) {
    auto parsed = parseProtobuf(text);
    if (!parsed) {
        qWarning("%s", parsed.error().message.c_str());
        return {};
    }
    return *parsed;
}

Bytes bytesOf(const QByteArray& hex) {
    return QByteArray::fromHex(hex).toStdString();
}

Bytes varint(std::size_t value) {
    Bytes out;
    for (; value >= 0x80; value >>= 7) {
        out += static_cast<char>(value | 0x80);
    }
    return out + static_cast<char>(value);
}

QString hexOf(const Bytes& bytes) {
    return QString::fromLatin1(QByteArray::fromStdString(bytes).toHex());
}

} // namespace

class CodecTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_schema = schemaOf(kText); }
    void roundTrips_data();
    void roundTrips();
    void toJson_data();
    void toJson();
    void corrupt_data();
    void corrupt();
    void wrongJson_data();
    void wrongJson();
    void proto2();
    void indexesCountWhatIsWritten();
    void deepJsonAndPayloadsEnd();
    void anyInAnyEnds();
    void randomBytesEnd();
    void aLongChainOfMessages();

private:
    ParsedSchemaPtr m_schema;
};

void CodecTest::roundTrips_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("hex");
    QTest::newRow("nothing") << "{}"
                             << "00";
    QTest::newRow("number and text") << R"({"n":5,"two_words":"ä"})"
                                     << "0008051202c3a4";
    QTest::newRow("camel case is taken") << R"({"twoWords":"a"})"
                                         << "00120161";
    QTest::newRow("repeated, packed") << R"({"list":["1",-1]})"
                                      << "001a020201";
    QTest::newRow("map, by key") << R"({"by_name":{"b":2,"a":1}})"
                                 << "0022050a01611001"
                                    "22050a01621002";
    QTest::newRow("oneof, false is kept") << R"({"flag":false})"
                                          << "002800";
    QTest::newRow("oneof message") << R"({"in":{"s":"x"}})"
                                   << "0032030a0178";
    QTest::newRow("optional zero is kept") << R"({"d":0})"
                                           << "00390000000000000000";
    QTest::newRow("zero is left out") << R"({"n":0})"
                                      << "00";
    QTest::newRow("enum by name") << R"({"e":"ONE"})"
                                  << "004001";
    QTest::newRow("bytes in base64") << R"({"raw":"AAEC"})"
                                     << "004a03000102";
    QTest::newRow("timestamp") << R"({"at":"1970-01-01T00:00:01.500Z"})"
                               << "00520808011080cab5ee01";
    QTest::newRow("duration") << R"({"took":"2s"})"
                              << "006a020802";
    QTest::newRow("struct") << R"({"any":{"k":[true,null]}})"
                            << "005a110a0f0a016b120a32080a0220010a020800";
    QTest::newRow("wrapper") << R"({"w":"7"})"
                             << "0062020807";
    QTest::newRow("in order of numbers") << R"({"a":{},"n":1})"
                                         << "0008017200";
}

void CodecTest::roundTrips() {
    QFETCH(const QString, json);
    QFETCH(const QString, hex);
    const auto bytes = m_schema->fromJson(json.toStdString());
    QVERIFY2(bytes.has_value(), bytes ? "" : bytes.error().message.c_str());
    QCOMPARE(hexOf(*bytes), hex);
    const auto back = m_schema->toJson(*bytes);
    QVERIFY2(back.has_value(), back ? "" : back.error().message.c_str());
    const auto again = m_schema->fromJson(*back);
    QVERIFY2(again.has_value(), again ? "" : again.error().message.c_str());
    QCOMPARE(hexOf(*again), hex);
}

void CodecTest::toJson_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("json");
    QTest::newRow("second message") << QByteArray("02020805") << R"({"y":5})";
    QTest::newRow("nested, maps not counted") << QByteArray("0400020805") << R"({"x":5})";
    QTest::newRow("first nested") << QByteArray("0400000a0178") << R"({"s":"x"})";
    QTest::newRow("defaults are shown") << QByteArray("0202") << R"({"y":0})";
    QTest::newRow("unknown fields are left out") << QByteArray("020208057a0161") << R"({"y":5})";
    QTest::newRow("[0] at length") << QByteArray("0200") + "0805"
                                   << R"({"n":5,"two_words":"","list":[],"by_name":{},"e":"ZERO","raw":""})";
    QTest::newRow("unknown enum value") << QByteArray("004007")
                                        << R"({"n":0,"two_words":"","list":[],"by_name":{},"e":7,"raw":""})";
}

void CodecTest::toJson() {
    QFETCH(const QByteArray, hex);
    QFETCH(const QString, json);
    const auto shown = m_schema->toJson(bytesOf(hex));
    QVERIFY2(shown.has_value(), shown ? "" : shown.error().message.c_str());
    QCOMPARE(QString::fromStdString(*shown), json);
}

void CodecTest::corrupt_data() {
    QTest::addColumn<QByteArray>("hex");
    QTest::addColumn<QString>("says");
    QTest::newRow("empty") << QByteArray("") << "ends at byte 0";
    QTest::newRow("no such message") << QByteArray("0204") << "the message [2]";
    QTest::newRow("no such nested message") << QByteArray("040004") << "the message [0, 2]";
    QTest::newRow("ends in a number") << QByteArray("0008") << "at byte 2, field n: it ends inside a number";
    QTest::newRow("length beyond the end") << QByteArray("00120561") << "at byte 3, field two_words: its length is 5";
    QTest::newRow("inner length") << QByteArray("0032030a0578") << "field in.s: its length is 5";
    QTest::newRow("not UTF-8") << QByteArray("00120161"
                                             "1202c328")
                               << "at byte 6, field two_words: a string is not UTF-8";
    QTest::newRow("field 0") << QByteArray("000001") << "at byte 1: 0 is not the tag of a field";
    QTest::newRow("wire type 7") << QByteArray("000f01") << "at byte 1: 15 is not the tag of a field";
    QTest::newRow("a group's end") << QByteArray("000c") << "a group ends that did not begin";
    QTest::newRow("a group without end") << QByteArray("00f301") << "ends inside a group";
    QTest::newRow("fixed bytes") << QByteArray("00390000") << "8 bytes are needed and 2 are left";
    QTest::newRow("65 bits") << QByteArray("0008ffffffffffffffffffff01") << "more than 64 bits";
    QTest::newRow("packed") << QByteArray("001a0180") << "field list: it ends inside a number";
}

void CodecTest::corrupt() {
    QFETCH(const QByteArray, hex);
    QFETCH(const QString, says);
    const auto shown = m_schema->toJson(bytesOf(hex));
    QVERIFY(!shown.has_value());
    QCOMPARE(shown.error().code, ErrorCode::Corrupt);
    QVERIFY2(QString::fromStdString(shown.error().message).contains(says), shown.error().message.c_str());
}

void CodecTest::wrongJson_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("says");
    QTest::newRow("no JSON") << "{"
                             << "p.A";
    QTest::newRow("no object") << "[]"
                               << "p.A";
    QTest::newRow("unknown field") << R"({"nope":1})"
                                   << "nope";
    QTest::newRow("wrong type") << R"({"n":"x"})"
                                << "at n: invalid value";
    QTest::newRow("too large") << R"({"n":3000000000})"
                               << "at n: ";
    QTest::newRow("inside") << R"({"in":{"s":{}}})"
                            << " at in";
    QTest::newRow("no such enum value") << R"({"e":"TWO"})"
                                        << "at e: ";
    QTest::newRow("bad time") << R"({"at":"yesterday"})"
                              << "at at: ";
}

void CodecTest::wrongJson() {
    QFETCH(const QString, json);
    QFETCH(const QString, says);
    const auto bytes = m_schema->fromJson(json.toStdString());
    QVERIFY(!bytes.has_value());
    QCOMPARE(bytes.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(bytes.error().message).contains(says), bytes.error().message.c_str());
    QVERIFY(bytes.error().message.ends_with('.'));
}

void CodecTest::proto2() {
    const auto schema =
        schemaOf("syntax = \"proto2\"; message A { required int32 id = 1; optional string s = 2 [default = \"x\"];"
                 " optional group G = 3 { optional int32 n = 1; } repeated int32 list = 4; }");
    const auto bytes = schema->fromJson(R"({"id":0,"list":[1,2]})");
    QVERIFY2(bytes.has_value(), bytes ? "" : bytes.error().message.c_str());
    QCOMPARE(hexOf(*bytes), QString("00080020012002"));
    QCOMPARE(schema->toJson(*bytes).value_or("?"), std::string(R"({"id":0,"list":[1,2]})"));
    const auto missing = schema->toJson(bytesOf("001201"
                                                "61"));
    QVERIFY(!missing && missing.error().message.find("required field 'id' of A is missing") != std::string::npos);
    QVERIFY(!schema->fromJson("{}"));
}

void CodecTest::indexesCountWhatIsWritten() {
    const auto schema = schemaOf("syntax = \"proto2\"; message A { optional group G = 1 { optional int32 n = 1; }"
                                 " map<string, int32> m = 2; message First { optional int32 x = 1; } }");
    QCOMPARE(schema->toJson(bytesOf("0400000805")).value_or("?"), std::string(R"({"x":5})"));
    const auto written =
        schemaOf("syntax = \"proto3\"; message A { repeated MEntry m = 1; message MEntry {"
                 " option map_entry = true; string key = 1; int32 value = 2; } message First { int32 x = 1; } }");
    QCOMPARE(written->toJson(bytesOf("0400020805")).value_or("?"), std::string(R"({"x":5})"));
}

void CodecTest::deepJsonAndPayloadsEnd() {
    std::string json;
    Bytes bytes;
    for (int i = 0; i < 10'000; ++i) {
        json += "{\"a\":";
        bytes = "\x72" + varint(bytes.size()) + bytes;
    }
    QVERIFY(!m_schema->fromJson(json));
    QVERIFY(!m_schema->fromJson(std::string(100'000, '[')));
    const auto shown = m_schema->toJson(Bytes(1, '\0') + bytes);
    QVERIFY(!shown && shown.error().message.find("deeper than") != std::string::npos);
    QVERIFY(!m_schema->toJson(Bytes(1, '\0') + Bytes(100'000, '\x0b')));
}

void CodecTest::anyInAnyEnds() {
    const auto schema = schemaOf("syntax = \"proto3\"; import \"google/protobuf/any.proto\";"
                                 "message A { google.protobuf.Any a = 1; int32 n = 2; }");
    const auto bytes = schema->fromJson(R"({"a":{"@type":"type.googleapis.com/A","n":5}})");
    QVERIFY2(bytes.has_value(), bytes ? "" : bytes.error().message.c_str());
    QCOMPARE(schema->toJson(*bytes).value_or("?"),
             std::string(R"({"a":{"@type":"type.googleapis.com/A","n":5},"n":0})"));
    const auto wrong = schema->toJson(bytesOf("000a0a"
                                              "0a032f2f41"
                                              "12031201"
                                              "78"));
    QVERIFY(!wrong);
    const std::string type = "\x0a\x27type.googleapis.com/google.protobuf.Any";
    Bytes nested;
    for (int i = 0; i < 2'000; ++i) {
        nested = type + "\x12" + varint(nested.size()) + nested;
    }
    const auto shown = schema->toJson(Bytes(1, '\0') + "\x0a" + varint(nested.size()) + nested);
    QVERIFY(!shown && shown.error().message.find("deeper than") != std::string::npos);
}

void CodecTest::randomBytesEnd() {
    std::mt19937 random{11};
    const auto good =
        *m_schema->fromJson(R"({"n":5,"list":[1,2,3],"by_name":{"a":1},"in":{"s":"x"},"at":"2020-01-01T00:00:00Z",)"
                            R"("any":{"k":[1,{}]},"a":{"n":1}})");
    for (int round = 0; round < 20'000; ++round) {
        Bytes bytes = good;
        if (round % 2 == 0) {
            bytes[random() % bytes.size()] = static_cast<char>(random());
            bytes.resize(random() % (bytes.size() + 1));
        } else {
            bytes.assign(random() % 40, '\0');
            std::ranges::generate(bytes, [&] { return static_cast<char>(random()); });
        }
        const auto shown = m_schema->toJson(bytes);
        QVERIFY(shown || shown.error().code == ErrorCode::Corrupt);
        QVERIFY(!shown || (shown->find('\n') == std::string::npos && shown->starts_with('{')));
    }
}

void CodecTest::aLongChainOfMessages() {
    std::string text = "syntax = \"proto3\";";
    for (int i = 0; i < 10'000; ++i) {
        text += fmt::format("message M{}{{M{} f=1;}}", i, i + 1);
    }
    const auto schema = schemaOf(text + "message M10000{}");
    const auto bytes = schema->fromJson("{}");
    QVERIFY(!bytes && bytes.error().code == ErrorCode::Exhausted);
    QVERIFY(schema->toJson(Bytes(1, '\0')).has_value());
}

QTEST_APPLESS_MAIN(CodecTest)
#include "codec_test.moc"
