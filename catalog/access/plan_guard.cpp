// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_plan.h>

#include "access/hosts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

using namespace backbone;

struct Right {
    Operation operation;
    ResourceKind kind;
    std::string_view resource;
    std::string_view words;
};

/// May it from this host, or, where that is unknown, from any?
bool may(const AclTable& table, const Right& right, std::string_view principal, std::string_view host) {
    const auto decide = [&](std::string_view from) {
        return table.decide({principal, from, right.operation, right.kind, right.resource}).allowed;
    };
    if (!host.empty()) {
        return decide(host);
    }
    return std::ranges::any_of(hostsThatMatter(table.covering(right.kind, right.resource)), decide);
}

/// Somebody whom the bindings or the super users name; an unnamed one stands for whom only User:* reaches.
bool anybodyMay(const AclTable& table, const Right& right) {
    if (!table.rules().superUsers.empty() || may(table, right, kSomebody, {})) {
        return true;
    }
    return std::ranges::any_of(table.covering(right.kind, right.resource), [&](const AclBinding* binding) {
        return binding->permission == Permission::Allow && whyNeverMatches(*binding).empty() &&
               may(table, right, binding->principal, {});
    });
}

AclTable tableWith(std::span<const AclBinding> bindings, const AclRules& rules) {
    AclTable table(rules);
    for (const auto& binding : bindings) {
        table.add(binding);
    }
    return table;
}

/// Only these decide about the guarded rights; the others of 50,000 need no table.
std::vector<AclBinding> concerning(std::span<const AclBinding> bindings, std::span<const Right> rights) {
    std::vector<AclBinding> found;
    std::ranges::copy_if(bindings, std::back_inserter(found), [&](const AclBinding& binding) {
        return std::ranges::any_of(rights, [&](const Right& right) {
            return binding.resourceKind == right.kind &&
                   patternCovers(binding.pattern, binding.resource, right.resource);
        });
    });
    return found;
}

} // namespace

Status checkPlan(const AclPlan& plan, const ActualAcls& actual, const PlanGuard& guard) {
    const std::array<Right, 3> rights{
        {{Operation::Alter, ResourceKind::Cluster, kClusterName, "to change access control lists"},
         {Operation::Read, ResourceKind::Topic, guard.ledgerTopic, "to read the ledger"},
         {Operation::Write, ResourceKind::Topic, guard.ledgerTopic, "to write the ledger"}}};
    const auto& before = actual.table();
    auto after = tableWith(concerning(actual.bindings(), rights), before.rules());
    for (const auto& binding : concerning(plan.create, rights)) {
        after.add(binding);
    }
    for (const auto& binding : plan.remove) {
        after.remove(binding);
    }
    for (const auto& right : rights) {
        if (may(before, right, guard.actor, guard.host) && !may(after, right, guard.actor, guard.host)) {
            return fail(ErrorCode::Conflict, fmt::format("After this, {} itself would have no right {} any more. Give "
                                                         "it that right by a grant of its own first.",
                                                         guard.actor, right.words));
        }
        if (anybodyMay(before, right) && !anybodyMay(after, right)) {
            return fail(ErrorCode::Conflict,
                        fmt::format("After this, nobody would have the right {} any more, as far as access control "
                                    "lists tell.",
                                    right.words));
        }
    }
    return {};
}

} // namespace meshbone::catalog
