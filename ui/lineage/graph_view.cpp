// SPDX-License-Identifier: Apache-2.0
#include "lineage/graph_view.h"

#include "lineage/edge_layer.h"
#include "lineage/group_item.h"
#include "lineage/node_item.h"

#include "widgets/theme.h"

#include <QContextMenuEvent>
#include <QFile>
#include <QGraphicsScene>
#include <QPainter>
#include <QScrollBar>
#include <QSvgGenerator>
#include <QWheelEvent>

#include <cmath>

namespace meshbone::ui {

namespace {
constexpr double kZoomMin = 0.1, kZoomMax = 4.0;
constexpr qreal kMargin = 14;
constexpr int kGlideMs = 180;
constexpr int kGlideNodesMax = 800; ///< beyond that nodes jump: a frame would take too long
} // namespace

GraphView::GraphView(QWidget* parent)
    : QGraphicsView(parent)
    , m_scene(std::make_unique<QGraphicsScene>()) {
    setObjectName(QStringLiteral("lineageGraph"));
    setAccessibleName(tr("Lineage graph"));
    setFrameShape(QFrame::NoFrame);
    setScene(m_scene.get());
    setDragMode(QGraphicsView::ScrollHandDrag);
    setTransformationAnchor(QGraphicsView::AnchorUnderMouse);
    setViewportUpdateMode(
        QGraphicsView::FullViewportUpdate); // edges are one item: parts would be repainted again and again
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    m_edges = new EdgeLayer;
    m_scene->addItem(m_edges);
    m_glide.setDuration(kGlideMs);
    m_glide.setEasingCurve(QEasingCurve::OutCubic);
    m_glide.setStartValue(0.0);
    m_glide.setEndValue(1.0);
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        m_scene->update();
        viewport()->update();
    });
}

GraphView::~GraphView() {
    m_glide.stop();
    m_edges->setPicture(nullptr);
}

void GraphView::setPicture(GraphPicture picture, bool animate) {
    m_glide.stop();
    QHash<int, QRectF> before;
    for (const auto& node : m_picture.nodes) {
        before.insert(node.node.id, node.rect);
    }
    m_picture = std::move(picture);
    rebuild();
    if (!animate || before.isEmpty() || m_picture.nodes.size() > kGlideNodesMax) {
        return;
    }
    m_target = m_picture;
    m_glide.disconnect(this);
    connect(&m_glide, &QVariantAnimation::valueChanged, this,
            [this, before](const QVariant& value) { moveNodes(before, value.toDouble()); });
    moveNodes(before, 0);
    m_glide.start();
}

void GraphView::moveNodes(const QHash<int, QRectF>& from, double progress) {
    for (int i = 0; i < m_picture.nodes.size(); ++i) {
        const auto& target = m_target.nodes[i];
        const auto start = from.value(target.node.id, target.rect).topLeft();
        const auto place = start + (target.rect.topLeft() - start) * progress;
        m_picture.nodes[i].rect.moveTopLeft(place);
        m_nodes[i]->setPos(place);
    }
    m_picture.route();
    m_edges->setPicture(&m_picture);
}

void GraphView::rebuild() {
    for (auto* item : m_nodes) {
        delete item;
    }
    for (auto* item : m_groups) {
        delete item;
    }
    m_nodes.clear();
    m_groups.clear();
    m_hovered = -1;
    for (const auto& group : m_picture.groups) {
        m_groups.append(new GroupItem(group));
        m_scene->addItem(m_groups.last());
    }
    for (int i = 0; i < m_picture.nodes.size(); ++i) {
        m_nodes.append(new NodeItem(i, m_picture.nodes[i]));
        m_scene->addItem(m_nodes.last());
    }
    m_edges->setPicture(&m_picture);
    updateSceneRect();
    refreshLight();
}

void GraphView::updateSceneRect() {
    // Room to pan a little past the edges, so that a node at the edge can be brought to the middle.
    const auto bounds = m_picture.bounds.adjusted(-kMargin, -kMargin, kMargin, kMargin);
    const QSizeF seen(viewport()->width() / zoom(), viewport()->height() / zoom());
    auto rect = bounds;
    if (rect.width() < seen.width()) {
        rect.setWidth(seen.width()); // a small graph stands at the top left, as a text does
    }
    if (rect.height() < seen.height()) {
        rect.setHeight(seen.height());
    }
    setSceneRect(rect);
}

void GraphView::choose(const QString& name) {
    m_chosen = name;
    refreshLight();
}

void GraphView::refreshLight() {
    light(m_hovered >= 0 ? m_hovered : m_picture.indexOf(m_chosen));
}

