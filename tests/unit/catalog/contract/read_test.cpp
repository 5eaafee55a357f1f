// SPDX-License-Identifier: Apache-2.0
#include "example_files.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::test;

namespace {

std::string problemsOf(const std::string& text) {
    std::string all;
    const auto read = readContract(text);
    for (const auto& problem : read ? validateContract(*read) : read.error()) {
        all += fmt::format("{}:{} {}\n", problem.at.line, problem.at.column, problem.sentence);
    }
    return all;
}

bool complains(const std::string& text, const std::string& place, const std::string& words) {
    const std::string all = problemsOf(text);
    const auto at = all.find(place);
    const bool found = at != std::string::npos && all.find(words, at) != std::string::npos;
    if (!found) {
        qWarning("%s", all.c_str());
    }
    return found;
}

} // namespace

class ContractReadTest : public QObject {
    Q_OBJECT

private slots:
    void theStandardsOwnExampleIsReadWithoutLoss() {
        const std::string text = exampleText("full-example.odcs.yaml");
        const auto contract = contractOf(text);
        QCOMPARE(contract.text, text);
        QCOMPARE(contract.id, std::string("53581432-6c55-4ba2-a65f-72344a91553a"));
        QCOMPARE(contract.objects.size(), std::size_t{2});
        const auto& first = contract.objects[0].properties.at(0);
        QCOMPARE(first.path, std::string("transaction_reference_date"));
        QCOMPARE(first.physicalPath, std::string("txn_ref_dt"));
        QCOMPARE(first.at.line, 59);
        QVERIFY(contract.objects[1].properties.at(0).isUnique && contract.objects[1].properties.at(0).isPrimaryKey);
        QCOMPARE(contract.slas.size(), std::size_t{8});
        QCOMPARE(contract.team.at(2).role, std::string("Owner"));
        QCOMPARE(contract.support.at(0).channel, std::string("#product-help"));
        QVERIFY(topicsOf(contract).empty());
    }

    void examplesKeepTheStandard_data() {
        QTest::addColumn<QString>("file");
        for (const char* file :
             {"full-example.odcs.yaml", "kafka-schemaregistry.odcs.yaml", "earthquake-feed.odps.yaml"}) {
            QTest::newRow(file) << QString::fromLatin1(file);
        }
    }
    void examplesKeepTheStandard() {
        QFETCH(QString, file);
        const std::string problems = problemsOf(exampleText(file.toStdString()));
        QVERIFY2(problems.empty(), problems.c_str());
    }

    void whatBreaksTheStandardIsToldWithPathAndPlace() {
        const std::string quakes = exampleText("quakes.odcs.yaml");
        QVERIFY(complains(quakes, "10:1 ", "x-internal"));
        const std::string good = replaced(quakes, "x-internal: &ours\n  reviewed: true\n", "");
        QCOMPARE(problemsOf(good), std::string());
        QVERIFY(complains(replaced(good, "version: 1.2.0 ", "version: 1.2 "), "6:1 `version` ", "Put it in quotes."));
        QVERIFY(complains(replaced(good, "logicalType: number", "logicalType: decimal"),
                          "26:9 `schema[0].properties[1].logicalType` is ", "decimal"));
        QVERIFY(complains(replaced(good, "required: true\n        unique", "required: often\n        unique"), "22:9 ",
                          "schema[0].properties[0].required"));
        QVERIFY(complains(replaced(good, "status: active\n", ""), "2:1 ", "status"));
        QVERIFY(complains(replaced(good, "    value: 5\n", ""), "slaProperties[0]", "value"));
    }

