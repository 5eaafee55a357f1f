// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl.h>
#include <backbone/error.h>
#include <backbone/types.h>

#include <optional>
#include <string_view>

namespace meshbone::lineage {

/// What one line of an authorizer's log says. Its texts belong to the line.
struct AuthorizerLine {
    TimestampMs timeMs = 0; ///< as the broker's clock showed it, taken as UTC
    bool allowed = false;
    bool superUser = false; ///< allowed by no binding
    std::string_view principal, host, resource;
    backbone::Operation operation = backbone::Operation::Read;
    backbone::ResourceKind resourceKind = backbone::ResourceKind::Topic;
    std::int16_t apiKey = -1; ///< -1: none that decides differently from others, or not said
};

/// Reads a line without its end. Nothing: it says something else than that somebody's request was allowed or denied
/// (how the authorizer came to it, or a decision that it logs at TRACE since nobody asked for access by it). Corrupt,
/// with a sentence: it isn't the log's, or could be read in two ways, since names that clients choose stand in it as
/// they are. Pure function, any thread.
Result<std::optional<AuthorizerLine>> parseAuthorizerLine(std::string_view line);

} // namespace meshbone::lineage
