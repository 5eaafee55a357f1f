// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_least.h>

#include <string>
#include <vector>

namespace meshbone::bench {

/// A mesh of 2,000 products with ten topics each; every principal has five bindings: two names to read, one to write, a
/// product's prefix to read or (one in a hundred) a DENY, and its group.
struct AccessWorld {
    static constexpr int kPrincipals = 10'000, kTopics = 20'000, kTuples = 1'000'000;

    std::vector<std::string> topics; ///< sorted
    std::vector<backbone::AclBinding> bindings;
    catalog::TopicHomes homes;
    std::vector<catalog::EvidenceTuple> evidence; ///< each of a binding; a principal's come from several clients

    static AccessWorld make();
    /// 7,000 more principals, each with READ on "*".
    static std::vector<backbone::AclBinding> hotPattern();
};

} // namespace meshbone::bench
