// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

/// POST /subjects/{subject}/versions/{version}/tags: a new version with tags in its text, other metadata, other rules.
class TagsTest : public QObject {
    Q_OBJECT
private slots:
    void recordsOfAvro();
    void pathsOfAvro_data();
    void pathsOfAvro();
    void pathsOfJsonSchema_data();
    void pathsOfJsonSchema();
    void messagesOfProtobuf();
    void keepsTheRestOfTheText();
    void rulesAreMergedAndTakenOut();
    void refusals_data();
    void refusals();
};

namespace {

constexpr auto kRecord = R"({"type":"record","name":"myrecord","fields":[{"name":"f1","type":"string"}]})";

Json entity(const std::string& path, const char* type, const Json& tags) {
    return {{"schemaEntity", {{"entityPath", path}, {"entityType", type}}}, {"tags", tags}};
}

Json adds(const std::string& path, const char* type, const Json& tags) {
    return {{"tagsToAdd", Json::array({entity(path, type, tags)})}};
}

std::string latestText(ServedRegistry& registry, const std::string& subject) {
    return registry.ask("GET", "/subjects/" + subject + "/versions/latest/schema").text;
}

} // namespace

void TagsTest::recordsOfAvro() {
    ServedRegistry registry;
    registry.put("test", kRecord);
    auto body = adds("myrecord", "sr_record", {"TAG1", "TAG2"});
    body["newVersion"] = 2;
    const auto made = registry.ask("POST", "/subjects/test/versions/latest/tags", body);
    QCOMPARE(made.status, 200);
    QCOMPARE(made.json()["id"], 2);
    const auto latest = registry.ask("GET", "/subjects/test/versions/latest").json();
    QCOMPARE(latest["version"], 2);
    QCOMPARE(latest["metadata"]["properties"]["confluent:version"], "2");
    QCOMPARE(latest["schema"].get<std::string>(),
             std::string(R"({"type":"record","name":"myrecord","fields":[{"name":"f1","type":"string"}],)"
                         R"("confluent:tags":["TAG1","TAG2"]})"));
    // Without a number it is the next one.
    const Json removal{{"tagsToRemove", Json::array({entity("myrecord", "sr_record", {"TAG2"})})}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", removal).json()["id"], 3);
    QVERIFY(latestText(registry, "test").ends_with(R"("confluent:tags":["TAG1"]})"));
    const Json last{{"tagsToRemove", Json::array({entity("myrecord", "sr_record", {"TAG1"})})}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", last).status, 200);
    QCOMPARE(latestText(registry, "test"), std::string(kRecord));
}

void TagsTest::pathsOfAvro_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isField");
    QTest::addColumn<QString>("found"); // what stands in front of the tags; empty: nothing is found
    QTest::newRow("record") << "com.example.Flight" << false << R"(}],"confluent:tags":["X"]})";
    QTest::newRow("dot in front") << ".com.example.Flight.tail" << true << R"("type":"string","confluent:tags":["X"]})";
    QTest::newRow("field") << "com.example.Flight.tail" << true << R"("type":"string","confluent:tags":["X"]})";
    QTest::newRow("in a union") << "com.example.Leg.from" << true << R"("type":"int","confluent:tags":["X"]})";
    QTest::newRow("in a map of arrays, another namespace")
        << "org.other.Stop.at" << true << R"("type":"long","confluent:tags":["X"]})";
    QTest::newRow("simple name alone") << "Flight" << false << "";
    QTest::newRow("no such field") << "com.example.Flight.nose" << true << "";
    QTest::newRow("a record's name as a field") << "Flight" << true << "";
}

void TagsTest::pathsOfAvro() {
    QFETCH(QString, path);
    QFETCH(bool, isField);
    QFETCH(QString, found);
    static ServedRegistry registry;
    registry.ask("DELETE", "/subjects/test");
    registry.ask("DELETE", "/subjects/test?permanent=true");
    registry.put("test", R"({"type":"record","name":"Flight","namespace":"com.example","fields":[)"
                         R"({"name":"tail","type":"string"},)"
                         R"({"name":"leg","type":["null",{"type":"record","name":"Leg","fields":[{"name":"from",)"
                         R"("type":"int"}]}]},)"
                         R"({"name":"stops","type":{"type":"map","values":{"type":"array","items":{"type":"record",)"
                         R"("name":"org.other.Stop","fields":[{"name":"at","type":"long"}]}}}}]})");
    const auto answer = registry.ask("POST", "/subjects/test/versions/latest/tags",
                                     adds(path.toStdString(), isField ? "sr_field" : "SR_RECORD", {"X"}));
    QCOMPARE(answer.status, found.isEmpty() ? 422 : 200);
    if (found.isEmpty()) {
        QCOMPARE(answer.code(), 42201);
    } else {
        QVERIFY2(latestText(registry, "test").find(found.toStdString()) != std::string::npos,
                 latestText(registry, "test").c_str());
    }
}

void TagsTest::pathsOfJsonSchema_data() {
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("isField");
    QTest::addColumn<QString>("found");
    QTest::newRow("property") << "object.id" << true << R"("type":"integer","confluent:tags":["X"]})";
    QTest::newRow("with dots") << "object.a.b" << true << R"("maximum":1E+400,"confluent:tags":["X"]})";
    QTest::newRow("in an array's objects")
        << "object.legs.array.object.from" << true << R"({"minLength":1,"confluent:tags":["X"]})";
    QTest::newRow("in allOf") << "object.one.allof.1.object.y" << true << R"("const":2,"confluent:tags":["X"]})";
    QTest::newRow("the root") << "object" << false << R"(]}},"confluent:tags":["X"]})";
    QTest::newRow("no such property") << "object.nothing" << true << "";
    QTest::newRow("no such item") << "object.one.allof.7.object.y" << true << "";
    QTest::newRow("nothing") << "" << true << "";
}

void TagsTest::pathsOfJsonSchema() {
    QFETCH(QString, path);
    QFETCH(bool, isField);
    QFETCH(QString, found);
    static ServedRegistry registry;
    registry.ask("DELETE", "/subjects/test");
    registry.ask("DELETE", "/subjects/test?permanent=true");
    QCOMPARE(registry
                 .put("test",
                      R"({"type":"object","properties":{"id":{"type":"integer"},"a.b":{"maximum":1E+400},)"
                      R"("legs":{"type":"array","items":{"properties":{"from":{"minLength":1}}}},)"
                      R"("one":{"allOf":[{"properties":{"x":{}}},{"properties":{"y":{"const":2}}}]}}})",
                      "JSON")
                 .status,
             200);
    const auto answer = registry.ask("POST", "/subjects/test/versions/latest/tags",
                                     adds(path.toStdString(), isField ? "sr_field" : "sr_record", {"X"}));
    QCOMPARE(answer.status, found.isEmpty() ? 422 : 200);
    if (!found.isEmpty()) {
        QVERIFY2(latestText(registry, "test").find(found.toStdString()) != std::string::npos,
                 latestText(registry, "test").c_str());
    }
}

void TagsTest::messagesOfProtobuf() {
    ServedRegistry registry;
    QCOMPARE(registry
                 .put("test",
                      "syntax = \"proto3\";\npackage com.example;\nmessage Message1 { string f1 = 1; message Inner { "
                      "int32 n = 1; } }\n",
                      "PROTOBUF")
                 .status,
             200);
    const Json body{{"tagsToAdd", Json::array({entity("Message1.f1", "sr_field", {"TAG1"}),
                                               entity(".Message1.f1", "sr_field", {"TAG2"}),
                                               entity("Message1.Inner", "sr_record", {"IN"})})}};
    const auto made = registry.ask("POST", "/subjects/test/versions/latest/tags", body);
    QVERIFY2(made.status == 200, made.text.c_str());
    const auto tagged = latestText(registry, "test");
    QVERIFY2(tagged.find("string f1 = 1 [(confluent.field_meta) = {") != std::string::npos, tagged.c_str());
    QVERIFY2(tagged.find("option (confluent.message_meta) = {") != std::string::npos, tagged.c_str());
    // What is there is kept by the next change, and the last tag takes the option with it.
    const Json less{{"tagsToRemove", Json::array({entity("Message1.f1", "sr_field", {"TAG1"}),
                                                  entity("Message1.Inner", "sr_record", {"IN"})})}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", less).status, 200);
    const auto left = latestText(registry, "test");
    QVERIFY2(left.find("TAG2") != std::string::npos && left.find("TAG1") == std::string::npos, left.c_str());
    QVERIFY2(left.find("message_meta") == std::string::npos, left.c_str());
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", adds("Message1.f9", "sr_field", {"X"})).code(),
             42201);
}

void TagsTest::keepsTheRestOfTheText() {
    ServedRegistry registry;
    // Tags that stand first, and ones that are followed by others.
    registry.put("test", R"({"confluent:tags":["A"],"type":"record","name":"R","fields":[{"name":"f",)"
                         R"("confluent:tags":["B"],"type":"int"}]})");
    const Json body{{"tagsToRemove", Json::array({entity("R", "sr_record", {"A"}), entity("R.f", "sr_field", {"B"})})}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/1/tags", body).status, 200);
    QCOMPARE(latestText(registry, "test"),
             std::string(R"({"type":"record","name":"R","fields":[{"name":"f","type":"int"}]})"));
}

void TagsTest::rulesAreMergedAndTakenOut() {
    ServedRegistry registry;
    registry.put("test", kRecord);
    const auto rule = [](const char* name) { return Json{{"name", name}, {"type", "CEL"}}; };
    const Json first{{"rulesToMerge", {{"domainRules", Json::array({rule("one"), rule("two")})}}}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", first).status, 200);
    const Json second{{"rulesToMerge", {{"domainRules", Json::array({rule("three")})}}},
                      {"rulesToRemove", Json::array({"one"})},
                      {"metadata", {{"properties", {{"owner", "ada"}}}}}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", second).status, 200);
    const auto latest = registry.ask("GET", "/subjects/test/versions/latest").json();
    QCOMPARE(latest["version"], 3);
    QCOMPARE(latest["ruleSet"]["domainRules"].size(), 2U);
    QCOMPARE(latest["ruleSet"]["domainRules"][0]["name"], "two");
    QCOMPARE(registry.ask("GET", "/schemas?ruleType=CEL").json().size(), 2U); // v1 has no rules
    QCOMPARE(registry.ask("GET", "/schemas?ruleType=JSONATA").json().size(), 0U);
    QCOMPARE(latest["metadata"]["properties"]["owner"], "ada");
    const Json none{{"rulesToRemove", Json::array({"two", "three"})}};
    QCOMPARE(registry.ask("POST", "/subjects/test/versions/latest/tags", none).status, 200);
    QVERIFY(registry.ask("GET", "/subjects/test/versions/latest").json()["ruleSet"]["domainRules"].empty());
}

void TagsTest::refusals_data() {
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* target, const char* body, int code) {
        QTest::newRow(name) << QString(target) << QString(body) << code;
    };
    row("no subject", "/subjects/none/versions/1/tags", "{}", 40401);
    row("no version", "/subjects/test/versions/2/tags", "{}", 40402);
    row("no version's name", "/subjects/test/versions/first/tags", "{}", 42202);
    row("a version that is there", "/subjects/test/versions/1/tags", R"({"newVersion":1})", 42201);
    row("a version too far", "/subjects/test/versions/1/tags", R"({"newVersion":9})", 42201);
    row("a version that is no number", "/subjects/test/versions/1/tags", R"({"newVersion":"2"})", 42202);
    row("no JSON", "/subjects/test/versions/1/tags", "tags", 400);
    row("no list", "/subjects/test/versions/1/tags", R"({"tagsToAdd":{}})", 400);
    row("no entity", "/subjects/test/versions/1/tags", R"({"tagsToAdd":[{"tags":["A"]}]})", 400);
    row("no kind that is known", "/subjects/test/versions/1/tags",
        R"({"tagsToAdd":[{"schemaEntity":{"entityPath":"a","entityType":"sr_enum"},"tags":["A"]}]})", 400);
    row("tags that are no strings", "/subjects/test/versions/1/tags",
        R"({"tagsToAdd":[{"schemaEntity":{"entityPath":"a","entityType":"sr_field"},"tags":[1]}]})", 400);
}

void TagsTest::refusals() {
    QFETCH(QString, target);
    QFETCH(QString, body);
    QFETCH(int, code);
    static ServedRegistry registry; // nothing here changes it
    registry.put("test", kRecord);
    const auto answer = registry.send("POST", target.toStdString(), body.toStdString());
    QCOMPARE(answer.code(), code);
    QCOMPARE(registry.ask("GET", "/subjects/test/versions").json(), Json({1}));
}

QTEST_GUILESS_MAIN(TagsTest)
#include "tags_test.moc"
