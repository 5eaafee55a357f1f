// SPDX-License-Identifier: Apache-2.0
// Texts that are Protobuf, texts that aren't and where, what they import, and the bounds.
#include <catalog/schema.h>

#include <QtTest>

#include <random>

using namespace meshbone::catalog;
using meshbone::ErrorCode;

namespace {
const std::string kSyntax = "syntax = \"proto3\";\n";

/// protoc's FileDescriptorProto of a message p.q.A, which imports leg.proto.
const QByteArray kEncoded =
    "CgllbmMucHJvdG8SA3AucRofZ29vZ2xlL3Byb3RvYnVmL3RpbWVzdGFtcC5wcm90bxoJbGVnLnByb3RvIoICCgFBEioKAmF0GAEg"
    "ASgLMhouZ29vZ2xlLnByb3RvYnVmLlRpbWVzdGFtcFICYXQSJAoEbGVncxgCIAMoCzIQLnAucS5BLkxlZ3NFbnRyeVIEbGVncxIO"
    "CgF4GAMgASgFSABSAXgSDgoBeRgEIAEoCUgAUgF5EhEKAXoYBSABKAhIAVIBeogBARIaCgFlGAYgASgOMggucC5xLkEuRUICGAFS"
    "AWUaPwoJTGVnc0VudHJ5EhAKA2tleRgBIAEoCVIDa2V5EhwKBXZhbHVlGAIgASgLMgYuei5MZWdSBXZhbHVlOgI4ASIKCgFFEgUK"
    "AVoQAEIDCgFvQgQKAl96SgQICRAKQgUKA2EuYmIGcHJvdG8z";
} // namespace

class ParseTest : public QObject {
    Q_OBJECT
private slots:
    void good_data();
    void good();
    void malformed_data();
    void malformed();
    void imports();
    void importsThatFail_data();
    void importsThatFail();
    void bounds_data();
    void bounds();
    void manyMessagesInAChain();
    void anyTextEnds();
    void anEncodedDescriptor();
    void anyEncodedDescriptorEnds();
};

void ParseTest::good_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("name");
    QTest::newRow("empty") << ""
                           << "";
    QTest::newRow("syntax only") << "syntax = \"proto3\";"
                                 << "";
    QTest::newRow("no syntax is proto2") << "message A { required int32 x = 1; }"
                                         << "A";
    QTest::newRow("package") << "syntax = \"proto3\"; package a.b; message C { int32 x = 1; } message D {}"
                             << "a.b.C";
    QTest::newRow("an enum alone") << "syntax = \"proto3\"; enum E { Z = 0; }"
                                   << "";
    QTest::newRow("maps, oneofs, optional, reserved")
        << "syntax = \"proto3\"; message A { map<string, A> m = 1; oneof o { int32 x = 2; string y = 3; } "
           "optional bool z = 4; reserved 5, 7 to max; reserved \"q\"; }"
        << "A";
    QTest::newRow("groups and extensions")
        << "syntax = \"proto2\"; message A { optional group G = 1 { optional int32 x = 1; } extensions 100 to 199; } "
           "extend A { optional string s = 100; }"
        << "A";
    QTest::newRow("well-known") << "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\"; "
                                   "message A { google.protobuf.Timestamp at = 1; }"
                                << "A";
    QTest::newRow("what Confluent brings")
        << "syntax = \"proto3\"; import \"confluent/meta.proto\"; import \"confluent/type/decimal.proto\"; "
           "message A { confluent.type.Decimal d = 1 [(confluent.field_meta).tags = \"PII\"]; }"
        << "A";
    QString imports = "syntax = \"proto3\"; ";
    QString uses;
    int number = 0;
    for (const auto* one :
         {"calendar_period CalendarPeriod", "color Color", "date Date", "datetime DateTime", "dayofweek DayOfWeek",
          "decimal Decimal", "expr Expr", "fraction Fraction", "interval Interval", "latlng LatLng",
          "localized_text LocalizedText", "money Money", "month Month", "phone_number PhoneNumber",
          "postal_address PostalAddress", "quaternion Quaternion", "timeofday TimeOfDay"}) {
        const auto names = QString(one).split(' ');
        imports += QString("import \"google/type/%1.proto\"; ").arg(names[0]);
        ++number;
        uses += QString("google.type.%1 f%2 = %2; ").arg(names[1]).arg(number);
    }
    QTest::newRow("Google's common types") << imports + "message A { " + uses + "}"
                                           << "A";
    QTest::newRow("services") << "syntax = \"proto3\"; message A {} service S { rpc Do (stream A) returns (A); }"
                              << "A";
    QTest::newRow("31 messages deep") << "syntax = \"proto3\";" + QString("message A {").repeated(31) +
                                             QString("}").repeated(31)
                                      << "A";
    QTest::newRow("a well-known file itself")
        << "syntax = \"proto3\"; package google.protobuf; message Timestamp { int64 seconds = 1; int32 nanos = 2; }"
        << "google.protobuf.Timestamp";
    QTest::newRow("a map entry written out")
        << "syntax = \"proto3\"; message A { repeated MEntry m = 1; message MEntry { option map_entry = true; "
           "string key = 1; int32 value = 2; } }"
        << "A";
}

