// SPDX-License-Identifier: Apache-2.0
#include "client/admin.h"
#include "client/kafka_errors.h"
#include "client/metadata_call.h"

#include <backbone/topic_names.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::backbone {

namespace {

/// Names of one DescribeTopics request: bounds the size of an answer on clusters with many topics.
constexpr std::size_t kDescribeChunk = 1000;

TopicId topicId(const rd_kafka_Uuid_t* uuid) {
    TopicId id;
    if (uuid != nullptr) {
        const std::array<std::int64_t, 2> halves{rd_kafka_Uuid_most_significant_bits(uuid),
                                                 rd_kafka_Uuid_least_significant_bits(uuid)};
        for (std::size_t i = 0; i < id.bytes.size(); ++i) {
            const auto half = static_cast<std::uint64_t>(halves[i / 8]);
            id.bytes[i] = static_cast<std::uint8_t>(half >> (56 - 8 * (i % 8)));
        }
    }
    return id;
}

std::vector<std::int32_t> nodeIds(const rd_kafka_Node_t** nodes, std::size_t count) {
    std::vector<std::int32_t> ids;
    for (std::size_t i = 0; i < count; ++i) {
        ids.push_back(nodes[i] != nullptr ? rd_kafka_Node_id(nodes[i]) : -1);
    }
    return ids;
}

PartitionDetail partitionDetail(const rd_kafka_TopicPartitionInfo_t* info) {
    PartitionDetail detail;
    detail.partition = Partition(rd_kafka_TopicPartitionInfo_partition(info));
    if (const auto* leader = rd_kafka_TopicPartitionInfo_leader(info)) {
        detail.leader = rd_kafka_Node_id(leader);
    }
    std::size_t count = 0;
    const auto** replicas = rd_kafka_TopicPartitionInfo_replicas(info, &count);
    detail.replicas = nodeIds(replicas, count);
    const auto** inSync = rd_kafka_TopicPartitionInfo_isr(info, &count);
    detail.inSyncReplicas = nodeIds(inSync, count);
    return detail;
}

KafkaAdmin::TopicShape topicShape(const rd_kafka_TopicDescription_t* topic) {
    KafkaAdmin::TopicShape shape;
    shape.summary.name = rd_kafka_TopicDescription_name(topic);
    shape.summary.id = topicId(rd_kafka_TopicDescription_topic_id(topic));
    shape.summary.internal =
        isHousekeepingTopicName(shape.summary.name) || rd_kafka_TopicDescription_is_internal(topic) != 0;
    std::size_t count = 0;
    const auto** partitions = rd_kafka_TopicDescription_partitions(topic, &count);
    for (std::size_t i = 0; i < count; ++i) {
        shape.partitions.push_back(partitionDetail(partitions[i]));
    }
    for (auto& partition : shape.partitions) {
        partition.topicId = shape.summary.id;
    }
    std::ranges::sort(shape.partitions, {}, &PartitionDetail::partition);
    shape.summary.partitions = static_cast<std::int32_t>(count);
    shape.summary.replicationFactor =
        count > 0 ? static_cast<std::int32_t>(shape.partitions.front().replicas.size()) : 0;
    return shape;
}

/// The error of the one topic of an answer, if it has one.
Status checkTopicResults(const rd_kafka_topic_result_t** results, std::size_t count, std::string_view doing) {
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto code = rd_kafka_topic_result_error(results[i]); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            const char* text = rd_kafka_topic_result_error_string(results[i]);
            return std::unexpected(kafkaError(code, doing, text != nullptr ? text : ""));
        }
    }
    return {};
}

} // namespace

Result<std::vector<TopicSummary>> KafkaAdmin::topicNames(const CallOptions& options) {
    const Deadline deadline(options);
    auto metadata = allMetadata(m_handle, deadline);
    if (!metadata) {
        return std::unexpected(metadata.error());
    }
    std::vector<TopicSummary> topics;
    for (int i = 0; i < (*metadata)->topic_cnt; ++i) {
        const auto& topic = (*metadata)->topics[i];
        if (topic.err != RD_KAFKA_RESP_ERR_NO_ERROR && topic.partition_cnt == 0) {
            continue; // being deleted, or not to be seen by this user
        }
        const auto replicas = topic.partition_cnt > 0 ? topic.partitions[0].replica_cnt : 0;
        topics.push_back({topic.topic, {}, topic.partition_cnt, replicas, isHousekeepingTopicName(topic.topic)});
    }
    std::ranges::sort(topics, {}, &TopicSummary::name);
    return topics;
}

