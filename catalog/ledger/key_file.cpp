// SPDX-License-Identifier: Apache-2.0
#include "ledger/key_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kMaxKeyFileBytes = 16'384;

class Descriptor {
public:
    explicit Descriptor(int fd)
        : m_fd(fd) {}
    ~Descriptor() {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return m_fd; }

private:
    int m_fd;
};

std::unexpected<Error> ioFailed(const char* what, const std::filesystem::path& path) {
    return fail(ErrorCode::Io,
                fmt::format("The key file '{}' could not be {}: {}.", path.string(), what, std::strerror(errno)));
}

Status checkMode(const struct stat& info, const std::filesystem::path& path) {
    if (!S_ISREG(info.st_mode)) {
        return fail(ErrorCode::Corrupt, fmt::format("The key file '{}' isn't a file.", path.string()));
    }
    if (info.st_uid != ::geteuid()) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("The key file '{}' belongs to another user; use a key of your own.", path.string()));
    }
    if ((info.st_mode & 0177) != 0) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("The key file '{0}' has mode {1:04o}, so others could sign in your name; run "
                                "'chmod 600 {0}', and enrol a new key if somebody may have read it.",
                                path.string(), info.st_mode & 07777));
    }
    return {};
}

Result<std::string> readAll(int fd, const std::filesystem::path& path) {
    std::string text;
    char buffer[4096];
    while (text.size() <= kMaxKeyFileBytes) {
        const ssize_t count = ::read(fd, buffer, sizeof buffer);
        if (count == 0) {
            return text;
        }
        if (count < 0 && errno != EINTR) {
            return ioFailed("read", path);
        }
        text.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return fail(ErrorCode::Corrupt, fmt::format("The key file '{}' is too large for a key.", path.string()));
}

Result<SigningKey> readKey(int fd, const std::filesystem::path& path) {
    struct stat info {};
    if (::fstat(fd, &info) != 0) {
        return ioFailed("read", path);
    }
    if (auto mode = checkMode(info, path); !mode) {
        return std::unexpected(mode.error());
    }
    auto text = readAll(fd, path);
    if (!text) {
        return std::unexpected(text.error());
    }
    auto key = SigningKey::fromPem(*text);
    if (!key) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The key file '{}' can't be used. {} Restore it, or move it away and enrol a new key.",
                                path.string(), key.error().message));
    }
    return key;
}

Status writeAll(int fd, std::string_view text, const std::filesystem::path& path) {
    while (!text.empty()) {
        const ssize_t count = ::write(fd, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return ioFailed("written", path);
        }
        text.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
    }
    return ::fsync(fd) == 0 ? Status{} : ioFailed("written", path);
}

/// Makes the key under a name of its own and links it to `path`: the final name never stands for half a key, and
/// link(2) refuses to replace one that another process made meanwhile (that one is then used).
Status createKey(const std::filesystem::path& path) {
    auto key = SigningKey::generate();
    auto pem = key ? key->toPem() : std::unexpected(key.error());
    if (!pem) {
        return std::unexpected(pem.error());
    }
    const std::string draft = fmt::format("{}.new-{}", path.string(), ::getpid());
    ::unlink(draft.c_str()); // of a process of the same number that died in between
    Status written;
    {
        const Descriptor file(::open(draft.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600));
        written = file.get() < 0 ? Status(ioFailed("made", path)) : writeAll(file.get(), *pem, path);
        if (written && ::link(draft.c_str(), path.c_str()) != 0 && errno != EEXIST) {
            written = ioFailed("made", path);
        }
    }
    ::unlink(draft.c_str());
    const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (written && (directory.get() < 0 || ::fsync(directory.get()) != 0)) {
        return ioFailed("made", path);
    }
    return written;
}

} // namespace

Result<SigningKey> openKeyFile(const std::filesystem::path& path) {
    for (const bool mayCreate : {true, false}) {
        const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
        if (file.get() >= 0) {
            return readKey(file.get(), path);
        }
        if (errno != ENOENT || !mayCreate) {
            break;
        }
        if (auto created = createKey(path); !created) {
            return std::unexpected(created.error());
        }
    }
    return ioFailed("opened", path);
}

} // namespace meshbone::catalog
