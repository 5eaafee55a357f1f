// SPDX-License-Identifier: Apache-2.0
#include "log/file_system.h"

#include <fmt/format.h>

namespace meshbone::backbone {

Result<std::string> readWholeFile(FileSystem& files, const std::filesystem::path& path, std::size_t maxBytes) {
    auto file = files.open(path, OpenMode::Read);
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto size = (*file)->sizeBytes();
    if (!size) {
        return std::unexpected(size.error());
    }
    if (*size > maxBytes) {
        return fail(ErrorCode::Exhausted,
                    fmt::format("The file '{}' has {} bytes; at most {} make sense.", path.string(), *size, maxBytes));
    }
    std::string content(*size, '\0');
    const auto got = (*file)->readAt(0, content);
    if (!got) {
        return std::unexpected(got.error());
    }
    content.resize(*got);
    return content;
}

Status replaceFile(FileSystem& files, const std::filesystem::path& path, std::string_view content) {
    auto temporary = path;
    temporary += ".tmp";
    auto file = files.open(temporary, OpenMode::Create);
    if (!file) {
        return std::unexpected(file.error());
    }
    // The rename must come after the sync: else a crash can leave the new name on an empty file.
    auto status = (*file)->truncate(0);
    if (status) {
        status = (*file)->writeAt(0, content);
    }
    if (status) {
        status = (*file)->sync();
    }
    if (status) {
        status = files.rename(temporary, path);
    }
    if (!status) {
        (void)files.remove(temporary);
        return status;
    }
    return files.syncDirectory(path.parent_path());
}

} // namespace meshbone::backbone
