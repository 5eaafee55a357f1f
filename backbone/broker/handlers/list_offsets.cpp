// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/list_offsets.h"
#include "broker/handlers/handlers.h"
#include "broker/partition/leader_epoch_check.h"

namespace meshbone::backbone::broker {

namespace {

using wire::ListOffsetsRequest;
using Answer = wire::ListOffsetsResponse::ListOffsetsPartitionResponse;

// What a negative timestamp asks for (KIP-79, KIP-734, KIP-405, KIP-1005).
constexpr TimestampMs kLatest = -1;
constexpr TimestampMs kEarliest = -2;
constexpr TimestampMs kMaxTimestamp = -3;
constexpr TimestampMs kEarliestLocal = -4;
constexpr TimestampMs kLatestTiered = -5;

/// Whether a request of this version may ask for the time.
bool isServed(TimestampMs timestampMs, std::int16_t version) {
    constexpr std::int16_t kFirstWithMaxTimestamp = 7;
    constexpr std::int16_t kFirstWithEarliestLocal = 8;
    constexpr std::int16_t kFirstWithLatestTiered = 9;
    switch (timestampMs) {
    case kMaxTimestamp:
        return version >= kFirstWithMaxTimestamp;
    case kEarliestLocal:
        return version >= kFirstWithEarliestLocal;
    case kLatestTiered:
        return version >= kFirstWithLatestTiered;
    default:
        return timestampMs >= kEarliest;
    }
}

void lookUp(PartitionLog& log, TimestampMs timestampMs, Answer& answer) {
    if (timestampMs == kLatest || timestampMs == kEarliest || timestampMs == kEarliestLocal) {
        answer.offset = timestampMs == kLatest ? log.highWatermark() : log.logStartOffset();
        answer.leaderEpoch = log.leaderEpoch();
        return;
    }
    if (timestampMs == kLatestTiered) {
        return; // a tier that this broker doesn't have: no such offset
    }
    const auto found = timestampMs == kMaxTimestamp ? log.maxTimestamp() : log.firstAtOrAfter(timestampMs);
    if (!found) {
        answer.errorCode = kafkaCodeOf(found.error());
    } else if (*found) {
        answer.offset = (*found)->offset;
        answer.timestamp = (*found)->timestampMs;
        answer.leaderEpoch = (*found)->leaderEpoch;
    }
}

Answer answerPartition(const Topic* topic, const ListOffsetsRequest::ListOffsetsPartition& asked,
                       std::int16_t version) {
    Answer answer;
    answer.partitionIndex = asked.partitionIndex;
    auto* partition = topic == nullptr ? nullptr : topic->partition(asked.partitionIndex);
    if (partition == nullptr) {
        answer.errorCode = KafkaCode::UnknownTopicOrPartition;
        return answer;
    }
    if (!isServed(asked.timestamp, version)) {
        answer.errorCode = KafkaCode::UnsupportedVersion;
        return answer;
    }
    answer.errorCode = checkLeaderEpoch(partition->log(), asked.currentLeaderEpoch);
    if (answer.errorCode == KafkaCode::None) {
        lookUp(partition->log(), asked.timestamp, answer);
    }
    return answer;
}

} // namespace

Handler listOffsetsHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<ListOffsetsRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::ListOffsetsResponse response;
        for (const auto& asked : request->topics) {
            auto& topic = response.topics.emplace_back();
            topic.name = asked.name;
            const bool allowed = services.access.allowed(context, Operation::Describe, ResourceKind::Topic, asked.name);
            const auto* found = services.topics.find(asked.name);
            for (const auto& partition : asked.partitions) {
                topic.partitions.push_back(answerPartition(found, partition, context.version));
                if (!allowed) {
                    topic.partitions.back() = {.partitionIndex = partition.partitionIndex,
                                               .errorCode = KafkaCode::TopicAuthorizationFailed};
                }
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
