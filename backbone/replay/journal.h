// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <nlohmann/json_fwd.hpp>

#include <filesystem>
#include <memory>
#include <vector>

namespace meshbone::backbone {

/// A run's journal: <state directory>/replays/<run>/journal.jsonl, one JSON object a line, appended only. The file is
/// locked (flock) while its run lives, so that another session can tell a run that goes on from one that crashed.
class Journal {
public:
    /// Makes the run's directory and journal; fails with AlreadyExists, Io or Exhausted.
    static Result<std::unique_ptr<Journal>> create(const std::filesystem::path& directory);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;

    /// Appends one line and waits until it is on disk.
    Status append(const nlohmann::json& line);

    struct Contents {
        std::vector<nlohmann::json> lines; ///< a torn last line, as a crash leaves it, is left out
        bool alive = false;                ///< some process is writing it
    };
    static Result<Contents> read(const std::filesystem::path& directory);

private:
    explicit Journal(int descriptor)
        : m_descriptor(descriptor) {}
    int m_descriptor;
};

/// Replaces a file by a temporary one, each step on disk before the next.
Status writeFileDurably(const std::filesystem::path& path, std::string_view text);

} // namespace meshbone::backbone
