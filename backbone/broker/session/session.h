// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/sasl/sasl_exchange.h"
#include "broker/session/api_table.h"
#include "broker/session/session_list.h"
#include "net/connection.h"
#include "wire/header.h"

#include <memory>
#include <string>
#include <vector>

namespace meshbone::backbone::broker {

/// What all sessions share. Outlives them.
struct SessionSettings {
    const ApiTable& apis;
    const UserStore* users = nullptr; ///< null: no authentication, every client is User:ANONYMOUS
    SessionList* sessions = nullptr;  ///< null where users is
    std::vector<std::string> mechanisms;
    std::size_t maxFrameBytes = 0;
};

/// The Kafka protocol on one connection: headers, ApiVersions, login, and handing requests to their handlers. Before
/// the login only ApiVersions, SaslHandshake and SaslAuthenticate are answered, and frames are small. Loop thread only.
class Session final : public net::FrameSink {
public:
    Session(const SessionSettings& settings, net::Connection& connection);
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    ~Session() override;
    void frame(std::span<char> bytes) override;

private:
    enum class State : std::uint8_t {
        Handshake, ///< nothing yet
        Tokens,    ///< a mechanism was chosen; tokens come in SaslAuthenticate
        RawTokens, ///< the same after a handshake of version 0: tokens come without headers
        Authenticated,
    };

    void request(const wire::RequestFrame& frame, std::span<char> bytes);
    void dispatch(const wire::RequestFrame& frame, std::span<char> bytes);
    void identify(const wire::RequestFrame& frame);
    void apiVersions(const wire::RequestFrame& frame, Reply reply);
    void handshake(const wire::RequestFrame& frame, Reply reply);
    void authenticate(const wire::RequestFrame& frame, Reply reply);
    void rawToken(std::span<char> bytes);
    void loggedIn(const std::string& user);
    [[nodiscard]] Reply expect(const wire::RequestFrame& frame, net::Overlap overlap);

    const SessionSettings& m_settings;
    net::Connection& m_connection;
    State m_state;
    std::unique_ptr<SaslExchange> m_exchange;
    std::string m_mechanism;
    std::string m_user; ///< who is logged in; empty: nobody yet
    std::shared_ptr<ClientIdentity> m_identity;
};

} // namespace meshbone::backbone::broker
