// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "broker/sasl/login_worker.h"
#include "broker/sasl/user_store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meshbone::backbone::broker {

/// One login of one client: takes tokens, gives tokens, ends with a user or a refusal. Loop thread only.
class SaslExchange {
public:
    struct Step {
        std::string token;               ///< for the client; goes with a refusal too (SCRAM's e=...)
        std::optional<std::string> user; ///< set: logged in
    };
    using Answer = std::move_only_function<void(Result<Step>)>;

    virtual ~SaslExchange() = default;
    /// `answer` is called once on the loop thread, within this call or later: PermissionDenied with the one sentence
    /// that all failed logins get. The exchange may be gone by then.
    virtual void next(std::string_view token, Answer answer) = 0;
};

/// Null for a mechanism that there isn't.
std::shared_ptr<SaslExchange> makeSaslExchange(std::string_view mechanism, const UserStore& users, LoginWorker& worker);

/// The same refusal for every reason: nothing tells an unknown user from a wrong password.
std::unexpected<Error> refuseLogin(std::string_view mechanism);

} // namespace meshbone::backbone::broker
