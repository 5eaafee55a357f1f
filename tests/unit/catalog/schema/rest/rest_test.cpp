// SPDX-License-Identifier: Apache-2.0
#include "served_registry.h"

#include <catalog/schema_fetches.h>
#include <catalog/schema_guard.h>

#include <QtTest>

#include <set>

using namespace meshbone;
using namespace meshbone::catalog;
using Json = nlohmann::json;
using test::ServedRegistry;

/// Confluent's REST surface, as its clients use it.
class RestTest : public QObject {
    Q_OBJECT
private slots:
    void registersAndTells();
    void errorsHaveExactlyTwoMembers_data();
    void errorsHaveExactlyTwoMembers();
    void subjectsComeFromTheRawPath();
    void olderClientsSeeWhatTheyKnow();
    void checksCompatibility();
    void configurationsAndModes();
    void deletesAndRestores();
    void tooLargeIsSaid();
    void byIdInItsContext();
    void listsByPrefixAndContext_data();
    void listsByPrefixAndContext();
    void listsWholeSchemas();
    void threeLanguages();
    void rightsAreKept();
    void saysWhoItIs();
    void tellsWhoFetchedWhat();
    void tellsWhatWasWrittenAgainstItsSchema();
    void fetchesKeepTheirBounds();
    void tellsWhoRegisteredAndLookedUp();
    void tellsWhoNamedAVersionOrAGuid();
    void notesAreKeptAndRead();
};

namespace {

constexpr auto kFlight = R"({"type":"record","name":"Flight","fields":[{"name":"tail","type":"string"}]})";
constexpr auto kFlight2 =
    R"({"type":"record","name":"Flight","fields":[{"name":"tail","type":"string"},{"name":"delay",)"
    R"("type":["null","int"],"default":null}]})";

} // namespace

void RestTest::registersAndTells() {
    ServedRegistry registry;
    QCOMPARE(registry.ask("GET", "/subjects").text, std::string("[]"));
    QCOMPARE(registry.put("flights-value", kFlight).text, std::string(R"({"id":1})"));
    QCOMPARE(registry.put("flights-value", kFlight2).json()["id"], 2);
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json({"flights-value"}));
    QCOMPARE(registry.ask("GET", "/subjects/flights-value/versions").json(), Json({1, 2}));
    const auto latest = registry.ask("GET", "/subjects/flights-value/versions/latest").json();
    QCOMPARE(latest, Json({{"subject", "flights-value"}, {"version", 2}, {"id", 2}, {"schema", kFlight2}}));
    QCOMPARE(registry.ask("GET", "/subjects/flights-value/versions/1/schema").text, std::string(kFlight));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").json(), Json({{"schema", kFlight}}));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1?fetchMaxId=true").json()["maxId"], 2);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1/schema").text, std::string(kFlight));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1/subjects").json(), Json({"flights-value"}));
    QCOMPARE(registry.ask("GET", "/schemas/ids/2/versions").json(),
             Json::array({Json{{"subject", "flights-value"}, {"version", 2}}}));
    const auto found = registry.ask("POST", "/subjects/flights-value", {{"schema", kFlight}}).json();
    QCOMPARE(found["version"], 1);
    QCOMPARE(registry.ask("GET", "/schemas/types").json(), Json({"JSON", "PROTOBUF", "AVRO"}));
}