Result<std::vector<TopicSummary>> KafkaAdmin::topics(const CallOptions& options) {
    const Deadline deadline(options);
    auto listed = topicNames(deadline.rest());
    if (!listed) {
        return listed;
    }
    std::vector<TopicSummary> topics;
    for (std::size_t from = 0; from < listed->size(); from += kDescribeChunk) {
        std::vector<std::string> names;
        for (std::size_t i = from; i < std::min(from + kDescribeChunk, listed->size()); ++i) {
            names.push_back((*listed)[i].name);
        }
        auto described = describeTopics(names, deadline, true);
        if (!described) {
            if (described.error().code != ErrorCode::Unsupported) {
                return std::unexpected(described.error());
            }
            return listed; // an old cluster without topic ids: the rest is there all the same
        }
        for (auto& shape : *described) {
            topics.push_back(std::move(shape.summary));
        }
    }
    std::ranges::sort(topics, {}, &TopicSummary::name);
    return topics;
}

Result<std::vector<KafkaAdmin::TopicShape>> KafkaAdmin::describeTopics(const std::vector<std::string>& topics,
                                                                       const Deadline& deadline, bool skipFailing) {
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DESCRIBETOPICS, deadline);
    std::vector<const char*> names;
    for (const auto& topic : topics) {
        names.push_back(topic.c_str());
    }
    const std::unique_ptr<rd_kafka_TopicCollection_t, DestroyBy<rd_kafka_TopicCollection_destroy>> collection(
        rd_kafka_TopicCollection_of_topic_names(names.data(), names.size()));
    rd_kafka_DescribeTopics(call.kafka(), collection.get(), call.options(), call.queue());
    const auto doing =
        topics.size() == 1 ? fmt::format("describe the topic '{}'", topics.front()) : "describe the topics";
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::vector<TopicShape> shapes;
    std::size_t count = 0;
    const auto** described =
        rd_kafka_DescribeTopics_result_topics(rd_kafka_event_DescribeTopics_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto* error = rd_kafka_TopicDescription_error(described[i]);
        if (error != nullptr && rd_kafka_error_code(error) != RD_KAFKA_RESP_ERR_NO_ERROR) {
            if (skipFailing) {
                continue;
            }
            return std::unexpected(kafkaError(rd_kafka_error_code(error), doing, rd_kafka_error_string(error)));
        }
        shapes.push_back(topicShape(described[i]));
    }
    return shapes;
}

Result<KafkaAdmin::TopicShape> KafkaAdmin::describeTopic(const std::string& topic, const CallOptions& options) {
    if (topic.empty()) {
        return fail(ErrorCode::InvalidArgument, "A topic needs a name.");
    }
    auto shapes = describeTopics({topic}, Deadline(options), false);
    if (!shapes) {
        return std::unexpected(shapes.error());
    }
    if (shapes->empty()) {
        return fail(ErrorCode::NotFound, fmt::format("There is no topic '{}'.", topic));
    }
    return std::move(shapes->front());
}

Result<std::vector<PartitionDetail>> KafkaAdmin::partitions(const std::string& topic, const CallOptions& options) {
    const Deadline deadline(options);
    auto shape = describeTopic(topic, deadline.rest());
    if (!shape) {
        return std::unexpected(shape.error());
    }
    for (const auto kind : {OffsetQuery::Kind::Earliest, OffsetQuery::Kind::Latest}) {
        std::vector<OffsetQuery> queries;
        for (const auto& partition : shape->partitions) {
            queries.push_back({{topic, partition.partition}, kind, -1});
        }
        auto answers = listOffsets(queries, false, deadline.rest());
        if (!answers) {
            return std::unexpected(answers.error());
        }
        for (std::size_t i = 0; i < answers->size(); ++i) {
            auto& detail = shape->partitions[i];
            const auto& listed = (*answers)[i];
            if (listed.errorCode != 0) {
                continue; // a partition without a leader keeps its shape and has no offsets
            }
            (kind == OffsetQuery::Kind::Earliest ? detail.logStart : detail.highWatermark) = listed.answer.offset;
            detail.leaderEpoch = listed.leaderEpoch;
        }
    }
    return std::move(shape->partitions);
}

