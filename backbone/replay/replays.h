// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/inner_admin.h"

#include <backbone/replay.h>

#include <filesystem>
#include <memory>

namespace meshbone::backbone {

/// Replays of one backbone; runs of earlier sessions are read from <stateDirectory>/replays. The folder is made when
/// the first run starts.
Result<std::unique_ptr<Replays>> openReplays(const Profile& profile, std::shared_ptr<InnerAdmin> admin,
                                             const std::filesystem::path& stateDirectory);

} // namespace meshbone::backbone
