// SPDX-License-Identifier: Apache-2.0
// The part of LogSegment that recovery and compaction use: scan, cut, rename.
#include "log/log_names.h"
#include "log/log_segment.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

constexpr std::size_t kScanBytes = 2U << 20;     // 1 to 4 MiB scan fastest
constexpr std::uint64_t kAheadBytes = 16U << 20; // twice as fast from a cold disk as the system's own reading ahead

// Kafka's rule for a batch that may follow: offsets grow, and an index entry's 32 bits must reach it.
Status checkSequence(const BatchView& batch, Offset base, Offset next) {
    if (batch.baseOffset() < next) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("Offset {} follows offset {}.", batch.baseOffset().value(), next.value() - 1));
    }
    if (batch.lastOffset() - base > INT32_MAX) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("Offset {} does not belong into the segment.", batch.lastOffset().value()));
    }
    if (!batch.crcMatches()) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The batch at offset {} does not match its checksum.", batch.baseOffset().value()));
    }
    return {};
}

} // namespace

Result<LogSegment::Scan> LogSegment::rebuild(std::int64_t indexIntervalBytes,
                                             const std::function<void(const BatchView&)>& seen) {
    auto status = m_offsets.create();
    if (status) {
        status = m_times.create();
    }
    if (!status) {
        return std::unexpected(status.error());
    }
    m_largest = {-1, m_base};
    m_sinceEntry = 0;
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    Scan scan{0, m_base, std::nullopt};
    BatchReader reader(**file, 0, m_size, kScanBytes, kAheadBytes);
    for (;;) {
        const auto batch = reader.next();
        if (!batch && batch.error().code != ErrorCode::Corrupt) {
            return std::unexpected(batch.error());
        }
        if (batch && !*batch) {
            return scan;
        }
        auto fits = batch ? checkSequence(**batch, m_base, scan.nextOffset) : Status(std::unexpected(batch.error()));
        if (!fits) {
            scan.damage = fits.error();
            return scan;
        }
        if (auto noted = noteBatch(**batch, reader.position(), indexIntervalBytes); !noted) {
            return std::unexpected(noted.error());
        }
        seen(**batch);
        scan.goodBytes = reader.nextPosition();
        scan.nextOffset = (*batch)->nextOffset();
    }
}

Status LogSegment::cut(std::uint64_t goodBytes) {
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    if (auto done = (*file)->truncate(goodBytes); !done) {
        return done;
    }
    m_size = goodBytes;
    return {};
}

Status LogSegment::rename(const std::filesystem::path& directory, std::string_view suffix) {
    auto& files = m_log.files();
    const auto move = [&](const std::filesystem::path& from, std::string_view kind, auto&& follow) -> Status {
        auto to = directory / offsetFileName(m_base, fmt::format("{}{}", kind, suffix));
        auto done = files.rename(from, to);
        if (done) {
            follow(std::move(to));
        }
        return done;
    };
    // The log goes last: an index without its log is harmless, a log under its new name promises its indexes.
    auto status = move(m_offsets.entries().path(), log_name::kIndex, [&](auto to) { m_offsets.entries().moveTo(to); });
    if (status) {
        status = move(m_times.entries().path(), log_name::kTimeIndex, [&](auto to) { m_times.entries().moveTo(to); });
    }
    if (status) {
        status = move(m_log.path(), log_name::kLog, [&](auto to) { m_log.setPath(to); });
    }
    return status;
}

std::vector<std::filesystem::path> LogSegment::paths() {
    return {m_log.path(), m_offsets.entries().path(), m_times.entries().path()};
}

} // namespace meshbone::backbone
