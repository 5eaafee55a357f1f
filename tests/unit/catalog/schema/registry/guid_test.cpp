// SPDX-License-Identifier: Apache-2.0
#include <catalog/registry.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;

/// GUIDs that Confluent's registry computes for one schema with and without references, metadata and rules (in this
/// order a 1 in the row's name), as its own tests expect them.
class GuidTest : public QObject {
    Q_OBJECT
private slots:
    void isConfluents_data();
    void isConfluents();
};

namespace {

constexpr auto kText =
    R"({"type":"record","name":"Person","namespace":"io.confluent.kafka.example","fields":[{"name":"name",)"
    R"("type":"string"},)"
    R"({"name":"age","type":"int"},{"name":"ssn","type":"string"},{"name":"user",)"
    R"("type":"io.confluent.kafka.example.User"},)"
    R"({"name":"address","type":"io.confluent.kafka.example.Address"}]})";
constexpr auto kMetadata =
    R"({"properties":{"version":"1.0.0","owner":"data-team","description":"Person schema for user management"},)"
    R"("tags":{"team":["data-engineering"],"environment":["staging","production"]},"sensitive":["ssn",)"
    R"("credit-card"]})";
constexpr auto kRules = R"json({"migrationRules":[
 {"name":"upgrade-rule-1","doc":"Upgrade rule for field changes","kind":"TRANSFORM","mode":"UPGRADE",
 "type":"FIELD_UPDATE","tags":["PERSON"],
  "params":{"field":"name"},"expr":"field.name = field.name.toUpperCase()","onSuccess":"none",
 "onFailure":"error","disabled":false},
 {"name":"downgrade-rule-1","doc":"Downgrade rule for compatibility","kind":"TRANSFORM","mode":"DOWNGRADE",
 "type":"FIELD_DELETE",
  "tags":["PERSON"],"params":{"field":"ssn"},"expr":"delete field.ssn","onSuccess":"none",
 "onFailure":"error","disabled":false}],
 "domainRules":[
 {"name":"validation-rule-1","doc":"Validate age field","kind":"CONDITION","mode":"WRITE",
 "type":"FIELD_VALIDATION","tags":["PERSON"],
  "params":{"field":"age"},"expr":"field.age >= 0 && field.age <= 150","onSuccess":"none",
 "onFailure":"error","disabled":false},
 {"name":"masking-rule-1","doc":"Mask sensitive data on read","kind":"TRANSFORM","mode":"READ",
 "type":"DATA_MASKING","tags":["PERSON"],
  "params":{"field":"ssn"},"expr":"field.ssn = '***-**-****'","onSuccess":"none","onFailure":"error",
 "disabled":false}]})json";

} // namespace

void GuidTest::isConfluents_data() {
    QTest::addColumn<QString>("guid");
    QTest::newRow("000") << QString("d629bb05-ad85-3d20-fbcb-895de3c459f7");
    QTest::newRow("001") << QString("c0708b8f-65f6-b698-bffe-45c1dfa8987c");
    QTest::newRow("010") << QString("2034166c-90a8-1166-0ff2-f5f62c80dbe0");
    QTest::newRow("011") << QString("d9877161-cfdf-d8c5-4eb4-ab37ed50e9d5");
    QTest::newRow("100") << QString("5c08d70e-5347-41b2-6369-199425d044eb");
    QTest::newRow("101") << QString("96825311-eb10-b7f5-48be-2a023b4c018e");
    QTest::newRow("110") << QString("3619d8e0-2ee8-de51-0d9e-2520d39174d5");
    QTest::newRow("111") << QString("589556fb-ad98-e8e0-94fa-e6da3455433a");
}

void GuidTest::isConfluents() {
    QFETCH(QString, guid);
    const std::string row = QTest::currentDataTag();
    SchemaDefinition definition;
    definition.text = kText;
    if (row[0] == '1') {
        definition.references = {{"io.confluent.kafka.example.User", "User", 1},
                                 {"io.confluent.kafka.example.Address", "Address", 2}};
    }
    definition.metadata = row[1] == '1' ? kMetadata : "";
    definition.ruleSet = row[2] == '1' ? kRules : "";
    QCOMPARE(QString::fromStdString(schemaGuid(definition)), guid);
}

QTEST_MAIN(GuidTest)
#include "guid_test.moc"
