// SPDX-License-Identifier: Apache-2.0
#include "registry_scene.h"

#include <QtTest>
#include <fmt/format.h>

#include <limits>

using namespace meshbone;
using namespace meshbone::catalog;
using test::recordOf;
using test::RegistryScene;

class RegisterTest : public QObject {
    Q_OBJECT
private slots:
    void idsAndVersions();
    void theSameSchemaIsOneHoweverItIsWritten();
    void referencesMetadataAndRulesMakeAnotherId();
    void levels_data();
    void levels();
    void whatStandsAgainstItIsTold();
    void referencesAreFollowed();
    void importKeepsIds();
    void theLastNumbersAreNotGiven();
    void compareAndSet();
    void onceMoreIsNoNewVersion();
    void metadataFromSettingsAndEarlierVersions();
    void contextsCountForThemselves();
    void badSubjects_data();
    void badSubjects();
    void checksOneVersionWithoutTheOthers();
    void looksUp();
    void reservedFieldsStayReserved();
};

void RegisterTest::idsAndVersions() {
    RegistryScene scene;
    QCOMPARE(scene.put("a", R"("int")")->id, SchemaId(1));
    const auto again = scene.put("a", R"("int")");
    QVERIFY(!again->isNew);
    QCOMPARE(again->version, 1);
    const auto second = scene.put("a", R"("long")");
    QCOMPARE(second->version, 2);
    QCOMPARE(second->id, SchemaId(2));
    QCOMPARE(scene.put("b", R"("int")")->id, SchemaId(1)); // under another subject it keeps its id
    QCOMPARE(scene.put("a", R"("int")")->version, 1);      // an old one is told as it is
}

void RegisterTest::theSameSchemaIsOneHoweverItIsWritten() {
    RegistryScene scene;
    scene.put("a", R"({"type": "record", "name": "R", "fields": []})");
    QVERIFY(!scene.put("a", R"({"fields":[],"name":"R","type":"record"})")->isNew);
}

void RegisterTest::referencesMetadataAndRulesMakeAnotherId() {
    RegistryScene scene;
    scene.config("a", R"({"compatibility":"NONE"})");
    auto request = RegistryScene::request("a", R"("int")");
    const auto plain = scene.put(request);
    request.schema.metadata = R"({"properties":{"owner":"ops"}})";
    const auto owned = scene.put(request);
    request.schema.ruleSet = R"({"domainRules":[{"name":"r","kind":"CONDITION","mode":"WRITE","type":"CEL"}]})";
    const auto ruled = scene.put(request);
    QVERIFY(owned->isNew && ruled->isNew);
    QVERIFY(plain->id != owned->id && owned->id != ruled->id);
}

void RegisterTest::levels_data() {
    QTest::addColumn<QString>("level");
    QTest::addColumn<bool>("addsWithDefault"); // to the latest
    QTest::addColumn<bool>("addsWithoutDefault");
    QTest::addColumn<bool>("takesAway");
    QTest::addColumn<bool>("breaksTheFirstOnly"); // fits the latest, not the one before
    QTest::newRow("NONE") << "NONE" << true << true << true << true;
    QTest::newRow("BACKWARD") << "BACKWARD" << true << false << true << true;
    QTest::newRow("BACKWARD_TRANSITIVE") << "BACKWARD_TRANSITIVE" << true << false << true << false;
    QTest::newRow("FORWARD") << "FORWARD" << true << true << false << true;
    QTest::newRow("FULL") << "FULL" << true << false << false << true;
    QTest::newRow("FULL_TRANSITIVE") << "FULL_TRANSITIVE" << true << false << false << false;
}

