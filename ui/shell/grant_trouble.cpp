// SPDX-License-Identifier: Apache-2.0
#include "shell/grant_trouble.h"

#include <algorithm>

namespace meshbone::ui {

bool isInTrouble(const catalog::Grant& grant, TimestampMs nowMs) {
    using catalog::GrantState;
    const auto state = grant.stateAt(nowMs);
    const bool stays = std::ranges::any_of(grant.results, [](const catalog::BindingResult& result) {
        return result.outcome == catalog::BindingOutcome::NotRemoved;
    });
    return state == GrantState::Refused || state == GrantState::Partly || state == GrantState::RemovalUnknown ||
           (stays && (state == GrantState::Ending || state == GrantState::Removing));
}

} // namespace meshbone::ui
