// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

/// The parameter `findTags`: which records and fields have which tags in their schema's text.
class FoundTagsTest : public QObject {
    Q_OBJECT
private slots:
    void recordsAndFieldsOfAvro();
    void onlyWhatHasTheTags_data();
    void onlyWhatHasTheTags();
    void objectsAndPropertiesOfJsonSchema();
    void messagesAndFieldsOfProtobuf();
    void whatIsListedCanBeChanged();
    void whatIsReferredToIsToldToItsReaders();
    void aTextInAnotherFormHasTheSame();
    void tooManyAreRefused();
};

namespace {

constexpr auto kFlight =
    R"({"type":"record","name":"Flight","namespace":"air","confluent:tags":["OPS"],"fields":[)"
    R"({"name":"tail","type":"string","confluent:tags":["PII","OPS","PII"]},)"
    R"({"name":"leg","type":["null",{"type":"record","name":"Leg","fields":[{"name":"next","type":["null","Leg"]},)"
    R"({"name":"from","type":"string","confluent:tags":["PLACE"]}]}]},)"
    R"({"name":"odd","type":"int","confluent:tags":"no list"},)"
    R"({"name":"stops","type":{"type":"map","values":{"type":"array","items":"Leg"}}}]})";

/// One line for each: "sr_field air.Flight.tail: OPS PII".
std::vector<std::string> listed(const Json& answer) {
    std::vector<std::string> lines;
    for (const auto& one : answer.value("schemaTags", Json::array())) {
        auto line = one["schemaEntity"]["entityType"].get<std::string>() + " " +
                    one["schemaEntity"]["entityPath"].get<std::string>() + ":";
        for (const auto& tag : one["tags"]) {
            line += " " + tag.get<std::string>();
        }
        lines.push_back(line);
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

void FoundTagsTest::recordsAndFieldsOfAvro() {
    ServedRegistry registry;
    registry.put("f", kFlight);
    const Lines all{"sr_record air.Flight: OPS", "sr_field air.Flight.tail: PII OPS", "sr_field air.Leg.from: PLACE"};
    auto byId = registry.ask("GET", "/schemas/ids/1?findTags=*").json();
    QCOMPARE(listed(byId), all);
    byId.erase("schemaTags"); // the rest is as without them
    QCOMPARE(byId, registry.ask("GET", "/schemas/ids/1").json());
    QCOMPARE(listed(registry.ask("GET", "/subjects/f/versions/1?findTags=*").json()), all);
    QCOMPARE(listed(registry.ask("GET", "/subjects/f/versions/latest?findTags=%2A").json()), all);
    QVERIFY(!registry.ask("GET", "/schemas/ids/1").json().contains("schemaTags"));
    QVERIFY(!registry.ask("GET", "/subjects/f/versions/1").json().contains("schemaTags"));
}

void FoundTagsTest::onlyWhatHasTheTags_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("count"); // 0: there is no such member
    QTest::newRow("one tag") << "findTags=OPS" << 2;
    QTest::newRow("any of two") << "findTags=PII&findTags=PLACE" << 2;
    QTest::newRow("any, whatever else is asked for") << "findTags=PII&findTags=*" << 3;
    QTest::newRow("a tag that nothing has") << "findTags=SECRET" << 0;
    QTest::newRow("a tag's name, no switch") << "findTags=true" << 0;
    QTest::newRow("case counts") << "findTags=pii" << 0;
    QTest::newRow("empty") << "findTags=" << 0;
    QTest::newRow("not two in one") << "findTags=PII,PLACE" << 0;
}

void FoundTagsTest::onlyWhatHasTheTags() {
    QFETCH(QString, query);
    QFETCH(int, count);
    static ServedRegistry registry; // nothing here changes it
    registry.put("f", kFlight);
    for (const std::string path : {"/schemas/ids/1?", "/subjects/f/versions/1?"}) {
        const auto answer = registry.ask("GET", path + query.toStdString()).json();
        QCOMPARE(static_cast<int>(listed(answer).size()), count);
        QCOMPARE(answer.contains("schemaTags"), count > 0);
    }
}

void FoundTagsTest::objectsAndPropertiesOfJsonSchema() {
    ServedRegistry registry;
    const auto made = registry.put(
        "j",
        R"({"type":"object","confluent:tags":["TOP"],"properties":{"a.b":{"type":"string","confluent:tags":["PII"]},)"
        R"("legs":{"type":"array","items":{"type":"object","confluent:tags":["LEG"],)"
        R"("properties":{"from":{"confluent:tags":["PLACE"]}}}},)"
        R"("pair":{"type":"array","items":[{},{"properties":{"x":{"confluent:tags":["X"]}}}]},"any":true,)"
        R"("one":{"type":"object","confluent:tags":["ONE"],"oneOf":[{"properties":{"y":{"confluent:tags":["Y"]}}},)"
        R"({"not":{"properties":{"z":{"confluent:tags":["Z"]}}}}]},"word":{"$ref":"#/definitions/Word"}},)"
        R"("if":{"properties":{"i":{"confluent:tags":["I"]}}},)"
        R"("definitions":{"Word":{"type":"string","confluent:tags":["W"]},)"
        R"("Seat":{"type":["null","object"],"confluent:tags":["SEAT"],"properties":)"
        R"({"row":{"confluent:tags":["R"]}}}}})",
        "JSON");
    QVERIFY2(made.status == 200, made.text.c_str());
    const Lines expected{"sr_record object: TOP",
                         "sr_field object.a.b: PII",
                         "sr_record object.legs.array.object: LEG",
                         "sr_field object.legs.array.object.from: PLACE",
                         "sr_field object.pair.array.1.object.x: X",
                         "sr_field object.one: ONE", // once, as the property that it is
                         "sr_field object.one.oneof.0.object.y: Y",
                         "sr_field object.one.oneof.1.not.object.z: Z",
                         "sr_record object.definitions.Seat.object: SEAT",
                         "sr_field object.definitions.Seat.object.row: R",
                         "sr_field conditional.if.object.i: I"};
    QCOMPARE(listed(registry.ask("GET", "/schemas/ids/1?findTags=*").json()), expected);
}

void FoundTagsTest::messagesAndFieldsOfProtobuf() {
    ServedRegistry registry;
    const auto made = registry.put(
        "p",
        "syntax = \"proto3\";\npackage air;\nimport \"confluent/meta.proto\";\n"
        "message Flight {\n  option (confluent.message_meta) = { tags: \"OPS\" };\n"
        "  string tail = 1 [(confluent.field_meta) = { doc: \"d\" tags: \"PII\" tags: \"OPS\" }];\n"
        "  map<string, int32> seats = 2 [(confluent.field_meta).tags = \"SEATS\"];\n"
        "  oneof what { string one = 3 [(confluent.field_meta).tags = \"ONE\"]; }\n"
        "  message Leg {\n    string from = 1 [(confluent.field_meta) = { tags: [ \"PLACE\" ] }];\n  }\n}\n"
        "message Other { Flight.Leg leg = 1; }\n",
        "PROTOBUF");
    QVERIFY2(made.status == 200, made.text.c_str());
    const Lines expected{"sr_record Flight: OPS", "sr_field Flight.tail: PII OPS", "sr_field Flight.seats: SEATS",
                         "sr_field Flight.one: ONE", "sr_field Flight.Leg.from: PLACE"};
    QCOMPARE(listed(registry.ask("GET", "/subjects/p/versions/1?findTags=*").json()), expected);
}

/// Each path is one that POST …/tags takes: with all tags taken away nothing is listed any more.
void FoundTagsTest::whatIsListedCanBeChanged() {
    ServedRegistry registry;
    registry.put("f", kFlight);
    registry.put("j",
                 R"({"definitions":{"S":{"type":"object","confluent:tags":["S"],"properties":{"definitions":)"
                 R"({"confluent:tags":["D"],"properties":{"x":{"confluent:tags":["X"]}}}}}},"type":"object",)"
                 R"("allOf":[{"then":{"properties":{"t":{"confluent:tags":["T"]}}}}]})",
                 "JSON");
    for (const std::string subject : {"f", "j"}) {
        const auto path = "/subjects/" + subject + "/versions/latest";
        const auto all = registry.ask("GET", path + "?findTags=*").json();
        QVERIFY(listed(all).size() >= 3);
        const auto taken = registry.ask("POST", path + "/tags", {{"tagsToRemove", all["schemaTags"]}});
        QVERIFY2(taken.status == 200, taken.text.c_str());
        QVERIFY(!registry.ask("GET", path + "?findTags=*").json().contains("schemaTags"));
    }
}

void FoundTagsTest::whatIsReferredToIsToldToItsReaders() {
    SchemaServiceOptions options;
    options.mayDo = [](const std::string& who, RegistryAction, const std::string& subject) {
        return who != "stranger" || subject != "leg";
    };
    ServedRegistry registry(std::move(options));
    registry.put("leg", R"({"type":"record","name":"Leg","namespace":"air","fields":[{"name":"from","type":"string",)"
                        R"("confluent:tags":["PLACE"]}]})");
    const Json body{{"schema", R"({"type":"record","name":"Flight","namespace":"air","fields":[)"
                               R"({"name":"leg","type":"Leg","confluent:tags":["OPS"]}]})"},
                    {"references", {{{"name", "air.Leg"}, {"subject", "leg"}, {"version", 1}}}}};
    QCOMPARE(registry.ask("POST", "/subjects/flight/versions", body).status, 200);
    const Lines own{"sr_field air.Flight.leg: OPS"},
        both{"sr_field air.Flight.leg: OPS", "sr_field air.Leg.from: PLACE"};
    QCOMPARE(listed(registry.ask("GET", "/subjects/flight/versions/1?findTags=*").json()), both);
    registry.principal = "stranger";
    QCOMPARE(listed(registry.ask("GET", "/subjects/flight/versions/1?findTags=*").json()), own);
    QCOMPARE(listed(registry.ask("GET", "/schemas/ids/2?findTags=PLACE").json()), Lines());
}

void FoundTagsTest::aTextInAnotherFormHasTheSame() {
    ServedRegistry registry;
    registry.put(
        "p", "syntax = \"proto3\";\nmessage Flight {\n  string tail = 1 [(confluent.field_meta).tags = \"PII\"];\n}\n",
        "PROTOBUF");
    for (const auto* path : {"/schemas/ids/1", "/subjects/p/versions/1"}) {
        const auto answer = registry.ask("GET", std::string(path) + "?format=serialized&findTags=PII").json();
        QCOMPARE(listed(answer), Lines{"sr_field Flight.tail: PII"});
        QVERIFY(answer["schema"].get<std::string>().find("syntax") == std::string::npos);
    }
}

void FoundTagsTest::tooManyAreRefused() {
    ServedRegistry registry;
    const std::string name(50'000, 'n'); // stands in each path
    std::string fields;
    for (int i = 0; i < 100; ++i) {
        fields +=
            (i > 0 ? "," : "") + (R"({"name":"f)" + std::to_string(i) + R"(","type":"int","confluent:tags":["T"]})");
    }
    QCOMPARE(registry.put("f", R"({"type":"record","name":")" + name + R"(","fields":[)" + fields + "]}").status, 200);
    const auto refused = registry.ask("GET", "/schemas/ids/1?findTags=T");
    QCOMPARE(refused.code(), 42201);
    QVERIFY(QString::fromStdString(refused.text).contains(QStringLiteral("more than 4 MiB")));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 200);
}

QTEST_GUILESS_MAIN(FoundTagsTest)
#include "found_tags_test.moc"
