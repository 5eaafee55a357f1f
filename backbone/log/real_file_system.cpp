// SPDX-License-Identifier: Apache-2.0
#include "log/file_system.h"

#include <fmt/format.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace meshbone::backbone {
namespace {

namespace fs = std::filesystem;

std::unexpected<Error> systemError(int number, std::string_view what, const fs::path& path) {
    const auto name = path.string();
    switch (number) {
    case ENOENT:
        return fail(ErrorCode::NotFound, fmt::format("There is no '{}'.", name));
    case ENOSPC:
    case EDQUOT:
        return fail(
            ErrorCode::Exhausted,
            fmt::format("The disk is full: '{}' can't be {}. Free some space or shorten retention.", name, what));
    case EROFS:
        return fail(ErrorCode::Io, fmt::format("'{}' can't be {}: the file system is read-only.", name, what));
    case EACCES:
    case EPERM:
        return fail(ErrorCode::Io,
                    fmt::format("'{}' can't be {}: this account may not. Check the owner and the mode.", name, what));
    case EMFILE:
    case ENFILE:
        return fail(ErrorCode::Exhausted,
                    fmt::format("'{}' can't be {}: too many open files. Raise `ulimit -n`.", name, what));
    default:
        return fail(ErrorCode::Io, fmt::format("'{}' can't be {}: {}.", name, what, std::strerror(number)));
    }
}

// What the kernel has not written yet, of all file systems. Unknown counts as much.
constexpr std::uint64_t kMuchUnwrittenBytes = 16U << 20;
std::uint64_t unwrittenBytes() {
    char text[4096];
    const int descriptor = ::open("/proc/meminfo", O_RDONLY | O_CLOEXEC);
    const auto size = descriptor < 0 ? -1 : ::read(descriptor, text, sizeof text);
    if (descriptor >= 0) {
        ::close(descriptor);
    }
    const std::string_view all(text, size > 0 ? static_cast<std::size_t>(size) : 0);
    std::uint64_t kilobytes = 0;
    for (const std::string_view key : {"Dirty:", "Writeback:"}) {
        const auto at = all.find(key);
        if (at == std::string_view::npos) {
            return UINT64_MAX;
        }
        const auto digits = all.find_first_of("0123456789", at);
        std::uint64_t value = 0;
        if (digits != std::string_view::npos) {
            std::from_chars(all.data() + digits, all.data() + all.size(), value);
        }
        kilobytes += value;
    }
    return kilobytes * 1024;
}

class RealFile final : public File {
public:
    RealFile(int descriptor, fs::path path)
        : m_descriptor(descriptor)
        , m_path(std::move(path)) {}
    RealFile(const RealFile&) = delete;
    RealFile& operator=(const RealFile&) = delete;
    ~RealFile() override { ::close(m_descriptor); }

    Result<std::size_t> readAt(std::uint64_t position, std::span<char> to) const override {
        std::size_t done = 0;
        while (done < to.size()) {
            const auto got =
                ::pread(m_descriptor, to.data() + done, to.size() - done, static_cast<off_t>(position + done));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return systemError(errno, "read", m_path);
            }
            if (got == 0) {
                break;
            }
            done += static_cast<std::size_t>(got);
        }
        return done;
    }

    void readAhead(std::uint64_t position, std::uint64_t sizeBytes) const override {
        ::posix_fadvise(m_descriptor, static_cast<off_t>(position), static_cast<off_t>(sizeBytes), POSIX_FADV_WILLNEED);
    }

    Status writeAt(std::uint64_t position, std::string_view bytes) override {
        while (!bytes.empty()) {
            const auto put = ::pwrite(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(position));
            if (put < 0 && errno == EINTR) {
                continue;
            }
            if (put < 0) {
                return systemError(errno, "written", m_path);
            }
            bytes.remove_prefix(static_cast<std::size_t>(put));
            position += static_cast<std::uint64_t>(put);
        }
        return {};
    }

    Status truncate(std::uint64_t sizeBytes) override {
        return check(::ftruncate(m_descriptor, static_cast<off_t>(sizeBytes)), "shortened");
    }
    Status reserve(std::uint64_t sizeBytes) override {
        const int status = ::fallocate(m_descriptor, FALLOC_FL_KEEP_SIZE, 0, static_cast<off_t>(sizeBytes));
        return status != 0 && errno == EOPNOTSUPP ? Status{} : check(status, "given its space");
    }
    Status sync() override { return check(::fdatasync(m_descriptor), "synced"); }

