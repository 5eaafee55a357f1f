// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/sasl_exchange.h"

#include "broker/kafka_errors.h"
#include "broker/sasl/plain_exchange.h"
#include "broker/sasl/scram_exchange.h"

#include <fmt/format.h>

namespace meshbone::backbone::broker {

std::shared_ptr<SaslExchange> makeSaslExchange(std::string_view mechanism, const UserStore& users,
                                               LoginWorker& worker) {
    if (mechanism == "PLAIN") {
        return std::make_shared<PlainExchange>(users, worker);
    }
    if (mechanism == "SCRAM-SHA-256") {
        return std::make_shared<ScramExchange>(ScramHash::Sha256, users);
    }
    if (mechanism == "SCRAM-SHA-512") {
        return std::make_shared<ScramExchange>(ScramHash::Sha512, users);
    }
    return nullptr;
}

std::unexpected<Error> refuseLogin(std::string_view mechanism) {
    return refuse(KafkaCode::SaslAuthenticationFailed,
                  fmt::format("Authentication failed: invalid credentials with SASL mechanism {}", mechanism),
                  ErrorCode::PermissionDenied);
}

} // namespace meshbone::backbone::broker
