// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <filesystem>
#include <system_error>

namespace meshbone::app {

/// A folder that is gone when this is, among the system's for temporary files: for a projection of its own, so that a
/// desktop that is open is not disturbed. Its path is empty where none could be made.
class ScratchFolder {
public:
    ScratchFolder() {
        auto name = (std::filesystem::temp_directory_path() / "meshctl-XXXXXX").string();
        if (::mkdtemp(name.data()) != nullptr) {
            m_path = name;
        }
    }
    ~ScratchFolder() {
        std::error_code ignored;
        if (!m_path.empty()) {
            std::filesystem::remove_all(m_path, ignored);
        }
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

} // namespace meshbone::app
