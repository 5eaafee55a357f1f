// SPDX-License-Identifier: Apache-2.0
#include "record/batch_check.h"

#include "record/varint.h"

#include <fmt/format.h>

namespace meshbone::backbone {
namespace {

using namespace kafka_error;

std::unexpected<Error> invalid(std::string message) {
    return fail(ErrorCode::InvalidArgument, std::move(message), kInvalidRecord);
}

Status checkCounts(const BatchView& batch) {
    if (batch.recordCount() <= 0) {
        return invalid(
            fmt::format("The record batch says it has {} records; there must be at least one.", batch.recordCount()));
    }
    if (batch.lastOffsetDelta() != batch.recordCount() - 1) {
        return invalid(fmt::format("The record batch has {} records, but its last offset delta is {}.",
                                   batch.recordCount(), batch.lastOffsetDelta()));
    }
    return {};
}

Status checkProducer(const BatchView& batch) {
    if (!batch.hasProducer()) {
        if (batch.isTransactional()) {
            return invalid("A transactional record batch must have a producer id.");
        }
        return {};
    }
    if (batch.producerEpoch().value() < 0 || batch.baseSequence() < 0) {
        return invalid(
            fmt::format("The record batch of producer {} has no valid epoch or sequence.", batch.producerId().value()));
    }
    return {};
}

} // namespace

Status checkRecordShapes(const BatchView& batch) {
    ByteCursor cursor(batch.records());
    for (std::int32_t i = 0; i < batch.recordCount(); ++i) {
        const auto length = cursor.takeVarint();
        const auto body = length && *length >= 0 ? cursor.take(static_cast<std::size_t>(*length)) : std::nullopt;
        if (!body) {
            return invalid(fmt::format("Record {} of the batch is cut off.", i));
        }
        ByteCursor inside(*body);
        const bool framed = inside.takeByte() && inside.takeVarlong();
        const auto delta = framed ? inside.takeVarint() : std::nullopt;
        if (!delta || *delta != i) {
            return invalid(fmt::format("Record {} of the batch does not have the offset delta {}.", i, i));
        }
    }
    if (cursor.left() != 0) {
        return invalid(fmt::format("The record batch has {} bytes after its last record.", cursor.left()));
    }
    return {};
}

Status checkClientBatch(const BatchView& batch) {
    if (!batch.codec()) {
        return fail(ErrorCode::Unsupported, "The record batch is compressed by an unknown codec.",
                    kUnsupportedCompression);
    }
    if (batch.isControl()) {
        return invalid("A client may not write control records.");
    }
    if (auto counts = checkCounts(batch); !counts) {
        return counts;
    }
    if (auto producer = checkProducer(batch); !producer) {
        return producer;
    }
    if (!batch.crcMatches()) {
        return fail(ErrorCode::Corrupt, "The record batch does not match its checksum; it was damaged on the way.",
                    kCorruptMessage);
    }
    return *batch.codec() == Codec::None ? checkRecordShapes(batch) : Status{};
}

} // namespace meshbone::backbone
