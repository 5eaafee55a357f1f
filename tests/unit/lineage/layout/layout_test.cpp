// SPDX-License-Identifier: Apache-2.0
#include "layout/bands.h"
#include "layout/protocol.h"
#include "layout/sketch.h"
#include "random_graph.h"
#include "support/seed.h"

#include <QtTest>

#include <map>
#include <set>

using namespace meshbone;
using namespace meshbone::lineage;

namespace {
std::map<std::int32_t, LayoutBox> boxesOf(const LayoutResult& result) {
    std::map<std::int32_t, LayoutBox> boxes;
    for (const auto& box : result.nodes) {
        boxes[box.node] = box;
    }
    return boxes;
}

Rect rectOf(const LayoutGroup& g) {
    return {g.x, g.y, g.x + g.width, g.y + g.height};
}
Rect rectOf(const LayoutBox& b) {
    return {b.x, b.y, b.x + b.width, b.y + b.height};
}

/// The rule that a result breaks, or an empty string: the checks of the layout's own code are not trusted here.
std::string broken(const LayoutInput& input, const LayoutResult& result, bool oneGroupEach) {
    std::set<std::int32_t> wanted;
    for (const auto& box : input.nodes) {
        wanted.insert(box.node);
    }
    if (result.nodes.size() != wanted.size() || boxesOf(result).size() != wanted.size()) {
        return "not every node once";
    }
    for (std::size_t i = 0; i < result.nodes.size(); ++i) {
        for (std::size_t j = i + 1; j < result.nodes.size(); ++j) {
            if (rectOf(result.nodes[i]).touches(rectOf(result.nodes[j]))) {
                return "nodes overlap";
            }
        }
        if (result.nodes[i].x + result.nodes[i].width > result.width ||
            result.nodes[i].y + result.nodes[i].height > result.height) {
            return "outside of the picture";
        }
    }
    std::map<std::int32_t, std::string> domainOf;
    for (const auto& [node, domain] : input.domains) {
        domainOf.try_emplace(node, domain);
    }
    std::set<std::string> grouped;
    for (std::size_t i = 0; i < result.groups.size(); ++i) {
        if (!grouped.insert(result.groups[i].domain).second && oneGroupEach) {
            return "a domain has two groups";
        }
        for (std::size_t j = i + 1; j < result.groups.size(); ++j) {
            if (rectOf(result.groups[i]).touches(rectOf(result.groups[j]))) {
                return "groups overlap";
            }
        }
    }
    for (const auto& box : result.nodes) {
        const auto domain = domainOf[box.node];
        bool inside = domain.empty();
        for (const auto& group : result.groups) {
            const auto rect = rectOf(group);
            if (group.domain != domain) {
                if (rect.touches(rectOf(box))) {
                    return "a stranger in a group";
                }
                continue;
            }
            inside = inside || (rect.left <= box.x - kGroupPadding && box.x + box.width + kGroupPadding <= rect.right &&
                                rect.top <= box.y - kGroupPadding - kGroupTitle &&
                                box.y + box.height + kGroupPadding <= rect.bottom);
        }
        if (!inside) {
            return "a node outside of its group";
        }
    }
    return {};
}

/// Edges between strongly connected components that don't go to the right.
int backwards(const LayoutInput& input, const LayoutResult& result) {
    const auto sketch = Sketch::from(input);
    int count = 0, bad = 0;
    const auto component = componentsOf(sketch, count);
    const auto boxes = boxesOf(result);
    for (std::size_t v = 0; v < sketch.items.size(); ++v) {
        for (const auto w : sketch.out[v]) {
            const auto& a = boxes.at(sketch.items[v].box.node);
            const auto& b = boxes.at(sketch.items[static_cast<std::size_t>(w)].box.node);
            bad += component[v] != component[static_cast<std::size_t>(w)] && a.x + a.width >= b.x ? 1 : 0;
        }
    }
    return bad;
}
} // namespace

