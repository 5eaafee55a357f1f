// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "wire/api_key.h"

#include <backbone/error.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace meshbone::backbone::wire {

/// What stands in front of every request (without the four bytes of the frame's length).
struct RequestHeader {
    ApiKey key{};
    Version version = 0;
    std::int32_t correlationId = 0;           ///< the answer repeats it
    std::optional<std::string_view> clientId; ///< a view into the frame
};

/// A request split into header and body.
struct RequestFrame {
    RequestHeader header;
    const ApiInfo* api =
        nullptr; ///< nullptr: a key that is not served; then only key, version and correlation id are set
    bool versionServed = false; ///< false: clientId and body are not set, because their layout is unknown
    std::string_view body;      ///< for decodeBody; a view into the frame
};

/// Splits a frame (without its length). Fails with Corrupt where it is too short to hold a header: close the
/// connection. An ApiVersions request with versionServed false is answered in version 0 with UNSUPPORTED_VERSION; other
/// requests that are not served close the connection.
Result<RequestFrame> decodeRequestFrame(std::string_view frame);

/// The answer to a request split into correlation id and body; what the frame doesn't tell is passed in.
struct ResponseFrame {
    std::int32_t correlationId = 0;
    std::string_view body;
};
Result<ResponseFrame> decodeResponseFrame(std::string_view frame, ApiKey key, Version version);

/// 1, or 2 for flexible versions (with tagged fields).
int requestHeaderVersion(ApiKey key, Version version);
/// 0, or 1 for flexible versions; always 0 for ApiVersions, so that a client can read an answer in an older version.
int responseHeaderVersion(ApiKey key, Version version);

/// Four bytes for the frame's length, to be filled in, and the header.
std::string requestHead(const RequestHeader& header);
std::string responseHead(ApiKey key, Version version, std::int32_t correlationId);

} // namespace meshbone::backbone::wire
