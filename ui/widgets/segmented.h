// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QStringList>
#include <QWidget>

namespace meshbone::ui {

/// One choice of a few, side by side. Left and Right move it.
class Segmented : public QWidget {
    Q_OBJECT
public:
    explicit Segmented(const QStringList& choices, const QString& accessibleName, QWidget* parent = nullptr);
    [[nodiscard]] int current() const { return m_current; }
    void setCurrent(int index); ///< tells currentChanged when it differs
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRectF segment(int index) const;
    QStringList m_choices;
    QString m_name;
    int m_current = 0;
};

/// Tabs with counters under a detail's title. Left and Right move between them.
class Tabs : public QWidget {
    Q_OBJECT
public:
    explicit Tabs(const QString& accessibleName, QWidget* parent = nullptr);
    int addTab(const QString& title);
    void setCounter(int index, const QString& counter, Tone tone = Tone::Neutral); ///< empty: none
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] int count() const { return static_cast<int>(m_tabs.size()); }
    void setCurrent(int index);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void currentChanged(int index);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Tab {
        QString title, counter;
        Tone tone = Tone::Neutral;
    };
    [[nodiscard]] qreal tabWidth(const Tab& tab) const;
    QList<Tab> m_tabs;
    QString m_name;
    int m_current = 0;
};

} // namespace meshbone::ui
