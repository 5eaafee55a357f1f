// SPDX-License-Identifier: Apache-2.0
#include "topics/event_form_delegate.h"

#include "topics/event_form_model.h"
#include "widgets/choice.h"

#include <QLineEdit>

namespace meshbone::ui {

namespace {
constexpr int kRowHeight = 28;
}

QWidget* EventFormDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem&, const QModelIndex& index) const {
    auto* self = const_cast<EventFormDelegate*>(this); // Qt's own signals are of a delegate that isn't const
    const auto choices = index.data(EventFormModel::ChoicesRole).toStringList();
    const auto name = index.siblingAtColumn(EventFormModel::Name).data().toString();
    if (!choices.isEmpty()) {
        auto* choice = new Choice(name, parent);
        choice->addItems(choices);
        connect(choice, &QComboBox::activated, self, [self, choice] {
            emit self->commitData(choice);
            emit self->closeEditor(choice);
        });
        return choice;
    }
    auto* line = new QLineEdit(parent);
    line->setAccessibleName(name);
    if (index.column() == EventFormModel::Value) { // a name is taken when it is whole
        connect(line, &QLineEdit::textEdited, self, [self, line] { emit self->commitData(line); });
    }
    return line;
}

void EventFormDelegate::setEditorData(QWidget* editor, const QModelIndex& index) const {
    const auto value = index.data(Qt::EditRole).toString();
    if (auto* choice = qobject_cast<QComboBox*>(editor)) {
        choice->setCurrentIndex(choice->findText(value));
    } else if (auto* line = qobject_cast<QLineEdit*>(editor); line != nullptr && line->text() != value) {
        line->setText(value); // not while one types: the cursor would jump
    }
}

void EventFormDelegate::setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const {
    const auto* choice = qobject_cast<QComboBox*>(editor);
    const auto* line = qobject_cast<QLineEdit*>(editor);
    if (choice != nullptr && choice->currentIndex() < 0) {
        return;
    }
    const auto value = choice != nullptr ? choice->currentText() : line->text();
    if (value != index.data(Qt::EditRole).toString()) { // leaving a place changes nothing
        model->setData(index, value, Qt::EditRole);
    }
}

QSize EventFormDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
    return {QStyledItemDelegate::sizeHint(option, index).width(), kRowHeight};
}

} // namespace meshbone::ui
