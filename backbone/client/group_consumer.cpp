// SPDX-License-Identifier: Apache-2.0
#include "client/group_consumer.h"

#include "client/admin_call.h"
#include "client/consumer_errors.h"
#include "client/direct_consumer.h"
#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <array>

namespace meshbone::backbone {

namespace {

Properties groupProperties(const ConsumerOptions& options) {
    Properties properties{
        {"group.id", options.group},
        {"enable.auto.commit", options.autoCommit ? "true" : "false"},
        {"enable.auto.offset.store", "true"},
        {"enable.partition.eof", "true"},
        {"auto.offset.reset", options.autoOffsetReset},
        {"isolation.level", options.readCommitted ? "read_committed" : "read_uncommitted"},
        {"queued.max.messages.kbytes", fmt::to_string(std::max<std::size_t>(options.maxQueuedBytes >> 10, 1))},
        {"fetch.wait.max.ms", "100"},
        {"fetch.error.backoff.ms", "100"},
        {"fetch.queue.backoff.ms", "10"},
    };
    if (!options.clientId.empty()) {
        properties.emplace_back("client.id", options.clientId);
    }
    properties.insert(properties.end(), options.properties.begin(), options.properties.end());
    return properties;
}

PartitionListPtr listOf(const std::vector<TopicPartition>& partitions) {
    PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
    for (const auto& at : partitions) {
        rd_kafka_topic_partition_list_add(list.get(), at.topic.c_str(), at.partition.value());
    }
    return list;
}

} // namespace

Result<std::unique_ptr<Consumer>> GroupConsumer::open(const Profile& profile, const ConsumerOptions& options) {
    auto handle = Handle::create(RD_KAFKA_CONSUMER, profile, groupProperties(options));
    if (!handle) {
        return std::unexpected(handle.error());
    }
    return std::unique_ptr<Consumer>(new GroupConsumer(std::move(*handle)));
}

GroupConsumer::GroupConsumer(std::shared_ptr<Handle> handle)
    : m_handle(std::move(handle))
    , m_queue(rd_kafka_queue_get_consumer(m_handle->get())) {}

GroupConsumer::~GroupConsumer() {
    m_queue.reset();
    rd_kafka_consumer_close(m_handle->get());
}

Status GroupConsumer::subscribe(const std::vector<std::string>& topics) {
    if (topics.empty()) {
        return fail(ErrorCode::InvalidArgument, "Name at least one topic to subscribe to.");
    }
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(topics.size())));
    for (const auto& topic : topics) {
        rd_kafka_topic_partition_list_add(list.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    }
    if (const auto code = rd_kafka_subscribe(m_handle->get(), list.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, "subscribe to the topics"));
    }
    return {};
}

Status GroupConsumer::assign(const std::vector<Position>& positions) {
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(positions.size())));
    for (const auto& position : positions) {
        if (position.offset < Offset(0)) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("Partition {} of '{}' can't be read from {}: that is no offset.",
                                    position.at.partition.value(), position.at.topic, position.offset.value()));
        }
        rd_kafka_topic_partition_list_add(list.get(), position.at.topic.c_str(), position.at.partition.value())
            ->offset = position.offset.value();
    }
    m_ends.clear();
    if (const auto code = rd_kafka_assign(m_handle->get(), list.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, "assign the partitions"));
    }
    return {};
}

Result<std::vector<Record>> GroupConsumer::poll(std::size_t maxRecords, std::chrono::milliseconds timeout) {
    std::vector<Record> records;
    const auto until = Deadline::Clock::now() + timeout;
    std::vector<rd_kafka_message_t*> batch(std::clamp<std::size_t>(maxRecords, 1, 4096));
    while (!m_pending) {
        m_handle->poll(std::chrono::milliseconds(0));
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Deadline::Clock::now());
        const auto count = takeBatch(batch, std::clamp(left, std::chrono::milliseconds(0), Deadline::kSlice),
                                     [&](int timeoutMs, rd_kafka_message_t** into, std::size_t size) {
                                         return rd_kafka_consume_batch_queue(m_queue.get(), timeoutMs, into, size);
                                     });
        for (std::size_t i = 0; i < count; ++i) {
            const MessagePtr message(batch[i]);
            take(*message, records);
        }
        if (!m_pending) {
            m_pending = refusedLogin(m_handle->notes());
        }
        if (!records.empty() || Deadline::Clock::now() >= until) {
            break;
        }
    }
    if (records.empty() && m_pending) {
        auto error = std::move(*m_pending);
        m_pending.reset();
        return std::unexpected(std::move(error));
    }
    return records;
}

