// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_simulate.h>

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

} // namespace meshbone::catalog
