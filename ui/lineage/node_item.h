// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/graph_picture.h"

#include <QGraphicsItem>

namespace meshbone::ui {

/// How a node or an edge stands out.
enum class Light : quint8 { Plain, Lit, Dim };

/// A node of the lineage graph: a shape by kind, two lines of text, + and – at its corners. Owned by the scene.
class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };
    NodeItem(int index, const PictureNode& node);

    [[nodiscard]] int type() const override { return Type; }
    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] const PictureNode& node() const { return m_node; }
    void setLight(Light light);
    void setChosen(bool chosen); ///< selected: a halo
    void setFocusRing(bool shown);

    /// What a press at a point of the scene means: growing (+), folding (–) or choosing the node.
    enum class Hit : quint8 { Node, Grow, Fold };
    [[nodiscard]] Hit hitAt(const QPointF& scenePoint) const;

    [[nodiscard]] QRectF boundingRect() const override;
    [[nodiscard]] QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    [[nodiscard]] QRectF markRect() const; ///< of + or –, in item coordinates
    void paintBody(QPainter& painter) const;
    void paintText(QPainter& painter) const;
    void paintMark(QPainter& painter) const;
    [[nodiscard]] QColor lineColor() const;

    int m_index;
    PictureNode m_node;
    QRectF m_rect; ///< around the item's origin
    Light m_light = Light::Plain;
    bool m_chosen = false;
    bool m_ring = false;
};

/// The outline of a node of this kind.
QPainterPath nodeOutline(lineage::NodeKind kind, const QRectF& rect);

} // namespace meshbone::ui
