// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_scope.h>

#include <backbone/error.h>

#include <optional>
#include <string_view>

namespace meshbone::catalog {

// From what is asked for, in a person's words, to the bindings that it needs, and back to a sentence. Pure functions of
// their arguments, from any thread.

/// How a role uses a field of a scope.
enum class FieldUse : std::uint8_t { None, Optional, Required };
struct ScopeField {
    FieldUse use = FieldUse::None;
    std::string_view what; ///< what stands in it in this role, as a form labels it ("topics it reads"); empty: None
};
/// What a form asks for in a role, and what checkScope() accepts.
struct RoleFields {
    ScopeField reads, writes, group, transactionalId;
};
const RoleFields& fieldsOf(Role role);

inline constexpr std::size_t kRoles = static_cast<std::size_t>(Role::ReadOnlyUi) + 1;
/// As files and the ledger write it: "consume-transform-produce".
std::string_view roleName(Role role);
/// By that name; nothing for what isn't one.
std::optional<Role> roleNamed(std::string_view name);
/// As people read it: "Schema Registry".
std::string_view roleTitle(Role role);
/// Were its bindings tried with the real client on Apache Kafka? Otherwise whoever offers it says "untested".
bool isProven(Role role);

/// The smallest set of bindings with which the role works, sorted, none twice and none covered by another of them.
/// Topics are taken to exist: nothing here creates any, but what Streams, ksqlDB and MirrorMaker 2 make themselves.
/// Rights over access control lists are never among them. Of a scope that checkScope() refuses: what its fields give.
std::vector<backbone::AclBinding> bindingsOf(const AccessScope& scope);

/// The same in this role: without what stands in fields that the role has no use for.
AccessScope inRole(AccessScope scope, Role role);

/// Fails with InvalidArgument where a field is missing, superfluous or can never match, with what to write instead.
Status checkScope(const AccessScope& scope);

/// What deserves a second look though it is allowed, a sentence each: internal topics that a pattern covers, a prefix
/// that doesn't end in a separator, everybody as principal. A pattern that covers everything among them.
std::vector<std::string> warningsOf(const AccessScope& scope);

/// "User:loader may write to topic 'flights' and every topic that begins with 'eu.', as a producer."
std::string describe(const AccessScope& scope);

/// What an instance that enforces grants needs: the ledger's topic to read and write, and the right to see and change
/// access control lists, with which it can grant itself everything.
std::vector<backbone::AclBinding> bindingsOfEnforcer(const std::string& principal, const std::string& host,
                                                     const std::string& ledgerTopic);

} // namespace meshbone::catalog
