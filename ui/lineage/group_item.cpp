// SPDX-License-Identifier: Apache-2.0
#include "lineage/group_item.h"

#include "widgets/fonts.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace meshbone::ui {

namespace {
constexpr qreal kTitleHeight = 24;
constexpr qreal kLodPlain = 0.25;
} // namespace

GroupItem::GroupItem(PictureGroup group)
    : m_group(std::move(group)) {
    setZValue(1);
}

QRectF GroupItem::titleRect() const {
    return {m_group.rect.left(), m_group.rect.top(), m_group.rect.width(), kTitleHeight};
}

void GroupItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const auto colors = domainColors(m_group.domain);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(colors.edge, 1));
    painter->setBrush(colors.fill);
    painter->drawRoundedRect(m_group.rect, 10, 10);
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < kLodPlain) {
        return;
    }
    auto title = titleRect().adjusted(10, 2, -8, 0);
    drawIcon(*painter, QRectF(title.left(), title.center().y() - 7, 14, 14),
             m_group.collapsed ? QStringLiteral("plus") : QStringLiteral("minus"), colors.ink);
    title.setLeft(title.left() + 20);
    painter->setFont(textFont(TextStyle::SecondaryStrong));
    painter->setPen(colors.ink);
    const qreal width = QFontMetricsF(painter->font()).horizontalAdvance(m_group.title);
    painter->drawText(title, Qt::AlignLeft | Qt::AlignVCenter, m_group.title);
    painter->setFont(textFont(TextStyle::Small));
    painter->setPen(color(Token::Text2));
    drawTabular(*painter, title.adjusted(width + 10, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_group.counts);
}

} // namespace meshbone::ui
