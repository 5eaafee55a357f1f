// SPDX-License-Identifier: Apache-2.0
#include "record/batch.h"

#include "record/crc32c.h"

#include <fmt/format.h>

namespace meshbone::backbone {

std::optional<std::size_t> batchSizeBytes(std::string_view prefix) {
    if (prefix.size() < kBatchPrefixBytes) {
        return std::nullopt;
    }
    const auto length = loadBigEndian<std::int32_t>(prefix.data() + batch_field::kLength);
    if (length < kMinBatchLength) {
        return std::nullopt;
    }
    return kBatchPrefixBytes + static_cast<std::size_t>(length);
}

Result<BatchHeader> batchHeaderAt(std::string_view bytes) {
    if (!batchSizeBytes(bytes) || bytes.size() < kBatchHeaderBytes) {
        return fail(ErrorCode::Corrupt, "The record batch is shorter than its own header.", 2);
    }
    const BatchHeader header(bytes.data());
    if (header.magic() != kBatchMagic) {
        const bool isOlder = header.magic() == 0 || header.magic() == 1; // else it is no batch of any format
        return fail(ErrorCode::Corrupt, fmt::format("The record batch has format {}; only 2 is known.", header.magic()),
                    isOlder ? 43 : 2);
    }
    if (header.baseOffset().value() < 0 || header.lastOffsetDelta() < 0 ||
        header.baseOffset().value() > INT64_MAX - header.lastOffsetDelta() - 1) {
        return fail(ErrorCode::Corrupt, "The record batch has an impossible offset.", 2);
    }
    return header;
}

Result<BatchView> batchAt(std::string_view bytes) {
    const auto header = batchHeaderAt(bytes);
    if (!header) {
        return std::unexpected(header.error());
    }
    if (bytes.size() < header->sizeBytes()) {
        return fail(ErrorCode::Corrupt,
                    fmt::format("The record batch says it has {} bytes, but there are only {}.", header->sizeBytes(),
                                bytes.size()),
                    2);
    }
    return BatchView(*header);
}

std::optional<Codec> BatchHeader::codec() const {
    const int number = attributes() & batch_attribute::kCodecMask;
    if (number > static_cast<int>(Codec::Zstd)) {
        return std::nullopt;
    }
    return static_cast<Codec>(number);
}

std::optional<TimestampMs> BatchHeader::deleteHorizonMs() const {
    if (!has(batch_attribute::kDeleteHorizon)) {
        return std::nullopt;
    }
    return baseTimestampMs();
}

std::int32_t BatchHeader::lastSequence() const {
    return baseSequence() < 0 ? baseSequence() : addToSequence(baseSequence(), lastOffsetDelta());
}

bool BatchView::crcMatches() const {
    return crc32c(summed()) == crc();
}

std::int32_t addToSequence(std::int32_t sequence, std::int32_t increment) {
    const std::int64_t sum = static_cast<std::int64_t>(sequence) + increment;
    return static_cast<std::int32_t>(sum > INT32_MAX ? sum - INT32_MAX - 1 : sum);
}

} // namespace meshbone::backbone
