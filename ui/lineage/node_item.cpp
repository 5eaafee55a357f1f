// SPDX-License-Identifier: Apache-2.0
#include "lineage/node_item.h"

#include "widgets/fonts.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace meshbone::ui {

namespace {

using lineage::NodeKind;
constexpr qreal kCap = 15;  ///< width of a cylinder's end and a hexagon's point
constexpr qreal kFold = 12; ///< a store's folded corner
constexpr qreal kHalo = 9;
constexpr qreal kLodPlain = 0.25; ///< below this scale a node is a filled box

QPainterPath cylinderEnd(const QRectF& rect) {
    QPainterPath path;
    path.addEllipse(QRectF(rect.right() - kCap, rect.top(), kCap, rect.height()));
    return path;
}

} // namespace

QPainterPath nodeOutline(NodeKind kind, const QRectF& rect) {
    QPainterPath path;
    switch (kind) {
    case NodeKind::Client:
        path.addRoundedRect(rect, 14, 14);
        break;
    case NodeKind::Domain:
        path.addRoundedRect(rect, 10, 10);
        break;
    case NodeKind::Topic: {
        path.moveTo(rect.left() + 8, rect.top());
        path.lineTo(rect.right() - kCap / 2, rect.top());
        path.arcTo(QRectF(rect.right() - kCap, rect.top(), kCap, rect.height()), 90, -180);
        path.lineTo(rect.left() + 8, rect.bottom());
        path.arcTo(QRectF(rect.left(), rect.top(), kCap, rect.height()), 270, -180);
        path.closeSubpath();
        break;
    }
    case NodeKind::Task:
        path.moveTo(rect.left() + kCap - 1, rect.top());
        path.lineTo(rect.right() - kCap + 1, rect.top());
        path.lineTo(rect.right(), rect.center().y());
        path.lineTo(rect.right() - kCap + 1, rect.bottom());
        path.lineTo(rect.left() + kCap - 1, rect.bottom());
        path.lineTo(rect.left(), rect.center().y());
        path.closeSubpath();
        break;
    case NodeKind::Store:
        path.moveTo(rect.left(), rect.top());
        path.lineTo(rect.right() - kFold, rect.top());
        path.lineTo(rect.right(), rect.top() + kFold);
        path.lineTo(rect.right(), rect.bottom());
        path.lineTo(rect.left(), rect.bottom());
        path.closeSubpath();
        break;
    }
    return path;
}

NodeItem::NodeItem(int index, const PictureNode& node)
    : m_index(index)
    , m_node(node)
    , m_rect(QPointF(0, 0), node.rect.size()) {
    setPos(node.rect.topLeft());
    setZValue(3);
    setAcceptHoverEvents(true);
    setCursor(Qt::PointingHandCursor);
    setToolTip(QString::fromStdString(node.node.name) +
               (node.node.detail.empty() ? QString() : QLatin1Char('\n') + QString::fromStdString(node.node.detail)));
}

void NodeItem::setLight(Light light) {
    if (m_light != light) {
        m_light = light;
        update();
    }
}

void NodeItem::setChosen(bool chosen) {
    if (m_chosen != chosen) {
        m_chosen = chosen;
        update();
    }
}

void NodeItem::setFocusRing(bool shown) {
    if (m_ring != shown) {
        m_ring = shown;
        update();
    }
}

QRectF NodeItem::markRect() const {
    if (m_node.hidden > 0) {
        const QFontMetricsF metrics(textFont(TextStyle::SmallStrong));
        const qreal width =
            std::max<qreal>(20, metrics.horizontalAdvance(QStringLiteral("+%1").arg(m_node.hidden)) + 10);
        return {m_rect.right() - width / 2, m_rect.center().y() - 10, width, 20};
    }
    return m_node.expanded ? QRectF(m_rect.right() + 1, m_rect.center().y() - 9, 18, 18) : QRectF();
}

NodeItem::Hit NodeItem::hitAt(const QPointF& scenePoint) const {
    if (!markRect().contains(mapFromScene(scenePoint))) {
        return Hit::Node;
    }
    return m_node.hidden > 0 ? Hit::Grow : Hit::Fold;
}

QRectF NodeItem::boundingRect() const {
    return m_rect.united(markRect()).adjusted(-kHalo - 1, -kHalo - 1, kHalo + 1, kHalo + 1);
}

QPainterPath NodeItem::shape() const {
    // A rectangle is cheap to hit; the corners don't matter.
    QPainterPath path;
    path.addRect(m_rect);
    if (const auto mark = markRect(); !mark.isEmpty()) {
        path.addRect(mark);
    }
    path.setFillRule(Qt::WindingFill);
    return path;
}

