// SPDX-License-Identifier: Apache-2.0
#include "example_files.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

/// "! path: sentence" of each finding, without what is said of the version.
std::string changes(const Contract& before, const Contract& after) {
    std::string all;
    for (const auto& one : compareContracts(before, after)) {
        if (one.path != "version") {
            all += fmt::format("{} {}: {}\n", one.isBreaking ? "!" : "-", one.path, one.sentence);
        }
    }
    return all;
}

struct Row {
    const char* what;
    const char* from;
    const char* to;
    const char* said; ///< all that is said
};

// Each a change of quakes.odcs.yaml.
constexpr Row kQuakeRows[] = {
    {"a property is dropped", "      - name: place\n        logicalType: string\n", "",
     "! Quake.place: 'Quake.place' is gone.\n"},
    {"a property is added", "      - name: place\n",
     "      - name: depth\n        logicalType: number\n      - name: place\n",
     "- Quake.depth: 'Quake.depth' is new.\n"},
    {"an array is dropped with all inside",
     "      - name: stations\n        logicalType: array\n        items:\n          logicalType: object\n          "
     "properties:\n            - name: code\n              logicalType: string\n              required: true\n",
     "", "! Quake.stations: 'Quake.stations' is gone.\n"},
    {"required becomes optional", "physicalType: double\n        required: true",
     "physicalType: double\n        required: false",
     "! Quake.magnitude: 'Quake.magnitude' was always there, now it may be absent.\n"},
    {"optional becomes required", "      - name: place\n", "      - name: place\n        required: true\n",
     "- Quake.place: 'Quake.place' may have been absent, now it is always there.\n"},
    {"what is inside becomes optional", "logicalType: string\n              required: true", "logicalType: string",
     "! Quake.stations[].code: 'Quake.stations[].code' was always there, now it may be absent.\n"},
    {"no longer unique", "        unique: true\n", "", "! Quake.id: 'Quake.id' was unique, now it may repeat.\n"},
    {"no longer the key", "        primaryKey: true\n", "",
     "! Quake.id: 'Quake.id' is no longer part of the primary key.\n"},
    {"the key grows", "      - name: place\n", "      - name: place\n        primaryKey: true\n",
     "! Quake.place: 'Quake.place' is now part of the primary key.\n"},
    {"unique now", "      - name: place\n", "      - name: place\n        unique: true\n",
     "- Quake.place: 'Quake.place' may have repeated, now it is unique.\n"},
    {"another type", "logicalType: number\n        physicalType: double",
     "logicalType: string\n        physicalType: double",
     "! Quake.magnitude: The logical type of 'Quake.magnitude' was 'number', now it is 'string'.\n"},
    {"another physical type", "physicalType: double", "physicalType: float",
     "! Quake.magnitude: The physical type of 'Quake.magnitude' was 'double', now it is 'float'.\n"},
    {"stricter class", "classification: internal", "classification: restricted",
     "! Quake.magnitude: The classification of 'Quake.magnitude' was 'internal', now it is 'restricted'.\n"},
    {"looser class", "classification: internal", "classification: public",
     "- Quake.magnitude: The classification of 'Quake.magnitude' was 'internal', now it is 'public'.\n"},
    {"a class nobody knows", "classification: internal", "classification: secret",
     "! Quake.magnitude: The classification of 'Quake.magnitude' was 'internal', now it is 'secret'.\n"},
    {"longer latency", "value: 5\n    unit: m", "value: 1\n    unit: h",
     "! sla latency: The promised latency was 5 m, now it is 1 h: worse.\n"},
    {"shorter latency", "value: 5\n    unit: m", "value: 30\n    unit: s",
     "- sla latency: The promised latency was 5 m, now it is 30 s: better.\n"},
    {"the same latency", "value: 5\n    unit: m", "value: 300\n    unit: s", ""},
    {"less retention", "value: 1\n    unit: y", "value: 30\n    unit: d",
     "! sla retention: The promised retention was 1 y, now it is 30 d: worse.\n"},
    {"more retention", "value: 1\n    unit: y", "value: 2\n    unit: y",
     "- sla retention: The promised retention was 1 y, now it is 2 y: better.\n"},
    {"a promise is withdrawn", "  - property: retention\n    value: 1\n    unit: y\n", "",
     "! sla retention: The sla 'retention' is gone.\n"},
    {"a promise is made", "  - property: retention\n",
     "  - property: throughput\n    value: 5\n  - property: retention\n",
     "- sla throughput: The sla 'throughput' is new.\n"},
    {"a level that nobody can order", "property: latency\n    value: 5\n    unit: m",
     "property: latency\n    value: soon",
     "! sla latency: The promised latency was 5 m, now it is soon: and nobody can say from here whether that is "
     "less.\n"},
    {"another topic", "physicalName: seismic.quakes", "physicalName: quakes.v2",
     "! Quake: The topic of 'Quake' was 'seismic.quakes', now it is 'quakes.v2'.\n"},
    {"another host", "events.example.org:9092", "other.example.org:9092",
     "! server production: The host of the server 'production' was 'events.example.org:9092', now it is "
     "'other.example.org:9092'.\n"},
    {"another format", "format: avro", "format: json",
     "! server production: The format of the server 'production' was 'avro', now it is 'json'.\n"},
    {"another server", "server: production", "server: prod",
     "! server production: The server 'production' is gone.\n- server prod: The server 'prod' is new.\n"},
    {"retired", "status: active", "status: retired",
     "! status: The status was 'active', now it is 'retired'. Nobody keeps it any longer.\n"},
    {"deprecated", "status: active", "status: deprecated",
     "- status: The status was 'active', now it is 'deprecated'. It will end; use something else from now on.\n"},
    {"another contract", "id: 3f7a1c1e-quakes", "id: other",
     "! id: The id was '3f7a1c1e-quakes', now it is 'other'.\n"},
    {"another domain", "domain: seismic", "domain: geology", "- domain: 'domain' was seismic, now it is geology.\n"},
    {"an unknown key changes", "reviewed: true", "reviewed: false",
     "- x-internal: 'x-internal' was {\"reviewed\":true}, now it is {\"reviewed\":false}.\n"},
    {"an unknown key of a property", "      - name: place\n", "      - name: place\n        examples: [Chile]\n",
     "- Quake.place.examples: 'Quake.place.examples' is new.\n"},
    {"an unknown key of a server", "    format: avro\n", "    format: avro\n    environment: prod\n",
     "- server production.environment: 'server production.environment' is new.\n"},
    {"only a comment", "# raised with every change", "# raised", ""},
    {"only quotes", "status: active", "status: \"active\"", ""},
};

