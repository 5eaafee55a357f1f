// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/lineage.h>

#include <QHash>
#include <QList>
#include <QPainterPath>
#include <QRectF>
#include <QSet>
#include <QString>

#include <functional>

namespace meshbone::ui {

/// A node as it is drawn. Sizes in scene units, which are pixels at 100 %.
struct PictureNode {
    lineage::Node node;
    QRectF rect;
    QString title, detail; ///< first and second line
    int hidden = 0;        ///< neighbours that are not shown
    bool expanded = false; ///< its neighbours were asked for with +
    bool warned = false;   ///< reads without a grant
};

/// An edge as it is drawn; `from` and `to` are indexes of nodes in the picture.
struct PictureEdge {
    lineage::Edge edge;
    int from = -1, to = -1;
    QPainterPath path; ///< ends where the arrow head begins
    QPointF tip;
    QPointF labelAt;
    bool outOfTopic = false;
    bool unused = false;   ///< a right that nobody was seen using
    bool unagreed = false; ///< a right that the ACLs give and nobody agreed to
};

struct PictureGroup {
    QString domain; ///< its id
    QString title;  ///< how people call it
    QRectF rect;
    QString counts; ///< "2 products, 3 topics"
    bool collapsed = false;
};

inline constexpr qreal kNodeHeight = 44;
inline constexpr qreal kNodeWidthMin = 146;
inline constexpr qreal kNodeWidthMax = 166;

/// The graph in the form in which it is painted and hit. Value type; GUI thread.
class GraphPicture {
public:
    GraphPicture() = default;
    GraphPicture(const lineage::Subgraph& graph, const lineage::LayoutResult& layout, const QSet<int>& expanded);

    QList<PictureNode> nodes;
    QList<PictureEdge> edges;
    QList<PictureGroup> groups;
    QRectF bounds;

    [[nodiscard]] int indexOf(int nodeId) const { return m_index.value(nodeId, -1); }
    [[nodiscard]] int indexOf(const QString& name) const;
    /// Indexes of all nodes from which this one comes or to which it goes, itself included: what lights up.
    [[nodiscard]] QSet<int> pathThrough(int index) const;
    /// Writes the names of domains where their ids stand.
    void nameDomains(const std::function<QString(const std::string&)>& nameOf);
    /// Says of edges, by the ids of their nodes, what the access overlay knows of them.
    void markRights(const QSet<QPair<int, int>>& unused, const QSet<QPair<int, int>>& unagreed);
    /// Routes the edges again after nodes have moved.
    void route();

private:
    void walk(int start, bool down, QSet<int>& seen) const;
    QHash<int, int> m_index; ///< node id -> index
};

/// What layout wants to know of a subgraph: sizes, edges, domains, and the places that nodes had in `before`.
lineage::LayoutInput layoutInput(const lineage::Subgraph& graph, const GraphPicture& before, bool keepPlaces);

} // namespace meshbone::ui
