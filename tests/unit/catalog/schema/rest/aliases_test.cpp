// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

/// A subject whose settings say that it stands for another one, and GET /schemas with such subjects.
class AliasesTest : public QObject {
    Q_OBJECT
private slots:
    void isKeptAndShown();
    void badAliases_data();
    void badAliases();
    void requestsGoToWhatItStandsFor();
    void changesGoToWhatItStandsFor();
    void anIdIsLookedForInWhatItStandsFor();
    void onlyOneStepIsFollowed();
    void aNameWithoutAContextIsOfItsOwn();
    void rightsCountOnWhatItStandsFor();
    void schemasWithTheirAliases();
    void schemasOfAnAliasesPrefix();
    void aliasesAreShownToTheirReaders();
};

namespace {

constexpr auto kInt = R"("int")";
constexpr auto kLong = R"("long")";

void setAlias(ServedRegistry& registry, const std::string& subject, const std::string& other) {
    QCOMPARE(registry.ask("PUT", "/config/" + subject, {{"alias", other}}).status, 200);
}

/// "orders v1 [new old]" for each.
std::vector<std::string> listed(ServedRegistry& registry, const std::string& query) {
    std::vector<std::string> lines;
    for (const auto& one : registry.ask("GET", "/schemas?" + query).json()) {
        auto line = one["subject"].get<std::string>() + " v" + std::to_string(one["version"].get<int>());
        for (const auto& alias : one.value("aliases", Json::array())) {
            line += " " + alias.get<std::string>();
        }
        lines.push_back(line);
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

void AliasesTest::isKeptAndShown() {
    ServedRegistry registry;
    QCOMPARE(registry.ask("PUT", "/config/old", {{"alias", "new"}}).json(), Json({{"alias", "new"}}));
    QCOMPARE(registry.ask("GET", "/config/old").json()["alias"], "new");
    QCOMPARE(registry.ask("GET", "/config/new").code(), 40408); // settings are of the subject that is named
    // An empty one stands for itself; taken away it is gone.
    setAlias(registry, "old", "");
    registry.put("old", kInt);
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json({"old"}));
    QCOMPARE(registry.ask("DELETE", "/config/old").status, 200);
    QCOMPARE(registry.ask("GET", "/config/old").code(), 40408);
}

void AliasesTest::badAliases_data() {
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("a number") << R"({"alias":5})" << 400;
    QTest::newRow("an object") << R"({"alias":{}})" << 400;
    QTest::newRow("no name of a subject") << R"({"alias":"__GLOBAL"})" << 42208;
    QTest::newRow("a context alone") << R"({"alias":":.air:"})" << 42208;
}

void AliasesTest::badAliases() {
    QFETCH(QString, body);
    QFETCH(int, code);
    static ServedRegistry registry; // nothing here changes it
    QCOMPARE(registry.send("PUT", "/config/old", body.toStdString()).code(), code);
    QCOMPARE(registry.ask("GET", "/config/old").code(), 40408);
}

void AliasesTest::requestsGoToWhatItStandsFor() {
    ServedRegistry registry;
    registry.put("new", kInt);
    registry.put("old", kLong); // hidden by the alias
    setAlias(registry, "old", "new");
    const auto shown = registry.ask("GET", "/subjects/old/versions/1").json();
    QCOMPARE(shown["subject"], "new");
    QCOMPARE(shown["schema"], kInt);
    QCOMPARE(registry.ask("GET", "/subjects/old/versions/latest/schema").text, std::string(kInt));
    QCOMPARE(registry.ask("GET", "/subjects/old/versions").json(), Json({1}));
    QCOMPARE(registry.ask("GET", "/subjects/old/versions/1/referencedby").json(), Json::array());
    QCOMPARE(registry.ask("GET", "/subjects/old/metadata").json()["subject"], "new");
    QCOMPARE(registry.ask("POST", "/subjects/old", {{"schema", kInt}}).json()["subject"], "new");
    QCOMPARE(registry.ask("POST", "/subjects/old", {{"schema", kLong}}).code(), 40403);
    const auto check = [&](const char* schema) {
        return registry.ask("POST", "/compatibility/subjects/old/versions/latest", {{"schema", schema}})
            .json()["is_compatible"]
            .get<bool>();
    };
    QVERIFY(check(kLong)); // a reader of long reads int
    QVERIFY(!check(R"("bytes")"));
    QCOMPARE(registry.ask("GET", "/subjects/old/versions/7").code(), 40402);
    setAlias(registry, "lost", "nowhere");
    const auto none = registry.ask("GET", "/subjects/lost/versions/1");
    QCOMPARE(none.json()["message"], "Subject 'nowhere' not found.");
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json({"new", "old"})); // lists tell what there is
}

void AliasesTest::changesGoToWhatItStandsFor() {
    ServedRegistry registry;
    setAlias(registry, "old", "new");
    QCOMPARE(registry.put("old", kInt).status, 200);
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json({"new"}));
    QCOMPARE(registry.put("old", kLong).status, 200);
    const Json tags{{"metadata", {{"properties", {{"owner", "ada"}}}}}};
    QCOMPARE(registry.ask("POST", "/subjects/old/versions/latest/tags", tags).status, 200);
    QCOMPARE(registry.ask("GET", "/subjects/new/versions").json(), Json({1, 2, 3}));
    QCOMPARE(registry.ask("DELETE", "/subjects/old/versions/1").text, std::string("1"));
    QCOMPARE(registry.ask("GET", "/subjects/new/versions").json(), Json({2, 3}));
    QCOMPARE(registry.ask("POST", "/subjects/old/versions/1/restore").status, 200);
    QCOMPARE(registry.ask("GET", "/subjects/new/versions").json(), Json({1, 2, 3}));
    QCOMPARE(registry.ask("DELETE", "/subjects/old").json(), Json({1, 2, 3}));
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json::array());
    QCOMPARE(registry.ask("GET", "/config/old").json()["alias"], "new"); // the alias itself stays
}

