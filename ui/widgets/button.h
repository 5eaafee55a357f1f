// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QPushButton>

namespace meshbone::ui {

enum class ButtonKind : quint8 {
    Plain,   ///< outlined
    Primary, ///< filled; one a screen
    Danger,  ///< outlined in danger: a destructive verb
    Ghost,   ///< no outline until hovered
    Icon,    ///< a square with an icon only; needs an accessible name
    Link,    ///< accent text
};

/// The program's button: icon, label, value, key cap, menu chevron, in that order, each where given. Paints itself from
/// the tokens with hover, pressed, disabled and focus states.
class Button : public QPushButton {
    Q_OBJECT
public:
    explicit Button(const QString& text, ButtonKind kind = ButtonKind::Plain, QWidget* parent = nullptr);
    /// A square button with an icon; `name` is its accessible name and tool tip.
    static Button* iconButton(const QString& icon, const QString& name, QWidget* parent = nullptr);

    void setIconName(const QString& icon);
    void setKeyCap(const QString& shortcut); ///< shown only; the shortcut itself belongs to the command
    void setPrefix(const QString& prefix);   ///< a label in text3 before the text: "Who  Anyone"
    void setChevron(bool shown);             ///< also shown when a menu is set
    void setKind(ButtonKind kind);
    void setStrong(bool strong); ///< text in semibold; the default of outlined and filled buttons
    /// Enables the button, or disables it and says why in the tool tip.
    void setReason(const QString& reason);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    struct Inks;
    [[nodiscard]] Inks inks() const;
    [[nodiscard]] qreal contentWidth() const;
    [[nodiscard]] bool hasChevron() const;
    void paintGround(QPainter& painter, const Inks& inks) const;
    void paintContent(QPainter& painter, const Inks& inks) const;

    ButtonKind m_kind;
    QString m_icon, m_keyCap, m_prefix, m_tip;
    bool m_chevron = false;
    bool m_strong = false;
};

} // namespace meshbone::ui
