// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/replay.h>

#include <nlohmann/json_fwd.hpp>

namespace meshbone::backbone {

/// Requests, plans and manifests as JSON with sorted keys. Bytes (keys, header values) are base64, since they needn't
/// be text. The readers accept what the writers wrote and fail with Corrupt on anything else. One line without spaces;
/// octets that are no UTF-8 become U+FFFD rather than an exception.
std::string jsonText(const nlohmann::json& json);

nlohmann::json requestToJson(const ReplayRequest& request);
Result<ReplayRequest> requestFromJson(const nlohmann::json& json);

/// Everything of a plan that its hash covers: not the findings, the scan's time or the hash itself.
nlohmann::json planToJson(const ReplayPlan& plan);
/// "sha256:…" over planToJson() without spaces.
std::string planHash(const ReplayPlan& plan);

nlohmann::json manifestToJson(const Manifest& manifest);
Result<Manifest> manifestFromJson(const nlohmann::json& json);
/// SHA-256 over manifestToJson() without its field "sha256" and without spaces.
std::string manifestSha256(const Manifest& manifest);

} // namespace meshbone::backbone
