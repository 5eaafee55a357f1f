// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <cstdint>
#include <string>

namespace meshbone::backbone::http {

/// The parts of "https://host:8081/prefix". Value type.
struct Url {
    bool isTls = false;
    std::string host; ///< without the brackets of an IPv6 address
    std::uint16_t port = 80;
    std::string prefix; ///< a path without a slash at its end, or empty

    /// As the Host header has it: the port only where it isn't the scheme's own.
    [[nodiscard]] std::string authority() const;
};

/// InvalidArgument for another scheme, an empty host, a wrong port, user or query in it, or characters that no URL has.
Result<Url> parseUrl(const std::string& text);

} // namespace meshbone::backbone::http
