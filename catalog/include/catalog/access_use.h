// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_simulate.h>

namespace meshbone::catalog {

// Whether what is allowed is used, as far as evidence tells. Pure functions, from any threads at once.

/// What was seen of one binding: requests that it speaks of, whatever else allows them too.
struct BindingUse {
    std::int64_t requests = 0; ///< that were allowed; as the evidence counts them
    TimestampMs firstMs = -1, lastMs = -1;
    std::int64_t refused = 0;
    TimestampMs lastRefusedMs = -1;
    std::vector<std::string> clientIds;        ///< of those that were allowed; sorted, none twice
    EvidenceGrade grade = EvidenceGrade::None; ///< the best that there is; None: nobody was seen
    [[nodiscard]] bool isUsed() const { return lastMs >= 0; }
    friend bool operator==(const BindingUse&, const BindingUse&) = default;
};
/// One for each binding, in order. What our own clients did doesn't count.
std::vector<BindingUse> usesOf(std::span<const backbone::AclBinding> bindings, std::span<const EvidenceTuple> evidence);

} // namespace meshbone::catalog
