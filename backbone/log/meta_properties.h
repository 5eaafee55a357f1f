// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <string>

namespace meshbone::backbone {

/// meta.properties: whose data directory this is. Kafka's keys (version 1) and meshbone.version, which says that the
/// directory is ours and how new. Value type.
struct MetaProperties {
    static constexpr int kOurVersion = 1;
    std::string clusterId; ///< 22 characters, as Kafka spells a uuid
    std::string directoryId;
    std::string nodeId = "1";
};

/// Reads it, or makes it in an empty directory. Corrupt, with a sentence, when the directory holds something else, is
/// Kafka's own, was written by a newer Meshbone, or the file is damaged; nothing is written then.
Result<MetaProperties> openMetaProperties(FileSystem& files, const std::filesystem::path& root);

} // namespace meshbone::backbone
