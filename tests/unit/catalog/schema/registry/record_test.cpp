// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_record.h"
#include "schema/registry/registry_state.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

class RecordTest : public QObject {
    Q_OBJECT
private slots:
    void keysAreConfluentsToTheByte();
    void bothWays();
    void readsWhatConfluentWrites();
    void refusesWhatSaysNothing_data();
    void refusesWhatSaysNothing();
    void anIdKeepsItsMeaning();
    void aSubjectIsDeletedUpToAVersion();
    void theHighestIdOutlivesItsSchema();
    void referencesAreKnownFromBothSides();
};

namespace {

SchemaDefinitionPtr definition(const std::string& text, std::vector<SchemaReference> references = {}) {
    SchemaDefinition made;
    made.text = text;
    made.references = std::move(references);
    return std::make_shared<const SchemaDefinition>(std::move(made));
}

SchemaRecord schema(const std::string& subject, int version, int id, const std::string& text = R"("string")") {
    return {subject, version, SchemaId(id), definition(text), false};
}

} // namespace

void RecordTest::keysAreConfluentsToTheByte() {
    const auto key = [](const RegistryRecord& record) { return encodeRegistryRecord(record).key; };
    QCOMPARE(key(schema("orders-value", 1, 1)),
             std::string(R"({"keytype":"SCHEMA","subject":"orders-value","version":1,"magic":1})"));
    QCOMPARE(key(ConfigRecord{"", "{}"}), std::string(R"({"keytype":"CONFIG","subject":null,"magic":0})"));
    QCOMPARE(key(ConfigRecord{"a", "{}"}), std::string(R"({"keytype":"CONFIG","subject":"a","magic":0})"));
    QCOMPARE(key(ModeRecord{"", SubjectMode::Import}), std::string(R"({"keytype":"MODE","subject":null,"magic":0})"));
    QCOMPARE(key(DeleteSubjectRecord{"a", 2}), std::string(R"({"keytype":"DELETE_SUBJECT","subject":"a",)"
                                                           R"("magic":0})"));
    QCOMPARE(key(ClearSubjectRecord{"a"}), std::string(R"({"keytype":"CLEAR_SUBJECT","subject":"a","magic":0})"));
    QCOMPARE(key(ContextRecord{".c", false}),
             std::string(R"({"keytype":"CONTEXT","tenant":"default","context":".c","magic":0})"));
    QCOMPARE(key(NoopRecord{}), std::string(R"({"keytype":"NOOP","magic":0})"));
}

void RecordTest::bothWays() {
    SchemaDefinition full{SchemaType::Json,
                          R"({"type":"object"})",
                          {{"a.json", "a", 3}},
                          R"({"properties":{"owner":"ops"}})",
                          R"({"domainRules":[]})"};
    const SchemaRecord written{":.c:é/ü-value", 7, SchemaId(12), std::make_shared<const SchemaDefinition>(full), true};
    const auto bytes = encodeRegistryRecord(written);
    const auto read = decodeRegistryRecord(bytes.key, bytes.value);
    QVERIFY(read);
    const auto& record = std::get<SchemaRecord>(*read);
    QCOMPARE(record.subject, written.subject);
    QCOMPARE(record.version, 7);
    QCOMPARE(record.id, SchemaId(12));
    QVERIFY(record.isDeleted);
    QVERIFY(*record.definition == full);
}

void RecordTest::readsWhatConfluentWrites() {
    const auto read = decodeRegistryRecord(
        R"({"keytype":"SCHEMA","subject":"t-value","version":2,"magic":1})",
        R"({"subject":"t-value","version":2,"id":5,"md5":"xyz=","guid":"00","schema":"\"long\"","ts":1,)"
        R"("offset":3,"deleted":false})");
    QVERIFY(read);
    const auto& record = std::get<SchemaRecord>(*read);
    QCOMPARE(record.definition->type, SchemaType::Avro);
    QCOMPARE(record.definition->text, std::string(R"("long")"));
    const auto gone =
        decodeRegistryRecord(R"({"keytype":"SCHEMA","subject":"t-value","version":2,"magic":1})", std::nullopt);
    QVERIFY(gone && !std::get<SchemaRecord>(*gone).definition);
    QVERIFY(decodeRegistryRecord(R"({"keytype":"NOOP","magic":0})", std::nullopt));
}

