// SPDX-License-Identifier: Apache-2.0
#include "client.h"

#include <chrono>
#include <stdexcept>

namespace meshbone::presets {
namespace {

constexpr int kPatienceMs = 15'000;

/// What became of the record whose opaque this is.
void delivered(rd_kafka_t* /*client*/, const rd_kafka_message_t* message, void* /*opaque*/) {
    if (auto* outcome = static_cast<rd_kafka_resp_err_t*>(message->_private)) {
        *outcome = message->err;
    }
}

std::string words(rd_kafka_resp_err_t code) {
    return code == RD_KAFKA_RESP_ERR_NO_ERROR ? "" : rd_kafka_err2name(code);
}
std::string words(rd_kafka_error_t* error) {
    const std::string text = error == nullptr ? "" : rd_kafka_error_name(error);
    rd_kafka_error_destroy(error);
    return text;
}

rd_kafka_t* made(rd_kafka_type_t type, const Login& login, Settings settings) {
    settings.insert(settings.begin(), {{"bootstrap.servers", login.bootstrap},
                                       {"security.protocol", "SASL_PLAINTEXT"},
                                       {"sasl.mechanism", login.mechanism},
                                       {"sasl.username", login.user},
                                       {"sasl.password", login.password}});
    auto* conf = rd_kafka_conf_new();
    char error[512];
    for (const auto& [name, value] : settings) {
        if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), error, sizeof error) != RD_KAFKA_CONF_OK) {
            throw std::runtime_error(error);
        }
    }
    if (type == RD_KAFKA_PRODUCER) {
        rd_kafka_conf_set_dr_msg_cb(conf, delivered);
    }
    auto* client = rd_kafka_new(type, conf, error, sizeof error);
    if (client == nullptr) {
        throw std::runtime_error(error);
    }
    if (type == RD_KAFKA_CONSUMER) {
        rd_kafka_poll_set_consumer(client);
    }
    return client;
}

} // namespace

Client::Client(rd_kafka_type_t type, const Login& login, Settings settings)
    : m_handle(made(type, login, std::move(settings)), &rd_kafka_destroy) {}

std::string Client::produce(const std::string& topic, const std::string& value) {
    auto outcome = RD_KAFKA_RESP_ERR__TIMED_OUT;
    auto text = value;
    const auto sent =
        rd_kafka_producev(m_handle.get(), RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_VALUE(text.data(), text.size()),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_OPAQUE(&outcome), RD_KAFKA_V_END);
    if (sent != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return words(sent);
    }
    if (rd_kafka_flush(m_handle.get(), kPatienceMs) != RD_KAFKA_RESP_ERR_NO_ERROR) {
        rd_kafka_purge(m_handle.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
        rd_kafka_flush(m_handle.get(), kPatienceMs); // `outcome` must not be written to later
    }
    return words(outcome);
}

std::string Client::readOne(const std::string& topic) {
    const std::unique_ptr<rd_kafka_topic_partition_list_t, decltype(&rd_kafka_topic_partition_list_destroy)> topics(
        rd_kafka_topic_partition_list_new(1), &rd_kafka_topic_partition_list_destroy);
    rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
    if (const auto code = rd_kafka_subscribe(m_handle.get(), topics.get()); code != RD_KAFKA_RESP_ERR_NO_ERROR) {
        return words(code);
    }
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(kPatienceMs);
    while (std::chrono::steady_clock::now() < deadline) {
        const std::unique_ptr<rd_kafka_message_t, decltype(&rd_kafka_message_destroy)> message(
            rd_kafka_consumer_poll(m_handle.get(), 100), &rd_kafka_message_destroy);
        if (message != nullptr) {
            return words(message->err);
        }
    }
    return "no record came";
}

std::string Client::commit() {
    return words(rd_kafka_commit(m_handle.get(), nullptr, 0));
}

std::string Client::begin() {
    const auto text = words(rd_kafka_init_transactions(m_handle.get(), kPatienceMs));
    return text.empty() ? words(rd_kafka_begin_transaction(m_handle.get())) : text;
}

std::string Client::end() {
    return words(rd_kafka_commit_transaction(m_handle.get(), kPatienceMs));
}

std::string Client::transaction(const std::string& topic) {
    auto text = begin();
    text = text.empty() ? produce(topic, "in a transaction") : text;
    return text.empty() ? end() : text;
}

std::string Client::transform(Client& consumer, const std::string& from, const std::string& to) {
    auto text = consumer.readOne(from);
    text = text.empty() ? begin() : text;
    text = text.empty() ? produce(to, "transformed") : text;
    if (!text.empty()) {
        return text;
    }
    rd_kafka_topic_partition_list_t* offsets = nullptr;
    rd_kafka_assignment(consumer.m_handle.get(), &offsets);
    rd_kafka_position(consumer.m_handle.get(), offsets);
    auto* group = rd_kafka_consumer_group_metadata(consumer.m_handle.get());
    text = words(rd_kafka_send_offsets_to_transaction(m_handle.get(), offsets, group, kPatienceMs));
    rd_kafka_consumer_group_metadata_destroy(group);
    rd_kafka_topic_partition_list_destroy(offsets);
    return text.empty() ? end() : text;
}

} // namespace meshbone::presets
