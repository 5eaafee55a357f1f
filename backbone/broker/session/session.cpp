// SPDX-License-Identifier: Apache-2.0
#include "broker/session/session.h"

#include "broker/kafka_errors.h"
#include "broker/session/client_software.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {

constexpr std::size_t kMaxFrameBeforeLoginBytes = 65'536;
constexpr std::size_t kMaxClientIdBytes = 1'024;

std::span<char> bodyIn(std::span<char> bytes, std::string_view body) {
    return body.empty() ? std::span<char>()
                        : bytes.subspan(static_cast<std::size_t>(body.data() - bytes.data()), body.size());
}

} // namespace

Session::Session(const SessionSettings& settings, net::Connection& connection)
    : m_settings(settings)
    , m_connection(connection)
    , m_state(settings.users == nullptr ? State::Authenticated : State::Handshake)
    , m_identity(std::make_shared<ClientIdentity>()) {
    m_identity->principal = "User:ANONYMOUS";
    m_identity->host = connection.peer();
    if (m_state != State::Authenticated) {
        connection.setMaxFrameBytes(std::min(kMaxFrameBeforeLoginBytes, settings.maxFrameBytes));
    } else if (settings.principals != nullptr) {
        nameByCertificate();
    }
}

Session::~Session() {
    if (!m_user.empty()) {
        m_settings.sessions->remove(m_user, m_connection);
    }
}

void Session::frame(std::span<char> bytes) {
    if (m_state == State::RawTokens) {
        rawToken(bytes);
        return;
    }
    if (m_state == State::BadMechanism) {
        m_connection.closeAfterAnswers("It logged in again by another SASL mechanism than before.");
        return;
    }
    const auto frame = wire::decodeRequestFrame({bytes.data(), bytes.size()});
    if (!frame) {
        m_connection.closeAfterAnswers(frame.error().message);
        return;
    }
    request(*frame, bytes);
}

Reply Session::expect(const wire::RequestFrame& frame, net::Overlap overlap) {
    return {m_connection.expectAnswer(overlap), frame.header.correlationId, frame.header.version};
}

void Session::request(const wire::RequestFrame& frame, std::span<char> bytes) {
    const auto key = frame.header.key;
    if (frame.api == nullptr || (!frame.versionServed && key != wire::ApiKey::ApiVersions)) {
        m_connection.closeAfterAnswers(fmt::format("It sent a request of API {} version {}, which is not served.",
                                                   static_cast<int>(key), frame.header.version));
        return;
    }
    if (!beginsAgain(frame) && loginIsOver()) {
        m_connection.closeAfterAnswers(
            "Its login was too old, and it did not log in again (connections.max.reauth.ms).");
        return;
    }
    if (frame.versionServed) {
        identify(frame);
    }
    switch (key) {
    case wire::ApiKey::ApiVersions:
        apiVersions(frame, expect(frame, net::Overlap::No));
        break;
    case wire::ApiKey::SaslHandshake:
        handshake(frame, expect(frame, net::Overlap::No));
        break;
    case wire::ApiKey::SaslAuthenticate:
        authenticate(frame, expect(frame, net::Overlap::No));
        break;
    default:
        dispatch(frame, bytes);
    }
}

void Session::dispatch(const wire::RequestFrame& frame, std::span<char> bytes) {
    const auto* handler = m_settings.apis.find(frame.header.key);
    if (m_state != State::Authenticated || handler == nullptr) {
        const auto* why = handler == nullptr ? "which is not served"
                                             : "before it logged in (security.protocol should be "
                                               "SASL_PLAINTEXT, or SASL_SSL where this listener speaks TLS)";
        m_connection.closeAfterAnswers(fmt::format("It sent {}, {}.", frame.api->name, why));
        return;
    }
    const bool overlaps = frame.header.key == wire::ApiKey::Produce;
    RequestContext context;
    context.apiKey = frame.header.key;
    context.version = frame.header.version;
    context.correlationId = frame.header.correlationId;
    context.client = m_identity;
    context.body = bodyIn(bytes, frame.body);
    context.endpoint = m_settings.endpoint;
    (*handler)(context, expect(frame, overlaps ? net::Overlap::Yes : net::Overlap::No));
}

/// Handlers may keep the identity beyond the request: it is copied before it is changed.
void Session::identify(const wire::RequestFrame& frame) {
    const auto clientId = frame.header.clientId.value_or(std::string_view()).substr(0, kMaxClientIdBytes);
    if (clientId != m_identity->clientId) {
        m_identity = std::make_shared<ClientIdentity>(*m_identity);
        m_identity->clientId = clientId;
    }
}

void Session::apiVersions(const wire::RequestFrame& frame, Reply reply) {
    wire::ApiVersionsResponse response;
    if (m_state == State::Tokens) {
        response.errorCode = KafkaCode::IllegalSaslState;
        reply.sendFrame(wire::encodeResponse(frame.header.correlationId, response,
                                             frame.versionServed ? frame.header.version : wire::Version{0}));
        m_connection.closeAfterAnswers("It sent ApiVersions in the middle of its login.");
        return;
    }
    response.apiKeys = m_settings.apis.advertised();
    if (!frame.versionServed) {
        // A version from the future is not parsed; version 0 of the answer says which ones there are (KIP-511).
        response.errorCode = KafkaCode::UnsupportedVersion;
        reply.sendFrame(wire::encodeResponse(frame.header.correlationId, response, 0));
        return;
    }
    const auto request = wire::decodeBody<wire::ApiVersionsRequest>(frame.body, frame.header.version);
    if (!request) {
        reply.close(request.error().message);
        return;
    }
    constexpr wire::Version kFirstWithSoftware = 3;
    if (frame.header.version >= kFirstWithSoftware) {
        if (!isClientSoftware(request->clientSoftwareName) || !isClientSoftware(request->clientSoftwareVersion)) {
            response.errorCode = KafkaCode::InvalidRequest;
            response.apiKeys.clear();
            reply.send(response);
            return;
        }
        m_identity = std::make_shared<ClientIdentity>(*m_identity);
        m_identity->softwareName = request->clientSoftwareName;
        m_identity->softwareVersion = request->clientSoftwareVersion;
    }
    reply.send(response);
}

} // namespace meshbone::backbone::broker