    Result<std::uint64_t> sizeBytes() const override {
        struct stat info {};
        if (::fstat(m_descriptor, &info) != 0) {
            return systemError(errno, "examined", m_path);
        }
        return static_cast<std::uint64_t>(info.st_size);
    }

private:
    Status check(int status, std::string_view what) const {
        return status == 0 ? Status{} : Status(systemError(errno, what, m_path));
    }

    int m_descriptor;
    fs::path m_path; // for the sentences
};

class RealLock final : public DirectoryLock {
public:
    explicit RealLock(int descriptor)
        : m_descriptor(descriptor) {}
    RealLock(const RealLock&) = delete;
    RealLock& operator=(const RealLock&) = delete;
    ~RealLock() override { ::close(m_descriptor); }

private:
    int m_descriptor;
};

class RealFileSystem final : public FileSystem {
public:
    Result<std::shared_ptr<File>> open(const fs::path& path, OpenMode mode) override {
        const int flags = mode == OpenMode::Read ? O_RDONLY : mode == OpenMode::Write ? O_RDWR : O_RDWR | O_CREAT;
        const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            return systemError(errno, mode == OpenMode::Create ? "created" : "opened", path);
        }
        return std::make_shared<RealFile>(descriptor, path);
    }

    Result<std::vector<DirectoryEntry>> list(const fs::path& directory) override {
        DIR* stream = ::opendir(directory.c_str());
        if (stream == nullptr) {
            return systemError(errno, "listed", directory);
        }
        std::vector<DirectoryEntry> entries;
        while (const dirent* entry = ::readdir(stream)) {
            const std::string_view name(entry->d_name);
            if (name == "." || name == "..") {
                continue;
            }
            bool isDirectory = entry->d_type == DT_DIR;
            if (entry->d_type == DT_UNKNOWN) {
                isDirectory = fs::is_directory(directory / name);
            }
            entries.push_back({std::string(name), isDirectory});
        }
        ::closedir(stream);
        return entries;
    }

    bool exists(const fs::path& path) override { return ::access(path.c_str(), F_OK) == 0; }

    Status createDirectories(const fs::path& directory) override {
        std::error_code error;
        fs::create_directories(directory, error);
        return error ? Status(systemError(error.value(), "created", directory)) : Status{};
    }
    Status rename(const fs::path& from, const fs::path& to) override {
        return ::rename(from.c_str(), to.c_str()) == 0 ? Status{} : Status(systemError(errno, "renamed", from));
    }
    Status remove(const fs::path& file) override {
        return ::unlink(file.c_str()) == 0 || errno == ENOENT ? Status{} : Status(systemError(errno, "removed", file));
    }
    Status removeTree(const fs::path& directory) override {
        std::error_code error;
        fs::remove_all(directory, error);
        return error ? Status(systemError(error.value(), "removed", directory)) : Status{};
    }

    Status syncDirectory(const fs::path& directory) override {
        const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (descriptor < 0) {
            return systemError(errno, "opened", directory);
        }
        const int status = ::fsync(descriptor);
        const int number = errno;
        ::close(descriptor);
        return status == 0 ? Status{} : Status(systemError(number, "synced", directory));
    }

    Result<bool> syncWhole(const fs::path& directory, SyncEffort effort) override {
        if (effort == SyncEffort::IfCheap && unwrittenBytes() > kMuchUnwrittenBytes) {
            return false;
        }
        // Opened before the writes that it covers by whoever called first, and kept: errors are told per open file.
        const std::lock_guard lock(m_wholeMutex);
        if (m_wholeOf != directory) {
            if (m_whole >= 0) {
                ::close(m_whole);
            }
            m_whole = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            m_wholeOf = directory;
            return false;
        }
        if (m_whole < 0 || ::syncfs(m_whole) != 0) {
            return systemError(errno, "synced", directory);
        }
        return true;
    }

    Result<std::unique_ptr<DirectoryLock>> lock(const fs::path& lockFile) override {
        const int descriptor = ::open(lockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (descriptor < 0) {
            return systemError(errno, "created", lockFile);
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const int number = errno;
            ::close(descriptor);
            if (number == EWOULDBLOCK) {
                return fail(ErrorCode::Locked,
                            fmt::format("The data directory '{}' is in use by another Meshbone. Close that one, or "
                                        "choose another directory.",
                                        lockFile.parent_path().string()));
            }
            return systemError(number, "locked", lockFile);
        }
        return std::make_unique<RealLock>(descriptor);
    }

private:
    std::mutex m_wholeMutex; // guards the next two
    int m_whole = -1;
    fs::path m_wholeOf;
};

} // namespace

FileSystem& realFileSystem() {
    static RealFileSystem system;
    return system;
}

} // namespace meshbone::backbone
