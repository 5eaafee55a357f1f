// SPDX-License-Identifier: Apache-2.0
// A JSON Schema as all schemas are seen, and what is said of payloads that don't fit.
#include "json_schemas.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

class SchemaTest : public QObject {
    Q_OBJECT
private slots:
    void texts();
    void payloads();
    void references();
    void formatsAreAsserted();
    void sentences_data();
    void sentences();
    void failuresSayWhere();
};

void SchemaTest::texts() {
    const std::string text =
        "{ \"title\": \"T\\u00e9\",\n \"b\": [1.0, 1e2, -0, 0.00000001], \"a\": {\"d\": null, \"c\": \"/\"} }";
    const auto schema = schemaOf(text);
    QCOMPARE(schema->type(), SchemaType::Json);
    QCOMPARE(schema->text(), text);
    QCOMPARE(schema->name(), std::string("Té"));
    QCOMPARE(schema->canonicalText(), std::string(R"({"title":"Té","b":[1.0,1E+2,0,1E-8],"a":{"d":null,"c":"/"}})"));
    QCOMPARE(schema->normalizedText(), std::string(R"({"a":{"c":"/","d":null},"b":[1.0,1E+2,0,1E-8],"title":"Té"})"));
    QVERIFY(schema->sizeBytes() > text.size());
    QCOMPARE(schemaOf("true")->canonicalText(), std::string("true"));
    QCOMPARE(schemaOf("true")->name(), std::string());
}

void SchemaTest::payloads() {
    const auto schema = schemaOf(R"({"type":"object","properties":{"n":{"type":"integer"}}})");
    QCOMPARE(*schema->toJson("{ \"n\": 12345678901234567890,\n \"x\": 1e2 }"),
             std::string(R"({"n":12345678901234567890,"x":1e2})"));
    QCOMPARE(*schema->fromJson("{\"n\": 1.0 }"), std::string(R"({"n":1.0})"));
    QCOMPARE(schema->toJson("{\"n\": 1.5}").error(),
             (Error{ErrorCode::Corrupt, "`n` is 1.5, but a whole number is expected."}));
    QCOMPARE(schema->fromJson("[]").error(),
             (Error{ErrorCode::InvalidArgument, "The value is [], but an object is expected."}));
    QCOMPARE(schema->toJson("{\"n\":").error(),
             (Error{ErrorCode::Corrupt,
                    "The payload isn't JSON. Line 1, column 6: expected a JSON value, but the text ends."}));
    QCOMPARE(schema
                 ->toJson("\x00\x01"
                          "a")
                 .error()
                 .code,
             ErrorCode::Corrupt);
    QCOMPARE(*schema->toJson(R"({"n":"old","n":2})"), std::string(R"({"n":2})"));
}

