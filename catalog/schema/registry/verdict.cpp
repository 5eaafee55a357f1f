// SPDX-License-Identifier: Apache-2.0
#include "schema/registry/registry_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {

namespace {

bool isTransitive(CompatibilityLevel level) {
    return level == CompatibilityLevel::BackwardTransitive || level == CompatibilityLevel::ForwardTransitive ||
           level == CompatibilityLevel::FullTransitive;
}
bool readsOld(CompatibilityLevel level) {
    return level != CompatibilityLevel::None && level != CompatibilityLevel::Forward &&
           level != CompatibilityLevel::ForwardTransitive;
}
bool isReadByOld(CompatibilityLevel level) {
    return level != CompatibilityLevel::None && level != CompatibilityLevel::Backward &&
           level != CompatibilityLevel::BackwardTransitive;
}

VersionVerdict compareOne(const ParsedSchema& schema, int version, const ParsedSchema& old, bool isReader,
                          CompatibilityPolicy policy, ComparisonEnd end) {
    VersionVerdict verdict{version, isReader, {}, {}};
    auto found = isReader ? schema.differencesBy(end, old, policy) : old.differencesBy(end, schema, policy);
    if (found) {
        verdict.differences = std::move(*found);
    } else {
        verdict.failure = found.error().message;
    }
    return verdict;
}

} // namespace

bool VersionVerdict::isCompatible() const {
    return failure.empty() && std::ranges::none_of(differences, &SchemaDifference::isBreaking);
}

bool SchemaVerdict::isCompatible() const {
    return std::ranges::all_of(versions, &VersionVerdict::isCompatible);
}

SchemaVerdict compareWith(const ParsedSchema& schema, const std::vector<std::pair<int, ParsedSchemaPtr>>& previous,
                          CompatibilityLevel level, CompatibilityPolicy policy, ComparisonEnd end) {
    SchemaVerdict verdict{level, {}};
    if (level == CompatibilityLevel::None) {
        return verdict;
    }
    const auto first = isTransitive(level) || previous.empty() ? 0 : previous.size() - 1;
    for (auto i = previous.size(); i-- > first && std::chrono::steady_clock::now() < end;) { // the latest is told first
        const auto& [version, old] = previous[i];
        if (readsOld(level)) {
            verdict.versions.push_back(compareOne(schema, version, *old, true, policy, end));
        }
        if (isReadByOld(level)) {
            verdict.versions.push_back(compareOne(schema, version, *old, false, policy, end));
        }
    }
    return verdict;
}

std::vector<std::string> verdictLines(const SchemaVerdict& verdict) {
    std::vector<std::string> lines;
    for (const auto& version : verdict.versions) {
        if (version.isCompatible()) {
            continue;
        }
        if (!version.failure.empty()) {
            lines.push_back(version.failure);
        }
        for (const auto& one : version.differences) {
            if (one.isBreaking) {
                lines.push_back(fmt::format("{{errorType:'{}', description:'{}{}{} (path {})', additionalInfo:'{}'}}",
                                            one.type, one.message, one.repair.empty() ? "" : " ", one.repair,
                                            one.path.empty() ? "/" : one.path, one.field));
            }
        }
        lines.push_back(fmt::format("{{oldSchemaVersion: {}}}", version.version));
    }
    if (!lines.empty()) {
        lines.push_back(fmt::format("{{compatibility: '{}'}}", levelName(verdict.level)));
    }
    return lines;
}

} // namespace meshbone::catalog
