// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/listeners/listener_spec.h"
#include "broker/listeners/tls_keys.h"
#include "broker/session/session.h"
#include "net/server.h"
#include "tls/principal_rules.h"

#include <memory>
#include <vector>

namespace meshbone::backbone::broker {

/// The listeners of the broker: their sockets, their keys, and what the sessions on each of them share. Outlives the
/// server. Loop thread only, once the loop runs.
class ListenerSet {
public:
    /// Takes the ports. Fails as net::listenOnLoopback() does, and with InvalidArgument for the properties.
    static Result<std::unique_ptr<ListenerSet>> bind(const BrokerOptions& options, const BrokerConfig& config);

    /// Reads or makes the keys, where there is a TLS listener. Comes after the data directory was locked.
    Status openKeys(const BrokerOptions& options, const BrokerConfig& config);

    /// What the server takes over. `shared` is for every session, apart from what differs by listener.
    std::vector<net::Listening> serve(const SessionSettings& shared, const UserStore& users);

    [[nodiscard]] std::vector<BrokerListener> all() const;
    [[nodiscard]] std::filesystem::path caFile() const { return m_keys ? m_keys->caFile() : std::filesystem::path(); }
    /// What asks no client for a certificate; null without TLS.
    [[nodiscard]] std::shared_ptr<const tls::ServerContext> tlsContext() const {
        return m_keys ? m_keys->context(false) : nullptr;
    }
    /// Certificates that end soon are made anew. Cheap.
    void tick(std::time_t now);

private:
    struct One {
        ListenerSpec spec;
        BrokerEndpoint endpoint;
        net::ListeningSockets sockets;
        std::unique_ptr<SessionSettings> settings;
    };

    std::vector<One> m_listeners;    ///< doesn't grow once it serves
    std::unique_ptr<TlsKeys> m_keys; ///< null: no TLS
    tls::PrincipalRules m_principals;
};

} // namespace meshbone::backbone::broker
