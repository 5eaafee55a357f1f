// SPDX-License-Identifier: Apache-2.0
#include "log/log_segment.h"

#include "log/log_names.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {
namespace {

std::filesystem::path fileOf(const std::filesystem::path& directory, Offset base, std::string_view kind,
                             std::string_view suffix) {
    return directory / offsetFileName(base, fmt::format("{}{}", kind, suffix));
}

constexpr std::size_t kProbeBytes = 8U << 10; // a little more than an index interval

} // namespace

LogSegment::LogSegment(FileCache& cache, const std::filesystem::path& directory, Offset base, std::string_view suffix)
    : m_base(base)
    , m_log(cache, fileOf(directory, base, log_name::kLog, suffix))
    , m_offsets(cache, fileOf(directory, base, log_name::kIndex, suffix), base)
    , m_times(cache, fileOf(directory, base, log_name::kTimeIndex, suffix), base)
    , m_largest{-1, base} {}

Result<std::unique_ptr<LogSegment>> LogSegment::create(FileCache& cache, const std::filesystem::path& directory,
                                                       Offset base, std::string_view suffix) {
    std::unique_ptr<LogSegment> segment(new LogSegment(cache, directory, base, suffix));
    auto file = segment->m_log.get(OpenMode::Create);
    if (!file) {
        return std::unexpected(file.error());
    }
    auto status = (*file)->truncate(0);
    if (status) {
        status = segment->m_offsets.create();
    }
    if (status) {
        status = segment->m_times.create();
    }
    if (!status) {
        return std::unexpected(status.error());
    }
    return segment;
}

Result<std::unique_ptr<LogSegment>> LogSegment::openBare(FileCache& cache, const std::filesystem::path& directory,
                                                         Offset base, std::string_view suffix) {
    std::unique_ptr<LogSegment> segment(new LogSegment(cache, directory, base, suffix));
    auto file = segment->m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    const auto size = (*file)->sizeBytes();
    if (!size) {
        return std::unexpected(size.error());
    }
    segment->m_size = *size;
    return segment;
}

Result<std::unique_ptr<LogSegment>> LogSegment::open(FileCache& cache, const std::filesystem::path& directory,
                                                     Offset base, std::string_view suffix) {
    auto opened = openBare(cache, directory, base, suffix);
    if (!opened) {
        return opened;
    }
    LogSegment& segment = **opened;
    auto status = segment.m_offsets.load(segment.m_size);
    if (status) {
        status = segment.m_times.load();
    }
    // A segment with batches has a time entry from its sealing on, unless no record has a timestamp.
    if (status) {
        status = segment.readFirstTimestamp();
    }
    if (!status) {
        auto error = status.error();
        error.code = error.code == ErrorCode::NotFound ? ErrorCode::Corrupt : error.code;
        return std::unexpected(std::move(error));
    }
    if (segment.m_times.last()) {
        segment.m_largest = *segment.m_times.last();
    }
    const auto last = segment.m_offsets.last();
    if (!last) {
        return std::unexpected(last.error());
    }
    segment.m_sinceEntry = segment.m_size - (*last ? (*last)->position : 0);
    return opened;
}

Status LogSegment::readFirstTimestamp() {
    if (m_size == 0) {
        return {};
    }
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    BatchReader reader(**file, 0, m_size, kBatchHeaderBytes);
    const auto first = reader.nextHeader();
    if (!first) {
        return std::unexpected(first.error());
    }
    m_firstTimestampMs = (*first)->maxTimestampMs();
    return {};
}

Status LogSegment::append(const BatchView& batch, std::int64_t indexIntervalBytes) {
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    if (auto written = (*file)->writeAt(m_size, batch.bytes()); !written) {
        (void)(*file)->truncate(m_size); // half a batch at the end would be cut by recovery anyway
        return written;
    }
    const auto position = m_size;
    m_size += batch.sizeBytes();
    // The batch is in: an index that can't be written now is only slower to search, and recovery makes it anew.
    (void)noteBatch(batch, position, indexIntervalBytes);
    return {};
}

