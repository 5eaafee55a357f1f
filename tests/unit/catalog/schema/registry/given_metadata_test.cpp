// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/given_metadata.h"

#include "registry_scene.h"

using namespace meshbone;
using namespace meshbone::catalog;
using test::RegistryScene;

/// Metadata and rules as they are given: in which form they are kept, and what is refused.
class GivenMetadataTest : public QObject {
    Q_OBJECT
private slots:
    void hasOneForm();
    void rulesHaveTheirKindAndMode();
    void refusesWhatIsNoRule_data();
    void refusesWhatIsNoRule();
    void refusesAnotherShape_data();
    void refusesAnotherShape();
    void isOneSchemaHoweverItIsWritten();
    void aReferenceToTheLatestIsPinned();
    void aWrongDefaultIsRefusedInANewSchemaOnly();
};

namespace {

std::string kept(const std::string& json) {
    return givenMetadata(json).value_or("refused");
}

constexpr auto kWrong = R"({"type":"record","name":"R","fields":[{"name":"x","type":"int","default":null}]})";

} // namespace

void GivenMetadataTest::hasOneForm() {
    QCOMPARE(kept(""), std::string());
    QCOMPARE(kept(R"({"sensitive":["b",1,"b",null],"x":5,"properties":{"z":true,"a":1.5,"n":null},"tags":null})"),
             std::string(R"({"properties":{"a":"1.5","z":"true"},"sensitive":["1","b"]})"));
    QCOMPARE(kept(R"({"tags":{"b":["2","1"],"a":[]}})"), std::string(R"({"tags":{"a":[],"b":["1","2"]}})"));
}

void GivenMetadataTest::rulesHaveTheirKindAndMode() {
    const auto rules = givenRuleSet(R"({"domainRules":[{"type":"CEL","name":"a-1","params":{"n":5},"more":1}],
        "migrationRules":[{"name":"_b","type":"JSONATA","mode":"UPDOWN","kind":"TRANSFORM","onFailure":"none,error",
        "disabled":true}],"encodingRules":[],"enableAt":7})");
    QVERIFY(rules);
    QCOMPARE(*rules,
             std::string(R"({"migrationRules":[{"name":"_b","kind":"TRANSFORM","mode":"UPDOWN","type":"JSONATA",)"
                         R"("onFailure":"none,error","disabled":true}],"domainRules":[{"name":"a-1",)"
                         R"("kind":"TRANSFORM","mode":"WRITEREAD","type":"CEL","params":{"n":"5"},"disabled":false}],)"
                         R"("enableAt":"7"})"));
    QCOMPARE(*givenRuleSet(*rules), *rules);
}

void GivenMetadataTest::refusesWhatIsNoRule_data() {
    QTest::addColumn<QString>("rules");
    QTest::addColumn<QString>("reason");
    const auto row = [](const char* name, const char* rules, const char* reason) {
        QTest::newRow(name) << rules << reason;
    };
    row("no name", R"({"domainRules":[{"type":"CEL"}]})", "is no name");
    row("a bad name", R"({"domainRules":[{"name":"1a","type":"CEL"}]})", "\"1a\" is no name");
    row("a space", R"({"domainRules":[{"name":"a b","type":"CEL"}]})", "is no name");
    row("no type", R"({"domainRules":[{"name":"a"}]})", "'a' has no \"type\"");
    row("another kind", R"({"domainRules":[{"name":"a","type":"CEL","kind":"WISH"}]})", "TRANSFORM, CONDITION");
    row("no such mode", R"({"domainRules":[{"name":"a","type":"CEL","mode":"X"}]})", "WRITE, READ, WRITEREAD");
    row("a migration in the domain", R"({"domainRules":[{"name":"a","type":"CEL","mode":"UPGRADE"}]})",
        "domainRules can only");
    row("a migration without mode", R"({"migrationRules":[{"name":"a","type":"CEL"}]})", "UPGRADE, DOWNGRADE, UPDOWN");
    row("a name twice",
        R"({"migrationRules":[{"name":"a","type":"X","mode":"UPDOWN"}],"domainRules":[{"name":"a","type":"X"}]})",
        "duplicate name 'a'");
    row("two actions for one way", R"({"domainRules":[{"name":"a","type":"X","mode":"READ","onFailure":"a,b"}]})",
        "two actions");
}

void GivenMetadataTest::refusesWhatIsNoRule() {
    QFETCH(QString, rules);
    QFETCH(QString, reason);
    const auto given = givenRuleSet(rules.toStdString());
    QVERIFY(!given);
    QCOMPARE(given.error().code, 42210);
    QVERIFY2(QString::fromStdString(given.error().message).contains(reason), given.error().message.c_str());
    RegistryScene scene;
    auto request = RegistryScene::request("a", R"("int")");
    request.schema.ruleSet = rules.toStdString();
    QCOMPARE(scene.put(request).error().code, 42210);
    QCOMPARE(lookUpSchema(scene.state, scene.cache, request, Deleted::Without).error().code, 42210);
}

