// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_simulate.h>

#include <unordered_set>

namespace meshbone::catalog {

/// Decides requests by a table as it is and as it would be after a change, in one pass and without making the other
/// table: what a change touches is little, and what it leaves is the same.
class BothDecisions {
public:
    BothDecisions(const backbone::AclTable& before, const AccessChange& change, TimestampMs nowMs);

    struct Answer {
        backbone::AclDecision before, after;
    };
    /// Refused decisions name no reason; tellWhy() does.
    [[nodiscard]] Answer decide(const EvidenceTuple& seen, std::string_view host);
    void tellWhy(const EvidenceTuple& seen, std::string_view host, Answer& answer);

    /// Could the change make a difference? Where the host isn't known, from any.
    [[nodiscard]] bool isTouched(const EvidenceTuple& seen) const;
    [[nodiscard]] const backbone::AclTable& before() const { return m_before; }
    [[nodiscard]] const backbone::AclTable& touch() const { return m_touch; } ///< what is removed and added

private:
    [[nodiscard]] bool isCoveredAfter(backbone::ResourceKind kind, std::string_view resource) const;
    void decideProducerId(const EvidenceTuple& seen, std::string_view host, Answer& answer);

    const backbone::AclTable& m_before;
    const AccessChange& m_change;
    TimestampMs m_nowMs;
    backbone::AclTable m_touch, m_added;
    std::unordered_set<const backbone::AclBinding*> m_removed; ///< of m_before
    std::optional<backbone::AclTable> m_after;                 ///< made for what can't be decided in one pass
};

} // namespace meshbone::catalog
