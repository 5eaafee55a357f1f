// SPDX-License-Identifier: Apache-2.0
#include "lineage/edge_layer.h"

#include "lineage/edge_routes.h"

#include "widgets/fonts.h"
#include "widgets/format.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace meshbone::ui {

namespace {

constexpr qreal kLodStraight = 0.25; ///< below this scale edges are straight hairlines without heads and labels
constexpr qreal kLabelHeight = 18;
constexpr qreal kLabelGap = 3; // from a label to the node that its edge leads to

QString labelOf(const PictureEdge& edge, bool warned, bool lit) {
    const double perSecond = edge.edge.perSecond.value_or(0);
    const auto rate = QCoreApplication::translate("EdgeLayer", "%1/s").arg(formatRate(perSecond));
    if (edge.unagreed) {
        return edge.outOfTopic ? QCoreApplication::translate("EdgeLayer", "may read, nobody agreed")
                               : QCoreApplication::translate("EdgeLayer", "may write, nobody agreed");
    }
    if (warned) {
        return perSecond > 0 ? QCoreApplication::translate("EdgeLayer", "%1 · not granted").arg(rate)
                             : QCoreApplication::translate("EdgeLayer", "not granted");
    }
    if (edge.edge.evidence == lineage::Evidence::Declared) {
        return edge.unused ? QCoreApplication::translate("EdgeLayer", "granted, unused")
                           : QCoreApplication::translate("EdgeLayer", "declared");
    }
    return lit && edge.outOfTopic && perSecond > 0 ? rate : QString();
}

} // namespace

EdgeLayer::EdgeLayer() {
    setZValue(2);
    setAcceptedMouseButtons(Qt::NoButton);
}

void EdgeLayer::setPicture(const GraphPicture* picture) {
    prepareGeometryChange();
    m_picture = picture;
    m_bounds = picture == nullptr ? QRectF() : picture->bounds.adjusted(-80, -80, 80, 80);
    update();
}

void EdgeLayer::setLit(const QSet<int>& lit) {
    m_lit = lit;
    update();
}

EdgeLayer::Pass EdgeLayer::passOf(const PictureEdge& edge) const {
    if (!edge.edge.granted) {
        return Pass::Warned;
    }
    return m_lit.contains(edge.from) && m_lit.contains(edge.to) ? Pass::Lit : Pass::Plain;
}

void EdgeLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    if (m_picture == nullptr) {
        return;
    }
    const bool simple = option->levelOfDetailFromTransform(painter->worldTransform()) < kLodStraight;
    painter->setRenderHint(QPainter::Antialiasing, !simple);
    for (const auto pass : {Pass::Plain, Pass::Lit, Pass::Warned}) {
        for (const auto& edge : m_picture->edges) {
            if (passOf(edge) == pass) {
                paintEdge(*painter, edge, pass, simple);
            }
        }
    }
    if (simple) {
        return;
    }
    for (const auto& edge : m_picture->edges) {
        paintLabel(*painter, edge, passOf(edge));
    }
}

void EdgeLayer::paintEdge(QPainter& painter, const PictureEdge& edge, Pass pass, bool simple) const {
    const bool dimmed = pass == Pass::Plain && !m_lit.isEmpty();
    const auto ink = color(pass == Pass::Warned ? Token::WarnLine
                           : pass == Pass::Lit  ? Token::Accent
                           : dimmed             ? Token::EdgeDim
                                                : Token::Edge);
    painter.setBrush(Qt::NoBrush);
    if (simple) {
        painter.setPen(QPen(ink, 0));
        painter.drawLine(edge.path.elementAt(0), edge.tip);
        return;
    }
    QPen pen(ink, edgeWidth(edge.edge.perSecond.value_or(0)) * (dimmed ? 0.8 : 1), Qt::SolidLine, Qt::FlatCap,
             Qt::RoundJoin);
    if (pass == Pass::Warned) {
        pen = QPen(ink, 3.2, Qt::CustomDashLine, Qt::RoundCap);
        pen.setDashPattern({0.01, 2.1});
    } else if (edge.edge.evidence == lineage::Evidence::Declared) {
        pen = QPen(ink, 1.75, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({4, 3});
    }
    painter.setPen(pen);
    painter.drawPath(edge.path);
    const qreal half = std::max(4.0, pen.widthF() * 0.9 + 1.5);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawPolygon(
        QPolygonF{edge.tip, edge.tip + QPointF(-kArrowLength, -half), edge.tip + QPointF(-kArrowLength, half)});
}

void EdgeLayer::paintLabel(QPainter& painter, const PictureEdge& edge, Pass pass) const {
    const bool warned = pass == Pass::Warned;
    auto label = labelOf(edge, warned, pass == Pass::Lit);
    if (label.isEmpty()) {
        return;
    }
    painter.setFont(textFont(TextStyle::SmallStrong));
    const qreal icon = warned ? 16 : 0;
    const auto rectOf = [&](const QString& text) {
        const qreal width = tabularWidth(painter.font(), text) + icon + 14;
        return QRectF(edge.labelAt.x() - width / 2, edge.labelAt.y() - kLabelHeight / 2, width, kLabelHeight);
    };
    auto rect = rectOf(label);
    // Nodes lie over the edges: what would end under the next one says less and stays before it.
    const qreal most = edge.tip.x() - kLabelGap;
    if (edge.labelAt.x() < most && rect.right() > most) {
        label = labelOf(edge, false, true);
        rect = label.isEmpty() ? QRectF(rect.left(), rect.top(), icon + 8, rect.height()) : rectOf(label);
        rect.moveRight(std::min(rect.right(), most));
    }
    const auto ink = warned ? Token::Warn : pass == Pass::Lit ? Token::Accent : Token::Text3;
    painter.setPen(QPen(color(warned ? Token::WarnLine : pass == Pass::Lit ? Token::Accent : Token::EdgeDim), 1));
    painter.setBrush(color(warned ? Token::WarnSoft : Token::Surface));
    painter.drawRoundedRect(rect, kLabelHeight / 2, kLabelHeight / 2);
    if (warned) {
        drawIcon(painter, QRectF(rect.left() + 6, rect.center().y() - 6.5, 13, 13), QStringLiteral("warning"),
                 color(ink));
    }
    painter.setPen(color(ink));
    drawTabular(painter, rect.adjusted(icon + 7, 0, -6, 0), Qt::AlignLeft | Qt::AlignVCenter, label);
}

} // namespace meshbone::ui
