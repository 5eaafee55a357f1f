// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QWidget>

namespace meshbone::ui {

/// What a chip shows: a state by tone (with its icon, where one is given) or a domain by its colours.
struct ChipSpec {
    QString text;
    Tone tone = Tone::Neutral;
    QString icon;   ///< empty: none
    QString domain; ///< not empty: the domain's colours instead of the tone's
};

inline constexpr int kChipHeight = 20;
inline constexpr int kKeyCapHeight = 18;

qreal chipWidth(const ChipSpec& chip);
/// Draws the chip at the left of rect, centred vertically, no wider than rect; returns its width.
qreal drawChip(QPainter& painter, const QRectF& rect, const ChipSpec& chip);

/// "Ctrl+K" as key caps: one a key when `split`, else one for the whole shortcut.
qreal keyCapsWidth(const QString& shortcut, bool split);
qreal drawKeyCaps(QPainter& painter, const QRectF& rect, const QString& shortcut, bool split, const QColor& ink,
                  const QColor& line);

class Chip : public QWidget {
    Q_OBJECT
public:
    explicit Chip(ChipSpec chip, QWidget* parent = nullptr);
    void setChip(ChipSpec chip);
    [[nodiscard]] const ChipSpec& chip() const { return m_chip; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    ChipSpec m_chip;
};

class KeyCaps : public QWidget {
    Q_OBJECT
public:
    explicit KeyCaps(QString shortcut, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_shortcut;
};

} // namespace meshbone::ui
