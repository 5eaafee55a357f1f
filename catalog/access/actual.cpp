// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_plan.h>

#include <algorithm>

namespace meshbone::catalog {

Result<ActualAcls> ActualAcls::from(Result<std::vector<backbone::AclBinding>> described, TimestampMs readMs,
                                    backbone::AclRules rules) {
    if (!described) {
        return std::unexpected(std::move(described.error()));
    }
    ActualAcls actual;
    actual.m_bindings = std::move(*described);
    std::ranges::sort(actual.m_bindings);
    const auto twice = std::ranges::unique(actual.m_bindings);
    actual.m_bindings.erase(twice.begin(), twice.end());
    auto table = std::make_shared<backbone::AclTable>(std::move(rules));
    for (const auto& binding : actual.m_bindings) {
        table->add(binding);
    }
    actual.m_table = std::move(table);
    actual.m_readMs = readMs;
    return actual;
}

bool ActualAcls::contains(const backbone::AclBinding& binding) const {
    return std::ranges::binary_search(m_bindings, binding);
}

} // namespace meshbone::catalog
