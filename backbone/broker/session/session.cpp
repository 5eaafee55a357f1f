// SPDX-License-Identifier: Apache-2.0
#include "broker/session/session.h"

#include "broker/kafka_errors.h"
#include "broker/session/client_software.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

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

wire::Frame framed(std::string_view token) {
    const auto size = static_cast<std::uint32_t>(token.size());
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(size >> shift & 0xffU);
    }
    return {bytes.append(token), {}};
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
                                               "SASL_PLAINTEXT)";
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

void Session::handshake(const wire::RequestFrame& frame, Reply reply) {
    const auto request = wire::decodeBody<wire::SaslHandshakeRequest>(frame.body, frame.header.version);
    if (!request) {
        reply.close(request.error().message);
        return;
    }
    wire::SaslHandshakeResponse response;
    response.mechanisms = m_settings.mechanisms;
    if (m_state != State::Handshake) {
        response.errorCode = KafkaCode::IllegalSaslState; // no login here, or there was one already
        reply.send(response);
        return;
    }
    const bool offered = std::ranges::find(m_settings.mechanisms, request->mechanism) != m_settings.mechanisms.end();
    m_exchange = offered ? makeSaslExchange(request->mechanism, *m_settings.users) : nullptr;
    if (!m_exchange) {
        response.errorCode = KafkaCode::UnsupportedSaslMechanism;
        reply.send(response);
        m_connection.closeAfterAnswers("It asked for a SASL mechanism that is not offered.");
        return;
    }
    m_mechanism = request->mechanism;
    m_state = frame.header.version == 0 ? State::RawTokens : State::Tokens;
    reply.send(response);
}

void Session::authenticate(const wire::RequestFrame& frame, Reply reply) {
    const auto request = wire::decodeBody<wire::SaslAuthenticateRequest>(frame.body, frame.header.version);
    if (!request) {
        reply.close(request.error().message);
        return;
    }
    wire::SaslAuthenticateResponse response;
    if (m_state != State::Tokens) {
        response.errorCode = KafkaCode::IllegalSaslState;
        response.errorMessage = "SaslAuthenticate comes after a SaslHandshake of version 1, once.";
        reply.send(response);
        return;
    }
    auto step = m_exchange->next(request->authBytes);
    if (!step) {
        response.errorCode = kafkaCodeOf(step.error());
        response.errorMessage = step.error().message;
        reply.send(response);
        m_connection.closeAfterAnswers(step.error().message);
        return;
    }
    response.authBytes = std::move(step->token);
    reply.send(response);
    if (step->user) {
        loggedIn(*step->user);
    }
}

/// After a handshake of version 0 there is no way to say why a login failed but to close (KIP-43).
void Session::rawToken(std::span<char> bytes) {
    Reply reply(m_connection.expectAnswer(net::Overlap::No), 0, 0);
    auto step = m_exchange->next({bytes.data(), bytes.size()});
    if (!step) {
        reply.close(step.error().message);
        return;
    }
    reply.sendFrame(framed(step->token));
    if (step->user) {
        loggedIn(*step->user);
    }
}

void Session::loggedIn(const std::string& user) {
    m_exchange.reset();
    if (!m_settings.users->has(user)) {
        m_connection.close("It logged in as a user who was removed meanwhile.");
        return;
    }
    m_state = State::Authenticated;
    m_user = user;
    m_settings.sessions->add(user, m_connection);
    m_identity = std::make_shared<ClientIdentity>(*m_identity);
    m_identity->principal = "User:" + user;
    m_connection.setMaxFrameBytes(m_settings.maxFrameBytes);
}

} // namespace meshbone::backbone::broker
