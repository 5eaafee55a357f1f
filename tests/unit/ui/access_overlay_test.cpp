// SPDX-License-Identifier: Apache-2.0
#include "lineage/access_overlay.h"
#include "support/fake_lineage.h"

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::ui;
using lineage::Edge;
using lineage::Node;
using lineage::NodeKind;

namespace {

Node node(int id, NodeKind kind, const char* name) {
    Node one;
    one.id = id;
    one.kind = kind;
    one.name = name;
    return one;
}

Edge edge(int from, int to, lineage::Evidence evidence = lineage::Evidence::Observed) {
    Edge one;
    one.from = from;
    one.to = to;
    one.evidence = evidence;
    return one;
}

/// loader writes t; board reads it; plan is declared to.
lineage::Subgraph example() {
    lineage::Subgraph graph;
    graph.nodes = {node(1, NodeKind::Client, "loader"), node(2, NodeKind::Topic, "t"),
                   node(3, NodeKind::Client, "board"), node(4, NodeKind::Client, "plan")};
    graph.edges = {edge(1, 2), edge(2, 3), edge(2, 4, lineage::Evidence::Declared)};
    return graph;
}

catalog::Grant grant(const char* principal, const char* reads, const char* writes = "") {
    catalog::Grant one;
    one.scope.principal = principal;
    one.fromMs = 0;
    if (*reads != '\0') {
        one.scope.reads = {{reads}};
    }
    if (*writes != '\0') {
        one.scope.writes = {{writes}};
    }
    return one;
}

GrantsInForce inForce(const std::vector<catalog::Grant>& grants) {
    auto catalog = std::make_shared<CatalogView>();
    catalog->access.grants = grants;
    return grantsInForce(std::move(catalog), 1'000, "meshbone");
}

using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;

AclBinding reads(const char* topic, const char* principal) {
    return {ResourceKind::Topic, PatternType::Literal, topic, principal};
}
AclBinding writes(const char* topic, const char* principal) {
    auto binding = reads(topic, principal);
    binding.operation = backbone::Operation::Write;
    return binding;
}
AclBinding deny(AclBinding binding) {
    binding.permission = backbone::Permission::Deny;
    return binding;
}
/// What stands, and what of it was adopted.
AclsInForce acls(const std::vector<AclBinding>& bindings, const std::vector<AclBinding>& adopted = {}) {
    auto table = std::make_shared<backbone::AclTable>();
    auto wanted = std::make_shared<catalog::Wanted>();
    for (const auto& binding : bindings) {
        table->add(binding);
    }
    for (const auto& binding : adopted) {
        wanted->emplace(binding, catalog::WantedBinding{{"adopted by ops"}});
    }
    return {std::move(table), std::move(wanted)};
}
int idOf(const lineage::Subgraph& graph, const std::string& name) {
    const auto found = std::ranges::find(graph.nodes, name, &Node::name);
    return found == graph.nodes.end() ? -1 : found->id;
}

bool hasEdge(const lineage::Subgraph& graph, int from, int to) {
    return std::ranges::any_of(graph.edges, [&](const Edge& one) { return one.from == from && one.to == to; });
}

} // namespace

class AccessOverlayTest : public QObject {
    Q_OBJECT

private slots:
    void whatNobodyGrantedIsMarked() {
        auto graph = example();
        markNotGranted(graph, inForce({grant("User:loader", "", "t")}));
        QVERIFY(graph.edges[0].granted);
        QVERIFY(!graph.edges[1].granted);
        QVERIFY2(graph.edges[2].granted, "what is only declared is used by nobody");
    }

    void aGrantToReadIsNoneToWrite() {
        auto graph = example();
        markNotGranted(graph, inForce({grant("User:loader", "t"), grant("User:board", "t")}));
        QVERIFY(!graph.edges[0].granted);
        QVERIFY(graph.edges[1].granted);
    }

    void aPrefixCoversAndAnEndedGrantDoesNot() {
        auto wide = grant("User:board", "t");
        wide.scope.reads[0] = {"", backbone::PatternType::Prefixed};
        auto ended = grant("User:loader", "", "t");
        ended.untilMs = 999;
        auto graph = example();
        markNotGranted(graph, inForce({wide, ended}));
        QVERIFY(!graph.edges[0].granted);
        QVERIFY(graph.edges[1].granted);
    }

