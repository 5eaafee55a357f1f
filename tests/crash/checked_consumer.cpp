// SPDX-License-Identifier: Apache-2.0
#include "checked_consumer.h"

#include <fmt/format.h>
#include <librdkafka/rdkafka.h>

#include <chrono>
#include <memory>
#include <stdexcept>

namespace meshbone::crash {

namespace {

struct Close {
    void operator()(rd_kafka_t* client) const {
        rd_kafka_consumer_close(client);
        rd_kafka_destroy(client);
    }
};

std::unique_ptr<rd_kafka_t, Close> consumer(const std::string& bootstrap) {
    auto* conf = rd_kafka_conf_new();
    char error[256];
    const std::pair<const char*, const char*> settings[] = {
        {"bootstrap.servers", bootstrap.c_str()}, {"group.id", "crash-check"},   {"enable.auto.commit", "false"},
        {"enable.partition.eof", "true"},         {"fetch.wait.max.ms", "50"},   {"reconnect.backoff.ms", "10"},
        {"reconnect.backoff.max.ms", "100"},      {"auto.offset.reset", "error"}};
    for (const auto& [name, value] : settings) {
        if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
            throw std::runtime_error(error);
        }
    }
    auto* client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, error, sizeof error);
    if (client == nullptr) {
        throw std::runtime_error(error);
    }
    rd_kafka_poll_set_consumer(client);
    return std::unique_ptr<rd_kafka_t, Close>(client);
}

void assignAll(rd_kafka_t* client, const std::string& topic) {
    auto* list = rd_kafka_topic_partition_list_new(kPartitions);
    for (int i = 0; i < kPartitions; ++i) {
        rd_kafka_topic_partition_list_add(list, topic.c_str(), i)->offset = 0;
    }
    rd_kafka_assign(client, list);
    rd_kafka_topic_partition_list_destroy(list);
}

} // namespace

Holdings readAll(const std::string& bootstrap, const std::string& topic) {
    const auto client = consumer(bootstrap);
    assignAll(client.get(), topic);
    Holdings holdings;
    int ended = 0;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (ended < kPartitions) {
        if (std::chrono::steady_clock::now() > deadline) {
            throw std::runtime_error("reading " + topic + " back took more than a minute");
        }
        auto* message = rd_kafka_consumer_poll(client.get(), 100);
        if (message == nullptr) {
            continue;
        }
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            ++ended;
        } else if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
            const std::string value(static_cast<const char*>(message->payload), message->len);
            holdings[message->partition][message->offset] = std::stoll(value);
        } else if (message->err == RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET) {
            throw std::runtime_error("a partition of " + topic + " no longer begins at 0");
        }
        rd_kafka_message_destroy(message);
    }
    return holdings;
}

std::string verify(const CheckedProducer& producer, const Holdings& holdings) {
    const auto& topic = producer.topic();
    std::vector<bool> seen(producer.offsets().size(), false);
    for (const auto& [partition, records] : holdings) {
        std::int64_t last = -1;
        std::int64_t expectedOffset = 0;
        for (const auto& [offset, number] : records) {
            if (offset != expectedOffset++) {
                return fmt::format("{}-{} has a gap before offset {}", topic, partition, offset);
            }
            if (number <= last) {
                return fmt::format("{}-{} has {} at offset {} after {}", topic, partition, number, offset, last);
            }
            last = number;
            seen.at(static_cast<std::size_t>(number)) = true;
        }
    }
    for (std::size_t i = 0; i < seen.size(); ++i) {
        const auto offset = producer.offsets()[i];
        const auto partition = static_cast<int>(i % kPartitions);
        if (offset == CheckedProducer::kNotAcknowledged) {
            if (producer.kind() == CheckedProducer::Kind::Idempotent) {
                return fmt::format("{}: message {} was never acknowledged", topic, i);
            }
            continue;
        }
        const auto of = holdings.find(partition);
        const auto at = of == holdings.end() ? decltype(of->second.begin()){} : of->second.find(offset);
        if (of == holdings.end() || at == of->second.end() || at->second != static_cast<std::int64_t>(i)) {
            return fmt::format("{}-{}: message {} was acknowledged at offset {} and is not there", topic, partition, i,
                               offset);
        }
    }
    return {};
}

} // namespace meshbone::crash