void RegisterTest::levels() {
    QFETCH(QString, level);
    QFETCH(bool, addsWithDefault);
    QFETCH(bool, addsWithoutDefault);
    QFETCH(bool, takesAway);
    QFETCH(bool, breaksTheFirstOnly);
    RegistryScene scene;
    scene.put("a", recordOf(R"({"name":"x","type":"int"})"));
    scene.config("a", R"({"compatibility":")" + level.toStdString() + "\"}");
    const auto fits = [&](const std::string& fields) {
        return decideRegister(scene.state, scene.cache, RegistryScene::request("a", recordOf(fields))).has_value();
    };
    QCOMPARE(fits(R"({"name":"x","type":"int"},{"name":"y","type":"int","default":0})"), addsWithDefault);
    QCOMPARE(fits(R"({"name":"x","type":"int"},{"name":"y","type":"int"})"), addsWithoutDefault);
    QCOMPARE(fits(""), takesAway);
    // x gets a default, then goes, then comes back as another type: only the first versions stand against it.
    scene.config("a", R"({"compatibility":"NONE"})");
    scene.put("a", recordOf(R"({"name":"z","type":"int","default":0})"));
    scene.config("a", R"({"compatibility":")" + level.toStdString() + "\"}");
    QCOMPARE(fits(R"({"name":"z","type":"int","default":0},{"name":"x","type":"string","default":""})"),
             breaksTheFirstOnly);
}

