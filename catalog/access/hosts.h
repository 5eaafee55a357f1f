// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>

#include <span>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// A host that no binding names, and a principal that none does: they stand for all of whom only "*" speaks. Neither
/// can be a real one.
inline constexpr std::string_view kSomewhere = "some other host";
inline constexpr std::string_view kSomebody = "somebody else";

/// The hosts between which these bindings tell a difference, each once, kSomewhere among them; not what
/// stands in a binding that no request meets, such as a host's name.
std::vector<std::string_view> hostsThatMatter(std::span<const backbone::AclBinding* const> bindings);

} // namespace meshbone::catalog
