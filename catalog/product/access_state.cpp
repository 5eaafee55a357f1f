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

TimestampMs Grant::endedMs(TimestampMs nowMs) const {
    const TimestampMs end = untilMs != kNoEnd && nowMs >= untilMs ? untilMs : -1;
    return revoked && (end < 0 || revokedMs < end) ? revokedMs : end;
}

std::int64_t Grant::removedLateMs() const {
    const TimestampMs ended = reported == GrantState::Removed ? endedMs(reportedMs) : -1;
    return ended >= 0 && reportedMs - ended > kLateFromMs ? reportedMs - ended : 0;
}

std::int64_t returnsOf(const BindingReturns& returns, bool isWanted, bool isThere, TimestampMs nowMs) {
    if (isWanted) {
        return nowMs < returns.lastMs + kReturnsWithinMs ? returns.gone : 0;
    }
    return isThere ? returns.removed : 0; // nobody removes it by itself, so there is nothing to try again
}

} // namespace meshbone::catalog
