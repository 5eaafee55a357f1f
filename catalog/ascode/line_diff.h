// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "yaml/yaml_text.h"

#include <catalog/access_file_plan.h>

namespace meshbone::catalog {

/// The shortest difference of two texts, line by line; what is removed before what is added. Of very long ones only
/// that they differ: all lines out, all in.
std::vector<DiffLine> differenceOf(const Lines& before, const Lines& after);

} // namespace meshbone::catalog
