// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <catalog/schema.h>

#include <QPlainTextEdit>

#include <vector>

namespace meshbone::ui {

/// A schema's text in the fixed font with line numbers; lines can be marked. To read, or to write.
class CodeView : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit CodeView(const QString& accessibleName, QWidget* parent = nullptr);
    /// Marks a line in a tone; none: Tone::Neutral and line 0.
    void markLine(int line, Tone tone);
    /// Shows a place and puts the cursor there.
    void goTo(const catalog::TextPlace& place);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    class Gutter;
    [[nodiscard]] int gutterWidth() const;
    void paintGutter(QPaintEvent* event);
    void placeGutter();
    void paintMark();

    QWidget* m_gutter = nullptr;
    int m_markedLine = 0;
    Tone m_markTone = Tone::Neutral;
};

} // namespace meshbone::ui
