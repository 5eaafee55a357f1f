// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "answer.h"
#include "script.h"

#include "support/raw_client.h"
#include "wire/message_types.h"

#include <memory>
#include <optional>
#include <set>
#include <string>

namespace meshbone::compare {

/// Where a broker is, and who may ask.
struct Address {
    std::uint16_t port = 0; ///< on 127.0.0.1
    std::string admin;
    std::map<std::string, std::string> passwords; ///< of each user
};

/// The two messages of an API.
struct Api {
    const backbone::wire::MessageType* request = nullptr;
    const backbone::wire::MessageType* response = nullptr;
};
/// Throws std::runtime_error for a name that is no API's.
Api findApi(const std::string& name);

/// One of the two brokers, asked over one connection for each user. Throws std::runtime_error when it can't be reached.
class Engine {
public:
    explicit Engine(Address address);

    /// What it shows in ApiVersions; nothing for an API that it doesn't have.
    [[nodiscard]] std::optional<backbone::wire::Versions> versionsOf(backbone::wire::ApiKey key) const;

    /// Sends a step's request in a version and keeps what the step captures. An answer that does not come or can't be
    /// read is a field of its own, named "answer".
    Answer ask(const Step& step, backbone::wire::Version version, std::map<std::string, std::string> variables);

    /// Waits until it coordinates groups and numbers producers, which Kafka gets ready for when it is first asked.
    void awaitCoordinator();

    /// The names in the last request that its version has no field for.
    [[nodiscard]] const std::set<std::string>& unusedNames() const { return m_unusedNames; }

private:
    testing::RawClient& clientOf(const std::string& user); ///< logs in when it is first asked for
    nlohmann::json exchange(testing::RawClient& client, const Api& api, backbone::wire::Version version,
                            const nlohmann::json& request);

    Address m_address;
    std::map<std::string, std::unique_ptr<testing::RawClient>> m_clients; ///< by user
    std::map<backbone::wire::ApiKey, backbone::wire::Versions> m_versions;
    std::map<std::string, std::string> m_captured;
    std::set<std::string> m_unusedNames;
    std::int32_t m_lastId = 1000;
};

} // namespace meshbone::compare
