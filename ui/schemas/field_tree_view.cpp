// SPDX-License-Identifier: Apache-2.0
#include "schemas/field_tree_view.h"

#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/table_view.h"

#include <QHeaderView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTreeView>
#include <QVBoxLayout>

#include <array>

namespace meshbone::ui {

namespace {
constexpr int kDepthOpen = 2; ///< deeper ones are opened by hand, or when something in them is found
constexpr std::array<int, FieldTreeModel::ColumnCount> kWidths{220, 160, 100, 90, 200, 90};
} // namespace

FieldTreeView::FieldTreeView(QWidget* parent)
    : QWidget(parent) {
    setObjectName(QStringLiteral("fieldTreePage"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    m_filter = new FilterLine(this);
    m_filter->setObjectName(QStringLiteral("fieldTreeFilter"));
    m_filter->setHint(tr("Filter fields…"), QStringLiteral("filter"), {});
    m_filter->setMaximumWidth(280);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->addWidget(m_filter);
    row->addStretch();
    layout->addLayout(row);
    m_found = new QSortFilterProxyModel(this);
    m_found->setSourceModel(&m_model);
    m_found->setRecursiveFilteringEnabled(true);
    m_found->setAutoAcceptChildRows(true);
    m_found->setFilterKeyColumn(-1);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    buildTree();
    m_empty = new EmptyView(this);
    m_empty->setMessage(QStringLiteral("schema"), tr("No fields"),
                        tr("This schema is of a single value, or it can't be parsed."));
    m_noMatch = new EmptyView(this);
    m_noMatch->setMessage(QStringLiteral("search"), tr("Nothing matches"), tr("No field has these words."));
    m_noMatch->setAction(tr("Clear the filter"), [this] { m_filter->clear(); });
    m_stack = new QStackedLayout;
    for (QWidget* page : std::initializer_list<QWidget*>{m_tree, m_empty, m_noMatch}) {
        m_stack->addWidget(page);
    }
    layout->addLayout(m_stack, 1);
    connect(m_filter, &FilterLine::filterChanged, this, &FieldTreeView::filter);
    connect(m_filter, &FilterLine::leaveDown, this, [this] { m_tree->setFocus(Qt::TabFocusReason); });
    updateState();
}

void FieldTreeView::buildTree() {
    m_tree = new QTreeView(this);
    m_tree->setObjectName(QStringLiteral("fieldTree"));
    m_tree->setAccessibleName(tr("Fields"));
    m_tree->setModel(m_found);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    auto* header = new TableHeader(m_tree);
    header->setSectionsMovable(false);
    header->setSectionsClickable(false); // the order is the text's
    m_tree->setHeader(header);
    header->setStretchLastSection(false);
    for (int column = 0; column < FieldTreeModel::ColumnCount; ++column) {
        m_tree->header()->resizeSection(column, kWidths.at(static_cast<std::size_t>(column)));
    }
    m_tree->header()->setSectionResizeMode(FieldTreeModel::Doc, QHeaderView::Stretch);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QWidget::customContextMenuRequested, this, [this](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        if (m_fillMenu) {
            m_fillMenu(*menu);
        }
        menu->popup(m_tree->viewport()->mapToGlobal(at));
    });
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex& index) {
        if (const auto path = index.data(FieldTreeModel::kPathRole).toString(); !path.isEmpty()) {
            emit activated(path);
        }
    });
}

void FieldTreeView::setTree(const FieldTreePtr& tree) {
    const auto& shown = m_model.tree();
    if (tree != nullptr && tree->fields == shown.fields && tree->nodes == shown.nodes) {
        return; // what was opened stays open
    }
    const auto before = current();
    m_model.setTree(tree);
    filter(m_filter->text());
    choose(before);
}

void FieldTreeView::filter(const QString& words) {
    m_found->setFilterFixedString(words);
    words.isEmpty() ? m_tree->expandToDepth(kDepthOpen - 1) : m_tree->expandAll();
    updateState();
}

void FieldTreeView::updateState() {
    m_stack->setCurrentWidget(m_model.rowCount() == 0    ? static_cast<QWidget*>(m_empty)
                              : m_found->rowCount() == 0 ? static_cast<QWidget*>(m_noMatch)
                                                         : m_tree);
}

void FieldTreeView::choose(const QString& path) {
    const auto index = m_found->mapFromSource(m_model.indexOf(path));
    if (!index.isValid()) {
        return;
    }
    for (auto above = index.parent(); above.isValid(); above = above.parent()) {
        m_tree->expand(above);
    }
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

QString FieldTreeView::current() const {
    return m_tree->currentIndex().data(FieldTreeModel::kPathRole).toString();
}

} // namespace meshbone::ui
