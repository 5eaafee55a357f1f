// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "yaml/yaml_text.h"

#include <catalog/schema.h>

#include <span>

namespace meshbone::catalog {

/// The list of properties that a schema's fields make, as lines of YAML under "properties:".
/// `tellsRequired`: whether a field that isn't optional is one that must be there.
Lines propertyLines(std::span<const SchemaField> fields, bool tellsRequired);

} // namespace meshbone::catalog
