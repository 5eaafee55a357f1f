// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace meshbone::ui {

/// The filter line above a list: icon, "Filter…", clear button, key cap of its shortcut while it is empty. Tells of a
/// change 300 ms after the last key, at once on Enter and on clearing. Esc clears.
class FilterLine : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);
    void setHint(const QString& placeholder, const QString& icon, const QString& keyCap);

signals:
    void filterChanged(const QString& text);
    void leaveDown(); ///< Down was pressed: the list below takes the focus

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void tell();
    QTimer m_debounce;
    QString m_told, m_icon, m_keyCap;
};

} // namespace meshbone::ui
