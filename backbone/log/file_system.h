// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

/// An open file. Reads and writes at positions may come from several threads at once; shared, so that a file which
/// the cache closed or the log deleted stays readable for whoever still holds it.
class File {
public:
    virtual ~File() = default;
    /// Fills `to` from `position`; fewer bytes only at the end of the file.
    virtual Result<std::size_t> readAt(std::uint64_t position, std::span<char> to) const = 0;
    /// Lets the system begin to read bytes that will be wanted soon. A hint: returns at once, never an error.
    virtual void readAhead(std::uint64_t /*position*/, std::uint64_t /*sizeBytes*/) const {}
    /// Writes all or fails; after a failure some of the bytes may be there. Exhausted when the disk is full.
    virtual Status writeAt(std::uint64_t position, std::string_view bytes) = 0;
    /// Also gives back what was reserved past it.
    virtual Status truncate(std::uint64_t sizeBytes) = 0;
    /// Reserves the disk's space up to `sizeBytes` without changing the file's size; succeeds where the file system
    /// knows no such thing. Exhausted when there isn't so much.
    virtual Status reserve(std::uint64_t /*sizeBytes*/) { return {}; }
    /// Returns when the file's bytes and its size are on the disk (fdatasync).
    virtual Status sync() = 0;
    [[nodiscard]] virtual Result<std::uint64_t> sizeBytes() const = 0;
};

enum class OpenMode : std::uint8_t {
    Read,   ///< NotFound when it is not there
    Write,  ///< for reading too; NotFound when it is not there
    Create, ///< for reading and writing; made when it is not there, kept when it is
};

enum class SyncEffort : std::uint8_t { IfCheap, Any };

struct DirectoryEntry {
    std::string name;
    bool directory = false;
};

/// Held for as long as the process uses the data directory; released by the destructor.
class DirectoryLock {
public:
    virtual ~DirectoryLock() = default;
};

/// The operating system's files as the log needs them: the seam at which tests lose unsynced bytes, tear writes, fail
/// and fill the disk. Any thread. Errors: NotFound, Exhausted (disk full), Locked, else Io, each with a sentence that
/// names the file.
class FileSystem {
public:
    virtual ~FileSystem() = default;
    virtual Result<std::shared_ptr<File>> open(const std::filesystem::path& path, OpenMode mode) = 0;
    virtual Result<std::vector<DirectoryEntry>> list(const std::filesystem::path& directory) = 0;
    [[nodiscard]] virtual bool exists(const std::filesystem::path& path) = 0;
    virtual Status createDirectories(const std::filesystem::path& directory) = 0;
    /// Replaces what stands at `to`. Durable once the directory is synced.
    virtual Status rename(const std::filesystem::path& from, const std::filesystem::path& to) = 0;
    /// Removing what is not there succeeds.
    virtual Status remove(const std::filesystem::path& file) = 0;
    virtual Status removeTree(const std::filesystem::path& directory) = 0;
    /// Makes created, renamed and removed entries of a directory durable.
    virtual Status syncDirectory(const std::filesystem::path& directory) = 0;
    /// Syncs everything that was written in the file system of `directory` before the call, files and names. With
    /// IfCheap only if that costs about as little as syncing ours: false, and nothing done, when it has much unwritten
    /// that isn't ours. False also at the first call, which only begins to watch for errors.
    virtual Result<bool> syncWhole(const std::filesystem::path& directory, SyncEffort effort) = 0;
    /// Locked when another process, or another owner in this one, holds it.
    virtual Result<std::unique_ptr<DirectoryLock>> lock(const std::filesystem::path& lockFile) = 0;
};

/// The real one (Linux). Stateless; lives as long as the program.
FileSystem& realFileSystem();

/// The whole content of a small file; Exhausted when it is larger than `maxBytes`.
Result<std::string> readWholeFile(FileSystem& files, const std::filesystem::path& path,
                                  std::size_t maxBytes = 256U << 20);

/// Replaces a small file so that a crash at any point leaves the old or the new content: writes `<path>.tmp`, syncs
/// it, renames it, syncs the directory.
Status replaceFile(FileSystem& files, const std::filesystem::path& path, std::string_view content);

} // namespace meshbone::backbone
