// SPDX-License-Identifier: Apache-2.0
// Compatibility by the rules of Confluent's registry: which differences there are, where, and which of them break.
#include "json_schemas.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

/// "TYPE #/path, TYPE #/path", a '!' before each that breaks.
QString differencesOf(const std::string& writer, const std::string& reader,
                      CompatibilityPolicy policy = CompatibilityPolicy::Strict) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60); // sanitizers are slow
    const auto differences = schemaOf(reader)->differencesBy(end, *schemaOf(writer), policy);
    if (!differences) {
        return QString::fromStdString(differences.error().message);
    }
    std::string out;
    for (const SchemaDifference& difference : *differences) {
        out += (out.empty() ? "" : ", ") + std::string(difference.isBreaking ? "!" : "") + difference.type + " " +
               difference.path;
    }
    return QString::fromStdString(out);
}

void row(const char* name, const char* writer, const char* reader, const char* expected) {
    QTest::newRow(name) << QString(writer) << QString(reader) << QString(expected);
}

} // namespace

class DifferencesTest : public QObject {
    Q_OBJECT
private slots:
    void table_data();
    void table();
    void aClosestReasonIsTold();
    void sentencesAndPlaces();
    void otherLanguagesAreRefused();
    void recursion();
    void recursionThroughNot();
    void aChangeWithinRecursionIsFound();
    void matchingLooksFurther();
    void exponentialSchemasEnd();
    void manyTypesThatReferToOneAnother_data();
    void manyTypesThatReferToOneAnother();
};

static void addScalarRows() {
    row("same", R"({"type":"string"})", R"({"type":"string"})", "");
    row("anything reads all", R"({"properties":{"a":{"type":"string"}}})", "{}", "");
    row("nothing wrote nothing", "false", R"({"type":"string"})", "");
    row("id", R"({"$id":"a"})", R"({"$id":"b"})", "ID_CHANGED #/");
    row("annotations", R"({"title":"a","description":"a","default":1})",
        R"({"title":"b","description":"b","default":1.5})",
        "TITLE_CHANGED #/, DESCRIPTION_CHANGED #/, DEFAULT_CHANGED #/");
    row("type", R"({"type":"object"})", R"({"type":"array"})", "!TYPE_CHANGED #/");
    row("minLength up", R"({"type":"string","minLength":1})", R"({"type":"string","minLength":2})",
        "!MIN_LENGTH_INCREASED #/minLength");
    row("minLength down", R"({"type":"string","minLength":2})", R"({"type":"string","minLength":1})",
        "MIN_LENGTH_DECREASED #/minLength");
    row("maxLength down", R"({"type":"string","maxLength":2})", R"({"type":"string","maxLength":1})",
        "!MAX_LENGTH_DECREASED #/maxLength");
    row("maxLength added", R"({"type":"string"})", R"({"type":"string","maxLength":1})",
        "!MAX_LENGTH_ADDED #/maxLength");
    row("maxLength removed", R"({"type":"string","maxLength":1})", R"({"type":"string"})",
        "MAX_LENGTH_REMOVED #/maxLength");
    row("pattern changed", R"({"type":"string","pattern":"a"})", R"({"type":"string","pattern":"b"})",
        "!PATTERN_CHANGED #/pattern");
    row("pattern added", R"({"type":"string"})", R"({"type":"string","pattern":"b"})", "!PATTERN_ADDED #/pattern");
    row("maximum up", R"({"type":"number","maximum":1})", R"({"type":"number","maximum":1.5})",
        "MAXIMUM_INCREASED #/maximum");
    row("minimum up", R"({"type":"number","minimum":1})", R"({"type":"number","minimum":2})",
        "!MINIMUM_INCREASED #/minimum");
    row("exclusiveMaximum down", R"({"type":"number","exclusiveMaximum":3})",
        R"({"type":"number","exclusiveMaximum":2})", "!EXCLUSIVE_MAXIMUM_DECREASED #/exclusiveMaximum");
    row("multipleOf", R"({"type":"number","multipleOf":2})", R"({"type":"number","multipleOf":10})",
        "!MULTIPLE_OF_EXPANDED #/multipleOf");
    row("multipleOf less", R"({"type":"number","multipleOf":0.1})", R"({"type":"number","multipleOf":0.05})",
        "MULTIPLE_OF_REDUCED #/multipleOf");
    row("multipleOf other", R"({"type":"number","multipleOf":10})", R"({"type":"number","multipleOf":11})",
        "!MULTIPLE_OF_CHANGED #/multipleOf");
    row("integer to number", R"({"type":"integer"})", R"({"type":"number"})", "TYPE_EXTENDED #/");
    row("number to integer", R"({"type":"number"})", R"({"type":"integer"})", "!TYPE_NARROWED #/");
    row("not less", R"({"not":{"type":"number"}})", R"({"not":{"type":"integer"}})", "NOT_TYPE_NARROWED #/not");
    row("not more", R"({"not":{"type":"integer"}})", R"({"not":{"type":"number"}})", "!NOT_TYPE_EXTENDED #/not");
    row("enum extended", R"({"enum":["a"]})", R"({"enum":["b","a"]})", "ENUM_ARRAY_EXTENDED #/enum");
    row("enum narrowed", R"({"enum":["a","b"]})", R"({"enum":["b"]})", "!ENUM_ARRAY_NARROWED #/enum");
    row("enum changed", R"({"enum":["a"]})", R"({"enum":["b"]})", "!ENUM_ARRAY_CHANGED #/enum");
    row("enum reordered", R"({"enum":["a",1]})", R"({"enum":[1.0,"a"]})", "");
    row("enum removed", R"({"type":"string","enum":["a"]})", R"({"type":"string"})", "PRODUCT_TYPE_NARROWED #/");
    row("const", R"({"const":1})", R"({"const":2})", "!ENUM_ARRAY_CHANGED #/const");
    row("bytes of Kafka Connect", R"({"type":"string","connect.type":"bytes"})",
        R"({"type":"number","connect.type":"bytes"})", "");
}

