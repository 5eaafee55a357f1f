// SPDX-License-Identifier: Apache-2.0
#include "broker/sasl/plain_exchange.h"

namespace meshbone::backbone::broker {

void PlainExchange::next(std::string_view token, Answer answer) {
    const auto first = token.find('\0');
    const auto second = first == std::string_view::npos ? first : token.find('\0', first + 1);
    if (second == std::string_view::npos || token.find('\0', second + 1) != std::string_view::npos) {
        answer(refuseLogin("PLAIN"));
        return;
    }
    const auto actsAs = token.substr(0, first);
    std::string user(token.substr(first + 1, second - first - 1));
    std::string password(token.substr(second + 1));
    if (user.empty() || password.empty() || (!actsAs.empty() && actsAs != user)) {
        answer(refuseLogin("PLAIN"));
        return;
    }
    m_worker.ask([&users = m_users, user, password = std::move(password)] { return users.check(user, password); },
                 [user, answer = std::move(answer)](bool matches) mutable {
                     if (matches) {
                         answer(Step{{}, std::move(user)});
                     } else {
                         answer(refuseLogin("PLAIN"));
                     }
                 });
}

} // namespace meshbone::backbone::broker
