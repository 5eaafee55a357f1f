// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "raw_client.h"
#include "record/batch_builder.h"
#include "wire/messages/create_topics.h"
#include "wire/messages/fetch.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/produce.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace meshbone::testing {

/// Records with these values, key "k", timestamps from `timestampMs` on.
inline std::vector<Record> recordsOf(const std::vector<std::string>& values, TimestampMs timestampMs) {
    std::vector<Record> records;
    for (const auto& value : values) {
        Record record;
        record.key = "k";
        record.value = value;
        record.timestampMs = timestampMs++;
        records.push_back(std::move(record));
    }
    return records;
}

inline TimestampMs nowMs() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

/// A batch of records of now: older ones fall to the default retention when the broker looks for them.
inline std::string batchOf(const std::vector<std::string>& values, TimestampMs timestampMs = nowMs(),
                           backbone::BatchMeta meta = {}) {
    return backbone::buildBatch(recordsOf(values, timestampMs), meta).value();
}

inline backbone::wire::ProduceRequest produceRequest(std::string_view topic, std::int32_t partition,
                                                     std::string_view batch, std::int16_t acks = -1) {
    backbone::wire::ProduceRequest request;
    request.acks = acks;
    request.timeoutMs = 5'000;
    request.topicData = {{topic, {{Partition(partition), batch}}}};
    return request;
}

using ProduceAnswer = backbone::wire::ProduceResponse::PartitionProduceResponse;
inline ProduceAnswer produce(RawClient& client, std::string_view topic, std::int32_t partition, std::string_view batch,
                             std::int16_t acks = -1, backbone::wire::Version version = 9) {
    const auto response =
        client.call<backbone::wire::ProduceResponse>(produceRequest(topic, partition, batch, acks), version);
    return response.responses.at(0).partitionResponses.at(0);
}

inline backbone::wire::FetchRequest fetchRequest(std::string_view topic, std::int32_t partition, std::int64_t offset,
                                                 std::int32_t maxWaitMs = 0, std::int32_t minBytes = 1) {
    backbone::wire::FetchRequest request;
    request.maxWaitMs = maxWaitMs;
    request.minBytes = minBytes;
    request.maxBytes = 50 << 20;
    backbone::wire::FetchRequest::FetchPartition asked;
    asked.partition = Partition(partition);
    asked.fetchOffset = Offset(offset);
    asked.partitionMaxBytes = 1 << 20;
    request.topics = {{topic, {}, {asked}}};
    return request;
}

using FetchAnswer = backbone::wire::FetchResponse::PartitionData;
inline FetchAnswer fetch(RawClient& client, std::string_view topic, std::int32_t partition, std::int64_t offset,
                         backbone::wire::Version version = 11) {
    auto response = client.call<backbone::wire::FetchResponse>(fetchRequest(topic, partition, offset), version);
    return response.responses.at(0).partitions.at(0);
}

/// The values of all records in whole batches.
inline std::vector<std::string> valuesIn(std::string_view batches) {
    std::vector<std::string> values;
    while (!batches.empty()) {
        const auto batch = backbone::batchAt(batches);
        if (!batch) {
            throw std::runtime_error(batch.error().message);
        }
        auto cursor = backbone::RecordCursor::open(*batch).value();
        while (cursor.next().value()) {
            values.emplace_back(cursor.record().value.value_or("(null)"));
        }
        batches.remove_prefix(batch->sizeBytes());
    }
    return values;
}

inline backbone::wire::KafkaCode createTopic(RawClient& client, std::string_view name, std::int32_t partitions = 1,
                                             const std::map<std::string, std::string>& configs = {}) {
    backbone::wire::CreateTopicsRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = name;
    topic.numPartitions = partitions;
    topic.replicationFactor = 1;
    for (const auto& [key, value] : configs) {
        topic.configs.push_back({key, value});
    }
    return client.call<backbone::wire::CreateTopicsResponse>(request, 7).topics.at(0).errorCode;
}

} // namespace meshbone::testing
