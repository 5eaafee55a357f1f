// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/plain_exchange.h"

namespace meshbone::backbone::broker {

Result<SaslExchange::Step> PlainExchange::next(std::string_view token) {
    const auto first = token.find('\0');
    const auto second = first == std::string_view::npos ? first : token.find('\0', first + 1);
    if (second == std::string_view::npos || token.find('\0', second + 1) != std::string_view::npos) {
        return refuseLogin("PLAIN");
    }
    const auto actsAs = token.substr(0, first);
    const std::string user(token.substr(first + 1, second - first - 1));
    const std::string password(token.substr(second + 1));
    if (user.empty() || password.empty() || (!actsAs.empty() && actsAs != user) || !m_users.check(user, password)) {
        return refuseLogin("PLAIN");
    }
    return Step{{}, user};
}

} // namespace meshbone::backbone::broker
