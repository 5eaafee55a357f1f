// SPDX-License-Identifier: Apache-2.0
#include "sasl/scram_client.h"

#include "sasl/scram_message.h"

#include <backbone/base64.h>

#include <fmt/format.h>

#include <charconv>

namespace meshbone::backbone::sasl {

namespace {

constexpr auto kHeader = "n,,"; // no channel binding, no other identity

std::optional<int> number(std::string_view digits) {
    int value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return problem == std::errc{} && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

std::unexpected<Error> garbled() {
    return fail(ErrorCode::Corrupt, "The broker's answer to the login is not SCRAM's.");
}

} // namespace

ScramClient::ScramClient(ScramHash hash, const std::string& user, std::string password)
    : ScramClient(hash, user, std::move(password), toBase64(randomBytes(kScramNonceBytes))) {}

ScramClient::ScramClient(ScramHash hash, const std::string& user, std::string password, std::string nonce)
    : m_hash(hash)
    , m_password(std::move(password))
    , m_nonce(std::move(nonce))
    , m_firstBare(fmt::format("n={},r={}", scramEscaped(user), m_nonce)) {}

std::string ScramClient::start() {
    return kHeader + m_firstBare;
}

Result<std::optional<std::string>> ScramClient::next(std::string_view answer) {
    const auto awaits = std::exchange(m_awaits, Awaits::Nothing);
    if (answer.size() > kMaxScramMessageBytes || awaits == Awaits::Nothing) {
        return garbled();
    }
    return awaits == Awaits::First ? first(answer) : last(answer);
}

/// server-first-message: r=nonce,s=salt,i=rounds[,extensions]
Result<std::optional<std::string>> ScramClient::first(std::string_view answer) {
    auto left = answer;
    const auto nonce = scramAttribute(left, 'r');
    const auto saltText = scramAttribute(left, 's');
    const auto roundsText = scramAttribute(left, 'i');
    if (!nonce || !saltText || !roundsText || !nonce->starts_with(m_nonce) || nonce->size() == m_nonce.size()) {
        return garbled();
    }
    const auto salt = fromBase64(*saltText);
    const auto rounds = number(*roundsText);
    if (!salt || salt->empty() || !rounds || *rounds < kMinIterations || *rounds > kMaxIterations) {
        return garbled();
    }
    const auto withoutProof = fmt::format("c={},r={}", toBase64(kHeader), *nonce);
    const auto message = fmt::format("{},{},{}", m_firstBare, answer, withoutProof);
    const auto salted = saltedPassword(m_hash, m_password, *salt, *rounds);
    const auto clientKey = scramHmac(m_hash, salted, "Client Key");
    const auto proof = xorOf(clientKey, scramHmac(m_hash, scramHash(m_hash, clientKey), message));
    m_serverSignature = toBase64(scramHmac(m_hash, scramHmac(m_hash, salted, "Server Key"), message));
    m_awaits = Awaits::Last;
    return fmt::format("{},p={}", withoutProof, toBase64(proof));
}

/// server-final-message: v=signature, or e=error
Result<std::optional<std::string>> ScramClient::last(std::string_view answer) {
    auto left = answer;
    if (scramAttribute(left, 'e')) {
        return fail(ErrorCode::PermissionDenied, "The broker did not accept the user and password.");
    }
    const auto signature = scramAttribute(left, 'v');
    if (!signature) {
        return garbled();
    }
    if (!equalInConstantTime(*signature, m_serverSignature)) {
        return fail(ErrorCode::PermissionDenied,
                    "The broker could not prove that it knows this user; it may not be the one it claims to be.");
    }
    return std::nullopt;
}

} // namespace meshbone::backbone::sasl
