// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "record/batch.h"
#include "record/compression.h"
#include "record/varint.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone {

struct BatchRecordHeader {
    std::string_view name;
    std::optional<std::string_view> value; ///< null differs from empty
};

/// One record in borrowed bytes: valid until the cursor that gave it moves on or dies.
struct BatchRecord {
    Offset offset{0};
    TimestampMs timestampMs = -1;
    std::optional<std::string_view> key;
    std::optional<std::string_view> value;
    std::vector<BatchRecordHeader> headers;
    std::string_view body; ///< the record as written, without its length
    std::int32_t offsetDelta = 0;
};

/// Walks the records of one batch, decompressing it first where it must. Use from one thread; movable, because the
/// records lie in the caller's bytes or in a heap buffer of its own.
///
///     auto cursor = RecordCursor::open(batch);
///     while (auto more = cursor->next()) { if (!*more) break; use(cursor->record()); }
class RecordCursor {
public:
    /// Fails as decompress() does.
    static Result<RecordCursor> open(const BatchView& batch, std::size_t maxBytes = kMaxUnfoldedBytes);

    /// Moves to the next record: true while there is one. Corrupt when a record does not fit its batch.
    Result<bool> next();
    [[nodiscard]] const BatchRecord& record() const { return m_record; }

private:
    RecordCursor(const BatchView& batch, std::unique_ptr<std::string> unfolded);
    bool parse(std::string_view body);
    bool parseHeaders(ByteCursor& at);

    BatchView m_batch;
    std::unique_ptr<std::string> m_unfolded; // null: the records are in the batch itself
    ByteCursor m_at;
    std::int32_t m_left;
    BatchRecord m_record;
};

/// Makes a record of its own bytes, as the contracts have it, of one that may have been used: what it holds is used
/// again. Its topic and partition stay.
void copyRecord(const BatchRecord& view, TimestampType type, Record& into);
/// The same into a new one.
[[nodiscard]] Record toRecord(const BatchRecord& view, TimestampType type);

} // namespace meshbone::backbone
