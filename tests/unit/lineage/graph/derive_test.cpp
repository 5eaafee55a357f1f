// SPDX-License-Identifier: Apache-2.0
#include "graph/derive.h"
#include "graph/export.h"

#include <nlohmann/json.hpp>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::lineage;
using backbone::Operation;

namespace {
constexpr std::int64_t kQuiet = 1'000;

/// Builds evidence step by step and derives the graph from it.
struct Mesh {
    Entries entries;
    CatalogFacts catalog;
    NodeIds ids;
    TimestampMs nowMs = 10'000;

    Entry& add(Entry entry) {
        if (entry.spans.empty()) {
            entry.spans = {{100, 9'900}};
        }
        return entries[entryKey(entry)] = entry;
    }
    Entry& observe(const std::string& principal, bool writes, const std::string& topic, bool granted = true) {
        Entry entry;
        entry.observer = "embedded";
        entry.tuple.client = {"User:" + principal, "h", principal + "-id", "lib", "1"};
        entry.tuple.apiKey = writes ? 0 : 1;
        entry.tuple.operation = writes ? Operation::Write : Operation::Read;
        entry.tuple.resource = topic;
        entry.tuple.granted = granted;
        entry.total = {1, 10, 100};
        return add(entry);
    }
    Entry& group(const std::string& observer, const std::string& group, const std::string& clientId,
                 const std::string& topic) {
        Entry entry;
        entry.kind = EntryKind::Group;
        entry.observer = observer;
        entry.group = group;
        entry.tuple.client.clientId = clientId;
        entry.tuple.client.host = "h";
        entry.tuple.resource = topic;
        entry.total = {0, 10, 0};
        return add(entry);
    }
    void watch(const std::string& observer, Spans spans) {
        Entry entry;
        entry.kind = EntryKind::Observer;
        entry.observer = observer;
        entry.spans = std::move(spans);
        add(entry);
    }
    GraphParts derive() { return deriveGraph(entries, catalog, ids, nowMs, kQuiet); }
    /// The whole picture as lines of text, sorted.
    std::vector<std::string> picture() {
        const Graph graph(derive());
        const auto view = graph.view({});
        std::map<Id32, std::string> names;
        for (const auto& node : view.nodes) {
            names[node.id] = node.name;
        }
        std::vector<std::string> lines;
        for (const auto& edge : view.edges) {
            lines.push_back(names[edge.from] + " -> " + names[edge.to] + (edge.granted ? "" : " !") +
                            (edge.evidence == Evidence::Observed ? ""
                             : edge.evidence == Evidence::Group  ? " (group)"
                                                                 : " (declared)"));
        }
        std::ranges::sort(lines);
        return lines;
    }
    Node node(const std::string& name) {
        const Graph graph(derive());
        const auto id = graph.find(name);
        return id < 0 ? Node{} : graph.at(id).node;
    }
    using Id32 = std::int32_t;
};
using Lines = std::vector<std::string>;
} // namespace

class DeriveTest : public QObject {
    Q_OBJECT

private slots:
    void clientsAndTasks() {
        Mesh mesh;
        mesh.observe("feed", true, "quakes");
        mesh.observe("near", false, "quakes");
        mesh.observe("near", true, "near-airports");
        mesh.observe("ops", false, "near-airports");
        QVERIFY((mesh.picture() ==
                 Lines{"feed -> quakes", "near -> near-airports", "near-airports -> ops", "quakes -> near"}));
        QCOMPARE(mesh.node("feed").kind, NodeKind::Client);
        QVERIFY(mesh.node("feed").producer && !mesh.node("feed").consumer);
        QCOMPARE(mesh.node("near").kind, NodeKind::Task);
        QCOMPARE(mesh.node("ops").kind, NodeKind::Client);
        QCOMPARE(mesh.node("quakes").kind, NodeKind::Topic);
        QVERIFY(mesh.node("near").detail.find("near-id") != std::string::npos);
    }

