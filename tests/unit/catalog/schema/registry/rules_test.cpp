// SPDX-License-Identifier: Apache-2.0
#include "registry_scene.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::RegistryScene;

class RulesTest : public QObject {
    Q_OBJECT
private slots:
    void deletingAndItsRefusals();
    void versionsGoOnOrBeginAgain();
    void deletedIsNotLost();
    void idsAreNeverGivenTwice();
    void settingsAreLookedForFromTheNearest();
    void configurationsAreChangedInParts();
    void theLastMemberTakenAwayTakesAll();
    void badConfigurations_data();
    void badConfigurations();
    void flagsAndTextsAreTakenInOtherForms();
    void whatIsReadOnlyKeepsItsConfiguration();
    void theConfigurationInScopeHasAll();
    void anAliasStandsForItsSubject();
};

void RulesTest::deletingAndItsRefusals() {
    RegistryScene scene;
    QCOMPARE(scene.remove("a").error().code, 40401);
    scene.put("a", R"("int")");
    scene.put("a", R"("long")");
    QCOMPARE(scene.remove("a", true).error().code, 40405);
    QCOMPARE(scene.remove("a", 1, true).error().code, 40407);
    QCOMPARE(scene.remove("a", 9).error().code, 40402);
    QCOMPARE(scene.remove("a", 1)->versions, std::vector<int>{1});
    QCOMPARE(scene.remove("a", 1).error().code, 40406);
    QCOMPARE(scene.remove("a")->versions, std::vector<int>{2});
    QCOMPARE(scene.remove("a").error().code, 40404);
    QCOMPARE(scene.remove("a", true)->versions, (std::vector<int>{1, 2}));
    QCOMPARE(scene.remove("a").error().code, 40401);
}

void RulesTest::versionsGoOnOrBeginAgain() {
    RegistryScene scene;
    scene.put("a", R"("int")");
    scene.remove("a");
    QCOMPARE(scene.put("a", R"("long")")->version, 2);
    scene.remove("a");
    scene.remove("a", true);
    QCOMPARE(scene.put("a", R"("string")")->version, 1);
}

void RulesTest::deletedIsNotLost() {
    RegistryScene scene;
    const auto id = scene.put("a", R"("int")")->id;
    scene.put("a", R"("long")");
    QCOMPARE(decideRestore(scene.state, SubjectName::parse("a"), 1).error().code, 42205);
    scene.remove("a", 1);
    scene.apply(*decideRestore(scene.state, SubjectName::parse("a"), 1));
    QVERIFY(!scene.state.version("a", 1)->isDeleted);
    scene.remove("a");
    scene.remove("a", true);
    QVERIFY(!scene.state.byId(".", id));
    scene.apply(*decideRestore(scene.state, SubjectName::parse("a"), 1));
    QCOMPARE(scene.state.version("a", 1)->id, id);
    QCOMPARE(scene.state.byId(".", id)->text, std::string(R"("int")"));
    QCOMPARE(decideRestore(scene.state, SubjectName::parse("a"), 7).error().code, 40402);
}

void RulesTest::idsAreNeverGivenTwice() {
    RegistryScene scene;
    scene.put("a", R"("int")");
    scene.remove("a");
    const auto deleted = scene.remove("a", true);
    QCOMPARE(scene.put("b", R"("long")")->id, SchemaId(2));
    // A registry that reads a compacted log: of the deletion only the NOOP record and the tombstones are left.
    RegistryState later;
    for (const auto& record : deleted->records) {
        later.apply(record, 0);
    }
    QCOMPARE(later.highestId("."), 1);
}

void RulesTest::settingsAreLookedForFromTheNearest() {
    RegistryScene scene;
    const auto level = [&](const char* subject) {
        return settingsInScope(scene.state, SubjectName::parse(subject)).level;
    };
    QCOMPARE(level("a"), CompatibilityLevel::Backward);
    scene.config("", R"({"compatibility":"full"})");
    scene.config(":.c:", R"({"compatibility":"FORWARD"})");
    scene.config(":.c:a", R"({"compatibility":"NONE"})");
    QCOMPARE(level("a"), CompatibilityLevel::Full);
    QCOMPARE(level(":.c:b"), CompatibilityLevel::Forward);
    QCOMPARE(level(":.c:a"), CompatibilityLevel::None);
    scene.apply(
        {*decideMode(scene.state, "a", "READONLY", false), *decideMode(scene.state, "", "READONLY_OVERRIDE", false)});
    QCOMPARE(modeInScope(scene.state, SubjectName::parse("a")), SubjectMode::ReadOnlyOverride);
}

void RulesTest::configurationsAreChangedInParts() {
    RegistryScene scene;
    scene.config("a", R"({"compatibility":"FULL","normalize":true})");
    scene.config("a", R"({"compatibilityPolicy":"LENIENT","normalize":null})");
    QCOMPARE(shownConfig(*scene.state.config("a")),
             std::string(R"({"compatibilityLevel":"FULL","compatibilityPolicy":"LENIENT"})"));
    QCOMPARE(settingsInScope(scene.state, SubjectName::parse("a")).policy, CompatibilityPolicy::Lenient);
}

