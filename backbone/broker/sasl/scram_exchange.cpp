// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/scram_exchange.h"

#include "sasl/scram_message.h"

#include <backbone/base64.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

using namespace sasl;

namespace {

bool isPrintableNonce(std::string_view nonce) {
    return !nonce.empty() && std::ranges::all_of(nonce, [](char c) { return c > 0x20 && c < 0x7f && c != ','; });
}

} // namespace

Result<SaslExchange::Step> ScramExchange::step(std::string_view token) {
    const auto awaits = std::exchange(m_awaits, Awaits::Nothing);
    if (token.size() <= kMaxScramMessageBytes && awaits == Awaits::First) {
        return first(token);
    }
    if (token.size() <= kMaxScramMessageBytes && awaits == Awaits::Last) {
        return last(token);
    }
    return refuseLogin(mechanism());
}

/// client-first-message: n,[a=authzid],n=user,r=nonce[,extensions]
Result<SaslExchange::Step> ScramExchange::first(std::string_view token) {
    auto left = token;
    if (!left.starts_with("n,") && !left.starts_with("y,")) {
        return refuseLogin(mechanism()); // "p=": channel binding, which isn't offered
    }
    left.remove_prefix(2);
    const auto actsAs = scramAttribute(left, 'a');
    if (!actsAs) {
        if (!left.starts_with(',')) {
            return refuseLogin(mechanism());
        }
        left.remove_prefix(1);
    }
    m_gs2Header = token.substr(0, token.size() - left.size());
    m_clientFirstBare = left;
    const auto name = scramAttribute(left, 'n');
    const auto nonce = scramAttribute(left, 'r');
    const auto user = name ? scramUnescaped(*name) : std::nullopt;
    if (!user || user->empty() || !nonce || !isPrintableNonce(*nonce) ||
        (actsAs && !actsAs->empty() && scramUnescaped(*actsAs) != user)) {
        return refuseLogin(mechanism());
    }
    m_user = *user;
    std::tie(m_verifier, m_known) = m_users.verifier(m_hash, m_user);
    m_nonce = std::string(*nonce) + toBase64(randomBytes(kScramNonceBytes));
    m_serverFirst = fmt::format("r={},s={},i={}", m_nonce, toBase64(m_verifier.salt), m_verifier.iterations);
    m_awaits = Awaits::Last;
    return Step{m_serverFirst, std::nullopt};
}

/// client-final-message: c=base64(gs2-header),r=nonce[,extensions],p=proof
Result<SaslExchange::Step> ScramExchange::last(std::string_view token) {
    const auto proofAt = token.rfind(",p=");
    if (proofAt == std::string_view::npos) {
        return refuseLogin(mechanism());
    }
    const auto withoutProof = token.substr(0, proofAt);
    auto left = withoutProof;
    const auto binding = scramAttribute(left, 'c');
    const auto nonce = scramAttribute(left, 'r');
    const auto proof = fromBase64(token.substr(proofAt + 3));
    // The nonce must be the whole one, not just end in ours (as Kafka before 3.8.1 had it, CVE-2024-56128).
    if (!binding || *binding != toBase64(m_gs2Header) || !nonce || !equalInConstantTime(*nonce, m_nonce) || !proof ||
        proof->size() != m_verifier.storedKey.size()) {
        return refuseLogin(mechanism());
    }
    const auto message = fmt::format("{},{},{}", m_clientFirstBare, m_serverFirst, withoutProof);
    const auto clientKey = xorOf(*proof, scramHmac(m_hash, m_verifier.storedKey, message));
    const bool matches = equalInConstantTime(scramHash(m_hash, clientKey), m_verifier.storedKey);
    if (!matches || !m_known) {
        return refuseLogin(mechanism());
    }
    return Step{"v=" + toBase64(scramHmac(m_hash, m_verifier.serverKey, message)), m_user};
}

} // namespace meshbone::backbone::broker
