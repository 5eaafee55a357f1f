// SPDX-License-Identifier: Apache-2.0
#include "wire/messages/offset_for_leader_epoch.h"
#include "broker/handlers/handlers.h"
#include "broker/partition/leader_epoch_check.h"

namespace meshbone::backbone::broker {

namespace {

using Asked = wire::OffsetForLeaderEpochRequest::OffsetForLeaderPartition;
using Answer = wire::OffsetForLeaderEpochResponse::EpochEndOffset;

Answer answerPartition(const Topic* topic, const Asked& asked) {
    Answer answer;
    answer.partition = asked.partition;
    auto* partition = topic == nullptr ? nullptr : topic->partition(asked.partition);
    if (partition == nullptr) {
        answer.errorCode = KafkaCode::UnknownTopicOrPartition;
        return answer;
    }
    answer.errorCode = checkLeaderEpoch(partition->log(), asked.currentLeaderEpoch);
    if (answer.errorCode != KafkaCode::None) {
        return answer;
    }
    if (asked.leaderEpoch > partition->log().leaderEpoch()) {
        return answer; // an epoch that never was here has no end
    }
    if (const auto end = partition->log().endOfEpoch(asked.leaderEpoch)) {
        answer.leaderEpoch = end->epoch;
        answer.endOffset = end->endOffset;
    } else {
        answer.errorCode = kafkaCodeOf(end.error());
    }
    return answer;
}

} // namespace

Handler offsetForLeaderEpochHandler(Services& services) {
    return [&services](const RequestContext& context, Reply reply) {
        const auto request = decodeOrClose<wire::OffsetForLeaderEpochRequest>(context, reply);
        if (!request) {
            return;
        }
        wire::OffsetForLeaderEpochResponse response;
        for (const auto& asked : request->topics) {
            auto& topic = response.topics.emplace_back();
            topic.topic = asked.topic;
            const bool allowed =
                services.access.allowed(context, Operation::Describe, ResourceKind::Topic, asked.topic);
            const auto* found = services.topics.find(asked.topic);
            for (const auto& partition : asked.partitions) {
                topic.partitions.push_back(answerPartition(found, partition));
                if (!allowed) {
                    topic.partitions.back() = {.errorCode = KafkaCode::TopicAuthorizationFailed,
                                               .partition = partition.partition};
                }
            }
        }
        reply.send(response);
    };
}

} // namespace meshbone::backbone::broker
