// SPDX-License-Identifier: Apache-2.0
#include "widgets/message_bar.h"

#include "widgets/button.h"
#include "widgets/icons.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace meshbone::ui {

MessageBar::MessageBar(QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(40, 9, 12, 9);
    row->setSpacing(12);
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    m_sentence = new Label({}, TextStyle::BodyStrong);
    m_sentence->setWordWrap(true);
    m_detail = new Label({}, TextStyle::Body, Token::Text2);
    m_detail->setWordWrap(true);
    texts->addWidget(m_sentence);
    texts->addWidget(m_detail);
    row->addLayout(texts, 1);
    m_actions = new QHBoxLayout;
    m_actions->setSpacing(8);
    row->addLayout(m_actions);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    hide();
}

void MessageBar::say(Tone tone, const QString& sentence, const QString& detail) {
    m_tone = tone;
    m_sentence->setText(sentence);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(sentence);
    setAccessibleDescription(detail);
    show();
    update();
}

Button* MessageBar::addAction(const QString& text, std::function<void()> run) {
    auto* button = new Button(text);
    m_actions->addWidget(button);
    connect(button, &QPushButton::clicked, this, [run = std::move(run)] { run(); });
    return button;
}

void MessageBar::clearActions() {
    while (auto* item = m_actions->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->deleteLater(); // it may be the button whose click led here
        }
        delete item;
    }
}

QString MessageBar::sentence() const {
    return m_sentence->text();
}
QString MessageBar::detail() const {
    return m_detail->text();
}

void MessageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto ink = color(m_tone == Tone::Accent ? Token::Accent : toneInk(m_tone));
    QPainterPath shape;
    shape.addRoundedRect(QRectF(rect()), 6, 6);
    painter.setClipPath(shape);
    painter.fillRect(rect(), color(toneGround(m_tone)));
    painter.fillRect(0, 0, 3, height(), ink);
    drawIcon(painter, QRectF(15, 11, 16, 16), toneIcon(m_tone), ink);
}

} // namespace meshbone::ui