    void aMeshWithoutGrantsIsNotMarked() {
        auto graph = example();
        markNotGranted(graph, inForce({}));
        QVERIFY(graph.edges[1].granted);
    }

    void theProgramItselfNeedsNoGrant() {
        auto graph = example();
        graph.nodes[2].name = "meshbone";
        markNotGranted(graph, inForce({grant("User:loader", "", "t")}));
        QVERIFY(graph.edges[1].granted);
    }

    void grantsThatNobodyUsesAreShownWithTheirClients() {
        const auto result = withOverlay(example(),
                                        inForce({grant("User:loader", "", "t"), grant("User:board", "t"),
                                                 grant("User:audit", "t"), grant("User:plan", "t")}),
                                        AccessOverlay::Unused, "t");
        const auto audit = std::ranges::find(result.graph.nodes, "audit", &Node::name);
        QVERIFY(audit != result.graph.nodes.end());
        QVERIFY(hasEdge(result.graph, 2, audit->id));
        QVERIFY(result.unused.contains({2, audit->id}));
        QVERIFY2(hasEdge(result.graph, 2, 4), "declared isn't used");
        QVERIFY(!hasEdge(result.graph, 2, 3));
        QVERIFY(!hasEdge(result.graph, 1, 2));
    }

    void whoMayGoesByTheAclsInForce() {
        const auto grants =
            inForce({grant("User:loader", "", "t"), grant("User:board", "t"), grant("User:audit", "t")});
        const auto result =
            withOverlay(example(), grants, AccessOverlay::MayUse, "t",
                        acls({writes("t", "User:loader"), reads("t", "User:audit"), reads("t", "User:spy")}));
        QVERIFY(hasEdge(result.graph, 1, 2));
        QVERIFY2(!hasEdge(result.graph, 2, 3), "its grant isn't in force: no ACL lets it read");
        const int audit = idOf(result.graph, "audit"), spy = idOf(result.graph, "spy");
        QVERIFY(hasEdge(result.graph, 2, audit) && hasEdge(result.graph, 2, spy));
        QVERIFY(result.unused.contains({2, audit}) && !result.unagreed.contains({2, audit}));
        QVERIFY2(result.unagreed.contains({2, spy}), "nobody agreed to it");
        QVERIFY(!hasEdge(result.graph, 2, 4)); // declared only
        QVERIFY(idOf(result.graph, "plan") < 0);
        QCOMPARE(result.everybody, 0);
        QVERIFY(!result.isCut);
    }

    void whatWasSeenAndNobodyAgreedToIsMarkedToo() {
        const auto result = withOverlay(example(), inForce({grant("User:loader", "", "t")}), AccessOverlay::MayUse, "t",
                                        acls({writes("t", "User:loader"), reads("t", "User:board")}));
        QVERIFY(hasEdge(result.graph, 2, 3));
        QVERIFY(result.unagreed.contains({2, 3}) && !result.unused.contains({2, 3}));
        QVERIFY(!result.unagreed.contains({1, 2}));
    }

    void whatIsAdoptedIsAgreedTo() {
        const auto adopted = reads("t", "User:board");
        const auto result = withOverlay(example(), inForce({grant("User:x", "x")}), AccessOverlay::MayUse, "t",
                                        acls({adopted}, {adopted}));
        QVERIFY(hasEdge(result.graph, 2, 3));
        QVERIFY(result.unagreed.isEmpty());
        QVERIFY(!hasEdge(result.graph, 1, 2));
    }

    void whoIsDeniedMayNotAndWhoIsLetInFromOneAddressMay() {
        auto fromOne = reads("t", "User:board");
        fromOne.host = "10.0.0.1";
        auto result =
            withOverlay(example(), inForce({grant("User:board", "t")}), AccessOverlay::MayUse, "t", acls({fromOne}));
        QVERIFY(hasEdge(result.graph, 2, 3));
        result = withOverlay(example(), inForce({grant("User:board", "t")}), AccessOverlay::MayUse, "t",
                             acls({reads("t", "User:board"), deny(reads("t", "User:board"))}));
        QVERIFY(!hasEdge(result.graph, 2, 3));
    }