static void addCombinedRows() {
    row("a type more", R"({"type":["object"]})", R"({"type":["object","array"]})", "SUM_TYPE_EXTENDED #/");
    row("a type less", R"({"type":["string","null"]})", R"({"type":"string"})", "!TYPE_CHANGED #/");
    row("oneOf other", R"({"oneOf":[{"type":"string"}]})", R"({"oneOf":[{"type":"number"}]})",
        "!COMBINED_TYPE_SUBSCHEMAS_CHANGED #/");
    row("oneOf more", R"({"oneOf":[{"type":"string"}]})", R"({"oneOf":[{"type":"number"},{"type":"string"}]})",
        "SUM_TYPE_EXTENDED #/");
    row("oneOf less", R"({"oneOf":[{"type":"number"},{"type":"string"}]})", R"({"oneOf":[{"type":"string"}]})",
        "!SUM_TYPE_NARROWED #/");
    row("plain to anyOf", R"({"type":"string","maxLength":3})", R"({"anyOf":[{"type":"number"},{"type":"string"}]})",
        "MAX_LENGTH_REMOVED #/maxLength, SUM_TYPE_EXTENDED #/");
    row("allOf more", R"({"allOf":[{"type":"string"}]})", R"({"allOf":[{"type":"string"},{"maxLength":3}]})",
        "!PRODUCT_TYPE_EXTENDED #/");
    row("allOf less", R"({"allOf":[{"enum":["a"]},{"type":"string"}]})", R"({"allOf":[{"type":"string"}]})",
        "PRODUCT_TYPE_NARROWED #/");
    row("allOf to one of it", R"({"allOf":[{"enum":["a"]},{"type":"string"}]})", R"({"type":"string"})",
        "PRODUCT_TYPE_NARROWED #/");
    row("plain to allOf of two", R"({"type":"string"})", R"({"allOf":[{"type":"string"},{"maxLength":3}]})",
        "!TYPE_CHANGED #/");
    row("oneOf to anyOf", R"({"oneOf":[{"type":"string"}]})", R"({"anyOf":[{"type":"string"}]})",
        "COMBINED_TYPE_EXTENDED #/");
    row("anyOf of one to oneOf", R"({"anyOf":[{"type":"string"}]})",
        R"({"oneOf":[{"type":"number"},{"type":"string"}]})", "COMBINED_TYPE_EXTENDED #/, SUM_TYPE_EXTENDED #/");
    row("anyOf of two to oneOf", R"({"anyOf":[{"type":"number"},{"type":"string"}]})",
        R"({"oneOf":[{"type":"string"}]})", "!COMBINED_TYPE_CHANGED #/");
    row("oneOf to allOf", R"({"oneOf":[{"type":"number"},{"type":"string"}]})", R"({"allOf":[{"type":"string"}]})",
        "!COMBINED_TYPE_CHANGED #/");
    row("twins count once", R"({"allOf":[{"type":"string"},{"type":"string"}]})", R"({"allOf":[{"type":"string"}]})",
        "");
    row("order doesn't count", R"({"allOf":[{"type":"string"},{"enum":["a"]}]})",
        R"({"allOf":[{"enum":["a","b"]},{"type":"string"}]})", "ENUM_ARRAY_EXTENDED #/allOf/1/enum");
    row("into a reference", R"({"type":"string"})",
        R"({"$ref":"#/definitions/a","definitions":{"a":{"type":"string"}}})", "");
    row("behind a reference", R"({"items":{"$ref":"#/definitions/a"},"definitions":{"a":{"type":"string"}}})",
        R"({"items":{"$ref":"#/definitions/a"},"definitions":{"a":{"type":"number"}}})", "!TYPE_CHANGED #/items");
}

static void addContainerRows() {
    row("items", R"({"type":"array"})", R"({"type":"array","items":{"type":"string"}})", "!SCHEMA_ADDED #/items");
    row("items removed", R"({"type":"array","items":{"type":"string"}})", R"({"type":"array"})",
        "SCHEMA_REMOVED #/items");
    row("listed items", R"({"items":[{"type":"string"},{"type":"number"}]})", R"({"type":"array"})",
        "ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL #/items/0, ITEM_REMOVED_FROM_OPEN_CONTENT_MODEL #/items/1");
    row("listed item changed", R"({"items":[{"type":"string"}]})", R"({"items":[{"type":"number"}]})",
        "!TYPE_CHANGED #/items/0");
    row("item added, covered", R"({"items":[{"type":"string"}],"additionalItems":{"type":"string"}})",
        R"({"items":[{"type":"string"},{"type":"string"}],"additionalItems":{"type":"string"}})",
        "ITEM_ADDED_IS_COVERED_BY_PARTIALLY_OPEN_CONTENT_MODEL #/items/1");
    row("item added, closed", R"({"items":[{"type":"string"}],"additionalItems":false})",
        R"({"items":[{"type":"string"},{"type":"string"}],"additionalItems":false})",
        "ITEM_ADDED_TO_CLOSED_CONTENT_MODEL #/items/1");
    row("item added, open", R"({"items":[{"type":"string"}]})", R"({"items":[{"type":"string"},{"type":"string"}]})",
        "!ITEM_ADDED_TO_OPEN_CONTENT_MODEL #/items/1");
    row("item removed, closed", R"({"items":[{"type":"string"},{"type":"string"}],"additionalItems":false})",
        R"({"items":[{"type":"string"}],"additionalItems":false})",
        "!ITEM_REMOVED_FROM_CLOSED_CONTENT_MODEL #/items/1");
    row("prefixItems",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"string"}],"items":false})",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","prefixItems":[{"type":"string"},{}]})",
        "ITEM_ADDED_TO_CLOSED_CONTENT_MODEL #/items/1, ADDITIONAL_ITEMS_ADDED #/additionalItems");
    row("additionalItems", R"({"additionalItems":true})", R"({"additionalItems":false})",
        "!ADDITIONAL_ITEMS_REMOVED #/additionalItems");
    row("uniqueItems", R"({"type":"array"})", R"({"type":"array","uniqueItems":true})",
        "!UNIQUE_ITEMS_ADDED #/uniqueItems");
    row("contains", R"({"$schema":"https://json-schema.org/draft/2020-12/schema","contains":{},"minContains":3})",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","contains":{}})",
        "MIN_CONTAINS_DECREASED #/minContains");
    row("unevaluatedItems", R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array"})",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"array","unevaluatedItems":false})",
        "!UNEVALUATED_ITEMS_REMOVED #/unevaluatedItems");
    row("required removed", R"({"properties":{"a":{}},"required":["a"]})", R"({"properties":{"a":{}}})",
        "REQUIRED_ATTRIBUTE_REMOVED #/required/a");
    row("required added", R"({"properties":{"a":{}}})", R"({"properties":{"a":{}},"required":["a"]})",
        "!REQUIRED_ATTRIBUTE_ADDED #/required/a");
    row("required with default", R"({"properties":{"a":{"default":1}}})",
        R"({"properties":{"a":{"default":1}},"required":["a"]})", "REQUIRED_ATTRIBUTE_WITH_DEFAULT_ADDED #/required/a");
    row("maxProperties", R"({"maxProperties":2})", R"({"maxProperties":1})",
        "!MAX_PROPERTIES_DECREASED #/maxProperties");
    row("dependency", R"({"dependencies":{"a":["b"]}})", R"({"dependencies":{"a":["b","c"],"d":["e"]}})",
        "!DEPENDENCY_ARRAY_EXTENDED #/dependencies/a, !DEPENDENCY_ARRAY_ADDED #/dependencies/d");
    row("dependent schema", R"({"dependencies":{"a":{"type":"object"},"b":{}}})",
        R"({"dependencies":{"a":{"type":"string"}}})",
        "!TYPE_CHANGED #/dependencies/a, DEPENDENCY_SCHEMA_REMOVED #/dependencies/b");
    row("additional added", R"({"additionalProperties":false})", R"({"type":"object"})",
        "ADDITIONAL_PROPERTIES_ADDED #/additionalProperties");
    row("additional narrowed", R"({"additionalProperties":true})", R"({"additionalProperties":{"type":"number"}})",
        "!ADDITIONAL_PROPERTIES_NARROWED #/additionalProperties");
    row("additional changed", R"({"additionalProperties":{"type":"string"}})",
        R"({"additionalProperties":{"type":"number"}})", "!TYPE_CHANGED #/additionalProperties");
    row("unevaluatedProperties",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","unevaluatedProperties":false})",
        R"({"$schema":"https://json-schema.org/draft/2020-12/schema","unevaluatedProperties":{"type":"string"}})",
        "UNEVALUATED_PROPERTIES_ADDED #/unevaluatedProperties");
}

