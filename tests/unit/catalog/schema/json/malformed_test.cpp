// SPDX-License-Identifier: Apache-2.0
// What isn't a JSON Schema is refused with a place and a sentence.
#include "json_schemas.h"

#include <QtTest>

using namespace meshbone::catalog;
using namespace meshbone::test;

class MalformedTest : public QObject {
    Q_OBJECT
private slots:
    void table_data();
    void table();
    void references();
    void draftsDiffer();
};

void MalformedTest::table_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("refusal");
    const auto row = [](const char* name, const char* text, const char* refusal) {
        QTest::newRow(name) << QString(text) << QString(refusal);
    };
    row("empty", "", "Line 1, column 1: expected a JSON value, but the text ends.");
    row("no end", "{\"type\":", "Line 1, column 9: expected a JSON value, but the text ends.");
    row("comma", "{\n  \"type\": \"string\",\n}",
        "Line 3, column 1: expected a name in quotation marks, but here is '}'.");
    row("comment", "{} // hm", "Line 1, column 4: expected the end of the text after the value, but here is '/'.");
    row("twins", "{\"type\":\"string\",\n\"type\":\"number\"}",
        "Line 2, column 1: the name \"type\" comes twice in one object.");
    row("zero", R"({"minimum":01})", "Line 1, column 12: a number doesn't begin with 0.");
    row("surrogate", R"({"title":"\ud800"})", "Line 1, column 11: half of a surrogate pair, which is no character.");
    row("a number", "7", "Line 1, column 1: a schema is an object, true or false, but this is a number.");
    row("type", "{\n  \"type\": \"strng\"}",
        "Line 2, column 11: `type`: \"strng\" is no type; the types are null, boolean, object, array, number, string "
        "and "
        "integer.");
    row("types", R"({"type":["string",7]})",
        "Line 1, column 19: `type`: 7 is no type; the types are null, boolean, object, array, number, string and "
        "integer.");
    row("required", "{\"properties\":{\"a\":{\n\"required\":true}}}",
        "Line 2, column 1: `required` is an array with the names of properties, but this is a boolean; it stands "
        "beside "
        "`properties`, not in one of them.");
    row("required name", R"({"required":["a",1]})",
        "Line 1, column 18: `required`: the name of a property is a string, but this is a number.");
    row("properties", R"({"properties":[]})",
        "Line 1, column 2: `properties` is an object with a schema for each name, but this is an array.");
    row("subschema", R"({"properties":{"a":"string"}})",
        "Line 1, column 20: a schema is an object, true or false, but this is a string.");
    row("pattern", R"({"pattern":"a("})", "Line 1, column 12: The pattern can't be used: missing ): a(.");
    row("look-around", R"({"pattern":"(?=a)b"})",
        "Line 1, column 12: The pattern looks around with '(?=', which can take endless time and isn't supported; say "
        "it "
        "without, for example by a second pattern in 'allOf' or 'not'.");
    row("count", R"({"minLength":-1})", "Line 1, column 2: `minLength` is a whole number from 0 up, but this is -1.");
    row("step", R"({"multipleOf":0})", "Line 1, column 2: `multipleOf` is a number above zero, but this is 0.");
    row("combination", R"({"anyOf":[]})",
        "Line 1, column 2: `anyOf` is an array of at least one schema, but this is empty.");
    row("enum", R"({"enum":"a"})", "Line 1, column 2: `enum` is an array of what is allowed, but this is a string.");
    row("reference", "{\"$ref\":\n\"#/definitions/a\"}",
        "Line 2, column 1: the reference \"#/definitions/a\" leads nowhere.");
    row("remote", R"({"items":{"$ref":"https://example.com/a.json"}})",
        "Line 1, column 18: no schema is known as \"https://example.com/a.json\"; give it along as a reference under "
        "this "
        "name.");
}

void MalformedTest::table() {
    QFETCH(QString, text);
    QFETCH(QString, refusal);
    QCOMPARE(QString::fromStdString(refusalOf(text.toStdString())), refusal);
}

void MalformedTest::references() {
    const std::vector<NamedSchema> references{{"leg.json", "{\n\"type\":\"leg\"}"}};
    const std::string refusal = refusalOf(R"({"items":{"$ref":"leg.json"}})", references);
    QVERIFY2(refusal.starts_with("In leg.json, line 2, column 8: "), refusal.c_str());
    QVERIFY(refusalOf(R"({"items":{"$ref":"leg.json#/definitions/x"}})",
                      std::vector<NamedSchema>{{"leg.json", R"({"type":"string"})"}})
                .contains("leads nowhere"));
}

void MalformedTest::draftsDiffer() {
    QVERIFY(refusalOf(R"({"$schema":"http://json-schema.org/draft-04/schema#","maximum":3,"exclusiveMaximum":true})")
                .empty());
    QVERIFY(!refusalOf(R"({"$schema":"http://json-schema.org/draft-07/schema#","maximum":3,"exclusiveMaximum":true})")
                 .empty());
    QVERIFY(refusalOf(R"({"items":[{}]})").empty());
    QVERIFY(!refusalOf(R"({"$schema":"https://json-schema.org/draft/2020-12/schema","items":[{}]})").empty());
    QVERIFY(refusalOf(R"({"$ref":"http://json-schema.org/draft-04/schema#"})").empty());
    QVERIFY(refusalOf(R"({"$ref":"https://json-schema.org/draft/2020-12/schema"})").empty());
}

QTEST_GUILESS_MAIN(MalformedTest)
#include "malformed_test.moc"