void AliasesTest::anIdIsLookedForInWhatItStandsFor() {
    ServedRegistry registry;
    registry.put("other", kLong); // has id 1 in the default context
    registry.put(":.air:flights", kInt);
    setAlias(registry, "old", ":.air:flights");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").json()["schema"], kLong);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1?subject=old").json()["schema"], kInt);
}

void AliasesTest::onlyOneStepIsFollowed() {
    ServedRegistry registry;
    registry.put("new", kInt);
    registry.put("middle", kLong);
    setAlias(registry, "middle", "new");
    setAlias(registry, "old", "middle");
    QCOMPARE(registry.ask("GET", "/subjects/old/versions/1").json()["subject"], "middle");
    QCOMPARE(registry.put("old", R"("double")").status, 200);
    QCOMPARE(registry.ask("GET", "/subjects/old/versions").json(), Json({1, 2}));
    QCOMPARE(registry.ask("GET", "/subjects/new/versions").json(), Json({1}));
    setAlias(registry, "self", "self");
    QCOMPARE(registry.put("self", kInt).status, 200);
    QCOMPARE(registry.ask("GET", "/subjects/self/versions").json(), Json({1}));
}

void AliasesTest::aNameWithoutAContextIsOfItsOwn() {
    ServedRegistry registry;
    setAlias(registry, ":.air:old", "new");
    registry.put(":.air:old", kInt);
    QCOMPARE(registry.ask("GET", "/subjects?subjectPrefix=:.air:").json(), Json({":.air:new"}));
    QCOMPARE(registry.ask("GET", "/contexts/.air/subjects/old/versions").json(), Json({1}));
}

