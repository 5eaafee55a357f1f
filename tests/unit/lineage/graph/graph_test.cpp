// SPDX-License-Identifier: Apache-2.0
// Queries against a model that does everything the slow, plain way.
#include "graph/graph.h"
#include "support/seed.h"

#include <QtTest>

#include <map>
#include <random>
#include <set>

using namespace meshbone;
using namespace meshbone::lineage;
using Id = std::int32_t;

namespace {
constexpr TimestampMs kNow = 1'000;

Node nodeOf(Id id, NodeKind kind, const std::string& name, const std::string& domain = "") {
    Node node;
    node.id = id;
    node.kind = kind;
    node.name = name;
    node.domain = domain;
    return node;
}

GraphEdge edgeOf(Id from, Id to, Spans life = {{0, kStillThere}}, std::uint8_t evidence = 1) {
    GraphEdge edge;
    edge.edge.from = from;
    edge.edge.to = to;
    edge.edge.records = 1;
    edge.evidence = evidence;
    edge.life = std::move(life);
    return edge;
}

struct Model {
    GraphParts parts;
    std::map<Id, std::set<Id>> out, in; // as the filter lets through
    std::map<Id, std::string> domain;

    static Model random(std::mt19937_64& random, Id nodes, int edges, int domains) {
        Model model;
        model.parts.builtMs = kNow;
        for (Id i = 0; i < nodes; ++i) {
            const auto d = domains > 0 ? static_cast<int>(random() % (static_cast<std::uint64_t>(domains) + 1)) : 0;
            model.domain[i] = d == 0 ? "" : "d" + std::to_string(d);
            model.parts.nodes.push_back(
                {nodeOf(i, i % 2 == 0 ? NodeKind::Client : NodeKind::Topic, "n" + std::to_string(i), model.domain[i]),
                 d == 0 ? -1 : nodes + d - 1});
        }
        for (Id d = 0; d < domains; ++d) {
            const auto name = "d" + std::to_string(d + 1);
            model.parts.nodes.push_back({nodeOf(nodes + d, NodeKind::Domain, name, name), -1});
        }
        std::set<std::pair<Id, Id>> seen;
        for (int i = 0; i < edges; ++i) {
            const auto a = static_cast<Id>(random() % static_cast<std::uint64_t>(nodes)),
                       b = static_cast<Id>(random() % static_cast<std::uint64_t>(nodes));
            if (a != b && seen.emplace(a, b).second) {
                const auto from = static_cast<TimestampMs>(random() % 900);
                const auto to = random() % 2 == 0 ? kStillThere : from + 1 + static_cast<TimestampMs>(random() % 400);
                model.parts.edges.push_back(edgeOf(a, b, {{from, to}}, static_cast<std::uint8_t>(1 + random() % 7)));
            }
        }
        return model;
    }

    void filter(const EdgeFilter& filter) {
        out.clear();
        in.clear();
        for (const auto& edge : parts.edges) {
            const auto at = filter.asOfMs.value_or(kNow);
            const bool alive =
                std::ranges::any_of(edge.life, [at](const Span& s) { return s.fromMs <= at && at < s.toMs; });
            if (alive && (!filter.evidence || (edge.evidence >> static_cast<int>(*filter.evidence) & 1) != 0)) {
                out[edge.edge.from].insert(edge.edge.to);
                in[edge.edge.to].insert(edge.edge.from);
            }
        }
    }

    std::map<Id, int> distances(Id start, bool down, int hops) {
        std::map<Id, int> distance{{start, 0}};
        for (int hop = 1; hop <= hops; ++hop) {
            auto next = distance;
            for (const auto& [id, d] : distance) {
                if (d == hop - 1) {
                    for (const auto other : down ? out[id] : in[id]) {
                        next.try_emplace(other, hop);
                    }
                }
            }
            if (next.size() == distance.size()) {
                break;
            }
            distance = next;
        }
        distance.erase(start);
        return distance;
    }
};

std::set<Id> idsOf(const Subgraph& graph) {
    std::set<Id> ids;
    for (const auto& node : graph.nodes) {
        ids.insert(node.id);
    }
    return ids;
}

EdgeFilter randomFilter(std::mt19937_64& random) {
    EdgeFilter filter;
    if (random() % 2 == 0) {
        filter.asOfMs = static_cast<TimestampMs>(random() % 1'300);
    }
    if (random() % 2 == 0) {
        filter.evidence = static_cast<Evidence>(random() % 3);
    }
    return filter;
}
} // namespace

class GraphTest : public QObject {
    Q_OBJECT

private slots:
    void reachIsWhatTheModelReaches() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 150; ++round) {
            auto model = Model::random(random, 2 + static_cast<Id>(random() % 40), static_cast<int>(random() % 90), 0);
            const Graph graph(model.parts);
            const auto filter = randomFilter(random);
            model.filter(filter);
            const bool down = random() % 2 == 0;
            const auto start = static_cast<Id>(random() % model.parts.nodes.size());
            const auto expected = model.distances(start, down, 1'000);
            std::map<Id, int> found;
            int last = 0;
            for (const auto& [node, distance] : graph.reach(start, down, filter)) {
                QVERIFY(found.emplace(node->id, distance).second);
                QVERIFY(distance >= last); // nearest first
                last = distance;
            }
            QVERIFY(found == expected);
        }
    }

