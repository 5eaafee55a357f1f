// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"
#include "wire/frame.h"
#include "wire/header.h"

#include <backbone/error.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::wire {

/// The functions below exist for every message of wire/messages/*.h (compiled there, once, see codec_impl.h). All are
/// pure: no I/O, no clock, any thread.

/// Reads a body. Text and bytes of a request are views into `body`, which must outlive the result; a response owns what
/// it holds, but its records are views too. Fails with Corrupt (INVALID_REQUEST) for anything that is not exactly one
/// message: cut short, bytes left over (but for M::kMayLeaveRest), a length that can't be true, null where it isn't
/// allowed; with Unsupported (UNSUPPORTED_VERSION) for a version outside M::kVersions. Unknown tagged fields are
/// skipped.
template <class M>
Result<M> decodeBody(std::string_view body, Version version);

/// Writes a body alone. The version must be in M::kVersions. Never fails: null where it isn't allowed becomes empty,
/// and text past 32,767 bytes, which Kafka can't say, is cut.
template <class M>
std::string encodeBody(const M& message, Version version);

namespace detail {
/// A frame of `head` (length prefix and header) and the body; fills the length in.
template <class M>
Frame encodeFrame(std::string head, const M& message, Version version);
} // namespace detail

/// A whole answer to a request with this correlation id, ready to be sent. Records are not copied.
template <class M>
Frame encodeResponse(std::int32_t correlationId, const M& response, Version version) {
    static_assert(!M::kIsRequest);
    return detail::encodeFrame(responseHead(M::kKey, version, correlationId), response, version);
}

/// A whole request, ready to be sent.
template <class M>
Frame encodeRequest(std::int32_t correlationId, std::optional<std::string_view> clientId, const M& request,
                    Version version) {
    static_assert(M::kIsRequest);
    return detail::encodeFrame(
        requestHead({.key = M::kKey, .version = version, .correlationId = correlationId, .clientId = clientId}),
        request, version);
}

/// A payload that says its version in its first two bytes, as the consumer protocol's do. Reads a newer version by what
/// is known of it and ignores the rest, as that protocol asks.
template <class M>
Result<M> decodePayload(std::string_view payload);
template <class M>
std::string encodePayload(const M& payload, Version version);

} // namespace meshbone::backbone::wire
