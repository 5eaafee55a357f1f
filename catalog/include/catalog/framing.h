// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <backbone/record.h>

namespace meshbone::catalog {

/// How bytes say which schema they are of, if they do.
enum class Framing : std::uint8_t {
    Absent,       ///< there are no bytes
    Prefix,       ///< a zero byte and the schema's id, as Confluent's serializers write
    HeaderGuid,   ///< the schema's GUID in a record header, as Confluent's newer ones do
    SingleObject, ///< Avro's marker and a fingerprint
    Json,         ///< plain JSON
    Text,         ///< plain UTF-8
    Binary,       ///< something else
};

/// The zero byte, the id in four bytes, big-endian, the payload.
Bytes framed(SchemaId id, std::string_view payload);

} // namespace meshbone::catalog