    void whatIsNoContractIsToldWithItsPlace() {
        QVERIFY(complains("- a\n", "1:1", "map"));
        QVERIFY(complains("id: a\n", "1:1", "kind"));
        QVERIFY(complains("a: b\nkind: Table\n", "2:7", "neither"));
        QVERIFY(complains("kind: DataContract\nkind: DataContract\n", "2:1", "twice"));
        QVERIFY(complains("a: [1, 2\n", "2:1", "YAML"));
        QVERIFY(complains("a: \x01\n", "1:4", "control"));
        QVERIFY(complains(std::string(kMaxContractBytes + 1, ' '), "1:1", "larger"));
        QVERIFY(complains("a: " + std::string(5'000, '['), "1:", "deeply"));
        QVERIFY(complains("a: &a [*a]\n", "1:8", "contains it"));
    }

    /// Nine levels of nine aliases would be 387 million nodes.
    void aliasesAreReadAndBounded() {
        const auto contract =
            contractOf("kind: DataContract\nid: &id abc\nname: *id\nschema:\n- &one\n  name: a\n- *one\n");
        QCOMPARE(contract.name, std::string("abc"));
        QCOMPARE(contract.objects.size(), std::size_t{2});
        std::string laughs = "kind: DataContract\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 9; ++i) {
            laughs +=
                fmt::format("a{0}: &a{0} [*a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}, *a{1}]\n", i, i - 1);
        }
        QVERIFY(complains(laughs, "7:", "too much"));
        std::string longTexts = "kind: DataContract\na: &a " + std::string(500'000, 'x') + "\nb: [";
        for (int i = 0; i < 1'000; ++i) {
            longTexts += "*a, ";
        }
        QVERIFY(complains(longTexts + "]\n", "3:", "too much"));
    }

    void longNamesInOneAnotherAreBounded() {
        std::string text = "kind: DataContract\nschema: [{name: a, properties: [{name: " + std::string(300'000, 'x') +
                           ", properties: [";
        for (int i = 0; i < 100; ++i) {
            text += "{name: y}, ";
        }
        QVERIFY(complains(text + "]}]}]\n", "1:1", "too long names"));
    }

    void aChangedValueChangesNothingElse() {
        const std::string text = exampleText("quakes.odcs.yaml");
        const auto quakes = contractOf(text);
        QCOMPARE(withContractValue(quakes, "version", "2.0.0").value(), replaced(text, "1.2.0", "2.0.0"));
        QCOMPARE(withContractValue(quakes, "status", "retired").value(),
                 replaced(text, "status: active", "status: retired"));
        // What would read as something else is put in quotes.
        QCOMPARE(withContractValue(quakes, "version", "2.0").value(), replaced(text, "1.2.0", "\"2.0\""));
        QCOMPARE(withContractValue(quakes, "status", "a # b").value(),
                 replaced(text, "status: active", "status: \"a # b\""));
    }

    void aChangeSurvivesWhateverIsAroundIt() {
        const auto change = [](const std::string& text) {
            return withContractValue(contractOf(text), "status", "x").value_or("");
        };
        QCOMPARE(change("\xef\xbb\xbf"
                        "kind: DataContract\r\nstatus: 'it''s' # \xc3\xa4\r\n"),
                 std::string("\xef\xbb\xbf"
                             "kind: DataContract\r\nstatus: x # \xc3\xa4\r\n"));
        QCOMPARE(change("{kind: DataContract, \"status\": \"a\\\"b\", z: 1}"),
                 std::string("{kind: DataContract, \"status\": x, z: 1}"));
        QCOMPARE(change("\xc3\xa4: 1\nstatus: active\nkind: DataContract"),
                 std::string("\xc3\xa4: 1\nstatus: x\nkind: DataContract"));
    }

    void aValueThatCannotBeChangedIsToldWhy() {
        const auto code = [](const std::string& text) {
            const auto changed = withContractValue(contractOf(text), "status", "x");
            return changed ? ErrorCode::Internal : changed.error().code;
        };
        QCOMPARE(code("kind: DataContract\n"), ErrorCode::NotFound);
        QCOMPARE(code("kind: DataContract\nstatus:\n"), ErrorCode::NotFound);
        QCOMPARE(code("kind: DataContract\nstatus: |\n  long\n  text\n"), ErrorCode::Unsupported);
        QCOMPARE(code("kind: DataContract\nstatus: [a]\n"), ErrorCode::Unsupported);
        QCOMPARE(code("kind: &k DataContract\nstatus: *k\n"), ErrorCode::Unsupported);
        QCOMPARE(code("kind: DataContract\nstatus: &a draft\nname: *a\n"), ErrorCode::Unsupported);
    }

    void topicsAreFoundByObjectThenByServer() {
        const auto topics = [](const std::string& rest) {
            std::string all;
            for (const auto& one : topicsOf(contractOf("kind: DataContract\n" + rest))) {
                all += fmt::format("{}:{} ", one.topic, one.object);
            }
            return all;
        };
        QCOMPARE(topicsOf(exampleContract("quakes.odcs.yaml")),
                 (std::vector<ContractTopic>{{"seismic.quakes", 0, {18, 5}}}));
        QCOMPARE(topicsOf(exampleContract("kafka-schemaregistry.odcs.yaml")).at(0).topic, std::string("orders"));
        QCOMPARE(topics("schema: [{name: a, physicalType: Topic}, {name: b, physicalType: table}]"),
                 std::string("a:0 "));
        QCOMPARE(topics("servers: [{type: kafka, topic: t}]\nschema: [{name: a}]"), std::string("t:0 "));
        QCOMPARE(topics("servers: [{type: kafka, customProperties: [{property: topic, value: t}]}]"),
                 std::string("t:0 "));
        QCOMPARE(topics("servers: [{type: kafka, topic: t}]\nschema: [{name: a}, {name: b}]"), std::string("t:2 "));
        QCOMPARE(topics("servers: [{type: kafka}]\nschema: [{name: a, physicalName: p}]"), std::string("p:0 "));
        QCOMPARE(topics("servers: [{type: kafka}, {type: s3}]\nschema: [{name: a}]"), std::string());
        QCOMPARE(topics("schema: [{name: a}]"), std::string());
    }

    void theSchemaThatItWasWrittenFromIsKnown() {
        const auto objects =
            contractOf("kind: DataContract\nschema: [{name: a, customProperties: [{property: schemaSubject, "
                       "value: a-value}, {property: schemaVersion, value: '3'}]}, {name: b, "
                       "customProperties: [{property: schemaVersion, value: newest}]}]")
                .objects;
        QCOMPARE(objects.at(0).schemaSubject, std::string("a-value"));
        QCOMPARE(objects.at(0).schemaVersion, 3);
        QCOMPARE(objects.at(1).schemaVersion, 0);
    }

    void aDataProductHasPorts() {
        const auto feed = exampleContract("earthquake-feed.odps.yaml");
        QVERIFY(feed.kind == ContractKind::DataProduct);
        QCOMPARE(feed.ports.size(), std::size_t{2});
        QCOMPARE(feed.ports[1].contractId, std::string("3f7a1c1e-quakes"));
        QVERIFY(feed.ports[0].direction == ContractPortDirection::Input);
    }
};

QTEST_GUILESS_MAIN(ContractReadTest)
#include "read_test.moc"
