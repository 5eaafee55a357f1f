// SPDX-License-Identifier: Apache-2.0
#include "lineage/edge_routes.h"

#include <algorithm>
#include <cmath>

namespace meshbone::ui {

namespace {

constexpr qreal kPortGap = 9;
constexpr qreal kPortMargin = 7; ///< ports stay off the rounded corners

/// Heights of the ports of one side of a node, for the edges in `at`, sorted by where their other ends are.
void spreadPorts(const QList<PictureNode>& nodes, const QList<PictureEdge>& edges, QList<int>& at, bool outgoing,
                 QList<qreal>& ports) {
    std::ranges::stable_sort(at, [&](int a, int b) {
        const auto otherEnd = [&](int edge) {
            const auto& rect = nodes[outgoing ? edges[edge].to : edges[edge].from].rect;
            return rect.center().y();
        };
        return otherEnd(a) < otherEnd(b);
    });
    const auto count = static_cast<qreal>(at.size());
    const auto& rect = nodes[outgoing ? edges[at.first()].from : edges[at.first()].to].rect;
    const qreal gap = std::min(kPortGap, (rect.height() - 2 * kPortMargin) / std::max<qreal>(1, count - 1));
    for (qsizetype i = 0; i < at.size(); ++i) {
        ports[at[i]] = rect.center().y() + (static_cast<qreal>(i) - (count - 1) / 2) * gap;
    }
}

QPainterPath forwardPath(QPointF from, QPointF to) {
    QPainterPath path(from);
    const qreal reach = std::clamp((to.x() - from.x()) * 0.5, 18.0, 140.0);
    path.cubicTo(from + QPointF(reach, 0), to - QPointF(reach, 0), to);
    return path;
}

QPainterPath backwardPath(QPointF from, QPointF to, qreal below) {
    constexpr qreal kReach = 46;
    const qreal y = below + 26;
    QPainterPath path(from);
    path.cubicTo(from + QPointF(kReach, 0), QPointF(from.x() + kReach, y), QPointF(from.x() - 10, y));
    path.lineTo(QPointF(to.x() + 10, y));
    path.cubicTo(QPointF(to.x() - kReach, y), to - QPointF(kReach, 0), to);
    return path;
}

} // namespace

qreal edgeWidth(double perSecond) {
    return 1.25 + 2.4 * std::log10(1 + std::max(0.0, perSecond));
}

void routeEdges(const QList<PictureNode>& nodes, QList<PictureEdge>& edges) {
    QList<QList<int>> out(nodes.size()), in(nodes.size());
    for (int i = 0; i < edges.size(); ++i) {
        out[edges[i].from].append(i);
        in[edges[i].to].append(i);
    }
    QList<qreal> startY(edges.size()), endY(edges.size());
    for (int node = 0; node < nodes.size(); ++node) {
        if (!out[node].isEmpty()) {
            spreadPorts(nodes, edges, out[node], true, startY);
        }
        if (!in[node].isEmpty()) {
            spreadPorts(nodes, edges, in[node], false, endY);
        }
    }
    for (int i = 0; i < edges.size(); ++i) {
        auto& edge = edges[i];
        const auto &from = nodes[edge.from].rect, &to = nodes[edge.to].rect;
        const QPointF start(from.right(), startY[i]);
        edge.tip = QPointF(to.left(), endY[i]);
        const QPointF end = edge.tip - QPointF(kArrowLength - 1, 0);
        const bool forward = end.x() > start.x();
        edge.path = forward ? forwardPath(start, end) : backwardPath(start, end, std::max(from.bottom(), to.bottom()));
        edge.labelAt = edge.path.pointAtPercent(forward ? 0.62 : 0.5);
    }
}

} // namespace meshbone::ui
