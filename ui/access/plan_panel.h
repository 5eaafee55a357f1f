// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_choices.h"
#include "access/period_choice.h"
#include "shell/page.h"
#include "widgets/panel.h"

#include <optional>

namespace meshbone::ui {

class Chip;
class FindingEditor;
class Label;
class MessageBar;
class PlanLines;

/// The plan beside the findings: what is decided about each, what that changes on the backbone and in the catalog, and
/// what it would have done to what was seen. Computes in jobs; nothing is changed here.
class PlanPanel : public Ground {
    Q_OBJECT
public:
    explicit PlanPanel(PageContext& context, QWidget* parent = nullptr);
    /// Null: nothing can be planned, for this reason.
    void setLook(DriftLookPtr look, const QString& reason);
    void open(std::optional<std::size_t> finding); ///< none: no finding is selected
    [[nodiscard]] const DriftChoices& choices() const { return m_choices; }
    [[nodiscard]] FindingEditor* editor() const { return m_editor; }
    [[nodiscard]] const DriftLookPtr& look() const { return m_look; }
    /// Of what is chosen now; null while it is computed, or when there is nothing to plan with.
    [[nodiscard]] const std::shared_ptr<const PlanEffect>& effect() const { return m_effect; }
    [[nodiscard]] const SeenPeriod& period() const { return m_over; }

signals:
    void choicesChanged();
    void effectChanged();

private:
    static constexpr int kUsualDays = 7;
    QWidget* buildHead();
    QWidget* buildLines();
    QWidget* buildFoot();
    void compute();
    void showEffect();
    void showHead();
    void sayPeriod();

    PageContext& m_context;
    DriftLookPtr m_look;
    DriftChoices m_choices;
    std::shared_ptr<const PlanEffect> m_effect;
    QString m_reason;
    Chip* m_count = nullptr;
    Label* m_hash = nullptr;
    FindingEditor* m_editor = nullptr;
    Label* m_clusterCounts = nullptr;
    PlanLines* m_cluster = nullptr;
    PlanLines* m_catalog = nullptr;
    Label* m_nothing = nullptr;
    QWidget* m_clusterHead = nullptr;
    QWidget* m_catalogHead = nullptr;
    QWidget* m_simulated = nullptr;
    PeriodField* m_period = nullptr;
    SeenPeriod m_over = SeenPeriod::lastDays(kUsualDays); ///< what is shown is simulated over
    Button* m_apply = nullptr;
    MessageBar* m_verdict = nullptr;
    MessageBar* m_refusal = nullptr;
};

} // namespace meshbone::ui
