// SPDX-License-Identifier: Apache-2.0
#include "lineage/edge_routes.h"
#include "lineage/graph_picture.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using lineage::NodeKind;

namespace {

lineage::Node node(std::int32_t id, NodeKind kind, const char* name, const char* domain = "") {
    lineage::Node made;
    made.id = id;
    made.kind = kind;
    made.name = name;
    made.domain = domain;
    return made;
}

lineage::Edge edge(std::int32_t from, std::int32_t to, std::optional<double> perSecond = 1, bool granted = true) {
    lineage::Edge made;
    made.from = from;
    made.to = to;
    made.perSecond = perSecond;
    made.granted = granted;
    return made;
}

/// writer -> seismic.quakes -> task -> seismic.strong -> reader; a stranger stands apart.
lineage::Subgraph chain() {
    lineage::Subgraph graph;
    graph.nodes = {node(10, NodeKind::Client, "writer"), node(11, NodeKind::Topic, "seismic.quakes", "seismic"),
                   node(12, NodeKind::Task, "task"),     node(13, NodeKind::Topic, "seismic.strong", "seismic"),
                   node(14, NodeKind::Client, "reader"), node(15, NodeKind::Topic, "stranger")};
    graph.edges = {edge(10, 11, 6.2), edge(11, 12), edge(12, 13, 0), edge(13, 14, 1, false), edge(11, 99)};
    graph.hidden = {{11, 3}};
    return graph;
}

GraphPicture pictureOf(const lineage::Subgraph& graph, const QSet<int>& expanded = {}) {
    return {graph, lineage::quickLayout(layoutInput(graph, {}, false)), expanded};
}

QList<PictureNode> boxes(std::initializer_list<QPointF> places) {
    QList<PictureNode> nodes;
    for (const auto& place : places) {
        PictureNode made;
        made.rect = QRectF(place, QSizeF(100, kNodeHeight));
        nodes.append(made);
    }
    return nodes;
}

PictureEdge between(int from, int to) {
    PictureEdge made;
    made.from = from;
    made.to = to;
    return made;
}

} // namespace

class GraphPictureTest : public QObject {
    Q_OBJECT

private slots:
    void nodesSayWhatTheyAre() {
        const auto picture = pictureOf(chain(), {12});
        const auto& quakes = picture.nodes[picture.indexOf(11)];
        QCOMPARE(quakes.title, QStringLiteral("quakes")); // its group says the domain
        QCOMPARE(quakes.detail, QStringLiteral("6.2 ev/s"));
        QCOMPARE(quakes.hidden, 3);
        QCOMPARE(picture.nodes[picture.indexOf(13)].detail, QStringLiteral("quiet"));
        auto young = chain();
        young.edges[0].perSecond.reset(); // seen for too short a time: neither a rate nor quiet
        const auto fresh = pictureOf(young);
        QCOMPARE(fresh.nodes[fresh.indexOf(11)].detail, QStringLiteral("topic"));
        QVERIFY(picture.nodes[picture.indexOf(12)].expanded);
        QVERIFY(picture.nodes[picture.indexOf(14)].warned); // reads without a grant
        QVERIFY(!picture.nodes[picture.indexOf(13)].warned);
        QCOMPARE(picture.edges.size(), 4); // an edge to a node that isn't shown is not drawn
        QCOMPARE(picture.indexOf(QStringLiteral("reader")), picture.indexOf(14));
        QCOMPARE(picture.indexOf(QStringLiteral("nobody")), -1);
        QVERIFY(std::ranges::any_of(picture.groups, [](const auto& group) { return group.domain == u"seismic"; }));
        auto named = picture;
        named.nameDomains([](const std::string& id) { return QStringLiteral("The ") + QString::fromStdString(id); });
        QVERIFY(std::ranges::any_of(named.groups, [](const auto& group) {
            return group.domain == u"seismic" && group.title == u"The seismic";
        }));
    }

