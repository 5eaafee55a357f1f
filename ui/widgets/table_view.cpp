// SPDX-License-Identifier: Apache-2.0
#include "widgets/table_view.h"

#include "widgets/cell_delegate.h"
#include "widgets/fonts.h"
#include "widgets/icons.h"
#include "widgets/table_export.h"
#include "widgets/table_model.h"
#include "widgets/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMetaMethod>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QSettings>

#include <algorithm>

namespace meshbone::ui {

namespace {
constexpr int kHeaderHeight = 30;
constexpr int kMinStretch = 120;
constexpr int kLeastShare = 60; // of the width that the model describes, in percent
constexpr qreal kChevron = 12;
} // namespace

TableHeader::TableHeader(QWidget* parent)
    : QHeaderView(Qt::Horizontal, parent) {
    setSectionsMovable(true);
    setSectionsClickable(true);
    setHighlightSections(false);
    setMinimumSectionSize(40);
    setFixedHeight(kHeaderHeight);
    setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
}

QSize TableHeader::sizeHint() const {
    return {QHeaderView::sizeHint().width(), kHeaderHeight};
}

void TableHeader::paintSection(QPainter* painter, const QRect& rect, int section) const {
    const auto* view = qobject_cast<const TableView*>(parentWidget());
    const bool sorted = isSortIndicatorShown() && sortIndicatorSection() == section && sectionsClickable();
    const bool alignRight =
        model()->headerData(section, Qt::Horizontal, Qt::TextAlignmentRole).toInt() & Qt::AlignRight;
    const int left = view != nullptr ? view->leftPadding(section) : 8;
    const int right = view != nullptr ? view->rightPadding(section) : 8;
    const auto title = model()->headerData(section, Qt::Horizontal, Qt::DisplayRole).toString();
    painter->save();
    painter->fillRect(rect, color(Token::Surface));
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), color(Token::Border));
    painter->setFont(textFont(sorted ? TextStyle::SecondaryStrong : TextStyle::Secondary));
    painter->setPen(color(sorted ? Token::Text1 : Token::Text2));
    auto box = QRectF(rect.adjusted(left, 0, -right, -1));
    const auto mark = sorted ? kChevron + 3 : 0;
    const auto width = std::min(tabularWidth(painter->font(), title), std::max(0.0, box.width() - mark));
    const auto x = alignRight ? box.right() - width - mark : box.left();
    drawTabular(*painter, QRectF(x, box.top(), width + 0.5, box.height()), Qt::AlignLeft, title);
    if (sorted) {
        const auto name =
            sortIndicatorOrder() == Qt::AscendingOrder ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down");
        drawIcon(*painter, QRectF(x + width + 3, std::round(box.center().y() - kChevron / 2), kChevron, kChevron), name,
                 color(Token::Text1));
    }
    painter->restore();
}

TableView::TableView(QWidget* parent)
    : QTableView(parent) {
    setHorizontalHeader(new TableHeader(this));
    setItemDelegate(new CellDelegate(this));
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setTabKeyNavigation(false); // Tab leaves the table; arrows move in it
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setMinimumSectionSize(20);
    setRowHeight(30);
    connect(this, &QAbstractItemView::doubleClicked, this,
            [this](const QModelIndex& at) { emit activatedRow(at.row()); });
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, [this] {
        fitStretchColumn();
        saveLayout();
    });
    connect(horizontalHeader(), &QHeaderView::sectionMoved, this, [this] {
        viewport()->update();
        saveLayout();
    });
    connect(horizontalHeader(), &QHeaderView::sortIndicatorChanged, this, [this] { saveLayout(); });
    connect(&Theme::instance(), &Theme::changed, this, [this] { viewport()->update(); });
}

void TableView::setModel(QAbstractItemModel* model) {
    QTableView::setModel(model);
    setHoveredRow(-1);
    if (model == nullptr) {
        return;
    }
    applyWidths();
    const auto changed = [this] {
        if (m_maxRows > 0) {
            updateGeometry();
        }
    };
    connect(model, &QAbstractItemModel::rowsInserted, this, changed);
    connect(model, &QAbstractItemModel::rowsRemoved, this, changed);
    connect(model, &QAbstractItemModel::modelReset, this, changed);
}

void TableView::setRowHeight(int px) {
    verticalHeader()->setDefaultSectionSize(px);
}

void TableView::setEdgePadding(int px) {
    m_edgePadding = px;
    viewport()->update();
}

void TableView::setHeightByRows(int maxRows) {
    m_maxRows = maxRows;
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    updateGeometry();
}

QSize TableView::sizeHint() const {
    if (m_maxRows <= 0 || model() == nullptr) {
        return QTableView::sizeHint();
    }
    const auto rows = std::clamp(model()->rowCount(), 1, m_maxRows);
    return {QTableView::sizeHint().width(), kHeaderHeight + rows * verticalHeader()->defaultSectionSize()};
}

