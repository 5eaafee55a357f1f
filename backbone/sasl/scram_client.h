// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sasl/client_exchange.h"
#include "sasl/scram.h"

namespace meshbone::backbone::sasl {

/// SCRAM's client (RFC 5802, RFC 7677), without channel binding. Sends the whole nonce back, as Kafka asks since 3.8.1.
class ScramClient final : public ClientExchange {
public:
    /// Kafka refuses to store fewer; the upper bound keeps a hostile server from making us compute for minutes.
    static constexpr int kMinIterations = 4096;
    static constexpr int kMaxIterations = 1'000'000;

    ScramClient(ScramHash hash, const std::string& user, std::string password);
    /// With a given nonce, for the vectors of the RFCs.
    ScramClient(ScramHash hash, const std::string& user, std::string password, std::string nonce);

    [[nodiscard]] std::string start() override;
    Result<std::optional<std::string>> next(std::string_view answer) override;

private:
    enum class Awaits : std::uint8_t { First, Last, Nothing };
    Result<std::optional<std::string>> first(std::string_view answer);
    Result<std::optional<std::string>> last(std::string_view answer);

    ScramHash m_hash;
    std::string m_password;
    std::string m_nonce;
    std::string m_firstBare;
    std::string m_serverSignature; ///< what the server must prove, base64
    Awaits m_awaits = Awaits::First;
};

} // namespace meshbone::backbone::sasl
