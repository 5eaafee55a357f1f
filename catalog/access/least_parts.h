// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_least.h>

namespace meshbone::catalog {

/// For whom and what: bindings are counted within these.
struct NeedKey {
    std::string principal, host;
    backbone::ResourceKind kind;
    backbone::Operation operation;
    friend auto operator<=>(const NeedKey&, const NeedKey&) = default;
};
/// The names that were used.
using Needs = std::map<NeedKey, std::set<std::string>>;

/// The names that the evidence needs of what is to be cut: granted, allowed now, and not allowed by `kept` alone. What
/// another need implies is left out.
Needs needsOf(const LeastCase& least, const backbone::AclTable& kept);
/// The prefixes that may stand for names of a need; takes those names out of it.
std::vector<LeastPrefix> takePrefixes(const LeastCase& least, const NeedKey& key, std::set<std::string>& names);

} // namespace meshbone::catalog
