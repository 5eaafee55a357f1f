// SPDX-License-Identifier: Apache-2.0
#include "client/record_sender.h"

#include "client/kafka_errors.h"

#include <fmt/format.h>

#include <array>

namespace meshbone::backbone {

namespace {

HeadersPtr headersOf(std::span<const HeaderView> own, std::span<const HeaderView> more) {
    if (own.empty() && more.empty()) {
        return nullptr;
    }
    HeadersPtr list(rd_kafka_headers_new(own.size() + more.size()));
    for (const auto part : {own, more}) {
        for (const auto& header : part) {
            rd_kafka_header_add(list.get(), header.name.data(), static_cast<ssize_t>(header.name.size()),
                                header.value ? header.value->data() : nullptr,
                                header.value ? static_cast<ssize_t>(header.value->size()) : 0);
        }
    }
    return list;
}

rd_kafka_vu_t bytesOf(rd_kafka_vtype_t kind, const std::optional<std::string_view>& bytes) {
    rd_kafka_vu_t vu{};
    vu.vtype = kind;
    // Empty bytes need a pointer all the same: without one they would be null.
    static constexpr char kEmpty = '\0';
    const char* data = bytes ? (bytes->data() != nullptr ? bytes->data() : &kEmpty) : nullptr;
    vu.u.mem.ptr = const_cast<char*>(data); // librdkafka's type; it copies and does not write
    vu.u.mem.size = bytes ? bytes->size() : 0;
    return vu;
}

} // namespace

Properties producerProperties(const ProducerOptions& options) {
    Properties properties;
    if (!options.clientId.empty()) {
        properties.emplace_back("client.id", options.clientId);
    }
    properties.emplace_back("enable.idempotence", options.idempotent ? "true" : "false");
    properties.emplace_back("acks", options.idempotent ? "all" : fmt::to_string(options.acks));
    properties.emplace_back("linger.ms", fmt::to_string(options.linger.count()));
    properties.emplace_back("compression.type", options.compression);
    properties.emplace_back("queue.buffering.max.kbytes",
                            fmt::to_string(std::max<std::size_t>(options.maxQueuedBytes >> 10, 1)));
    properties.emplace_back("queue.buffering.max.messages", "1000000");
    // What Kafka's own clients do, so that a key lands on the same partition whoever writes it.
    properties.emplace_back("partitioner", "murmur2_random");
    properties.insert(properties.end(), options.properties.begin(), options.properties.end());
    return properties;
}

Status sendView(rd_kafka_t* kafka, const std::string& topic, const RecordView& record,
                std::span<const HeaderView> moreHeaders, void* opaque) {
    if (record.timestampMs == 0) {
        return fail(ErrorCode::InvalidArgument,
                    fmt::format("A record for '{}' has the timestamp 0, which the client can't write.", topic));
    }
    std::array<rd_kafka_vu_t, 8> vus{};
    std::size_t count = 0;
    const auto add = [&](rd_kafka_vtype_t kind) -> rd_kafka_vu_t& {
        auto& vu = vus[count++];
        vu.vtype = kind;
        return vu;
    };
    add(RD_KAFKA_VTYPE_TOPIC).u.cstr = topic.c_str();
    add(RD_KAFKA_VTYPE_PARTITION).u.i32 =
        record.partition.value() >= 0 ? record.partition.value() : RD_KAFKA_PARTITION_UA;
    vus[count++] = bytesOf(RD_KAFKA_VTYPE_KEY, record.key);
    vus[count++] = bytesOf(RD_KAFKA_VTYPE_VALUE, record.value);
    add(RD_KAFKA_VTYPE_MSGFLAGS).u.i = RD_KAFKA_MSG_F_COPY;
    add(RD_KAFKA_VTYPE_TIMESTAMP).u.i64 = record.timestampMs > 0 ? record.timestampMs : 0; // none: the present
    add(RD_KAFKA_VTYPE_OPAQUE).u.ptr = opaque;
    auto headers = headersOf(record.headers, moreHeaders);
    if (headers) {
        add(RD_KAFKA_VTYPE_HEADERS).u.headers = headers.get();
    }
    const KafkaErrorPtr error(rd_kafka_produceva(kafka, vus.data(), count));
    if (!error) {
        std::ignore = headers.release(); // librdkafka owns them now
        return {};
    }
    return std::unexpected(kafkaError(rd_kafka_error_code(error.get()), fmt::format("write to the topic '{}'", topic),
                                      rd_kafka_error_string(error.get())));
}

Result<Delivery> deliveryOf(const rd_kafka_message_t& message) {
    const char* topic = rd_kafka_topic_name(message.rkt);
    if (message.err != RD_KAFKA_RESP_ERR_NO_ERROR) {
        // Of what a broker refused, librdkafka (2.12) hands out the broker's words after it has freed them: they can't
        // be read. Its own, for errors that it finds itself (below zero), stay.
        const char* detail = message.err < 0 ? rd_kafka_message_produce_errstr(&message) : nullptr;
        return std::unexpected(
            kafkaError(message.err, fmt::format("write to the topic '{}'", topic), detail != nullptr ? detail : ""));
    }
    return Delivery{{topic, Partition(message.partition)}, message.offset >= 0 ? Offset(message.offset) : kNoOffset};
}

} // namespace meshbone::backbone
