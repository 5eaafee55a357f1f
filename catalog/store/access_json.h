// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>

#include <nlohmann/json_fwd.hpp>

namespace meshbone::catalog {

// Values of access as JSON: in the payloads of entries and in the projection's tables alike. Writing and reading are
// inverse; what isn't one of our values reads as something that is written otherwise, so whoever reads a stranger's
// JSON compares. Reading never throws.

nlohmann::json toJson(const NamePattern& pattern);
nlohmann::json toJson(const AccessScope& scope);
nlohmann::json toJson(const backbone::AclBinding& binding);
nlohmann::json toJson(const BindingResult& result);
nlohmann::json toJson(const AccessDecision& decision);
nlohmann::json toJson(const RequestRemark& remark);
nlohmann::json toJson(const CampaignItem& item);
nlohmann::json toJson(const Policy& policy); ///< without id and revision

void fromJson(const nlohmann::json& json, NamePattern& pattern);
void fromJson(const nlohmann::json& json, AccessScope& scope);
void fromJson(const nlohmann::json& json, backbone::AclBinding& binding);
void fromJson(const nlohmann::json& json, BindingResult& result);
void fromJson(const nlohmann::json& json, AccessDecision& decision);
void fromJson(const nlohmann::json& json, RequestRemark& remark);
void fromJson(const nlohmann::json& json, CampaignItem& item);
void fromJson(const nlohmann::json& json, Policy& policy);

} // namespace meshbone::catalog
