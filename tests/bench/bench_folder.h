// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <unistd.h>

namespace meshbone::bench {

/// The meshctl of the build that the running benchmark is of.
inline std::filesystem::path ownMeshctl() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "../bin/meshctl";
}

/// A new folder on the disk that is to be measured. The destructor takes it away and syncs the disk, so that nothing
/// is left to be written when the next thing is measured.
class BenchFolder {
public:
    explicit BenchFolder(const std::filesystem::path& where) {
        auto pattern = (where / "meshbone-bench-XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) {
            throw std::runtime_error("'" + where.string() + "' can't be written.");
        }
        m_path = pattern;
    }
    BenchFolder(const BenchFolder&) = delete;
    BenchFolder& operator=(const BenchFolder&) = delete;
    ~BenchFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(m_path, ignored);
        ::sync();
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace meshbone::bench
