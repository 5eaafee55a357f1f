// SPDX-License-Identifier: Apache-2.0
#include "broker/listeners/listener_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace meshbone::backbone::broker {

namespace {

constexpr std::array<std::pair<std::string_view, Protocol>, 4> kProtocols{{{"PLAINTEXT", Protocol::Plaintext},
                                                                           {"SASL_PLAINTEXT", Protocol::SaslPlaintext},
                                                                           {"SSL", Protocol::Ssl},
                                                                           {"SASL_SSL", Protocol::SaslSsl}}};

std::unexpected<Error> refuse(std::string_view listener, std::string_view why) {
    return fail(ErrorCode::InvalidArgument,
                fmt::format("listeners: '{}' {}; give PROTOCOL://HOST:PORT, for example SASL_SSL://127.0.0.1:9093, "
                            "with PLAINTEXT, SASL_PLAINTEXT, SSL or SASL_SSL.",
                            listener, why));
}

std::string_view trimmed(std::string_view text) {
    const auto first = std::min(text.find_first_not_of(" \t"), text.size());
    return text.substr(first, text.find_last_not_of(" \t") + 1 - first);
}

Result<ListenerSpec> parse(std::string_view text) {
    const auto scheme = text.find("://");
    const auto colon = text.rfind(':');
    if (scheme == std::string_view::npos || colon <= scheme) {
        return refuse(text, "has no protocol or no port");
    }
    std::string name(text.substr(0, scheme));
    std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    const auto* known = std::ranges::find(kProtocols, name, &std::pair<std::string_view, Protocol>::first);
    if (known == kProtocols.end()) {
        return refuse(text, "has an unknown protocol");
    }
    auto host = text.substr(scheme + 3, colon - scheme - 3);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    const auto digits = text.substr(colon + 1);
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
        return refuse(text, "has no port from 0 to 65535");
    }
    // Kafka's empty host is every address; this broker's is the loopback, where it listens only.
    return ListenerSpec{known->second, host.empty() ? "127.0.0.1" : std::string(host), port};
}

Protocol protocolOf(const BrokerOptions& options) {
    if (options.tls) {
        return options.insecure ? Protocol::Ssl : Protocol::SaslSsl;
    }
    return options.insecure ? Protocol::Plaintext : Protocol::SaslPlaintext;
}

} // namespace

std::string_view protocolName(Protocol protocol) {
    return std::ranges::find(kProtocols, protocol, &std::pair<std::string_view, Protocol>::second)->first;
}

Result<std::vector<ListenerSpec>> listenersOf(const BrokerOptions& options, const BrokerConfig& config) {
    const auto text = config.value("listeners").value_or("");
    if (text.empty()) {
        return std::vector{ListenerSpec{protocolOf(options), options.host, options.port}};
    }
    std::vector<ListenerSpec> all;
    for (std::size_t at = 0; at <= text.size();) {
        const auto comma = std::min(text.find(',', at), text.size());
        const auto word = trimmed(std::string_view(text).substr(at, comma - at));
        at = comma + 1;
        auto one = parse(word);
        if (!one) {
            return std::unexpected(one.error());
        }
        if (std::ranges::find(all, one->protocol, &ListenerSpec::protocol) != all.end()) {
            return refuse(word, "has a protocol that another listener has");
        }
        if (one->port != 0 && std::ranges::find(all, one->port, &ListenerSpec::port) != all.end()) {
            return refuse(word, "has a port that another listener has");
        }
        all.push_back(std::move(*one));
    }
    return all;
}

std::string addressText(const std::string& host, std::uint16_t port) {
    return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port) : fmt::format("[{}]:{}", host, port);
}

} // namespace meshbone::backbone::broker
