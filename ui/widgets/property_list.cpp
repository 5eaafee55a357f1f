// SPDX-License-Identifier: Apache-2.0
#include "widgets/property_list.h"

#include "widgets/label.h"

#include <QGridLayout>

namespace meshbone::ui {

PropertyList::PropertyList(QWidget* parent)
    : QWidget(parent) {
    m_grid = new QGridLayout(this);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(8);
    m_grid->setVerticalSpacing(6);
    m_grid->setColumnStretch(1, 1);
    setLabelWidth(m_labelWidth);
}

void PropertyList::setLabelWidth(int px) {
    m_labelWidth = px;
    m_grid->setColumnMinimumWidth(0, px);
}

void PropertyList::clear() {
    while (auto* item = m_grid->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_rows = 0;
}

Label* PropertyList::add(const QString& label, const QString& value, TextStyle style) {
    auto* text = new Label({}, style);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    text->setFocusPolicy(Qt::NoFocus);
    setValue(*text, label, value);
    add(label, text);
    return text;
}

void PropertyList::setValue(Label& text, const QString& label, const QString& value) {
    text.setText(value);
    text.setAccessibleName(QStringLiteral("%1: %2").arg(label, value));
}

void PropertyList::add(const QString& label, QWidget* value) {
    auto* name = new Label(label, TextStyle::Secondary, Token::Text3);
    m_grid->addWidget(name, m_rows, 0, Qt::AlignTop | Qt::AlignLeft);
    m_grid->addWidget(value, m_rows, 1, Qt::AlignTop);
    ++m_rows;
}

} // namespace meshbone::ui
