// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace meshbone::catalog {

// Why an enforcer marks a binding in the name of whom it works for: by these an entry of its own is told from theirs.
inline constexpr std::string_view kWhyPutBack = "It was taken away from the backbone, and is put back.";
inline constexpr std::string_view kWhyForgotten = "It is no longer on the backbone.";

} // namespace meshbone::catalog
