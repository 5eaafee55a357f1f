// SPDX-License-Identifier: Apache-2.0
#include "checked_producer.h"

#include <librdkafka/rdkafka.h>

#include <stdexcept>

namespace meshbone::crash {

namespace {

constexpr int kBurst = 100;
constexpr int kBetweenBurstsMs = 5;
constexpr int kFinishMs = 60'000;

void set(rd_kafka_conf_t* conf, const char* name, const std::string& value) {
    char error[256];
    if (rd_kafka_conf_set(conf, name, value.c_str(), error, sizeof error) != RD_KAFKA_CONF_OK) {
        throw std::runtime_error(error);
    }
}

} // namespace

CheckedProducer::CheckedProducer(Kind kind, std::string topic, const std::string& bootstrap)
    : m_kind(kind)
    , m_topic(std::move(topic)) {
    auto* conf = rd_kafka_conf_new();
    set(conf, "bootstrap.servers", bootstrap);
    set(conf, "acks", "all");
    set(conf, "linger.ms", "1");
    set(conf, "reconnect.backoff.ms", "10");
    set(conf, "reconnect.backoff.max.ms", "100");
    set(conf, "log_level", "0");
    set(conf, "topic.metadata.propagation.max.ms", "60000");
    set(conf, "message.timeout.ms", "120000");
    set(conf, "enable.idempotence", kind == Kind::Idempotent ? "true" : "false");
    if (kind == Kind::Plain) {
        set(conf, "message.send.max.retries", "0");
    }
    rd_kafka_conf_set_dr_msg_cb(conf, &CheckedProducer::delivered);
    rd_kafka_conf_set_opaque(conf, this);
    char error[256];
    m_client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
    if (m_client == nullptr) {
        throw std::runtime_error(error);
    }
    m_thread = std::thread([this] { run(); });
}

CheckedProducer::~CheckedProducer() {
    finish();
    rd_kafka_destroy(m_client);
}

void CheckedProducer::delivered(rd_kafka_s* /*client*/, const rd_kafka_message_s* message, void* self) {
    auto* producer = static_cast<CheckedProducer*>(self);
    const auto index = reinterpret_cast<std::uintptr_t>(message->_private);
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
        producer->m_offsets[index] = message->offset;
        ++producer->m_acknowledged;
    } else if (producer->m_kind == Kind::Idempotent && producer->m_error.empty()) {
        producer->m_error = std::string("an idempotent message failed: ") + rd_kafka_err2str(message->err);
    }
}

void CheckedProducer::produceSome() {
    for (int i = 0; i < kBurst; ++i) {
        const auto index = m_offsets.size();
        const auto value = std::to_string(index);
        m_offsets.push_back(kNotAcknowledged);
        const auto error = rd_kafka_producev(
            m_client, RD_KAFKA_V_TOPIC(m_topic.c_str()),
            RD_KAFKA_V_PARTITION(static_cast<int32_t>(index % kPartitions)), RD_KAFKA_V_KEY("k", 1),
            RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
            RD_KAFKA_V_OPAQUE(reinterpret_cast<void*>(index)), RD_KAFKA_V_END);
        if (error != RD_KAFKA_RESP_ERR_NO_ERROR) { // the queue is full: this number is used again
            m_offsets.pop_back();
            return;
        }
    }
}

void CheckedProducer::run() {
    while (!m_stop.load()) {
        produceSome();
        rd_kafka_poll(m_client, kBetweenBurstsMs);
    }
    if (rd_kafka_flush(m_client, kFinishMs) != RD_KAFKA_RESP_ERR_NO_ERROR && m_error.empty()) {
        m_error = "messages had no fate after a minute";
    }
    char fatal[256];
    if (rd_kafka_fatal_error(m_client, fatal, sizeof fatal) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        m_error = std::string("a fatal error: ") + fatal;
    }
}

std::string CheckedProducer::finish() {
    m_stop = true;
    if (m_thread.joinable()) {
        m_thread.join();
    }
    return m_error;
}

} // namespace meshbone::crash
