// SPDX-License-Identifier: Apache-2.0
#include "access/hosts.h"

#include <algorithm>

namespace meshbone::catalog {

std::vector<std::string_view> hostsThatMatter(std::span<const backbone::AclBinding* const> bindings) {
    std::vector<std::string_view> hosts{kSomewhere};
    for (const auto* binding : bindings) {
        if (binding->host != backbone::kAnyHost && backbone::whyNeverMatches(*binding).empty()) {
            hosts.emplace_back(binding->host);
        }
    }
    std::ranges::sort(hosts);
    const auto twice = std::ranges::unique(hosts);
    hosts.erase(twice.begin(), twice.end());
    return hosts;
}

} // namespace meshbone::catalog
