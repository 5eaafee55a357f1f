// SPDX-License-Identifier: Apache-2.0
#include "broker/private_file.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

Status makePrivate(const std::filesystem::path& path) {
    std::error_code error;
    std::filesystem::permissions(path, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, error);
    return error ? fail(ErrorCode::Io, fmt::format("Can't make {} private: {}.", path.string(), error.message()))
                 : Status{};
}

} // namespace

Status replacePrivateFile(FileSystem& files, const std::filesystem::path& path, std::string_view content) {
    // The new file is made empty and private first.
    const auto draft = path.string() + ".tmp";
    if (auto made = files.open(draft, OpenMode::Create); !made) {
        return std::unexpected(made.error());
    }
    if (auto hidden = makePrivate(draft); !hidden) {
        return hidden;
    }
    if (auto replaced = replaceFile(files, path, content); !replaced) {
        return replaced;
    }
    return makePrivate(path);
}

} // namespace meshbone::backbone::broker
