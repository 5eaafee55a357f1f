// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>
#include <QTimer>

#include <chrono>

namespace meshbone::ui {

/// The filter line above a list: icon, "Filter…", clear button, key cap of its shortcut while it is empty. Tells of a
/// change a pause after the last key, at once on Enter and on clearing. Esc clears.
class FilterLine : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterLine(QWidget* parent = nullptr);
    /// How long the keys must rest; 300 ms unless said otherwise, for lists whose source is asked anew. With none,
    /// the keys that have come already are still taken together.
    void setPause(std::chrono::milliseconds pause);
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
