// SPDX-License-Identifier: Apache-2.0
#include "record/record_cursor.h"

#include "record/batch_check.h"

namespace meshbone::backbone {
namespace {

// A length of -1 is null, any other negative one is damage.
bool takeNullable(ByteCursor& at, std::optional<std::string_view>& to) {
    const auto length = at.takeVarint();
    if (!length || *length < -1) {
        return false;
    }
    if (*length == -1) {
        to.reset();
        return true;
    }
    to = at.take(static_cast<std::size_t>(*length));
    return to.has_value();
}

} // namespace

RecordCursor::RecordCursor(const BatchView& batch, std::unique_ptr<std::string> unfolded)
    : m_batch(batch)
    , m_unfolded(std::move(unfolded))
    , m_at(m_unfolded ? std::string_view(*m_unfolded) : m_batch.records())
    , m_left(m_batch.recordCount()) {}

Result<RecordCursor> RecordCursor::open(const BatchView& batch, std::size_t maxBytes) {
    const auto codec = batch.codec();
    if (!codec) {
        return fail(ErrorCode::Unsupported, "The records are compressed by an unknown codec.",
                    kafka_error::kUnsupportedCompression);
    }
    // A batch that compaction emptied has no block at all.
    if (*codec == Codec::None || batch.records().empty()) {
        return RecordCursor(batch, nullptr);
    }
    auto unfolded = decompress(*codec, batch.records(), maxBytes);
    if (!unfolded) {
        return std::unexpected(std::move(unfolded.error()));
    }
    return RecordCursor(batch, std::make_unique<std::string>(std::move(*unfolded)));
}

Result<bool> RecordCursor::next() {
    if (m_left <= 0) {
        if (m_at.left() != 0) {
            return fail(ErrorCode::Corrupt, "The record batch has bytes after its last record.",
                        kafka_error::kInvalidRecord);
        }
        return false;
    }
    const auto length = m_at.takeVarint();
    const auto body = length && *length >= 0 ? m_at.take(static_cast<std::size_t>(*length)) : std::nullopt;
    if (!body || !parse(*body)) {
        m_left = 0;
        return fail(ErrorCode::Corrupt, "A record of the batch is damaged: a length does not fit.",
                    kafka_error::kInvalidRecord);
    }
    --m_left;
    return true;
}

bool RecordCursor::parse(std::string_view body) {
    ByteCursor at(body);
    if (!at.takeByte()) { // attributes, unused in v2
        return false;
    }
    const auto timestampDelta = at.takeVarlong();
    const auto offsetDelta = timestampDelta ? at.takeVarint() : std::nullopt;
    if (!offsetDelta || *offsetDelta < 0 || *offsetDelta > m_batch.lastOffsetDelta()) {
        return false;
    }
    m_record.body = body;
    m_record.offsetDelta = *offsetDelta;
    m_record.offset = m_batch.baseOffset() + *offsetDelta;
    // Unsigned, because a hostile delta must not overflow.
    m_record.timestampMs = m_batch.hasLogAppendTime()
                               ? m_batch.maxTimestampMs()
                               : static_cast<TimestampMs>(static_cast<std::uint64_t>(m_batch.baseTimestampMs()) +
                                                          static_cast<std::uint64_t>(*timestampDelta));
    return takeNullable(at, m_record.key) && takeNullable(at, m_record.value) && parseHeaders(at);
}

bool RecordCursor::parseHeaders(ByteCursor& at) {
    m_record.headers.clear();
    const auto count = at.takeVarint();
    // A header takes two bytes at least, which bounds what a count may ask for.
    if (!count || *count < 0 || static_cast<std::size_t>(*count) > at.left() / 2) {
        return false;
    }
    m_record.headers.reserve(static_cast<std::size_t>(*count));
    for (std::int32_t i = 0; i < *count; ++i) {
        const auto length = at.takeVarint();
        const auto name = length && *length >= 0 ? at.take(static_cast<std::size_t>(*length)) : std::nullopt;
        BatchRecordHeader header;
        if (!name || !takeNullable(at, header.value)) {
            return false;
        }
        header.name = *name;
        m_record.headers.push_back(header);
    }
    return at.left() == 0;
}

namespace {

void copyBytes(const std::optional<std::string_view>& view, std::optional<Bytes>& into) {
    if (!view) {
        into.reset();
    } else if (into) {
        into->assign(*view);
    } else {
        into.emplace(*view);
    }
}

} // namespace

Record toRecord(const BatchRecord& view, TimestampType type) {
    Record record;
    copyRecord(view, type, record);
    return record;
}

void copyRecord(const BatchRecord& view, TimestampType type, Record& into) {
    into.offset = view.offset;
    into.timestampMs = view.timestampMs;
    into.timestampType = type;
    copyBytes(view.key, into.key);
    copyBytes(view.value, into.value);
    into.headers.resize(view.headers.size());
    for (std::size_t i = 0; i < view.headers.size(); ++i) {
        into.headers[i].name.assign(view.headers[i].name);
        copyBytes(view.headers[i].value, into.headers[i].value);
    }
}

} // namespace meshbone::backbone
