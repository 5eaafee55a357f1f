// SPDX-License-Identifier: Apache-2.0
#include "access/evidence_decision.h"

namespace meshbone::catalog {

using namespace backbone;

bool asksForProducerId(const EvidenceTuple& seen) {
    constexpr std::int16_t kInitProducerId = 22;
    return seen.apiKey == kInitProducerId && seen.resourceKind == ResourceKind::Cluster;
}

AclDecision decideEvidence(const AclTable& table, const EvidenceTuple& seen, std::string_view host, TimestampMs nowMs) {
    const auto decision = table.decide({seen.principal, host, seen.operation, seen.resourceKind, seen.resource}, nowMs);
    if (!decision.allowed && asksForProducerId(seen) &&
        table.allowedOnSome(seen.principal, host, Operation::Write, ResourceKind::Topic, nowMs)) {
        return {true, AclDecision::Reason::Allowed, nullptr};
    }
    return decision;
}

} // namespace meshbone::catalog
