// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/capabilities.h>
#include <backbone/known_cluster.h>

#include <functional>
#include <string>
#include <vector>

namespace meshbone::ui {

/// The clusters that the desktop knows beside the embedded backbone, and what can be done with them. Wired by app; a
/// function that is empty is not offered.
struct ProfileBook {
    std::function<Result<std::vector<backbone::KnownCluster>>()> clusters = {}; ///< by name; a small file is read
    /// Adds it, or replaces the one of its name. Blocks: called from a job, as remove().
    std::function<Status(const backbone::KnownCluster&)> save = {};
    std::function<Status(const std::string& name)> remove = {};
    /// Closes what is open and opens this one, or the embedded backbone. Returns at once; GUI thread.
    std::function<void(const std::string& name)> open = {};
    /// Blocks: called from a job.
    std::function<Result<backbone::Capabilities>(const backbone::Profile&, const CallOptions&)> test = {};
    std::string file = {}; ///< where they and their passwords are kept
};

inline constexpr std::string_view kEmbeddedName = "embedded"; ///< the profile that is always there

} // namespace meshbone::ui
