// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/config/broker_config.h"

#include <backbone/broker.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::broker {

/// Kafka's security protocols: with or without a login by SASL, with or without TLS.
enum class Protocol : std::uint8_t { Plaintext, SaslPlaintext, Ssl, SaslSsl };

inline bool usesTls(Protocol protocol) {
    return protocol == Protocol::Ssl || protocol == Protocol::SaslSsl;
}
inline bool usesSasl(Protocol protocol) {
    return protocol == Protocol::SaslPlaintext || protocol == Protocol::SaslSsl;
}
std::string_view protocolName(Protocol protocol);

/// What one listener shall be.
struct ListenerSpec {
    Protocol protocol = Protocol::SaslPlaintext;
    std::string host;
    std::uint16_t port = 0;
};

/// The property `listeners` as Kafka writes it, PROTOCOL://HOST:PORT separated by commas; where it isn't set, the one
/// listener of the options. InvalidArgument says what is wrong: an unknown protocol, one that is named twice (a
/// listener's name is its protocol's), a port that is named twice. Pure function.
Result<std::vector<ListenerSpec>> listenersOf(const BrokerOptions& options, const BrokerConfig& config);

/// "127.0.0.1:9092", "[::1]:9092".
std::string addressText(const std::string& host, std::uint16_t port);

} // namespace meshbone::backbone::broker