Status KafkaAdmin::createTopic(const NewTopic& topic, const CallOptions& options) {
    return create(topic, false, options);
}

Status KafkaAdmin::validateTopic(const NewTopic& topic, const CallOptions& options) {
    return create(topic, true, options);
}

Status KafkaAdmin::create(const NewTopic& topic, bool validateOnly, const CallOptions& options) {
    const Deadline deadline(options);
    const auto doing = fmt::format("create the topic '{}'", topic.name);
    std::array<char, 512> text{};
    const std::unique_ptr<rd_kafka_NewTopic_t, DestroyBy<rd_kafka_NewTopic_destroy>> wanted(
        rd_kafka_NewTopic_new(topic.name.c_str(), topic.partitions, topic.replicationFactor, text.data(), text.size()));
    if (!wanted) {
        return fail(ErrorCode::InvalidArgument, fmt::format("Could not {}: {}.", doing, text.data()));
    }
    for (const auto& [name, value] : topic.configs) {
        if (const auto code = rd_kafka_NewTopic_set_config(wanted.get(), name.c_str(), value.c_str());
            code != RD_KAFKA_RESP_ERR_NO_ERROR) {
            return std::unexpected(kafkaError(code, doing));
        }
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_CREATETOPICS, deadline);
    rd_kafka_AdminOptions_set_validate_only(call.options(), validateOnly ? 1 : 0, text.data(), text.size());
    std::array<rd_kafka_NewTopic_t*, 1> all{wanted.get()};
    rd_kafka_CreateTopics(call.kafka(), all.data(), all.size(), call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event->get()), &count);
    return checkTopicResults(results, count, doing);
}

Status KafkaAdmin::deleteTopic(const std::string& topic, const CallOptions& options) {
    const Deadline deadline(options);
    const auto doing = fmt::format("delete the topic '{}'", topic);
    const std::unique_ptr<rd_kafka_DeleteTopic_t, DestroyBy<rd_kafka_DeleteTopic_destroy>> wanted(
        rd_kafka_DeleteTopic_new(topic.c_str()));
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DELETETOPICS, deadline);
    std::array<rd_kafka_DeleteTopic_t*, 1> all{wanted.get()};
    rd_kafka_DeleteTopics(call.kafka(), all.data(), all.size(), call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results =
        rd_kafka_DeleteTopics_result_topics(rd_kafka_event_DeleteTopics_result(event->get()), &count);
    return checkTopicResults(results, count, doing);
}

Status KafkaAdmin::addPartitions(const std::string& topic, std::int32_t total, const CallOptions& options) {
    const Deadline deadline(options);
    const auto doing = fmt::format("raise the topic '{}' to {} partitions", topic, total);
    std::array<char, 512> text{};
    if (total < 1) {
        return fail(ErrorCode::InvalidArgument, fmt::format("Could not {}: a topic needs at least one.", doing));
    }
    const std::unique_ptr<rd_kafka_NewPartitions_t, DestroyBy<rd_kafka_NewPartitions_destroy>> wanted(
        rd_kafka_NewPartitions_new(topic.c_str(), static_cast<std::size_t>(total), text.data(), text.size()));
    if (!wanted) {
        return fail(ErrorCode::InvalidArgument, fmt::format("Could not {}: {}.", doing, text.data()));
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_CREATEPARTITIONS, deadline);
    std::array<rd_kafka_NewPartitions_t*, 1> all{wanted.get()};
    rd_kafka_CreatePartitions(call.kafka(), all.data(), all.size(), call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results =
        rd_kafka_CreatePartitions_result_topics(rd_kafka_event_CreatePartitions_result(event->get()), &count);
    return checkTopicResults(results, count, doing);
}

} // namespace meshbone::backbone
