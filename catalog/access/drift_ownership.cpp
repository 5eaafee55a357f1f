// SPDX-License-Identifier: Apache-2.0
#include "access/drift_parts.h"

#include <catalog/access_covers.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

/// What was agreed with each principal, sorted by kind and name, so that what a pattern covers lies side by side.
class AgreedByPrincipal {
public:
    /// Only of principals that hold something unwanted which isn't ours: others aren't asked for.
    explicit AgreedByPrincipal(const DriftCase& drift) {
        for (std::size_t i = 0; i < drift.unwanted.size(); ++i) {
            if (!drift.isOwn[i]) {
                m_all.try_emplace(drift.unwanted[i]->principal);
            }
        }
        for (auto one = drift.wanted.begin(); one != drift.wanted.end() && !m_all.empty(); ++one) {
            if (const auto list = m_all.find(one->first.principal); list != m_all.end()) {
                list->second.push_back(&*one);
            }
        }
        for (auto& [principal, list] : m_all) {
            std::ranges::sort(list, {}, [](const auto* one) { return key(one->first); });
        }
    }

    /// One that `binding` covers; null if there is none.
    [[nodiscard]] const Wanted::value_type* narrowerThan(const AclBinding& binding) const {
        const auto list = m_all.find(binding.principal);
        if (list == m_all.end() || binding.permission != Permission::Allow) {
            return nullptr;
        }
        const bool all = binding.pattern == PatternType::Literal && binding.resource == kAnyResource;
        const std::string_view begin = all ? std::string_view() : std::string_view(binding.resource);
        auto at = std::ranges::lower_bound(list->second, std::pair(binding.resourceKind, begin), {},
                                           [](const auto* one) { return key(one->first); });
        for (; at != list->second.end() && (*at)->first.resourceKind == binding.resourceKind &&
               (*at)->first.resource.starts_with(begin);
             ++at) {
            if (covers(binding, (*at)->first)) {
                return *at;
            }
        }
        return nullptr;
    }

private:
    static std::pair<ResourceKind, std::string_view> key(const AclBinding& binding) {
        return {binding.resourceKind, binding.resource};
    }
    std::unordered_map<std::string_view, std::vector<const Wanted::value_type*>> m_all;
};

void tellOther(DriftFinding& finding, const Wanted::value_type& agreed, const DriftCase& drift) {
    finding.other = agreed.first;
    finding.grants = agreed.second.grants;
    finding.isOtherOwn = drift.own.contains(agreed.first);
}

} // namespace

void findOwnership(DriftCase& drift) {
    const auto changed = changedOf(drift);
    std::set<const Wanted::value_type*> told;
    for (const auto& [binding, agreed] : changed) {
        told.insert(agreed);
    }
    for (const auto* agreed : drift.missing) {
        if (!told.contains(agreed)) {
            auto& finding = drift.add(DriftKind::Missing, agreed->first);
            finding.grants = agreed->second.grants;
            finding.isOwn = drift.own.contains(agreed->first);
        }
    }
    const AgreedByPrincipal agreedBy(drift);
    for (std::size_t i = 0; i < drift.unwanted.size(); ++i) {
        const auto& binding = *drift.unwanted[i];
        const bool isOwn = drift.isOwn[i];
        const auto at = changed.find(&binding);
        const auto* wide = at == changed.end() && !isOwn ? agreedBy.narrowerThan(binding) : nullptr;
        auto& finding = drift.add(at != changed.end() ? DriftKind::Changed
                                  : isOwn             ? DriftKind::EndedButPresent
                                  : wide != nullptr   ? DriftKind::Wider
                                                      : DriftKind::Unmanaged,
                                  binding);
        finding.isOwn = isOwn;
        if (const auto* agreed = at != changed.end() ? at->second : wide) {
            tellOther(finding, *agreed, drift);
        }
    }
}

} // namespace meshbone::catalog