void RestTest::errorsHaveExactlyTwoMembers_data() {
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<int>("code");
    const auto row = [](const char* name, const char* method, const char* target, const char* body, int code) {
        QTest::newRow(name) << QString(method) << QString(target) << QString(body) << (code >= 1000 ? code / 100 : code)
                            << code;
    };
    row("no subject", "GET", "/subjects/none/versions", "", 40401);
    row("no version", "GET", "/subjects/a/versions/9", "", 40402);
    row("no id", "GET", "/schemas/ids/99", "", 40403);
    row("no schema", "POST", "/subjects/a", R"({"schema":"\"string\""})", 40403);
    row("not deleted yet", "DELETE", "/subjects/a?permanent=true", "", 40405);
    row("no configuration of its own", "GET", "/config/a", "", 40408);
    row("no mode of its own", "GET", "/mode/a", "", 40409);
    row("incompatible", "POST", "/subjects/a/versions", R"({"schema":"\"string\""})", 409);
    row("malformed", "POST", "/subjects/a/versions", R"({"schema":"{\"type\":"})", 42201);
    row("empty", "POST", "/subjects/none/versions", R"({"schema":""})", 42201);
    row("another language", "POST", "/subjects/a/versions", R"({"schema":"x","schemaType":"THRIFT"})", 42201);
    row("a missing reference", "POST", "/subjects/a/versions",
        R"({"schema":"\"int\"","references":[{"name":"x","subject":"x","version":1}]})", 42201);
    row("no version's name", "GET", "/subjects/a/versions/first", "", 42202);
    row("version 0", "GET", "/subjects/a/versions/0", "", 42202);
    row("no level", "PUT", "/config", R"({"compatibility":"SOME"})", 42203);
    row("no mode", "PUT", "/mode", R"({"mode":"SOME"})", 42204);
    row("an id without import", "POST", "/subjects/a/versions", R"({"schema":"\"int\"","id":5})", 42205);
    row("a bad subject", "POST", "/subjects/__GLOBAL/versions", R"({"schema":"\"int\""})", 42208);
    row("a zero byte in a subject", "POST", "/subjects/a%00b/versions", R"({"schema":"\"int\""})", 42208);
    row("settings under a zero byte", "GET", "/config/%00", "", 42208);
    row("a zero byte elsewhere", "GET", "/schemas/ids/%00", "", 400);
    row("settings under no name", "PUT", "/config/a%01", R"({"compatibility":"NONE"})", 42208);
    row("a mode under no name", "PUT", "/mode/a%01", R"({"mode":"READONLY"})", 42208);
    row("no JSON", "POST", "/subjects/a/versions", "schema", 400);
    row("a member of another type", "POST", "/subjects/a/versions", R"({"schema":{}})", 400);
    row("a number as a text", "POST", "/subjects/a/versions", R"({"schema":5})", 42201);
    row("no rule", "POST", "/subjects/a/versions",
        R"json({"schema":"\"int\"","ruleSet":{"domainRules":[{"name":"a b","type":"CEL"}]}})json", 42210);
    row("no metadata", "POST", "/subjects/a/versions",
        R"json({"schema":"\"int\"","metadata":{"properties":{"a":[]}}})json", 400);
    const auto deep = std::string(100'000, '[') + std::string(100'000, ']');
    const auto deepIn = [&](const std::string& before) { return before + deep + "}"; };
    row("deep metadata", "POST", "/subjects/a/versions", deepIn(R"({"schema":"\"int\"","metadata":)").c_str(), 400);
    row("deep rules", "POST", "/subjects/a", deepIn(R"({"schema":"\"int\"","ruleSet":)").c_str(), 400);
    row("deep references", "POST", "/compatibility/subjects/a/versions",
        deepIn(R"({"schema":"\"int\"","references":)").c_str(), 400);
    row("deep settings", "PUT", "/config/a", deepIn(R"({"defaultMetadata":)").c_str(), 400);
    row("deep nothing", "PUT", "/mode/a", deep.c_str(), 400);
    row("no route", "GET", "/nowhere", "", 404);
    row("a colon in a context", "GET", "/contexts/.a:b/subjects", "", 400);
    row("octets that are no UTF-8", "GET", "/subjects/%ff%fe/versions", "", 400);
    row("another method", "PATCH", "/subjects", "", 405);
    row("a malformed path", "GET", "/subjects/%zz/versions", "", 400);
    row("a malformed query", "GET", "/subjects?deleted=%zz", "", 400);
}

void RestTest::errorsHaveExactlyTwoMembers() {
    QFETCH(QString, method);
    QFETCH(QString, target);
    QFETCH(QString, body);
    QFETCH(int, status);
    QFETCH(int, code);
    static ServedRegistry registry;
    QCOMPARE(registry.put("a", R"("int")").status, 200);
    const auto answer = registry.send(method.toStdString(), target.toStdString(), body.toStdString());
    QCOMPARE(answer.status, status);
    QCOMPARE(answer.code(), code);
    QCOMPARE(answer.json().size(), 2U);
    QVERIFY(!answer.json()["message"].get<std::string>().empty());
}

void RestTest::subjectsComeFromTheRawPath() {
    ServedRegistry registry;
    QCOMPARE(registry.put("a%2Fb%20c", R"("int")").status, 200);
    QCOMPARE(registry.put(":.test:a", R"("long")").json()["id"], 1);
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json({":.test:a", "a/b c"}));
    QCOMPARE(registry.ask("GET", "/contexts/.test/subjects").json(), Json({":.test:a"}));
    QCOMPARE(registry.ask("GET", "/contexts/.test/subjects/a/versions/1").json()["subject"], ":.test:a");
    QCOMPARE(registry.ask("GET", "/subjects?subjectPrefix=:.test:").json(), Json({":.test:a"}));
    QCOMPARE(registry.ask("GET", "/contexts").json(), Json({".", ".test"}));
    QCOMPARE(registry.ask("DELETE", "/contexts/.test").code(), 42211);
    registry.ask("DELETE", "/contexts/.test/subjects/a");
    registry.ask("DELETE", "/contexts/.test/subjects/a?permanent=true");
    QCOMPARE(registry.ask("DELETE", "/contexts/.test").status, 204);
    QCOMPARE(registry.ask("GET", "/contexts").json(), Json({"."}));

    // However a path spells it, it is one context, and still so after a restart.
    for (const auto* spelling : {"plain", ".plain", ":.plain:"}) {
        const auto path = std::string("/contexts/") + spelling + "/subjects/";
        QCOMPARE(registry.ask("POST", path + "b/versions", {{"schema", R"("int")"}}).status, 200);
    }
    registry.restart(false);
    QCOMPARE(registry.ask("GET", "/contexts/plain/subjects").json(), Json({":.plain:b"}));
    QCOMPARE(registry.ask("GET", "/contexts/plain/subjects/b/versions").json(), Json({1}));
}

void RestTest::olderClientsSeeWhatTheyKnow() {
    ServedRegistry registry;
    registry.put("a", R"("int")");
    const auto narrow = registry.ask("GET", "/subjects/a/versions/1").json();
    QCOMPARE(narrow.size(), 4U);
    const auto wide =
        registry.ask("GET", "/subjects/a/versions/1", {}, {{"Confluent-Accept-Unknown-Properties", "true"}}).json();
    QVERIFY(wide.contains("guid") && wide.contains("ts") && wide["deleted"] == false && wide["schemaType"] == "AVRO");
    const auto guid = wide["guid"].get<std::string>();
    QCOMPARE(registry.ask("GET", "/schemas/guids/" + guid).json()["schema"], R"("int")");
    QCOMPARE(registry.ask("GET", "/schemas/guids/" + guid + "/ids").json(),
             Json::array({Json{{"context", "."}, {"id", 1}}}));
    QCOMPARE(registry.ask("GET", "/schemas/guids/no").code(), 40403);
}

void RestTest::checksCompatibility() {
    ServedRegistry registry;
    registry.put("a", kFlight);
    const Json breaking{{"schema", R"({"type":"record","name":"Flight","fields":[{"name":"gate","type":"int"}]})"}};
    const auto checked = registry.ask("POST", "/compatibility/subjects/a/versions?verbose=true", breaking);
    QCOMPARE(checked.status, 200);
    QCOMPARE(checked.json()["is_compatible"], false);
    QVERIFY(checked.json()["messages"].size() > 1);
    QCOMPARE(registry.ask("POST", "/compatibility/subjects/a/versions/latest", breaking).json(),
             Json({{"is_compatible", false}}));
    QCOMPARE(registry.ask("POST", "/compatibility/subjects/a/versions/1", {{"schema", kFlight2}}).json(),
             Json({{"is_compatible", true}}));
    QCOMPARE(registry.ask("POST", "/compatibility/subjects/none/versions/latest", breaking).json(),
             Json({{"is_compatible", true}}));
    QCOMPARE(registry.ask("POST", "/compatibility/subjects/none/versions/3", breaking).code(), 40401);
}

void RestTest::configurationsAndModes() {
    ServedRegistry registry;
    QCOMPARE(registry.ask("GET", "/config").json(), Json({{"compatibilityLevel", "BACKWARD"}}));
    QCOMPARE(registry.ask("PUT", "/config", {{"compatibility", "FULL"}}).json(), Json({{"compatibility", "FULL"}}));
    QCOMPARE(registry.ask("GET", "/config/a?defaultToGlobal=true").json()["compatibilityLevel"], "FULL");
    registry.ask("PUT", "/config/a", {{"compatibility", "NONE"}});
    QCOMPARE(registry.ask("GET", "/config/a").json()["compatibilityLevel"], "NONE");
    QCOMPARE(registry.ask("DELETE", "/config/a").json()["compatibilityLevel"], "NONE");
    QCOMPARE(registry.ask("DELETE", "/config/a").code(), 40401);
    QCOMPARE(registry.ask("GET", "/mode").json(), Json({{"mode", "READWRITE"}}));
    QCOMPARE(registry.ask("PUT", "/mode/a", {{"mode", "IMPORT"}}).json(), Json({{"mode", "IMPORT"}}));
    QCOMPARE(
        registry.ask("POST", "/subjects/a/versions", {{"schema", R"("int")"}, {"id", 70}, {"version", 4}}).json()["id"],
        70);
    QCOMPARE(registry.ask("GET", "/subjects/a/versions").json(), Json({4}));
    QCOMPARE(registry.ask("PUT", "/mode/a", {{"mode", "READONLY"}}).status, 200);
    QCOMPARE(registry.put("a", R"("long")").code(), 42205);
    QCOMPARE(registry.ask("PUT", "/mode/:.c:b", {{"mode", "READONLY"}}).status, 200);
    QCOMPARE(registry.ask("PUT", "/mode/:.c:", {{"mode", "IMPORT"}}).status, 200);
    QCOMPARE(registry.ask("DELETE", "/mode/:.c:?recursive=true").json(), Json({{"mode", "IMPORT"}}));
    QCOMPARE(registry.ask("GET", "/mode/:.c:b").code(), 40409);
    QCOMPARE(registry.ask("PUT", "/mode/:.c:b", {{"mode", "READONLY"}}).status, 200);
    QCOMPARE(registry.ask("DELETE", "/mode?recursive=true").json(), Json({{"mode", "READWRITE"}}));
    QCOMPARE(registry.ask("GET", "/mode/:.c:b").code(), 40409);
    QCOMPARE(registry.ask("GET", "/mode/a").code(), 40409);
    QCOMPARE(registry.ask("PUT", "/mode/a", {{"mode", "READONLY"}}).status, 200);
    QCOMPARE(registry.ask("DELETE", "/mode/a").json(), Json({{"mode", "READONLY"}}));
}

void RestTest::deletesAndRestores() {
    ServedRegistry registry;
    registry.put("a", kFlight);
    registry.put("a", kFlight2);
    QCOMPARE(registry.ask("DELETE", "/subjects/a/versions/1").text, std::string("1"));
    QCOMPARE(registry.ask("GET", "/subjects/a/versions").json(), Json({2}));
    QCOMPARE(registry.ask("GET", "/subjects/a/versions?deleted=true").json(), Json({1, 2}));
    QCOMPARE(registry.ask("GET", "/subjects/a/versions?deletedOnly=true").json(), Json({1}));
    QCOMPARE(registry.ask("GET", "/subjects/a/versions?deleted=true&deletedAsNegative=true").json(), Json({-1, 2}));
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 200); // events that have it can still be read
    QCOMPARE(registry.ask("GET", "/subjects/a/versions/1").code(), 40402);
    QCOMPARE(registry.ask("GET", "/subjects/a/versions/1?deleted=true").status, 200);
    QCOMPARE(registry.ask("POST", "/subjects/a/versions/1/restore").json(), Json({{"id", 1}, {"version", 1}}));
    registry.ask("PUT", "/config/a", {{"compatibility", "FULL"}, {"validation", "REFUSE"}});
    QCOMPARE(registry.ask("DELETE", "/subjects/a").json(), Json({1, 2}));
    QCOMPARE(registry.ask("POST", "/subjects/a/versions/2/restore").status, 200);
    QCOMPARE(registry.ask("GET", "/config/a").json()["validation"], "REFUSE"); // it holds again
    QCOMPARE(registry.ask("DELETE", "/subjects/a").json(), Json({2}));
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json::array());
    QCOMPARE(registry.ask("GET", "/subjects?deletedOnly=true").json(), Json({"a"}));
    QCOMPARE(registry.ask("DELETE", "/subjects/a?permanent=true").json(), Json({1, 2}));
    QCOMPARE(registry.ask("GET", "/config/a").code(), 40408);
    QCOMPARE(registry.put("b", R"("int")").json()["id"], 3); // no id is given again
}

