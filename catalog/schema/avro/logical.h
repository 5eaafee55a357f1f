// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/avro/model.h"

namespace meshbone::catalog::avro {

/// Sets what a type's `logicalType` makes of it. One that the specification doesn't know, or that doesn't fit its type,
/// means nothing ("implementations must ignore it"), and stays among the properties.
void applyLogicalType(Node& node);

} // namespace meshbone::catalog::avro