    void whatWasReachedOutlivesThePicture() {
        GraphParts parts;
        parts.nodes = {{nodeOf(0, NodeKind::Client, "svc"), -1}, {nodeOf(1, NodeKind::Topic, "quakes"), -1}};
        parts.edges = {edgeOf(0, 1)};
        auto graph = std::make_shared<const Graph>(std::move(parts));
        const std::weak_ptr<const Graph> picture = graph;
        auto reached = reachedNodes(graph, "svc", true, {});
        graph.reset(); // a newer picture took its place
        QVERIFY(!picture.expired());
        QCOMPARE(reached.size(), std::size_t{1});
        QCOMPARE(reached.back().node->name, std::string("quakes"));
        QCOMPARE(reached.back().hops, 1);
        reached = {};
        QVERIFY(picture.expired());
    }

    void viewsAreTheNeighbourhoodOfTheModel() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 150; ++round) {
            auto model = Model::random(random, 2 + static_cast<Id>(random() % 40), static_cast<int>(random() % 90), 0);
            const Graph graph(model.parts);
            const auto filter = randomFilter(random);
            model.filter(filter);
            const auto focus = static_cast<Id>(random() % model.parts.nodes.size());
            ViewQuery query;
            query.focus = "n" + std::to_string(focus);
            query.upHops = static_cast<int>(random() % 4);
            query.downHops = static_cast<int>(random() % 4);
            query.asOfMs = filter.asOfMs;
            query.evidence = filter.evidence;
            const auto view = graph.view(query);
            std::set<Id> expected{focus};
            for (const auto& [id, d] : model.distances(focus, true, query.downHops)) {
                expected.insert(id);
            }
            for (const auto& [id, d] : model.distances(focus, false, query.upHops)) {
                expected.insert(id);
            }
            QVERIFY(idsOf(view) == expected);
            checkEdgesAndHidden(model, view, expected);
        }
    }

    void theWholeGraphIsCutAtTheLimit() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 50; ++round) {
            auto model = Model::random(random, 40, 80, 0);
            const Graph graph(model.parts);
            model.filter({});
            ViewQuery query;
            query.maxNodes = 1 + random() % 50;
            const auto view = graph.view(query);
            QVERIFY(view.nodes.size() <= query.maxNodes);
            std::set<Id> connected;
            for (const auto& [id, others] : model.out) {
                connected.insert(id);
                connected.insert(others.begin(), others.end());
            }
            QCOMPARE(view.nodes.size(), std::min(query.maxNodes, connected.size()));
            checkEdgesAndHidden(model, view, idsOf(view));
        }
    }

    void collapsedDomainsAreOneNode() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 80; ++round) {
            auto model = Model::random(random, 30, 60, 3);
            const Graph graph(model.parts);
            model.filter({});
            ViewQuery query;
            query.collapsedDomains = {"d1", "d3"};
            query.maxNodes = 1'000;
            const auto view = graph.view(query);
            const auto stand = [&](Id id) {
                return model.domain[id] == "d1" ? 30 : model.domain[id] == "d3" ? 32 : id;
            };
            std::set<std::pair<Id, Id>> expected;
            for (const auto& [from, others] : model.out) {
                for (const auto to : others) {
                    if (stand(from) != stand(to)) {
                        expected.emplace(stand(from), stand(to));
                    }
                }
            }
            std::set<std::pair<Id, Id>> found;
            for (const auto& edge : view.edges) {
                QVERIFY(found.emplace(edge.from, edge.to).second);
            }
            QVERIFY(found == expected);
            for (const auto& node : view.nodes) {
                QVERIFY(node.kind == NodeKind::Domain || (node.domain != "d1" && node.domain != "d3"));
            }
        }
    }

    void expandingShowsNeighboursAndFoldingHidesThem() {
        GraphParts parts;
        for (Id i = 0; i < 6; ++i) {
            parts.nodes.push_back({nodeOf(i, NodeKind::Topic, std::string(1, static_cast<char>('a' + i))), -1});
        }
        for (Id i = 0; i < 5; ++i) { // a -> b -> c -> d -> e -> f
            parts.edges.push_back(edgeOf(i, i + 1));
        }
        const Graph graph(parts);
        ViewQuery query;
        query.focus = "b";
        query.downHops = 1;
        query.upHops = 0;
        auto view = graph.view(query);
        QVERIFY((idsOf(view) == std::set<Id>{1, 2}));
        QVERIFY((view.hidden == std::vector<std::pair<Id, Id>>{{1, 1}, {2, 1}}));
        query.expanded = {3, 2}; // 3 becomes visible by expanding 2
        view = graph.view(query);
        QVERIFY((idsOf(view) == std::set<Id>{1, 2, 3, 4}));
        query.expanded = {};
        query.downHops = 9;
        query.folded = {3};
        view = graph.view(query);
        QVERIFY((idsOf(view) == std::set<Id>{1, 2, 3}));
        QVERIFY((view.hidden == std::vector<std::pair<Id, Id>>{{1, 1}, {3, 1}}));
    }

    void strangeQueriesHaveEmptyAnswers() {
        const Graph empty;
        QVERIFY(empty.view({}).nodes.empty());
        QVERIFY(reachedNodes(std::make_shared<const Graph>(), "x", true, {}).empty());
        QVERIFY(empty.search("x", 10).empty());
        GraphParts parts;
        parts.nodes.push_back({nodeOf(7, NodeKind::Topic, "quakes"), -1}); // ids may have gaps
        parts.nodes.push_back({nodeOf(3, NodeKind::Client, "svc"), -1});
        parts.edges = {edgeOf(3, 7), edgeOf(3, 99)}; // to a node that isn't there
        const Graph graph(parts);
        ViewQuery query;
        query.focus = "nowhere";
        QVERIFY(graph.view(query).nodes.empty());
        query.focus = "svc";
        query.expanded = {-5, 99, 4};
        query.folded = {-5, 99};
        QCOMPARE(graph.view(query).nodes.size(), std::size_t{2});
        query.maxNodes = 0;
        QVERIFY(graph.view(query).nodes.empty());
        QCOMPARE(graph.nodeCount(), std::size_t{2});
        QCOMPARE(graph.find("quakes"), Id{7});
    }

    void searchPutsTheBestFirst() {
        GraphParts parts;
        const char* names[]{"quakes-near-airports", "quakes", "svc-quakes", "strong.quakes", "other"};
        for (Id i = 0; i < 5; ++i) {
            parts.nodes.push_back({nodeOf(i, NodeKind::Topic, names[i]), -1});
        }
        parts.nodes[4].node.detail = "reads QUAKES";
        parts.edges = {edgeOf(0, 1), edgeOf(1, 2), edgeOf(2, 3), edgeOf(3, 4)};
        const Graph graph(parts);
        std::vector<std::string> found;
        for (const auto& node : graph.search("Quakes", 10)) {
            found.push_back(node.name);
        }
        QVERIFY((found ==
                 std::vector<std::string>{"quakes", "quakes-near-airports", "strong.quakes", "svc-quakes", "other"}));
        QCOMPARE(graph.search("quakes", 2).size(), std::size_t{2});
    }

private:
    static void checkEdgesAndHidden(Model& model, const Subgraph& view, const std::set<Id>& shown) {
        std::set<std::pair<Id, Id>> edges, expected;
        for (const auto& edge : view.edges) {
            QVERIFY(edges.emplace(edge.from, edge.to).second);
        }
        std::map<Id, Id> hidden;
        for (const auto id : shown) {
            std::set<Id> missing;
            for (const auto& others : {model.out[id], model.in[id]}) {
                for (const auto other : others) {
                    if (!shown.contains(other)) {
                        missing.insert(other);
                    }
                }
            }
            if (!missing.empty()) {
                hidden[id] = static_cast<Id>(missing.size());
            }
            for (const auto to : model.out[id]) {
                if (shown.contains(to)) {
                    expected.emplace(id, to);
                }
            }
        }
        QVERIFY(edges == expected);
        QVERIFY((std::map<Id, Id>(view.hidden.begin(), view.hidden.end()) == hidden));
    }
};

QTEST_GUILESS_MAIN(GraphTest)
#include "graph_test.moc"
