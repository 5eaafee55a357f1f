// SPDX-License-Identifier: Apache-2.0
#include "record/batch_builder.h"

#include "record/batch_stamp.h"

#include <algorithm>

namespace meshbone::backbone {
namespace {

void putNullable(std::string& to, std::optional<std::string_view> bytes) {
    if (!bytes) {
        putVarint(to, -1);
        return;
    }
    putVarint(to, static_cast<std::int64_t>(bytes->size()));
    to.append(*bytes);
}

std::int16_t attributesOf(const BatchMeta& meta) {
    auto bits = static_cast<std::int16_t>(meta.codec);
    bits |= meta.timestampType == TimestampType::LogAppendTime ? batch_attribute::kLogAppendTime : 0;
    bits |= meta.transactional ? batch_attribute::kTransactional : 0;
    bits |= meta.control ? batch_attribute::kControl : 0;
    bits |= meta.deleteHorizonMs ? batch_attribute::kDeleteHorizon : 0;
    return bits;
}

} // namespace

BatchMeta BatchMeta::of(const BatchHeader& batch) {
    BatchMeta meta;
    meta.baseOffset = batch.baseOffset();
    meta.leaderEpoch = batch.leaderEpoch();
    meta.codec = batch.codec().value_or(Codec::None);
    meta.timestampType = batch.timestampType();
    meta.producerId = batch.producerId();
    meta.producerEpoch = batch.producerEpoch();
    meta.baseSequence = batch.baseSequence();
    meta.transactional = batch.isTransactional();
    meta.control = batch.isControl();
    meta.deleteHorizonMs = batch.deleteHorizonMs();
    if (batch.hasLogAppendTime()) {
        meta.logAppendTimeMs = batch.maxTimestampMs();
    }
    meta.lastOffset = batch.lastOffset();
    return meta;
}

void BatchBuilder::add(const Record& record) {
    std::vector<BatchRecordHeader> headers;
    for (const auto& header : record.headers) {
        headers.push_back({header.name, std::nullopt});
        if (header.value) {
            headers.back().value = *header.value;
        }
    }
    const auto view = [](const std::optional<Bytes>& bytes) {
        return bytes ? std::optional<std::string_view>(*bytes) : std::nullopt;
    };
    add(m_meta.baseOffset + (m_lastDelta + 1), record.timestampMs, view(record.key), view(record.value), headers);
}

void BatchBuilder::add(Offset offset, TimestampMs timestampMs, std::optional<std::string_view> key,
                       std::optional<std::string_view> value, std::span<const BatchRecordHeader> headers) {
    if (!m_baseTimestampMs) {
        m_baseTimestampMs = m_meta.deleteHorizonMs.value_or(timestampMs);
    }
    m_lastDelta = static_cast<std::int32_t>(offset - m_meta.baseOffset);
    m_maxTimestampMs = std::max(m_maxTimestampMs, timestampMs);
    ++m_count;
    m_body.assign(1, '\0'); // attributes
    putVarint(m_body, static_cast<std::int64_t>(static_cast<std::uint64_t>(timestampMs) -
                                                static_cast<std::uint64_t>(*m_baseTimestampMs))); // may wrap, never UB
    putVarint(m_body, m_lastDelta);
    putNullable(m_body, key);
    putNullable(m_body, value);
    putVarint(m_body, static_cast<std::int64_t>(headers.size()));
    for (const auto& header : headers) {
        putVarint(m_body, static_cast<std::int64_t>(header.name.size()));
        m_body.append(header.name);
        putNullable(m_body, header.value);
    }
    putVarint(m_records, static_cast<std::int64_t>(m_body.size()));
    m_records.append(m_body);
}

void BatchBuilder::writeHeader(std::string& batch) const {
    using namespace batch_field;
    char* at = batch.data();
    const auto lastDelta = m_meta.lastOffset ? *m_meta.lastOffset - m_meta.baseOffset : m_lastDelta;
    storeBigEndian<std::int32_t>(at + kLength, static_cast<std::int32_t>(batch.size() - kBatchPrefixBytes));
    storeBigEndian<std::int8_t>(at + kMagic, kBatchMagic);
    storeBigEndian<std::int16_t>(at + kAttributes, attributesOf(m_meta));
    storeBigEndian<std::int32_t>(at + kLastOffsetDelta,
                                 static_cast<std::int32_t>(std::max<std::int64_t>(lastDelta, 0)));
    storeBigEndian<std::int64_t>(at + kBaseTimestamp,
                                 m_meta.deleteHorizonMs.value_or(m_baseTimestampMs.value_or(m_maxTimestampMs)));
    storeBigEndian<std::int64_t>(at + kMaxTimestamp, m_meta.logAppendTimeMs.value_or(m_maxTimestampMs));
    storeBigEndian<std::int64_t>(at + kProducerId, m_meta.producerId.value());
    storeBigEndian<std::int16_t>(at + kProducerEpoch, m_meta.producerEpoch.value());
    storeBigEndian<std::int32_t>(at + kBaseSequence, m_meta.baseSequence);
    storeBigEndian<std::int32_t>(at + kRecordCount, m_count);
}

Result<std::string> BatchBuilder::build() {
    std::string batch(kBatchHeaderBytes, '\0');
    if (m_count == 0 || m_meta.codec == Codec::None) {
        batch.append(m_records);
    } else if (auto block = compress(m_meta.codec, m_records)) {
        batch.append(*block);
    } else {
        return std::unexpected(std::move(block.error()));
    }
    if (batch.size() > INT32_MAX) {
        return fail(ErrorCode::Exhausted, "The records don't fit into one batch of 2 GiB.");
    }
    writeHeader(batch);
    stampPosition(batch, m_meta.baseOffset, m_meta.leaderEpoch);
    stampCrc(batch);
    return batch;
}

Result<std::string> buildBatch(std::span<const Record> records, BatchMeta meta) {
    BatchBuilder builder(meta);
    for (const auto& record : records) {
        builder.add(record);
    }
    return builder.build();
}

} // namespace meshbone::backbone
