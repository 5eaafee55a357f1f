// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

namespace meshbone::catalog::protobuf {

/// google/type/*.proto ("google/type/money.proto"): Confluent's clients don't register them with what imports them,
/// since its registry has them. Nothing for another name.
std::optional<std::string_view> googleType(std::string_view name);

} // namespace meshbone::catalog::protobuf
