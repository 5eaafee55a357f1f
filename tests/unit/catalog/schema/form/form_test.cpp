// SPDX-License-Identifier: Apache-2.0
#include <catalog/event_form.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::catalog;
using Kind = FormType::Kind;

namespace {

struct Parsed {
    ParsedSchemaPtr schema;
    EventFormPtr form;
    Parsed(SchemaType type, const char* text)
        : schema(*parseSchema(type, text))
        , form(eventForm(*schema)) {}
    [[nodiscard]] const FormField& field(const char* name) const { return fieldOf(*form->top, name); }
    static const FormField& fieldOf(const FormType& type, const char* name) {
        return *std::ranges::find(type.fields, std::string_view(name), &FormField::name);
    }
};

constexpr const char* kFlight = R"({"type":"record","name":"Flight","namespace":"org.example","fields":[
    {"name":"origin","type":"string","doc":"Where it began"},
    {"name":"seats","type":"int"},
    {"name":"load","type":"double"},
    {"name":"late","type":"boolean"},
    {"name":"departed","type":{"type":"long","logicalType":"timestamp-millis"}},
    {"name":"day","type":{"type":"int","logicalType":"date"}},
    {"name":"clock","type":{"type":"int","logicalType":"time-millis"}},
    {"name":"local","type":{"type":"long","logicalType":"local-timestamp-micros"}},
    {"name":"id","type":{"type":"string","logicalType":"uuid"}},
    {"name":"price","type":{"type":"bytes","logicalType":"decimal","precision":9,"scale":2}},
    {"name":"state","type":{"type":"enum","name":"State","symbols":["PLANNED","GONE"]}},
    {"name":"legs","type":{"type":"array","items":{"type":"record","name":"Leg","fields":[
        {"name":"to","type":"string"}]}}},
    {"name":"notes","type":{"type":"map","values":"long"}},
    {"name":"gate","type":["null","int","string"],"default":null},
    {"name":"first","type":"Leg"},
    {"name":"crew","type":["null","string"],"default":null}]})";

constexpr const char* kJsonNeeds = R"({"type":"object","required":["a","b","c","d","at","tags","own"],
            "properties":{"a":{"type":"string"},"b":{"type":"integer"},"c":{"enum":["x","y"]},
            "d":{"type":["null","number"]},"at":{"type":"string","format":"date-time"},
            "tags":{"type":"array","items":{"type":"string"}},
            "own":{"$ref":"#/definitions/own"}},"definitions":{"own":{"type":"object","required":["k"],
            "properties":{"k":{"type":"boolean"}}}}})";
constexpr const char* kEndless = R"({"$ref":"#/definitions/n","definitions":{"n":{"type":"object",
            "required":["n"],"properties":{"n":{"$ref":"#/definitions/n"}}}}})";
constexpr const char* kMerged = R"({"allOf":[{"properties":{"a":{"type":"string","description":"An a"}},
            "required":["a"]},{"properties":{"b":{"oneOf":[{"type":"integer"},{"type":"object","properties":
            {"x":{"type":"number"}},"required":["x"]}]},"free":{},"map":{"type":"object","additionalProperties":
            {"type":"boolean"}},"c":{"const":"one"},"n":{"type":["string","null"],"default":"z"}}}]})";

JsonTree json(const char* text) {
    return *readJsonTree(text);
}

} // namespace

class FormTest : public QObject {
    Q_OBJECT

private slots:
    void everyAvroTypeHasItsPlace() {
        const Parsed p(SchemaType::Avro, kFlight);
        QCOMPARE(p.form->top->kind, Kind::Record);
        const std::vector<std::pair<const char*, Kind>> kinds{
            {"origin", Kind::Text},   {"seats", Kind::Whole}, {"load", Kind::Number},  {"late", Kind::Boolean},
            {"departed", Kind::Text}, {"price", Kind::Text},  {"state", Kind::Choice}, {"legs", Kind::List},
            {"notes", Kind::Map},     {"gate", Kind::OneOf},  {"first", Kind::Record}};
        for (const auto& [name, kind] : kinds) {
            QVERIFY2(p.field(name).type->kind == kind, name);
        }
        QCOMPARE(p.field("origin").doc, std::string("Where it began"));
        QVERIFY(p.field("origin").isRequired);
        QVERIFY(!p.field("crew").isRequired);
        QCOMPARE(p.field("crew").defaultValue->kind, JsonTree::Kind::Null);
        QCOMPARE(p.field("state").type->symbols, (std::vector<std::string>{"PLANNED", "GONE"}));
        QCOMPARE(p.field("legs").type->items, p.field("first").type); // one type, however often it is used
    }

