// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/wire_connection.h"

namespace meshbone::backbone {

/// The few calls that librdkafka lacks, over the protocol's own messages: connections to the brokers of one cluster,
/// made as they are needed and kept as long as the object lives (which is one piece of work, as a rule). One thread at
/// a time. Errors are values with a sentence; a broker's own error codes are left to the caller.
///
///     WireClient client(profile, deadline);
///     auto node = client.anyNode();
///     auto answer = client.call<wire::DescribeLogDirsResponse>(*node, request, "read the sizes");
class WireClient {
public:
    WireClient(const Profile& profile, const Deadline& deadline)
        : m_profile(profile)
        , m_deadline(deadline) {}

    /// The cluster as its metadata tells, read once. Fails as WireConnection::open() does, with the last address's
    /// reason when no bootstrap address could be used.
    Result<ClusterInfo> cluster();
    /// A broker to ask what every broker answers alike, and the one that decides (creates, changes).
    Result<std::int32_t> anyNode();
    Result<std::int32_t> controller();

    /// The connection to a node, logged in.
    Result<WireConnection*> connection(std::int32_t node);

    template <class Response, class Request>
    Result<Response> call(std::int32_t node, const Request& request, std::string_view doing) {
        auto to = connection(node);
        if (!to) {
            return std::unexpected(to.error());
        }
        auto answer = (*to)->template call<Response>(request, doing, m_deadline);
        if (!answer && answer.error().code != ErrorCode::Unsupported) {
            m_nodes.erase(node); // what comes next on this connection would answer something else
        }
        return answer;
    }

    [[nodiscard]] const Deadline& deadline() const { return m_deadline; }

private:
    Result<std::unique_ptr<WireConnection>> openBootstrap();
    Profile m_profile;
    Deadline m_deadline;
    std::optional<ClusterInfo> m_cluster;
    std::map<std::int32_t, std::unique_ptr<WireConnection>> m_nodes;
};

} // namespace meshbone::backbone
