// SPDX-License-Identifier: Apache-2.0
#include "widgets/cell_delegate.h"

#include "widgets/cell.h"
#include "widgets/table_model.h"
#include "widgets/table_view.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace meshbone::ui {

namespace {

constexpr int kTwoLineHeight = 44;
constexpr int kBarWidth = 3;

Cell cellOf(const QModelIndex& index) {
    const auto parts = index.data(CellRole);
    return parts.isValid() ? parts.value<Cell>() : Cell{cell::text(index.data().toString())};
}

QRectF contentRect(const QStyleOptionViewItem& option, const QModelIndex& index) {
    const auto* view = qobject_cast<const TableView*>(option.widget);
    const int left = view != nullptr ? view->leftPadding(index.column()) : 8;
    const int right = view != nullptr ? view->rightPadding(index.column()) : 8;
    return QRectF(option.rect.adjusted(left, 0, -right, -1));
}

} // namespace

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto* view = qobject_cast<const TableView*>(option.widget);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool hovered = view != nullptr && view->hoveredRow() == index.row();
    painter->save();
    if (const auto ground = index.data(GroundRole); ground.isValid()) {
        painter->fillRect(option.rect, color(static_cast<Token>(ground.toInt())));
    } else if (selected || hovered) {
        painter->fillRect(option.rect, color(selected ? Token::AccentSoft : Token::Hover));
    }
    const QRect line(option.rect.left(), option.rect.bottom(), option.rect.width(), 1);
    painter->fillRect(line, color(Token::Line));
    if (view != nullptr && view->isFirstColumn(index.column()) && view->currentIndex().row() == index.row() &&
        (selected || view->hasFocus())) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), kBarWidth, option.rect.height() - 1),
                          color(Token::Accent));
    }
    painter->setClipRect(option.rect);
    const bool alignRight = index.data(Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    drawCell(*painter, contentRect(option, index), cellOf(index), alignRight, option.rect.height() >= kTwoLineHeight);
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto width = cellWidth(cellOf(index), option.rect.height() >= kTwoLineHeight);
    return {static_cast<int>(width) + 26, 30};
}

bool CellDelegate::helpEvent(QHelpEvent* event, QAbstractItemView* view, const QStyleOptionViewItem& option,
                             const QModelIndex& index) {
    if (event->type() == QEvent::ToolTip && index.isValid() && !index.data(Qt::ToolTipRole).isValid()) {
        const auto cell = cellOf(index);
        const bool cut =
            cellWidth(cell, option.rect.height() >= kTwoLineHeight) > contentRect(option, index).width() + 1;
        QToolTip::showText(event->globalPos(), cut ? plainText(cell) : QString(), view);
        return true;
    }
    return QStyledItemDelegate::helpEvent(event, view, option, index);
}

} // namespace meshbone::ui
