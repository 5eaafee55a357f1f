// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <catalog/access_scope.h>

#include <span>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// Which binding says no more than another one. Pure functions, from any thread.

/// Does one pattern match every name that the other one matches?
bool patternIncludes(backbone::PatternType wide, std::string_view wideName, backbone::PatternType narrow,
                     std::string_view narrowName);
/// Is there a name that both patterns match?
bool patternsMeet(backbone::PatternType one, std::string_view oneName, backbone::PatternType other,
                  std::string_view otherName);
/// Does one of the patterns match the topic?
bool coversTopic(std::span<const NamePattern> patterns, std::string_view topic);
/// Does the scope let it be read or written?
bool coversTopic(const AccessScope& scope, std::string_view topic);
/// Does `wide` decide every request alike that `narrow` decides: same permission, and kind, pattern, principal, host
/// and operation include its? A binding covers itself.
bool covers(const backbone::AclBinding& wide, const backbone::AclBinding& narrow);
/// Sorted, none twice, and without those that another of them covers.
std::vector<backbone::AclBinding> withoutCovered(std::vector<backbone::AclBinding> bindings);

/// '.', '_' and '-': what a prefix should end in, so that it doesn't cover names of somebody else.
bool isSeparator(char c);

} // namespace meshbone::catalog
