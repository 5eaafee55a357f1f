// SPDX-License-Identifier: Apache-2.0
// What a schema lists as its fields: paths, types in words, documentation, tags, places.
#include <catalog/schema.h>

#include <QtTest>

using namespace meshbone::catalog;

namespace {

std::vector<SchemaField> fieldsOf(const std::string& text, std::span<const NamedSchema> references = {}) {
    const auto parsed = parseProtobuf(text, references);
    if (!parsed) {
        qWarning("%s", parsed.error().message.c_str());
    }
    return parsed ? (*parsed)->fields() : std::vector<SchemaField>{};
}

QStringList pathsAndTypes(const std::vector<SchemaField>& fields) {
    QStringList all;
    for (const auto& field : fields) {
        all << QString::fromStdString(field.path + ": " + field.type);
    }
    return all;
}

} // namespace

class FieldsTest : public QObject {
    Q_OBJECT
private slots:
    void pathsAndTypes();
    void aboutOneField();
    void placesOfReferencedFieldsAreUnknown();
    void boundedWhereTypesMultiply();
};

void FieldsTest::pathsAndTypes() {
    const std::vector<NamedSchema> references{
        {"leg.proto", "syntax = \"proto3\"; package z; message Leg { int32 length = 1; }"}};
    const auto fields =
        fieldsOf("syntax = \"proto3\"; package p; import \"leg.proto\";"
                 "import \"google/protobuf/timestamp.proto\"; import \"google/protobuf/wrappers.proto\";"
                 "message Cat { string name = 1; repeated z.Leg legs = 2; map<string, Cat> kittens = 3;"
                 "  google.protobuf.Timestamp born = 4; google.protobuf.StringValue nick = 5; Mood mood = 6;"
                 "  oneof home { House house = 7; bytes cell = 8; } map<int32, House> visits = 9; }"
                 "enum Mood { CALM = 0; } message House { repeated string rooms = 1; }"
                 "message Dog { int64 id = 1; House house = 2; }",
                 references);
    QCOMPARE(::pathsAndTypes(fields),
             QStringList({"name: string", "legs: array of Leg", "legs[].length: int32", "kittens: map of string to Cat",
                          "born: timestamp", "nick: string or null", "mood: enum Mood", "house: House",
                          "house.rooms: array of string", "cell: bytes", "visits: map of int32 to House",
                          "visits{}.rooms: array of string", "Dog.id: int64", "Dog.house: House",
                          "Dog.house.rooms: array of string"}));
}

void FieldsTest::aboutOneField() {
    const auto fields = fieldsOf("syntax = \"proto2\";\nimport \"confluent/meta.proto\";\nmessage A {\n"
                                 "  // What it is called.\n  // In two lines.\n"
                                 "\trequired string name = 1 [(confluent.field_meta) = { tags: [\"PII\", \"X\"] }];\n"
                                 "  optional int32 n = 2 [(confluent.field_meta).doc = \"How many.\"];\n}");
    QCOMPARE(fields.size(), std::size_t{2});
    QCOMPARE(fields[0].doc, std::string("What it is called.\nIn two lines."));
    QCOMPARE(fields[0].tags, (std::vector<std::string>{"PII", "X"}));
    QVERIFY(!fields[0].isOptional);
    QCOMPARE(fields[0].place, (TextPlace{6, 2}));
    QCOMPARE(fields[1].doc, std::string("How many."));
    QVERIFY(fields[1].isOptional);
    QCOMPARE(fields[1].place, (TextPlace{7, 3}));
}

void FieldsTest::placesOfReferencedFieldsAreUnknown() {
    const std::vector<NamedSchema> references{{"b.proto", "syntax = \"proto3\"; message B { int32 x = 1; }"}};
    const auto fields = fieldsOf("syntax = \"proto3\"; import \"b.proto\"; message A { B b = 1; }", references);
    QCOMPARE(fields.size(), std::size_t{2});
    QCOMPARE(fields[1].path, std::string("b.x"));
    QCOMPARE(fields[1].place, TextPlace{});
}

void FieldsTest::boundedWhereTypesMultiply() {
    std::string text = "syntax = \"proto3\";";
    for (int i = 0; i < 60; ++i) {
        text += fmt::format("message M{} {{ M{} a = 1; M{} b = 2; }}", i, i + 1, i + 1);
    }
    const auto fields = fieldsOf(text + "message M60 { int32 x = 1; }");
    QCOMPARE(fields.size(), std::size_t{10'000});
}

QTEST_APPLESS_MAIN(FieldsTest)
#include "fields_test.moc"