    void usesAreWhatClientsDoAtTopics() {
        Mesh mesh;
        mesh.observe("feed", true, "quakes").spans = {{100, 200}};
        mesh.observe("near", false, "quakes").spans = {{100, 9'000}};
        mesh.observe("nosy", false, "quakes", false).spans = {{100, 9'000}};
        std::set<std::string> uses;
        Graph(mesh.derive()).forEachUse([&](const Use& use) {
            uses.insert(use.client.name + (use.reads ? " reads " : " writes ") + use.topic.name +
                        (use.edge.granted ? "" : " !"));
        });
        QVERIFY((uses == std::set<std::string>{"feed writes quakes", "near reads quakes", "nosy reads quakes !"}));
        Graph(GraphParts{}).forEachUse([](const Use&) { QFAIL("nothing is there"); });
    }

    void onlyReadingAndWritingMakesEdges() {
        Mesh mesh;
        auto describing = mesh.observe("ui", false, "quakes");
        mesh.entries.clear();
        describing.tuple.apiKey = 3; // Metadata
        describing.tuple.operation = Operation::Describe;
        mesh.add(describing);
        describing.tuple.apiKey = 8; // OffsetCommit: reads a topic in the words of ACLs, but fetches nothing
        describing.tuple.operation = Operation::Read;
        mesh.add(describing);
        QVERIFY(mesh.picture().empty());
    }

    void internalEvidenceIsLeftOut() {
        Mesh mesh;
        mesh.observe("meshbone", false, "quakes").internal = true;
        mesh.observe("feed", true, "quakes");
        QVERIFY((mesh.picture() == Lines{"feed -> quakes"}));
    }

    void anonymousClientsAreToldApartByTheirIds() {
        Mesh mesh;
        for (const std::string id : {"kcat", "notebook", ""}) {
            Entry entry = mesh.observe("x", false, "quakes");
            mesh.entries.erase(entryKey(entry));
            entry.tuple.client.principal = "User:ANONYMOUS";
            entry.tuple.client.clientId = id;
            mesh.add(entry);
        }
        QVERIFY((mesh.picture() == Lines{"quakes -> anonymous", "quakes -> kcat", "quakes -> notebook"}));
    }

    void aClientNamedLikeATopicKeepsItsOwnNode() {
        Mesh mesh;
        mesh.observe("quakes", true, "quakes");
        QVERIFY((mesh.picture() == Lines{"quakes (client) -> quakes"}));
    }

    void refusalsAreNotGranted() {
        Mesh mesh;
        auto& refused = mesh.observe("nosy", false, "quakes", false);
        refused.spans = {{100, 200}};
        QVERIFY((mesh.picture() == Lines{"quakes -> nosy !"}));
        mesh.observe("nosy", false, "quakes", true).spans = {{300, 9'000}};
        QVERIFY((mesh.picture() == Lines{"quakes -> nosy"}));
        QCOMPARE(mesh.derive().edges.size(), std::size_t{1});
        std::vector<ChangeKind> kinds;
        for (const auto& change : Graph(mesh.derive()).changes(0, 10'000)) {
            kinds.push_back(change.kind);
        }
        QVERIFY((kinds == std::vector{ChangeKind::NotGranted, ChangeKind::Changed}));
    }

    void observersAddUpAndGroupsDoNot() {
        Mesh mesh;
        auto copy = mesh.observe("ops", false, "quakes");
        copy.observer = "second-broker"; // saw other requests of the same reader
        copy.total = {2, 30, 300};
        mesh.add(copy);
        mesh.group("desktop-a", "g", "ops-id", "quakes");
        mesh.group("desktop-b", "g", "ops-id", "quakes");
        auto parts = mesh.derive();
        QCOMPARE(parts.edges.size(), std::size_t{1});
        QCOMPARE(parts.edges[0].edge.records, std::int64_t{40});
        QCOMPARE(parts.edges[0].edge.requests, std::int64_t{3});
        QVERIFY((parts.edges[0].edge.groups == std::vector<std::string>{"g"}));

        Mesh groups; // two desktops read the same offsets of the same group
        groups.group("desktop-a", "g", "c", "quakes");
        groups.group("desktop-b", "g", "c", "quakes").total.records = 12;
        parts = groups.derive();
        QCOMPARE(parts.edges.size(), std::size_t{1});
        QCOMPARE(parts.edges[0].edge.records, std::int64_t{12});
    }

    void membersBecomeThePrincipalThatReads() {
        Mesh mesh;
        mesh.observe("ops", false, "quakes");
        mesh.group("desktop", "g", "ops-id", "flights"); // assigned, not fetched from yet
        mesh.group("desktop", "g2", "consumer-g2-1", "quakes");
        mesh.group("desktop", "g2", "consumer-g2-2", "quakes");
        mesh.group("desktop", "idle", "", "quakes");
        mesh.group("desktop", "g2", "", "quakes"); // the same group, before its members came
        QVERIFY((mesh.picture() ==
                 Lines{"flights -> ops (group)", "quakes -> g2 (group)", "quakes -> idle (group)", "quakes -> ops"}));
    }

    void groupsOfAReaderAreThoseItUses() {
        Mesh mesh;
        mesh.observe("ops", false, "quakes");
        Entry joins = mesh.observe("ops", false, "alerts");
        mesh.entries.erase(entryKey(joins));
        joins.tuple.resourceKind = backbone::ResourceKind::Group;
        joins.tuple.apiKey = 11;
        mesh.add(joins);
        QVERIFY((mesh.derive().edges.at(0).edge.groups == std::vector<std::string>{"alerts"}));
    }

    void domainsComeFromTopics() {
        Mesh mesh;
        mesh.catalog.topicDomains = {
            {"quakes", "seismic"}, {"strong", "seismic"}, {"flights", "aviation"}, {"delays", "aviation"}};
        mesh.observe("feed", true, "quakes");
        mesh.observe("task", false, "flights");
        mesh.observe("task", true, "strong");
        mesh.observe("board", false, "flights");
        mesh.observe("board", false, "delays");
        mesh.observe("board", false, "quakes");
        mesh.observe("torn", false, "flights");
        mesh.observe("torn", false, "quakes");
        mesh.observe("both", true, "flights");
        mesh.observe("both", true, "quakes");
        QCOMPARE(mesh.node("feed").domain, std::string("seismic"));
        QCOMPARE(mesh.node("task").domain, std::string("seismic")); // what it writes to counts first
        QCOMPARE(mesh.node("board").domain, std::string("aviation"));
        QCOMPARE(mesh.node("torn").domain, std::string());
        QCOMPARE(mesh.node("both").domain, std::string());
        QCOMPARE(mesh.node("quakes").domain, std::string("seismic"));
    }

    void declaredPortsFindTheirClient() {
        Mesh mesh;
        mesh.observe("near", true, "near-airports");
        mesh.observe("near", false, "quakes");
        mesh.catalog.ports = {{"impact", "team", "seismic", "near-airports", false}, // written by "near": its client
                              {"impact", "team", "seismic", "quakes", true},         // and that reads it: nothing new
                              {"impact", "team", "seismic", "airports", true},       // but not this one
                              {"insurer", "partner", "", "near-airports", true},     // nobody was seen
                              {"insurer", "partner", "", "claims", false}};
        QVERIFY((mesh.picture() == Lines{"airports -> near (declared)", "insurer -> claims (declared)",
                                         "near -> near-airports", "near-airports -> insurer (declared)",
                                         "quakes -> near"}));
        ViewQuery query;
        query.evidence = Evidence::Declared;
        QCOMPARE(Graph(mesh.derive()).view(query).edges.size(), std::size_t{5}); // declared, also where observed
        query.evidence = Evidence::Observed;
        QCOMPARE(Graph(mesh.derive()).view(query).edges.size(), std::size_t{2});
    }

    void edgesGoWhenTheirObserverSeesNothing() {
        Mesh mesh;
        mesh.observe("batch", false, "quakes").spans = {{100, 1'000}, {5'000, 5'500}};
        mesh.watch("embedded", {{0, 3'000}, {4'900, 7'000}});
        const Graph graph(mesh.derive());
        QVERIFY(graph.view({}).edges.empty());
        const auto shownAt = [&](TimestampMs at) {
            ViewQuery query;
            query.asOfMs = at;
            return !graph.view(query).edges.empty();
        };
        QVERIFY(!shownAt(50) && shownAt(100) && shownAt(1'999) && !shownAt(2'000) && !shownAt(4'999));
        QVERIFY(shownAt(5'000) && shownAt(6'499) && !shownAt(6'500));
    }

    void changesTellTheStory() {
        Mesh mesh;
        mesh.observe("batch", false, "quakes").spans = {{100, 1'000}, {5'000, 5'500}};
        mesh.watch("embedded", {{0, 3'000}, {4'900, 7'000}});
        std::vector<std::string> story;
        TimestampMs last = 0;
        for (const auto& change : Graph(mesh.derive()).changes(0, 100'000)) {
            QVERIFY(change.atMs >= last);
            last = change.atMs;
            story.push_back(std::to_string(change.atMs) + " " + change.sentence);
        }
        QVERIFY((story == Lines{"100 batch began to read quakes", "2000 batch hasn't read quakes for a second",
                                "5000 batch reads quakes again", "6500 batch hasn't read quakes for a second"}));
        QCOMPARE(Graph(mesh.derive()).changes(2'000, 5'000).size(), std::size_t{2});
    }

    void idsStayWithTheirNodes() {
        Mesh mesh;
        mesh.observe("feed", true, "quakes");
        const auto before = mesh.node("quakes").id;
        mesh.observe("aaa", true, "aaa-topic");
        QCOMPARE(mesh.node("quakes").id, before);
        NodeIds again(mesh.ids.keys());
        QCOMPARE(again.idOf("t:quakes"), before);
    }

    void ratesRunOut() {
        Entry entry;
        entry.recent = {{1'000, 10}, {61'000, 130}};
        QCOMPARE(recentRate(entry, 61'000), 2.0);
        QCOMPARE(recentRate(entry, 61'000 + 180'000), 2.0);
        QCOMPARE(recentRate(entry, 61'001 + 180'000), 0.0);
        entry.recent.resize(1);
        QVERIFY(!recentRate(entry, 61'000)); // a point is no span
        entry.recent = {{1'000, 10}, {29'000, 130}};
        QVERIFY(!recentRate(entry, 29'000));       // too short a one
        QCOMPARE(recentRate(entry, 120'000), 0.0); // and nothing came after it
    }

    void aBurstIsOutOfTheRateWithinAMinute() {
        Entry entry;
        entry.recent = {{1'000, 0}, {41'000, 3'000}, {81'000, 3'040}};
        QCOMPARE(recentRate(entry, 81'000), 1.0);
    }

    void namesCannotBreakOutOfAnExport() {
        Mesh mesh;
        mesh.observe("a\"] ; evil [label=\"\\N", true, "t\n\"\\");
        mesh.catalog.topicDomains = {{"t\n\"\\", "d\"}"}};
        const auto view = Graph(mesh.derive()).view({});
        const auto dot = toDot(view);
        QVERIFY(dot.find("label=\"a\\\"] ; evil [label=\\\"\\\\N\"") != std::string::npos);
        QVERIFY(dot.find("label=\"t \\\"\\\\\"") != std::string::npos);
        QVERIFY(dot.find("label=\"d\\\"}\"") != std::string::npos);
        const auto json = nlohmann::json::parse(toJson(view));
        QCOMPARE(json["format"].get<std::string>(), std::string("meshbone.lineage/1"));
        QCOMPARE(json["nodes"].size(), std::size_t{2});
        QCOMPARE(json["edges"][0]["records"].get<int>(), 10);
    }
};

QTEST_GUILESS_MAIN(DeriveTest)
#include "derive_test.moc"
