// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/replay.h>

#include <filesystem>

namespace meshbone::backbone {

/// A run as its journal tells of it. One without an end is Crashed, unless another process still writes it.
struct PastRun {
    RunStatus status;
    Manifest manifest;
    bool alive = false;
};
Result<PastRun> readPastRun(const std::filesystem::path& directory);

/// The runs of a folder, newest first, at most `most`. What can't be read is left out: one damaged journal must not
/// hide the others.
std::vector<PastRun> readPastRuns(const std::filesystem::path& folder, std::size_t most);

RunStatus statusOf(const Manifest& manifest);

} // namespace meshbone::backbone
