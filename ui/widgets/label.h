// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/fonts.h"
#include "widgets/theme.h"

#include <QLabel>

namespace meshbone::ui {

/// A text in one of the program's styles and inks. One line is drawn with tabular digits and ends in an ellipsis (the
/// whole text is then in the tool tip) where it doesn't fit; with word wrap it grows downwards.
class Label : public QLabel {
    Q_OBJECT
public:
    explicit Label(const QString& text, TextStyle style = TextStyle::Body, Token ink = Token::Text1,
                   QWidget* parent = nullptr);
    void setInk(Token ink);
    void setTextStyle(TextStyle style);
    /// May be made narrower than its text. Default: no.
    void setElided(bool elided);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;

private:
    void applyInk();
    [[nodiscard]] bool drawsItself() const;
    Token m_ink;
    bool m_elided = false;
};

} // namespace meshbone::ui
