// SPDX-License-Identifier: Apache-2.0
#include "widgets/segmented.h"

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace meshbone::ui {

namespace {
constexpr int kHeight = 30;
constexpr qreal kSegmentPadding = 13;
constexpr qreal kTabGap = 24;
constexpr qreal kCounterPadding = 6;
constexpr int kTabsHeight = 36;
} // namespace

Segmented::Segmented(const QStringList& choices, const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_choices(choices)
    , m_name(accessibleName) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("%1: %2").arg(m_name, m_choices.value(0)));
}

void Segmented::setCurrent(int index) {
    if (index == m_current || index < 0 || index >= m_choices.size()) {
        return;
    }
    m_current = index;
    setAccessibleName(QStringLiteral("%1: %2").arg(m_name, m_choices[index]));
    update();
    emit currentChanged(index);
}

QSize Segmented::sizeHint() const {
    qreal width = 4;
    for (const auto& choice : m_choices) {
        width += std::ceil(tabularWidth(textFont(TextStyle::BodyStrong), choice)) + 2 * kSegmentPadding;
    }
    return {static_cast<int>(width), kHeight};
}

QRectF Segmented::segment(int index) const {
    qreal x = 2;
    for (int i = 0; i < index; ++i) {
        x += std::ceil(tabularWidth(textFont(TextStyle::BodyStrong), m_choices[i])) + 2 * kSegmentPadding;
    }
    const auto width = std::ceil(tabularWidth(textFont(TextStyle::BodyStrong), m_choices[index])) + 2 * kSegmentPadding;
    return {x, 2, width, kHeight - 4.0};
}

void Segmented::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color(Token::NeutralSoft));
    painter.drawRoundedRect(QRectF(rect()), 6, 6);
    for (int i = 0; i < m_choices.size(); ++i) {
        const auto box = segment(i);
        const bool chosen = i == m_current;
        if (chosen) {
            painter.setPen(QPen(color(hasFocus() ? Token::Accent : Token::Control), hasFocus() ? 2 : 1));
            painter.setBrush(color(Token::Surface));
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
        }
        painter.setFont(textFont(chosen ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(color(!isEnabled() ? Token::Text3 : chosen ? Token::Text1 : Token::Text2));
        drawTabular(painter, box, Qt::AlignHCenter, m_choices[i]);
    }
}

void Segmented::mousePressEvent(QMouseEvent* event) {
    for (int i = 0; i < m_choices.size(); ++i) {
        if (segment(i).contains(event->position())) {
            setCurrent(i);
        }
    }
}

void Segmented::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        setCurrent(std::clamp(m_current + (event->key() == Qt::Key_Left ? -1 : 1), 0, int(m_choices.size()) - 1));
        return;
    }
    QWidget::keyPressEvent(event);
}

Tabs::Tabs(const QString& accessibleName, QWidget* parent)
    : QWidget(parent)
    , m_name(accessibleName) {
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(accessibleName);
}

int Tabs::addTab(const QString& title) {
    m_tabs.append({title, {}});
    updateGeometry();
    return static_cast<int>(m_tabs.size()) - 1;
}

void Tabs::setCounter(int index, const QString& counter, Tone tone) {
    if (m_tabs.at(index).counter != counter || m_tabs.at(index).tone != tone) {
        m_tabs[index].counter = counter;
        m_tabs[index].tone = tone;
        updateGeometry();
        update();
    }
}

void Tabs::setCurrent(int index) {
    if (index == m_current || index < 0 || index >= m_tabs.size()) {
        return;
    }
    m_current = index;
    setAccessibleName(QStringLiteral("%1: %2").arg(m_name, m_tabs[index].title));
    update();
    emit currentChanged(index);
}

qreal Tabs::tabWidth(const Tab& tab) const {
    auto width = std::ceil(tabularWidth(textFont(TextStyle::BodyStrong), tab.title));
    if (!tab.counter.isEmpty()) {
        width += 8 + std::ceil(tabularWidth(textFont(TextStyle::Small), tab.counter)) + 2 * kCounterPadding;
    }
    return width;
}

QSize Tabs::sizeHint() const {
    qreal width = 0;
    for (const auto& tab : m_tabs) {
        width += tabWidth(tab) + kTabGap;
    }
    return {static_cast<int>(width), kTabsHeight};
}

void Tabs::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(0, height() - 1, width(), 1, color(Token::Border));
    qreal x = 0;
    for (int i = 0; i < m_tabs.size(); ++i) {
        const auto& tab = m_tabs[i];
        const bool chosen = i == m_current;
        const auto width = tabWidth(tab);
        const auto title = std::ceil(tabularWidth(textFont(TextStyle::BodyStrong), tab.title));
        painter.setFont(textFont(chosen ? TextStyle::BodyStrong : TextStyle::Body));
        painter.setPen(color(chosen ? Token::Text1 : Token::Text2));
        drawTabular(painter, QRectF(x, 0, title + 2, height() - 2), Qt::AlignLeft, tab.title);
        if (!tab.counter.isEmpty()) {
            const QRectF pill(x + title + 8, (height() - 18) / 2.0 - 1, width - title - 8, 18);
            painter.setPen(Qt::NoPen);
            painter.setBrush(color(toneGround(tab.tone)));
            painter.drawRoundedRect(pill, 4, 4);
            painter.setFont(textFont(TextStyle::Small));
            painter.setPen(color(tab.tone == Tone::Neutral ? Token::Text2 : toneInk(tab.tone)));
            drawTabular(painter, pill, Qt::AlignHCenter, tab.counter);
        }
        if (chosen) {
            painter.fillRect(QRectF(x, height() - 2, width, 2), color(Token::Accent));
            if (hasFocus()) {
                painter.setPen(QPen(color(Token::Accent), 2));
                painter.setBrush(Qt::NoBrush);
                painter.drawRoundedRect(QRectF(x - 5, 4, width + 10, height() - 12), 5, 5);
            }
        }
        x += width + kTabGap;
    }
}

void Tabs::mousePressEvent(QMouseEvent* event) {
    qreal x = 0;
    for (int i = 0; i < m_tabs.size(); ++i) {
        const auto width = tabWidth(m_tabs[i]);
        if (event->position().x() >= x - kTabGap / 2 && event->position().x() < x + width + kTabGap / 2) {
            setCurrent(i);
            return;
        }
        x += width + kTabGap;
    }
}

void Tabs::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        setCurrent(std::clamp(m_current + (event->key() == Qt::Key_Left ? -1 : 1), 0, count() - 1));
        return;
    }
    QWidget::keyPressEvent(event);
}

} // namespace meshbone::ui