void RestTest::tooLargeIsSaid() {
    ServedRegistry registry;
    const std::string blank(kMaxSchemaBytes, ' ');
    for (const auto& [type, text] : {std::pair("AVRO", R"("int")"), {"JSON", "{}"}, {"PROTOBUF", "message M {}"}}) {
        const auto large = registry.put("a", text + blank, type);
        QCOMPARE(large.status, 422);
        QCOMPARE(large.code(), 42209);
        QVERIFY(large.text.contains("1048576"));
    }
    // Small enough to be parsed, too large for a record: also what is registered beside it is unharmed.
    const std::string doc(kMaxSchemaBytes - 200, 'x');
    const auto text = R"({"type":"record","name":"R","doc":")" + doc + R"(","fields":[]})";
    const auto large = registry.put("a", text);
    QCOMPARE(large.code(), 42209);
    QVERIFY(large.text.contains("999000"));
    QCOMPARE(registry.put("a", R"("int")").json()["id"], 1);
}

void RestTest::byIdInItsContext() {
    ServedRegistry registry;
    registry.put("a", R"("int")");
    registry.put(":.c:a", R"("long")");
    registry.put(":.c:b", R"("string")");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").json()["schema"], R"("int")");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1?subject=:.c:a").json()["schema"], R"("long")");
    QCOMPARE(registry.ask("GET", "/contexts/.c/schemas/ids/1").json()["schema"], R"("long")");
    // Without a subject the default context alone counts; a subject that isn't there is looked for in the others.
    QCOMPARE(registry.ask("GET", "/schemas/ids/2").code(), 40403);
    QCOMPARE(registry.ask("GET", "/schemas/ids/2?subject=").code(), 40403);
    QCOMPARE(registry.ask("GET", "/schemas/ids/2?subject=b").json()["schema"], R"("string")");
    QCOMPARE(registry.ask("GET", "/schemas/ids/2?subject=a").code(), 40403);
    QCOMPARE(registry.ask("GET", "/schemas/ids/2/schema?subject=:.c:").text, std::string(R"("string")"));
    // Also where the default context has another schema of that id.
    registry.put("only", R"("bytes")");
    registry.put(":.c:other", R"("int")");
    registry.put(":.c:only-c", R"("long")");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1?subject=only-c").json()["schema"], R"("long")");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1/versions?subject=only-c").json()[0]["subject"], ":.c:a");
    QCOMPARE(registry.ask("GET", "/subjects/only-c/versions/1").json()["subject"], ":.c:only-c");
    QCOMPARE(registry.ask("GET", "/subjects/only-c/versions/latest/schema").text, std::string(R"("long")"));
    QCOMPARE(registry.ask("GET", "/subjects/only-c/versions/2").code(), 40401);
    QCOMPARE(registry.ask("POST", "/subjects/only-c", {{"schema", R"("long")"}}).json()["subject"], ":.c:only-c");
    QCOMPARE(registry.ask("POST", "/subjects/only-c", {{"schema", R"("float")"}}).code(), 40401);
    QCOMPARE(registry.ask("GET", "/contexts/.d/subjects/only-c/versions/1").code(), 40401);
    registry.ask("DELETE", "/subjects/a");
    registry.ask("DELETE", "/subjects/a?permanent=true");
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").code(), 40403);
    QCOMPARE(registry.ask("GET", "/contexts/.c/schemas/ids/1").json()["schema"], R"("long")");
}