void GivenMetadataTest::refusesAnotherShape_data() {
    QTest::addColumn<QString>("json");
    QTest::newRow("tags") << R"({"tags":[]})";
    QTest::newRow("one tag") << R"({"tags":{"a":"b"}})";
    QTest::newRow("properties") << R"({"properties":"a"})";
    QTest::newRow("a property") << R"({"properties":{"a":{}}})";
    QTest::newRow("sensitive") << R"({"sensitive":{"a":1}})";
    QTest::newRow("rules") << R"({"domainRules":{}})";
    QTest::newRow("a rule") << R"({"domainRules":["x"]})";
    QTest::newRow("a rule's name") << R"({"domainRules":[{"name":[]}]})";
    QTest::newRow("a rule's parameters") << R"({"domainRules":[{"name":"a","type":"X","params":["p"]}]})";
    QTest::newRow("no object") << "[]";
    QTest::newRow("no JSON") << "{";
}

void GivenMetadataTest::refusesAnotherShape() {
    QFETCH(QString, json);
    const auto text = json.toStdString();
    const auto metadata = givenMetadata(text);
    const auto rules = givenRuleSet(text);
    QVERIFY(!metadata || !rules);
    QCOMPARE(metadata ? rules.error().code : metadata.error().code, 400);
}

void GivenMetadataTest::isOneSchemaHoweverItIsWritten() {
    RegistryScene scene;
    const auto with = [&](const std::string& metadata) {
        auto request = RegistryScene::request("a", R"("int")");
        request.schema.metadata = metadata;
        return scene.put(request);
    };
    const auto five = with(R"({"properties":{"n":5}})");
    QCOMPARE(with(R"({"sensitive":[],"properties":{"n":"5"}})")->id, five->id);
    QVERIFY(with(R"({"properties":{"n":6}})")->id != five->id);
    QCOMPARE(five->definition->metadata, std::string(R"({"properties":{"n":"5"}})"));
}

void GivenMetadataTest::aReferenceToTheLatestIsPinned() {
    RegistryScene scene;
    scene.put("tail", R"({"type":"fixed","name":"Tail","size":6})");
    const auto flight = test::recordOf(R"({"name":"tail","type":"Tail"})", "Flight");
    const auto made = scene.put(RegistryScene::request("flight", flight, {{"Tail", "tail", -1}}));
    QVERIFY(made);
    QCOMPARE(made->definition->references.front().version, 1);
    QCOMPARE(scene.remove("tail").error().code, 42206);
    const auto found = lookUpSchema(scene.state, scene.cache,
                                    RegistryScene::request("flight", flight, {{"Tail", "tail", -1}}), Deleted::Without);
    QCOMPARE(found->id, made->id);
    const auto none = scene.put(RegistryScene::request("flight", flight, {{"Tail", "none", -1}}));
    QCOMPARE(none.error().code, 42201);
    // Brought back only after what it refers to.
    for (const char* subject : {"flight", "tail"}) {
        scene.remove(subject);
        scene.remove(subject, true);
    }
    const auto restored = decideRestore(scene.state, SubjectName::parse("flight"), 1);
    QCOMPARE(restored.error().code, 42201);
    QVERIFY(restored.error().message.find("'tail' has no version 1") != std::string::npos);
    scene.apply(*decideRestore(scene.state, SubjectName::parse("tail"), 1));
    QVERIFY(decideRestore(scene.state, SubjectName::parse("flight"), 1));
}

void GivenMetadataTest::aWrongDefaultIsRefusedInANewSchemaOnly() {
    RegistryScene scene;
    const auto request = RegistryScene::request("a", kWrong);
    QCOMPARE(scene.put(request).error().code, 42201);
    QCOMPARE(checkSchema(scene.state, scene.cache, request, std::nullopt).error().code, 42201);
    // It is there: from before, from another registry, or imported.
    scene.apply({*decideMode(scene.state, "a", "IMPORT", false)});
    auto imported = request;
    imported.id = SchemaId(7);
    QVERIFY(scene.put(imported));
    scene.apply({*decideMode(scene.state, "a", "READWRITE", false)});
    QCOMPARE(lookUpSchema(scene.state, scene.cache, request, Deleted::Without)->id, SchemaId(7));
    QCOMPARE(scene.put(request)->id, SchemaId(7)); // a producer registers what it has at each start
    QVERIFY(scene.put("a", R"({"type":"record","name":"R","fields":[{"name":"x","type":"int"}]})"));
    // Where new schemas aren't validated, another one like it can be registered, unless it is normalised.
    scene.config("b", R"({"validateNewSchemas":false})");
    auto other = RegistryScene::request("b", kWrong);
    QVERIFY(checkSchema(scene.state, scene.cache, other, std::nullopt)->isCompatible());
    other.isNormalized = true;
    QCOMPARE(scene.put(other).error().code, 42201);
    other.isNormalized = false;
    QCOMPARE(scene.put(other)->id, SchemaId(7));
}

QTEST_MAIN(GivenMetadataTest)
#include "given_metadata_test.moc"
