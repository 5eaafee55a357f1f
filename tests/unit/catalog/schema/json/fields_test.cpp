// SPDX-License-Identifier: Apache-2.0
// What data of a schema has values for.
#include "json_schemas.h"

#include <QtTest>

using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

/// "path: type" of each, a '?' after those that may be missing.
std::string fieldsOf(const std::string& schema) {
    std::string out;
    for (const SchemaField& field : schemaOf(schema)->fields()) {
        out += (out.empty() ? "" : "; ") + field.path + (field.isOptional ? "?" : "") + ": " + field.type;
    }
    return out;
}

} // namespace

class FieldsTest : public QObject {
    Q_OBJECT
private slots:
    void typesAndPaths();
    void combinations();
    void recursion();
    void details();
};

void FieldsTest::typesAndPaths() {
    QCOMPARE(
        fieldsOf(R"({"required":["id","legs"],"properties":{
        "id":{"type":"integer"},
        "at":{"type":"string","format":"date-time"},
        "legs":{"type":"array","items":{"$ref":"#/definitions/Leg"}},
        "labels":{"type":"object","additionalProperties":{"type":"string"}},
        "kind":{"enum":["a","b"]},
        "note":{"type":["null","string"]},
        "free":{}},
        "definitions":{"Leg":{"type":"object","required":["tail"],"properties":{"tail":{"type":"string"}}}}})"),
        std::string("id: integer; at?: date-time; legs: array of Leg; legs[].tail: string; labels?: map of string; "
                    "kind?: enum; note?: string or null; free?: any"));
    QCOMPARE(fieldsOf(R"({"additionalProperties":{"properties":{"x":{"type":"number"}}}})"),
             std::string("{}.x?: number"));
}

void FieldsTest::combinations() {
    QCOMPARE(fieldsOf(R"({"allOf":[{"properties":{"a":{"type":"string"}}},{"required":["a"],"properties":{"a":{}}}],
        "oneOf":[{"required":["b"],"properties":{"b":{"type":"boolean"}}},
            {"properties":{"c":{"$ref":"#/definitions/x"}}}],
        "definitions":{"x":{"oneOf":[{"type":"null"},{"type":"string","format":"uuid"}]}}})"),
             std::string("a: string; b?: boolean; c?: uuid or null"));
}

void FieldsTest::recursion() {
    QCOMPARE(fieldsOf(R"({"title":"Tree","type":"object","properties":{"value":{"type":"integer"},
        "children":{"type":"array","items":{"$ref":"#"}}}})"),
             std::string("value?: integer; children?: array of Tree"));
}

void FieldsTest::details() {
    const std::vector<NamedSchema> references{
        {"leg.json", R"({"properties":{"tail":{"description":"of the plane"}}})"}};
    const auto schema =
        schemaOf("{\n \"properties\": {\n  \"leg\": {\"$ref\": \"leg.json\"},\n"
                 "  \"secret\": {\"description\": \"hidden\", \"confluent:tags\": [\"PII\"], \"default\": 1}},\n"
                 " \"required\": [\"secret\"]}",
                 references);
    const auto fields = schema->fields();
    QCOMPARE(fields.size(), 3U);
    QCOMPARE(fields[0].place, (TextPlace{3, 3}));
    QCOMPARE(fields[1].path, std::string("leg.tail"));
    QCOMPARE(fields[1].doc, std::string("of the plane"));
    QCOMPARE(fields[1].place, TextPlace());
    QCOMPARE(fields[2].doc, std::string("hidden"));
    QCOMPARE(fields[2].tags, std::vector<std::string>{"PII"});
    QVERIFY(fields[2].isOptional);
}

QTEST_GUILESS_MAIN(FieldsTest)
#include "fields_test.moc"