void SchemaTest::references() {
    const std::vector<NamedSchema> references{
        {"tail.json", R"({"type":"string"})"},
        {"leg.json", R"({"properties":{"tail":{"$ref":"tail.json"},"other":{"$ref":"./tail.json"}}})"}};
    const auto schema =
        schemaOf(R"({"$id":"http://example.com/flight.json","properties":{"leg":{"$ref":"leg.json"}}})", references);
    QVERIFY(schema->toJson(R"({"leg":{"tail":"D-1"}})"));
    QCOMPARE(schema->toJson(R"({"leg":{"other":1}})").error().message,
             std::string("`leg.other` is 1, but a string is expected."));
}

void SchemaTest::formatsAreAsserted() {
    for (const char* draft :
         {"http://json-schema.org/draft-04/schema#", "https://json-schema.org/draft/2020-12/schema"}) {
        const std::string schema = std::string(R"({"$schema":")") + draft + R"(","format":"date-time"})";
        QCOMPARE(failureOf(schema, R"("2024-05-31T14:05:00Z")"), std::string());
        QCOMPARE(
            failureOf(schema, R"("2024-02-30T14:05:00Z")"),
            std::string("The value is \"2024-02-30T14:05:00Z\", but a date and time such as 2024-05-31T14:05:00Z is "
                        "expected."));
    }
    QCOMPARE(failureOf(R"({"format":"something-else"})", "\"x\""), std::string());
}

void SchemaTest::sentences_data() {
    QTest::addColumn<QString>("schema");
    QTest::addColumn<QString>("payload");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* schema, const char* payload, const char* sentence) {
        QTest::newRow(name) << QString(schema) << QString(payload) << QString(sentence);
    };
    row("type", R"({"properties":{"magnitude":{"type":"number"}}})", R"({"magnitude":"high"})",
        "`magnitude` is \"high\", but a number is expected.");
    row("required", R"({"required":["id"]})", "{}", "The value lacks `id`, which is required.");
    row("enum", R"({"enum":["a",2]})", "3", "The value is 3, but only these are allowed: \"a\", 2.");
    row("minimum", R"({"items":{"minimum":5}})", "[7,3]", "`[1]` is 3, but it may not be less than 5.");
    row("exclusive in draft-04",
        R"({"$schema":"http://json-schema.org/draft-04/schema#","minimum":5,"exclusiveMinimum":true})", "5",
        "The value is 5, but it has to be more than 5.");
    row("multipleOf", R"({"multipleOf":0.01})", "0.075", "The value is 0.075, but it has to be a multiple of 0.01.");
    row("length", R"({"maxLength":2})", R"("äöü")", "The value has 3 characters, but at most 2 are allowed.");
    row("additional", R"({"properties":{"a":{}},"additionalProperties":false})", R"({"b":1})",
        "`b` isn't a property of the schema, and it has no others.");
    row("unique", R"({"uniqueItems":true})", R"([{"a":1,"b":2},{"b":2.0,"a":1}])",
        "The value has the same item twice, at 0 and 1.");
    row("anyOf", R"({"properties":{"x":{"anyOf":[{"type":"string"},{"properties":{"y":{"type":"null"}}}]}}})",
        R"({"x":{"y":1}})",
        "`x` fits none of the 2 schemas in `anyOf`. What comes closest says: `x.y` is 1, but null is expected.");
    row("oneOf", R"({"oneOf":[{"minimum":1},{"minimum":2}]})", "3",
        "The value fits more than one of the schemas in `oneOf`, those at 0 and 1.");
    row("false", R"({"properties":{"a":false}})", R"({"a":1})", "`a` isn't allowed.");
    row("dependencies", R"({"dependencies":{"a":["b"]}})", R"({"a":1})",
        "The value has `a` and therefore needs `b` too.");
}

void SchemaTest::sentences() {
    QFETCH(QString, schema);
    QFETCH(QString, payload);
    QFETCH(QString, sentence);
    QCOMPARE(QString::fromStdString(failureOf(schema.toStdString(), payload.toStdString())), sentence);
}

void SchemaTest::failuresSayWhere() {
    const auto validator = JsonValidator::of(schemaOf(R"({"properties":{"legs":{"items":{"$ref":"#/definitions/leg"}}},
                     "definitions":{"leg":{"properties":{"a/b":{"type":"string"}},"required":["tail"]}}})"));
    QVERIFY(validator);
    const auto failures = validator->failures(R"({"legs":[{"tail":1,"a/b":2},{}]})");
    QCOMPARE(failures.size(), 2U);
    QCOMPARE(failures[0].path, std::string("/legs/0/a~1b"));
    QCOMPARE(failures[0].field, std::string("legs[].a/b"));
    QCOMPARE(failures[0].schemaPath, std::string("#/definitions/leg/properties/a~1b/type"));
    QCOMPARE(failures[0].keyword, std::string("type"));
    QCOMPARE(failures[1].path, std::string("/legs/1"));
    QCOMPARE(failures[1].keyword, std::string("required"));
    QCOMPARE(validator->failures("nope").front().keyword, std::string());
    QVERIFY(validator->failures("{}").empty());
}

QTEST_GUILESS_MAIN(SchemaTest)
#include "schema_test.moc"
