// SPDX-License-Identifier: Apache-2.0
#include "sasl/client_exchange.h"

#include "sasl/scram_client.h"

#include <fmt/format.h>

namespace meshbone::backbone::sasl {

namespace {

/// RFC 4616: one token, an empty answer.
class PlainClient final : public ClientExchange {
public:
    PlainClient(const std::string& user, const std::string& password)
        : m_token(std::string(1, '\0') + user + '\0' + password) {}
    [[nodiscard]] std::string start() override { return m_token; }
    Result<std::optional<std::string>> next(std::string_view) override { return std::nullopt; }

private:
    std::string m_token;
};

} // namespace

Status checkMechanism(std::string_view mechanism) {
    if (mechanism == "PLAIN" || mechanism == "SCRAM-SHA-256" || mechanism == "SCRAM-SHA-512") {
        return {};
    }
    return fail(
        ErrorCode::InvalidArgument,
        fmt::format("'{}' is no SASL mechanism of Meshbone; use PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.", mechanism));
}

Result<std::unique_ptr<ClientExchange>> clientExchange(std::string_view mechanism, const std::string& user,
                                                       const std::string& password) {
    if (auto known = checkMechanism(mechanism); !known) {
        return std::unexpected(known.error());
    }
    if (mechanism == "PLAIN") {
        return std::make_unique<PlainClient>(user, password);
    }
    const auto hash = mechanism == "SCRAM-SHA-256" ? ScramHash::Sha256 : ScramHash::Sha512;
    return std::make_unique<ScramClient>(hash, user, password);
}

} // namespace meshbone::backbone::sasl
