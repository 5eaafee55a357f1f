// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>

namespace meshbone::bench {

/// The path of the running program.
std::filesystem::path ownProgram();

/// A folder for a benchmark: the one that is named and kept, or a new one that goes with this object.
class BenchFolder {
public:
    explicit BenchFolder(const std::string& kept);
    ~BenchFolder();
    BenchFolder(const BenchFolder&) = delete;
    BenchFolder& operator=(const BenchFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] std::filesystem::path data() const { return m_path / "data"; }

private:
    std::filesystem::path m_path;
    bool m_kept;
};

/// This program started again for one visit, offscreen, with a profile of its own. Ended with this object.
class Visitor {
public:
    Visitor(const std::string& page, const std::filesystem::path& dataDirectory);
    ~Visitor();
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;
    /// The next line that it prints; empty when it has ended or takes more than five minutes.
    [[nodiscard]] std::string line() const;

private:
    std::filesystem::path m_home;
    pid_t m_process = -1;
    int m_output = -1;
};

} // namespace meshbone::bench
