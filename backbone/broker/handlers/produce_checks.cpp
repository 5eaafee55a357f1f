// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/produce_checks.h"

#include "broker/kafka_errors.h"
#include "record/record_cursor.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace meshbone::backbone::broker {

namespace {

constexpr std::int16_t kFirstWithZstd = 7; // KIP-110
constexpr std::size_t kMaxRefused = 50;    // nothing more is checked beyond: none of the batch is taken
constexpr std::size_t kAtOnce = 256;       // records that are checked together: what they hold is used again

Status checkByHook(Services& services, const RequestContext& context, const Topic& topic, Partition partition,
                   const BatchView& batch, std::vector<RefusedRecord>& refused) {
    auto* check = services.writeCheck;
    if (check == nullptr || !check->guards(topic.name)) {
        return {};
    }
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return refuse(KafkaCode::CorruptMessage, cursor.error().message, ErrorCode::Corrupt);
    }
    std::vector<Record> records(std::min(kAtOnce, static_cast<std::size_t>(std::max(batch.recordCount(), 1))));
    for (auto& record : records) {
        record.topic = topic.name;
        record.partition = partition;
    }
    std::size_t filled = 0;
    std::int32_t before = 0; // how many were checked
    const auto checkFilled = [&] {
        std::ranges::move(check->check(*context.client, topic.name, std::span(records).first(filled), before),
                          std::back_inserter(refused));
        before += static_cast<std::int32_t>(std::exchange(filled, 0));
    };
    while (refused.size() < kMaxRefused) {
        const auto more = cursor->next();
        if (!more) {
            return refuse(KafkaCode::CorruptMessage, more.error().message, ErrorCode::Corrupt);
        }
        if (!*more) {
            break;
        }
        if (filled == records.size()) {
            checkFilled();
        }
        copyRecord(cursor->record(), batch.timestampType(), records.at(filled++));
    }
    checkFilled();
    return refused.empty() ? Status{} : refuse(KafkaCode::InvalidRecord, refused.front().why);
}

} // namespace

Status checkProducedBatch(Services& services, const RequestContext& context, const Topic& topic, Partition partition,
                          std::string_view records, std::vector<RefusedRecord>& refused) {
    if (records.empty()) {
        return refuse(KafkaCode::InvalidRecord, "A produce request needs one record batch for each partition.");
    }
    const auto batch = batchAt(records);
    if (!batch) {
        return refuse(batch.error().kafkaCode != 0 ? KafkaCode{batch.error().kafkaCode} : KafkaCode::CorruptMessage,
                      batch.error().message, ErrorCode::Corrupt);
    }
    if (batch->sizeBytes() != records.size()) {
        return refuse(KafkaCode::InvalidRecord, "A produce request may hold one record batch for each partition only.");
    }
    if (batch->codec() == Codec::Zstd && context.version < kFirstWithZstd) {
        return refuse(KafkaCode::UnsupportedCompressionType,
                      fmt::format("Produce version {} can't carry zstd: version {} is the first.", context.version,
                                  kFirstWithZstd));
    }
    if (batch->isTransactional()) {
        return refuse(KafkaCode::InvalidTxnState, "This broker does not offer transactions.");
    }
    if (services.writeCheck != nullptr && services.writeCheck->guards(topic.name) && !batch->crcMatches()) {
        return refuse(KafkaCode::CorruptMessage, "The batch does not match its checksum.", ErrorCode::Corrupt);
    }
    return checkByHook(services, context, topic, partition, *batch, refused);
}

std::vector<std::int32_t> keylessRecords(std::string_view records) {
    std::vector<std::int32_t> keyless;
    const auto batch = batchAt(records);
    if (!batch) {
        return keyless;
    }
    auto cursor = RecordCursor::open(*batch);
    for (std::int32_t i = 0; cursor; ++i) {
        const auto more = cursor->next();
        if (!more || !*more) {
            break;
        }
        if (!cursor->record().key) {
            keyless.push_back(i);
        }
    }
    return keyless;
}

} // namespace meshbone::backbone::broker
