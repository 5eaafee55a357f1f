// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

/// References of a schema as one text, whatever their names are made of: each "<length>:<name><length>:<subject>
/// <version>;", without the space.
std::string referenceText(const std::vector<SchemaReference>& references);
/// Nothing where it is no such text.
std::optional<std::vector<SchemaReference>> referencesOf(std::string_view text);

} // namespace meshbone::catalog
