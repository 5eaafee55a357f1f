// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/profile_book.h"

#include <filesystem>
#include <functional>
#include <string>

namespace meshbone::app {

/// The window's book of profiles on the file of a data directory. `open` is told which one to open next.
ui::ProfileBook profileBook(const std::filesystem::path& dataDirectory, std::function<void(const std::string&)> open);

} // namespace meshbone::app