void ParseTest::good() {
    QFETCH(const QString, text);
    QFETCH(const QString, name);
    const auto parsed = parseProtobuf(text.toStdString());
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QCOMPARE((*parsed)->type(), SchemaType::Protobuf);
    QCOMPARE(QString::fromStdString((*parsed)->text()), text);
    QCOMPARE(QString::fromStdString((*parsed)->name()), name);
    QVERIFY((*parsed)->sizeBytes() > static_cast<std::size_t>(text.size()));
}

void ParseTest::malformed_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("not Protobuf") << "{\"type\": \"record\"}"
                                  << "at line 1, column 1: Expected top-level statement";
    QTest::newRow("no semicolon") << "syntax = \"proto3\";\nmessage A {\n  int32 x = 1\n}"
                                  << "at line 4, column 1";
    QTest::newRow("tab counts as one") << "syntax = \"proto3\";\nmessage A {\n\tint32 x = y;\n}"
                                       << "at line 3, column 12";
    QTest::newRow("unknown type") << "syntax = \"proto3\";\nmessage A {\n  Bee x = 1;\n}"
                                  << "at line 3, column 3: \"Bee\" is not defined";
    QTest::newRow("number twice") << "syntax = \"proto3\";\nmessage A {\n  int32 x = 1;\n  int32 y = 1;\n}"
                                  << "at line 4, column 13";
    QTest::newRow("number 0") << "syntax = \"proto3\"; message A { int32 x = 0; }"
                              << "positive integers";
    QTest::newRow("reserved number") << "syntax = \"proto3\"; message A { reserved 1; int32 x = 1; }"
                                     << "reserved";
    QTest::newRow("reserved range that ends before it begins")
        << "syntax = \"proto3\"; message A { message B { reserved 5 to 2; } }"
        << "A reserved range of B ends before it begins.";
    QTest::newRow("one name in JSON given twice")
        << "syntax = \"proto2\";\nmessage A {\n  optional int32 x = 1 [json_name = \"n\"];\n"
           "  optional int32 y = 2 [json_name = \"n\"];\n}"
        << "at line 4, column 18: The fields x and y have the same name in JSON, n.";
    QTest::newRow("another field's usual name in JSON")
        << "syntax = \"proto3\"; message A { int32 flight_no = 1; int32 y = 2 [json_name = \"flightNo\"]; }"
        << "The fields flight_no and y have the same name in JSON, flightNo.";
    QTest::newRow("required in proto3") << "syntax = \"proto3\"; message A { required int32 x = 1; }"
                                        << "equired";
    QTest::newRow("enum without zero") << "syntax = \"proto3\"; enum E { A = 1; }"
                                       << "must be zero";
    QTest::newRow("unknown option") << "syntax = \"proto3\";\nmessage A { int32 x = 1 [(nope) = 2]; }"
                                    << "nope";
    QTest::newRow("edition") << "// new\nedition = \"2023\";\nmessage A {}"
                             << "edition at line 2, column 1";
    QTest::newRow("unknown syntax") << "syntax = \"proto4\"; message A {}"
                                    << "line 1";
    QTest::newRow("open comment") << "syntax = \"proto3\"; /* message A {}"
                                  << "line 1";
    QTest::newRow("open string") << "syntax = \"proto3"
                                 << "line 1";
    QTest::newRow("a false well-known type")
        << "syntax = \"proto3\"; package google.protobuf; message Struct { int32 fields = 1; }"
        << "defines google.protobuf.Struct otherwise";
    QTest::newRow("type used as package") << "syntax = \"proto3\"; message A {} message A {}"
                                          << "already defined";
}

