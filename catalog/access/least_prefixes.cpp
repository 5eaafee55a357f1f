// SPDX-License-Identifier: Apache-2.0
#include "access/hosts.h"
#include "access/least_parts.h"

#include <catalog/access_covers.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

using namespace backbone;

struct Candidate {
    std::string prefix;
    std::vector<std::string> others; ///< topics under it that weren't used
};

std::map<std::string, std::size_t> prefixesOf(const std::set<std::string>& names) {
    std::map<std::string, std::size_t> counts;
    for (const auto& name : names) {
        for (std::size_t i = 0; i < name.size(); ++i) {
            if (isSeparator(name[i])) {
                ++counts[name.substr(0, i + 1)];
            }
        }
    }
    std::erase_if(counts, [](const auto& one) { return one.second < kUsedNamesOfPrefix; });
    return counts;
}

/// Fills in the others; false where not all topics there are of one product and classification.
bool isOfOneHome(const TopicHomes& topics, const std::set<std::string>& used, Candidate& candidate) {
    const TopicHome* home = nullptr;
    for (auto at = topics.lower_bound(candidate.prefix); at != topics.end() && at->first.starts_with(candidate.prefix);
         ++at) {
        home = home == nullptr ? &at->second : home;
        if (at->second.product.empty() || at->second != *home) {
            return false;
        }
        if (!used.contains(at->first)) {
            candidate.others.push_back(at->first);
        }
    }
    return home != nullptr;
}

bool isCrossedByDeny(const AclTable& table, const NeedKey& key, std::string_view prefix) {
    for (const std::string_view principal : {std::string_view(key.principal), kAnyPrincipal}) {
        for (const auto* binding : table.of(principal)) {
            if (binding->permission == Permission::Deny && binding->resourceKind == key.kind &&
                patternsMeet(binding->pattern, binding->resource, PatternType::Prefixed, prefix)) {
                return true;
            }
        }
    }
    return false;
}

LeastPrefix take(const LeastCase& least, const NeedKey& key, std::set<std::string>& names, Candidate candidate) {
    LeastPrefix taken;
    taken.binding = {key.kind, PatternType::Prefixed, candidate.prefix, key.principal,
                     key.host, key.operation,         Permission::Allow};
    const auto begin = names.lower_bound(candidate.prefix);
    auto end = begin;
    for (; end != names.end() && end->starts_with(candidate.prefix); ++end) {
        taken.used.push_back(*end);
    }
    names.erase(begin, end);
    const auto host = key.host == kAnyHost ? kSomewhere : std::string_view(key.host);
    for (auto& topic : candidate.others) {
        const bool isOpen =
            least.table.decide({key.principal, host, key.operation, key.kind, topic}, least.nowMs).allowed;
        (isOpen ? taken.openAlready : taken.opens).push_back(std::move(topic));
    }
    return taken;
}

} // namespace

std::vector<LeastPrefix> takePrefixes(const LeastCase& least, const NeedKey& key, std::set<std::string>& names) {
    std::vector<LeastPrefix> taken;
    if (key.kind != ResourceKind::Topic) {
        return taken; // groups and transactional ids belong to no product
    }
    std::vector<Candidate> candidates;
    for (const auto& [prefix, count] : prefixesOf(names)) {
        Candidate candidate{prefix, {}};
        if (isOfOneHome(least.topics, names, candidate) && !isCrossedByDeny(least.table, key, prefix)) {
            candidates.push_back(std::move(candidate));
        }
    }
    // What opens least first; of two alike the longer, which covers less of what is to come.
    std::ranges::stable_sort(candidates, [](const Candidate& a, const Candidate& b) {
        return std::pair(a.others.size(), b.prefix.size()) < std::pair(b.others.size(), a.prefix.size());
    });
    for (auto& candidate : candidates) {
        const auto left =
            std::ranges::count_if(names, [&](const std::string& name) { return name.starts_with(candidate.prefix); });
        if (static_cast<std::size_t>(left) >= kUsedNamesOfPrefix) {
            taken.push_back(take(least, key, names, std::move(candidate)));
        }
    }
    return taken;
}

} // namespace meshbone::catalog
