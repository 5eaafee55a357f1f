// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/json/difference_types.h"
#include "schema/json/node.h"

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog::jsonschema {

/// A step from a pair to one within it: what is put before the paths.
struct PathStep {
    std::string path;  ///< "properties/x"
    std::string field; ///< "x", "[]", "{}" or empty
};

/// One difference while two schemas are compared. Its paths begin at the pair of nodes that is being compared, so that
/// it can be told again wherever that pair comes up. Value type.
struct Finding {
    DifferenceType type{};
    std::string path;             ///< "properties/x/maxLength"; empty for the pair itself
    std::string field;            ///< "x"
    const Node* writer = nullptr; ///< where it is in the schema that wrote; the nearest node that is there
    const Node* reader = nullptr;
    std::string_view keyword;    ///< whose value differs, where it is one keyword
    std::string name;            ///< of a property that isn't the field itself
    std::vector<Finding> causes; ///< at most one: what comes closest to the reason
};

/// Without a cause.
Finding findingOf(DifferenceType type, const PathStep& step, const Node* writer, const Node* reader);

/// What comparing a pair came to.
struct Findings {
    std::vector<Finding> list;
    bool isCompatible = true;
};

/// The finding as it is seen from the pair above.
Finding lifted(Finding finding, const PathStep& step);
/// As everybody sees it: with its sentence and its places.
SchemaDifference inWords(const Finding& finding, CompatibilityPolicy policy);

} // namespace meshbone::catalog::jsonschema
