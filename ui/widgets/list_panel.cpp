// SPDX-License-Identifier: Apache-2.0
#include "widgets/list_panel.h"

#include "widgets/button.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/row_filter.h"
#include "widgets/table_export.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace meshbone::ui {

ListPanel::ListPanel(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name) {
    setObjectName(name + QStringLiteral("List"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    buildToolbar();
    layout->addLayout(m_tools);
    m_message = new MessageBar(this);
    auto* messageRow = new QVBoxLayout;
    messageRow->setContentsMargins(16, 0, 16, 4);
    messageRow->addWidget(m_message);
    layout->addLayout(messageRow);
    m_table = new TableView(this);
    m_table->setObjectName(name + QStringLiteral("Table"));
    m_table->setAccessibleName(name); // pages say it in the person's words
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_empty = new EmptyView(this);
    m_noMatch = new EmptyView(this);
    m_noMatch->setAction(tr("Clear the filter"), [this] {
        m_filter->clear();
        emit m_filter->returnPressed();
    });
    m_loadingView = new LoadingView(tr("Loading…"), this);
    m_stack = new QStackedLayout;
    layout->addLayout(m_stack, 1);
    for (auto* page : {static_cast<QWidget*>(m_table), static_cast<QWidget*>(m_empty), static_cast<QWidget*>(m_noMatch),
                       static_cast<QWidget*>(m_loadingView)}) {
        m_stack->addWidget(page);
    }
    connect(m_filter, &FilterLine::filterChanged, this, [this](const QString& text) {
        if (m_rows != nullptr) {
            m_filtering = true; // rows go and come in many steps: the counts are made after the last
            m_rows->setText(text);
            m_filtering = false;
        }
        emit filterChanged(text);
        updateState();
    });
    connect(m_filter, &FilterLine::leaveDown, m_table, [this] { m_table->setFocus(Qt::TabFocusReason); });
    connect(m_table, &TableView::activatedRow, this, [this](int row) { emit activated(toSource(row)); });
    connect(m_table, &QWidget::customContextMenuRequested, this, &ListPanel::showContextMenu);
    connect(m_table, &TableView::copyAsked, this, [this] { copyRows(false); });
    setTabOrder(m_filter, m_table);
}

void ListPanel::buildToolbar() {
    m_tools = new QHBoxLayout;
    m_tools->setContentsMargins(16, 8, 16, 8);
    m_tools->setSpacing(8);
    m_filter = new FilterLine(this);
    m_filter->setObjectName(m_name + QStringLiteral("Filter"));
    m_filter->setFixedWidth(280);
    m_filters = new QHBoxLayout;
    m_filters->setSpacing(8);
    m_counts = new Label({}, TextStyle::Body, Token::Text2, this);
    m_counts->setObjectName(m_name + QStringLiteral("Counts"));
    m_tools->addWidget(m_filter);
    m_tools->addLayout(m_filters);
    m_tools->addStretch(1);
    m_tools->addWidget(m_counts);
    buildMenus();
}

void ListPanel::buildMenus() {
    auto* copy = Button::iconButton(QStringLiteral("copy"), tr("Copy the rows"), this);
    copy->setObjectName(m_name + QStringLiteral("Copy"));
    connect(copy, &QPushButton::clicked, this, [this] { copyRows(false); });
    auto* exported = Button::iconButton(QStringLiteral("export"), tr("Export the rows"), this);
    exported->setObjectName(m_name + QStringLiteral("Export"));
    auto* menu = new QMenu(exported);
    menu->addAction(tr("Export as CSV…"), this, [this] { exportRows(false); });
    menu->addAction(tr("Export as JSON…"), this, [this] { exportRows(true); });
    menu->addSeparator();
    menu->addAction(tr("Copy as JSON"), this, [this] { copyRows(true); });
    menu->addAction(tr("Reset Columns"), this, [this] { m_table->resetLayout(); });
    exported->setMenu(menu);
    m_tools->addWidget(copy);
    m_tools->addWidget(exported);
}

void ListPanel::setSource(QAbstractItemModel* model, Filtering filtering) {
    m_source = model;
    if (filtering == Filtering::Here) {
        m_filter->setPause({}); // the rows are here: they follow each key
        m_rows = new RowFilter(this);
        m_rows->setSourceModel(model);
        m_table->setModel(m_rows);
        m_table->setSortingEnabled(true);
        m_table->sortByColumn(0, Qt::AscendingOrder);
    } else {
        m_table->setModel(model);
        m_table->horizontalHeader()->setSectionsClickable(false);
        m_filter->setMaxLength(1000);
    }
    m_table->setLayoutKey(m_name);
    for (auto* counted : {static_cast<QAbstractItemModel*>(m_table->model()), m_source}) {
        connect(counted, &QAbstractItemModel::rowsInserted, this, &ListPanel::updateState);
        connect(counted, &QAbstractItemModel::rowsRemoved, this, &ListPanel::updateState);
        connect(counted, &QAbstractItemModel::modelReset, this, &ListPanel::updateState);
        connect(counted, &QAbstractItemModel::layoutChanged, this, &ListPanel::updateState);
    }
    connect(
        m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
        [this](const QModelIndex& current) { emit currentChanged(current.isValid() ? toSource(current.row()) : -1); });
    updateState();
}

void ListPanel::addFilter(QWidget* widget) {
    m_filters->addWidget(widget);
}

void ListPanel::addTool(QWidget* widget) {
    m_tools->insertWidget(m_tools->count() - 3, widget);
}

void ListPanel::setLoading(bool loading, const QString& sentence) {
    m_loading = loading;
    if (!sentence.isEmpty()) {
        m_loadingView->setSentence(sentence);
    }
    updateState();
}

void ListPanel::setCounts(qint64 shown, qint64 total) {
    m_shown = shown;
    m_total = total;
    updateState();
}

void ListPanel::setContextMenu(std::function<void(QMenu&)> fill) {
    m_fillMenu = std::move(fill);
}

void ListPanel::updateState() {
    if (m_source == nullptr || m_filtering) {
        return;
    }
    if (m_rows != nullptr) {
        m_shown = m_rows->rowCount();
        m_total = m_source->rowCount();
    }
    m_counts->setText(tr("%1 of %2").arg(formatCount(m_shown), formatCount(m_total)));
    m_counts->setVisible(m_total > 0);
    if (m_loading && m_total == 0) {
        m_stack->setCurrentWidget(m_loadingView);
    } else if (m_total == 0) {
        m_stack->setCurrentWidget(m_empty);
    } else if (m_shown == 0 && !m_loading) {
        m_noMatch->setMessage(
            QStringLiteral("filter"), tr("Nothing matches"),
            m_filter->text().isEmpty()
                ? tr("None of the %1 rows passes the filters above.").arg(formatCount(m_total))
                : tr("None of the %1 rows contains “%2”.").arg(formatCount(m_total), m_filter->text()));
        m_stack->setCurrentWidget(m_noMatch);
    } else {
        m_stack->setCurrentWidget(m_table);
    }
}

void ListPanel::copyRows(bool asJson) {
    ui::copyRows(*m_table, asJson);
}

void ListPanel::exportRows(bool asJson) {
    const auto done = ui::exportRows(*m_table, m_name, asJson);
    if (!done) {
        return;
    }
    const auto& [path, rows, written] = *done;
    m_message->clearActions();
    const bool partly = m_rows == nullptr && rows == m_table->model()->rowCount() && rows < m_shown;
    if (written && partly) {
        m_message->say(Tone::Warn,
                       tr("%1 of %2 rows are written to “%3”.").arg(formatCount(rows), formatCount(m_shown), path),
                       tr("The list loads as it is scrolled; what isn't loaded isn't written."));
    } else if (written) {
        m_message->say(Tone::Ok, tr("%n row(s) written to “%1”.", nullptr, static_cast<int>(rows)).arg(path));
    } else {
        m_message->say(Tone::Danger, text(written.error().message));
    }
    m_message->addAction(tr("Dismiss"), [this] { m_message->hide(); });
}

void ListPanel::addRowActions(QMenu& menu) {
    menu.addAction(tr("Copy"), QKeySequence::Copy, this, [this] { copyRows(false); });
    menu.addAction(tr("Copy as JSON"), this, [this] { copyRows(true); });
    menu.addAction(tr("Export as CSV…"), this, [this] { exportRows(false); });
    menu.addAction(tr("Export as JSON…"), this, [this] { exportRows(true); });
}

void ListPanel::showContextMenu(const QPoint& at) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (m_fillMenu) {
        m_fillMenu(*menu);
        menu->addSeparator();
    }
    addRowActions(*menu);
    menu->popup(m_table->viewport()->mapToGlobal(at));
}

int ListPanel::toSource(int row) const {
    return m_rows == nullptr ? row : m_rows->mapToSource(m_rows->index(row, 0)).row();
}

int ListPanel::currentSourceRow() const {
    const auto current = m_table->currentIndex();
    return current.isValid() ? toSource(current.row()) : -1;
}

QList<int> ListPanel::selectedSourceRows() const {
    QList<int> rows;
    if (m_table->selectionModel() == nullptr) {
        return rows;
    }
    for (const auto& index : m_table->selectionModel()->selectedRows()) {
        rows << toSource(index.row());
    }
    return rows;
}

void ListPanel::selectSourceRow(int row) {
    auto index = m_source->index(row, 0);
    if (m_rows != nullptr) {
        index = m_rows->mapFromSource(index);
    }
    if (!index.isValid()) {
        m_table->clearSelection();
        return;
    }
    m_table->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_table->scrollTo(index);
}

} // namespace meshbone::ui
