// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/sasl/sasl_exchange.h"
#include "broker/session/api_table.h"
#include "broker/session/session_list.h"
#include "net/connection.h"
#include "tls/principal_rules.h"
#include "wire/header.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

/// What all sessions on a listener share. Outlives them.
struct SessionSettings {
    const ApiTable& apis;
    const BrokerEndpoint* endpoint = nullptr;        ///< where its clients find the broker
    const UserStore* users = nullptr;                ///< null: no login, every client is User:ANONYMOUS …
    const tls::PrincipalRules* principals = nullptr; ///< … or, where this isn't null, who its certificate says
    SessionList* sessions = nullptr;
    LoginWorker* loginWorker = nullptr;
    std::vector<std::string> mechanisms;
    std::size_t maxFrameBytes = 0;
    std::chrono::milliseconds loginLife{0}; ///< connections.max.reauth.ms; 0: a login has no end
};

/// The Kafka protocol on one connection: headers, ApiVersions, login, and handing requests to their handlers. Before
/// the login only ApiVersions, SaslHandshake and SaslAuthenticate are answered, and frames are small. Where a login has
/// an end, the client logs in again on the open connection, as the same user by the same mechanism; one that doesn't is
/// disconnected at its next request (KIP-368). Loop thread only.
class Session final : public net::FrameSink {
public:
    Session(const SessionSettings& settings, net::Connection& connection);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() override;
    void frame(std::span<char> bytes) override;

private:
    using Clock = net::EventLoop::Clock;
    enum class State : std::uint8_t {
        Handshake,    ///< nothing yet, or one that logs in again has just begun to
        Tokens,       ///< a mechanism was chosen; tokens come in SaslAuthenticate
        RawTokens,    ///< the same after a handshake of version 0: tokens come without headers
        BadMechanism, ///< it logs in again by another mechanism: whatever comes next is the end
        Authenticated,
    };

    void request(const wire::RequestFrame& frame, std::span<char> bytes);
    void dispatch(const wire::RequestFrame& frame, std::span<char> bytes);
    void identify(const wire::RequestFrame& frame);
    void apiVersions(const wire::RequestFrame& frame, Reply reply);
    [[nodiscard]] Reply expect(const wire::RequestFrame& frame, net::Overlap overlap);

    // session_login.cpp
    void nameByCertificate();
    [[nodiscard]] bool beginsAgain(const wire::RequestFrame& frame);
    [[nodiscard]] bool loginIsOver() const;
    void handshake(const wire::RequestFrame& frame, Reply reply);
    void authenticate(const wire::RequestFrame& frame, Reply reply);
    void rawToken(std::span<char> bytes);
    void answer(Reply reply, Result<SaslExchange::Step> step);
    void answerRaw(Reply reply, Result<SaslExchange::Step> step);
    void nextStep(std::string_view token, SaslExchange::Answer then);
    void loggedIn(const std::string& user);

    const SessionSettings& m_settings;
    net::Connection& m_connection;
    State m_state;
    std::shared_ptr<SaslExchange> m_exchange;
    std::string m_mechanism;
    std::string m_user;                           ///< who is logged in; empty: nobody yet
    std::optional<Clock::time_point> m_loginEnds; ///< none: never
    std::optional<Clock::time_point> m_beganAgain;
    std::shared_ptr<ClientIdentity> m_identity;
    std::shared_ptr<int> m_alive = std::make_shared<int>(); ///< tells an answer that comes late
};

} // namespace meshbone::backbone::broker
