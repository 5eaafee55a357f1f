// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/scram_exchange.h"

#include <backbone/base64.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::backbone::broker {

using namespace sasl;

namespace {

constexpr std::size_t kNonceBytes = 24;
constexpr std::size_t kMaxTokenBytes = 4'096;

/// Cuts the next "x=value" off a message; none when it doesn't start with the attribute.
std::optional<std::string_view> attribute(std::string_view& message, char name) {
    if (message.size() < 2 || message[0] != name || message[1] != '=') {
        return std::nullopt;
    }
    const auto end = std::min(message.find(','), message.size());
    const auto value = message.substr(2, end - 2);
    message.remove_prefix(std::min(end + 1, message.size()));
    return value;
}

/// A name with "=2C" and "=3D" undone; none when '=' stands for something else.
std::optional<std::string> unescaped(std::string_view name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] != '=') {
            out += name[i];
        } else if (name.substr(i, 3) == "=2C") {
            out += ',';
            i += 2;
        } else if (name.substr(i, 3) == "=3D") {
            out += '=';
            i += 2;
        } else {
            return std::nullopt;
        }
    }
    return out;
}

std::string xorOf(std::string_view a, std::string_view b) {
    std::string out(a);
    for (std::size_t i = 0; i < out.size() && i < b.size(); ++i) {
        out[i] = static_cast<char>(out[i] ^ b[i]);
    }
    return out;
}

bool isPrintableNonce(std::string_view nonce) {
    return !nonce.empty() && std::ranges::all_of(nonce, [](char c) { return c > 0x20 && c < 0x7f && c != ','; });
}

} // namespace

Result<SaslExchange::Step> ScramExchange::next(std::string_view token) {
    const auto awaits = std::exchange(m_awaits, Awaits::Nothing);
    if (token.size() <= kMaxTokenBytes && awaits == Awaits::First) {
        return first(token);
    }
    if (token.size() <= kMaxTokenBytes && awaits == Awaits::Last) {
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
    const auto actsAs = attribute(left, 'a');
    if (!actsAs) {
        if (!left.starts_with(',')) {
            return refuseLogin(mechanism());
        }
        left.remove_prefix(1);
    }
    m_gs2Header = token.substr(0, token.size() - left.size());
    m_clientFirstBare = left;
    const auto name = attribute(left, 'n');
    const auto nonce = attribute(left, 'r');
    const auto user = name ? unescaped(*name) : std::nullopt;
    if (!user || user->empty() || !nonce || !isPrintableNonce(*nonce) ||
        (actsAs && !actsAs->empty() && unescaped(*actsAs) != user)) {
        return refuseLogin(mechanism());
    }
    m_user = *user;
    std::tie(m_verifier, m_known) = m_users.verifier(m_hash, m_user);
    m_nonce = std::string(*nonce) + toBase64(randomBytes(kNonceBytes));
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
    const auto binding = attribute(left, 'c');
    const auto nonce = attribute(left, 'r');
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