void DifferencesTest::table_data() {
    QTest::addColumn<QString>("writer");
    QTest::addColumn<QString>("reader");
    QTest::addColumn<QString>("expected");
    addScalarRows();
    addCombinedRows();
    addContainerRows();
}

void DifferencesTest::table() {
    QFETCH(QString, writer);
    QFETCH(QString, reader);
    QFETCH(QString, expected);
    QCOMPARE(differencesOf(writer.toStdString(), reader.toStdString()), expected);
}

void DifferencesTest::aClosestReasonIsTold() {
    const auto writer =
        schemaOf(R"({"oneOf":[{"type":"object","properties":{"a":{"type":"string"}}},{"type":"null"}]})");
    const auto reader =
        schemaOf(R"({"oneOf":[{"type":"object","properties":{"a":{"type":"number"}}},{"type":"null"}]})");
    const auto differences = reader->differencesReading(*writer);
    QVERIFY(differences);
    QCOMPARE(differences->size(), 1U);
    QCOMPARE(differences->front().type, std::string("COMBINED_TYPE_SUBSCHEMAS_CHANGED"));
    QVERIFY2(differences->front().message.ends_with("What comes closest: `a` was string and is now number."),
             differences->front().message.c_str());
}

void DifferencesTest::sentencesAndPlaces() {
    const auto writer = schemaOf("{\"properties\": {\n  \"name\": {\"type\": \"string\",\n    \"maxLength\": 10}}}");
    const auto reader = schemaOf("{\"properties\": {\"name\": {\n   \"type\": \"string\", \"maxLength\": 5}}}");
    const auto differences = reader->differencesReading(*writer);
    QVERIFY(differences);
    QCOMPARE(differences->size(), 1U);
    const SchemaDifference& difference = differences->front();
    QCOMPARE(difference.path, std::string("#/properties/name/maxLength"));
    QCOMPARE(difference.field, std::string("name"));
    QCOMPARE(difference.message,
             std::string("`maxLength` of `name` was 10 and is now 5, so what was written with more is refused."));
    QCOMPARE(difference.repair, std::string("Leave `maxLength` at 10 or more."));
    QCOMPARE(difference.inWriter, (TextPlace{3, 5}));
    QCOMPARE(difference.inReader, (TextPlace{2, 22}));
}