void RestTest::listsByPrefixAndContext_data() {
    QTest::addColumn<QString>("target");
    QTest::addColumn<QStringList>("subjects");
    const auto row = [](const char* target, const QStringList& subjects) {
        QTest::newRow(target) << target << subjects;
    };
    row("/subjects", {":.c:a", ":.c:b", ":.cc:a", "a", "ab"});
    row("/subjects?subjectPrefix=:*:", {":.c:a", ":.c:b", ":.cc:a", "a", "ab"});
    row("/subjects?subjectPrefix=:*:a", {":.c:a", ":.cc:a", "a", "ab"});
    row("/subjects?subjectPrefix=", {"a", "ab"});
    row("/subjects?subjectPrefix=:.:", {"a", "ab"});
    row("/subjects?subjectPrefix=ab", {"ab"});
    row("/subjects?subjectPrefix=:.c:", {":.c:a", ":.c:b"});
    row("/subjects?subjectPrefix=:.c", {":.c:a", ":.c:b", ":.cc:a"});
    row("/contexts/./subjects", {"a", "ab"});
    row("/contexts/:.:/subjects", {"a", "ab"});
    row("/contexts/.c/subjects", {":.c:a", ":.c:b"});
    row("/contexts/.c/subjects?subjectPrefix=b", {":.c:b"});
}