Status LogSegment::noteBatch(const BatchHeader& batch, std::uint64_t position, std::int64_t indexIntervalBytes) {
    if (position == 0) {
        m_firstTimestampMs = batch.maxTimestampMs();
    }
    if (batch.maxTimestampMs() > m_largest.timestampMs) {
        m_largest = {batch.maxTimestampMs(), batch.lastOffset()};
    }
    Status status;
    if (m_sinceEntry > static_cast<std::uint64_t>(indexIntervalBytes)) {
        status = m_offsets.append({batch.lastOffset(), position});
        if (status) {
            status = m_times.append(m_largest);
        }
        m_sinceEntry = 0;
    }
    m_sinceEntry += batch.sizeBytes();
    return status;
}

Result<std::optional<std::uint64_t>> LogSegment::positionOf(Offset target) {
    const auto entry = m_offsets.lookup(target);
    if (!entry) {
        return std::unexpected(entry.error());
    }
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    BatchReader reader(**file, *entry ? (*entry)->position : 0, m_size, kProbeBytes);
    for (;;) {
        const auto header = reader.nextHeader();
        if (!header) {
            return std::unexpected(header.error());
        }
        if (!*header) {
            return std::nullopt;
        }
        if ((*header)->lastOffset() >= target) {
            return reader.position();
        }
    }
}

Result<std::size_t> LogSegment::wholeBatches(std::string_view bytes, Offset limit, std::size_t maxBytes,
                                             bool atLeastOne, std::optional<Offset>& next) const {
    std::size_t at = 0;
    while (bytes.size() - at >= kBatchHeaderBytes) {
        const auto header = batchHeaderAt(bytes.substr(at));
        if (!header) {
            return std::unexpected(header.error());
        }
        const bool fits = at + header->sizeBytes() <= maxBytes || (atLeastOne && at == 0);
        if (header->sizeBytes() > bytes.size() - at || !fits || header->lastOffset() >= limit) {
            break;
        }
        at += header->sizeBytes();
        next = header->nextOffset();
    }
    return at;
}

Result<std::optional<Offset>> LogSegment::read(std::uint64_t& position, std::size_t maxBytes, bool atLeastOne,
                                               Offset limit, std::string& into) {
    std::optional<Offset> next;
    if (position >= m_size) {
        return next;
    }
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    const std::size_t had = into.size();
    std::size_t want = std::min<std::uint64_t>(std::max(maxBytes, kBatchHeaderBytes), m_size - position);
    for (;;) {
        Result<std::size_t> got = 0;
        into.resize_and_overwrite(had + want, [&](char* data, std::size_t) {
            got = (*file)->readAt(position, {data + had, want});
            return had + got.value_or(0);
        });
        if (!got) {
            return std::unexpected(got.error());
        }
        const auto bytes = std::string_view(into).substr(had);
        const auto used = wholeBatches(bytes, limit, maxBytes, atLeastOne, next);
        if (!used) {
            into.resize(had);
            return std::unexpected(used.error());
        }
        const auto first = batchSizeBytes(bytes);
        // A batch larger than asked for: read again, as much as it has. Twice at most, for then it is whole.
        if (*used == 0 && atLeastOne && first && *first > want && *first <= m_size - position) {
            want = *first;
            continue;
        }
        into.resize(had + *used);
        position += *used;
        return next;
    }
}

Result<Offset> LogSegment::findEnd() {
    const auto last = m_offsets.last();
    if (!last) {
        return std::unexpected(last.error());
    }
    auto file = m_log.get();
    if (!file) {
        return std::unexpected(file.error());
    }
    Offset end = m_base;
    BatchReader reader(**file, *last ? (*last)->position : 0, m_size, kProbeBytes);
    for (;;) {
        const auto header = reader.nextHeader();
        if (!header) {
            return std::unexpected(header.error());
        }
        if (!*header) {
            return end;
        }
        end = (*header)->nextOffset();
    }
}

Result<std::vector<std::shared_ptr<File>>> LogSegment::seal() {
    if (auto status = m_times.append(m_largest); !status) {
        return std::unexpected(status.error());
    }
    std::vector<std::shared_ptr<File>> files;
    for (auto* index : {&m_offsets.entries(), &m_times.entries()}) {
        auto file = index->flush();
        if (!file) {
            return std::unexpected(file.error());
        }
        files.push_back(std::move(*file));
    }
    return files;
}

} // namespace meshbone::backbone
