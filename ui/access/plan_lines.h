// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <vector>

namespace meshbone::ui {

/// What a plan adds, removes and keeps, a line each with its reason at the right: added in ok with "+", removed in
/// danger with "−".
class PlanLines : public QWidget {
    Q_OBJECT
public:
    struct Line {
        enum class Sign : quint8 { Added, Removed, Kept };
        Sign sign = Sign::Added;
        QString who, what, why;
    };
    explicit PlanLines(const QString& accessibleName, QWidget* parent = nullptr);
    void setLines(std::vector<Line> lines);
    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::vector<Line> m_lines;
};

} // namespace meshbone::ui