void RestTest::listsByPrefixAndContext() {
    QFETCH(QString, target);
    QFETCH(QStringList, subjects);
    static ServedRegistry registry; // nothing here changes it but the first row
    for (const auto* subject : {"a", "ab", ":.c:a", ":.c:b", ":.cc:a"}) {
        registry.put(subject, R"("int")");
    }
    const auto found = [&](const QString& path, auto nameOf) {
        QStringList names;
        const auto answer = registry.ask("GET", path.toStdString()).json();
        for (const auto& one : answer) {
            names.append(QString::fromStdString(nameOf(one)));
        }
        return names;
    };
    QCOMPARE(found(target, [](const Json& one) { return one.get<std::string>(); }), subjects);
    const auto schemas = QString(target).replace("subjects", "schemas");
    QCOMPARE(found(schemas, [](const Json& one) { return one["subject"].get<std::string>(); }), subjects);
}

void RestTest::listsWholeSchemas() {
    ServedRegistry registry;
    registry.put("a", kFlight);
    registry.put("a", kFlight2);
    registry.put("b", R"("int")");
    QCOMPARE(registry.ask("GET", "/schemas").json().size(), 3U);
    QCOMPARE(registry.ask("GET", "/schemas?latestOnly=true").json().size(), 2U);
    QCOMPARE(registry.ask("GET", "/schemas?subjectPrefix=b").json().size(), 1U);
    QCOMPARE(registry.ask("GET", "/schemas?offset=1&limit=1").json()[0]["version"], 2);
    const Json owned{{"schema", R"("int")"}, {"metadata", {{"properties", {{"owner", "ops"}}}}}};
    registry.ask("POST", "/subjects/b/versions", owned);
    QCOMPARE(registry.ask("GET", "/subjects/b/metadata?key=owner&value=ops").json()["version"], 2);
    QCOMPARE(registry.ask("GET", "/subjects/b/metadata?key=owner&value=me").code(), 40401);
}

