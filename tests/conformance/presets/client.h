// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <librdkafka/rdkafka.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace meshbone::presets {

struct Login {
    std::string bootstrap, mechanism, user, password;
};
using Settings = std::vector<std::pair<std::string, std::string>>;

/// A client of librdkafka that works once and says how that went: an empty text, or why it didn't.
class Client {
public:
    Client(rd_kafka_type_t type, const Login& login, Settings settings); ///< throws std::runtime_error

    std::string produce(const std::string& topic, const std::string& value);
    std::string readOne(const std::string& topic); ///< as a member of the group that the settings name
    std::string commit();
    std::string transaction(const std::string& topic); ///< produces one record in a transaction
    /// The same, and commits what the consumer has read in it.
    std::string transform(Client& consumer, const std::string& from, const std::string& to);

private:
    std::string begin();
    std::string end();
    std::unique_ptr<rd_kafka_t, decltype(&rd_kafka_destroy)> m_handle;
};

} // namespace meshbone::presets