void AliasesTest::rightsCountOnWhatItStandsFor() {
    SchemaServiceOptions options;
    options.mayDo = [](const std::string& who, RegistryAction, const std::string& subject) {
        return who != "stranger" || subject != "secret";
    };
    ServedRegistry registry(std::move(options));
    registry.put("secret", kInt);
    registry.put("open", kInt);
    registry.principal = "stranger";
    setAlias(registry, "mine", "secret"); // who may set this may not see that by it
    setAlias(registry, "also", "open");
    for (const auto* path : {"/subjects/mine/versions", "/subjects/mine/versions/1", "/subjects/mine/versions/1/schema",
                             "/subjects/mine/versions/1/referencedby", "/subjects/mine/metadata"}) {
        QCOMPARE(registry.ask("GET", path).code(), 40301);
    }
    QCOMPARE(registry.put("mine", kLong).code(), 40301);
    QCOMPARE(registry.ask("POST", "/subjects/mine", {{"schema", kInt}}).code(), 40301);
    QCOMPARE(registry.ask("POST", "/compatibility/subjects/mine/versions", {{"schema", kInt}}).code(), 40301);
    QCOMPARE(registry.ask("POST", "/subjects/mine/versions/1/tags", Json::object()).code(), 40301);
    QCOMPARE(registry.ask("DELETE", "/subjects/mine/versions/1").code(), 40301);
    QCOMPARE(registry.ask("DELETE", "/subjects/mine").code(), 40301);
    QCOMPARE(registry.ask("GET", "/subjects/also/versions").json(), Json({1}));
}

void AliasesTest::schemasWithTheirAliases() {
    ServedRegistry registry;
    registry.put("new", kInt);
    registry.put("new", kLong);
    registry.put("other", kInt);
    setAlias(registry, "old", "new");
    setAlias(registry, "ancient", "new");
    registry.ask("PUT", "/config", {{"alias", "other"}}); // of all subjects: no subject stands for another by it
    QCOMPARE(listed(registry, ""), (Lines{"new v1", "new v2", "other v1"}));
    QCOMPARE(listed(registry, "aliases=false"), (Lines{"new v1", "new v2", "other v1"}));
    QCOMPARE(listed(registry, "aliases=true"), (Lines{"new v1 ancient old", "new v2 ancient old", "other v1"}));
    QCOMPARE(listed(registry, "aliases=true&latestOnly=true"), (Lines{"new v2 ancient old", "other v1"}));
    QCOMPARE(listed(registry, "aliases=true&offset=1&limit=1"), (Lines{"new v2 ancient old"}));
}

/// What an alias of the prefix stands for is found with it, wherever that is.
void AliasesTest::schemasOfAnAliasesPrefix() {
    ServedRegistry registry;
    registry.put("new", kInt);
    registry.put("old-other", kInt);
    registry.put(":.air:flights", kInt);
    setAlias(registry, "old", "new");
    setAlias(registry, "old-flights", ":.air:flights");
    setAlias(registry, "old-lost", "nowhere");
    QCOMPARE(listed(registry, "subjectPrefix=old"), (Lines{"old-other v1"}));
    QCOMPARE(listed(registry, "subjectPrefix=old&aliases=true"),
             (Lines{":.air:flights v1 old-flights", "new v1 old", "old-other v1"}));
    QCOMPARE(listed(registry, "subjectPrefix=new&aliases=true"), (Lines{"new v1"})); // an alias without the prefix
    registry.ask("DELETE", "/subjects/new");
    QCOMPARE(listed(registry, "subjectPrefix=old&aliases=true"),
             (Lines{":.air:flights v1 old-flights", "old-other v1"}));
    QCOMPARE(listed(registry, "subjectPrefix=old&aliases=true&deleted=true"),
             (Lines{":.air:flights v1 old-flights", "new v1 old", "old-other v1"}));
}

void AliasesTest::aliasesAreShownToTheirReaders() {
    SchemaServiceOptions options;
    options.mayDo = [](const std::string& who, RegistryAction, const std::string& subject) {
        return who != "stranger" || (subject != "secret" && subject != "hidden");
    };
    ServedRegistry registry(std::move(options));
    registry.put("secret", kInt);
    registry.put("open", kInt);
    setAlias(registry, "to-secret", "secret");
    setAlias(registry, "hidden", "open");
    setAlias(registry, "seen", "open");
    registry.principal = "stranger";
    QCOMPARE(listed(registry, "aliases=true"), (Lines{"open v1 seen"}));
    QCOMPARE(listed(registry, "subjectPrefix=to&aliases=true"), Lines());
}

QTEST_GUILESS_MAIN(AliasesTest)
#include "aliases_test.moc"
