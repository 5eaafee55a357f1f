// SPDX-License-Identifier: Apache-2.0
#include "client/direct_reader.h"

#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone {

namespace {

constexpr std::size_t kBatchRecords = 4096;

Properties readerProperties(const DirectOptions& options) {
    // Separate queues are bounded each for itself, so the bytes are shared out.
    const auto parts = options.queuePerPartition ? std::max<std::size_t>(options.partitions, 1) : 1;
    const auto queued = std::max<std::size_t>(options.maxQueuedBytes / parts, 256u << 10);
    const auto fetch = std::clamp<std::size_t>(
        options.maxQueuedBytes / std::max<std::size_t>(options.partitions, 1) / 2, 256u << 10, 8u << 20);
    Properties properties{
        {"enable.auto.commit", "false"},
        {"enable.auto.offset.store", "false"},
        {"enable.partition.eof", "true"},
        {"auto.offset.reset", options.autoOffsetReset},
        {"isolation.level", options.readCommitted ? "read_committed" : "read_uncommitted"},
        {"check.crcs", options.checkCrcs ? "true" : "false"},
        {"queued.max.messages.kbytes", fmt::to_string(queued >> 10)},
        {"queued.min.messages", "1000000"},
        {"fetch.message.max.bytes", fmt::to_string(fetch)},
        {"fetch.wait.max.ms", "100"},
        {"fetch.error.backoff.ms", "100"},
        // The default stops fetching for a whole second whenever the queue was full.
        {"fetch.queue.backoff.ms", "2"},
    };
    if (!options.clientId.empty()) {
        properties.emplace_back("client.id", options.clientId);
    }
    properties.insert(properties.end(), options.properties.begin(), options.properties.end());
    return properties;
}

} // namespace

Result<std::unique_ptr<DirectReader>> DirectReader::open(const Profile& profile, const DirectOptions& options) {
    auto handle = Handle::create(RD_KAFKA_CONSUMER, profile, readerProperties(options));
    if (!handle) {
        return std::unexpected(handle.error());
    }
    return std::unique_ptr<DirectReader>(new DirectReader(std::move(*handle), options));
}

DirectReader::DirectReader(std::shared_ptr<Handle> handle, const DirectOptions& options)
    : m_handle(std::move(handle))
    , m_queuePerPartition(options.queuePerPartition)
    , m_shared(rd_kafka_queue_new(m_handle->get())) {
    m_batch.resize(kBatchRecords);
}

DirectReader::~DirectReader() {
    while (!m_started.empty()) {
        const auto at = m_started.begin()->first;
        stop(at);
    }
}

Status DirectReader::start(const TopicPartition& at, Offset offset) {
    if (offset < Offset(0)) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("Partition {} of '{}' can't be read from {}: that is no offset.", at.partition.value(),
                                at.topic, offset.value()));
    }
    stop(at);
    Started started;
    started.topic.reset(rd_kafka_topic_new(m_handle->get(), at.topic.c_str(), nullptr));
    if (!started.topic) {
        return std::unexpected(kafkaError(rd_kafka_last_error(), fmt::format("read the topic '{}'", at.topic)));
    }
    if (m_queuePerPartition) {
        started.ownQueue.reset(rd_kafka_queue_new(m_handle->get()));
    }
    started.known = offset;
    auto* queue = m_queuePerPartition ? started.ownQueue.get() : m_shared.get();
    if (rd_kafka_consume_start_queue(started.topic.get(), at.partition.value(), offset.value(), queue) != 0) {
        return std::unexpected(kafkaError(rd_kafka_last_error(), fmt::format("read the topic '{}'", at.topic)));
    }
    m_started.emplace(at, std::move(started));
    return {};
}

void DirectReader::stop(const TopicPartition& at) {
    const auto place = m_started.find(at);
    if (place == m_started.end()) {
        return;
    }
    rd_kafka_consume_stop(place->second.topic.get(), at.partition.value());
    m_started.erase(place);
}

Status DirectReader::seek(const TopicPartition& at, Offset offset, const Deadline& deadline) {
    const auto place = m_started.find(at);
    if (place == m_started.end()) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("Partition {} of '{}' is not being read.", at.partition.value(), at.topic));
    }
    if (offset < Offset(0)) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is no offset.", offset.value()));
    }
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), at.topic.c_str(), at.partition.value())->offset = offset.value();
    const auto doing = fmt::format("go to offset {} of '{}'", offset.value(), at.topic);
    const KafkaErrorPtr error(rd_kafka_seek_partitions(
        m_handle->get(), list.get(), static_cast<int>(std::max<std::int64_t>(deadline.left().count(), 1))));
    if (error) {
        return std::unexpected(kafkaError(rd_kafka_error_code(error.get()), doing, rd_kafka_error_string(error.get())));
    }
    if (list->elems[0].err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(list->elems[0].err, doing));
    }
    place->second.known = offset;
    return {};
}

