// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_simulate.h>

#include "access/hosts.h"

#include <algorithm>
#include <tuple>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using Place = std::tuple<std::string, std::string, ResourceKind, std::string>; // principal, host, kind, resource

/// Names for which the binding speaks: topics that are there, else the name that it spells out.
std::vector<std::string> namesOf(const AclBinding& binding, std::span<const std::string> topics) {
    const bool isName = binding.pattern == PatternType::Literal && binding.resource != kAnyResource;
    if (isName || binding.resourceKind != ResourceKind::Topic) {
        return {binding.resource};
    }
    std::vector<std::string> names;
    std::ranges::copy_if(topics, std::back_inserter(names), [&](const std::string& topic) {
        return patternCovers(binding.pattern, binding.resource, topic);
    });
    return names;
}

std::set<Place> placesOf(const AclTable& before, const AccessChange& change, std::span<const std::string> topics,
                         std::span<const std::string> principals) {
    std::set<Place> places;
    const auto add = [&](const AclBinding& binding) {
        // The first and the last binding on a resource speak of everybody where the setting allows.
        const bool everybody = binding.principal == kAnyPrincipal || before.rules().allowIfNone;
        std::set<std::string> who{binding.principal};
        if (everybody) {
            who.insert(principals.begin(), principals.end());
        }
        for (const auto& name : namesOf(binding, topics)) {
            for (const auto& principal : who) {
                places.emplace(principal, binding.host, binding.resourceKind, name);
            }
        }
    };
    std::ranges::for_each(change.remove, add);
    std::ranges::for_each(change.add, add);
    for (const auto& principal : change.dropPrincipals) {
        for (const auto* binding : before.of(principal)) {
            for (const auto& name : namesOf(*binding, topics)) {
                places.emplace(principal, binding->host, binding->resourceKind, name);
            }
        }
    }
    return places;
}

} // namespace

Reach reachAfter(const AclTable& before, const AccessChange& change, std::span<const std::string> topics,
                 std::span<const std::string> principals, TimestampMs nowMs) {
    return reachBetween(before, tableAfter(before, change), change, topics, principals, nowMs);
}

Reach reachBetween(const AclTable& before, const AclTable& after, const AccessChange& change,
                   std::span<const std::string> topics, std::span<const std::string> principals, TimestampMs nowMs) {
    Reach reach;
    for (const auto& [principal, host, kind, resource] : placesOf(before, change, topics, principals)) {
        const std::string_view from = host == kAnyHost ? kSomewhere : std::string_view(host);
        const bool dropped = change.dropPrincipals.contains(principal);
        std::vector<Operation> lost, gained;
        for (const auto operation : operationsOf(kind)) {
            if (operation == Operation::All) {
                continue; // nobody asks for it
            }
            const AclRequest asked{principal, from, operation, kind, resource};
            const bool was = before.decide(asked, nowMs).allowed;
            const bool will = !dropped && after.decide(asked, nowMs).allowed;
            if (was != will) {
                (was ? lost : gained).push_back(operation);
            }
        }
        if (!lost.empty()) {
            reach.lost.push_back({principal, host, kind, resource, std::move(lost)});
        }
        if (!gained.empty()) {
            reach.gained.push_back({principal, host, kind, resource, std::move(gained)});
        }
    }
    return reach;
}

} // namespace meshbone::catalog