void GraphView::light(int index) {
    const auto lit = m_picture.pathThrough(index);
    const int chosen = m_chosen.isEmpty() ? -1 : m_picture.indexOf(m_chosen);
    for (int i = 0; i < m_nodes.size(); ++i) {
        m_nodes[i]->setLight(lit.isEmpty() ? Light::Plain : lit.contains(i) ? Light::Lit : Light::Dim);
        m_nodes[i]->setChosen(i == chosen);
        m_nodes[i]->setFocusRing(i == chosen && hasFocus());
    }
    m_edges->setLit(lit);
}

void GraphView::zoomBy(double factor) {
    setZoom(zoom() * factor);
}

void GraphView::setZoom(double scale) {
    const double wanted = std::clamp(scale, kZoomMin, kZoomMax);
    if (std::abs(wanted - zoom()) < 1e-6) {
        return;
    }
    setTransform(QTransform::fromScale(wanted, wanted));
    updateSceneRect();
    emit zoomChanged(wanted);
}

void GraphView::fitAll() {
    if (m_picture.bounds.isEmpty()) {
        return;
    }
    const auto bounds = m_picture.bounds.adjusted(-kMargin, -kMargin, kMargin, kMargin);
    const double scale = std::min(viewport()->width() / bounds.width(), viewport()->height() / bounds.height());
    setZoom(std::min(1.0, scale));
    updateSceneRect();
    centerOn(sceneRect().center());
}

void GraphView::centreOn(const QString& name) {
    if (const int at = m_picture.indexOf(name); at >= 0) {
        ensureVisible(m_picture.nodes[at].rect, 80, 60);
    }
}

NodeItem* GraphView::nodeAt(const QPoint& viewPos) const {
    for (auto* item : items(viewPos)) {
        if (auto* node = qgraphicsitem_cast<NodeItem*>(item)) {
            return node;
        }
    }
    return nullptr;
}

GroupItem* GraphView::groupTitleAt(const QPoint& viewPos) const {
    const auto at = mapToScene(viewPos);
    for (auto* group : m_groups) {
        if (group->titleRect().contains(at)) {
            return group;
        }
    }
    return nullptr;
}

void GraphView::wheelEvent(QWheelEvent* event) {
    if (event->modifiers().testFlag(Qt::ShiftModifier)) {
        horizontalScrollBar()->setValue(horizontalScrollBar()->value() - event->angleDelta().y());
        return;
    }
    zoomBy(std::pow(1.0015, event->angleDelta().y()));
    event->accept();
}

void GraphView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        QGraphicsView::mousePressEvent(event);
        return;
    }
    if (const auto* node = nodeAt(event->pos())) {
        switch (node->hitAt(mapToScene(event->pos()))) {
        case NodeItem::Hit::Grow:
            emit growAsked(node->node().node.id);
            return;
        case NodeItem::Hit::Fold:
            emit foldAsked(node->node().node.id);
            return;
        case NodeItem::Hit::Node:
            if (node->node().node.kind == lineage::NodeKind::Domain) {
                emit domainFoldAsked(QString::fromStdString(node->node().node.domain));
                return;
            }
            choose(QString::fromStdString(node->node().node.name));
            emit nodeChosen(m_chosen);
            return;
        }
    }
    if (const auto* group = groupTitleAt(event->pos())) {
        emit domainFoldAsked(group->group().domain);
        return;
    }
    QGraphicsView::mousePressEvent(event); // drags the canvas
}

void GraphView::mouseMoveEvent(QMouseEvent* event) {
    QGraphicsView::mouseMoveEvent(event);
    if (event->buttons() != Qt::NoButton) {
        return;
    }
    const auto* node = nodeAt(event->pos());
    const int hovered = node == nullptr ? -1 : node->index();
    if (hovered != m_hovered) {
        m_hovered = hovered;
        refreshLight();
    }
    viewport()->setCursor(node != nullptr || groupTitleAt(event->pos()) != nullptr ? Qt::PointingHandCursor
                                                                                   : Qt::ArrowCursor);
}

void GraphView::mouseDoubleClickEvent(QMouseEvent* event) {
    const auto* node = nodeAt(event->pos());
    if (node != nullptr && node->node().node.kind != lineage::NodeKind::Domain) { // its first press has unfolded it
        emit nodeActivated(QString::fromStdString(node->node().node.name));
    }
}

void GraphView::leaveEvent(QEvent* event) {
    m_hovered = -1;
    refreshLight();
    QGraphicsView::leaveEvent(event);
}

