// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>
#include <catalog/access.h>

#include <string>
#include <string_view>
#include <vector>

namespace meshbone::catalog {

// Rules of the ledger on what may be asked for.

inline constexpr std::size_t kMaxPatterns = 200;         ///< of one scope
inline constexpr std::size_t kMaxPrincipalBytes = 1'000; ///< a certificate's name is long
inline constexpr std::size_t kMaxGroupBytes = 500;

/// "Type:name", split at the first colon, on one line. Neither trimmed nor folded.
Status checkPrincipalName(std::string_view principal);
/// A scope that can mean something (checkScope) and isn't boundless. Fails with InvalidArgument and a sentence that
/// says what to write instead.
Status checkAsked(const AccessScope& scope);

/// Every name that `narrow` covers is covered by `wide`.
bool covers(const NamePattern& wide, const NamePattern& narrow);
/// Same principal and role, and nothing but what `wide` has.
bool covers(const AccessScope& wide, const AccessScope& narrow);
/// Any name is covered by both.
bool overlap(const NamePattern& one, const NamePattern& other);

/// All topics, groups or transactional ids, or for every principal.
bool matchesEverything(const AccessScope& scope);
bool isEverything(const NamePattern& pattern);
/// Kafka's or Meshbone's own topics are among those that it covers.
bool coversInternal(const NamePattern& topics);

/// Reads and writes.
std::vector<NamePattern> topicsOf(const AccessScope& scope);
/// All topics that the scope's bindings open, the ones it names first: a role has topics of its own besides, such as
/// what begins with a Streams application's id. Not what is only described.
std::vector<NamePattern> topicsOpenedBy(const AccessScope& scope);
/// "flights, eu.*"
std::string shown(const std::vector<NamePattern>& patterns);

} // namespace meshbone::catalog