constexpr Row kFeedRows[] = {
    {"a port is withdrawn", "  - name: seismic.quakes\n    version: \"1.0.0\"\n    contractId: 3f7a1c1e-quakes\n", "",
     "! output port seismic.quakes 1.0.0: The output port 'seismic.quakes 1.0.0' is gone.\n"},
    {"a port has another contract", "contractId: 3f7a1c1e-quakes", "contractId: other",
     "! output port seismic.quakes 1.0.0: The contract of the output port 'seismic.quakes 1.0.0' was "
     "'3f7a1c1e-quakes', now it is 'other'.\n"},
    {"it needs something else", "name: stations", "name: sites",
     "- input port stations 1.0.0: The input port 'stations 1.0.0' is gone.\n"
     "- input port sites 1.0.0: The input port 'sites 1.0.0' is new.\n"},
};

} // namespace

class ContractCompareTest : public QObject {
    Q_OBJECT

    static void addRows(const char* file, std::span<const Row> rows) {
        for (const Row& row : rows) {
            QTest::newRow(row.what) << QString::fromLatin1(file) << QString::fromLatin1(row.from)
                                    << QString::fromLatin1(row.to) << QString::fromLatin1(row.said);
        }
    }

private slots:
    void eachChangeIsSaidInWords_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<QString>("said");
        addRows("quakes.odcs.yaml", kQuakeRows);
        addRows("earthquake-feed.odps.yaml", kFeedRows);
    }
    void eachChangeIsSaidInWords() {
        QFETCH(QString, file);
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(QString, said);
        const std::string text = exampleText(file.toStdString());
        const auto after = contractOf(replaced(text, from.toStdString(), to.toStdString()));
        QCOMPARE(QString::fromStdString(changes(contractOf(text), after)), said);
    }

    void theSameContractHasNoChanges() {
        for (const char* file : {"full-example.odcs.yaml", "quakes.odcs.yaml", "earthquake-feed.odps.yaml"}) {
            QVERIFY(compareContracts(exampleContract(file), exampleContract(file)).empty());
        }
    }

    void aBreakWithoutANewVersionIsTold() {
        const std::string text = exampleText("quakes.odcs.yaml");
        const auto before = contractOf(text);
        const std::string broken = replaced(text, "physicalType: double", "physicalType: float");
        const auto same = compareContracts(before, contractOf(broken));
        QVERIFY(isBreaking(same));
        QCOMPARE(same.back().sentence,
                 std::string("The version is still 1.2.0, although this breaks the contract; give it a new one."));
        const auto raised = compareContracts(before, contractOf(replaced(broken, "1.2.0", "2.0.0")));
        QCOMPARE(raised.back().sentence, std::string("The version was 1.2.0, now it is 2.0.0."));
    }

    void aFindingKnowsBothPlaces() {
        const std::string text = exampleText("quakes.odcs.yaml");
        const auto found = compareContracts(
            contractOf(text),
            contractOf(replaced("# one line more\n" + text, "physicalType: double", "physicalType: float")));
        QCOMPARE(found.at(0).before, (FilePlace{27, 9}));
        QCOMPARE(found.at(0).after, (FilePlace{28, 9}));
    }

    void twoKindsCannotBeCompared() {
        const auto found =
            compareContracts(exampleContract("quakes.odcs.yaml"), exampleContract("earthquake-feed.odps.yaml"));
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].isBreaking);
    }
};

QTEST_GUILESS_MAIN(ContractCompareTest)
#include "compare_test.moc"