void ParseTest::malformed() {
    QFETCH(const QString, text);
    QFETCH(const QString, says);
    const auto parsed = parseProtobuf(text.toStdString());
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(parsed.error().message).contains(says), parsed.error().message.c_str());
    QVERIFY(parsed.error().message.starts_with("The schema") && parsed.error().message.ends_with('.'));
}

void ParseTest::imports() {
    const std::vector<NamedSchema> references{
        {"leg.proto", kSyntax + "package z; message Leg { int32 n = 1; }"},
        {"unneeded.proto", "this is not Protobuf"},
        {"cat.proto", kSyntax + "import public \"leg.proto\"; package z; message Cat { Leg l = 1; }"},
        {"google/protobuf/timestamp.proto", "the built-in one is taken"},
    };
    const auto parsed =
        parseProtobuf(kSyntax + "import \"cat.proto\"; import \"google/protobuf/timestamp.proto\";\n"
                                "message A { z.Cat c = 1; z.Leg l = 2; google.protobuf.Timestamp t = 3; }",
                      references);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QCOMPARE((*parsed)->name(), std::string("A"));
}

void ParseTest::importsThatFail_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("says");
    QTest::newRow("missing") << "import \"x.proto\";"
                             << "The schema is not valid Protobuf at line 2, column 1: it imports 'x.proto', which is";
    QTest::newRow("missing further down") << "import \"needs.proto\";"
                                          << "The reference 'needs.proto' is not valid Protobuf at line 2, column 1";
    QTest::newRow("circle") << "import \"a.proto\";"
                            << "circle: 'a.proto' imports 'b.proto' imports 'a.proto';";
    QTest::newRow("itself") << "import \"self.proto\";"
                            << "circle: 'self.proto' imports 'self.proto';";
    QTest::newRow("malformed") << "import \"bad.proto\";"
                               << "The reference 'bad.proto' is not valid Protobuf at line 1";
    QTest::newRow("a well-known one that isn't") << "import \"google/protobuf/nope.proto\";"
                                                 << "not among its references";
}

void ParseTest::importsThatFail() {
    QFETCH(const QString, text);
    QFETCH(const QString, says);
    const std::vector<NamedSchema> references{{"needs.proto", kSyntax + "import \"x.proto\";"},
                                              {"a.proto", kSyntax + "import \"b.proto\";"},
                                              {"b.proto", kSyntax + "import \"a.proto\";"},
                                              {"self.proto", kSyntax + "import \"self.proto\";"},
                                              {"bad.proto", "mess"}};
    const auto parsed = parseProtobuf(kSyntax + text.toStdString(), references);
    QVERIFY(!parsed.has_value());
    QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    QVERIFY2(QString::fromStdString(parsed.error().message).contains(says), parsed.error().message.c_str());
}