void TableView::setLayoutKey(const QString& key) {
    m_layoutKey.clear();
    const auto state = QSettings().value(QStringLiteral("layouts/%1").arg(key)).toByteArray();
    if (!state.isEmpty()) {
        m_fitting = true;
        horizontalHeader()->restoreState(state);
        m_fitting = false;
        fitStretchColumn();
    }
    m_layoutKey = key;
}

void TableView::saveLayout() {
    if (!m_layoutKey.isEmpty() && !m_fitting) {
        QSettings().setValue(QStringLiteral("layouts/%1").arg(m_layoutKey), horizontalHeader()->saveState());
    }
}

void TableView::resetLayout() {
    auto* header = horizontalHeader();
    for (int column = 0; column < header->count(); ++column) {
        header->moveSection(header->visualIndex(column), column);
        header->setSectionHidden(column, false);
    }
    applyWidths();
    saveLayout();
}

void TableView::applyWidths() {
    m_fitting = true;
    for (int column = 0; column < model()->columnCount(); ++column) {
        const auto width = model()->headerData(column, Qt::Horizontal, WidthRole);
        if (width.isValid()) {
            setColumnWidth(column, width.toInt() + leftPadding(column) + rightPadding(column));
        }
    }
    m_fitting = false;
    fitStretchColumn();
}

void TableView::fitStretchColumn() {
    if (model() == nullptr || m_fitting) {
        return;
    }
    int stretch = -1;
    int others = 0;
    for (int column = 0; column < model()->columnCount(); ++column) {
        if (isColumnHidden(column)) {
            continue;
        }
        if (model()->headerData(column, Qt::Horizontal, StretchRole).toBool()) {
            stretch = column;
        } else {
            others += columnWidth(column);
        }
    }
    if (stretch >= 0) {
        m_fitting = true;
        // It may be squeezed, but not until its texts can't be told apart: then the table scrolls.
        const auto wanted = model()->headerData(stretch, Qt::Horizontal, WidthRole).toInt();
        const auto least = std::max(kMinStretch, wanted * kLeastShare / 100);
        setColumnWidth(stretch, std::max(least, viewport()->width() - others));
        m_fitting = false;
    }
}

bool TableView::isFirstColumn(int column) const {
    return horizontalHeader()->visualIndex(column) == 0;
}

int TableView::leftPadding(int column) const {
    return isFirstColumn(column) ? m_edgePadding : 8;
}

int TableView::rightPadding(int column) const {
    return horizontalHeader()->visualIndex(column) == horizontalHeader()->count() - 1 ? m_edgePadding : 8;
}

QList<int> TableView::chosenRows() const {
    QList<int> rows;
    if (model() == nullptr) {
        return rows;
    }
    if (selectionModel() != nullptr && selectionModel()->hasSelection()) {
        for (const auto& range : selectionModel()->selection()) {
            for (int row = range.top(); row <= range.bottom(); ++row) {
                rows << row;
            }
        }
        std::ranges::sort(rows);
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        return rows;
    }
    for (int row = 0; row < model()->rowCount(); ++row) {
        if (model()->flags(model()->index(row, 0)).testFlag(Qt::ItemIsSelectable)) { // a heading is no row
            rows << row;
        }
    }
    return rows;
}

void TableView::setHoveredRow(int row) {
    if (m_hoveredRow != row) {
        m_hoveredRow = row;
        viewport()->update();
    }
}

void TableView::mouseMoveEvent(QMouseEvent* event) {
    setHoveredRow(rowAt(event->position().toPoint().y()));
    QTableView::mouseMoveEvent(event);
}

void TableView::leaveEvent(QEvent* event) {
    setHoveredRow(-1);
    QTableView::leaveEvent(event);
}

void TableView::resizeEvent(QResizeEvent* event) {
    QTableView::resizeEvent(event);
    fitStretchColumn();
}

void TableView::keyPressEvent(QKeyEvent* event) {
    if (event->matches(QKeySequence::Copy)) {
        if (isSignalConnected(QMetaMethod::fromSignal(&TableView::copyAsked))) {
            emit copyAsked();
        } else if (model() != nullptr) {
            copyRows(*this, false); // Qt would copy the text of the current cell
        }
        event->accept();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && event->modifiers() == Qt::NoModifier &&
        currentIndex().isValid()) {
        emit activatedRow(currentIndex().row());
        event->accept();
        return;
    }
    QTableView::keyPressEvent(event);
}

void TableView::contextMenuEvent(QContextMenuEvent* event) {
    if (model() == nullptr || model()->rowCount() == 0) {
        return;
    }
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addExportActions(*this, *menu);
    menu->popup(event->globalPos());
}

void TableView::focusInEvent(QFocusEvent* event) {
    QTableView::focusInEvent(event);
    // Keyboard focus needs a place to be seen.
    if (!currentIndex().isValid() && model() != nullptr && model()->rowCount() > 0 &&
        (event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason)) {
        selectionModel()->setCurrentIndex(model()->index(0, horizontalHeader()->logicalIndex(0)),
                                          QItemSelectionModel::NoUpdate);
    }
    viewport()->update();
}

} // namespace meshbone::ui
