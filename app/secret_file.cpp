// SPDX-License-Identifier: Apache-2.0
#include "secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace meshbone::app {

namespace {

std::unexpected<Error> osError(const std::filesystem::path& path, std::string_view what) {
    const int number = errno;
    const auto code = number == ENOSPC || number == EDQUOT ? ErrorCode::Exhausted
                      : number == ENOENT                   ? ErrorCode::NotFound
                                                           : ErrorCode::Io;
    return fail(code, std::string(what) + " '" + path.string() + "': " + std::strerror(number) + ".");
}

bool writeAll(int descriptor, std::string_view content) {
    while (!content.empty()) {
        const auto written = ::write(descriptor, content.data(), content.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

} // namespace

Status writePrivateFile(const std::filesystem::path& path, std::string_view content) {
    const auto temporary = path.string() + ".new";
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return osError(path, "Can't write");
    }
    // An older temporary file may have had another mode; the content must never be readable by others.
    const bool written =
        ::fchmod(descriptor, 0600) == 0 && writeAll(descriptor, content) && ::fdatasync(descriptor) == 0;
    const int failure = errno;
    ::close(descriptor);
    if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) {
        errno = written ? errno : failure;
        auto error = osError(path, "Can't write");
        ::unlink(temporary.c_str());
        return error;
    }
    return {};
}

Result<std::string> readSmallFile(const std::filesystem::path& path, std::size_t maxBytes) {
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return osError(path, "Can't read");
    }
    std::string content(maxBytes + 1, '\0');
    errno = 0;
    file.read(content.data(), static_cast<std::streamsize>(content.size()));
    if (file.bad()) { // a folder can be opened, but not read
        errno = errno == 0 ? EIO : errno;
        return osError(path, "Can't read");
    }
    content.resize(static_cast<std::size_t>(file.gcount()));
    if (content.size() > maxBytes) {
        return fail(ErrorCode::Corrupt, "'" + path.string() + "' is larger than such a file can be; it was not read.");
    }
    return content;
}

} // namespace meshbone::app
