// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "lineage/graph_picture.h"

#include <QGraphicsView>
#include <QVariantAnimation>

#include <memory>

namespace meshbone::ui {

class EdgeLayer;
class GroupItem;
class NodeItem;

/// Paints the lineage graph and hits it: pan by dragging, zoom by wheel and keys, hover lights the path, + and – grow
/// and fold, arrows walk from node to node. Knows pictures, not services. GUI thread.
class GraphView : public QGraphicsView {
    Q_OBJECT
public:
    explicit GraphView(QWidget* parent = nullptr);
    ~GraphView() override;

    /// Shows a picture. Nodes that were shown before glide to their new places when `animate`.
    void setPicture(GraphPicture picture, bool animate);
    [[nodiscard]] const GraphPicture& picture() const { return m_picture; }
    /// Selects a node by name (empty: none), lights its path.
    void choose(const QString& name);
    [[nodiscard]] QString chosen() const { return m_chosen; }

    void zoomBy(double factor); ///< around the centre, within 10 % to 400 %
    void setZoom(double scale);
    [[nodiscard]] double zoom() const { return transform().m11(); }
    void fitAll();
    void centreOn(const QString& name);
    /// The whole graph on one picture, at a scale.
    [[nodiscard]] QImage toImage(qreal scale) const;
    bool toSvg(const QString& path, QString* error) const;

signals:
    void nodeChosen(const QString& name); ///< pressed, or walked to by keys
    void nodeActivated(const QString& name);
    void growAsked(int nodeId);
    void foldAsked(int nodeId);
    void domainFoldAsked(const QString& domain);
    void zoomChanged(double scale);
    void contextMenuAsked(const QString& name, const QPoint& globalPos);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
    [[nodiscard]] NodeItem* nodeAt(const QPoint& viewPos) const;
    [[nodiscard]] GroupItem* groupTitleAt(const QPoint& viewPos) const;
    void rebuild();
    void light(int index); ///< the path through a node; -1: none
    void walk(int key);
    void refreshLight();
    void moveNodes(const QHash<int, QRectF>& from, double progress);
    void updateSceneRect();

    GraphPicture m_picture, m_target;
    std::unique_ptr<QGraphicsScene> m_scene;
    EdgeLayer* m_edges = nullptr;
    QList<NodeItem*> m_nodes;
    QList<GroupItem*> m_groups;
    QVariantAnimation m_glide;
    QString m_chosen;
    int m_hovered = -1;
};

} // namespace meshbone::ui
