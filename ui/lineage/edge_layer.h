// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/graph_picture.h"

#include <QGraphicsItem>

namespace meshbone::ui {

/// All edges in one item: one pass over the paths instead of an item each, which is what keeps large graphs moving.
/// Unlit edges are drawn first, then lit ones, then those without a grant; labels on top. Owned by the scene.
class EdgeLayer : public QGraphicsItem {
public:
    EdgeLayer();
    void setPicture(const GraphPicture* picture); ///< not owned; must outlive the layer or be replaced
    /// Nodes that are lit (indexes); empty: nothing is lit and nothing dimmed.
    void setLit(const QSet<int>& lit);
    [[nodiscard]] QRectF boundingRect() const override { return m_bounds; }
    [[nodiscard]] QPainterPath shape() const override { return {}; } ///< lets hits through to what is below
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    enum class Pass : quint8 { Plain, Lit, Warned };
    [[nodiscard]] Pass passOf(const PictureEdge& edge) const;
    void paintEdge(QPainter& painter, const PictureEdge& edge, Pass pass, bool simple) const;
    void paintLabel(QPainter& painter, const PictureEdge& edge, Pass pass) const;

    const GraphPicture* m_picture = nullptr;
    QSet<int> m_lit;
    QRectF m_bounds;
};

} // namespace meshbone::ui
