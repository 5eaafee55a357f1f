// SPDX-License-Identifier: Apache-2.0
#include "schemas/fields_tab.h"

#include "schemas/field_tree_view.h"
#include "widgets/empty_view.h"
#include "widgets/filter_line.h"
#include "widgets/format.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace meshbone::ui {

FieldsTab::FieldsTab(QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_form = new Segmented({tr("Tree"), tr("List")}, tr("How the fields are shown"), this);
    m_form->setObjectName(QStringLiteral("schemaFieldForm"));
    m_problem = new MessageBar(this);
    m_problem->hide();
    layout->addWidget(m_problem);
    m_pages = new QStackedWidget(this);
    m_tree = new FieldTreeView(m_pages);
    buildList();
    m_pages->addWidget(m_tree);
    m_pages->addWidget(m_list);
    layout->addWidget(m_pages, 1);
    connect(m_form, &Segmented::currentChanged, m_pages, &QStackedWidget::setCurrentIndex);
    connect(m_tree, &FieldTreeView::activated, this, &FieldsTab::activated);
    connect(m_list, &ListPanel::activated, this, &FieldsTab::activated);
}

void FieldsTab::buildList() {
    m_list = new ListPanel(QStringLiteral("schemaFields"), m_pages);
    m_list->setSource(&m_model);
    m_list->filterLine()->setHint(tr("Filter fields…"), QStringLiteral("filter"), {}); // "/" is the list's
    m_list->table()->setAccessibleName(tr("Fields"));
    m_list->emptyView()->setMessage(QStringLiteral("schema"), tr("No fields"),
                                    tr("This schema is of a single value, or it can't be parsed."));
}

void FieldsTab::setVersion(const VersionFacts* version) {
    m_model.setRows(version == nullptr ? std::vector<catalog::SchemaField>() : withoutDoubles(version->fields));
    m_tree->setTree(version == nullptr ? nullptr : version->tree);
    const bool isBroken = version != nullptr && !version->problem.empty();
    m_problem->setVisible(isBroken);
    if (isBroken) {
        m_problem->say(Tone::Danger, tr("This version can't be parsed."), text(version->problem));
    }
}

void FieldsTab::setLoading(bool isLoading, const QString& sentence) {
    m_list->setLoading(isLoading, sentence);
    m_tree->setEnabled(!isLoading);
}

void FieldsTab::setContextMenu(const std::function<void(QMenu&)>& fill) {
    m_list->setContextMenu(fill);
    m_tree->setContextMenu(fill);
}

bool FieldsTab::choose(const QString& path) {
    const int row = m_model.rowOf(path);
    if (row >= 0) {
        m_list->selectSourceRow(row);
        m_tree->choose(path);
    }
    return row >= 0;
}

QString FieldsTab::current() const {
    if (m_pages->currentWidget() == m_tree) {
        return m_tree->current();
    }
    const int row = m_list->currentSourceRow();
    return row < 0 ? QString() : text(m_model.at(row).path);
}

} // namespace meshbone::ui
