// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/fonts.h"

#include <QWidget>

class QGridLayout;

namespace meshbone::ui {

class Label;

/// Labels and values in two columns, as inspectors show them.
class PropertyList : public QWidget {
    Q_OBJECT
public:
    explicit PropertyList(QWidget* parent = nullptr);
    void clear();
    /// A text that can be selected and wraps. Returns it: setValue() may change it as long as it is there.
    Label* add(const QString& label, const QString& value, TextStyle style = TextStyle::Body);
    static void setValue(Label& text, const QString& label, const QString& value);
    void add(const QString& label, QWidget* value); ///< takes ownership
    void setLabelWidth(int px);

private:
    QGridLayout* m_grid = nullptr;
    int m_rows = 0;
    int m_labelWidth = 96;
};

} // namespace meshbone::ui
