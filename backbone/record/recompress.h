// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"

#include <optional>
#include <string>

namespace meshbone::backbone {

/// The same batch with its records in another codec, its length and sum made anew. `level`: the codec's own scale;
/// none: its usual one. Fails with Corrupt when the records can't be unfolded or are not whole, Exhausted when they
/// unfold too far.
Result<std::string> recompressed(const BatchView& batch, Codec codec, std::optional<int> level = std::nullopt);

} // namespace meshbone::backbone