void DifferencesTest::otherLanguagesAreRefused() {
    class Other final : public ParsedSchema {
        std::string m_text;
        [[nodiscard]] SchemaType type() const override { return SchemaType::Avro; }
        [[nodiscard]] const std::string& text() const override { return m_text; }
        [[nodiscard]] std::string canonicalText() const override { return {}; }
        [[nodiscard]] std::string normalizedText() const override { return {}; }
        [[nodiscard]] std::string name() const override { return {}; }
        [[nodiscard]] std::vector<SchemaField> fields() const override { return {}; }
        [[nodiscard]] Result<std::vector<SchemaDifference>>
        differencesReading(const ParsedSchema& /*writer*/, CompatibilityPolicy /*policy*/) const override {
            return {};
        }
        [[nodiscard]] Result<std::string> toJson(std::string_view /*payload*/) const override { return {}; }
        [[nodiscard]] Result<Bytes> fromJson(std::string_view /*json*/) const override { return {}; }
        [[nodiscard]] std::size_t sizeBytes() const override { return 0; }
    };
    const auto differences = schemaOf("{}")->differencesReading(Other());
    QVERIFY(!differences);
    QCOMPARE(differences.error().code, ErrorCode::InvalidArgument);
    QVERIFY(!JsonValidator::of(std::make_shared<Other>()));
}

