// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_covers.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

using namespace backbone;

std::string wrongUse(const AccessScope& scope, const ScopeField& field, bool isGiven, std::string_view fieldName) {
    if (field.use == FieldUse::Required && !isGiven) {
        return fmt::format("A {} needs {}: give {}.", roleTitle(scope.role), fieldName, field.what);
    }
    return field.use == FieldUse::None && isGiven
               ? fmt::format("A {} uses no {}: leave it out.", roleTitle(scope.role), fieldName)
               : std::string();
}

std::string wrongFields(const AccessScope& scope) {
    const auto& fields = fieldsOf(scope.role);
    for (const auto& finding :
         {wrongUse(scope, fields.reads, !scope.reads.empty(), "topics to read"),
          wrongUse(scope, fields.writes, !scope.writes.empty(), "topics to write"),
          wrongUse(scope, fields.group, !scope.group.name.empty(), "group"),
          wrongUse(scope, fields.transactionalId, !scope.transactionalId.name.empty(), "transactional id")}) {
        if (!finding.empty()) {
            return finding;
        }
    }
    return {};
}

std::string wrongNames(const std::vector<NamePattern>& names) {
    for (const auto& one : names) {
        if (one.pattern != PatternType::Literal && one.pattern != PatternType::Prefixed) {
            return fmt::format("'{}' must be a name or a prefix.", one.name);
        }
        if (one.name.empty()) {
            return "A topic has no name. Use * for all.";
        }
    }
    return {};
}

bool isName(const NamePattern& pattern) {
    return pattern.pattern == PatternType::Literal && pattern.name != kAnyResource;
}

/// What a role demands of its fields beyond their being there.
std::string wrongForRole(const AccessScope& scope) {
    const auto& transaction = scope.transactionalId;
    switch (scope.role) {
    case Role::Streams:
        if (!isName(scope.group)) {
            return "An application id is one name; the prefix is made from it.";
        }
        return transaction.name.empty() || transaction == scope.group
                   ? std::string()
                   : fmt::format("Kafka Streams derives its transactional ids: write its application id, '{}'.",
                                 scope.group.name);
    case Role::ConnectWorker: {
        if (!isName(scope.group)) {
            return "A Connect cluster's group.id is one name.";
        }
        const NamePattern derived{"connect-cluster-" + scope.group.name};
        return transaction.name.empty() || transaction == derived
                   ? std::string()
                   : fmt::format("This worker's transactional id is '{}'.", derived.name);
    }
    case Role::SourceConnector:
        if (scope.reads.size() > 1 || scope.reads.empty() != transaction.name.empty()) {
            return "Exactly-once needs both: one offsets topic to read, and the prefix of the transactional ids.";
        }
        return transaction.name.empty() ||
                       (transaction.pattern == PatternType::Prefixed && transaction.name.ends_with('-'))
                   ? std::string()
                   : "A source connector's transactional ids are the prefix <group.id>-<connector>-.";
    case Role::KsqlDb:
        return isName(transaction) ? std::string() : "A service id is one name.";
    case Role::SchemaRegistry:
        return scope.writes.size() == 1 ? std::string() : "Schema Registry has one topic, usually _schemas.";
    case Role::MirrorMakerSource:
        return scope.writes.size() == 1 ? std::string() : "MirrorMaker 2 writes one offset-syncs topic at the source.";
    default:
        return {};
    }
}

std::string wrongBindings(const AccessScope& scope) {
    for (const auto& binding : bindingsOf(scope)) {
        if (auto finding = whyNeverMatches(binding); !finding.empty()) {
            return finding;
        }
    }
    return {};
}

/// Names that other programs' own topics have, with what is in them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kInternalTopics{
    {{"__consumer_offsets", "who has read what"},
     {"__transaction_state", "all transactions"},
     {"_schemas", "the schemas of all topics"},
     {"_meshbone.ledger", "who may do what"}}};

void warnOfPattern(const NamePattern& one, std::vector<std::string>& warnings) {
    const bool isEverything = one.pattern == PatternType::Literal && one.name == kAnyResource;
    if (isEverything) {
        warnings.emplace_back("* covers every topic, those to come included.");
    }
    for (const auto& [topic, content] : kInternalTopics) {
        if (patternCovers(one.pattern, one.name, topic)) {
            warnings.push_back(
                fmt::format("'{}' covers the internal topic {}, which holds {}.", one.name, topic, content));
        }
    }
    if (one.pattern == PatternType::Prefixed && !one.name.empty() && !isSeparator(one.name.back())) {
        warnings.push_back(fmt::format("The prefix '{0}' covers names such as '{0}-secret' too; prefer one that ends "
                                       "in '.', '_' or '-'.",
                                       one.name));
    }
}

} // namespace

Status checkScope(const AccessScope& scope) {
    for (const auto& check :
         {wrongFields(scope), wrongNames(scope.reads), wrongNames(scope.writes),
          wrongNames({scope.group.name.empty() ? NamePattern{"-"} : scope.group,
                      scope.transactionalId.name.empty() ? NamePattern{"-"} : scope.transactionalId}),
          wrongForRole(scope), wrongBindings(scope)}) {
        if (!check.empty()) {
            return fail(ErrorCode::InvalidArgument, check);
        }
    }
    return {};
}

std::vector<std::string> warningsOf(const AccessScope& scope) {
    std::vector<std::string> warnings;
    if (scope.principal == kAnyPrincipal) {
        warnings.emplace_back("User:* is everybody, whoever can connect.");
    }
    for (const auto* topics : {&scope.reads, &scope.writes}) {
        for (const auto& one : *topics) {
            warnOfPattern(one, warnings);
        }
    }
    if (scope.role == Role::Streams && !scope.group.name.empty()) {
        warnOfPattern({scope.group.name, PatternType::Prefixed}, warnings);
        warnings.push_back(
            fmt::format("It may make, read, write and delete every topic that begins with '{}'.", scope.group.name));
    }
    if (scope.group.name == kAnyResource && scope.group.pattern == PatternType::Literal) {
        warnings.emplace_back("* covers every group: whoever joins another's group takes its partitions.");
    }
    if (!isProven(scope.role)) {
        warnings.push_back(
            fmt::format("What a {} needs is taken from its documentation and untested.", roleTitle(scope.role)));
    }
    return warnings;
}

} // namespace meshbone::catalog
