// SPDX-License-Identifier: Apache-2.0
#include "../../catalog/schema/book/example_book.h"

#include <lineage/schema_impact.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::lineage;
using meshbone::test::schemaVersion;
using Grade = ImpactedReader::Grade;

/// flights -> enricher -> flights-enriched -> board; flights -> counter -> counts (no such field); flights -> copier ->
/// copies (no schema) -> archive. `planner` may read flights, and was never seen.
class ImpactTest : public QObject {
    Q_OBJECT
private slots:
    void followsTheFieldWhereItGoesOn();
    void readersByGrade();
    void theWholeSchemaGoesEverywhere();
    void saysWhatIsNotThere();
    void whoFetchedIsNamed();

private:
    catalog::SchemaBook m_book{
        {schemaVersion("flights-value", 1, 1, test::kFlight1),
         schemaVersion(
             "flights-enriched-value", 1, 2,
             R"({"type":"record","name":"E","fields":[{"name":"plane","type":{"type":"record","name":"P","fields":[)"
             R"({"name":"tail","aliases":["tailNumber"],"type":"string"}]}}]})"),
         schemaVersion("counts-value", 1, 3,
                       R"({"type":"record","name":"C","fields":[{"name":"count","type":"long"}]})")}};
    Subgraph graph() {
        Subgraph graph;
        const auto node = [&](int id, NodeKind kind, const char* name) {
            Node made;
            made.id = id;
            made.kind = kind;
            made.name = name;
            graph.nodes.push_back(made);
        };
        const auto edge = [&](int from, int to, Evidence evidence = Evidence::Observed) {
            Edge made;
            made.from = from;
            made.to = to;
            made.evidence = evidence;
            made.lastSeenMs = 1000;
            graph.edges.push_back(made);
        };
        node(0, NodeKind::Topic, "flights");
        node(1, NodeKind::Task, "enricher");
        node(2, NodeKind::Topic, "flights-enriched");
        node(3, NodeKind::Client, "board");
        node(4, NodeKind::Task, "counter");
        node(5, NodeKind::Topic, "counts");
        node(6, NodeKind::Task, "copier");
        node(7, NodeKind::Topic, "copies");
        node(8, NodeKind::Client, "archive");
        for (const auto& [from, to] :
             {std::pair(0, 1), {1, 2}, {2, 3}, {0, 4}, {4, 5}, {0, 6}, {6, 7}, {2, 1}}) { // the last: a circle
            edge(from, to);
        }
        edge(7, 8, Evidence::Group);
        return graph;
    }
    static std::vector<catalog::Grant> grants() {
        catalog::Grant grant;
        grant.scope.principal = "User:planner";
        grant.scope.reads = {{"fli", backbone::PatternType::Prefixed}};
        grant.product = "planning";
        return {grant};
    }
    Result<SchemaImpact> impact(const std::string& field, const std::string& subject = "flights-value") {
        const auto all = graph();
        const auto given = grants();
        const std::vector<catalog::Product> products{
            {"flight-data", "", "", "", "", {{"flights", catalog::PortDirection::Output, ""}}, 0},
            {"planning", "", "", "", "", {{"flights", catalog::PortDirection::Input, ""}}, 0}};
        return schemaImpact({m_book, all, given, products, 5000, m_fetches}, subject, field);
    }
    std::vector<catalog::SchemaFetch> m_fetches;
};

void ImpactTest::followsTheFieldWhereItGoesOn() {
    const auto found = impact("tailNumber");
    QVERIFY(found);
    std::vector<std::string> topics;
    for (const auto& topic : found->topics) {
        topics.push_back(topic.topic + (topic.isCertain ? ":" + topic.field : "?") +
                         (topic.via.empty() ? "" : " by " + topic.via));
    }
    QCOMPARE(topics, (std::vector<std::string>{"flights:tailNumber", "flights-enriched:plane.tail by enricher",
                                               "copies? by copier"}));
    QCOMPARE(found->topics[0].product, std::string("flight-data"));
    QVERIFY(found->coverage.find("1 derived topics have no schema") != std::string::npos);
}

