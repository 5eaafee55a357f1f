// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <lineage/schema_impact.h>

#include <functional>
#include <string>
#include <vector>

namespace meshbone::lineage {

/// How much impactWords() tells.
struct ImpactWording {
    std::size_t most = 4; ///< names of each kind; of the others their number
    /// Whether who reads it may know of a topic; who meets the field only in others is counted, not named. Null: all.
    std::function<bool(const std::string& topic)> maySee;
};

/// Who meets fields of a schema, as one sentence for who is about to change them: consumers, how surely each is known,
/// then topics and products downstream, the first few of each. Impacts are of one subject, one for each field; without
/// fields it is of the whole schema. Empty where nobody is known. Pure.
std::string impactWords(const std::vector<SchemaImpact>& impacts, const std::vector<std::string>& fields,
                        const ImpactWording& wording = {});

} // namespace meshbone::lineage
