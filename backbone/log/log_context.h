// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace meshbone::backbone {

class FileCache;
class FileSystem;
class PartitionLog;

/// What a log needs of the directory that owns it. All but `warn` are called on the loop thread.
struct LogContext {
    FileSystem& files;
    FileCache& cache;
    std::filesystem::path root;
    std::function<void(PartitionLog&)> dirty;                   ///< put me on this turn's dirty list
    std::function<void(std::move_only_function<void()>)> later; ///< run this in the background, off the loop
    std::function<void()> settle;              ///< blocks until no journal has what a log's own files may lack
    std::function<void(PartitionLog&)> failed; ///< I take nothing any more
    std::function<void(std::string)> warn;     ///< tell the person; any thread
};

} // namespace meshbone::backbone
