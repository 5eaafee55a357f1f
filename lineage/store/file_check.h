// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <filesystem>

namespace meshbone::lineage {

/// Looks at a database file's first 100 bytes (sqlite.org/fileformat2, "The Database Header") without opening it as a
/// database, so that one that isn't ours is not touched in any way. Fine: missing, empty, or ours so far.
Status checkDatabaseFile(const std::filesystem::path& file, int applicationId, int newestVersion);

} // namespace meshbone::lineage
