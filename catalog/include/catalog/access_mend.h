// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_simulate.h>
#include <catalog/access_survey.h>
#include <catalog/enforcer.h>

namespace meshbone::catalog {

// From findings of drift to what a person says to the ledger about them. Nobody changes access control lists here: the
// enforcer does, once the ledger says that a binding is ours, or ours no longer. What isn't ours and is revoked is
// therefore adopted first and retired then.

/// What a person decides about a finding.
enum class MendAct : std::uint8_t {
    Reapply, ///< nothing to say: the enforcer makes it so
    Adopt,
    Revoke,
    Narrow, ///< revokes what is wider; what was agreed stays
    Ignore,
};
/// What may be decided about a finding, the safe one first; empty: nothing but look at it.
std::vector<MendAct> actsOn(const DriftFinding& finding, const AccessSurvey& survey);
/// Is it mended by the enforcer alone, whatever a person decides?
bool isMendedByItself(DriftKind kind);

struct Mend {
    DriftFinding finding;
    MendAct act = MendAct::Reapply;
    std::string team{};           ///< Adopt, Revoke and Narrow of what isn't ours: its owner
    TimestampMs untilMs = kNoEnd; ///< Adopt, Ignore
};

struct MendPlan {
    std::vector<Mend> mends;
    std::vector<Command> commands; ///< what is said to the ledger, in this order
    AclPlan cluster;               ///< what the enforcer does then, with what it does in any case
    /// Why it must not be applied: it locks somebody out (Conflict), an owner is missing, or it takes several away that
    /// nobody agreed to (InvalidArgument): each of them is judged by itself.
    Status allowed;
    [[nodiscard]] AccessChange change() const { return {cluster.remove, cluster.create, {}}; }
    [[nodiscard]] bool isEmpty() const { return commands.empty() && cluster.isEmpty(); }
};
/// Fails as the survey's `actual` did. Pure.
Result<MendPlan> mendPlanOf(const AccessSurvey& survey, std::vector<Mend> mends);

/// What was said when a plan was applied, for taking it back.
struct AppliedMends {
    struct Said {
        std::int64_t entry = -1;
        Command command;
    };
    std::vector<Said> said;       ///< accepted entries, in order
    std::optional<Error> refused; ///< of the command after them, where one was: the rest wasn't said
};
/// Says one command after the other, each with `why`. Blocks; the deadline is for each.
AppliedMends applyMends(Catalog& catalog, const MendPlan& plan, const std::string& why, const CallOptions& call);

struct UndoneMends {
    std::size_t entries = 0; ///< taken back
    /// Was revoked and stands again, but is ours now: its absence of an owner could not be restored in time.
    std::vector<backbone::AclBinding> stillAdopted;
    std::vector<std::string> refused;     ///< what could not be taken back, a sentence each
    std::vector<AppliedMends::Said> left; ///< the same, in order, to be tried again
};
/// Takes a plan back by new entries, the last one first. What was removed stands again before it is let go: `enforcer`
/// says when (null: another instance's; then it is looked for). Blocks up to the deadline.
UndoneMends undoMends(Catalog& catalog, backbone::AccessAdmin& access, Enforcer* enforcer, const AppliedMends& applied,
                      const CallOptions& call);

} // namespace meshbone::catalog
