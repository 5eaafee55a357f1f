// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/wire_client.h"

#include <backbone/access_admin.h>

namespace meshbone::backbone {

/// AccessAdmin over the protocol's own messages: librdkafka knows neither all kinds of resources nor all operations.
/// Each call makes a connection of its own, so calls from several threads don't meet.
class WireAccessAdmin final : public AccessAdmin {
public:
    explicit WireAccessAdmin(Profile profile)
        : m_profile(std::move(profile)) {}

    Result<std::vector<AclBinding>> acls(const AclFilter& filter, const CallOptions& options) override;
    Result<std::vector<Status>> createAcls(std::span<const AclBinding> bindings, const CallOptions& options) override;
    Result<std::vector<Status>> deleteAcls(std::span<const AclBinding> bindings, const CallOptions& options) override;
    Result<std::vector<ScramUser>> users(const CallOptions& options) override;
    Status putUser(const std::string& user, const std::string& password, ScramMechanism mechanism,
                   const CallOptions& options) override;
    Status removeUser(const std::string& user, ScramMechanism mechanism, const CallOptions& options) override;

private:
    Profile m_profile;
};

/// The error of an answer about access: what is missing by name, where Kafka's text only says "not authorized".
Error accessError(wire::KafkaCode code, std::string_view doing, const std::optional<std::string>& detail,
                  Operation needed);

} // namespace meshbone::backbone
