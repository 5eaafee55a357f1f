// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

#include <memory>
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
    using Lines = std::shared_ptr<const std::vector<Line>>; ///< tens of thousands, perhaps: made in a job, shared
    explicit PlanLines(const QString& accessibleName, QWidget* parent = nullptr);
    /// null: none
    void setLines(Lines lines);
    [[nodiscard]] const std::vector<Line>& lines() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return {160, sizeHint().height()}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Lines m_lines;
};

/// A plan as it is shown.
struct PlanShown {
    PlanLines::Lines onCluster, inCatalog; ///< null: none was made
    std::size_t changes = 0;               ///< lines that are not merely kept
    QString hash;                          ///< see planHash()
};

} // namespace meshbone::ui
