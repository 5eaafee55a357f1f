// SPDX-License-Identifier: Apache-2.0
#include "access/evidence_decision.h"
#include "access/hosts.h"
#include "access/least_parts.h"

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using enum Operation;

/// The binding that allows it, from its address or, where that isn't known, from one that matters.
const AclBinding* allowing(const AclTable& table, const EvidenceTuple& seen, TimestampMs nowMs) {
    if (!seen.host.empty()) {
        return decideEvidence(table, seen, seen.host, nowMs).by;
    }
    std::vector<const AclBinding*> covering;
    for (const auto principal : {std::string_view(seen.principal), kAnyPrincipal}) {
        const auto more = table.covering(seen.resourceKind, seen.resource, principal);
        covering.insert(covering.end(), more.begin(), more.end());
    }
    for (const auto host : hostsThatMatter(covering)) {
        const auto decision = decideEvidence(table, seen, host, nowMs);
        if (decision.allowed && decision.by != nullptr) {
            return decision.by;
        }
    }
    return nullptr;
}

/// Does a need of the same principal and host include this name already?
bool isImplied(const Needs& needs, const NeedKey& key, const std::string& name) {
    if (key.operation != Describe && key.operation != DescribeConfigs) {
        return false;
    }
    for (const auto implying : {Read, Write, Delete, Alter, AlterConfigs}) {
        const AclBinding wider{key.kind, PatternType::Literal, name, key.principal, key.host,
                               implying, Permission::Allow};
        const auto found = needs.find({key.principal, key.host, key.kind, implying});
        if (concerns(wider, key.operation) && found != needs.end() && found->second.contains(name)) {
            return true;
        }
    }
    return false;
}

} // namespace

Needs needsOf(const LeastCase& least, const AclTable& kept) {
    Needs needs;
    for (const auto& seen : least.evidence) {
        if (seen.internal || !seen.granted) {
            continue;
        }
        const auto* by = allowing(least.table, seen, least.nowMs);
        if (by == nullptr || by->permission != Permission::Allow) {
            continue; // a super user, the setting, or refused by now: no binding is to let it through
        }
        const auto* stays = allowing(kept, seen, least.nowMs);
        if (stays == nullptr || stays->permission != Permission::Allow) {
            needs[{seen.principal, by->host, seen.resourceKind, seen.operation}].insert(seen.resource);
        }
    }
    for (auto& [key, names] : needs) {
        std::erase_if(names, [&, &key = key](const std::string& name) { return isImplied(needs, key, name); });
    }
    return needs;
}

} // namespace meshbone::catalog
