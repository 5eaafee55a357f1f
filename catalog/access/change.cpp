// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_covers.h>
#include <catalog/access_presets.h>
#include <catalog/access_simulate.h>

#include <algorithm>

namespace meshbone::catalog {

backbone::AclTable tableAfter(const backbone::AclTable& before, const AccessChange& change) {
    const std::set<backbone::AclBinding> gone(change.remove.begin(), change.remove.end());
    backbone::AclTable after(before.rules());
    for (const auto& [binding, untilMs] : before.bindings()) {
        if (!gone.contains(binding)) {
            after.add(binding, untilMs);
        }
    }
    for (const auto& binding : change.add) {
        after.add(binding);
    }
    return after;
}

std::vector<backbone::AclBinding> endingWith(const Wanted& wanted, std::string_view grant) {
    std::vector<backbone::AclBinding> ending;
    for (const auto& [binding, by] : wanted) {
        if (by.grants.size() == 1 && by.grants.front() == grant) {
            ending.push_back(binding);
        }
    }
    return ending;
}

Result<AccessChange> narrowing(const Wanted& wanted, std::string_view grant, const AccessScope& before,
                               const AccessScope& after) {
    if (auto whole = checkScope(after); !whole) {
        return std::unexpected(whole.error());
    }
    const auto wide = bindingsOf(before), narrow = bindingsOf(after);
    for (const auto& binding : narrow) {
        if (std::ranges::none_of(wide, [&](const auto& one) { return covers(one, binding); })) {
            return fail(ErrorCode::InvalidArgument, "That isn't narrower: the grant doesn't allow " +
                                                        backbone::describe(binding).substr(std::size("ALLOW")) + ".");
        }
    }
    AccessChange change;
    std::ranges::copy_if(endingWith(wanted, grant), std::back_inserter(change.remove),
                         [&](const auto& binding) { return std::ranges::find(narrow, binding) == narrow.end(); });
    std::ranges::copy_if(narrow, std::back_inserter(change.add),
                         [&](const auto& binding) { return !wanted.contains(binding); });
    if (narrow == wide) {
        return fail(ErrorCode::InvalidArgument, "The scope is the grant's own. Leave something out of it.");
    }
    return change;
}

} // namespace meshbone::catalog
