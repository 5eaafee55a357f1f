// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// Metadata and rule sets as JSON texts; an empty text is none.

/// The property that makes a registration a compare-and-set: it counts the subject's versions.
inline constexpr std::string_view kConfluentVersion = "confluent:version";

/// What `over` has beats what `under` has, tag by tag and property by property; sensitive ones add up.
std::string mergeMetadata(const std::string& under, const std::string& over);
/// Rules of `over` take the place of rules of the same name.
std::string mergeRuleSets(const std::string& under, const std::string& over);
/// Without the rules of these names, of every kind.
std::string withoutRules(const std::string& ruleSet, const std::vector<std::string>& names);
/// Whether a rule of any kind is of this type, such as "CEL".
bool hasRuleOfType(const std::string& ruleSet, const std::string& type);
std::string metadataProperty(const std::string& metadata, std::string_view name);
std::string withMetadataProperty(const std::string& metadata, std::string_view name, const std::string& value);

} // namespace meshbone::catalog
