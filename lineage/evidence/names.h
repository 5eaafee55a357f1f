// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/hooks.h>

#include <optional>
#include <string_view>

namespace meshbone::lineage {

/// The spelling of operations and resource kinds in the record's format: fixed, whatever a window shows.
std::string_view formatName(backbone::Operation operation);
std::string_view formatName(backbone::ResourceKind kind);
std::optional<backbone::Operation> operationFrom(std::string_view name);
std::optional<backbone::ResourceKind> resourceKindFrom(std::string_view name);

} // namespace meshbone::lineage