void ImpactTest::readersByGrade() {
    const auto found = impact("tailNumber");
    const auto grade = [&](const char* principal, const char* topic) {
        for (const auto& reader : found->readers) {
            if (reader.principal == principal && reader.topic == topic) {
                return static_cast<int>(reader.grade);
            }
        }
        return -1;
    };
    QCOMPARE(grade("enricher", "flights"), static_cast<int>(Grade::Observed));
    QCOMPARE(grade("board", "flights-enriched"), static_cast<int>(Grade::Observed));
    QCOMPARE(grade("archive", "copies"), static_cast<int>(Grade::Group));
    QCOMPARE(grade("planner", "flights"), static_cast<int>(Grade::Granted));
    QCOMPARE(grade("planner", "flights-enriched"), static_cast<int>(Grade::Granted)); // its prefix covers that too
    QCOMPARE(grade("counter", "counts"), -1);
}

void ImpactTest::theWholeSchemaGoesEverywhere() {
    QCOMPARE(impact("")->topics.size(), 4U);
}

void ImpactTest::saysWhatIsNotThere() {
    QCOMPARE(impact("x", "none-value").error().code, ErrorCode::NotFound);
    QVERIFY(impact("wing").error().message.find("has no field `wing`") != std::string::npos);
}

void ImpactTest::whoFetchedIsNamed() {
    const auto fetched = [](int id, const char* principal, TimestampMs atMs) {
        return catalog::SchemaFetch{".", catalog::SchemaId(id), principal, "127.0.0.1", "py/1", atMs};
    };
    m_fetches = {fetched(1, "User:planner", 3'000), fetched(1, "User:board", 2'500), fetched(2, "User:board", 2'000),
                 fetched(9, "User:odd", 2'000), fetched(1, "", 1'500)};
    const auto found = impact("tailNumber");
    QVERIFY(found);
    const auto reader = [&](const char* principal, const char* topic) {
        const auto is = [&](const ImpactedReader& one) { return one.principal == principal && one.topic == topic; };
        const auto at = std::ranges::find_if(found->readers, is);
        return at == found->readers.end() ? ImpactedReader{} : *at;
    };
    // May read, and fetched: more than a right. It still isn't known to have fetched the other topic's.
    QCOMPARE(reader("planner", "flights").grade, Grade::ById);
    QCOMPARE(reader("planner", "flights").versions, std::vector<int>{1});
    QCOMPARE(reader("planner", "flights").client, std::string("py/1 at 127.0.0.1"));
    QCOMPARE(reader("planner", "flights").lastSeenMs, 3'000);
    QCOMPARE(reader("planner", "flights-enriched").grade, Grade::Granted);
    // Seen reading stays so, with what it fetched.
    QCOMPARE(reader("board", "flights-enriched").grade, Grade::Observed);
    QCOMPARE(reader("board", "flights-enriched").versions, std::vector<int>{1});
    QCOMPARE(reader("board", "flights").grade, Grade::ById);
    QCOMPARE(reader("py/1 at 127.0.0.1", "flights").grade, Grade::ById); // who needed no login
    QVERIFY(reader("odd", "flights").principal.empty());
    QVERIFY(found->coverage.find("4 asked the registry") != std::string::npos);
    QCOMPARE(reader("planner", "flights").asked, catalog::SchemaAsk::ById);
    // Who registers or looks up is known by that, as far as it is of the subject; fetching is the surer sign.
    for (auto& one : m_fetches) {
        one.what = one.principal == "User:planner" ? catalog::SchemaAsk::Register : catalog::SchemaAsk::LookUp;
        one.subject = "flights-value";
    }
    m_fetches.push_back(fetched(1, "User:planner", 1'000));
    const auto registered = impact("tailNumber");
    const auto asked = [&](const char* principal, const char* topic) {
        const auto is = [&](const ImpactedReader& one) { return one.principal == principal && one.topic == topic; };
        const auto at = std::ranges::find_if(registered->readers, is);
        return at == registered->readers.end() || at->grade != Grade::ById ? std::nullopt : std::optional(at->asked);
    };
    QCOMPARE(asked("planner", "flights"), std::optional(catalog::SchemaAsk::ById));
    QCOMPARE(asked("board", "flights"), std::optional(catalog::SchemaAsk::LookUp));
    QVERIFY(!asked("py/1 at 127.0.0.1", "flights-enriched"));
}

QTEST_MAIN(ImpactTest)
#include "impact_test.moc"
