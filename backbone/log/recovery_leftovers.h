// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"
#include "log/log_files.h"

namespace meshbone::backbone {

/// Cases R1 to R3 of recoverLog's table: removes leftovers, finishes swaps. Returns what is there afterwards.
Result<LogFiles> clearLeftovers(FileSystem& files, const std::filesystem::path& directory);

} // namespace meshbone::backbone
