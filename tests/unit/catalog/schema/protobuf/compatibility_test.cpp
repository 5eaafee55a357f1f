// SPDX-License-Identifier: Apache-2.0
// What one schema finds in data of another: every type of difference with the registry's verdict and path.
#include <catalog/schema.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone::catalog;
using meshbone::ErrorCode;

namespace {

const std::string kHead = "syntax = \"proto3\";";

ParsedSchemaPtr schemaOf(const std::string& text, std::span<const NamedSchema> references = {}) {
    auto parsed = parseProtobuf(text, references);
    if (!parsed) {
        qWarning("%s", parsed.error().message.c_str());
        return {};
    }
    return *parsed;
}

/// "!TYPE path" of what breaks, "TYPE path" of what doesn't; sorted.
QStringList found(const ParsedSchemaPtr& writer, const ParsedSchemaPtr& reader) {
    const auto differences = reader->differencesReading(*writer);
    QStringList all;
    for (const auto& one : differences ? *differences : std::vector<SchemaDifference>{}) {
        all << QString::fromStdString((one.isBreaking ? "!" : "") + one.type + " " + one.path);
        if (!QString::fromStdString(one.message).endsWith('.') || one.isBreaking == one.repair.empty() ||
            one.message.find('{') != std::string::npos) {
            all << "words: " + QString::fromStdString(one.message + one.repair);
        }
    }
    all.sort();
    return all;
}

} // namespace

class CompatibilityTest : public QObject {
    Q_OBJECT
private slots:
    void rules_data();
    void rules();
    void references_data();
    void references();
    void whatIsSaidOfADifference();
    void circlesOfReferencedTypesEnd();
    void aLongChainOfReferencedTypes();
    void onlyProtobuf();
};

