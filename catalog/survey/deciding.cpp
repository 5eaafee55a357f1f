// SPDX-License-Identifier: Apache-2.0
#include "survey/deciding.h"

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

constexpr std::string_view kAutomatic = "policy:";

/// The id in "Policy 'x' allows 90 days at most." and "asked for by policy 'x'"; empty: no policy said so.
std::string policyIn(std::string_view sentence) {
    for (const std::string_view before : {"Policy '", "policy '"}) {
        const auto at = sentence.find(before);
        if (at != std::string_view::npos) {
            const auto id = sentence.substr(at + before.size());
            return std::string(id.substr(0, id.find('\'')));
        }
    }
    return {};
}

class Deciding {
public:
    Deciding(const Grant& grant, const std::map<std::string, TimestampMs, std::less<>>& since)
        : m_grant(grant)
        , m_since(since) {
        for (const AccessDecision& decision : grant.decisions) {
            m_decidedMs = decision.approved ? decision.atMs : m_decidedMs;
            m_isAutomatic = m_isAutomatic || decision.person.starts_with(kAutomatic);
        }
    }

    std::vector<PolicyPart> parts(const Catalog& catalog) {
        if (const auto limit = policyIn(m_grant.endBy); !limit.empty()) {
            m_parts.push_back({limit, "limited its end"}); // the grant itself says so: whatever became of the policy
        }
        if (m_isAutomatic) {
            return std::move(m_parts);
        }
        const auto review = catalog.reviewAccess(m_grant.scope, m_grant.product, m_grant.untilMs, m_decidedMs);
        for (const ApprovalNeed& need : review.needs) {
            add(policyIn(need.why), need.team.empty() ? std::string("wanted an admin to agree")
                                                      : fmt::format("wanted one of team '{}' to agree", need.team));
        }
        if (review.people > 1) {
            add(review.peopleBy, fmt::format("wanted {} people to agree", review.people));
        }
        return std::move(m_parts);
    }

private:
    void add(std::string policy, std::string part) {
        const auto changed = m_since.find(policy);
        if (!policy.empty() && (changed == m_since.end() || changed->second <= m_decidedMs)) {
            m_parts.push_back({std::move(policy), std::move(part)});
        }
    }

    const Grant& m_grant;
    const std::map<std::string, TimestampMs, std::less<>>& m_since;
    TimestampMs m_decidedMs = m_grant.fromMs;
    bool m_isAutomatic = false;
    std::vector<PolicyPart> m_parts;
};

} // namespace

DecidingPolicies decidingPolicies(const Catalog& catalog, std::span<const Grant> grants,
                                  const std::map<std::string, TimestampMs, std::less<>>& policiesSince,
                                  TimestampMs nowMs) {
    DecidingPolicies deciding;
    for (const Grant& grant : grants) {
        if (grant.inForceAt(nowMs)) {
            if (auto parts = Deciding(grant, policiesSince).parts(catalog); !parts.empty()) {
                deciding.emplace(grant.id, std::move(parts));
            }
        }
    }
    return deciding;
}

} // namespace meshbone::catalog
