// SPDX-License-Identifier: Apache-2.0
#include "broker/listeners/listener_set.h"

#include "net/log_line.h"
#include "net/tls_transport.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

Result<std::unique_ptr<ListenerSet>> ListenerSet::bind(const BrokerOptions& options, const BrokerConfig& config) {
    auto specs = listenersOf(options, config);
    if (!specs) {
        return std::unexpected(specs.error());
    }
    auto rules = tls::PrincipalRules::parse(config.value("ssl.principal.mapping.rules").value_or(""));
    if (!rules) {
        return std::unexpected(rules.error());
    }
    auto set = std::make_unique<ListenerSet>();
    set->m_principals = std::move(*rules);
    for (auto& spec : *specs) {
        auto sockets = net::listenOnLoopback(spec.host, spec.port);
        if (!sockets) {
            return std::unexpected(sockets.error());
        }
        const BrokerEndpoint endpoint{config.nodeId(), spec.host, sockets->port};
        set->m_listeners.push_back({std::move(spec), endpoint, std::move(*sockets), nullptr});
    }
    return set;
}

Status ListenerSet::openKeys(const BrokerOptions& options, const BrokerConfig& config) {
    std::vector<std::string> hosts;
    for (const auto& one : m_listeners) {
        if (usesTls(one.spec.protocol)) {
            hosts.push_back(one.spec.host);
        }
    }
    if (hosts.empty()) {
        return {};
    }
    auto keys = TlsKeys::open(realFileSystem(), options.dataDirectory / TlsKeys::kFolder, config, std::move(hosts),
                              std::time(nullptr));
    if (!keys) {
        return std::unexpected(keys.error());
    }
    m_keys = std::move(*keys);
    return {};
}

std::vector<net::Listening> ListenerSet::serve(const SessionSettings& shared, const UserStore& users) {
    std::vector<net::Listening> all;
    for (auto& one : m_listeners) {
        const auto protocol = one.spec.protocol;
        one.settings = std::make_unique<SessionSettings>(shared);
        one.settings->endpoint = &one.endpoint;
        one.settings->users = usesSasl(protocol) ? &users : nullptr;
        // As at Kafka, a listener with SASL asks for no certificate: ssl.client.auth is for those without.
        const bool asksClients = protocol == Protocol::Ssl;
        one.settings->principals = asksClients ? &m_principals : nullptr;
        auto& listening = all.emplace_back();
        listening.sockets = std::move(one.sockets);
        listening.makeSink = [&settings = *one.settings](net::Connection& connection) {
            return std::make_unique<Session>(settings, connection);
        };
        if (usesTls(protocol)) {
            listening.makeTransport = [this, asksClients](int descriptor) {
                return net::tlsTransport(m_keys->context(asksClients), descriptor);
            };
        }
    }
    return all;
}

std::vector<BrokerListener> ListenerSet::all() const {
    std::vector<BrokerListener> all;
    for (const auto& one : m_listeners) {
        all.push_back({std::string(protocolName(one.spec.protocol)),
                       addressText(one.endpoint.host, static_cast<std::uint16_t>(one.endpoint.port))});
    }
    return all;
}

void ListenerSet::tick(std::time_t now) {
    if (!m_keys) {
        return;
    }
    if (const auto renewed = m_keys->renewWhenDue(now); !renewed) {
        net::logLine(net::Severity::Error,
                     fmt::format("The certificate for TLS could not be made anew: {}", renewed.error().message));
    }
}

} // namespace meshbone::backbone::broker
