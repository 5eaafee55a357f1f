// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/checkpoint_lines.h"
#include "log/file_system.h"

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <mutex>

namespace meshbone::backbone {

/// What a data directory's checkpoints say of its logs. They go by name, as Kafka's do.
struct Checkpoints {
    OffsetCheckpoint recoveryPoints; ///< below it everything is on the disk in the log's own files
    OffsetCheckpoint logStarts;      ///< absent: 0
    OffsetCheckpoint cleanerPoints;  ///< absent: 0
};

/// The files of Checkpoints. Any thread; writes follow each other.
class CheckpointFiles {
public:
    CheckpointFiles(FileSystem& files, std::filesystem::path root)
        : m_files(files)
        , m_root(std::move(root)) {}

    /// A file that is missing or damaged has nothing in it: that costs a longer recovery, nothing else.
    [[nodiscard]] Checkpoints read() const;
    /// To be drawn when the values are taken: what was taken later is never overwritten by what was taken earlier.
    [[nodiscard]] std::uint64_t nextNumber() { return ++m_number; }
    Status write(const Checkpoints& taken, std::uint64_t number);

private:
    FileSystem& m_files;
    std::filesystem::path m_root;
    std::atomic<std::uint64_t> m_number = 0;
    std::mutex m_mutex; // guards m_written and the files
    std::uint64_t m_written = 0;
};

} // namespace meshbone::backbone