    void anEmptyEventFitsItsSchema_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("text");
        QTest::newRow("avro") << static_cast<int>(SchemaType::Avro) << QString::fromLatin1(kFlight);
        QTest::newRow("json") << static_cast<int>(SchemaType::Json) << QString::fromLatin1(kJsonNeeds);
        QTest::newRow("protobuf") << static_cast<int>(SchemaType::Protobuf)
                                  << QStringLiteral(
                                         "syntax = \"proto2\"; import \"google/protobuf/timestamp.proto\";"
                                         "enum Color { RED = 0; BLUE = 1; } message M { required string a = 1;"
                                         "required int64 b = 2; required Color c = 3; required bool d = 4;"
                                         "required google.protobuf.Timestamp at = 5; repeated double e = 6; }");
    }
    void anEmptyEventFitsItsSchema() {
        QFETCH(int, type);
        QFETCH(QString, text);
        const Parsed p(static_cast<SchemaType>(type), text.toUtf8().constData());
        const auto value = emptyValue(*p.form->top);
        QCOMPARE(whyNotValue(*p.form->top, value), std::string());
        const auto bytes = p.schema->fromJson(value.toString());
        QVERIFY2(bytes, bytes ? "" : (value.toString() + bytes.error().message).c_str());
        const auto again = p.schema->toJson(*bytes);
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        QCOMPARE(whyNotValue(*p.form->top, json(again->c_str())), std::string());
    }

    void aValueOfAUnionIsOfItsBranch() {
        const Parsed p(SchemaType::Avro, kFlight);
        const auto& gate = *p.field("gate").type;
        QVERIFY(gate.isNamed); // of several types a value says which it is
        QCOMPARE(branchOf(gate, json("null"))->kind, Kind::Null);
        QCOMPARE(branchOf(gate, json(R"({"string":"B12"})"))->kind, Kind::Text);
        QCOMPARE(branchOf(gate, json(R"({"int":12})"))->kind, Kind::Whole);
        QCOMPARE(branchOf(gate, json("[]")), nullptr);
        const auto& crew = *p.field("crew").type;
        QVERIFY(!crew.isNamed);
        QCOMPARE(branchOf(crew, json("\"Ada\""))->kind, Kind::Text);
    }

    void whatDoesNotFitIsSaid() {
        const Parsed p(SchemaType::Avro, kFlight);
        QCOMPARE(whyNotValue(*p.field("seats").type, json("12")), std::string());
        QVERIFY(whyNotValue(*p.field("seats").type, json("12.5")).find("whole number") != std::string::npos);
        QVERIFY(whyNotValue(*p.field("seats").type, json("\"many\"")).find("whole number") != std::string::npos);
        QVERIFY(whyNotValue(*p.field("state").type, json("\"LOST\"")).find("PLANNED, GONE") != std::string::npos);
        QVERIFY(!whyNotValue(*p.field("origin").type, json("7")).empty());
        QCOMPARE(whyNotValue(*p.field("departed").type, json("7")), std::string()); // the number of a time
        QVERIFY(!whyNotValue(*p.field("late").type, json("\"yes\"")).empty());
        QVERIFY(!whyNotValue(*p.field("gate").type, json("true")).empty());
    }

    void aTypeThatLeadsBackToItselfHasAnEnd() {
        const Parsed p(SchemaType::Avro,
                       R"({"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]})");
        QCOMPARE(p.field("next").type->branches.back(), p.form->top);
        const Parsed endless(SchemaType::Json, kEndless);
        QVERIFY(emptyValue(*endless.form->top).toString().size() < 1'000); // no value fits, and none is endless
    }

    void jsonSchemasAreFormsAsFarAsTheySayWhatIsThere() {
        const Parsed p(SchemaType::Json, kMerged);
        QCOMPARE(p.form->top->kind, Kind::Record);
        QVERIFY(p.field("a").isRequired);
        QCOMPARE(p.field("a").doc, std::string("An a"));
        const auto& b = *p.field("b").type;
        QCOMPARE(b.kind, Kind::OneOf);
        QVERIFY(!b.isNamed);
        QCOMPARE(branchOf(b, json(R"({"x":1})"))->kind, Kind::Record);
        QCOMPARE(branchOf(b, json("3"))->kind, Kind::Whole);
        QCOMPARE(p.field("free").type->kind, Kind::Any);
        QCOMPARE(p.field("map").type->kind, Kind::Map);
        QCOMPARE(p.field("map").type->items->kind, Kind::Boolean);
        QCOMPARE(p.field("c").type->symbols, std::vector<std::string>{"one"});
        QCOMPARE(p.field("n").type->kind, Kind::OneOf);
        QCOMPARE(p.field("n").defaultValue->text, std::string("z"));
    }

    void protobufMessagesAreForms() {
        const Parsed p(
            SchemaType::Protobuf,
            "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\"; import "
            "\"google/protobuf/wrappers.proto\";"
            "import \"google/protobuf/struct.proto\";"
            "enum Color { RED = 0; BLUE = 1; } message P { double lat = 1; }"
            "message M { // the name of it\n string name = 1; P at = 2; repeated P way = 3;"
            "map<string, int32> counts = 4; Color color = 5; oneof how { string by_text = 6; int64 by_id = 7; }"
            "google.protobuf.Timestamp seen = 8; google.protobuf.Int64Value maybe = 9;"
            "google.protobuf.Struct free = 10; }");
        // The first message of the file is what is written.
        QCOMPARE(p.form->top->words, std::string("P"));
        const Parsed m(
            SchemaType::Protobuf,
            "syntax = \"proto3\"; import \"google/protobuf/timestamp.proto\"; import "
            "\"google/protobuf/wrappers.proto\";"
            "import \"google/protobuf/struct.proto\";"
            "message M { // the name of it\n string name = 1; P at = 2; repeated P way = 3;"
            "map<string, int32> counts = 4; Color color = 5; oneof how { string by_text = 6; int64 by_id = 7; }"
            "google.protobuf.Timestamp seen = 8; google.protobuf.Int64Value maybe = 9;"
            "google.protobuf.Struct free = 10; } message P { double lat = 1; } enum Color { RED = 0; BLUE = 1; }");
        const std::vector<std::pair<const char*, Kind>> kinds{
            {"name", Kind::Text},  {"at", Kind::Record},    {"way", Kind::List},
            {"counts", Kind::Map}, {"color", Kind::Choice}, {"by_id", Kind::Whole},
            {"seen", Kind::Text},  {"maybe", Kind::Whole},  {"free", Kind::Any}};
        for (const auto& [name, kind] : kinds) {
            QVERIFY2(m.field(name).type->kind == kind, name);
        }
        QCOMPARE(m.field("way").type->items, m.field("at").type);
        QCOMPARE(m.field("counts").type->items->kind, Kind::Whole);
        QCOMPARE(m.field("color").type->symbols, (std::vector<std::string>{"RED", "BLUE"}));
        QCOMPARE(m.field("by_text").group, std::string("how"));
        QCOMPARE(m.field("by_id").group, m.field("by_text").group);
        QVERIFY(m.field("name").group.empty());
        QCOMPARE(whyNotValue(*m.field("by_id").type, json("\"12345678901234567\"")), std::string()); // as it is shown
    }
};

QTEST_GUILESS_MAIN(FormTest)
#include "form_test.moc"
