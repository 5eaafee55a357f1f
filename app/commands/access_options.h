// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commands/command.h"

#include <catalog/access.h>

#include <optional>
#include <string>
#include <vector>

namespace meshbone::app {

/// What is asked for or agreed to, as options: names, or prefixes with a '*' at their end.
struct ScopeOptions : CommonOptions {
    std::string id, principal, role = "consumer", host = "*", group, transactionalId;
    std::vector<std::string> reads, writes;
    std::string product, purpose, until, renews, why, conditions, text;
    std::string asOf; ///< a time of the past
    bool dryRun = false, all = false;
};

/// Adds the options of a scope and its end to a command.
void addScopeOptions(CLI::App& command, ScopeOptions& options);
/// Fails with InvalidArgument for a role that isn't known.
Result<catalog::AccessScope> scopeOf(const ScopeOptions& options);
/// Adds what takes the place of a scope's parts; the options' host must be empty.
void addScopeChanges(CLI::App& command, ScopeOptions& options);
/// A scope with what those options say instead.
catalog::AccessScope changedScope(const ScopeOptions& options, catalog::AccessScope scope);
/// --until as a time; none, or "never": no end. Fails with InvalidArgument.
Result<TimestampMs> untilOf(const ScopeOptions& options);
/// A time in the past that an option names, which the error does too; empty text: none.
Result<std::optional<TimestampMs>> timeOf(const char* option, const std::string& text);
std::string shownTopics(const catalog::AccessScope& scope);
TimestampMs nowMs();

} // namespace meshbone::app
