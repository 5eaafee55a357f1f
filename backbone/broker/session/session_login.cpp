// SPDX-License-Identifier: Apache-2.0
// How a client becomes somebody: by its certificate, or by SASL, once or again and again.
#include "broker/kafka_errors.h"
#include "broker/session/session.h"
#include "wire/messages/sasl_authenticate.h"
#include "wire/messages/sasl_handshake.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

namespace {

constexpr std::chrono::seconds kShortestLogin{1}; ///< Kafka's: nobody logs in again sooner after the last time
constexpr std::chrono::years kLongestLogin{100};  ///< a time point has room for

wire::Frame framed(std::string_view token) {
    const auto size = static_cast<std::uint32_t>(token.size());
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) {
        bytes += static_cast<char>(size >> shift & 0xffU);
    }
    return {bytes.append(token), {}};
}

} // namespace

void Session::nameByCertificate() {
    const auto subject = m_connection.peerName();
    if (!subject) {
        return; // ANONYMOUS
    }
    const auto name = m_settings.principals->principalOf(*subject);
    if (!name) {
        m_connection.closeAfterAnswers(
            fmt::format("No rule of ssl.principal.mapping.rules fits its certificate's subject '{}'.", *subject));
        return;
    }
    m_identity->principal = "User:" + *name;
}

/// As at Kafka: with a SaslHandshake, where logins have an end, and not more often than once a second.
bool Session::beginsAgain(const wire::RequestFrame& frame) {
    if (frame.header.key != wire::ApiKey::SaslHandshake || m_state != State::Authenticated || !m_loginEnds) {
        return false;
    }
    const auto now = m_connection.now();
    if (m_beganAgain && now - *m_beganAgain < kShortestLogin) {
        return false;
    }
    m_beganAgain = now;
    m_state = State::Handshake;
    return true;
}

bool Session::loginIsOver() const {
    return m_state == State::Authenticated && m_loginEnds && m_connection.now() > *m_loginEnds;
}

void Session::handshake(const wire::RequestFrame& frame, Reply reply) {
    const auto request = wire::decodeBody<wire::SaslHandshakeRequest>(frame.body, frame.header.version);
    if (!request) {
        reply.close(request.error().message);
        return;
    }
    wire::SaslHandshakeResponse response;
    if (m_state != State::Handshake) {
        response.errorCode = KafkaCode::IllegalSaslState; // no login here, or there was one already, or it is half done
        reply.send(response);
        if (m_state == State::Tokens) {
            m_connection.closeAfterAnswers("It began its login twice.");
        }
        return;
    }
    response.mechanisms = m_settings.mechanisms;
    const bool offered = std::ranges::find(m_settings.mechanisms, request->mechanism) != m_settings.mechanisms.end();
    m_exchange = offered ? makeSaslExchange(request->mechanism, *m_settings.users, *m_settings.loginWorker) : nullptr;
    if (!m_exchange) {
        response.errorCode = KafkaCode::UnsupportedSaslMechanism;
        reply.send(response);
        m_connection.closeAfterAnswers("It asked for a SASL mechanism that is not offered.");
        return;
    }
    if (!m_user.empty() && request->mechanism != m_mechanism) {
        m_state = State::BadMechanism;
    } else {
        m_mechanism = request->mechanism;
        m_state = frame.header.version == 0 ? State::RawTokens : State::Tokens;
    }
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
    nextStep(request->authBytes, [this, reply = std::move(reply)](Result<SaslExchange::Step> step) mutable {
        answer(std::move(reply), std::move(step));
    });
}

void Session::answer(Reply reply, Result<SaslExchange::Step> step) {
    wire::SaslAuthenticateResponse response;
    if (!step) {
        response.errorCode = kafkaCodeOf(step.error());
        response.errorMessage = step.error().message;
        reply.send(response);
        m_connection.closeAfterAnswers(step.error().message);
        return;
    }
    response.authBytes = std::move(step->token);
    response.sessionLifetimeMs = step->user ? m_settings.loginLife.count() : 0;
    reply.send(response);
    if (step->user) {
        loggedIn(*step->user);
    }
}

/// After a handshake of version 0 there is no way to say why a login failed but to close (KIP-43).
void Session::rawToken(std::span<char> bytes) {
    Reply reply(m_connection.expectAnswer(net::Overlap::No), 0, 0);
    nextStep({bytes.data(), bytes.size()}, [this, reply = std::move(reply)](Result<SaslExchange::Step> step) mutable {
        answerRaw(std::move(reply), std::move(step));
    });
}

void Session::answerRaw(Reply reply, Result<SaslExchange::Step> step) {
    if (!step) {
        reply.close(step.error().message);
        return;
    }
    reply.sendFrame(framed(step->token));
    if (step->user) {
        loggedIn(*step->user);
    }
}

/// Who is somebody already can't become somebody else. While a step is being taken, its reply holds the next frame
/// back.
void Session::nextStep(std::string_view token, SaslExchange::Answer then) {
    const auto exchange = m_exchange; // a login that ends lets go of it
    exchange->next(
        token, [this, alive = std::weak_ptr(m_alive), then = std::move(then)](Result<SaslExchange::Step> step) mutable {
            if (alive.expired()) {
                return; // the connection was closed meanwhile
            }
            if (step && step->user && !m_user.empty() && *step->user != m_user) {
                step = refuse(KafkaCode::SaslAuthenticationFailed,
                              fmt::format("Cannot change principals during re-authentication from User.{}: User.{}",
                                          m_user, *step->user),
                              ErrorCode::PermissionDenied);
            }
            then(std::move(step));
        });
}

void Session::loggedIn(const std::string& user) {
    m_exchange.reset();
    if (!m_settings.users->has(user)) {
        m_connection.close("It logged in as a user who was removed meanwhile.");
        return;
    }
    m_state = State::Authenticated;
    if (m_settings.loginLife.count() > 0) {
        m_loginEnds = m_connection.now() + std::min<std::chrono::milliseconds>(m_settings.loginLife, kLongestLogin);
    }
    if (!m_user.empty()) {
        return; // again, as the same
    }
    m_user = user;
    m_settings.sessions->add(user, m_connection);
    m_identity = std::make_shared<ClientIdentity>(*m_identity);
    m_identity->principal = "User:" + user;
    m_connection.setMaxFrameBytes(m_settings.maxFrameBytes);
}

} // namespace meshbone::backbone::broker
