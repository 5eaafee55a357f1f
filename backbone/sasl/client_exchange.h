// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::sasl {

/// The client's side of a login. start() gives the first token; next() takes each answer and gives the next token, or
/// none when the login is complete. One thread at a time.
class ClientExchange {
public:
    virtual ~ClientExchange() = default;
    [[nodiscard]] virtual std::string start() = 0;
    /// Fails with PermissionDenied when the server refused or is not who it claims to be, Corrupt for what is no
    /// answer.
    virtual Result<std::optional<std::string>> next(std::string_view answer) = 0;
};

/// InvalidArgument, with what to use, for a mechanism that isn't PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512.
Status checkMechanism(std::string_view mechanism);

/// The exchange of PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512; InvalidArgument for any other mechanism.
Result<std::unique_ptr<ClientExchange>> clientExchange(std::string_view mechanism, const std::string& user,
                                                       const std::string& password);

} // namespace meshbone::backbone::sasl
