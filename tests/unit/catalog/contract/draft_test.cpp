// SPDX-License-Identifier: Apache-2.0
#include "example_files.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

constexpr const char* kAvro = R"({"type": "record", "name": "Flight", "namespace": "air", "fields": [
    {"name": "id", "type": "string", "doc": "Who: 'it' is\n- the line"},
    {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "price", "type": ["null", {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}]},
    {"name": "tags", "type": {"type": "array", "items": "string"}},
    {"name": "codes", "type": {"type": "map", "values": "int"}},
    {"name": "from", "type": {"type": "record", "name": "Place", "fields": [
        {"name": "iata", "type": "string", "confluent:tags": ["PUBLIC"]}]}},
    {"name": "legs", "type": {"type": "array", "items": {"type": "record", "name": "Leg", "fields": [
        {"name": "tail", "type": ["null", "string"]}, {"name": "to", "type": "Place"}]}}},
    {"name": "kind", "type": {"type": "enum", "name": "Kind", "symbols": ["A", "B"]}}]})";
constexpr const char* kJson = R"({"title": "Strike", "type": "object", "required": ["id"], "properties": {
    "id": {"type": "string", "format": "uuid"}, "when": {"type": "string", "format": "date-time"},
    "odd.name": {"type": "string"}, "birds": {"type": "array", "items": {"type": "object", "properties": {
        "species": {"type": ["string", "null"]}}}}}})";
constexpr const char* kProto = R"(syntax = "proto3"; package air;
    message Airport { string iata = 1; Position position = 2; repeated string names = 3; map<string, int32> m = 4; }
    message Position { double lat = 1; double lon = 2; })";

ContractOwner owner() {
    return {"flights", "aviation", "team-air", "Owns: all that flies", {{"ada", "Ada Berg"}, {"noor", ""}}};
}

std::string problemsOf(const Contract& contract) {
    std::string all;
    for (const auto& one : validateContract(contract)) {
        all += fmt::format("{}:{} {}\n", one.at.line, one.at.column, one.sentence);
    }
    return all;
}

} // namespace

class ContractDraftTest : public QObject {
    Q_OBJECT

private slots:
    void aTopicsContractKeepsTheStandardAndTheSchema_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<QString>("schema");
        QTest::newRow("Avro") << 0 << kAvro;
        QTest::newRow("JSON Schema") << 1 << kJson;
        QTest::newRow("Protobuf") << 2 << kProto;
    }
    void aTopicsContractKeepsTheStandardAndTheSchema() {
        QFETCH(int, type);
        QFETCH(QString, schema);
        const auto parsed = parseSchema(static_cast<SchemaType>(type), schema.toStdString()).value();
        const std::string text = writeTopicContract({"air.flights", "Every flight:\n  as it is", owner(),
                                                     "localhost:9092", parsed.get(), 3, "air.flights-value"});
        const auto contract = contractOf(text);
        const std::string problems = problemsOf(contract);
        QVERIFY2(problems.empty(), (problems + text).c_str());
        QCOMPARE(contract.version, std::string("3.0.0"));
        QCOMPARE(contract.id, topicContractId("air.flights"));
        QCOMPARE(topicsOf(contract).at(0).topic, std::string("air.flights"));
        const auto findings = checkContract(contract.objects.at(0), *parsed);
        QVERIFY2(!isBreaking(findings), text.c_str());
        QVERIFY(compareContracts(contract, contractOf(text)).empty());
    }

    void fieldsKeepTheirTypesAndNesting() {
        const auto parsed = parseAvro(kAvro).value();
        const auto contract = contractOf(writeTopicContract({"t", "", {}, "", parsed.get(), 1, "t-value"}));
        std::string all;
        for (const auto& one : contract.objects.at(0).properties) {
            all += fmt::format("{} {}{}\n", one.path, one.logicalType, one.isRequired ? " required" : "");
        }
        QCOMPARE(all, std::string("id string required\nat timestamp required\nprice number\ntags array required\n"
                                  "tags[] string\ncodes object required\nfrom object required\nfrom.iata string "
                                  "required\nlegs array required\nlegs[] object\nlegs[].tail string\nlegs[].to object "
                                  "required\nlegs[].to.iata string required\nkind  required\n"));
        QCOMPARE(contract.objects[0].properties[0].description, std::string("Who: 'it' is\n- the line"));
        QCOMPARE(contract.objects[0].name, std::string("air.Flight"));
    }

    void aTopicWithoutSchemaOrProductHasAContractToo() {
        const auto contract = contractOf(writeTopicContract({"t", "", {}, "", nullptr, 0, ""}));
        QCOMPARE(problemsOf(contract), std::string());
        QCOMPARE(contract.version, std::string("1.0.0"));
        QVERIFY(contract.objects.at(0).properties.empty());
    }

    void aProductsContractKeepsTheStandard() {
        using enum ContractPortDirection;
        const auto contract =
            contractOf(writeProductContract({"flights",
                                             "Flights",
                                             "All: that flies",
                                             owner(),
                                             {{Output, "air.flights", "3.0.0", topicContractId("air.flights"), {}},
                                              {Input, "airports", "1.0.0", "x", {}}}}));
        QCOMPARE(problemsOf(contract), std::string());
        QVERIFY(contract.kind == ContractKind::DataProduct);
        QCOMPARE(contract.ports.size(), std::size_t{2});
        QCOMPARE(contract.team.size(), std::size_t{2});
        QCOMPARE(contract.domain, std::string("aviation"));
    }
};

QTEST_GUILESS_MAIN(ContractDraftTest)
#include "draft_test.moc"
