// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/sasl/sasl_exchange.h"

namespace meshbone::backbone::broker {

/// The server's side of SCRAM (RFC 5802, RFC 7677) without channel binding, as Kafka does it.
class ScramExchange final : public SaslExchange {
public:
    ScramExchange(ScramHash hash, const UserStore& users)
        : m_hash(hash)
        , m_users(users) {}
    /// Answers at once: what SCRAM asks of a server is little.
    void next(std::string_view token, Answer answer) override { answer(step(token)); }

private:
    Result<Step> step(std::string_view token);
    Result<Step> first(std::string_view token);
    Result<Step> last(std::string_view token);
    [[nodiscard]] std::string_view mechanism() const {
        return m_hash == ScramHash::Sha256 ? "SCRAM-SHA-256" : "SCRAM-SHA-512";
    }

    enum class Awaits : std::uint8_t { First, Last, Nothing };
    ScramHash m_hash;
    const UserStore& m_users;
    Awaits m_awaits = Awaits::First;
    std::string m_user;
    ScramVerifier m_verifier;
    bool m_known = false;
    std::string m_nonce; ///< the client's and ours
    std::string m_clientFirstBare;
    std::string m_serverFirst;
    std::string m_gs2Header;
};

} // namespace meshbone::backbone::broker
