// SPDX-License-Identifier: Apache-2.0
#include "broker/fetch/fetch_reader.h"

#include "broker/partition/leader_epoch_check.h"

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {
constexpr std::int16_t kFirstWithTopicIds = 13;
constexpr std::int16_t kFirstWithDivergingEpochs = 12;
} // namespace

FetchReader::Outcome FetchReader::read(const FetchPlan& plan) {
    Outcome outcome;
    outcome.response.responses.reserve(plan.topics.size());
    for (const auto& topic : plan.topics) {
        auto& answers = outcome.response.responses.emplace_back();
        answers.topic = topic.name;
        answers.topicId = topic.id;
        answers.partitions.reserve(topic.partitions.size());
        for (const auto& asked : topic.partitions) {
            auto answer = readPartition(plan, topic, asked, outcome);
            outcome.anyError |= answer.errorCode != KafkaCode::None || answer.divergingEpoch.has_value();
            answers.partitions.push_back(std::move(answer));
        }
    }
    return outcome;
}

KafkaCode FetchReader::check(const FetchPlan& plan, const FetchPlan::TopicPlan& topic,
                             const FetchPlan::PartitionPlan& asked, PartitionState*& state) const {
    const bool byId = plan.version >= kFirstWithTopicIds;
    const auto* found = byId ? m_topics.find(topic.id) : m_topics.find(topic.name);
    if (byId && found == nullptr) {
        return KafkaCode::UnknownTopicId;
    }
    if (!topic.allowed) {
        return KafkaCode::TopicAuthorizationFailed;
    }
    state = found == nullptr ? nullptr : found->partition(asked.partition);
    if (state == nullptr) {
        return KafkaCode::UnknownTopicOrPartition;
    }
    return checkLeaderEpoch(state->log(), asked.currentLeaderEpoch);
}

/// KIP-595: a client whose last batch is of an epoch that ended earlier here has records that this log lost.
bool FetchReader::diverges(PartitionLog& log, const FetchPlan::PartitionPlan& asked,
                           wire::FetchResponse::PartitionData& answer) const {
    if (asked.lastFetchedEpoch.value() < 0 || asked.lastFetchedEpoch == log.leaderEpoch()) {
        return false;
    }
    const auto end = log.endOfEpoch(asked.lastFetchedEpoch);
    if (!end || (end->epoch == asked.lastFetchedEpoch && end->endOffset >= asked.offset)) {
        return false;
    }
    answer.divergingEpoch = {end->epoch, end->endOffset};
    return true;
}

wire::FetchResponse::PartitionData FetchReader::readPartition(const FetchPlan& plan, const FetchPlan::TopicPlan& topic,
                                                              const FetchPlan::PartitionPlan& asked, Outcome& outcome) {
    wire::FetchResponse::PartitionData answer;
    answer.partitionIndex = asked.partition;
    answer.highWatermark = kNoOffset;
    PartitionState* state = nullptr;
    answer.errorCode = check(plan, topic, asked, state);
    if (answer.errorCode != KafkaCode::None) {
        return answer;
    }
    auto& log = state->log();
    answer.highWatermark = log.highWatermark();
    answer.lastStableOffset = log.highWatermark();
    answer.logStartOffset = log.logStartOffset();
    if (plan.version >= kFirstWithDivergingEpochs && diverges(log, asked, answer)) {
        return answer;
    }
    if (asked.offset == log.highWatermark()) {
        return answer; // nothing new: the common case needs no file
    }
    const bool first = outcome.sizeBytes == 0;
    const auto room = plan.maxBytes - std::min(plan.maxBytes, outcome.sizeBytes);
    auto records = readRecords(log, asked.offset, std::min(asked.maxBytes, room), first);
    if (!records) {
        answer.errorCode = kafkaCodeOf(records.error());
        return answer;
    }
    outcome.sizeBytes += (*records)->size();
    answer.records = wire::Records{**records, *records};
    return answer;
}

Result<std::shared_ptr<const std::string>> FetchReader::readRecords(PartitionLog& log, Offset from,
                                                                    std::size_t maxBytes, bool atLeastOne) {
    if (m_last.log == &log && m_last.from == from && m_last.highWatermark == log.highWatermark() &&
        m_last.maxBytes == maxBytes && m_last.atLeastOne == atLeastOne) {
        return m_last.records;
    }
    auto buffer = std::make_shared<std::string>();
    if (auto read = log.read(from, maxBytes, atLeastOne, *buffer); !read) {
        return std::unexpected(read.error());
    }
    m_last = {&log, from, log.highWatermark(), maxBytes, atLeastOne, buffer};
    return std::shared_ptr<const std::string>(std::move(buffer));
}

} // namespace meshbone::backbone::broker
