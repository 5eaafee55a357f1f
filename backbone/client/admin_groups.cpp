// SPDX-License-Identifier: Apache-2.0
#include "client/admin.h"
#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

std::string textOf(const char* text) {
    return text != nullptr ? text : "";
}

std::string typeName(rd_kafka_consumer_group_type_t type) {
    switch (type) {
    case RD_KAFKA_CONSUMER_GROUP_TYPE_CONSUMER:
        return "consumer";
    case RD_KAFKA_CONSUMER_GROUP_TYPE_CLASSIC:
        return "classic";
    default:
        return {};
    }
}

std::vector<TopicPartition> partitionsOf(const rd_kafka_topic_partition_list_t* list) {
    std::vector<TopicPartition> partitions;
    for (int i = 0; list != nullptr && i < list->cnt; ++i) {
        partitions.push_back({list->elems[i].topic, Partition(list->elems[i].partition)});
    }
    return partitions;
}

GroupMember memberOf(const rd_kafka_MemberDescription_t* member) {
    GroupMember result;
    result.memberId = textOf(rd_kafka_MemberDescription_consumer_id(member));
    result.groupInstanceId = textOf(rd_kafka_MemberDescription_group_instance_id(member));
    result.clientId = textOf(rd_kafka_MemberDescription_client_id(member));
    result.host = textOf(rd_kafka_MemberDescription_host(member));
    if (const auto* assignment = rd_kafka_MemberDescription_assignment(member)) {
        result.assignment = partitionsOf(rd_kafka_MemberAssignment_partitions(assignment));
    }
    return result;
}

GroupDetail groupOf(const rd_kafka_ConsumerGroupDescription_t* group) {
    GroupDetail detail;
    detail.group = rd_kafka_ConsumerGroupDescription_group_id(group);
    detail.state = rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupDescription_state(group));
    detail.protocol = textOf(rd_kafka_ConsumerGroupDescription_partition_assignor(group));
    detail.type = typeName(rd_kafka_ConsumerGroupDescription_type(group));
    for (std::size_t i = 0; i < rd_kafka_ConsumerGroupDescription_member_count(group); ++i) {
        detail.members.push_back(memberOf(rd_kafka_ConsumerGroupDescription_member(group, i)));
    }
    return detail;
}

/// The first error of a group's answer, its own or one of its partitions'.
Status checkGroups(const rd_kafka_group_result_t** results, std::size_t count, std::string_view doing) {
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto* error = rd_kafka_group_result_error(results[i])) {
            return std::unexpected(kafkaError(rd_kafka_error_code(error), doing, rd_kafka_error_string(error)));
        }
        const auto* partitions = rd_kafka_group_result_partitions(results[i]);
        for (int j = 0; partitions != nullptr && j < partitions->cnt; ++j) {
            if (const auto code = partitions->elems[j].err; code != RD_KAFKA_RESP_ERR_NO_ERROR) {
                return std::unexpected(kafkaError(code, doing));
            }
        }
    }
    return {};
}

} // namespace

Result<std::vector<GroupSummary>> KafkaAdmin::groups(const CallOptions& options) {
    constexpr std::string_view kDoing = "list the consumer groups";
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPS, Deadline(options));
    rd_kafka_ListConsumerGroups(call.kafka(), call.options(), call.queue());
    auto event = call.wait(kDoing);
    if (!event) {
        return std::unexpected(event.error());
    }
    const auto* result = rd_kafka_event_ListConsumerGroups_result(event->get());
    std::size_t count = 0;
    if (const auto** errors = rd_kafka_ListConsumerGroups_result_errors(result, &count); count > 0) {
        return std::unexpected(kafkaError(rd_kafka_error_code(errors[0]), kDoing, rd_kafka_error_string(errors[0])));
    }
    std::vector<GroupSummary> groups;
    const auto** listed = rd_kafka_ListConsumerGroups_result_valid(result, &count);
    for (std::size_t i = 0; i < count; ++i) {
        groups.push_back({rd_kafka_ConsumerGroupListing_group_id(listed[i]),
                          rd_kafka_consumer_group_state_name(rd_kafka_ConsumerGroupListing_state(listed[i])),
                          typeName(rd_kafka_ConsumerGroupListing_type(listed[i]))});
    }
    std::ranges::sort(groups, {}, &GroupSummary::group);
    return groups;
}

