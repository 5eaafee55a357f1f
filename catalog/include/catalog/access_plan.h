// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/acl_table.h>
#include <backbone/error.h>
#include <backbone/types.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace meshbone::catalog {

// From the grants in force to what is to be created and removed. Level-triggered: only what is wanted and what is there
// count, never how it came to be so; so it may be computed again at any moment, by two at once too. Pure functions,
// from any thread.

/// A grant as the computation sees it. Value type.
struct GrantInForce {
    std::string id;
    std::string principal;
    std::vector<backbone::AclBinding> bindings;
    TimestampMs fromMs = -1;  ///< -1: since ever
    TimestampMs untilMs = -1; ///< from then on it has ended; -1: no end
    friend bool operator==(const GrantInForce&, const GrantInForce&) = default;

    [[nodiscard]] bool isInForce(TimestampMs nowMs) const;
};

/// Who wants a binding, and for how long.
struct WantedBinding {
    std::vector<std::string> grants; ///< ids, sorted; never empty
    TimestampMs untilMs = -1;        ///< the latest end of its grants; -1: one of them has none
    friend bool operator==(const WantedBinding&, const WantedBinding&) = default;
};
/// The union of what grants want. A binding that two of them want stays when one of them ends.
using Wanted = std::map<backbone::AclBinding, WantedBinding>;
Wanted wantedAt(std::span<const GrantInForce> grants, TimestampMs nowMs);

/// What stands in a broker or cluster, as it answered. Made from a successful describe only: what couldn't be read is
/// no empty set, so from a failed describe there is nothing to plan or compare with. Value type.
class ActualAcls {
public:
    /// Hands the error on where describing failed. Bindings don't show the rules; give them where they are known.
    static Result<ActualAcls> from(Result<std::vector<backbone::AclBinding>> described, TimestampMs readMs,
                                   backbone::AclRules rules = {});

    [[nodiscard]] const std::vector<backbone::AclBinding>& bindings() const { return m_bindings; } ///< sorted, unique
    [[nodiscard]] bool contains(const backbone::AclBinding& binding) const;
    [[nodiscard]] const backbone::AclTable& table() const { return *m_table; } ///< the same, indexed; copies share it
    [[nodiscard]] TimestampMs readMs() const { return m_readMs; }

private:
    ActualAcls() = default;
    std::vector<backbone::AclBinding> m_bindings;
    std::shared_ptr<const backbone::AclTable> m_table;
    TimestampMs m_readMs = -1;
};

/// Bindings that this mesh created or adopted, as the ledger tells; nothing else is ever removed.
using OwnBindings = std::set<backbone::AclBinding>;

/// What to create and remove, in the order in which it is to be done: creations first, DENY among them before ALLOW;
/// then removals, ALLOWs to read topics first, DENYs last. At no step is more allowed than before and after together.
struct AclPlan {
    std::vector<backbone::AclBinding> create;
    std::vector<backbone::AclBinding> remove;
    std::size_t managed = 0; ///< own bindings that were there, which `remove` is a part of
    [[nodiscard]] bool isEmpty() const { return create.empty() && remove.empty(); }
};
/// `leftAlone`: bindings that are neither created nor removed, since somebody else keeps changing them back.
AclPlan planOf(const Wanted& wanted, const ActualAcls& actual, const OwnBindings& own,
               const std::set<backbone::AclBinding>& leftAlone = {});

inline constexpr std::size_t kMaxCreationsOfRequest = 1'000; ///< Kafka refuses all of more than 10,000
inline constexpr std::size_t kMaxFiltersOfRequest = 50;      ///< each scans all bindings on the controller's thread
struct CreateStep {
    std::vector<backbone::AclBinding> bindings;
};
struct RemoveStep {
    std::vector<backbone::AclFilter> filters; ///< each matches one binding and no other
};
using PlanStep = std::variant<CreateStep, RemoveStep>;
/// The plan as requests to send one after the other.
std::vector<PlanStep> stepsOf(const AclPlan& plan);

/// Who applies a plan and what must remain.
struct PlanGuard {
    std::string actor; ///< principal with which it is applied
    std::string host;  ///< its address as the broker sees it; empty: unknown
    std::string ledgerTopic;
};
/// Refuses (Conflict) a plan after which the actor, or everybody, has lost a right that was there before: to change
/// access control lists, to read or to write the ledger.
Status checkPlan(const AclPlan& plan, const ActualAcls& actual, const PlanGuard& guard);

/// Does the plan remove more than a tenth of what is managed? Then a person is to type how many.
bool needsCount(const AclPlan& plan);
/// The same of whatever is counted.
bool needsCount(std::size_t removed, std::size_t managed);

/// Refuses (InvalidArgument) a plan that needs the count and wasn't given the right one.
Status checkCount(const AclPlan& plan, std::optional<std::size_t> given);

} // namespace meshbone::catalog