void RecordTest::refusesWhatSaysNothing_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const char* key, const char* value) {
        QTest::newRow(name) << QString(key) << QString(value);
    };
    row("no JSON", "hello", "{}");
    row("an array", "[]", "{}");
    row("another kind", R"({"keytype":"WHAT","magic":0})", "{}");
    row("no subject", R"({"keytype":"SCHEMA","version":1,"magic":1})", R"({"id":1,"schema":"\"int\""})");
    row("no version", R"({"keytype":"SCHEMA","subject":"a","magic":1})", R"({"id":1,"schema":"\"int\""})");
    row("no id", R"({"keytype":"SCHEMA","subject":"a","version":1,"magic":1})", R"({"schema":"\"int\""})");
    row("no schema", R"({"keytype":"SCHEMA","subject":"a","version":1,"magic":1})", R"({"id":1})");
    row("another type", R"({"keytype":"SCHEMA","subject":"a","version":1,"magic":1})",
        R"({"id":1,"schema":"x","schemaType":"THRIFT"})");
    row("a value that is no object", R"({"keytype":"SCHEMA","subject":"a","version":1,"magic":1})", "[1]");
    const auto deep = std::string(100'000, '[') + std::string(100'000, ']');
    row("too deep", R"({"keytype":"SCHEMA","subject":"a","version":1,"magic":1})",
        (R"({"id":1,"schema":"\"int\"","metadata":{"properties":{"a":)" + deep + "}}}").c_str());
    row("a key that is too deep", deep.c_str(), "{}");
    row("another mode", R"({"keytype":"MODE","subject":"a","magic":0})", R"({"mode":"SOMETIMES"})");
}

void RecordTest::refusesWhatSaysNothing() {
    QFETCH(QString, key);
    QFETCH(QString, value);
    const auto read = decodeRegistryRecord(key.toStdString(), value.toStdString());
    QVERIFY(!read);
    QVERIFY(!read.error().message.empty());
}

void RecordTest::anIdKeepsItsMeaning() {
    RegistryState state;
    QVERIFY(state.apply(schema("a", 1, 1, R"("int")"), 0));
    QVERIFY(!state.apply(schema("b", 1, 1, R"("long")"), 0));
    QVERIFY(!state.versions("b"));
    QVERIFY(state.apply(schema("b", 1, 1, R"("int")"), 0));      // the same schema elsewhere has the same id
    QVERIFY(state.apply(schema(":.c:b", 1, 1, R"("long")"), 0)); // another context counts for itself
    QCOMPARE(state.versionsOf(".", SchemaId(1)).size(), 2U);
    QCOMPARE(state.contexts(), (std::vector<std::string>{".", ".c"}));
}

void RecordTest::aSubjectIsDeletedUpToAVersion() {
    RegistryState state;
    for (int version = 1; version <= 3; ++version) {
        state.apply(schema("a", version, version, "\"f" + std::to_string(version) + "\""), 0);
    }
    state.apply(DeleteSubjectRecord{"a", 2}, 0);
    QVERIFY(state.version("a", 2)->isDeleted);
    QVERIFY(!state.version("a", 3)->isDeleted);
    QCOMPARE(state.latest("a")->version, 3);
    QVERIFY(state.hasSubject("a", Deleted::Without));
    QVERIFY(state.byId(".", SchemaId(1))); // whoever reads old events still finds it
}

void RecordTest::theHighestIdOutlivesItsSchema() {
    RegistryState state;
    state.apply(schema("a", 1, 1), 0);
    state.apply(NoopRecord{{{".", 9}}}, 0);
    QCOMPARE(state.highestId("."), 9);
    state.apply(SchemaRecord{"a", 1, {}, nullptr, false}, 0);
    QVERIFY(!state.byId(".", SchemaId(1)));
    QCOMPARE(state.highestId("."), 9);
    QCOMPARE(state.buried("a", 1)->id, SchemaId(1));
}

void RecordTest::referencesAreKnownFromBothSides() {
    RegistryState state;
    state.apply(schema("leg", 1, 1), 0);
    SchemaRecord flight{":.c:flight", 1, SchemaId(1), definition("{}", {{"Leg", ":.:leg", 1}, {"Tail", "tail", 2}}),
                        false};
    state.apply(flight, 0);
    QCOMPARE(state.referencedBy(":.c:tail", 2).size(), 1U);
    flight.isDeleted = true;
    state.apply(flight, 0);
    QVERIFY(state.referencedBy(":.c:tail", 2).empty()); // a deleted one holds nothing back
}

QTEST_MAIN(RecordTest)
#include "record_test.moc"
