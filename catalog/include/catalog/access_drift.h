// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_plan.h>

#include <compare>

namespace meshbone::catalog {

// Where what is there and what is agreed differ, what that means and what may safely be done about it. Compared with
// what was read only: of a cluster that can't be read nothing is known, so it has no drift. Pure functions, any thread.

enum class DriftKind : std::uint8_t {
    Missing,         ///< agreed, not there
    EndedButPresent, ///< there, ours, and no grant wants it any more
    Changed,         ///< there is one that differs in one field from an agreed one that is missing
    Wider,           ///< nobody agreed to it, and it allows more than what was agreed with the same principal
    Unmanaged,       ///< there, and nobody agreed to it
    Orphaned,        ///< its principal or its topic is gone; it would serve the next of that name
    Shadowed,        ///< a DENY takes what it allows, or no request can meet it
    Redundant,       ///< nobody agreed to it, and another binding allows the same anyway
    Conflict,        ///< two principals on one group or transactional id: they disturb each other
    HotPattern,      ///< so many principals on one pattern that Apache Kafka becomes slow
    Flapping,        ///< somebody else keeps changing it back
};
inline constexpr std::size_t kDriftKinds = static_cast<std::size_t>(DriftKind::Flapping) + 1;
inline constexpr std::size_t kHotPatternFrom = 500; ///< principals
inline constexpr int kFlappingFrom = 2;             ///< returns

enum class DriftFix : std::uint8_t {
    Reapply,     ///< create what is missing (and remove what stands there instead, if it is ours)
    Adopt,       ///< give it an owner and a grant; from then on it is ours
    Revoke,      ///< remove it
    Narrow,      ///< adopt what was agreed only and remove the rest, simulated first
    IgnoreUntil, ///< say no more of it until a day
};

struct DriftFinding {
    DriftKind kind = DriftKind::Missing;
    backbone::AclBinding binding; ///< what it is about; Conflict, HotPattern: its kind, pattern and resource only
    /// Changed: the missing one. Wider: what was agreed. Shadowed, Redundant: the one that denies, or covers.
    std::optional<backbone::AclBinding> other;
    bool isOwn = false;              ///< the binding was created or adopted by us
    bool isOtherOwn = false;         ///< and so was the other
    std::vector<std::string> grants; ///< that want the binding (Changed, Wider: the other; Flapping: none, or these)
    std::vector<std::string> principals; ///< Conflict, HotPattern: who; sorted
    std::vector<std::string> changers;   ///< Flapping: who may change ACLs by those that are there; sorted
    int returns = 0;                     ///< Flapping: how often it was changed back
    TimestampMs sinceMs = -1;            ///< Orphaned: first seen so. Flapping: last put right here
    friend bool operator==(const DriftFinding&, const DriftFinding&) = default;
};

/// What earlier looks have left behind. Value type; kept by whoever looks.
struct DriftHistory {
    std::map<backbone::AclBinding, int> returns;            ///< how often what we had changed was changed back
    std::map<backbone::AclBinding, TimestampMs> returnedMs; ///< and when it was changed here last, where that is known
    std::map<backbone::AclBinding, TimestampMs> orphanedSinceMs;
    friend bool operator==(const DriftHistory&, const DriftHistory&) = default;
};

/// What else is known. An empty optional: not known, so that nothing is concluded from it.
struct DriftContext {
    std::optional<std::set<std::string, std::less<>>> principals; ///< that exist
    std::optional<std::set<std::string, std::less<>>> topics;     ///< that exist
    /// That existed once: a grant may also be for a topic or a principal to come.
    std::set<std::string, std::less<>> deletedTopics, removedPrincipals;
    DriftHistory history;
    std::map<backbone::AclBinding, TimestampMs> ignoredUntilMs;
    int orphanedDays = 30; ///< for so long an orphaned binding stays
    TimestampMs nowMs = 0;
};

/// Sorted by kind, then binding. Each binding that isn't as agreed is in exactly one of Missing (or as Changed's
/// other), EndedButPresent, Changed, Wider and Unmanaged; the kinds after them come beside.
std::vector<DriftFinding> driftOf(const ActualAcls& actual, const Wanted& wanted, const OwnBindings& own,
                                  const DriftContext& context);

std::string_view driftName(DriftKind kind); ///< "ended-but-present"
/// What a finding means, a sentence.
std::string meaningOf(const DriftFinding& finding);
/// What may be done, the safe one first; empty: nothing but look at it.
std::vector<DriftFix> fixesOf(const DriftFinding& finding, const DriftContext& context);
/// May findings of a kind be mended many at once? Not where a person has to judge each.
bool isMendedInBulk(DriftKind kind);

/// The history after a look: counts what came back of what was created and removed since the look before, and keeps
/// since when bindings are orphaned.
DriftHistory historyAfter(DriftHistory before, std::span<const DriftFinding> found, const AclPlan& doneSince,
                          const ActualAcls& actual, TimestampMs nowMs);
/// What a plan leaves alone, since somebody else keeps changing it back.
std::set<backbone::AclBinding> flappingOf(const DriftHistory& history);

} // namespace meshbone::catalog
