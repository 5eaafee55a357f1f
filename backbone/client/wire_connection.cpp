// SPDX-License-Identifier: Apache-2.0
#include "client/wire_connection.h"

#include "client/kafka_errors.h"
#include "client/wire_profile.h"
#include "sasl/client_exchange.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

namespace meshbone::backbone {

namespace {

constexpr std::string_view kConnecting = "connect";
constexpr wire::Version kNewestApiVersions = 3;
constexpr std::size_t kReadBytes = 64u << 10;
constexpr int kMaxLoginSteps = 4;

std::size_t lengthOf(std::string_view prefix) {
    std::size_t length = 0;
    for (const char c : prefix) {
        length = length << 8 | static_cast<unsigned char>(c);
    }
    return length;
}

/// What went wrong below, told as the reason why the call failed; codes stay.
Error because(const Error& cause, std::string_view doing) {
    if (doing == kConnecting || cause.code == ErrorCode::Cancelled) {
        return cause;
    }
    return {cause.code, fmt::format("Could not {}: {}", doing, cause.message), cause.kafkaCode};
}

} // namespace

Result<std::unique_ptr<WireConnection>> WireConnection::open(const Profile& profile, const BrokerAddress& address,
                                                             const Deadline& deadline) {
    const auto tls = tlsOptionsOf(profile);
    if (!tls) {
        return std::unexpected(tls.error());
    }
    auto stream = net::connectStream(address.host, address.port, *tls, deadline.rest());
    if (!stream) {
        return std::unexpected(stream.error());
    }
    std::unique_ptr<WireConnection> connection(new WireConnection(address, profile.clientId, std::move(*stream)));
    if (auto ok = connection->askVersions(deadline); !ok) {
        return std::unexpected(ok.error());
    }
    if (auto ok = connection->logIn(profile, deadline); !ok) {
        return std::unexpected(ok.error());
    }
    return connection;
}

std::optional<wire::Version> WireConnection::versionOf(wire::ApiKey key, wire::Versions ours) const {
    const auto theirs = m_versions.find(static_cast<std::int16_t>(key));
    if (theirs == m_versions.end()) {
        return std::nullopt;
    }
    const auto newest = std::min(ours.max, theirs->second.max);
    return newest >= std::max(ours.min, theirs->second.min) ? std::optional(newest) : std::nullopt;
}

Status WireConnection::fill(std::string& into, std::size_t bytes, std::string_view doing, const Deadline& deadline) {
    into.clear();
    // Memory is asked for as the bytes come, so that a length alone costs nothing.
    while (into.size() < bytes) {
        const auto before = into.size();
        const auto want = std::min(bytes - before, kReadBytes);
        into.resize(before + want);
        const auto got = m_stream->receive({into.data() + before, want}, deadline.rest());
        if (!got) {
            return std::unexpected(because(got.error(), doing));
        }
        if (*got == 0) {
            return std::unexpected(because({ErrorCode::Unavailable,
                                            fmt::format("{} hung up; the profile's security protocol may not be the "
                                                        "one it expects.",
                                                        m_address.toString()),
                                            0},
                                           doing));
        }
        into.resize(before + *got);
    }
    return {};
}

Result<std::string_view> WireConnection::exchange(const std::string& request, wire::ApiKey key, wire::Version version,
                                                  std::int32_t id, std::string_view doing, const Deadline& deadline) {
    if (auto sent = m_stream->send(request, deadline.rest()); !sent) {
        return std::unexpected(because(sent.error(), doing));
    }
    std::string prefix;
    if (auto ok = fill(prefix, 4, doing, deadline); !ok) {
        return std::unexpected(ok.error());
    }
    const auto length = lengthOf(prefix);
    if (length > kMaxFrameBytes) {
        return std::unexpected(garbled(doing, fmt::format("an answer of {} bytes", length)));
    }
    if (auto ok = fill(m_frame, length, doing, deadline); !ok) {
        return std::unexpected(ok.error());
    }
    const auto frame = wire::decodeResponseFrame(m_frame, key, version);
    if (!frame) {
        return std::unexpected(garbled(doing, frame.error().message));
    }
    if (frame->correlationId != id) {
        return std::unexpected(garbled(doing, "an answer to another request"));
    }
    return frame->body;
}

/// A broker that doesn't know the version answers in version 0 with error 35 and what it knows (KIP-511).
Status WireConnection::askVersions(const Deadline& deadline) {
    for (const auto version : {kNewestApiVersions, wire::Version{0}}) {
        wire::ApiVersionsRequest request;
        request.clientSoftwareName = "meshbone";
        request.clientSoftwareVersion = MESHBONE_VERSION;
        const auto id = ++m_lastId;
        const auto body = exchange(wire::encodeRequest(id, m_clientId, request, version).flatten(),
                                   wire::ApiKey::ApiVersions, version, id, kConnecting, deadline);
        if (!body) {
            return std::unexpected(body.error());
        }
        const bool tooNew = body->size() >= 2 && lengthOf(body->substr(0, 2)) ==
                                                     static_cast<std::size_t>(wire::KafkaCode::UnsupportedVersion);
        if (tooNew && version > 0) {
            continue;
        }
        const auto response = wire::decodeBody<wire::ApiVersionsResponse>(*body, version);
        if (!response) {
            return std::unexpected(garbled(kConnecting, response.error().message));
        }
        if (response->errorCode != wire::KafkaCode::None) {
            return std::unexpected(kafkaError(static_cast<int>(response->errorCode), kConnecting));
        }
        keepVersions(*response);
        return {};
    }
    return {};
}

void WireConnection::keepVersions(const wire::ApiVersionsResponse& response) {
    for (const auto& api : response.apiKeys) {
        m_versions[static_cast<std::int16_t>(api.apiKey)] = {api.minVersion, api.maxVersion};
    }
}

Status WireConnection::logIn(const Profile& profile, const Deadline& deadline) {
    if (!profile.securityProtocol.starts_with("SASL")) {
        return {};
    }
    wire::SaslHandshakeRequest request;
    request.mechanism = profile.saslMechanism;
    const auto answer = call<wire::SaslHandshakeResponse>(request, kConnecting, deadline);
    if (!answer) {
        return std::unexpected(answer.error());
    }
    if (answer->errorCode == wire::KafkaCode::UnsupportedSaslMechanism) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("{} does not offer this way to log in (SASL mechanism); choose another in the profile: "
                                "it offers {}.",
                                m_address.toString(), fmt::join(answer->mechanisms, ", ")),
                    static_cast<std::int16_t>(answer->errorCode));
    }
    if (answer->errorCode != wire::KafkaCode::None) {
        return std::unexpected(kafkaError(static_cast<int>(answer->errorCode), "log in"));
    }
    return authenticate(profile, deadline);
}

