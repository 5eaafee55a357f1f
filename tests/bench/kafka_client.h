// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::bench {

using Client = std::unique_ptr<rd_kafka_t, decltype(&rd_kafka_destroy)>;
using Topic = std::unique_ptr<rd_kafka_topic_t, decltype(&rd_kafka_topic_destroy)>;

/// A client of librdkafka with these settings; throws std::runtime_error when it knows one of them not.
inline Client client(rd_kafka_type_t type, const std::string& bootstrap,
                     const std::vector<std::pair<const char*, const char*>>& settings) {
    auto* conf = rd_kafka_conf_new();
    char error[256];
    rd_kafka_conf_set(conf, "bootstrap.servers", bootstrap.c_str(), error, sizeof error);
    for (const auto& [name, value] : settings) {
        if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) {
            throw std::runtime_error(error);
        }
    }
    auto* made = rd_kafka_new(type, conf, error, sizeof error);
    if (made == nullptr) {
        throw std::runtime_error(error);
    }
    return {made, &rd_kafka_destroy};
}

inline Topic topic(const Client& client, const std::string& name) {
    return {rd_kafka_topic_new(client.get(), name.c_str(), nullptr), &rd_kafka_topic_destroy};
}

} // namespace meshbone::bench