void CompatibilityTest::rules_data() {
    QTest::addColumn<QString>("writer");
    QTest::addColumn<QString>("reader");
    QTest::addColumn<QStringList>("differences");
    const auto row = [](const char* name, const char* writer, const char* reader, const QStringList& differences) {
        QTest::newRow(name) << writer << reader << differences;
    };
    row("same", "message A { int32 x = 1; }", "message A { int32 x = 1; }", {});
    row("package", "package a; message A {}", "package b; message A {}", {"!PACKAGE_CHANGED #/"});
    row("message added", "message A {}", "message A {} message B {}", {"MESSAGE_ADDED #/B"});
    row("message removed", "message A {} message B {}", "message A {}", {"!MESSAGE_REMOVED #/B"});
    row("nested message removed", "message A { message B {} }", "message A {}", {"!MESSAGE_REMOVED #/A/B"});
    row("message moved", "message A {} message B {}", "message B {} message A {}",
        {"MESSAGE_MOVED #/A", "MESSAGE_MOVED #/B"});
    row("enum added", "message A {}", "message A {} enum E { Z = 0; }", {"ENUM_ADDED #/E"});
    row("enum removed", "message A { enum E { Z = 0; } }", "message A {}", {"ENUM_REMOVED #/A/E"});
    row("enum values", "enum E { Z = 0; A = 1; B = 2; }", "enum E { Z = 0; C = 1; D = 3; }",
        {"ENUM_CONST_ADDED #/E/3", "ENUM_CONST_CHANGED #/E/1", "ENUM_CONST_REMOVED #/E/2"});
    row("field added", "message A {}", "message A { int32 x = 1; }", {"FIELD_ADDED #/A/1"});
    row("field removed", "message A { int32 x = 1; }", "message A {}", {"FIELD_REMOVED #/A/1"});
    row("field in nested message", "message A { message B {} }", "message A { message B { int32 x = 2; } }",
        {"FIELD_ADDED #/A/B/2"});
    row("number changed", "message A { int32 x = 1; }", "message A { int32 x = 2; }",
        {"FIELD_ADDED #/A/2", "FIELD_REMOVED #/A/1"});
    row("name changed", "message A { int32 x = 1; }", "message A { int32 y = 1; }", {"FIELD_NAME_CHANGED #/A/1"});
    row("kind changed", "message A { int32 x = 1; } message B {}", "message A { B x = 1; } message B {}",
        {"!FIELD_KIND_CHANGED #/A/1"});
    row("map or not", "message A { map<string, int32> x = 1; }", "message A { int32 x = 1; }",
        {"!FIELD_KIND_CHANGED #/A/1"});
    row("general numbers", "message A { int32 a = 1; int64 b = 2; bool c = 3; E d = 4; } enum E { Z = 0; }",
        "message A { uint64 a = 1; E b = 2; uint32 c = 3; bool d = 4; } enum E { Z = 0; }", {});
    row("signed numbers", "message A { sint32 a = 1; }", "message A { sint64 a = 1; }", {});
    row("fixed numbers", "message A { fixed32 a = 1; sfixed64 b = 2; }", "message A { sfixed32 a = 1; fixed64 b = 2; }",
        {});
    row("string and bytes", "message A { string a = 1; }", "message A { bytes a = 1; }", {});
    row("int and sint", "message A { int32 a = 1; }", "message A { sint32 a = 1; }",
        {"!FIELD_SCALAR_KIND_CHANGED #/A/1"});
    row("float and double", "message A { float a = 1; }", "message A { double a = 1; }",
        {"!FIELD_SCALAR_KIND_CHANGED #/A/1"});
    row("fixed widths", "message A { fixed32 a = 1; }", "message A { fixed64 a = 1; }",
        {"!FIELD_SCALAR_KIND_CHANGED #/A/1"});
    row("in a map", "message A { map<string, int32> a = 1; }", "message A { map<string, string> a = 1; }",
        {"!FIELD_SCALAR_KIND_CHANGED #/A/1"});
    row("a map, written out", "message A { map<string, int32> m = 1; message B {} }",
        "message A { repeated MEntry m = 1; message MEntry { option map_entry = true; string key = 1; int32 value = 2; "
        "}"
        " message B {} }",
        {});
    row("other named type", "message A { B b = 1; } message B {} message C {}",
        "message A { C b = 1; } message B {} message C {}", {"!FIELD_NAMED_TYPE_CHANGED #/A/1"});
    row("named otherwise", "package p; message A { B b = 1; message B {} }",
        "package p; message A { .p.A.B b = 1; message B {} }", {});
    row("numeric label", "message A { optional int32 a = 1; }", "message A { repeated int32 a = 1; }",
        {"!FIELD_NUMERIC_LABEL_CHANGED #/A/1"});
    row("string label", "message A { optional string a = 1; }", "message A { repeated string a = 1; }",
        {"FIELD_STRING_OR_BYTES_LABEL_CHANGED #/A/1"});
    row("message label", "message A { optional A a = 1; }", "message A { repeated A a = 1; }", {});
    row("no label", "message A { int32 a = 1; }", "message A { repeated int32 a = 1; }", {});
    row("required added", "proto2 message A {}", "proto2 message A { required int32 x = 1; }",
        {"!REQUIRED_FIELD_ADDED #/A/1"});
    row("required removed", "proto2 message A { required int32 x = 1; }", "proto2 message A {}",
        {"!REQUIRED_FIELD_REMOVED #/A/1"});
    row("group or message", "proto2 message A { optional group B = 1 {} }",
        "proto2 message A { optional B b = 1; message B {} }", {"!FIELD_KIND_CHANGED #/A/1", "MESSAGE_ADDED #/A/B"});
    row("in a group", "proto2 message A { optional group B = 1 { optional int32 x = 1; } }",
        "proto2 message A { optional group B = 1 { optional string x = 1; } }",
        {"!FIELD_NAMED_TYPE_CHANGED #/A/1", "!FIELD_SCALAR_KIND_CHANGED #/A/B/1"});
    row("oneof added around a field", "message A { int32 a = 1; }",
        "message A { oneof o { int32 a = 1; int32 b = 2; } }", {"ONEOF_ADDED #/A/o", "ONEOF_FIELD_ADDED #/A/o/2"});
    row("oneof removed", "message A { oneof o { int32 a = 1; } }", "message A {}", {"ONEOF_REMOVED #/A/o"});
    row("oneof field added", "message A { oneof o { int32 a = 1; } }",
        "message A { oneof o { int32 a = 1; int32 b = 2; } }", {"ONEOF_FIELD_ADDED #/A/o/2"});
    row("oneof field removed", "message A { oneof o { int32 a = 1; int32 b = 2; } }",
        "message A { oneof o { int32 a = 1; } }", {"!ONEOF_FIELD_REMOVED #/A/o/2"});
    row("oneof renamed", "message A { oneof o { int32 a = 1; } }", "message A { oneof p { int32 a = 1; } }",
        {"ONEOF_ADDED #/A/p", "ONEOF_REMOVED #/A/o"});
    row("out of a oneof", "message A { oneof o { int32 a = 1; int32 b = 2; } }",
        "message A { oneof o { int32 a = 1; } int32 b = 2; }", {"ONEOF_FIELD_MOVED_TO_TOP_LEVEL #/A/2"});
    row("several into a oneof", "message A { int32 a = 1; int32 b = 2; }",
        "message A { oneof o { int32 a = 1; int32 b = 2; } }",
        {"!MULTIPLE_FIELDS_MOVED_TO_ONEOF #/A/o", "ONEOF_ADDED #/A/o"});
    row("one into a oneof that is there", "message A { int32 a = 1; oneof o { int32 b = 2; } }",
        "message A { oneof o { int32 b = 2; int32 a = 1; } }", {"!FIELD_MOVED_TO_EXISTING_ONEOF #/A/o"});
    row("type changed inside a oneof", "message A { oneof o { int32 a = 1; } }",
        "message A { oneof o { string a = 1; } }", {"!FIELD_SCALAR_KIND_CHANGED #/A/o/1"});
    row("optional is no oneof", "message A { optional int32 a = 1; }", "message A { int32 a = 1; }", {});
    row("recursion", "message A { A a = 1; B b = 2; } message B { A a = 1; int32 x = 2; }",
        "message A { A a = 1; B b = 2; } message B { A a = 1; string x = 2; }", {"!FIELD_SCALAR_KIND_CHANGED #/B/2"});
}