class LayoutTest : public QObject {
    Q_OBJECT

private slots:
    void freshLayoutsKeepTheRules() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 300; ++round) {
            const auto input = randomInput(random, round < 200 ? 30 : 150);
            const auto result = quickLayout(input);
            QCOMPARE(QString::fromStdString(broken(input, result, true)), QString());
            QCOMPARE(backwards(input, result), 0);
            QVERIFY(!result.refined);
        }
    }

    void theSameInputGivesTheSamePicture() {
        std::mt19937_64 random(test::testSeed());
        const auto input = randomInput(random, 100);
        const auto a = quickLayout(input), b = quickLayout(input);
        for (std::size_t i = 0; i < a.nodes.size(); ++i) {
            QCOMPARE(a.nodes[i].x, b.nodes[i].x);
            QCOMPARE(a.nodes[i].y, b.nodes[i].y);
        }
    }

    void nodesKeepTheirPlacesWhileTheGraphGrows() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 120; ++round) {
            const auto whole = randomInput(random, 50);
            LayoutInput part = whole;
            std::map<std::int32_t, LayoutBox> places;
            for (int step = 1; step <= 4; ++step) { // a quarter of the nodes more each time
                part.nodes.clear();
                for (std::size_t i = 0; i < whole.nodes.size() * static_cast<std::size_t>(step) / 4; ++i) {
                    auto box = whole.nodes[i];
                    const auto known = places.find(box.node);
                    part.nodes.push_back(known == places.end() ? box : known->second);
                }
                const auto result = quickLayout(part);
                QCOMPARE(QString::fromStdString(broken(part, result, false)), QString());
                for (const auto& [id, place] : places) {
                    const auto now = boxesOf(result);
                    QCOMPARE(now.at(id).x, place.x);
                    QCOMPARE(now.at(id).y, place.y);
                }
                places = boxesOf(result);
            }
        }
    }

    void foldingKeepsThePlacesOfTheRest() {
        std::mt19937_64 random(test::testSeed());
        auto input = randomInput(random, 60);
        const auto before = quickLayout(input);
        input.nodes = before.nodes;
        input.nodes.resize(input.nodes.size() / 2);
        const auto after = quickLayout(input);
        QCOMPARE(QString::fromStdString(broken(input, after, true)), QString());
        for (std::size_t i = 0; i < after.nodes.size(); ++i) {
            QCOMPARE(after.nodes[i].x, before.nodes[i].x);
        }
    }

    void aNodeThatChangesItsDomainTearsNothing() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 50; ++round) {
            auto input = randomInput(random, 30);
            if (input.nodes.empty()) {
                continue;
            }
            input.nodes = quickLayout(input).nodes;
            const auto moved = input.nodes[random() % input.nodes.size()].node;
            std::erase_if(input.domains, [&](const auto& item) { return item.first == moved; });
            input.domains.emplace_back(moved, "domain" + std::to_string(1 + random() % 4));
            const auto result = quickLayout(input);
            const auto rule = broken(input, result, false);
            QVERIFY2(rule.empty() || rule == "a node outside of its group", rule.c_str()); // it may go without a border
        }
    }

    void domainsAreBandsBelowOneAnother() {
        LayoutInput input;
        for (std::int32_t i = 0; i < 8; ++i) {
            input.nodes.push_back({i, 0, 0, 150, 44});
            input.domains.emplace_back(i, i < 4 ? "aviation" : "seismic");
        }
        input.nodes.push_back({100, 0, 0, 150, 44}); // of no domain, reads from both
        input.edges = {{0, 1}, {1, 2}, {1, 3}, {4, 5}, {5, 6}, {5, 7}, {2, 100}, {6, 100}};
        const auto result = quickLayout(input);
        QCOMPARE(result.groups.size(), std::size_t{2});
        const auto& a = result.groups[0];
        const auto& b = result.groups[1];
        QVERIFY(a.y + a.height < b.y || b.y + b.height < a.y);
        QCOMPARE(a.x, b.x); // both start in the first column
        const auto boxes = boxesOf(result);
        QVERIFY(boxes.at(100).x > boxes.at(2).x);
        QVERIFY(boxes.at(100).x > a.x + a.width); // beside the bands, in a column of its own
    }

    void aSourceStandsBeforeWhatItFeeds() {
        LayoutInput input;
        for (std::int32_t i = 0; i < 5; ++i) {
            input.nodes.push_back({i, 0, 0, 150, 44});
        }
        input.edges = {{0, 1}, {1, 2}, {2, 3}, {4, 3}};
        const auto boxes = boxesOf(quickLayout(input));
        QCOMPARE(boxes.at(4).x, boxes.at(2).x);
    }

    void smallAndStrangeInputs() {
        QVERIFY(quickLayout({}).nodes.empty());
        LayoutInput one;
        one.nodes = {{5, 0, 0, 150, 44}};
        one.edges = {{5, 5}, {5, 5}};
        const auto result = quickLayout(one);
        QCOMPARE(result.nodes.size(), std::size_t{1});
        QVERIFY(result.nodes[0].x > 0 && result.nodes[0].y > 0); // (0, 0) would mean that it has no place
        const auto nan = std::numeric_limits<double>::quiet_NaN();
        LayoutInput wild;
        wild.nodes = {{1, nan, 7, nan, -3}, {2, 1e300, 0, 1e300, 0}, {3, 0, 0, 0, 0}};
        wild.edges = {{1, 2}, {2, 3}, {3, 1}};
        QCOMPARE(QString::fromStdString(broken(wild, quickLayout(wild), true)), QString());
    }

    void isotonicIsTheNearestAscending() {
        std::mt19937_64 random(test::testSeed());
        for (int round = 0; round < 200; ++round) {
            std::vector<double> wanted(1 + random() % 12);
            for (auto& value : wanted) {
                value = static_cast<double>(random() % 100);
            }
            const auto found = isotonic(wanted);
            QVERIFY(std::ranges::is_sorted(found));
            double distance = 0;
            for (std::size_t i = 0; i < found.size(); ++i) {
                distance += (found[i] - wanted[i]) * (found[i] - wanted[i]);
            }
            for (int other = 0; other < 50; ++other) { // no ascending neighbour is nearer
                auto moved = found;
                for (auto& value : moved) {
                    value += (static_cast<double>(random() % 201) - 100) / 50;
                }
                std::ranges::sort(moved);
                double theirs = 0;
                for (std::size_t i = 0; i < moved.size(); ++i) {
                    theirs += (moved[i] - wanted[i]) * (moved[i] - wanted[i]);
                }
                QVERIFY(theirs >= distance - 1e-9);
            }
        }
    }

    void theWorkersMessagesAreChecked() {
        std::mt19937_64 random(test::testSeed());
        WorkerRequest request{{{150, 44, 0}, {146, 44, -1}, {160, 44, 1}}, {{0, 1}, {1, 2}}, 2};
        const auto bytes = encodeRequest(request);
        QVERIFY(decodeRequest(bytes).value() == request);
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            QVERIFY(!decodeRequest(bytes.substr(0, n)));
        }
        QVERIFY(!decodeRequest(bytes + "x"));
        for (int i = 0; i < 20'000; ++i) {
            auto changed = bytes;
            changed[random() % changed.size()] = static_cast<char>(random());
            if (const auto read = decodeRequest(changed)) {
                QVERIFY(encodeRequest(*read) == changed);
                QVERIFY(std::ranges::all_of(read->edges, [&](const auto& e) { return e.first < 3 && e.second < 3; }));
            }
        }
        const std::vector<WorkerPoint> points{{1, 2}, {-3, 4.5}};
        QVERIFY(decodeReply(encodeReply(points), 2).value() == points);
        QVERIFY(!decodeReply(encodeReply(points), 3));
        QVERIFY(!decodeReply(encodeReply({{1, std::numeric_limits<double>::infinity()}}), 1));
    }
};

QTEST_GUILESS_MAIN(LayoutTest)
#include "layout_test.moc"
