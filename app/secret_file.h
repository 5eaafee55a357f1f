// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <filesystem>
#include <string>
#include <string_view>

namespace meshbone::app {

/// Writes a file that only its owner may read (0600), whole or not at all: a temporary file is synced, then renamed.
/// Fails with Io (read-only, no such folder) or Exhausted (disk full).
Status writePrivateFile(const std::filesystem::path& path, std::string_view content);

/// Reads a file of at most `maxBytes`. Fails with NotFound, Io, or Corrupt when it is larger.
Result<std::string> readSmallFile(const std::filesystem::path& path, std::size_t maxBytes = 1 << 20);

} // namespace meshbone::app