void CompatibilityTest::rules() {
    QFETCH(const QString, writer);
    QFETCH(const QString, reader);
    QFETCH(const QStringList, differences);
    const auto parsed = [](const QString& text) {
        return schemaOf(text.startsWith("proto2 ") ? text.mid(7).toStdString() : kHead + text.toStdString());
    };
    const auto written = parsed(writer);
    const auto reads = parsed(reader);
    QVERIFY(written && reads);
    QCOMPARE(found(written, reads), differences);
    QCOMPARE(found(reads, reads), QStringList());
}

void CompatibilityTest::references_data() {
    QTest::addColumn<QString>("writer");
    QTest::addColumn<QString>("writerReference");
    QTest::addColumn<QString>("reader");
    QTest::addColumn<QString>("readerReference");
    QTest::addColumn<QStringList>("differences");
    const QString uses = "import \"r.proto\"; message A { p.Home h = 1; }";
    QTest::newRow("same") << uses << "package p; message Home { int32 id = 1; }" << uses
                          << "package p; message Home { int32 id = 1; }" << QStringList();
    QTest::newRow("broken in the reference")
        << uses << "package p; message Home { int32 id = 1; }" << uses << "package p; message Home { string id = 1; }"
        << QStringList({"!FIELD_NAMED_TYPE_CHANGED #/A/1", "!FIELD_SCALAR_KIND_CHANGED #/Home/1"});
    QTest::newRow("other package of the reference") << uses << "package p; message Home { int32 id = 1; }"
                                                    << "import \"r.proto\"; message A { q.Home h = 1; }"
                                                    << "package q; message Home { int32 id = 1; }" << QStringList();
    QTest::newRow("nested in the reference, and broken")
        << "import \"r.proto\"; message A { p.Out.In i = 1; }"
        << "package p; message Out { message In { int32 x = 1; } }"
        << "import \"r.proto\"; message A { p.Out.In i = 1; }"
        << "package p; message Out { message In { string x = 1; } }"
        << QStringList({"!FIELD_NAMED_TYPE_CHANGED #/A/1", "!FIELD_SCALAR_KIND_CHANGED #/Out/In/1"});
    QTest::newRow("moved into the reference") << "message A { Home h = 1; } message Home { int32 id = 1; }"
                                              << "package p;" << uses << "package p; message Home { int32 id = 1; }"
                                              << QStringList({"!MESSAGE_REMOVED #/Home"});
    QTest::newRow("moved out of the reference") << uses << "package p; message Home { int32 id = 1; }"
                                                << "message A { Home h = 1; } message Home { int32 id = 1; }"
                                                << "package p;" << QStringList({"MESSAGE_ADDED #/Home"});
    QTest::newRow("in a map") << "import \"r.proto\"; message A { map<string, p.Home> h = 1; }"
                              << "package p; message Home { int32 id = 1; }"
                              << "import \"r.proto\"; message A { map<string, p.Home> h = 1; }"
                              << "package p; message Home { bytes id = 1; }"
                              << QStringList(
                                     {"!FIELD_NAMED_TYPE_CHANGED #/A/1", "!FIELD_SCALAR_KIND_CHANGED #/Home/1"});
}

