// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/broker.h>
#include <catalog/schema_service.h>

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace meshbone::app {

/// Who may do what to a subject, from the rights over the topic whose name it carries ("orders-value", "orders-key"):
/// whoever may describe the topic reads, whoever may write to it registers, whoever may alter it deletes and changes
/// settings. Of other subjects everybody who is logged in may read, who may write to some topic may register; the rest,
/// and settings for all, take the right to alter the cluster. Thread-safe; an answer is kept for a second.
class SchemaRights {
public:
    /// The broker is borrowed.
    explicit SchemaRights(backbone::EmbeddedBroker& broker)
        : m_broker(broker) {}
    bool mayDo(const std::string& principal, catalog::RegistryAction action, const std::string& subject);

private:
    struct Answer {
        bool isAllowed = false;
        std::chrono::steady_clock::time_point until;
    };
    bool decide(const std::string& principal, catalog::RegistryAction action, const std::string& subject);

    backbone::EmbeddedBroker& m_broker;
    std::mutex m_mutex;
    std::unordered_map<std::string, Answer> m_answers;
};

} // namespace meshbone::app