void RulesTest::theLastMemberTakenAwayTakesAll() {
    RegistryScene scene;
    scene.config("a", R"({"validation":"REFUSE"})");
    QVERIFY(scene.state.config("a"));
    scene.config("a", R"({"validation":null})");
    QVERIFY(!scene.state.config("a"));
    QVERIFY(!decideConfig(scene.state, "a", R"({"validation":null})")->json); // nothing is left as it was
    scene.config("", R"({"compatibility":"FULL","validation":"LOG"})");
    scene.config("", R"({"validation":null})");
    QCOMPARE(shownConfig(*scene.state.config("")), std::string(R"({"compatibilityLevel":"FULL"})"));
    scene.config("", R"({"compatibility":null})");
    QVERIFY(!scene.state.config(""));
    QCOMPARE(decideConfig(scene.state, "a", R"({"unknown":null})").error().code, 42203);
}

void RulesTest::badConfigurations_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<int>("code");
    QTest::newRow("another level") << R"({"compatibility":"SIDEWARDS"})" << 42203;
    QTest::newRow("a number") << R"({"compatibility":1})" << 42203;
    QTest::newRow("another policy") << R"({"compatibilityPolicy":"MILD"})" << 42203;
    QTest::newRow("nothing") << "{}" << 42203;
    QTest::newRow("no object") << "[]" << 400;
    QTest::newRow("no JSON") << "compatibility" << 400;
    QTest::newRow("no flag") << R"({"normalize":"zz"})" << 400;
    QTest::newRow("a flag that is an object") << R"({"validateNewSchemas":{}})" << 400;
    QTest::newRow("metadata that is none") << R"({"defaultMetadata":5})" << 400;
    QTest::newRow("properties that are none") << R"({"overrideMetadata":{"properties":[1]}})" << 400;
    QTest::newRow("a rule without type") << R"({"defaultRuleSet":{"domainRules":[{"name":"r"}]}})" << 42210;
    QTest::newRow("a group that is none") << R"({"compatibilityGroup":["x"]})" << 400;
}

void RulesTest::badConfigurations() {
    QFETCH(QString, json);
    QFETCH(int, code);
    const auto decided = decideConfig({}, "a", json.toStdString());
    QVERIFY(!decided);
    QCOMPARE(decided.error().code, code);
}

void RulesTest::flagsAndTextsAreTakenInOtherForms() {
    RegistryScene scene;
    scene.config("a", R"({"normalize":"true","validateNewSchemas":0,"compatibilityGroup":7,"x":[],
        "defaultMetadata":{"properties":{"n":5,"gone":null},"sensitive":["b","a","b"],"tags":{"p":["t"]},"x":1}})");
    QCOMPARE(shownConfig(*scene.state.config("a")),
             std::string(R"({"normalize":true,"validateNewSchemas":false,"compatibilityGroup":"7",)"
                         R"("defaultMetadata":{"tags":{"p":["t"]},"properties":{"n":"5"},"sensitive":["a","b"]}})"));
}

void RulesTest::whatIsReadOnlyKeepsItsConfiguration() {
    RegistryScene scene;
    scene.apply({*decideMode(scene.state, "a", "READONLY", false)});
    QCOMPARE(decideConfig(scene.state, "a", R"({"compatibility":"NONE"})").error().code, 42205);
    QVERIFY(decideConfig(scene.state, "b", R"({"compatibility":"NONE"})"));
    QCOMPARE(checkChangeable(scene.state, "a").error().code, 42205);
}

void RulesTest::theConfigurationInScopeHasAll() {
    RegistryScene scene;
    const auto shown = [&](const char* subject) { return configInScope(scene.state, SubjectName::parse(subject)); };
    QCOMPARE(shown(":.c:a"), std::string(R"({"compatibilityLevel":"BACKWARD"})"));
    scene.config("", R"({"compatibility":"FULL","alias":"never","normalize":true})");
    scene.config(":.c:", R"({"compatibility":"NONE"})");
    scene.config(":.c:a", R"({"validation":"LOG","alias":"b"})");
    QCOMPARE(shown(":.c:a"),
             std::string(R"({"validation":"LOG","alias":"b","compatibilityLevel":"NONE","normalize":true})"));
    QCOMPARE(shown("a"), std::string(R"({"compatibilityLevel":"FULL","normalize":true})"));
    scene.config("", R"({"compatibility":null})");
    QVERIFY(shown("").starts_with(R"({"compatibilityLevel":"BACKWARD")"));
}

void RulesTest::anAliasStandsForItsSubject() {
    RegistryScene scene;
    scene.put("orders-value", R"("int")");
    scene.config("orders", R"({"alias":"orders-value"})");
    QCOMPARE(scene.put("orders", R"("int")")->version, 1);
    QVERIFY(!scene.state.versions("orders"));
}

QTEST_MAIN(RulesTest)
#include "rules_test.moc"