void CompatibilityTest::references() {
    QFETCH(const QString, writer);
    QFETCH(const QString, writerReference);
    QFETCH(const QString, reader);
    QFETCH(const QString, readerReference);
    QFETCH(const QStringList, differences);
    const std::vector<NamedSchema> written{{"r.proto", kHead + writerReference.toStdString()}};
    const std::vector<NamedSchema> reads{{"r.proto", kHead + readerReference.toStdString()}};
    QCOMPARE(found(schemaOf(kHead + writer.toStdString(), written), schemaOf(kHead + reader.toStdString(), reads)),
             differences);
}

void CompatibilityTest::whatIsSaidOfADifference() {
    const auto writer = schemaOf(kHead + "\nmessage A {\n  In in = 1;\n  message In {\n    int32 x = 3;\n  }\n}");
    const auto reader = schemaOf(kHead + "\nmessage A {\n  In in = 1;\n  message In {\n\n    string x = 3;\n  }\n}");
    const auto differences = reader->differencesReading(*writer);
    QVERIFY(differences && differences->size() == 1);
    const auto& one = differences->front();
    QCOMPARE(one.type, std::string("FIELD_SCALAR_KIND_CHANGED"));
    QCOMPARE(one.path, std::string("#/A/In/3"));
    QCOMPARE(one.field, std::string("in.x"));
    QCOMPARE(one.message,
             std::string("Field 3 'x' of A.In is string in the reader and int32 in the writer; their bytes "
                         "can't be read as each other."));
    QCOMPARE(one.repair, std::string("Keep field 3 as it was and add the new one with a number of its own."));
    QCOMPARE(one.inReader, (TextPlace{6, 5}));
    QCOMPARE(one.inWriter, (TextPlace{5, 5}));
    QVERIFY(one.isBreaking);
}

void CompatibilityTest::circlesOfReferencedTypesEnd() {
    const auto reference = [](const char* type) {
        return std::vector<NamedSchema>{
            {"r.proto", kHead +
                            "package p; message X { Y y = 1; } message Y { X x = 1; Z z = 2; } message Z { Y y = 1; " +
                            type + " n = 2; }"}};
    };
    const auto text = kHead + "import \"r.proto\"; message A { p.X x = 1; }";
    QCOMPARE(found(schemaOf(text, reference("int32")), schemaOf(text, reference("string"))),
             QStringList({"!FIELD_NAMED_TYPE_CHANGED #/A/1", "!FIELD_NAMED_TYPE_CHANGED #/X/1",
                          "!FIELD_NAMED_TYPE_CHANGED #/Y/1", "!FIELD_NAMED_TYPE_CHANGED #/Y/2",
                          "!FIELD_NAMED_TYPE_CHANGED #/Z/1", "!FIELD_SCALAR_KIND_CHANGED #/Z/2"}));
}

void CompatibilityTest::aLongChainOfReferencedTypes() {
    const auto reference = [](const char* type) {
        std::string text = kHead;
        for (int i = 0; i < 5'000; ++i) {
            text += fmt::format("message M{}{{M{} f=1;}}", i, i + 1);
        }
        return std::vector<NamedSchema>{{"r.proto", text + "message M5000{" + type + " x=1;}"}};
    };
    const auto text = kHead + "import \"r.proto\"; message A { M0 m = 1; }";
    const auto writer = schemaOf(text, reference("int32"));
    const auto reader = schemaOf(text, reference("string"));
    QCOMPARE(found(writer, reader).size(), 5'002);
}

void CompatibilityTest::onlyProtobuf() {
    class Other : public ParsedSchema {
        SchemaType type() const override { return SchemaType::Avro; }
        const std::string& text() const override { return m_text; }
        std::string canonicalText() const override { return {}; }
        std::string normalizedText() const override { return {}; }
        std::string name() const override { return {}; }
        std::vector<SchemaField> fields() const override { return {}; }
        meshbone::Result<std::vector<SchemaDifference>> differencesReading(const ParsedSchema&,
                                                                           CompatibilityPolicy) const override {
            return std::vector<SchemaDifference>{};
        }
        meshbone::Result<std::string> toJson(std::string_view) const override { return std::string(); }
        meshbone::Result<meshbone::Bytes> fromJson(std::string_view) const override { return meshbone::Bytes(); }
        std::size_t sizeBytes() const override { return 0; }
        std::string m_text;
    };
    const auto differences = schemaOf(kHead)->differencesReading(Other());
    QVERIFY(!differences && differences.error().code == ErrorCode::InvalidArgument);
}

QTEST_APPLESS_MAIN(CompatibilityTest)
#include "compatibility_test.moc"