    void everybodyIsCountedNotDrawn() {
        const auto result = withOverlay(example(), inForce({grant("User:board", "t")}), AccessOverlay::MayUse, "t",
                                        acls({reads("t", "User:*")}));
        QCOMPARE(result.everybody, 1);
        QVERIFY(hasEdge(result.graph, 2, 3)); // as one of everybody
        QCOMPARE(idOf(result.graph, "*"), -1);
    }

    void theProgramItselfMayWithoutAnAcl() {
        auto graph = example();
        graph.nodes[2].name = "meshbone";
        const auto result = withOverlay(graph, inForce({grant("User:x", "x")}), AccessOverlay::MayUse, "t", acls({}));
        QVERIFY(hasEdge(result.graph, 2, 3));
        QVERIFY(result.unagreed.isEmpty());
    }

    void withoutTheAclsItGoesByGrants() {
        const auto result = withOverlay(example(), inForce({grant("User:board", "t"), grant("User:audit", "t")}),
                                        AccessOverlay::MayUse, "t");
        QVERIFY(hasEdge(result.graph, 2, 3) && hasEdge(result.graph, 2, idOf(result.graph, "audit")));
        QVERIFY(!hasEdge(result.graph, 1, 2));
        QVERIFY(result.unagreed.isEmpty());
    }

    void manyWhoMayAreDrawnInPart() {
        std::vector<AclBinding> many;
        for (int i = 0; i < 2'000; ++i) {
            many.push_back(reads("t", ("User:p" + std::to_string(i)).c_str()));
        }
        const auto result =
            withOverlay(example(), inForce({grant("User:x", "x")}), AccessOverlay::MayUse, "t", acls(many));
        QVERIFY(result.isCut);
        QVERIFY(result.graph.nodes.size() <= kAddedClientsMax + 4);
        std::vector<catalog::Grant> grants;
        for (int i = 0; i < 2'000; ++i) {
            grants.push_back(grant(("User:p" + std::to_string(i)).c_str(), "t"));
        }
        QVERIFY(withOverlay(example(), inForce(grants), AccessOverlay::Unused, "t").isCut);
        many.push_back({ResourceKind::Topic, backbone::PatternType::Literal, "t", "User:*"});
        many.back().operation = backbone::Operation::Write; // told after the picture is full
        QCOMPARE(withOverlay(example(), inForce(grants), AccessOverlay::MayUse, "t", acls(many)).everybody, 1);
    }

    void whoWasSeenWithoutAGrantIsTold() {
        test::FakeLineage lineage;
        lineage.addReader("notebook", "seismic.quakes", 5'000'000'000'000);
        const auto some = grant("User:notebook", "seismic.quakes");
        const auto of = [&](const catalog::Grant& one, TimestampMs sinceMs) {
            const auto uses = ungrantedSince(sinceMs, lineage, inForce({one}));
            return std::ranges::count(uses, std::string("notebook"), &UngrantedUse::client);
        };
        QCOMPARE(of(grant("User:notebook", "elsewhere"), 0), 1);
        QCOMPARE(of(grant("User:notebook", "elsewhere"), 5'000'000'000'001), 0); // that was before
        QCOMPARE(of(some, 0), 0);
        const auto uses = ungrantedSince(0, lineage, inForce({grant("User:x", "x")}));
        QCOMPARE(uses.front().client, std::string("notebook")); // the newest first
        QCOMPARE(uses.front().topic, std::string("seismic.quakes"));
        QVERIFY(uses.front().reads);
    }

    void onlyWhatIsUsedWithoutAGrantIsLeft() {
        const auto result =
            withOverlay(example(), inForce({grant("User:loader", "", "t")}), AccessOverlay::NotGranted, "t");
        QCOMPARE(result.graph.edges.size(), 1U);
        QVERIFY(hasEdge(result.graph, 2, 3));
        QCOMPARE(result.graph.nodes.size(), 2U);
    }

    void theTopicAskedAboutStaysEvenAlone() {
        const auto result = withOverlay(example(), inForce({grant("User:loader", "", "t"), grant("User:board", "t")}),
                                        AccessOverlay::NotGranted, "t");
        QCOMPARE(result.graph.nodes.size(), 1U);
        QCOMPARE(result.graph.nodes.front().name, std::string("t"));
    }
};

QTEST_GUILESS_MAIN(AccessOverlayTest)
#include "access_overlay_test.moc"
