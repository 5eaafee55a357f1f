// SPDX-License-Identifier: Apache-2.0
#include "log/batch_reader.h"

#include <algorithm>

namespace meshbone::backbone {

BatchReader::BatchReader(const File& file, std::uint64_t from, std::uint64_t end, std::size_t chunkBytes,
                         std::uint64_t aheadBytes)
    : m_file(file)
    , m_position(from)
    , m_next(from)
    , m_end(end)
    , m_chunkBytes(std::max(chunkBytes, kBatchHeaderBytes))
    , m_aheadBytes(aheadBytes)
    , m_asked(from) {}

void BatchReader::askAhead() {
    if (m_aheadBytes == 0) {
        return;
    }
    const auto to = std::min(m_end, m_next + m_aheadBytes);
    m_asked = std::max(m_asked, m_next);
    while (m_asked < to) { // in pieces: the system reads no more than some at one request
        const auto piece = std::min<std::uint64_t>(m_chunkBytes, m_end - m_asked);
        m_file.readAhead(m_asked, piece);
        m_asked += piece;
    }
}

// Afterwards the buffer has `sizeBytes` from m_next on; the caller has checked that the file has them.
Status BatchReader::ensure(std::size_t sizeBytes) {
    if (m_next >= m_bufferAt && m_next + sizeBytes <= m_bufferAt + m_buffer.size()) {
        return {};
    }
    askAhead();
    const auto want = std::min<std::uint64_t>(std::max(sizeBytes, m_chunkBytes), m_end - m_next);
    Result<std::size_t> got = 0;
    m_buffer.resize_and_overwrite(want, [&](char* data, std::size_t size) {
        got = m_file.readAt(m_next, {data, size});
        return got.value_or(0);
    });
    m_bufferAt = m_next;
    if (!got) {
        return std::unexpected(got.error());
    }
    if (*got < sizeBytes) {
        return fail(ErrorCode::Corrupt, "The segment is shorter than it was.");
    }
    return {};
}

Result<std::optional<BatchHeader>> BatchReader::header() {
    if (m_next >= m_end) {
        return std::nullopt;
    }
    if (m_end - m_next < kBatchHeaderBytes) {
        return fail(ErrorCode::Corrupt, "The segment ends inside a batch header.");
    }
    if (auto there = ensure(kBatchHeaderBytes); !there) {
        return std::unexpected(there.error());
    }
    auto header = batchHeaderAt(std::string_view(m_buffer).substr(m_next - m_bufferAt));
    if (!header) {
        return std::unexpected(header.error());
    }
    if (header->sizeBytes() > m_end - m_next) {
        return fail(ErrorCode::Corrupt, "The segment ends inside a batch.");
    }
    return *header;
}

Result<std::optional<BatchHeader>> BatchReader::nextHeader() {
    auto found = header();
    if (found && *found) {
        m_position = m_next;
        m_next += (*found)->sizeBytes();
    }
    return found;
}

Result<BatchView> BatchReader::whole() {
    m_next = m_position;
    const auto batch = next();
    if (!batch) {
        return std::unexpected(batch.error());
    }
    return **batch; // a batch whose header was there
}

Result<std::optional<BatchView>> BatchReader::next() {
    const auto found = header();
    if (!found) {
        return std::unexpected(found.error());
    }
    if (!*found) {
        return std::nullopt;
    }
    const std::size_t size = (*found)->sizeBytes();
    if (auto there = ensure(size); !there) {
        return std::unexpected(there.error());
    }
    auto batch = batchAt(std::string_view(m_buffer).substr(m_next - m_bufferAt, size));
    if (!batch) {
        return std::unexpected(batch.error());
    }
    m_position = m_next;
    m_next += size;
    return *batch;
}

} // namespace meshbone::backbone
