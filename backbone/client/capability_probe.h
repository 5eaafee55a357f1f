// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "client/access_admin.h"

#include <backbone/capabilities.h>

#include <initializer_list>

namespace meshbone::backbone {

/// One look at what a cluster can do; used once, on one thread.
class CapabilityProbe {
public:
    CapabilityProbe(const Profile& profile, const CallOptions& options)
        : m_profile(profile)
        , m_deadline(options)
        , m_client(profile, m_deadline) {}

    Result<Capabilities> run();

private:
    void checkBrokers(const ClusterInfo& cluster);
    BrokerCheck checkBroker(const NodeInfo& node) const;
    void tellWho();
    void readRights();
    FeatureCheck readAcls();
    FeatureCheck alterAcls() const;
    FeatureCheck topicConfigs();
    FeatureCheck transactions() const;
    FeatureCheck quotas() const;
    FeatureCheck scramUsers();
    /// A topic to try things on, one of people's rather than the cluster's own; none where this user sees none.
    Result<std::optional<std::string>> someTopic();

    [[nodiscard]] bool serves(std::int16_t api) const { return m_versions.contains(api); }
    /// False only where the cluster says so.
    [[nodiscard]] bool mayOnCluster(Operation operation) const;

    struct Api {
        std::int16_t key;
        std::string_view name;
    };
    /// "AddPartitionsToTxn, EndTxn": those of them that the cluster doesn't serve.
    [[nodiscard]] std::string missing(std::initializer_list<Api> apis) const;

    const Profile& m_profile;
    Deadline m_deadline;
    WireClient m_client;
    std::int32_t m_node = -1; ///< the broker that is asked
    WireConnection::Versions m_versions;
    Capabilities m_found;
};

} // namespace meshbone::backbone
