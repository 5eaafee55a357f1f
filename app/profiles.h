// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/known_cluster.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::app {

// The clusters that a data directory knows, in its file profiles.json. Passwords stand in it, so only its owner may
// read it (0600). Every change reads the file anew and replaces it whole: two programs may work on one directory.

/// The embedded backbone's profile, which is always there and never in the file.
inline constexpr std::string_view kEmbeddedProfile = "embedded";

struct ProfileList {
    std::vector<backbone::KnownCluster> clusters; ///< by name
    std::string lastUsed{kEmbeddedProfile};       ///< opened when nobody says otherwise; always one that is there
};

std::filesystem::path profilesFile(const std::filesystem::path& dataDirectory);

/// Nothing but the embedded one where there is no file yet. Corrupt, with the file's name, where it isn't ours to read.
Result<ProfileList> readProfiles(const std::filesystem::path& dataDirectory);
/// NotFound names those that are there.
Result<backbone::KnownCluster> profileNamed(const std::filesystem::path& dataDirectory, const std::string& name);

/// Adds the profile, or replaces the one of its name. InvalidArgument for one that can't work (validateProfile says
/// why), for the name "embedded", and for a name whose folder another profile has.
Status saveProfile(const std::filesystem::path& dataDirectory, const backbone::KnownCluster& cluster);
/// What was kept about the cluster (clusters/<name>/) stays. NotFound where there is none.
Status removeProfile(const std::filesystem::path& dataDirectory, const std::string& name);
/// The one to open next time. A name that is not there is no matter.
Status rememberProfile(const std::filesystem::path& dataDirectory, const std::string& name);

} // namespace meshbone::app
