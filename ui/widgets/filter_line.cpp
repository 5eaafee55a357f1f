// SPDX-License-Identifier: Apache-2.0
#include "widgets/filter_line.h"

#include "widgets/chip.h"
#include "widgets/icons.h"

#include <QAction>
#include <QKeyEvent>
#include <QPainter>

namespace meshbone::ui {

namespace {
constexpr std::chrono::milliseconds kPause{300};
constexpr int kIconPlace = 24;
} // namespace

FilterLine::FilterLine(QWidget* parent)
    : QLineEdit(parent)
    , m_icon(QStringLiteral("filter"))
    , m_keyCap(QStringLiteral("/")) {
    setPlaceholderText(tr("Filter…"));
    setAccessibleName(tr("Filter"));
    setTextMargins(kIconPlace, 0, 0, 0);
    setMinimumWidth(160);
    auto* clear = addAction(icon(QStringLiteral("close")), QLineEdit::TrailingPosition);
    clear->setToolTip(tr("Clear the filter"));
    clear->setVisible(false);
    connect(clear, &QAction::triggered, this, [this] {
        QLineEdit::clear();
        tell();
    });
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(kPause);
    connect(&m_debounce, &QTimer::timeout, this, &FilterLine::tell);
    connect(this, &QLineEdit::textChanged, this, [this, clear](const QString& text) {
        clear->setVisible(!text.isEmpty());
        m_debounce.start();
    });
    connect(this, &QLineEdit::returnPressed, this, &FilterLine::tell);
}

void FilterLine::setPause(std::chrono::milliseconds pause) {
    m_debounce.setInterval(pause);
}

void FilterLine::setHint(const QString& placeholder, const QString& icon, const QString& keyCap) {
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    m_icon = icon;
    m_keyCap = keyCap;
    update();
}

void FilterLine::tell() {
    m_debounce.stop();
    const auto now = text().trimmed();
    if (now != m_told) {
        m_told = now;
        emit filterChanged(now);
    }
}

void FilterLine::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        tell();
        event->accept();
        return;
    }
    if (event->key() == Qt::Key_Down) {
        tell();
        emit leaveDown();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterLine::paintEvent(QPaintEvent* event) {
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    drawIcon(painter, QRectF(10, (height() - 16) / 2.0, 16, 16), m_icon, color(Token::Text2));
    if (text().isEmpty() && !hasFocus() && !m_keyCap.isEmpty()) {
        const auto width = keyCapsWidth(m_keyCap, true);
        drawKeyCaps(painter, QRectF(this->width() - width - 8, 0, width, height()), m_keyCap, true, color(Token::Text3),
                    color(Token::Control));
    }
}

} // namespace meshbone::ui
