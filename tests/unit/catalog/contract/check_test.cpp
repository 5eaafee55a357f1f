// SPDX-License-Identifier: Apache-2.0
#include "contract/logical_type.h"
#include "example_files.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

constexpr const char* kQuake = R"({"type": "record", "name": "Quake", "fields": [
    {"name": "id", "type": "string"}, {"name": "magnitude", "type": "double"},
    {"name": "place", "type": ["null", "string"], "default": null},
    {"name": "stations", "type": {"type": "array", "items":
        {"type": "record", "name": "Station", "fields": [{"name": "code", "type": "string"}]}}}]})";

/// "! path sentence" or "- …", one a line.
std::string checkedWith(const std::string& schema, const Contract& contract = exampleContract("quakes.odcs.yaml"),
                        SchemaType type = SchemaType::Avro) {
    std::string all;
    const auto parsed = parseSchema(type, schema);
    if (!parsed) {
        throw std::runtime_error(parsed.error().message);
    }
    for (const auto& one : checkContract(contract.objects.at(0), **parsed)) {
        all += fmt::format("{} {} {}:{} {}\n", one.isBreaking ? "!" : "-", one.path, one.after.line, one.after.column,
                           one.sentence);
    }
    return all;
}

} // namespace

class ContractCheckTest : public QObject {
    Q_OBJECT

private slots:
    void aSchemaThatKeepsThePromiseSaysNothing() { QCOMPARE(checkedWith(kQuake), std::string()); }

    void whatIsNotKeptIsToldWithItsPlaceInTheContract() {
        QCOMPARE(
            checkedWith(
                replaced(kQuake, R"({"name": "magnitude", "type": "double"})", R"({"name": "mag", "type": "double"})")),
            std::string("! Quake.magnitude 27:9 The contract promises 'magnitude', and the schema doesn't have it.\n"
                        "- Quake.mag 18:5 'mag' is in the schema and not in the contract.\n"));
        QCOMPARE(checkedWith(replaced(kQuake, R"("type": "double")", R"("type": "string")")),
                 std::string("! Quake.magnitude 27:9 The contract says that 'magnitude' is of the type number, and in "
                             "the schema it is string.\n"));
        QCOMPARE(checkedWith(replaced(kQuake, R"({"name": "code", "type": "string"})",
                                      R"({"name": "code", "type": "string", "default": ""})")),
                 std::string("! Quake.stations[].code 39:15 The contract says that 'stations[].code' is always there, "
                             "and the schema lets it be absent or null.\n"));
    }

    void integersKeepThePromiseOfNumbers() {
        QCOMPARE(checkedWith(replaced(kQuake, R"("type": "double")", R"("type": "long")")), std::string());
    }

    void whatIsNewIsNamedOnceNotForAllThatIsInside() {
        const std::string more = R"({"name": "more", "type": {"type": "record", "name": "M", "fields": [
            {"name": "a", "type": "int"}]}}, {"name": "id")";
        QCOMPARE(checkedWith(replaced(kQuake, R"({"name": "id")", more)),
                 std::string("- Quake.more 18:5 'more' is in the schema and not in the contract.\n"));
    }

    void jsonAndProtobufAreCheckedAlike() {
        const std::string json = R"({"type": "object", "required": ["id", "magnitude", "stations"], "properties": {
            "id": {"type": "string"}, "magnitude": {"type": "number"}, "place": {"type": "string"},
            "stations": {"type": "array", "items": {"type": "object", "required": ["code"],
            "properties": {"code": {"type": "string"}}}}}})";
        const auto quakes = exampleContract("quakes.odcs.yaml");
        QCOMPARE(checkedWith(json, quakes, SchemaType::Json), std::string());
        QVERIFY(checkedWith(replaced(json, R"(["id", "magnitude", "stations"])", R"(["id"])"), quakes, SchemaType::Json)
                    .starts_with("! Quake.magnitude "));
        const std::string proto = "syntax = \"proto3\"; message Quake { string id = 1; double magnitude = 2; string "
                                  "place = 3; message S { string code = 1; } repeated S stations = 4; }";
        QCOMPARE(checkedWith(proto, quakes, SchemaType::Protobuf), std::string());
        QVERIFY(checkedWith(replaced(proto, "double", "string"), quakes, SchemaType::Protobuf)
                    .starts_with("! Quake.magnitude "));
    }

    void wordsOfTypesHaveALogicalType() {
        const std::vector<std::pair<const char*, const char*>> table{{"string", "string"},
                                                                     {"string or null", "string"},
                                                                     {"long", "integer"},
                                                                     {"uint64", "integer"},
                                                                     {"timestamp-millis", "timestamp"},
                                                                     {"date", "date"},
                                                                     {"date-time", "timestamp"},
                                                                     {"time-micros or null", "time"},
                                                                     {"decimal(9, 2)", "number"},
                                                                     {"double or null", "number"},
                                                                     {"array of string or null", "array"},
                                                                     {"map of string to int32", "object"},
                                                                     {"string or int", ""},
                                                                     {"Leg", ""},
                                                                     {"enum Kind", ""},
                                                                     {"bool", "boolean"},
                                                                     {"duration", "string"},
                                                                     {"timestamp", "timestamp"}};
        for (const auto& [words, logical] : table) {
            QCOMPARE(std::string(logicalTypeOf(words)), std::string(logical));
        }
        QCOMPARE(std::string(itemWordsOf("array of string or null")), std::string("string"));
        QCOMPARE(std::string(itemWordsOf("string")), std::string());
    }
};

QTEST_GUILESS_MAIN(ContractCheckTest)
#include "check_test.moc"