void DifferencesTest::recursion() {
    const std::string tree = R"({"type":"object","additionalProperties":false,"properties":{
        "value":{"type":"integer"},"left":{"$ref":"#"},"right":{"$ref":"#"},
        "any":{"oneOf":[{"$ref":"#"},{"type":"null"}]}}})";
    QCOMPARE(differencesOf(tree, tree), QString());
    std::string wider = tree;
    wider.replace(wider.find("integer"), 7, "number");
    QVERIFY(!differencesOf(tree, wider).contains('!'));
    QVERIFY(differencesOf(wider, tree).contains("!TYPE_NARROWED #/properties/value"));
}

void DifferencesTest::recursionThroughNot() {
    const std::string schema = R"({"properties":{"a":{"not":{"$ref":"#"}}}})";
    QCOMPARE(differencesOf(schema, schema), QString("NOT_TYPE_NARROWED #/properties/a/not"));
}

/// The pair that comes up within itself is first taken for compatible; here that is wrong, and the alternative that
/// relied on it must not stand.
void DifferencesTest::aChangeWithinRecursionIsFound() {
    const std::string writer = R"({"type":"object","properties":{
        "next":{"anyOf":[{"type":"array","items":{"$ref":"#"}},{"type":"null"}]},"value":{"type":"number"}}})";
    std::string reader = writer;
    reader.replace(reader.find("number"), 6, "integer");
    const QString differences = differencesOf(writer, reader);
    QVERIFY2(differences.contains("!TYPE_NARROWED #/properties/value"), qPrintable(differences));
    QVERIFY2(differences.contains("!COMBINED_TYPE_SUBSCHEMAS_CHANGED #/properties/next"), qPrintable(differences));
}

