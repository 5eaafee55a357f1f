// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QFont>
#include <QRectF>
#include <QString>

class QPainter;
class QFontMetricsF;

namespace meshbone::ui {

/// The program's type, named by use. Sizes follow the desktop's font size: Body is that size, the rest in proportion.
enum class TextStyle : quint8 {
    Body,
    BodyStrong,
    Secondary,
    SecondaryStrong,
    Small,
    SmallStrong,
    Title,
    DetailTitle,
    Figure,
    Mono,
    MonoStrong,
};

/// Chooses the families (Inter and JetBrains Mono where installed) and sets the application's font. GUI thread.
void installFonts();
QFont textFont(TextStyle style);

// QFont::setFeature("tnum") came with Qt 6.7: until then each digit is drawn in a cell as wide as the widest digit.

/// Width of the text with tabular digits.
qreal tabularWidth(const QFont& font, const QString& text);
/// Draws one line with tabular digits, elided at the end where it doesn't fit. Alignment: left, right or centre.
void drawTabular(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text);

} // namespace meshbone::ui