Status WireConnection::authenticate(const Profile& profile, const Deadline& deadline) {
    auto exchange = sasl::clientExchange(profile.saslMechanism, profile.user, profile.password);
    if (!exchange) {
        return std::unexpected(exchange.error());
    }
    auto token = (*exchange)->start();
    for (int step = 0; step < kMaxLoginSteps; ++step) {
        wire::SaslAuthenticateRequest request;
        request.authBytes = token;
        const auto answer = call<wire::SaslAuthenticateResponse>(request, kConnecting, deadline);
        if (!answer) {
            return std::unexpected(answer.error());
        }
        if (answer->errorCode != wire::KafkaCode::None) {
            return fail(ErrorCode::PermissionDenied,
                        fmt::format("{} did not accept the user and password of the profile.", m_address.toString()),
                        static_cast<std::int16_t>(answer->errorCode));
        }
        auto next = (*exchange)->next(answer->authBytes);
        if (!next) {
            return std::unexpected(next.error());
        }
        if (!*next) {
            return {};
        }
        token = **next;
    }
    return std::unexpected(garbled(kConnecting, "a login without an end"));
}

Error WireConnection::garbled(std::string_view doing, std::string_view why) const {
    while (why.ends_with('.')) {
        why.remove_suffix(1);
    }
    return because({ErrorCode::Corrupt,
                    fmt::format("{} gave an answer that is not Kafka's ({}); is it a Kafka broker, and is the security "
                                "protocol the one it expects?",
                                m_address.toString(), why),
                    0},
                   doing);
}

Error WireConnection::notOffered(wire::ApiKey key, std::string_view doing) const {
    const auto* api = wire::findApi(key);
    return because({ErrorCode::Unsupported,
                    fmt::format("This cluster does not offer it ({}).", api != nullptr ? api->name : "an API"), 0},
                   doing);
}

} // namespace meshbone::backbone
