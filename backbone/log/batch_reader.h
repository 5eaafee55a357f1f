// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "log/file_system.h"
#include "record/batch.h"

#include <cstdint>
#include <optional>
#include <string>

namespace meshbone::backbone {

/// Walks the batches of a segment file from one position to another, reading in chunks. A batch or header that it
/// gives is valid until the next call. Errors: Corrupt where the bytes at nextPosition() are no whole batch (then it
/// stays there), else what the file said. Any one thread.
class BatchReader {
public:
    /// aheadBytes: how far before the reading the system is asked to read, for whoever reads everything.
    BatchReader(const File& file, std::uint64_t from, std::uint64_t end, std::size_t chunkBytes,
                std::uint64_t aheadBytes = 0);

    /// The next batch with all its bytes; none at the end.
    Result<std::optional<BatchView>> next();
    /// The next batch's header; its body is passed over, unread where it doesn't lie in the chunk.
    Result<std::optional<BatchHeader>> nextHeader();

    /// The whole of the batch whose header nextHeader() gave last.
    Result<BatchView> whole();

    [[nodiscard]] std::uint64_t position() const { return m_position; } ///< of the batch given last
    [[nodiscard]] std::uint64_t nextPosition() const { return m_next; }

private:
    Result<std::optional<BatchHeader>> header();
    Status ensure(std::size_t sizeBytes);
    void askAhead();

    const File& m_file;
    std::uint64_t m_position;
    std::uint64_t m_next;
    std::uint64_t m_end;
    std::size_t m_chunkBytes;
    std::uint64_t m_aheadBytes;
    std::uint64_t m_asked; // up to here the system was asked to read
    std::string m_buffer;
    std::uint64_t m_bufferAt = 0; // where m_buffer stands in the file
};

} // namespace meshbone::backbone
