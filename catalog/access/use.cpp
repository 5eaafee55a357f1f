// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_use.h>

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {
namespace {

using namespace backbone;

/// Evidence by principal and resource: a binding without a pattern of many is answered by one lookup.
class Seen {
public:
    explicit Seen(std::span<const EvidenceTuple> evidence) {
        for (const auto& tuple : evidence) {
            if (!tuple.internal) {
                m_byPrincipal[tuple.principal][tuple.resource].push_back(&tuple);
                m_all.push_back(&tuple);
            }
        }
    }

    template <class Visit>
    void forEach(const AclBinding& binding, Visit visit) const {
        if (binding.principal == kAnyPrincipal) {
            std::ranges::for_each(m_all, [&](const auto* tuple) { visit(*tuple); });
            return;
        }
        const auto of = m_byPrincipal.find(binding.principal);
        if (of == m_byPrincipal.end()) {
            return;
        }
        if (binding.pattern == PatternType::Literal && binding.resource != kAnyResource) {
            if (const auto list = of->second.find(binding.resource); list != of->second.end()) {
                std::ranges::for_each(list->second, [&](const auto* tuple) { visit(*tuple); });
            }
            return;
        }
        for (const auto& [resource, list] : of->second) {
            std::ranges::for_each(list, [&](const auto* tuple) { visit(*tuple); });
        }
    }

private:
    using Tuples = std::vector<const EvidenceTuple*>;
    std::unordered_map<std::string_view, std::unordered_map<std::string_view, Tuples>> m_byPrincipal;
    Tuples m_all;
};

bool speaksOf(const AclBinding& binding, const EvidenceTuple& tuple) {
    return binding.resourceKind == tuple.resourceKind && concerns(binding, tuple.operation) &&
           patternCovers(binding.pattern, binding.resource, tuple.resource) &&
           (binding.host == kAnyHost || tuple.host.empty() || binding.host == tuple.host);
}

void count(BindingUse& use, const EvidenceTuple& tuple) {
    if (use.grade == EvidenceGrade::None || tuple.grade == EvidenceGrade::Observed) {
        use.grade = tuple.grade;
    }
    if (!tuple.granted) {
        use.refused += tuple.count;
        use.lastRefusedMs = std::max(use.lastRefusedMs, tuple.lastMs);
        return;
    }
    use.requests += tuple.count;
    use.firstMs = use.firstMs < 0 ? tuple.firstMs : std::min(use.firstMs, tuple.firstMs);
    use.lastMs = std::max(use.lastMs, tuple.lastMs);
    use.clientIds.push_back(tuple.clientId);
}

} // namespace

std::vector<BindingUse> usesOf(std::span<const AclBinding> bindings, std::span<const EvidenceTuple> evidence) {
    const Seen seen(evidence);
    std::vector<BindingUse> uses;
    uses.reserve(bindings.size());
    for (const auto& binding : bindings) {
        auto& use = uses.emplace_back();
        seen.forEach(binding, [&](const EvidenceTuple& tuple) {
            if (speaksOf(binding, tuple)) {
                count(use, tuple);
            }
        });
        std::ranges::sort(use.clientIds);
        const auto twice = std::ranges::unique(use.clientIds);
        use.clientIds.erase(twice.begin(), twice.end());
    }
    return uses;
}

} // namespace meshbone::catalog
