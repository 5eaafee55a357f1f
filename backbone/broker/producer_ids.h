// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <backbone/types.h>

#include <filesystem>

namespace meshbone::backbone::broker {

/// Gives out producer ids, each once in the life of the data directory. A block is reserved on disk before its first id
/// is given out, so that a crash skips ids and never repeats one. Loop thread only once it is open.
class ProducerIds {
public:
    static Result<ProducerIds> open(FileSystem& files, std::filesystem::path path);
    Result<ProducerId> next();

private:
    ProducerIds(FileSystem& files, std::filesystem::path path, std::int64_t firstFree)
        : m_files(&files)
        , m_path(std::move(path))
        , m_next(firstFree)
        , m_reserved(firstFree) {}

    static constexpr std::int64_t kBlock = 1'000;
    FileSystem* m_files;
    std::filesystem::path m_path;
    std::int64_t m_next;
    std::int64_t m_reserved; ///< ids below are reserved on disk
};

} // namespace meshbone::backbone::broker
