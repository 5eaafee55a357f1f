// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

#include <backbone/types.h>

namespace meshbone::catalog::avro {

/// A value in Avro's binary encoding from JSON as decode() writes it; of a union, the value alone is taken too, for the
/// first branch that it fits. A field that isn't there gets its default. InvalidArgument names the path and what is
/// wanted.
Result<Bytes> encode(const Node& type, const JsonTree& value);
/// The same from a default in a schema's text, which has a form of its own for bytes and unions.
Result<Bytes> encodeDefault(const Node& type, const JsonTree& value);

} // namespace meshbone::catalog::avro
