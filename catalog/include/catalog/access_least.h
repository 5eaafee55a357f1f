// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_simulate.h>

namespace meshbone::catalog {

// Least privilege: the smallest bindings that would have let all observed traffic through, as a plan to review. Pure
// functions, from any threads at once.

/// To whom a topic belongs: a prefix never spans two of these.
struct TopicHome {
    std::string product;        ///< empty: none, so that no prefix covers it
    std::string classification; ///< empty: none
    friend bool operator==(const TopicHome&, const TopicHome&) = default;
};
using TopicHomes = std::map<std::string, TopicHome, std::less<>>; ///< every topic that exists

/// A prefix instead of the names that lie under it.
struct LeastPrefix {
    backbone::AclBinding binding;
    std::vector<std::string> used;        ///< at least three
    std::vector<std::string> opens;       ///< other topics under it that the principal may not reach today
    std::vector<std::string> openAlready; ///< other topics under it that it may reach, and wasn't seen to
};
/// Why a binding stays though nothing was seen that needs it.
enum class KeptFor : std::uint8_t {
    Deny,         ///< a DENY is never judged by traffic
    YoungGrant,   ///< its grant is younger than the evidence
    NotOwn,       ///< neither created nor adopted here
    Asking,       ///< it lets everybody ask for access (access_asking.h): who never asked may tomorrow
    OnlyInferred, ///< of its principal there is inferred evidence, which doesn't show all rights that it uses
};
struct LeastPlan {
    std::vector<backbone::AclBinding> create, remove; ///< sorted
    std::vector<LeastPrefix> prefixes;                ///< those among the needed ones, new or not
    std::vector<std::pair<backbone::AclBinding, KeptFor>> kept;
    EvidenceCoverage coverage; ///< as it was handed in; what happened in its gaps wasn't seen

    [[nodiscard]] AccessChange change() const { return {remove, create, {}}; }
};

/// What the plan is made from. The references must live as long as the call.
struct LeastCase {
    const backbone::AclTable& table; ///< what stands
    const OwnBindings& own;
    std::span<const GrantInForce> grants;
    std::span<const EvidenceTuple> evidence;
    const EvidenceCoverage& coverage;
    const TopicHomes& topics;
    TimestampMs nowMs = 0;
};
/// Every request of the evidence that was granted and is allowed now stays allowed. Per principal and operation, names;
/// a prefix only if it ends in a separator, at least three used names lie under it, every other topic there is of the
/// same product and classification, and no DENY meets it. Fails with Unavailable where nobody observed the traffic,
/// with Unsupported where the broker allows everybody whom no binding speaks of: taking rights away opens topics there.
Result<LeastPlan> leastPrivilege(const LeastCase& least);

/// What one cut of a plan takes away, given the tables before and after the whole plan.
Reach reachOfCut(const backbone::AclTable& before, const backbone::AclTable& after, const backbone::AclBinding& cut,
                 const TopicHomes& topics, TimestampMs nowMs);

inline constexpr std::size_t kUsedNamesOfPrefix = 3;

} // namespace meshbone::catalog
