// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/chip.h"
#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QList>
#include <QMetaType>
#include <QString>

#include <vector>

namespace meshbone::ui {

/// One part of a table cell. A cell is a few parts in a row; all tables share this vocabulary and one delegate.
struct CellPart {
    enum class Kind : quint8 {
        Text,
        SubText, ///< in text3 after the text; on a second line where the row is 44 px or higher
        Icon,
        Chip,
        Spark,
        Bar, ///< progress
    };
    Kind kind = Kind::Text;
    QString text;
    TextStyle style = TextStyle::Body;
    Token ink = Token::Text1;
    QString icon;
    QString domain; ///< for Icon: the domain's ink instead of `ink`
    ChipSpec chip;
    std::vector<float> values; ///< for Spark, oldest first
    double fraction = 0;       ///< for Bar, 0 to 1
    Tone tone = Tone::Accent;  ///< for Bar
    int minWidth = 0;          ///< px; keeps what stands beside it in line from row to row
};
using Cell = QList<CellPart>;

/// Makers of parts, so that a model's cell() reads as what it shows.
namespace cell {
CellPart text(const QString& text, Token ink = Token::Text1);
CellPart strong(const QString& text);
CellPart secondary(const QString& text); ///< body in text2
CellPart sub(const QString& text);
CellPart mono(const QString& text, Token ink = Token::Text1);
CellPart icon(const QString& name, Token ink = Token::Text2);
CellPart domainIcon(const QString& name, const QString& domain);
CellPart chip(const QString& text, Tone tone = Tone::Neutral, const QString& icon = {});
CellPart domainChip(const QString& id, const QString& name);
CellPart spark(std::vector<float> values, int width = 96);
CellPart bar(double fraction, Tone tone = Tone::Accent, int width = 76);
/// A state: its icon and its word, in its tone.
Cell state(Tone tone, const QString& word, const QString& icon = {});
CellPart atLeast(CellPart part, int width);
} // namespace cell

/// The text of a cell: what is filtered, copied and read aloud.
QString plainText(const Cell& cell);
/// Natural width of a cell's first line, without padding.
qreal cellWidth(const Cell& cell, bool twoLines);
/// Draws a cell. Text that doesn't fit ends in an ellipsis.
void drawCell(QPainter& painter, const QRectF& rect, const Cell& cell, bool alignRight, bool twoLines);

} // namespace meshbone::ui

Q_DECLARE_METATYPE(meshbone::ui::Cell)
