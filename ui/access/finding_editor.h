// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_choices.h"
#include "shell/page.h"

#include <optional>

class QHBoxLayout;

namespace meshbone::ui {

class Choice;
class Label;
class Segmented;

/// One finding, opened: what it means, who uses it, and what is done about it: the act, the owner and until when.
class FindingEditor : public QWidget {
    Q_OBJECT
public:
    explicit FindingEditor(PageContext& context, QWidget* parent = nullptr);
    /// `choice`: what was decided already; null: nothing.
    void show(DriftLookPtr look, std::size_t finding, const DriftChoice* choice);
    void showNothing();
    [[nodiscard]] std::optional<std::size_t> finding() const { return m_finding; }
    /// The act as if its segment was clicked; nothing where it doesn't fit.
    void chooseAct(catalog::MendAct act);

signals:
    void chosen(std::size_t finding, const meshbone::ui::DriftChoice& choice);
    void left(std::size_t finding); ///< it is not to be in the plan

private:
    void buildFields();
    void fillActs(const DriftChoice* choice);
    void fillFields();
    void fillOwners(const std::string& chosen);
    void fillTimes(const DriftChoice* choice);
    void actChosen(int segment);
    void tell();
    [[nodiscard]] const catalog::DriftFinding& found() const { return m_look->findings[*m_finding]; }
    [[nodiscard]] std::string likelyOwner() const;
    [[nodiscard]] std::optional<catalog::MendAct> act() const; ///< none: left alone
    [[nodiscard]] bool takesOwner() const;
    [[nodiscard]] bool takesUntil() const;

    PageContext& m_context;
    DriftLookPtr m_look;
    std::optional<std::size_t> m_finding;
    std::vector<catalog::MendAct> m_acts;
    Label* m_title = nullptr;
    Label* m_state = nullptr;
    Label* m_meaning = nullptr;
    QHBoxLayout* m_segments = nullptr;
    Segmented* m_act = nullptr; ///< made for each finding: its choices differ
    QWidget* m_ownerRow = nullptr;
    QWidget* m_untilRow = nullptr;
    Choice* m_owner = nullptr;
    Choice* m_until = nullptr;
};

} // namespace meshbone::ui
