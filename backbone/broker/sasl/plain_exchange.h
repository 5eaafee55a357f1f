// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/sasl/sasl_exchange.h"

namespace meshbone::backbone::broker {

/// PLAIN (RFC 4616): one token, [authorization id] NUL user NUL password.
class PlainExchange final : public SaslExchange {
public:
    PlainExchange(const UserStore& users, LoginWorker& worker)
        : m_users(users)
        , m_worker(worker) {}
    void next(std::string_view token, Answer answer) override;

private:
    const UserStore& m_users;
    LoginWorker& m_worker;
};

} // namespace meshbone::backbone::broker