void RestTest::threeLanguages() {
    ServedRegistry registry;
    const Json json{{"schema", R"({"type":"object","properties":{"x":{"type":"integer"}}})"}, {"schemaType", "JSON"}};
    const Json proto{{"schema", "syntax = \"proto3\"; message Airport { string code = 1; }"},
                     {"schemaType", "PROTOBUF"}};
    QCOMPARE(registry.ask("POST", "/subjects/j/versions", json).status, 200);
    QCOMPARE(registry.ask("POST", "/subjects/p/versions", proto).status, 200);
    QCOMPARE(registry.ask("GET", "/subjects/j/versions/1").json()["schemaType"], "JSON");
    QCOMPARE(registry.ask("GET", "/schemas/ids/2").json()["schemaType"], "PROTOBUF");
    QCOMPARE(registry.ask("POST", "/subjects/j/versions", {{"schema", "{\"type\": 5}"}, {"schemaType", "JSON"}}).code(),
             42201);
    QCOMPARE(registry.ask("POST", "/subjects/p/versions", {{"schema", "message {"}, {"schemaType", "PROTOBUF"}}).code(),
             42201);
}

void RestTest::rightsAreKept() {
    SchemaServiceOptions options;
    options.mayDo = [](const std::string& principal, RegistryAction action, const std::string& subject) {
        return principal == "User:admin" || (action == RegistryAction::Read && subject == "open");
    };
    ServedRegistry registry(options);
    registry.principal = "User:admin";
    registry.put("open", R"("int")");
    registry.put("closed", R"("long")");
    registry.put("parts", R"({"type":"fixed","name":"Part","size":6})");
    const Json referring{{"schema", R"({"type":"record","name":"R","fields":[{"name":"p","type":"Part"}]})"},
                         {"references", Json::array({{{"name", "Part"}, {"subject", "parts"}, {"version", 1}}})}};
    registry.principal = "User:guest";
    // What is referred to would be told by what is said of the schema.
    for (const auto* path : {"/subjects/open", "/compatibility/subjects/open/versions/latest"}) {
        const auto answer = registry.ask("POST", path, referring);
        QCOMPARE(answer.code(), 40301);
        QVERIFY(answer.text.contains("parts"));
    }
    QCOMPARE(registry.ask("GET", "/subjects").json(), Json({"open"}));
    QCOMPARE(registry.ask("GET", "/schemas").json().size(), 1U);
    QCOMPARE(registry.ask("GET", "/schemas/ids/1").status, 200);
    QCOMPARE(registry.ask("GET", "/schemas/ids/2").code(), 40301);
    QCOMPARE(registry.put("open", R"("int")").code(), 40301);
    QCOMPARE(registry.ask("DELETE", "/subjects/open").status, 403);
    QCOMPARE(registry.ask("GET", "/subjects/closed/versions").code(), 40301);
    QCOMPARE(registry.ask("PUT", "/config", {{"compatibility", "NONE"}}).code(), 40301);
}