Result<std::vector<GroupDetail>> KafkaAdmin::describeGroups(const std::vector<std::string>& groups,
                                                            const CallOptions& options) {
    if (groups.empty()) {
        return std::vector<GroupDetail>{};
    }
    const auto doing = groups.size() == 1 ? fmt::format("describe the consumer group '{}'", groups.front())
                                          : std::string("describe the consumer groups");
    std::vector<const char*> names;
    for (const auto& group : groups) {
        names.push_back(group.c_str());
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DESCRIBECONSUMERGROUPS, Deadline(options));
    rd_kafka_DescribeConsumerGroups(call.kafka(), names.data(), names.size(), call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::vector<GroupDetail> details;
    std::size_t count = 0;
    const auto** described = rd_kafka_DescribeConsumerGroups_result_groups(
        rd_kafka_event_DescribeConsumerGroups_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        if (const auto* error = rd_kafka_ConsumerGroupDescription_error(described[i])) {
            return std::unexpected(kafkaError(rd_kafka_error_code(error), doing, rd_kafka_error_string(error)));
        }
        details.push_back(groupOf(described[i]));
    }
    return details;
}

Result<std::vector<CommittedOffset>> KafkaAdmin::groupOffsets(const std::string& group, const CallOptions& options) {
    const auto doing = fmt::format("read the offsets of the consumer group '{}'", group);
    const std::unique_ptr<rd_kafka_ListConsumerGroupOffsets_t, DestroyBy<rd_kafka_ListConsumerGroupOffsets_destroy>>
        request(rd_kafka_ListConsumerGroupOffsets_new(group.c_str(), nullptr));
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_LISTCONSUMERGROUPOFFSETS, Deadline(options));
    auto* wanted = request.get();
    rd_kafka_ListConsumerGroupOffsets(call.kafka(), &wanted, 1, call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results = rd_kafka_ListConsumerGroupOffsets_result_groups(
        rd_kafka_event_ListConsumerGroupOffsets_result(event->get()), &count);
    if (auto ok = checkGroups(results, count, doing); !ok) {
        return std::unexpected(ok.error());
    }
    std::vector<CommittedOffset> offsets;
    for (std::size_t i = 0; i < count; ++i) {
        const auto* list = rd_kafka_group_result_partitions(results[i]);
        for (int j = 0; list != nullptr && j < list->cnt; ++j) {
            const auto& one = list->elems[j];
            const auto* metadata = static_cast<const char*>(one.metadata);
            offsets.push_back({{one.topic, Partition(one.partition)},
                               one.offset >= 0 ? Offset(one.offset) : kNoOffset,
                               metadata != nullptr ? std::string(metadata, one.metadata_size) : std::string()});
        }
    }
    std::ranges::sort(offsets, {}, &CommittedOffset::at);
    return offsets;
}

Status KafkaAdmin::alterGroupOffsets(const std::string& group, const std::vector<CommittedOffset>& offsets,
                                     const CallOptions& options) {
    const auto doing = fmt::format("change the offsets of the consumer group '{}'", group);
    if (offsets.empty()) {
        return {};
    }
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(offsets.size())));
    for (const auto& one : offsets) {
        if (one.committed < Offset(0)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("Could not {}: {} is no offset.", doing, one.committed.value()));
        }
        auto* entry = rd_kafka_topic_partition_list_add(list.get(), one.at.topic.c_str(), one.at.partition.value());
        entry->offset = one.committed.value();
    }
    const std::unique_ptr<rd_kafka_AlterConsumerGroupOffsets_t, DestroyBy<rd_kafka_AlterConsumerGroupOffsets_destroy>>
        request(rd_kafka_AlterConsumerGroupOffsets_new(group.c_str(), list.get()));
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_ALTERCONSUMERGROUPOFFSETS, Deadline(options));
    auto* wanted = request.get();
    rd_kafka_AlterConsumerGroupOffsets(call.kafka(), &wanted, 1, call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results = rd_kafka_AlterConsumerGroupOffsets_result_groups(
        rd_kafka_event_AlterConsumerGroupOffsets_result(event->get()), &count);
    return checkGroups(results, count, doing);
}

Status KafkaAdmin::deleteGroup(const std::string& group, const CallOptions& options) {
    const auto doing = fmt::format("delete the consumer group '{}'", group);
    const std::unique_ptr<rd_kafka_DeleteGroup_t, DestroyBy<rd_kafka_DeleteGroup_destroy>> request(
        rd_kafka_DeleteGroup_new(group.c_str()));
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DELETEGROUPS, Deadline(options));
    auto* wanted = request.get();
    rd_kafka_DeleteGroups(call.kafka(), &wanted, 1, call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results =
        rd_kafka_DeleteGroups_result_groups(rd_kafka_event_DeleteGroups_result(event->get()), &count);
    return checkGroups(results, count, doing);
}

Status KafkaAdmin::deleteGroupOffsets(const std::string& group, const std::vector<TopicPartition>& partitions,
                                      const CallOptions& options) {
    const auto doing = fmt::format("delete offsets of the consumer group '{}'", group);
    if (partitions.empty()) {
        return {};
    }
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
    for (const auto& one : partitions) {
        rd_kafka_topic_partition_list_add(list.get(), one.topic.c_str(), one.partition.value());
    }
    const std::unique_ptr<rd_kafka_DeleteConsumerGroupOffsets_t, DestroyBy<rd_kafka_DeleteConsumerGroupOffsets_destroy>>
        request(rd_kafka_DeleteConsumerGroupOffsets_new(group.c_str(), list.get()));
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DELETECONSUMERGROUPOFFSETS, Deadline(options));
    auto* wanted = request.get();
    rd_kafka_DeleteConsumerGroupOffsets(call.kafka(), &wanted, 1, call.options(), call.queue());
    auto event = call.wait(doing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::size_t count = 0;
    const auto** results = rd_kafka_DeleteConsumerGroupOffsets_result_groups(
        rd_kafka_event_DeleteConsumerGroupOffsets_result(event->get()), &count);
    return checkGroups(results, count, doing);
}

} // namespace meshbone::backbone
