// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace meshbone::ui {

// The icons are one set of SVG files (icons/*.svg, 16 px grid, 1.5 px stroke, drawn in currentColor), named by file.

/// An icon in the colour of a token. It follows the theme by itself and is sharp at every scale.
QIcon icon(const QString& name, Token ink = Token::Text2);
/// Draws an icon in a colour.
void drawIcon(QPainter& painter, const QRectF& rect, const QString& name, const QColor& ink);
bool hasIcon(const QString& name);

} // namespace meshbone::ui
