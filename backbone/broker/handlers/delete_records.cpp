// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/delete_records.h"
#include "broker/handlers/handlers.h"
#include "broker/kafka_errors.h"

namespace meshbone::backbone::broker {

namespace {

using Asked = wire::DeleteRecordsRequest::DeleteRecordsPartition;
using Answer = wire::DeleteRecordsResponse::DeleteRecordsPartitionResult;

Answer deleteBefore(const Topic* topic, bool allowed, const Asked& asked) {
    Answer answer;
    answer.partitionIndex = asked.partitionIndex;
    answer.lowWatermark = kNoOffset;
    auto* partition = topic == nullptr ? nullptr : topic->partition(asked.partitionIndex);
    if (!allowed) {
        answer.errorCode = KafkaCode::TopicAuthorizationFailed;
    } else if (partition == nullptr) {
        answer.errorCode = KafkaCode::UnknownTopicOrPartition;
    } else if (topic->internal) {
        answer.errorCode = KafkaCode::InvalidTopic;
    } else if (!topic->logConfig->cleanupDelete) {
        answer.errorCode = KafkaCode::PolicyViolation; // as Kafka: a compacted log is trimmed by tombstones
    } else if (const auto start = partition->log().deleteRecordsBefore(asked.offset)) {
        answer.lowWatermark = *start;
    } else {
        answer.errorCode = kafkaCodeOf(start.error());
    }
    return answer;
}

} // namespace

Handler deleteRecordsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::DeleteRecordsRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::DeleteRecordsResponse response;
        for (const auto& asked : request->topics) {
            auto& topic = response.topics.emplace_back();
            topic.name = asked.name;
            const bool allowed = services.access.allowed(context, Operation::Delete, ResourceKind::Topic, asked.name);
            const auto* found = services.topics.find(asked.name);
            for (const auto& partition : asked.partitions) {
                topic.partitions.push_back(deleteBefore(found, allowed, partition));
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