    void aPathIsAllThatComesFromAndGoesTo() {
        const auto picture = pictureOf(chain());
        QCOMPARE(picture.pathThrough(picture.indexOf(12)).size(), 5);
        QVERIFY(!picture.pathThrough(picture.indexOf(12)).contains(picture.indexOf(15)));
        QCOMPARE(picture.pathThrough(picture.indexOf(15)).size(), 1);
        QVERIFY(picture.pathThrough(-1).isEmpty());
        QVERIFY(picture.pathThrough(99).isEmpty());
        auto fork = chain();
        fork.nodes.push_back(node(16, NodeKind::Client, "other reader"));
        fork.edges.push_back(edge(11, 16));
        const auto forked = pictureOf(fork);
        // What reads the same topic is no part of another reader's path.
        QVERIFY(!forked.pathThrough(forked.indexOf(14)).contains(forked.indexOf(16)));
    }

    void aCycleHasAnEnd() {
        auto graph = chain();
        graph.edges.push_back(edge(13, 12));
        const auto picture = pictureOf(graph);
        QCOMPARE(picture.pathThrough(picture.indexOf(12)).size(), 5);
    }

    void placesAreKept() {
        const auto before = pictureOf(chain());
        const auto input = layoutInput(chain(), before, true);
        for (const auto& box : input.nodes) {
            QCOMPARE(QPointF(box.x, box.y), before.nodes[before.indexOf(box.node)].rect.topLeft());
        }
        QCOMPARE(layoutInput(chain(), before, false).nodes.front().x, 0.0);
    }

    void theBoundsHoldEverything() {
        const auto picture = pictureOf(chain());
        for (const auto& shown : picture.nodes) {
            QVERIFY(picture.bounds.contains(shown.rect));
        }
        for (const auto& group : picture.groups) {
            QVERIFY(picture.bounds.contains(group.rect));
        }
    }

    void anEdgeIsWiderTheMoreItCarries() {
        QCOMPARE(edgeWidth(0), 1.25);
        QCOMPARE(edgeWidth(-1), 1.25);
        QCOMPARE(edgeWidth(9), 3.65);
        QVERIFY(edgeWidth(1'000) > edgeWidth(100));
    }

    void edgesOfASideStandApartAndDontCross() {
        const auto nodes = boxes({{0, 100}, {300, 0}, {300, 100}, {300, 200}});
        QList<PictureEdge> edges{between(0, 3), between(0, 1), between(0, 2)};
        routeEdges(nodes, edges);
        const auto startOf = [&](int at) { return edges[at].path.elementAt(0); };
        QCOMPARE(startOf(0).x, 100.0);
        QCOMPARE(startOf(2).y, 122.0); // the middle one leaves in the middle
        QCOMPARE(startOf(2).y - startOf(1).y, 9.0);
        QCOMPARE(startOf(0).y - startOf(2).y, 9.0);
        QCOMPARE(edges[2].tip, QPointF(300, 122));
        QCOMPARE(edges[2].path.currentPosition(), QPointF(300 - kArrowLength + 1, 122));
    }

    void manyEdgesStayOnTheirSide() {
        auto nodes = boxes({{0, 0}});
        QList<PictureEdge> edges;
        for (int i = 1; i <= 40; ++i) {
            nodes.append(boxes({{300, i * 60.0}}));
            edges.append(between(0, i));
        }
        routeEdges(nodes, edges);
        for (const auto& routed : edges) {
            const auto start = routed.path.elementAt(0);
            QVERIFY(start.y >= nodes[0].rect.top() && start.y <= nodes[0].rect.bottom());
        }
    }

    void anEdgeBackwardsGoesBelow() {
        const auto nodes = boxes({{300, 0}, {0, 0}});
        QList<PictureEdge> edges{between(0, 1)};
        routeEdges(nodes, edges);
        QVERIFY(edges[0].path.boundingRect().bottom() > kNodeHeight + 20);
        QCOMPARE(edges[0].tip, QPointF(0, kNodeHeight / 2));
    }
};

QTEST_MAIN(GraphPictureTest)
#include "graph_picture_test.moc"
