// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <backbone/types.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace meshbone::lineage {

struct ProcessLimits {
    std::size_t memoryBytes = std::size_t{1} << 30; ///< address space; not under a sanitizer, which needs terabytes
    std::size_t maxOutputBytes = 0;
};

/// Runs `program --layout-worker` with `input` as its standard input and returns its standard output. Blocks up to the
/// deadline; the process is then killed, and in every case reaped. Fails with Timeout, Cancelled, Unavailable (it can't
/// be started, or it died: the sentence says of what) or Exhausted (it says more than `maxOutputBytes`). Thread-safe.
Result<std::string> runWorker(const std::filesystem::path& program, std::string_view input, const ProcessLimits& limits,
                              const CallOptions& options);

} // namespace meshbone::lineage
