// SPDX-License-Identifier: Apache-2.0
#include "widgets/inspector.h"

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/property_list.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QScrollArea>
#include <QVBoxLayout>

namespace meshbone::ui {

namespace {

void empty(QLayout* layout) {
    while (auto* item = layout->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // it may be the button whose click led here
        } else if (item->layout() != nullptr) {
            empty(item->layout());
        }
        delete item;
    }
}

} // namespace

Inspector::Inspector(QWidget* parent)
    : Ground(Token::Surface, Qt::LeftEdge, parent) {
    setAccessibleName(tr("Inspector"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 6, 0, 14);
    layout->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 8, 0);
    head->setSpacing(2);
    m_kind = new Label({}, TextStyle::Secondary, Token::Text2);
    auto* copy = Button::iconButton(QStringLiteral("copy"), tr("Copy the name"));
    connect(copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_copied); });
    auto* close = Button::iconButton(QStringLiteral("close"), tr("Close the inspector"));
    connect(close, &QPushButton::clicked, this, &Inspector::closeAsked);
    head->addWidget(m_kind, 1);
    head->addWidget(copy);
    head->addWidget(close);
    layout->addLayout(head);
    m_title = new Label({}, TextStyle::DetailTitle);
    m_title->setWordWrap(true);
    m_title->setContentsMargins(0, 0, 16, 0);
    layout->addWidget(m_title);
    m_chips = new QHBoxLayout;
    m_chips->setContentsMargins(0, 2, 16, 4);
    m_chips->setSpacing(6);
    layout->addLayout(m_chips);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    auto* body = new QWidget;
    body->setAutoFillBackground(false);
    m_body = new QVBoxLayout(body);
    m_body->setContentsMargins(0, 0, 16, 0);
    m_body->setSpacing(10);
    scroll->setWidget(body);
    layout->addWidget(scroll, 1);
    m_actions = new QVBoxLayout;
    m_actions->setContentsMargins(0, 0, 16, 0);
    m_actions->setSpacing(8);
    layout->addLayout(m_actions);
}

void Inspector::begin(const QString& kind, const QString& title) {
    m_kind->setText(kind);
    m_title->setText(title);
    m_copied = title;
    empty(m_chips);
    empty(m_body);
    empty(m_actions);
    m_chips->addStretch(1);
    m_body->addStretch(1);
    setAccessibleDescription(QStringLiteral("%1 %2").arg(kind, title));
}

void Inspector::addChip(const ChipSpec& chip) {
    m_chips->insertWidget(m_chips->count() - 1, new Chip(chip));
}

void Inspector::addSection(const QString& title, const QString& remark) {
    addWidget(new Rule);
    if (title.isEmpty()) {
        return;
    }
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(new Label(title, TextStyle::SmallStrong, Token::Text2));
    line->addStretch(1);
    line->addWidget(new Label(remark, TextStyle::Secondary, Token::Text3));
    addWidget(row);
}

PropertyList* Inspector::addProperties() {
    auto* list = new PropertyList;
    addWidget(list);
    return list;
}

void Inspector::addText(const QString& text) {
    auto* label = new Label(text, TextStyle::Body, Token::Text2);
    label->setWordWrap(true);
    addWidget(label);
}

void Inspector::addWidget(QWidget* widget) {
    m_body->insertWidget(m_body->count() - 1, widget);
}

Button* Inspector::addAction(const QString& text, std::function<void()> run, bool primary) {
    auto* button = new Button(text, primary ? ButtonKind::Primary : ButtonKind::Plain);
    connect(button, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    m_actions->addWidget(button);
    return button;
}

void Inspector::showNothing(const QString& sentence) {
    begin({}, tr("Nothing selected"));
    m_copied.clear();
    addText(sentence);
}

} // namespace meshbone::ui
