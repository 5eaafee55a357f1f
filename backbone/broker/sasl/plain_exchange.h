// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/sasl/sasl_exchange.h"

namespace meshbone::backbone::broker {

/// PLAIN (RFC 4616): one token, [authorization id] NUL user NUL password.
class PlainExchange final : public SaslExchange {
public:
    explicit PlainExchange(const UserStore& users)
        : m_users(users) {}
    Result<Step> next(std::string_view token) override;

private:
    const UserStore& m_users;
};

} // namespace meshbone::backbone::broker
