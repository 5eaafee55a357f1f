// SPDX-License-Identifier: Apache-2.0
#include "store/file_check.h"

#include <fmt/format.h>

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>

namespace meshbone::lineage {

namespace {
constexpr std::size_t kHeaderBytes = 100, kUserVersionAt = 60, kApplicationIdAt = 68;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

std::uint32_t bigEndian32(const std::array<char, kHeaderBytes>& header, std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        value = (value << 8) | static_cast<std::uint8_t>(header[at + i]);
    }
    return value;
}
} // namespace

Status checkDatabaseFile(const std::filesystem::path& file, int applicationId, int newestVersion) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    if (error || size == 0) {
        return {}; // missing or empty: it will be created; a folder or a forbidden one fails when it is opened
    }
    std::array<char, kHeaderBytes> header{};
    std::ifstream in(file, std::ios::binary);
    if (!in.read(header.data(), kHeaderBytes) || std::string_view(header.data(), kMagic.size()) != kMagic) {
        return fail(
            ErrorCode::Corrupt,
            fmt::format("The file {} isn't a database; move it away to let Meshbone make a new one.", file.string()));
    }
    const auto id = bigEndian32(header, kApplicationIdAt);
    if (id != 0 && id != static_cast<std::uint32_t>(applicationId)) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The database {} isn't one of Meshbone's lineage; move it away or name another file.",
                                file.string()));
    }
    const auto version = bigEndian32(header, kUserVersionAt);
    if (id != 0 && version > static_cast<std::uint32_t>(newestVersion)) {
        return fail(
            ErrorCode::Unsupported,
            fmt::format(
                "The lineage database {} is from a newer Meshbone (version {}, this one knows {}); use that one, "
                "or move the file away to have it built again.",
                file.string(), version, newestVersion));
    }
    return {};
}

} // namespace meshbone::lineage
