// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/http.h>

#include <cstdint>
#include <ctime>
#include <string>

namespace meshbone::backbone::http {

/// How the connection goes on behind an answer.
enum class After : std::uint8_t {
    KeepAlive,   ///< as HTTP/1.1 does unless told
    KeepAlive10, ///< to a client of HTTP/1.0, which must be told
    Close,
};

/// Status line and headers of an answer, with the blank line. Makes a status that can't be sent into 500, and empties a
/// body that mustn't follow this status.
std::string headOf(HttpResponse& response, After after, std::time_t now);

/// "Fri, 27 Nov 2026 04:21:49 GMT"
std::string httpDate(std::time_t time);

} // namespace meshbone::backbone::http
