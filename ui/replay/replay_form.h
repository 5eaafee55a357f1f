// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/replay.h>

#include <QWidget>

class QDoubleSpinBox;
class QLineEdit;

namespace meshbone::ui {

class Button;
class FindingsList;
class Label;
class Segmented;
struct PageContext;

/// Beside the preview: where to, how fast, what the guard says, and the one button. GUI thread.
class ReplayForm : public QWidget {
    Q_OBJECT
public:
    explicit ReplayForm(PageContext& context, QWidget* parent = nullptr);
    /// Proposes a target for a source, unless a person has typed one.
    void proposeTarget(const QString& source);
    [[nodiscard]] QString target() const;
    [[nodiscard]] backbone::Pace pace() const;
    /// Shows what the plan found; null: no plan, and why not.
    void setPlan(const backbone::ReplayPlan* plan, const QString& why);

signals:
    void changed(); ///< target or pace

private:
    void updatePace();
    QLineEdit* m_target = nullptr;
    Segmented* m_pace = nullptr;
    QDoubleSpinBox* m_value = nullptr;
    Label* m_paceWords = nullptr;
    FindingsList* m_findings = nullptr;
    Label* m_findingsTitle = nullptr;
    Button* m_start = nullptr;
    bool m_typed = false;
    TimestampMs m_spanMs = 0; ///< of the plan's events
    std::int64_t m_records = 0;
};

} // namespace meshbone::ui