void ParseTest::bounds_data() {
    QTest::addColumn<std::string>("text");
    QTest::addColumn<QString>("says");
    const auto times = [](std::string_view what, int count) {
        std::string all;
        for (int i = 0; i < count; ++i) {
            all += what;
        }
        return all;
    };
    QTest::newRow("10 MiB") << kSyntax + std::string(std::size_t{10} << 20, ' ') << "at most 1048576 are possible";
    QTest::newRow("10,000 messages deep") << kSyntax + times("message A {", 10'000) << "deeper than 200 levels";
    QTest::newRow("10,000 option values deep")
        << kSyntax + "option (a) = " + times("{ a: ", 10'000) << "deeper than 200 levels";
    QTest::newRow("more messages deep than libprotobuf links")
        << kSyntax + times("message A {", 40) + times("}", 40) << "at most 32 deep";
    std::string values = kSyntax + "enum E { option allow_alias = true;";
    for (int i = 0; i <= 100'000; ++i) {
        values += fmt::format("A{:x}=0;", i);
    }
    QTest::newRow("nodes") << values + "}"
                           << "at most 100000 are possible";
}

void ParseTest::bounds() {
    QFETCH(const std::string, text);
    QFETCH(const QString, says);
    const auto parsed = parseProtobuf(text);
    QVERIFY(!parsed.has_value());
    QVERIFY2(QString::fromStdString(parsed.error().message).contains(says), parsed.error().message.c_str());
    QCOMPARE(parsed.error().code, ErrorCode::Exhausted);
}

void ParseTest::manyMessagesInAChain() {
    std::string text = kSyntax;
    for (int i = 0; i < 10'000; ++i) {
        text += fmt::format("message M{}{{M{} f=1;}}\n", i, i + 1);
    }
    const auto parsed = parseProtobuf(text + "message M10000{}");
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
}

void ParseTest::anyTextEnds() {
    QVERIFY(
        parseProtobuf("syntax = \"proto3\";\n// \xed\xa0\x80").error().message.find("not UTF-8 at line 2, column 4") !=
        std::string::npos);
    const std::string good = kSyntax + "package a; import \"google/protobuf/any.proto\"; option java_package = 'x';"
                                       "message A { reserved 1, 3 to max; oneof o { int32 x = 2 [deprecated = true]; } "
                                       "map<string, A> m = 5; enum E { Z = 0; } } service S { rpc R (A) returns (A); }";
    std::mt19937 random{3};
    for (int round = 0; round < 3'000; ++round) {
        auto text = good;
        for (int change = 0; change < 3; ++change) {
            const auto at = random() % text.size();
            switch (random() % 3) {
            case 0:
                text.erase(at, random() % 8);
                break;
            case 1:
                text.insert(at, good.substr(random() % good.size(), random() % 12));
                break;
            default:
                text[at] = static_cast<char>(random() % 128);
            }
        }
        const auto parsed = parseProtobuf(text);
        QVERIFY(parsed || parsed.error().message.ends_with('.'));
        if (parsed) {
            const auto canonical = (*parsed)->canonicalText();
            const auto again = parseProtobuf(canonical);
            QVERIFY2(again && (*again)->canonicalText() == canonical, text.c_str());
        }
    }
}

void ParseTest::anEncodedDescriptor() {
    const std::vector<NamedSchema> references{{"leg.proto", kSyntax + "package z; message Leg { int32 n = 1; }"}};
    const auto parsed = parseProtobuf(kEncoded.toStdString(), references);
    QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().message.c_str());
    QCOMPARE((*parsed)->name(), std::string("p.q.A"));
    QCOMPARE((*parsed)->text(), kEncoded.toStdString());
    QVERIFY((*parsed)->canonicalText().starts_with("syntax = \"proto3\";\npackage p.q;\n\nimport "));
    QCOMPARE((*parsed)->fields().size(), std::size_t{7});
    QCOMPARE((*parsed)->fields().front().place, TextPlace{});
    const auto again = parseProtobuf((*parsed)->canonicalText(), references);
    QVERIFY(again && (*again)->canonicalText() == (*parsed)->canonicalText());
    const auto alone = parseProtobuf(kEncoded.toStdString());
    QVERIFY(!alone && alone.error().message.find("imports 'leg.proto', which is not among") != std::string::npos);
}

void ParseTest::anyEncodedDescriptorEnds() {
    const std::vector<NamedSchema> references{{"leg.proto", kSyntax + "package z; message Leg { int32 n = 1; }"}};
    std::mt19937 random{4};
    for (int round = 0; round < 3'000; ++round) {
        auto bytes = QByteArray::fromBase64(kEncoded);
        for (int change = 0; change < 1 + round % 3; ++change) {
            bytes[static_cast<qsizetype>(random() % static_cast<unsigned>(bytes.size()))] = static_cast<char>(random());
        }
        const auto parsed = parseProtobuf(bytes.toBase64().toStdString(), references);
        QVERIFY(parsed || parsed.error().message.ends_with('.'));
        if (parsed) {
            (*parsed)->normalizedText();
            (*parsed)->fields();
            QVERIFY((*parsed)->differencesReading(**parsed).has_value());
        }
    }
}

QTEST_APPLESS_MAIN(ParseTest)
#include "parse_test.moc"