void RestTest::saysWhoItIs() {
    SchemaServiceOptions options;
    options.clusterId = "abc";
    options.version = "1.2.3";
    ServedRegistry registry(options);
    QCOMPARE(registry.ask("GET", "/").text, std::string("{}"));
    QCOMPARE(registry.ask("GET", "/v1/metadata/id").json()["scope"]["clusters"]["kafka-cluster"], "abc");
    QCOMPARE(registry.ask("GET", "/v1/metadata/version").json()["version"], "1.2.3");
    QCOMPARE(registry.ask("GET", "/v1/metadata/deployment").json(), Json({{"attributes", {"opensource"}}}));
}

void RestTest::tellsWhoFetchedWhat() {
    SchemaServiceOptions options;
    options.mayDo = [](const std::string& principal, RegistryAction, const std::string& subject) {
        return principal == "User:ada" || subject == "open";
    };
    ServedRegistry registry(options);
    registry.principal = "User:ada";
    registry.put("open", R"("int")");
    registry.put("closed", R"("long")");
    registry.ask("GET", "/schemas/ids/2", {}, {{"User-Agent", "deserializer/1"}});
    registry.ask("GET", "/schemas/ids/9"); // isn't there
    registry.principal = "User:bob";
    registry.ask("GET", "/schemas/ids/1/schema");
    registry.ask("GET", "/schemas/ids/1/schema"); // the same once more
    registry.ask("GET", "/schemas/ids/2");        // denied
    registry.principal = "User:ada";
    const auto all = registry.ask("GET", "/meshbone/v1/fetches").json();
    QCOMPARE(all.size(), 4U);
    QCOMPARE(all[0]["principal"], "User:bob"); // the last one first
    QCOMPARE(all[0]["what"], "byId");
    QCOMPARE(all[0]["id"], 1);
    QCOMPARE(all[0]["address"], "127.0.0.1");
    QVERIFY(all[0]["lastMs"].get<std::int64_t>() > 0);
    QCOMPARE(all[1]["agent"], "deserializer/1");
    QCOMPARE(all[1]["context"], ".");
    registry.principal = "User:bob"; // sees who reads what it may read
    const auto open = registry.ask("GET", "/meshbone/v1/fetches").json();
    QCOMPARE(open.size(), 2U);
    QCOMPARE(open[1]["what"], "register");
    QCOMPARE(open[1]["subject"], "open");
}

void RestTest::tellsWhoRegisteredAndLookedUp() {
    SchemaFetches notes;
    notes.note({".", SchemaId(7), "User:before", "10.0.0.1", "py", -1});
    SchemaServiceOptions options;
    options.fetches = &notes;
    ServedRegistry registry(options);
    registry.principal = "User:ada";
    registry.put("flights-value", kFlight);
    QCOMPARE(registry.put("flights-value", R"("int")").status, 409); // refused: nothing is used by that
    registry.ask("POST", "/subjects/flights-value", {{"schema", kFlight}});
    registry.ask("POST", "/subjects/flights-value", {{"schema", kFlight2}}); // isn't there
    const auto all = notes.all();
    QCOMPARE(all.size(), 3U);
    QCOMPARE(all[0].what, SchemaAsk::LookUp);
    QCOMPARE(all[0].subject, std::string("flights-value"));
    QCOMPARE(all[1].what, SchemaAsk::Register);
    QCOMPARE(all[1].id, SchemaId(1));
    QCOMPARE(all[1].principal, std::string("User:ada"));
    QCOMPARE(all[2].principal, std::string("User:before"));
    QCOMPARE(registry.ask("GET", "/meshbone/v1/status").json()["notedSinceMs"].get<std::int64_t>(), notes.sinceMs());
}

