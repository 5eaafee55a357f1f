// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meshbone::backbone {

// Kafka's access control lists (KIP-11, KIP-290) as plain values, for the broker, for clients of a cluster and for
// whoever computes with them. The order of the enumerators is ours and is stored; Kafka's numbers come from
// kafkaNumber().

enum class ResourceKind : std::uint8_t { Topic, Group, Cluster, TransactionalId, DelegationToken, User, Any, Unknown };
enum class Operation : std::uint8_t {
    Read,
    Write,
    Create,
    Delete,
    Alter,
    Describe,
    ClusterAction,
    DescribeConfigs,
    AlterConfigs,
    IdempotentWrite,
    All,
    CreateTokens,
    DescribeTokens,
    TwoPhaseCommit,
    Any,
    Unknown
};
enum class PatternType : std::uint8_t { Literal, Prefixed, Match, Any, Unknown }; ///< Match and Any: filters only
enum class Permission : std::uint8_t { Allow, Deny, Any, Unknown };               ///< Any: filters only

/// The names that Kafka's tools write: "TOPIC", "IDEMPOTENT_WRITE", "PREFIXED", "ALLOW".
std::string_view name(ResourceKind kind);
std::string_view name(Operation operation);
std::string_view name(PatternType pattern);
std::string_view name(Permission permission);
/// By those names, in capitals; nothing for what isn't one.
std::optional<ResourceKind> resourceKindNamed(std::string_view name);
std::optional<Operation> operationNamed(std::string_view name);
std::optional<PatternType> patternTypeNamed(std::string_view name);
std::optional<Permission> permissionNamed(std::string_view name);

/// Kafka's numbers, as they stand in its messages; a number that nobody knows becomes Unknown.
std::int8_t kafkaNumber(ResourceKind kind);
std::int8_t kafkaNumber(Operation operation);
std::int8_t kafkaNumber(PatternType pattern);
std::int8_t kafkaNumber(Permission permission);
ResourceKind resourceKindFromKafka(std::int8_t number);
Operation operationFromKafka(std::int8_t number);
PatternType patternTypeFromKafka(std::int8_t number);
Permission permissionFromKafka(std::int8_t number);

inline constexpr std::string_view kAnyPrincipal = "User:*"; ///< every principal, of whatever type
inline constexpr std::string_view kAnyHost = "*";
inline constexpr std::string_view kAnyResource = "*"; ///< as the name of a literal pattern
inline constexpr std::string_view kClusterName = "kafka-cluster";

/// One rule of an access control list. The seven fields are its identity: Kafka knows no owner, comment or time of it.
struct AclBinding {
    ResourceKind resourceKind = ResourceKind::Topic;
    PatternType pattern = PatternType::Literal;
    std::string resource;
    std::string principal; ///< "User:alice", compared as it is
    std::string host{kAnyHost};
    Operation operation = Operation::Read;
    Permission permission = Permission::Allow;
    friend auto operator<=>(const AclBinding&, const AclBinding&) = default;
};

/// Which bindings to describe or delete: an empty field, Any and Match match more than one.
struct AclFilter {
    ResourceKind resourceKind = ResourceKind::Any;
    PatternType pattern = PatternType::Any; ///< Match: every pattern that would match the name
    std::optional<std::string> resource;
    std::optional<std::string> principal;
    std::optional<std::string> host;
    Operation operation = Operation::Any;
    Permission permission = Permission::Any;
    friend bool operator==(const AclFilter&, const AclFilter&) = default;

    [[nodiscard]] bool matches(const AclBinding& binding) const;
    /// The filter that matches this binding and no other.
    static AclFilter exactly(const AclBinding& binding);
};

/// Does a pattern cover a resource's name? Literal: the same name, or "*" for all; prefixed: the beginning.
bool patternCovers(PatternType pattern, std::string_view patternName, std::string_view resource);

/// The operations that requests ask of a kind of resource, All at the end; none for what isn't a resource's kind.
std::span<const Operation> operationsOf(ResourceKind kind);

/// Why no request can ever meet this binding (the operation isn't one of the resource's, the host is a name, the topic
/// can't exist, …), as a sentence that says what to write instead; empty: some request may. Kafka accepts such bindings
/// and never matches them.
std::string whyNeverMatches(const AclBinding& binding);

/// "ALLOW READ on topic flights for User:alice from any host"; the sentence people read.
std::string describe(const AclBinding& binding);

/// A binding as people write it, seven words: "ALLOW READ TOPIC LITERAL flights User:x *"; the last one may be left
/// out. InvalidArgument, with an example, for what isn't one, or can never match.
Result<AclBinding> parseBinding(const std::string& text);

} // namespace meshbone::backbone
