// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace meshbone {

/// What kind of thing went wrong, for code that decides; the sentence in Error is for the person.
enum class ErrorCode : std::uint8_t {
    InvalidArgument,  ///< the caller's input is wrong: a name, a window, a configuration value
    NotFound,         ///< the thing named is not there
    AlreadyExists,    ///< the thing named is there already
    Conflict,         ///< it changed since the caller looked (a revision, a running twin)
    PermissionDenied, ///< authenticated, but not allowed; or not authenticated
    Unavailable,      ///< the backbone, a file or a worker can't be reached now; retrying may help
    Timeout,          ///< the deadline passed; whether it happened is unknown
    Cancelled,        ///< the caller asked to stop
    Unsupported,      ///< this cluster, version or build does not offer it
    Corrupt,          ///< bytes that fail their checks: a segment, an index, a database, a frame
    Exhausted,        ///< a bound was reached: disk full, queue full, memory limit
    Locked,           ///< somebody else holds it: a data directory, a database, a port
    Io,               ///< the operating system refused: read-only, no such device
    Internal,         ///< a bug of ours
};

/// A stable lower-case name of a code, for JSON output and logs, for example "not_found".
std::string_view errorCodeName(ErrorCode code);

/// An error as a value. Value type; any thread.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;        ///< one sentence that says what and what to do about it, ending in a full stop
    std::int16_t kafkaCode = 0; ///< the Kafka protocol's error code where one caused this, else 0

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = std::expected<T, Error>;
using Status = Result<void>;

/// For `return fail(ErrorCode::NotFound, "There is no topic 'x'.");` in a function that returns a Result.
inline std::unexpected<Error> fail(ErrorCode code, std::string message, std::int16_t kafkaCode = 0) {
    return std::unexpected(Error{code, std::move(message), kafkaCode});
}

} // namespace meshbone
