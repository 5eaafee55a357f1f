// SPDX-License-Identifier: Apache-2.0
#include "replay/journal.h"

#include "replay/replay_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

namespace meshbone::backbone {

namespace {

constexpr const char* kName = "journal.jsonl";

std::unexpected<Error> ioError(std::string_view doing, const std::filesystem::path& path, int problem) {
    const auto code = problem == ENOSPC || problem == EDQUOT ? ErrorCode::Exhausted : ErrorCode::Io;
    return fail(code, fmt::format("Could not {} '{}': {}.", doing, path.string(), std::strerror(problem)));
}

Status writeAll(int descriptor, std::string_view text, const std::filesystem::path& path) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return ioError("write to", path, errno);
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    if (::fdatasync(descriptor) != 0) {
        return ioError("flush", path, errno);
    }
    return {};
}

/// A new file is safe only when its directory is.
void syncDirectory(const std::filesystem::path& directory) {
    if (const int descriptor = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); descriptor >= 0) {
        ::fsync(descriptor);
        ::close(descriptor);
    }
}

} // namespace

Result<std::unique_ptr<Journal>> Journal::create(const std::filesystem::path& directory) {
    std::error_code problem;
    std::filesystem::create_directories(directory, problem);
    if (problem) {
        return ioError("make the folder", directory, problem.value());
    }
    const auto path = directory / kName;
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return ioError("make", path, errno);
    }
    std::unique_ptr<Journal> journal(new Journal(descriptor));
    if (::flock(descriptor, LOCK_EX) != 0) {
        return ioError("lock", path, errno);
    }
    syncDirectory(directory);
    syncDirectory(directory.parent_path());
    return journal;
}

Journal::~Journal() {
    ::close(m_descriptor);
}

Status Journal::append(const nlohmann::json& line) {
    return writeAll(m_descriptor, jsonText(line) + '\n', kName);
}

Result<Journal::Contents> Journal::read(const std::filesystem::path& directory) {
    const auto path = directory / kName;
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return ioError("open", path, errno);
    }
    Contents contents;
    contents.alive =
        ::flock(descriptor, LOCK_SH | LOCK_NB) != 0; // before reading: an end that comes after is read next time
    ::close(descriptor);
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        auto json = nlohmann::json::parse(line, nullptr, false);
        if (json.is_discarded() || !json.is_object()) {
            break; // torn; nothing behind it can be trusted
        }
        contents.lines.push_back(std::move(json));
    }
    if (contents.lines.empty()) {
        return fail(ErrorCode::Corrupt, fmt::format("'{}' holds no line that can be read.", path.string()));
    }
    return contents;
}

Status writeFileDurably(const std::filesystem::path& path, std::string_view text) {
    auto temporary = path;
    temporary += ".tmp";
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return ioError("make", temporary, errno);
    }
    const auto written = writeAll(descriptor, text, temporary);
    ::close(descriptor);
    if (!written) {
        return written;
    }
    std::error_code problem;
    std::filesystem::rename(temporary, path, problem);
    if (problem) {
        return ioError("rename", temporary, problem.value());
    }
    syncDirectory(path.parent_path());
    return {};
}

} // namespace meshbone::backbone
