// SPDX-License-Identifier: Apache-2.0
#include "broker/handlers/produce_checks.h"

#include "broker/kafka_errors.h"
#include "record/record_cursor.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

namespace {

constexpr std::int16_t kFirstWithZstd = 7; // KIP-110

Status checkByHook(Services& services, const RequestContext& context, const Topic& topic, const BatchView& batch) {
    auto* check = services.writeCheck;
    if (check == nullptr || !check->guards(topic.name)) {
        return {};
    }
    auto cursor = RecordCursor::open(batch);
    if (!cursor) {
        return refuse(KafkaCode::CorruptMessage, cursor.error().message, ErrorCode::Corrupt);
    }
    std::vector<Record> records;
    while (true) {
        const auto more = cursor->next();
        if (!more) {
            return refuse(KafkaCode::CorruptMessage, more.error().message, ErrorCode::Corrupt);
        }
        if (!*more) {
            break;
        }
        records.push_back(toRecord(cursor->record(), batch.timestampType()));
        records.back().topic = topic.name;
    }
    const auto checked = check->check(*context.client, topic.name, records);
    return checked ? Status{} : refuse(KafkaCode::InvalidRecord, checked.error().message);
}

} // namespace

Status checkProducedBatch(Services& services, const RequestContext& context, const Topic& topic,
                          std::string_view records) {
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
    return checkByHook(services, context, topic, *batch);
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