void RestTest::tellsWhoNamedAVersionOrAGuid() {
    SchemaFetches notes;
    SchemaServiceOptions options;
    options.fetches = &notes;
    ServedRegistry registry(options);
    registry.put("flights-value", kFlight);
    registry.put("flights-value", kFlight2);
    registry.put(":.air:flights-value", kFlight);
    const auto begun = notes.all().size();
    for (const char* path : {"latest", "-1", "9", "1/referencedby"}) { // who takes the latest names none
        registry.ask("GET", std::string("/subjects/flights-value/versions/") + path);
    }
    registry.ask("GET", "/subjects/flights-value/versions/1", {}, {{"User-Agent", "meshbone"}});
    QCOMPARE(notes.all().size(), begun);
    registry.ask("GET", "/subjects/flights-value/versions/1", {}, {{"User-Agent", "deserializer/1"}});
    registry.ask("GET", "/contexts/.air/subjects/flights-value/versions/1/schema");
    const auto all = notes.all();
    QCOMPARE(all.size(), begun + 2);
    QCOMPARE(all[1].what, SchemaAsk::LookUp);
    QCOMPARE(all[1].id, SchemaId(1));
    QCOMPARE(all[1].subject, std::string("flights-value"));
    QCOMPARE(all[0].context, std::string(".air"));
    QCOMPARE(all[0].subject, std::string(":.air:flights-value"));
    SchemaDefinition flight;
    flight.text = kFlight;
    QCOMPARE(registry.ask("GET", "/schemas/guids/" + schemaGuid(flight)).status, 200);
    std::set<std::string> contexts;
    for (const auto& one : notes.all()) {
        if (one.what == SchemaAsk::ById) {
            contexts.insert(one.context);
        }
    }
    QCOMPARE(contexts, (std::set<std::string>{".", ".air"}));
}

void RestTest::notesAreKeptAndRead() {
    SchemaFetches before;
    before.note({".ctx", SchemaId(7), "User:ada", "10.0.0.1", "py", -1, SchemaAsk::Register, ":.ctx:a-value"});
    before.note({".", SchemaId(8), "", "10.0.0.2", "", -1});
    SchemaFetches after;
    int told = 0;
    const auto changes = after.onChanged([&] { ++told; });
    after.note({".", SchemaId(8), "", "10.0.0.2", "", -1}); // noted before it was read
    after.note({".", SchemaId(8), "", "10.0.0.2", "", -1}); // the same again: told once in a minute
    const auto newest = after.all().front().lastMs;
    QVERIFY(after.read(before.toJson()));
    QCOMPARE(after.sinceMs(), before.sinceMs());
    const auto all = after.all();
    QCOMPARE(all.size(), 2U);
    QCOMPARE(all[0].lastMs, newest);
    QCOMPARE(all[1], before.all()[1]);
    QCOMPARE(told, 1);
    QCOMPARE(fetchesFromJson(fetchesToJson(all)).value(), all);
    for (const char* damaged : {"", "{", "[]", R"({"v":1})", R"({"fetches":[1]})", R"({"fetches":{}})"}) {
        QCOMPARE(after.read(damaged).error().code, ErrorCode::Corrupt);
    }
    QCOMPARE(after.all(), all);
    // Of an earlier version, without the way and the subject.
    const auto old = fetchesFromJson(R"([{"context":".","id":3,"principal":"","address":"h","agent":"","lastMs":5}])");
    QCOMPARE(old.value().front(), (SchemaFetch{".", SchemaId(3), "", "h", "", 5}));
}

void RestTest::tellsWhatWasWrittenAgainstItsSchema() {
    SchemaGuard guard;
    SchemaServiceOptions options;
    options.guard = &guard;
    options.mayDo = [](const std::string&, RegistryAction, const std::string& subject) {
        return subject != "closed-value";
    };
    ServedRegistry registry(options);
    for (const auto* topic : {"closed", "open"}) {
        SchemaViolation one;
        one.at.topic = topic;
        one.cause = "The value names no schema.";
        guard.marks().mark({one});
    }
    const auto told = violationsFromJson(registry.ask("GET", "/meshbone/v1/violations").text);
    QVERIFY(told);
    QCOMPARE(told->size(), 1U);
    QCOMPARE(told->at(0), guard.marks().of("open").value());
    QCOMPARE(registry.ask("GET", "/meshbone/v1/violations?topic=other").text, std::string("[]"));
}

void RestTest::fetchesKeepTheirBounds() {
    SchemaFetches fetches;
    const auto begunMs = fetches.sinceMs();
    for (int i = 0; i < static_cast<int>(SchemaFetches::kMost) + 10; ++i) {
        fetches.note({".", SchemaId(i), "User:ada", "127.0.0.1", std::string(1'000, 'x'), -1});
    }
    fetches.note({".", SchemaId(20), "User:ada", "127.0.0.1", std::string(1'000, 'x'), -1});
    const auto all = fetches.all();
    QCOMPARE(all.size(), SchemaFetches::kMost);
    QCOMPARE(all.front().id, SchemaId(20));
    QCOMPARE(all.back().id, SchemaId(10)); // those asked longest ago went
    QCOMPARE(all.back().agent.size(), SchemaFetches::kMostText);
    QVERIFY(fetches.sinceMs() > begunMs); // what went is no longer known
}

QTEST_MAIN(RestTest)
#include "rest_test.moc"