void DifferencesTest::matchingLooksFurther() {
    // The first would take the only one that the second fits.
    const std::string writer = R"({"anyOf":[{"type":"integer"},{"type":"number"}]})";
    const std::string reader = R"({"anyOf":[{"type":"number","title":"n"},{"type":"integer"}]})";
    QCOMPARE(differencesOf(writer, reader), QString("TITLE_CHANGED #/anyOf/1"));
}

void DifferencesTest::exponentialSchemasEnd() {
    std::string schema = R"({"$ref":"#/definitions/d0","definitions":{)";
    for (int i = 0; i < 60; ++i) {
        schema += "\"d" + std::to_string(i) +
                  R"(":{"oneOf":[{"type":"object","properties":{"a":{"$ref":"#/definitions/d)" + std::to_string(i + 1) +
                  R"("}}},{"type":"array","items":{"$ref":"#/definitions/d)" + std::to_string(i + 1) + "\"}}]},";
    }
    const std::string end = R"("d60":{"type":"string"}}})";
    const std::string otherEnd = R"("d60":{"type":"number"}}})";
    QCOMPARE(differencesOf(schema + end, schema + end), QString());
    QVERIFY(differencesOf(schema + end, schema + otherEnd).contains('!'));
}

void DifferencesTest::manyTypesThatReferToOneAnother_data() {
    QTest::addColumn<int>("size");
    for (const int size : {5, 20, 40}) {
        QTest::addRow("%d", size) << size;
    }
}

/// Each refers to others, in a union too, so that pairs come up in pairs deeper than a stack is.
void DifferencesTest::manyTypesThatReferToOneAnother() {
    QFETCH(int, size);
    const auto ref = [&](int i) { return R"({"$ref":"#/$defs/d)" + std::to_string(i % size) + "\"}"; };
    std::string schema = R"({"$schema":"https://json-schema.org/draft/2020-12/schema","$ref":"#/$defs/d0","$defs":{)";
    for (int i = 0; i < size; ++i) {
        schema += std::string(i > 0 ? "," : "") + "\"d" + std::to_string(i) +
                  R"(":{"type":"object","properties":{"v":{"type":"integer"},"l":)" + ref(i + 1) + R"(,"r":)" +
                  ref(i * 2 + 1) + R"(,"u":{"oneOf":[)" + ref(i + 2) + "," + ref(i + 3) + "," + ref(i * 3 + 1) + "]}}}";
    }
    schema += "}}";
    QCOMPARE(differencesOf(schema, schema), QString());
    std::string described = schema;
    described.insert(1, R"("description":"new",)");
    QVERIFY2(!differencesOf(schema, described).contains('!'), qPrintable(differencesOf(schema, described)));
    std::string narrower = schema;
    const auto last = narrower.rfind("integer");
    narrower.replace(last, 7, "string");
    QVERIFY(differencesOf(schema, narrower).contains("!TYPE_CHANGED"));
    QVERIFY(differencesOf(narrower, schema).contains("!TYPE_CHANGED"));
}

QTEST_GUILESS_MAIN(DifferencesTest)
#include "differences_test.moc"
