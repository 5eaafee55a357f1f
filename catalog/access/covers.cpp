// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_covers.h>

#include <backbone/acl_table.h>

#include <algorithm>

namespace meshbone::catalog {

using namespace backbone;

bool patternIncludes(PatternType wide, std::string_view wideName, PatternType narrow, std::string_view narrowName) {
    if (wide == PatternType::Prefixed) {
        // The literal "*" stands for all names, not for one that begins with a star.
        return narrowName.starts_with(wideName) && !(narrow == PatternType::Literal && narrowName == kAnyResource);
    }
    return wideName == kAnyResource || (narrow == PatternType::Literal && wideName == narrowName);
}

bool patternsMeet(PatternType one, std::string_view oneName, PatternType other, std::string_view otherName) {
    return patternIncludes(one, oneName, other, otherName) || patternIncludes(other, otherName, one, oneName) ||
           (one == PatternType::Literal && oneName == kAnyResource) ||
           (other == PatternType::Literal && otherName == kAnyResource);
}

bool coversTopic(std::span<const NamePattern> patterns, std::string_view topic) {
    return std::ranges::any_of(patterns,
                               [&](const NamePattern& one) { return patternCovers(one.pattern, one.name, topic); });
}

bool coversTopic(const AccessScope& scope, std::string_view topic) {
    return coversTopic(scope.reads, topic) || coversTopic(scope.writes, topic);
}

bool covers(const AclBinding& wide, const AclBinding& narrow) {
    return wide.permission == narrow.permission && wide.resourceKind == narrow.resourceKind &&
           (wide.principal == narrow.principal || wide.principal == kAnyPrincipal) &&
           (wide.host == narrow.host || wide.host == kAnyHost) && concerns(wide, narrow.operation) &&
           patternIncludes(wide.pattern, wide.resource, narrow.pattern, narrow.resource);
}

std::vector<AclBinding> withoutCovered(std::vector<AclBinding> bindings) {
    std::ranges::sort(bindings);
    const auto twice = std::ranges::unique(bindings);
    bindings.erase(twice.begin(), twice.end());
    std::vector<AclBinding> kept;
    for (const auto& one : bindings) {
        if (std::ranges::none_of(bindings, [&](const auto& other) { return other != one && covers(other, one); })) {
            kept.push_back(one);
        }
    }
    return kept;
}

bool isSeparator(char c) {
    return c == '.' || c == '_' || c == '-';
}

} // namespace meshbone::catalog
