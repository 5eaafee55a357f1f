// SPDX-License-Identifier: Apache-2.0
#include "widgets/long_choice.h"

#include <QCompleter>
#include <QLineEdit>
#include <QListView>

namespace meshbone::ui {

namespace {
constexpr int kCharacters = 16; // at least so many fit
constexpr int kRowsOfPopup = 12;
} // namespace

void ChoiceModel::setItems(ChoiceItems items) {
    beginResetModel();
    m_items = std::move(items);
    endResetModel();
}

int ChoiceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || !m_items ? 0 : static_cast<int>(m_items->size());
}

QVariant ChoiceModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) { // a combo box asks for its root, which isn't one
        return {};
    }
    const auto& item = (*m_items)[static_cast<std::size_t>(index.row())];
    if (role == Qt::UserRole) {
        return item.id;
    }
    return role == Qt::DisplayRole || role == Qt::EditRole ? QVariant(item.title) : QVariant();
}

int ChoiceModel::rowOf(const QString& id) const {
    for (int row = 0; row < rowCount(); ++row) {
        if ((*m_items)[static_cast<std::size_t>(row)].id == id) {
            return row;
        }
    }
    return -1;
}

int ChoiceModel::rowOfTitle(const QString& title) const {
    for (int row = 0; row < rowCount(); ++row) {
        if ((*m_items)[static_cast<std::size_t>(row)].title == title) {
            return row;
        }
    }
    return -1;
}

LongChoice::LongChoice(const QString& accessibleName, bool isEditable, QWidget* parent)
    : Choice(accessibleName, parent)
    , m_model(new ChoiceModel(this)) {
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(kCharacters);
    setMaxVisibleItems(kRowsOfPopup);
    auto* list = new QListView;
    list->setUniformItemSizes(true);
    setView(list);
    setModel(m_model);
    if (isEditable) {
        setEditable(true);
        setInsertPolicy(QComboBox::NoInsert);
        completer()->setCompletionMode(QCompleter::PopupCompletion);
        completer()->setFilterMode(Qt::MatchContains);
        completer()->setMaxVisibleItems(kRowsOfPopup);
        lineEdit()->setAccessibleName(accessibleName);
    }
}

void LongChoice::setItems(ChoiceItems items) {
    const QSignalBlocker quiet(this);
    const auto typed = currentText(), chosen = currentData().toString();
    m_model->setItems(std::move(items));
    if (isEditable()) {
        setCurrentIndex(m_model->rowOfTitle(typed));
        setEditText(typed);
        return;
    }
    const int kept = m_model->rowOf(chosen);
    setCurrentIndex(kept >= 0 || m_model->rowCount() == 0 ? kept : 0);
}

bool LongChoice::choose(const QString& id) {
    const int row = m_model->rowOf(id);
    if (row >= 0) {
        setCurrentIndex(row);
    }
    return row >= 0;
}

} // namespace meshbone::ui
