// SPDX-License-Identifier: Apache-2.0
#include "lineage/graph_picture.h"

#include "lineage/edge_routes.h"

#include "widgets/fonts.h"
#include "widgets/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <set>

namespace meshbone::ui {

namespace {

using lineage::NodeKind;

QString tr(const char* text, const char* comment = nullptr, int n = -1) {
    return QCoreApplication::translate("GraphPicture", text, comment, n);
}

/// What flows through a topic is what is written to it; its readers may be many. None: not known.
std::optional<double> rateThrough(const lineage::Subgraph& graph, const lineage::Node& topic) {
    std::optional<double> rate;
    bool seen = false;
    for (const auto& edge : graph.edges) {
        if (edge.to == topic.id) {
            rate = edge.perSecond ? rate.value_or(0) + *edge.perSecond : rate;
            seen = true;
        }
    }
    if (!seen) {
        // Its writers are hidden: the busiest reader is the best that the picture holds.
        for (const auto& edge : graph.edges) {
            rate = edge.from == topic.id ? std::max(rate, edge.perSecond) : rate;
        }
    }
    return rate;
}

QString rateWords(const lineage::Subgraph& graph, const lineage::Node& topic) {
    const auto rate = rateThrough(graph, topic);
    if (!rate) {
        return tr("topic"); // seen for too short a time, only declared, or as it was in the past
    }
    return *rate > 0 ? tr("%1 ev/s").arg(formatRate(*rate)) : tr("quiet");
}

QString detailOf(const lineage::Subgraph& graph, const lineage::Node& node) {
    switch (node.kind) {
    case NodeKind::Topic:
        return rateWords(graph, node);
    case NodeKind::Task:
        return tr("stream task");
    case NodeKind::Store:
        return node.detail.empty() ? tr("store") : text(node.detail);
    case NodeKind::Client:
        return node.producer ? tr("producer") : tr("consumer");
    case NodeKind::Domain:
        return node.detail.empty() ? tr("folded domain") : text(node.detail);
    }
    return {};
}

/// A topic in its domain's group need not repeat the domain's name.
QString titleOf(const lineage::Node& node) {
    const auto name = text(node.name);
    const auto prefix = text(node.domain) + QLatin1Char('.');
    return !node.domain.empty() && node.kind == NodeKind::Topic && name.startsWith(prefix) ? name.mid(prefix.size())
                                                                                           : name;
}

qreal widthOf(const lineage::Node& node) {
    const QFontMetricsF metrics(textFont(TextStyle::SecondaryStrong));
    const qreal icon = node.kind == NodeKind::Client ? 24 : 0;
    return std::clamp(metrics.horizontalAdvance(titleOf(node)) + icon + 40, kNodeWidthMin, kNodeWidthMax);
}

QString countsOf(const lineage::Subgraph& graph, const std::string& domain) {
    int topics = 0, clients = 0;
    for (const auto& node : graph.nodes) {
        if (node.domain == domain) {
            ++(node.kind == NodeKind::Topic ? topics : clients);
        }
    }
    const auto topicWords = tr("%n topic(s)", nullptr, topics);
    return clients == 0 ? topicWords : topicWords + QStringLiteral(", ") + tr("%n client(s)", nullptr, clients);
}

} // namespace

GraphPicture::GraphPicture(const lineage::Subgraph& graph, const lineage::LayoutResult& layout,
                           const QSet<int>& expanded) {
    QHash<int, QRectF> boxes;
    for (const auto& box : layout.nodes) {
        boxes.insert(box.node, QRectF(box.x, box.y, box.width, box.height));
    }
    for (const auto& node : graph.nodes) {
        m_index.insert(node.id, static_cast<int>(nodes.size()));
        nodes.append({node, boxes.value(node.id, QRectF(0, 0, kNodeWidthMin, kNodeHeight)), titleOf(node),
                      detailOf(graph, node), 0, expanded.contains(node.id), false});
    }
    for (const auto& [id, count] : graph.hidden) {
        if (const int at = indexOf(id); at >= 0) {
            nodes[at].hidden = count;
        }
    }
    for (const auto& edge : graph.edges) {
        const int from = indexOf(edge.from), to = indexOf(edge.to);
        if (from < 0 || to < 0) {
            continue;
        }
        if (!edge.granted) {
            nodes[nodes[from].node.kind == NodeKind::Topic ? to : from].warned = true;
        }
        edges.append({edge, from, to, {}, {}, {}, nodes[from].node.kind == NodeKind::Topic});
    }
    for (const auto& group : layout.groups) {
        groups.append({text(group.domain), text(group.domain), QRectF(group.x, group.y, group.width, group.height),
                       countsOf(graph, group.domain), false});
    }
    route();
}

void GraphPicture::markRights(const QSet<QPair<int, int>>& unused, const QSet<QPair<int, int>>& unagreed) {
    for (auto& edge : edges) {
        edge.unused = unused.contains({edge.edge.from, edge.edge.to});
        edge.unagreed = unagreed.contains({edge.edge.from, edge.edge.to});
    }
}

void GraphPicture::nameDomains(const std::function<QString(const std::string&)>& nameOf) {
    for (auto& group : groups) {
        group.title = nameOf(group.domain.toStdString());
    }
    for (auto& node : nodes) {
        if (node.node.kind == NodeKind::Domain) {
            node.title = nameOf(node.node.domain);
        }
    }
}

int GraphPicture::indexOf(const QString& name) const {
    const auto wanted = name.toStdString();
    const auto at = std::ranges::find_if(nodes, [&](const PictureNode& node) { return node.node.name == wanted; });
    return at == nodes.end() ? -1 : static_cast<int>(at - nodes.begin());
}

void GraphPicture::walk(int start, bool down, QSet<int>& seen) const {
    QList<int> queue{start};
    QSet<int> visited{start};
    while (!queue.isEmpty()) {
        const int at = queue.takeLast();
        seen.insert(at);
        for (const auto& edge : edges) {
            const int next = down ? (edge.from == at ? edge.to : -1) : (edge.to == at ? edge.from : -1);
            if (next >= 0 && !visited.contains(next)) {
                visited.insert(next);
                queue.append(next);
            }
        }
    }
}

QSet<int> GraphPicture::pathThrough(int index) const {
    QSet<int> lit;
    if (index >= 0 && index < nodes.size()) {
        walk(index, true, lit);
        walk(index, false, lit);
    }
    return lit;
}

void GraphPicture::route() {
    routeEdges(nodes, edges);
    bounds = {};
    for (const auto& node : nodes) {
        bounds |= node.rect;
    }
    for (const auto& group : groups) {
        bounds |= group.rect;
    }
}

lineage::LayoutInput layoutInput(const lineage::Subgraph& graph, const GraphPicture& before, bool keepPlaces) {
    lineage::LayoutInput input;
    input.keepPlaces = keepPlaces;
    for (const auto& node : graph.nodes) {
        lineage::LayoutBox box{node.id, 0, 0, widthOf(node), kNodeHeight};
        if (const int at = before.indexOf(node.id); keepPlaces && at >= 0) {
            box.x = before.nodes[at].rect.x();
            box.y = before.nodes[at].rect.y();
            box.width = before.nodes[at].rect.width();
        }
        input.nodes.push_back(box);
        if (!node.domain.empty()) {
            input.domains.emplace_back(node.id, node.domain);
        }
    }
    std::set<std::pair<std::int32_t, std::int32_t>> pairs;
    for (const auto& edge : graph.edges) {
        pairs.emplace(edge.from, edge.to);
    }
    input.edges.assign(pairs.begin(), pairs.end());
    return input;
}

} // namespace meshbone::ui
