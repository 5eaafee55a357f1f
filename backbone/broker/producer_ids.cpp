// SPDX-License-Identifier: Apache-2.0
#include "broker/producer_ids.h"

#include <fmt/format.h>

#include <charconv>

namespace meshbone::backbone::broker {

namespace {
constexpr std::string_view kPrefix = "meshbone-producer-ids 1\n";
}

Result<ProducerIds> ProducerIds::open(FileSystem& files, std::filesystem::path path) {
    if (!files.exists(path)) {
        return ProducerIds(files, std::move(path), 0);
    }
    const auto content = readWholeFile(files, path);
    if (!content) {
        return std::unexpected(content.error());
    }
    std::string_view text = *content;
    std::int64_t firstFree = -1;
    if (text.starts_with(kPrefix)) {
        text.remove_prefix(kPrefix.size());
        std::from_chars(text.data(), text.data() + text.size(), firstFree);
    }
    if (firstFree < 0) {
        return fail(
            ErrorCode::Corrupt,
            fmt::format("The file {} is damaged or from a newer version: restore it from a backup.", path.string()));
    }
    return ProducerIds(files, std::move(path), firstFree);
}

Result<ProducerId> ProducerIds::next() {
    if (m_next == m_reserved) {
        const auto reserved = m_reserved + kBlock;
        if (auto written = replaceFile(*m_files, m_path, fmt::format("{}{}\n", kPrefix, reserved)); !written) {
            return std::unexpected(written.error());
        }
        m_reserved = reserved;
    }
    return ProducerId(m_next++);
}

} // namespace meshbone::backbone::broker
