// SPDX-License-Identifier: Apache-2.0
#include "commands/access_options.h"

#include "commands/text_table.h"

#include <catalog/access_presets.h>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>

namespace meshbone::app {

void addScopeOptions(CLI::App& command, ScopeOptions& options) {
    command.add_option("--host", options.host, "Address it connects from; * for any")->capture_default_str();
    command.add_option("--read", options.reads, "Topic that it reads; 'name*' for all that begin so")
        ->allow_extra_args(false);
    command.add_option("--write", options.writes, "Topic that it writes; 'name*' for all that begin so")
        ->allow_extra_args(false);
    command.add_option("--group", options.group, "Consumer group, or application id; 'name*' for a prefix");
    command.add_option("--transactional-id", options.transactionalId, "Transactional id; 'name*' for a prefix");
    command.add_option("--until", options.until, "End in UTC, such as 2027-03-01; none: as long as the policies allow");
}

Result<catalog::AccessScope> scopeOf(const ScopeOptions& options) {
    const auto role = catalog::roleNamed(options.role);
    if (!role) {
        return fail(ErrorCode::InvalidArgument, "--role " + options.role + " isn't a role; --help lists them.");
    }
    catalog::AccessScope scope;
    scope.principal = options.principal;
    scope.host = options.host;
    scope.role = *role;
    for (const std::string& topic : options.reads) {
        scope.reads.push_back(catalog::patternOf(topic));
    }
    for (const std::string& topic : options.writes) {
        scope.writes.push_back(catalog::patternOf(topic));
    }
    scope.group = catalog::patternOf(options.group);
    scope.transactionalId = catalog::patternOf(options.transactionalId);
    return scope;
}

void addScopeChanges(CLI::App& command, ScopeOptions& options) {
    command.add_option("--host", options.host, "Instead of the address of the scope");
    command.add_option("--read", options.reads, "Instead of the topics that it reads; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--write", options.writes, "Instead of the topics that it writes; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--group", options.group, "Instead of the group of the scope");
    command.add_option("--transactional-id", options.transactionalId, "Instead of the transactional id of the scope");
}

catalog::AccessScope changedScope(const ScopeOptions& options, catalog::AccessScope scope) {
    const auto instead = [](const std::vector<std::string>& names, std::vector<catalog::NamePattern>& patterns) {
        if (!names.empty()) {
            patterns.clear();
            std::ranges::transform(names, std::back_inserter(patterns), catalog::patternOf);
        }
    };
    instead(options.reads, scope.reads);
    instead(options.writes, scope.writes);
    scope.group = options.group.empty() ? scope.group : catalog::patternOf(options.group);
    scope.transactionalId =
        options.transactionalId.empty() ? scope.transactionalId : catalog::patternOf(options.transactionalId);
    scope.host = options.host.empty() ? scope.host : options.host;
    return scope;
}

Result<TimestampMs> untilOf(const ScopeOptions& options) {
    TimestampMs until = catalog::kNoEnd;
    if (!options.until.empty() && options.until != "never" && !parseTime(options.until, until)) {
        return fail(ErrorCode::InvalidArgument,
                    "--until " + options.until + " isn't a time in UTC such as 2027-03-01, nor 'never'.");
    }
    return until;
}

Result<std::optional<TimestampMs>> timeOf(const char* option, const std::string& text) {
    TimestampMs timeMs = 0;
    if (text.empty()) {
        return std::nullopt;
    }
    if (!parseTime(text, timeMs)) {
        return fail(ErrorCode::InvalidArgument, fmt::format("{} {} isn't a time such as 2027-03-01.", option, text));
    }
    return timeMs;
}

std::string shownTopics(const catalog::AccessScope& scope) {
    std::string text;
    for (const auto* list : {&scope.reads, &scope.writes}) {
        for (const auto& pattern : *list) {
            text += (text.empty() ? "" : ", ") + catalog::shownPattern(pattern);
        }
    }
    return text;
}

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace meshbone::app
