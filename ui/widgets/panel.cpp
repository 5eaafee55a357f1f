// SPDX-License-Identifier: Apache-2.0
#include "widgets/panel.h"

#include "widgets/label.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace meshbone::ui {

Ground::Ground(Token ground, Qt::Edges lines, QWidget* parent)
    : QWidget(parent)
    , m_ground(ground)
    , m_lines(lines) {
    setContentsMargins(lines.testFlag(Qt::LeftEdge), lines.testFlag(Qt::TopEdge), lines.testFlag(Qt::RightEdge),
                       lines.testFlag(Qt::BottomEdge)); // a widget that draws its own edges keeps its children off them
}

void Ground::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(m_ground));
    const auto line = color(Token::Border);
    if (m_lines.testFlag(Qt::LeftEdge)) {
        painter.fillRect(0, 0, 1, height(), line);
    }
    if (m_lines.testFlag(Qt::RightEdge)) {
        painter.fillRect(width() - 1, 0, 1, height(), line);
    }
    if (m_lines.testFlag(Qt::TopEdge)) {
        painter.fillRect(0, 0, width(), 1, line);
    }
    if (m_lines.testFlag(Qt::BottomEdge)) {
        painter.fillRect(0, height() - 1, width(), 1, line);
    }
}

Panel::Panel(const QString& title, QWidget* parent)
    : QWidget(parent) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 8, 1, 8);
    layout->setSpacing(4);
    m_header = new QHBoxLayout;
    m_header->setContentsMargins(15, 0, 15, 0);
    m_header->setSpacing(8);
    m_title = new Label(title, TextStyle::BodyStrong);
    m_remark = new Label({}, TextStyle::Secondary, Token::Text3);
    m_header->addWidget(m_title);
    m_header->addWidget(m_remark);
    m_header->addStretch(1);
    layout->addLayout(m_header);
    m_content = new QVBoxLayout;
    m_content->setContentsMargins(15, 0, 15, 4);
    m_content->setSpacing(0);
    layout->addLayout(m_content, 1);
    setTitle(title);
}

void Panel::setTitle(const QString& title) {
    m_title->setText(title);
    setAccessibleName(title);
}

void Panel::setRemark(const QString& remark) {
    m_remark->setText(remark);
}

void Panel::addToHeader(QWidget* widget) {
    m_header->addWidget(widget);
}

void Panel::setContentPadding(int px) {
    m_content->setContentsMargins(px, 0, px, px > 0 ? 4 : 0);
}

void Panel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color(Token::Border), 1));
    painter.setBrush(color(Token::Surface));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

Rule::Rule(QWidget* parent)
    : QWidget(parent) {
    setFixedHeight(1);
}

void Rule::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::Border));
}

QScrollArea* scrolled(QWidget* body) {
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->viewport()->setAutoFillBackground(false);
    body->setAutoFillBackground(false);
    scroll->setWidget(body);
    return scroll;
}

} // namespace meshbone::ui
