// SPDX-License-Identifier: Apache-2.0
#include "widgets/choice.h"

#include "widgets/icons.h"

#include <QPainter>

namespace meshbone::ui {

Choice::Choice(const QString& accessibleName, QWidget* parent)
    : QComboBox(parent) {
    setAccessibleName(accessibleName);
    setSizeAdjustPolicy(QComboBox::AdjustToContents); // choices come after the first layout
}

void Choice::paintEvent(QPaintEvent* event) {
    QComboBox::paintEvent(event);
    QPainter painter(this);
    drawIcon(painter, QRectF(width() - 23, (height() - 14) / 2.0, 14, 14), QStringLiteral("chevron-down"),
             color(isEnabled() ? Token::Text2 : Token::Text3));
}

} // namespace meshbone::ui