Status DirectReader::pause(const std::vector<TopicPartition>& partitions, bool paused) {
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(static_cast<int>(partitions.size())));
    for (const auto& at : partitions) {
        rd_kafka_topic_partition_list_add(list.get(), at.topic.c_str(), at.partition.value());
    }
    const auto code = paused ? rd_kafka_pause_partitions(m_handle->get(), list.get())
                             : rd_kafka_resume_partitions(m_handle->get(), list.get());
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(kafkaError(code, paused ? "pause the partitions" : "resume the partitions"));
    }
    return {};
}

rd_kafka_queue_t* DirectReader::queueFor(const TopicPartition* from) {
    if (!m_queuePerPartition || from == nullptr) {
        return m_shared.get();
    }
    const auto place = m_started.find(*from);
    return place != m_started.end() ? place->second.ownQueue.get() : m_shared.get();
}

std::vector<DirectReader::Event> DirectReader::read(std::size_t maxRecords, std::chrono::milliseconds timeout,
                                                    const Visit& visit, const TopicPartition* from) {
    m_handle->poll(std::chrono::milliseconds(0)); // errors of connections
    auto* queue = queueFor(from);
    const std::span<rd_kafka_message_t*> into(m_batch.data(), std::min(maxRecords, m_batch.size()));
    const auto count = takeBatch(into, timeout, [&](int timeoutMs, rd_kafka_message_t** messages, std::size_t size) {
        return rd_kafka_consume_batch_queue(queue, timeoutMs, messages, size);
    });
    std::vector<Event> events;
    for (std::size_t i = 0; i < count; ++i) {
        const MessagePtr message(m_batch[i]);
        take(*message, visit, events);
    }
    return events;
}

void DirectReader::take(rd_kafka_message_t& message, const Visit& visit, std::vector<Event>& events) {
    const char* topic = message.rkt != nullptr ? rd_kafka_topic_name(message.rkt) : "";
    if (message.err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        visit(viewOf(message, m_headers), topic);
        return;
    }
    Event event{{topic, Partition(message.partition)}, message.err, kNoOffset, {}};
    if (message.err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
        event.code = 0;
        event.endOffset = Offset(message.offset);
        if (const auto place = m_started.find(event.at); place != m_started.end()) {
            place->second.known = std::max(place->second.known, event.endOffset);
        }
    } else if (const char* text = rd_kafka_message_errstr(&message)) {
        event.detail = text;
    }
    events.push_back(std::move(event));
}

Offset DirectReader::position(const TopicPartition& at) const {
    const auto place = m_started.find(at);
    if (place == m_started.end()) {
        return kNoOffset;
    }
    const PartitionListPtr list(rd_kafka_topic_partition_list_new(1));
    rd_kafka_topic_partition_list_add(list.get(), at.topic.c_str(), at.partition.value());
    if (rd_kafka_position(m_handle->get(), list.get()) == RD_KAFKA_RESP_ERR_NO_ERROR && list->elems[0].offset >= 0) {
        return std::max(place->second.known, Offset(list->elems[0].offset));
    }
    return place->second.known;
}

Result<std::pair<Offset, Offset>> DirectReader::watermarks(const TopicPartition& at,
                                                           std::chrono::milliseconds timeout) {
    std::int64_t low = 0;
    std::int64_t high = 0;
    const auto code = rd_kafka_query_watermark_offsets(m_handle->get(), at.topic.c_str(), at.partition.value(), &low,
                                                       &high, static_cast<int>(timeout.count()));
    if (code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return std::unexpected(
            kafkaError(code, fmt::format("read the offsets of partition {} of '{}'", at.partition.value(), at.topic)));
    }
    return std::pair(Offset(low), Offset(high));
}

std::vector<TopicPartition> DirectReader::started() const {
    std::vector<TopicPartition> partitions;
    for (const auto& [at, started] : m_started) {
        partitions.push_back(at);
    }
    return partitions;
}

} // namespace meshbone::backbone
