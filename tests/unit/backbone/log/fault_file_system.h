// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>

namespace meshbone::backbone::test {

/// A file system in memory that knows what a disk would really have: bytes count as durable once their file was
/// synced, names once their directory was. It can lose and tear what is not durable, fail at a chosen operation, stop
/// ("the power is off") after so many changes, and fill up. Thread-safe, as the real one.
class FaultFileSystem final : public FileSystem {
public:
    FaultFileSystem();
    ~FaultFileSystem() override;

    // ---- FileSystem ----
    Result<std::shared_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) override;
    Result<std::vector<DirectoryEntry>> list(const std::filesystem::path& directory) override;
    bool exists(const std::filesystem::path& path) override;
    Status createDirectories(const std::filesystem::path& directory) override;
    Status rename(const std::filesystem::path& from, const std::filesystem::path& to) override;
    Status remove(const std::filesystem::path& file) override;
    Status removeTree(const std::filesystem::path& directory) override;
    Status syncDirectory(const std::filesystem::path& directory) override;
    Result<bool> syncWhole(const std::filesystem::path& directory, SyncEffort effort) override;
    Result<std::unique_ptr<DirectoryLock>> lock(const std::filesystem::path& lockFile) override;

    // ---- faults ----
    /// The power goes: what is durable stays; of the rest a random part, page by page and change by change. Nothing
    /// that is open may be used after. `keepNothing`: the rest is lost completely.
    void losePower(std::mt19937& random, bool keepNothing = false);
    /// After so many more changes every call fails with Io, as if the machine were off; until restored.
    void stopAfter(std::int64_t changes);
    void restore();
    [[nodiscard]] bool stopped() const;
    /// The next sync of a file whose name ends so fails once with Io.
    void failNextSync(std::string suffix);
    /// No more than so many bytes in all files; none: no limit.
    void setCapacity(std::optional<std::uint64_t> bytes);
    [[nodiscard]] std::uint64_t usedBytes() const;
    [[nodiscard]] std::int64_t changes() const;

    // ---- looking and touching from outside ----
    [[nodiscard]] std::string content(const std::filesystem::path& path) const;
    void setContent(const std::filesystem::path& path, std::string bytes); ///< durable at once
    [[nodiscard]] std::vector<std::string> names(const std::filesystem::path& directory) const;

private:
    friend class FaultFile;
    struct Inode {
        std::string now;
        std::string durable;
    };
    using Names = std::map<std::string, std::shared_ptr<Inode>>; // null: a directory

    struct Change { // of a name, not durable yet
        std::string path;
        std::shared_ptr<Inode> inode;
        bool present = false;
        std::int64_t operation = 0; // of one rename all changes are durable or none
    };

    Status change();
    void setName(const std::string& path, std::shared_ptr<Inode> inode, bool present);
    /// The first `count` pending changes become durable, and what else belongs to the last one's operation.
    void makeDurable(std::size_t count);
    [[nodiscard]] static std::string afterPowerLoss(const Inode& inode, std::mt19937& random, bool keepNothing);

    mutable std::mutex m_mutex; // guards everything
    Names m_now;
    Names m_durable;
    std::vector<Change> m_pending;
    std::set<std::string> m_locked;
    std::optional<std::int64_t> m_left;
    bool m_stopped = false;
    std::string m_failSync;
    std::optional<std::uint64_t> m_capacity;
    std::uint64_t m_used = 0;
    std::int64_t m_changes = 0;
};

} // namespace meshbone::backbone::test