QColor NodeItem::lineColor() const {
    if (m_node.warned) {
        return color(Token::WarnLine); // never dimmed: it needs to be seen
    }
    if (m_light == Light::Lit || m_chosen) {
        return color(Token::Accent);
    }
    return color(m_light == Light::Dim ? Token::NodeDim : Token::NodeLine);
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < kLodPlain) {
        painter->fillRect(m_rect, lineColor());
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing);
    paintBody(*painter);
    paintText(*painter);
    paintMark(*painter);
}

void NodeItem::paintBody(QPainter& painter) const {
    const auto outline = nodeOutline(m_node.node.kind, m_rect);
    if (m_chosen) {
        QColor halo = color(Token::Accent);
        halo.setAlphaF(0.22F);
        painter.setPen(QPen(halo, 2 * kHalo, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(outline);
    }
    const bool strong = m_light == Light::Lit || m_node.warned;
    painter.setPen(QPen(lineColor(), m_chosen ? 2 : strong ? 1.5 : 1, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    const bool domain = m_node.node.kind == NodeKind::Domain;
    painter.setBrush(domain     ? domainColors(QString::fromStdString(m_node.node.domain)).fill
                     : m_chosen ? color(Token::AccentSoft)
                                : color(Token::Surface));
    painter.drawPath(outline);
    if (m_node.node.kind == NodeKind::Topic) {
        painter.setBrush(color(m_light == Light::Lit || m_chosen ? Token::AccentSoft : Token::Window));
        painter.drawPath(cylinderEnd(m_rect));
    } else if (m_node.node.kind == NodeKind::Store) {
        QPolygonF corner{QPointF(m_rect.right() - kFold, m_rect.top()),
                         QPointF(m_rect.right() - kFold, m_rect.top() + kFold),
                         QPointF(m_rect.right(), m_rect.top() + kFold)};
        painter.setBrush(color(Token::Window));
        painter.drawPolygon(corner);
    }
    if (m_ring) {
        painter.setPen(QPen(color(Token::Accent), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(m_rect.adjusted(-4, -4, 4, 4), 8, 8);
    }
}

void NodeItem::paintText(QPainter& painter) const {
    const bool dim = m_light == Light::Dim;
    qreal left = m_node.node.kind == NodeKind::Task ? 18 : 14;
    if (m_node.node.kind == NodeKind::Client) {
        const auto ink = m_node.warned ? color(Token::WarnLine) : color(dim ? Token::Text3 : Token::Text2);
        drawIcon(painter, QRectF(12, m_rect.center().y() - 8, 16, 16), QStringLiteral("terminal"), ink);
        left = 36;
    }
    const qreal right = m_node.node.kind == NodeKind::Topic || m_node.node.kind == NodeKind::Task ? kCap + 2 : 8;
    const QRectF lines(left, m_rect.top() + 5, m_rect.width() - left - right, m_rect.height() - 10);
    const auto drawLine = [&](TextStyle style, Token ink, const QRectF& rect, const QString& line) {
        painter.setFont(textFont(style));
        painter.setPen(color(ink));
        drawTabular(painter, rect, Qt::AlignLeft | Qt::AlignVCenter, line);
    };
    drawLine(TextStyle::SecondaryStrong, dim ? Token::Text3 : Token::Text1,
             QRectF(lines.left(), lines.top(), lines.width(), lines.height() / 2), m_node.title);
    const bool rate = m_node.node.kind == NodeKind::Topic && m_light == Light::Lit;
    drawLine(TextStyle::Small, rate ? Token::Accent : Token::Text3,
             QRectF(lines.left(), lines.center().y(), lines.width(), lines.height() / 2), m_node.detail);
}

void NodeItem::paintMark(QPainter& painter) const {
    const auto mark = markRect();
    if (mark.isEmpty()) {
        return;
    }
    const bool lit = m_light == Light::Lit || m_chosen;
    painter.setPen(QPen(color(lit ? Token::Accent : Token::NodeLine), 1));
    painter.setBrush(color(Token::Surface));
    painter.drawRoundedRect(mark, mark.height() / 2, mark.height() / 2);
    painter.setFont(textFont(TextStyle::SmallStrong));
    painter.setPen(color(lit ? Token::Accent : Token::Text2));
    painter.drawText(mark, Qt::AlignCenter,
                     m_node.hidden > 0 ? QStringLiteral("+%1").arg(m_node.hidden) : QStringLiteral("–"));
}

} // namespace meshbone::ui
