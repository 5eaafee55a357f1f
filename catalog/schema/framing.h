// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/framing.h>

namespace meshbone::catalog {

/// What bytes say of their schema. Its payload is a view into them.
struct ReadFraming {
    Framing framing = Framing::Absent;
    SchemaId id{-1};
    std::string guid;
    std::uint64_t fingerprint = 0;
    std::string_view payload; ///< without the framing
};
/// A GUID in the header (`__value_schema_id`, `__key_schema_id`) counts before a prefix, as for Confluent's
/// deserializers.
ReadFraming readFraming(std::string_view bytes, const std::vector<Header>& headers, bool isKey);

} // namespace meshbone::catalog
