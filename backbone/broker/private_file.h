// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

namespace meshbone::backbone::broker {

/// Replaces a small file whole or not at all, as replaceFile() does, with mode 0600; what is in it is never in a file
/// that others may read.
Status replacePrivateFile(FileSystem& files, const std::filesystem::path& path, std::string_view content);

} // namespace meshbone::backbone::broker