void GroupConsumer::take(rd_kafka_message_t& message, std::vector<Record>& records) {
    const char* topic = message.rkt != nullptr ? rd_kafka_topic_name(message.rkt) : "";
    const TopicPartition at{topic, Partition(message.partition)};
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        records.push_back(copyOf(viewOf(message, m_headers), topic));
    } else if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        m_ends[at] = Offset(message.offset);
    } else if (!isPassing(message.err) && !m_pending) {
        const char* text = rd_kafka_message_errstr(&message);
        m_pending = readError(message.err, at, text != nullptr ? text : "");
    }
}

Result<std::vector<TopicPartition>> GroupConsumer::assignment() {
    rd_kafka_topic_partition_list_t* raw = nullptr;
    if (const auto code = rd_kafka_assignment(m_handle->get(), &raw); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, "read the assignment"));
    }
    const PartitionListPtr list(raw);
    std::vector<TopicPartition> partitions;
    for (int i = 0; i < list->cnt; ++i) {
        partitions.push_back({list->elems[i].topic, Partition(list->elems[i].partition)});
    }
    return partitions;
}

Result<std::vector<Position>> GroupConsumer::positions() {
    auto assigned = assignment();
    if (!assigned) {
        return std::unexpected(assigned.error());
    }
    const auto list = listOf(*assigned);
    if (const auto code = rd_kafka_position(m_handle->get(), list.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, "read the positions"));
    }
    std::vector<Position> positions;
    for (int i = 0; i < list->cnt; ++i) {
        const TopicPartition at{list->elems[i].topic, Partition(list->elems[i].partition)};
        auto offset = list->elems[i].offset >= 0 ? Offset(list->elems[i].offset) : kNoOffset;
        if (const auto end = m_ends.find(at); end != m_ends.end()) {
            offset = std::max(offset, end->second);
        }
        if (offset >= Offset(0)) { // a partition of which nothing was read yet has no position to name
            positions.push_back({at, offset});
        }
    }
    return positions;
}

Status GroupConsumer::commit(const CallOptions& options) {
    const Deadline deadline(options);
    constexpr std::string_view kDoing = "commit the offsets";
    const QueuePtr queue(rd_kafka_queue_new(m_handle->get()));
    const auto code = rd_kafka_commit_queue(m_handle->get(), nullptr, queue.get(), nullptr, nullptr);
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, kDoing));
    }
    while (true) {
        const EventPtr event(rd_kafka_queue_poll(queue.get(), static_cast<int>(deadline.slice().count())));
        if (event) {
            const auto result = rd_kafka_event_error(event.get());
            if (result == RD_KAFKA_RESP_ERR_NO_ERROR || result == RD_KAFKA_RESP_ERR__NO_OFFSET) {
                return {}; // nothing new to commit is fine
            }
            return std::unexpected(kafkaError(result, kDoing));
        }
        if (deadline.cancelled() || deadline.passed()) {
            return std::unexpected(gaveUp(m_handle->notes(), kDoing, deadline));
        }
    }
}

Status GroupConsumer::seek(const Position& position, const CallOptions& options) {
    if (position.offset < Offset(0)) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is no offset.", position.offset.value()));
    }
    const auto list = listOf({position.at});
    list->elems[0].offset = position.offset.value();
    const auto doing = fmt::format("go to offset {} of '{}'", position.offset.value(), position.at.topic);
    const KafkaErrorPtr error(rd_kafka_seek_partitions(
        m_handle->get(), list.get(), static_cast<int>(std::max<std::int64_t>(options.timeout.count(), 1))));
    if (error) {
        return std::unexpected(kafkaError(rd_kafka_error_code(error.get()), doing, rd_kafka_error_string(error.get())));
    }
    if (list->elems[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(list->elems[0].err, doing));
    }
    m_ends.erase(position.at);
    return {};
}

Status GroupConsumer::setPaused(const std::vector<TopicPartition>& partitions, bool paused) {
    const auto list = listOf(partitions);
    const auto code = paused ? rd_kafka_pause_partitions(m_handle->get(), list.get())
                             : rd_kafka_resume_partitions(m_handle->get(), list.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, paused ? "pause the partitions" : "resume the partitions"));
    }
    return {};
}

Status GroupConsumer::pause(const std::vector<TopicPartition>& partitions) {
    return setPaused(partitions, true);
}

Status GroupConsumer::resume(const std::vector<TopicPartition>& partitions) {
    return setPaused(partitions, false);
}

Result<std::unique_ptr<Consumer>> openConsumer(const Profile& profile, const ConsumerOptions& options) {
    if (options.maxQueuedBytes < (1u << 10)) {
        return fail(ErrorCode::InvalidArgument, "A consumer needs room for at least 1 KiB of records.");
    }
    return options.group.empty() ? DirectConsumer::open(profile, options) : GroupConsumer::open(profile, options);
}

} // namespace meshbone::backbone