void RegisterTest::whatStandsAgainstItIsTold() {
    RegistryScene scene;
    scene.put("a", recordOf(""));
    const auto refused = scene.put("a", recordOf(R"({"name":"x","type":"int"})"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, 409);
    QCOMPARE(refused.error().status(), 409);
    for (const auto* part :
         {"incompatible with an earlier schema for subject \"a\"", "READER_FIELD_MISSING_DEFAULT_VALUE",
          "Give `x` a default", "oldSchemaVersion: 1", "compatibility: 'BACKWARD'"}) {
        QVERIFY2(refused.error().message.find(part) != std::string::npos, refused.error().message.c_str());
    }
}

void RegisterTest::referencesAreFollowed() {
    RegistryScene scene;
    scene.put("tail", R"({"type":"fixed","name":"Tail","size":6})");
    const auto flight = recordOf(R"({"name":"tail","type":"Tail"})", "Flight");
    QVERIFY(!scene.put("flight", flight));
    QVERIFY(scene.put(RegistryScene::request("flight", flight, {{"Tail", "tail", 1}})));
    const auto missing = scene.put(RegistryScene::request("flight", flight, {{"Tail", "tail", 9}}));
    QCOMPARE(missing.error().code, 42201);
    QVERIFY(missing.error().message.find("no version 9") != std::string::npos);
    // What is referred to can't be deleted.
    QCOMPARE(scene.remove("tail").error().code, 42206);
    QCOMPARE(scene.remove("tail", 1).error().code, 42206);
    QVERIFY(scene.remove("flight"));
    QVERIFY(scene.remove("tail"));
}

void RegisterTest::importKeepsIds() {
    RegistryScene scene;
    auto request = RegistryScene::request("a", R"("int")");
    request.id = SchemaId(77);
    QCOMPARE(scene.put(request).error().code, 42205);
    scene.apply({*decideMode(scene.state, "a", "IMPORT", false)});
    request.version = 5;
    const auto imported = scene.put(request);
    QCOMPARE(imported->id, SchemaId(77));
    QCOMPARE(imported->version, 5);
    auto other = RegistryScene::request("a", R"("long")");
    other.id = SchemaId(77);
    QCOMPARE(scene.put(other).error().code, 42205); // the id is taken
    QCOMPARE(decideMode(scene.state, "a", "IMPORT", false).error().code, 42205);
    QVERIFY(decideMode(scene.state, "a", "import", true));
    QCOMPARE(decideMode(scene.state, "a", "WHENEVER", false).error().code, 42204);
    scene.apply({*decideMode(scene.state, "a", "READWRITE", false)});
    QCOMPARE(scene.put("b", R"("string")")->id, SchemaId(78));
    scene.apply({*decideMode(scene.state, "", "READONLY", false)});
    QCOMPARE(scene.put("c", R"("string")").error().code, 42205);
}

void RegisterTest::theLastNumbersAreNotGiven() {
    constexpr int kHighest = std::numeric_limits<int>::max();
    RegistryScene scene;
    scene.apply({*decideMode(scene.state, "a", "IMPORT", false)});
    auto request = RegistryScene::request("a", R"("int")");
    request.id = SchemaId(kHighest);
    QCOMPARE(scene.put(request).error().code, 42205);
    request.id = SchemaId(kHighest - 1);
    request.version = kHighest;
    QCOMPARE(scene.put(request).error().code, 42202);
    request.version = kHighest - 1;
    QCOMPARE(scene.put(request)->id, SchemaId(kHighest - 1));
    scene.apply({*decideMode(scene.state, "a", "READWRITE", false)});
    QCOMPARE(scene.put("b", R"("string")").error().code, 50001); // no id is left
    QCOMPARE(scene.put("b", R"("int")")->id, SchemaId(kHighest - 1));
    QCOMPARE(scene.put(":.c:b", R"("string")")->id, SchemaId(1));
    QCOMPARE(scene.put("a", R"("string")").error().code, 42202); // nor a version
}

void RegisterTest::compareAndSet() {
    RegistryScene scene;
    auto request = RegistryScene::request("a", R"("int")");
    request.version = 1;
    const auto first = scene.put(request);
    QVERIFY(first->isChanged);
    QVERIFY(first->definition->metadata.find(R"("confluent:version":"1")") != std::string::npos);
    request.schema.text = R"("long")";
    request.version = 3;
    QCOMPARE(scene.put(request).error().code, 42201);
    request.version = 2;
    QCOMPARE(scene.put(request)->version, 2);
}

void RegisterTest::onceMoreIsNoNewVersion() {
    RegistryScene scene;
    auto request = RegistryScene::request("a", R"("int")");
    request.schema.metadata = R"({"properties":{"confluent:version":"1"}})";
    const auto first = scene.put(request);
    QVERIFY(first->isNew);
    const auto again = scene.put(request);
    QVERIFY(!again->isNew && !again->isChanged);
    QCOMPARE(again->version, 1);
    QCOMPARE(again->id, first->id);
    const auto plain = scene.put("a", R"("int")"); // the metadata is the registry's doing then
    QVERIFY(!plain->isNew && plain->isChanged);
    QCOMPARE(plain->version, 1);
    QCOMPARE(scene.put("a", R"("long")")->version, 2);
    QCOMPARE(scene.put(request)->version, 1); // an old one is told as it is
    request.schema.metadata = R"({"properties":{"confluent:version":"1","owner":"ops"}})";
    QCOMPARE(scene.put(request).error().code, 409); // another one: "int" doesn't read "long"
}

void RegisterTest::metadataFromSettingsAndEarlierVersions() {
    RegistryScene scene;
    scene.config("", R"({"defaultMetadata":{"properties":{"team":"core","tier":"3"}},)"
                     R"("overrideMetadata":{"properties":{"tier":"1"}}})");
    auto request = RegistryScene::request("a", R"("int")");
    request.schema.metadata = R"({"properties":{"team":"ops"}})";
    QCOMPARE(scene.put(request)->definition->metadata, std::string(R"({"properties":{"team":"ops","tier":"1"}})"));
    QCOMPARE(scene.put("a", R"("long")")->definition->metadata,
             std::string(R"({"properties":{"team":"ops","tier":"1"}})"));
}

void RegisterTest::contextsCountForThemselves() {
    RegistryScene scene;
    scene.put("a", R"("int")");
    scene.put("b", R"("long")");
    const auto other = scene.put(":.test:a", R"("long")");
    QCOMPARE(other->id, SchemaId(1));
    QCOMPARE(scene.state.contexts(), (std::vector<std::string>{".", ".test"}));
    QCOMPARE(scene.state.subjects(":.test:", Deleted::Without), std::vector<std::string>{":.test:a"});
    QCOMPARE(decideDeleteContext(scene.state, ".test").error().code, 42211);
}

void RegisterTest::badSubjects_data() {
    QTest::addColumn<QString>("subject");
    QTest::newRow("empty") << "";
    QTest::newRow("blank") << "  ";
    QTest::newRow("reserved") << "__GLOBAL";
    QTest::newRow("a control character") << "a\nb";
    QTest::newRow("too long") << QString(2'000, QLatin1Char('a'));
}

void RegisterTest::badSubjects() {
    QFETCH(QString, subject);
    RegistryScene scene;
    QCOMPARE(scene.put(subject.toStdString(), R"("int")").error().code, 42208);
}

void RegisterTest::checksOneVersionWithoutTheOthers() {
    RegistryScene scene;
    scene.config("a", R"({"compatibility":"NONE"})");
    scene.put("a", recordOf(R"({"name":"x","type":"int"})"));
    scene.put("a", recordOf(R"({"name":"x","type":"string"})"));
    scene.config("a", R"({"compatibility":"BACKWARD_TRANSITIVE"})");
    const auto request =
        RegistryScene::request("a", recordOf(R"({"name":"x","type":"string"},{"name":"y","type":"int",)"
                                             R"("default":1})"));
    QVERIFY(checkSchema(scene.state, scene.cache, request, -1)->isCompatible());
    QVERIFY(!checkSchema(scene.state, scene.cache, request, 1)->isCompatible());
    QVERIFY(!checkSchema(scene.state, scene.cache, request, std::nullopt)->isCompatible());
    QCOMPARE(checkSchema(scene.state, scene.cache, request, 9).error().code, 40402);
    QCOMPARE(checkSchema(scene.state, scene.cache, RegistryScene::request("b", R"("int")"), 1).error().code, 40401);
    QVERIFY(checkSchema(scene.state, scene.cache, RegistryScene::request("b", R"("int")"), -1)->isCompatible());
}

void RegisterTest::looksUp() {
    RegistryScene scene;
    scene.put("a", R"("int")");
    QCOMPARE(lookUpSchema(scene.state, scene.cache, RegistryScene::request("a", R"({"type":"int"})"), Deleted::Without)
                 ->version,
             1);
    QCOMPARE(
        lookUpSchema(scene.state, scene.cache, RegistryScene::request("a", R"("long")"), Deleted::Without).error().code,
        40403);
    QCOMPARE(
        lookUpSchema(scene.state, scene.cache, RegistryScene::request("b", R"("int")"), Deleted::Without).error().code,
        40401);
    scene.remove("a");
    QCOMPARE(
        lookUpSchema(scene.state, scene.cache, RegistryScene::request("a", R"("int")"), Deleted::Without).error().code,
        40401);
    QVERIFY(lookUpSchema(scene.state, scene.cache, RegistryScene::request("a", R"("int")"), Deleted::With)->isDeleted);
}

void RegisterTest::reservedFieldsStayReserved() {
    RegistryScene scene;
    const auto put = [&](const char* field, const char* metadata) {
        auto request =
            RegistryScene::request("a", recordOf(fmt::format(R"({{"name":"{}","type":"int","default":0}})", field)));
        request.schema.metadata = metadata;
        return scene.put(request);
    };
    QVERIFY(put("x", R"({"properties":{"confluent:reserved":"x"}})")); // looked at only where it is wanted
    scene.config("", R"({"validateFields":true,"compatibility":"NONE"})");
    const auto used = put("y", R"({"properties":{"confluent:reserved":" x , y,"}})");
    QCOMPARE(used.error().status(), 409);
    QVERIFY(used.error().message.find("conflicts with the reserved field y.") != std::string::npos);
    const auto gone = put("y", R"({"properties":{"confluent:reserved":"z"}})");
    QVERIFY(gone.error().message.find("reserved field x removed") != std::string::npos);
    QVERIFY(put("y", R"({"properties":{"confluent:reserved":"x,z"}})"));
    QVERIFY(put("w", "")); // what isn't given is the latest version's
}

QTEST_MAIN(RegisterTest)
#include "register_test.moc"
