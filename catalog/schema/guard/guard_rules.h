// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schema/registry/registry_rules.h"

#include <catalog/schema_book.h>
#include <catalog/schema_guard.h>

namespace meshbone::catalog {

/// One subject that describes the keys or the values of a topic.
struct GuardedPart {
    std::string subject;
    bool isRefusing = false;
    std::unordered_map<int, ParsedSchemaPtr> byId; ///< of its versions, deleted ones too: events of them may still come
    std::unordered_map<std::string, ParsedSchemaPtr> byGuid;
    TimestampMs sinceMs = -1; ///< when that was asked for; -1: it isn't known
};
struct GuardedTopic {
    std::optional<GuardedPart> key, value;
};

/// Made anew with each change of the registry; immutable then.
struct SchemaGuard::Rules {
    std::map<std::string, GuardedTopic, std::less<>> topics;
};

/// What the settings of the registry ask for. Versions whose schema can't be parsed are left out: what names them is
/// refused.
std::shared_ptr<const SchemaGuard::Rules> guardRules(const RegistryState& state, ParsedCache& cache);
/// The same from what was read of a registry.
std::shared_ptr<const SchemaGuard::Rules> guardRules(const SchemaBook& book);

/// When it was asked for that a topic is checked, of keys or values the earlier; -1: it isn't known.
TimestampMs guardedSince(const SchemaGuard::Rules& rules, std::string_view topic);
/// The topics of rules, with whether they refuse.
std::map<std::string, bool> guardedBy(const SchemaGuard::Rules& rules);

} // namespace meshbone::catalog
