// SPDX-License-Identifier: Apache-2.0
#include "schema_rights.h"

#include <array>

namespace meshbone::app {

namespace {

using backbone::Operation;
using backbone::ResourceKind;
using catalog::RegistryAction;

constexpr std::chrono::seconds kKept{1};
constexpr std::size_t kMaxAnswers = 20'000;
constexpr auto kClusterName = "kafka-cluster"; ///< how Kafka calls the one resource of the kind Cluster

Operation operationOf(RegistryAction action) {
    constexpr std::array kOperations{Operation::Describe, Operation::Write, Operation::Alter, Operation::Describe,
                                     Operation::Alter};
    return kOperations[static_cast<std::size_t>(action)];
}

} // namespace

bool SchemaRights::mayDo(const std::string& principal, RegistryAction action, const std::string& subject) {
    const auto key = principal + '\n' + std::string(registryActionName(action)) + '\n' + subject;
    const auto now = std::chrono::steady_clock::now();
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_answers.find(key); known != m_answers.end() && known->second.until > now) {
            return known->second.isAllowed;
        }
    }
    const bool isAllowed = decide(principal, action, subject);
    const std::scoped_lock lock(m_mutex);
    if (m_answers.size() >= kMaxAnswers) {
        m_answers.clear();
    }
    m_answers[key] = {isAllowed, now + kKept};
    return isAllowed;
}

bool SchemaRights::decide(const std::string& principal, RegistryAction action, const std::string& subject) {
    const bool isRead = action == RegistryAction::Read || action == RegistryAction::ReadSettings;
    if (const auto topic = catalog::topicOfSubject(subject); !topic.empty()) {
        return m_broker.mayDo(principal, operationOf(action), ResourceKind::Topic, topic);
    }
    if (isRead) {
        return true;
    }
    if (action == RegistryAction::Write && !subject.empty() &&
        m_broker.mayDo(principal, Operation::Write, ResourceKind::Topic, {})) {
        return true;
    }
    return m_broker.mayDo(principal, Operation::Alter, ResourceKind::Cluster, kClusterName);
}

} // namespace meshbone::app
