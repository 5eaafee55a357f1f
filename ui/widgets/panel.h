// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/theme.h"

#include <QWidget>

class QHBoxLayout;
class QScrollArea;
class QVBoxLayout;

namespace meshbone::ui {

class Label;

/// A widget whose ground is a token, with lines on chosen edges.
class Ground : public QWidget {
    Q_OBJECT
public:
    explicit Ground(Token ground, Qt::Edges lines = {}, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Token m_ground;
    Qt::Edges m_lines;
};

/// A rounded panel on a page: title, a count or remark beside it, widgets at the right, content below.
class Panel : public QWidget {
    Q_OBJECT
public:
    explicit Panel(const QString& title, QWidget* parent = nullptr);
    void setRemark(const QString& remark);
    void setTitle(const QString& title);
    void addToHeader(QWidget* widget); ///< at the right
    [[nodiscard]] QVBoxLayout* content() const { return m_content; }
    /// Space between edge and content; 0 lets a table reach the edges.
    void setContentPadding(int px);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Label* m_title = nullptr;
    Label* m_remark = nullptr;
    QHBoxLayout* m_header = nullptr;
    QVBoxLayout* m_content = nullptr;
};

/// Around what may be higher than there is room: it scrolls up and down on the ground that it lies on, as wide as it
/// may be. Takes the body.
QScrollArea* scrolled(QWidget* body);

/// A 1 px line between parts of an inspector or a form.
class Rule : public QWidget {
    Q_OBJECT
public:
    explicit Rule(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace meshbone::ui