void GraphView::contextMenuEvent(QContextMenuEvent* event) {
    if (const auto* node = nodeAt(event->pos())) {
        const auto name = QString::fromStdString(node->node().node.name);
        choose(name);
        emit nodeChosen(name);
        emit contextMenuAsked(name, event->globalPos());
    }
}

void GraphView::walk(int key) {
    const int at = m_picture.indexOf(m_chosen);
    if (at < 0) {
        if (!m_picture.nodes.isEmpty()) {
            choose(QString::fromStdString(m_picture.nodes.first().node.name));
            emit nodeChosen(m_chosen);
        }
        return;
    }
    // The nearest node in the direction of the key; straying from the direction counts double.
    const auto from = m_picture.nodes[at].rect.center();
    int best = -1;
    qreal bestCost = 0;
    for (int i = 0; i < m_picture.nodes.size(); ++i) {
        const auto delta = m_picture.nodes[i].rect.center() - from;
        const bool across = key == Qt::Key_Left || key == Qt::Key_Right;
        const qreal ahead = key == Qt::Key_Left    ? -delta.x()
                            : key == Qt::Key_Right ? delta.x()
                            : key == Qt::Key_Up    ? -delta.y()
                                                   : delta.y();
        const qreal aside = std::abs(across ? delta.y() : delta.x());
        const qreal cost = ahead + 2 * aside;
        if (i != at && ahead > 1 && (best < 0 || cost < bestCost)) {
            best = i;
            bestCost = cost;
        }
    }
    if (best >= 0) {
        choose(QString::fromStdString(m_picture.nodes[best].node.name));
        centreOn(m_chosen);
        emit nodeChosen(m_chosen);
    }
}

void GraphView::keyPressEvent(QKeyEvent* event) {
    const int at = m_picture.indexOf(m_chosen);
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        walk(event->key());
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (at >= 0 && m_picture.nodes[at].node.kind == lineage::NodeKind::Domain) {
            emit domainFoldAsked(QString::fromStdString(m_picture.nodes[at].node.domain));
        } else if (at >= 0) {
            emit nodeActivated(m_chosen);
        }
        return;
    case Qt::Key_Plus:
        at >= 0 && m_picture.nodes[at].hidden > 0 ? emit growAsked(m_picture.nodes[at].node.id) : zoomBy(1.2);
        return;
    case Qt::Key_Minus:
        at >= 0 && m_picture.nodes[at].expanded ? emit foldAsked(m_picture.nodes[at].node.id) : zoomBy(1 / 1.2);
        return;
    case Qt::Key_Escape:
        choose({});
        emit nodeChosen({});
        return;
    default:
        QGraphicsView::keyPressEvent(event);
    }
}

void GraphView::focusInEvent(QFocusEvent* event) {
    QGraphicsView::focusInEvent(event);
    refreshLight();
}

void GraphView::focusOutEvent(QFocusEvent* event) {
    QGraphicsView::focusOutEvent(event);
    refreshLight();
}

void GraphView::resizeEvent(QResizeEvent* event) {
    QGraphicsView::resizeEvent(event);
    updateSceneRect();
}

void GraphView::drawBackground(QPainter* painter, const QRectF& rect) {
    painter->fillRect(rect, color(Token::Sunken));
}

QImage GraphView::toImage(qreal scale) const {
    const auto bounds = m_picture.bounds.adjusted(-kMargin, -kMargin, kMargin, kMargin);
    constexpr int kSideMax = 16'000; // a picture past this is of no use and may not fit into memory
    QImage image(
        QSize(std::min(kSideMax, int(bounds.width() * scale)), std::min(kSideMax, int(bounds.height() * scale))),
        QImage::Format_ARGB32_Premultiplied);
    image.fill(color(Token::Sunken));
    QPainter painter(&image);
    m_scene->render(&painter, QRectF(QPointF(0, 0), image.size()), bounds);
    return image;
}

bool GraphView::toSvg(const QString& path, QString* error) const {
    const auto bounds = m_picture.bounds.adjusted(-kMargin, -kMargin, kMargin, kMargin);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        *error = tr("Can't write “%1”: %2.").arg(path, file.errorString());
        return false;
    }
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setSize(bounds.size().toSize());
    generator.setViewBox(QRectF(QPointF(0, 0), bounds.size()));
    generator.setTitle(tr("Lineage"));
    QPainter painter(&generator);
    m_scene->render(&painter, QRectF(QPointF(0, 0), bounds.size()), bounds);
    return painter.end();
}

} // namespace meshbone::ui
