// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/schemas/schemas_store.h"

#include <optional>

namespace meshbone::backbone {
class Backbone;
}

namespace meshbone::catalog {

inline constexpr const char* kSchemasTopic = "_schemas"; ///< Confluent's name for it

/// Makes the topic where it is missing: one partition, compacted.
Status createSchemasTopic(backbone::Backbone& backbone, const CallOptions& options);

/// The topic as it is now.
struct FoundTopic {
    SchemasSource source;
    Offset end{0}; ///< of what it has; another record may come there
};
/// Nothing where there is none; Unsupported where it isn't one of a registry. Waits for the backbone.
Result<std::optional<FoundTopic>> findSchemasTopic(backbone::Backbone& backbone, const CallOptions& options);

} // namespace meshbone::catalog
