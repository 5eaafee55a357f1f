// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_mend.h>

#include <array>
#include <string>
#include <string_view>

namespace meshbone::app {

// Findings of drift as commands name them. Within app/commands/access_drift.cpp and access_mend.cpp.

inline constexpr std::array<std::string_view, 5> kMendActs{"reapply", "adopt", "revoke", "narrow", "ignore"};

inline std::string_view nameOfAct(catalog::MendAct act) {
    return kMendActs.at(static_cast<std::size_t>(act));
}

/// The same for the same finding, whatever else is found.
std::string findingId(const catalog::DriftFinding& finding);
/// What may be done about it: "adopt, revoke".
std::string actsText(const catalog::DriftFinding& finding, const catalog::AccessSurvey& survey);

} // namespace meshbone::app
