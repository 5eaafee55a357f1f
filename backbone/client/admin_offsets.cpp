// SPDX-License-Identifier: Apache-2.0
#include "client/admin.h"
#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace meshbone::backbone {

namespace {

std::int64_t specOf(const OffsetQuery& query) {
    switch (query.kind) {
    case OffsetQuery::Kind::Earliest:
        return RD_KAFKA_OFFSET_SPEC_EARLIEST;
    case OffsetQuery::Kind::Latest:
        return RD_KAFKA_OFFSET_SPEC_LATEST;
    case OffsetQuery::Kind::MaxTimestamp:
        return RD_KAFKA_OFFSET_SPEC_MAX_TIMESTAMP;
    case OffsetQuery::Kind::AtTime:
        break;
    }
    // Negative times would be read as the specifications above; no record is older than the epoch.
    return std::max<std::int64_t>(query.timeMs, 0);
}

std::string doingFor(const std::vector<OffsetQuery>& queries) {
    const auto& topic = queries.front().at.topic;
    const bool one = std::ranges::all_of(queries, [&](const OffsetQuery& query) { return query.at.topic == topic; });
    return one ? fmt::format("read the offsets of the topic '{}'", topic) : "read the offsets of the topics";
}

/// librdkafka takes a partition once a call: the indices of the queries, spread over as many rounds as need be.
std::vector<std::vector<std::size_t>> rounds(const std::vector<OffsetQuery>& queries) {
    std::vector<std::vector<std::size_t>> result;
    std::map<TopicPartition, std::size_t> seen;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const auto round = seen[queries[i].at]++;
        if (round >= result.size()) {
            result.emplace_back();
        }
        result[round].push_back(i);
    }
    return result;
}

} // namespace

Result<std::vector<KafkaAdmin::ListedOffset>> KafkaAdmin::listOffsets(const std::vector<OffsetQuery>& queries,
                                                                      bool readCommitted, const CallOptions& options) {
    if (queries.empty()) {
        return std::vector<ListedOffset>{};
    }
    const PartitionListPtr wanted(rd_kafka_topic_partition_list_new(static_cast<int>(queries.size())));
    std::map<TopicPartition, std::size_t> places;
    for (std::size_t i = 0; i < queries.size(); ++i) {
        const auto& at = queries[i].at;
        rd_kafka_topic_partition_list_add(wanted.get(), at.topic.c_str(), at.partition.value())->offset =
            specOf(queries[i]);
        places[at] = i;
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_LISTOFFSETS, Deadline(options));
    const KafkaErrorPtr refused(rd_kafka_AdminOptions_set_isolation_level(
        call.options(),
        readCommitted ? RD_KAFKA_ISOLATION_LEVEL_READ_COMMITTED : RD_KAFKA_ISOLATION_LEVEL_READ_UNCOMMITTED));
    rd_kafka_ListOffsets(call.kafka(), wanted.get(), call.options(), call.queue());
    auto event = call.wait(doingFor(queries));
    if (!event) {
        return std::unexpected(event.error());
    }
    std::vector<ListedOffset> answers(queries.size());
    for (std::size_t i = 0; i < queries.size(); ++i) {
        answers[i].answer.at = queries[i].at;
        answers[i].errorCode = RD_KAFKA_RESP_ERR__NOENT; // until the answer names it
    }
    std::size_t count = 0;
    const auto** infos = rd_kafka_ListOffsets_result_infos(rd_kafka_event_ListOffsets_result(event->get()), &count);
    for (std::size_t i = 0; i < count; ++i) {
        const auto* partition = rd_kafka_ListOffsetsResultInfo_topic_partition(infos[i]);
        const auto place = places.find({partition->topic, Partition(partition->partition)});
        if (place == places.end()) {
            continue;
        }
        auto& listed = answers[place->second];
        listed.errorCode = partition->err;
        // A broker answers -1 where no record is that young. It must never reach librdkafka again, which reads -1 as
        // END.
        listed.answer.offset = partition->offset >= 0 ? Offset(partition->offset) : kNoOffset;
        listed.answer.timestampMs = rd_kafka_ListOffsetsResultInfo_timestamp(infos[i]);
        listed.leaderEpoch = LeaderEpoch(rd_kafka_topic_partition_get_leader_epoch(partition));
    }
    return answers;
}

Result<std::vector<OffsetAnswer>> KafkaAdmin::offsets(const std::vector<OffsetQuery>& queries,
                                                      const CallOptions& options) {
    const Deadline deadline(options);
    std::vector<OffsetAnswer> answers(queries.size());
    for (const auto& round : rounds(queries)) {
        std::vector<OffsetQuery> asked;
        for (const auto index : round) {
            asked.push_back(queries[index]);
        }
        auto listed = listOffsets(asked, false, deadline.rest());
        if (!listed) {
            return std::unexpected(listed.error());
        }
        for (std::size_t i = 0; i < round.size(); ++i) {
            const auto& one = (*listed)[i];
            if (one.errorCode != 0) {
                return std::unexpected(
                    kafkaError(one.errorCode, fmt::format("read the offsets of partition {} of the topic '{}'",
                                                          one.answer.at.partition.value(), one.answer.at.topic)));
            }
            answers[round[i]] = one.answer;
        }
    }
    return answers;
}

Result<std::vector<OffsetAnswer>> KafkaAdmin::deleteRecords(const std::vector<OffsetAnswer>& before,
                                                            const CallOptions& options) {
    constexpr std::string_view kDoing = "delete the records";
    const PartitionListPtr wanted(rd_kafka_topic_partition_list_new(static_cast<int>(before.size())));
    for (const auto& one : before) {
        if (one.offset < Offset(0)) { // -1 would delete everything
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("Could not {}: {} is no offset of partition {} of '{}'.", kDoing,
                                    one.offset.value(), one.at.partition.value(), one.at.topic));
        }
        rd_kafka_topic_partition_list_add(wanted.get(), one.at.topic.c_str(), one.at.partition.value())->offset =
            one.offset.value();
    }
    if (before.empty()) {
        return std::vector<OffsetAnswer>{};
    }
    AdminCall call(m_handle, RD_KAFKA_ADMIN_OP_DELETERECORDS, Deadline(options));
    const std::unique_ptr<rd_kafka_DeleteRecords_t, DestroyBy<rd_kafka_DeleteRecords_destroy>> request(
        rd_kafka_DeleteRecords_new(wanted.get()));
    auto* requests = request.get();
    rd_kafka_DeleteRecords(call.kafka(), &requests, 1, call.options(), call.queue());
    auto event = call.wait(kDoing);
    if (!event) {
        return std::unexpected(event.error());
    }
    std::vector<OffsetAnswer> starts;
    const auto* list = rd_kafka_DeleteRecords_result_offsets(rd_kafka_event_DeleteRecords_result(event->get()));
    for (int i = 0; i < list->cnt; ++i) {
        const auto& one = list->elems[i];
        if (one.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
            return std::unexpected(kafkaError(
                one.err, fmt::format("delete the records of partition {} of '{}'", one.partition, one.topic)));
        }
        starts.push_back({{one.topic, Partition(one.partition)}, Offset(one.offset), -1});
    }
    return starts;
}

} // namespace meshbone::backbone
