// SPDX-License-Identifier: Apache-2.0
#include "lineage/legend.h"

#include "lineage/edge_routes.h"
#include "lineage/node_item.h"

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>

namespace meshbone::ui {

namespace {

/// Draws entries from left to right as long as there is room.
class Row {
public:
    Row(QPainter& painter, const QRectF& rect)
        : m_painter(painter)
        , m_rect(rect)
        , m_x(rect.left()) {
        painter.setFont(textFont(TextStyle::Secondary));
    }

    void shape(lineage::NodeKind kind, const QString& label) {
        const QRectF box(m_x, m_rect.center().y() - 6, 24, 12);
        if (!fits(box.width(), label)) {
            return;
        }
        m_painter.setPen(QPen(color(Token::NodeLine), 1));
        m_painter.setBrush(color(Token::Surface));
        if (kind == lineage::NodeKind::Client) {
            m_painter.drawRoundedRect(box, 4, 4);
        } else {
            m_painter.save();
            m_painter.translate(box.topLeft());
            m_painter.scale(0.5, 0.5);
            m_painter.drawPath(nodeOutline(kind, QRectF(0, 0, box.width() * 2, box.height() * 2)));
            m_painter.restore();
        }
        text(box.width(), label);
    }

    void note(const QString& sentence) {
        if (!sentence.isEmpty() && fits(-8, sentence)) {
            text(-8, sentence);
        }
    }

    void line(const QPen& pen, const QString& label) {
        constexpr qreal kLength = 30;
        if (!fits(kLength, label)) {
            return;
        }
        m_painter.setPen(pen);
        m_painter.drawLine(QPointF(m_x, m_rect.center().y()), QPointF(m_x + kLength, m_rect.center().y()));
        text(kLength, label);
    }

private:
    bool fits(qreal width, const QString& label) const {
        return m_x + width + 8 + QFontMetricsF(m_painter.font()).horizontalAdvance(label) <= m_rect.right();
    }
    void text(qreal width, const QString& label) {
        m_painter.setPen(color(Token::Text2));
        const qreal labelWidth = QFontMetricsF(m_painter.font()).horizontalAdvance(label);
        m_painter.drawText(QRectF(m_x + width + 8, m_rect.top(), labelWidth + 2, m_rect.height()),
                           Qt::AlignLeft | Qt::AlignVCenter, label);
        m_x += width + 8 + labelWidth + 20;
    }

    QPainter& m_painter;
    QRectF m_rect;
    qreal m_x;
};

QPen dashed(const QColor& ink, qreal width, const QList<qreal>& pattern, Qt::PenCapStyle cap) {
    QPen pen(ink, width, Qt::CustomDashLine, cap);
    pen.setDashPattern(pattern);
    return pen;
}

} // namespace

Legend::Legend(QWidget* parent)
    : QWidget(parent) {
    setFixedHeight(34);
    setAccessibleName(tr("Legend"));
    setObjectName(QStringLiteral("lineageLegend"));
    describe();
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Legend::setNote(const QString& note, const QString& dotted, const QString& more) {
    m_note = note;
    m_dotted = dotted;
    setToolTip(more.isEmpty() ? note : note + u'\n' + more);
    describe();
    update();
}

QString Legend::dotted() const {
    return m_dotted.isEmpty() ? tr("Observed, not granted") : m_dotted;
}

void Legend::describe() {
    const auto marks = tr("Rounded: producer or consumer. Cylinder: topic. Hexagon: stream task. Dashed: declared, not "
                          "observed. Dotted: %1. Width: events per second.")
                           .arg(dotted().toLower());
    setAccessibleDescription(m_note.isEmpty() ? marks : QStringLiteral("%1 %2").arg(m_note, marks));
}

void Legend::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), color(Token::Surface));
    painter.fillRect(QRectF(0, 0, width(), 1), color(Token::Line));
    Row row(painter, QRectF(rect()).adjusted(14, 0, -14, 0));
    row.note(m_note);
    row.shape(lineage::NodeKind::Client, tr("Producer, consumer"));
    row.shape(lineage::NodeKind::Topic, tr("Topic"));
    row.shape(lineage::NodeKind::Task, tr("Stream task"));
    row.shape(lineage::NodeKind::Store, tr("External store"));
    row.line(QPen(color(Token::Edge), 2), tr("Observed"));
    row.line(dashed(color(Token::Edge), 1.75, {4, 3}, Qt::FlatCap), tr("Declared, not observed"));
    row.line(dashed(color(Token::WarnLine), 3.2, {0.01, 2.1}, Qt::RoundCap), dotted());
    row.line(QPen(color(Token::Edge), edgeWidth(0.3)), tr("0.3/s"));
    row.line(QPen(color(Token::Edge), edgeWidth(42)), tr("42/s"));
}

} // namespace meshbone::ui
