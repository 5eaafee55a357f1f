// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/drift_look.h"

#include <QHash>
#include <QString>

#include <optional>

namespace meshbone::ui {

/// Names a finding from look to look.
QString findingKey(const catalog::DriftFinding& finding);

/// What a person has decided about one finding.
struct DriftChoice {
    catalog::MendAct act = catalog::MendAct::Adopt;
    std::string team;
    TimestampMs untilMs = catalog::kNoEnd;
    friend bool operator==(const DriftChoice&, const DriftChoice&) = default;
};

/// What is in the plan, by finding. What the enforcer mends by itself is always in it; nothing else is until it is
/// chosen, each by itself. Value type.
class DriftChoices {
public:
    void choose(const catalog::DriftFinding& finding, const DriftChoice& choice);
    void leave(const catalog::DriftFinding& finding);
    void clear() { m_chosen.clear(); }
    [[nodiscard]] const DriftChoice* of(const catalog::DriftFinding& finding) const; ///< null: not in the plan
    [[nodiscard]] bool isInPlan(const catalog::DriftFinding& finding) const;
    [[nodiscard]] std::size_t count(const DriftLook& look) const;
    /// Forgets what was chosen for findings that are gone.
    void keepOnly(const DriftLook& look);
    [[nodiscard]] std::vector<catalog::Mend> mends(const DriftLook& look) const;

private:
    QHash<QString, DriftChoice> m_chosen;
};

} // namespace meshbone::ui
