// SPDX-License-Identifier: Apache-2.0
#include <catalog/access.h>

namespace meshbone::catalog {

RequestState AccessRequest::stateAt(TimestampMs nowMs) const {
    return state == RequestState::Submitted && lapsesMs != kNoEnd && nowMs >= lapsesMs ? RequestState::Lapsed : state;
}

bool Grant::inForceAt(TimestampMs nowMs) const {
    return !revoked && !suspended && nowMs >= fromMs && (untilMs == kNoEnd || nowMs < untilMs);
}

GrantState Grant::stateAt(TimestampMs nowMs) const {
    const bool ended = revoked || suspended || (untilMs != kNoEnd && nowMs >= untilMs);
    if (reported >= GrantState::Ending || !ended) {
        return reported;
    }
    return applied ? GrantState::Ending : GrantState::Removed;
}

} // namespace meshbone::catalog
