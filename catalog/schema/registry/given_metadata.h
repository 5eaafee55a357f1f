// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/registry.h>

#include <nlohmann/json_fwd.hpp>

namespace meshbone::catalog {

// Metadata and rules as they are given, in the one form that is kept: what an id and a GUID stand for doesn't depend on
// how they were written. As Confluent's registry reads them: a number or a boolean in the place of a text is that text,
// null is absent, and what it doesn't know is left out.

/// {"tags": {path: [tag, …]}, "properties": {name: text}, "sensitive": [name, …]}, each sorted. Empty for none. 400
/// where a member is something else.
RegistryResult<std::string> givenMetadata(const std::string& json);

/// {"migrationRules": […], "domainRules": […], "encodingRules": […]}, each rule with its kind and mode. Empty for none.
/// 400 where a member is something else, 42210 for what is no rule: without a name or type, of a name that is taken or
/// isn't letters, digits, _ and -, of a mode that its list doesn't have.
RegistryResult<std::string> givenRuleSet(const std::string& json);

// For both of them.

constexpr int kWrongShape = 400; ///< JSON, but not what is wanted in its place
/// A scalar's text; nothing for null. `what` names it in the refusal.
RegistryResult<std::optional<std::string>> scalarText(const nlohmann::json& value, std::string_view what);
/// An array's scalars, sorted, each once.
RegistryResult<std::set<std::string>> scalarSet(const nlohmann::json& value, std::string_view what);
/// An object's scalars, by name.
RegistryResult<std::map<std::string, std::string>> scalarMap(const nlohmann::json& value, std::string_view what);

} // namespace meshbone::catalog
