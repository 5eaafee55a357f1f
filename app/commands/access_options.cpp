// SPDX-License-Identifier: Apache-2.0
#include "commands/access_options.h"

#include "commands/text_table.h"

#include <catalog/access_presets.h>

#include <CLI/CLI.hpp>

#include <chrono>

namespace meshbone::app {

void addScopeOptions(CLI::App& command, ScopeOptions& options) {
    command.add_option("--host", options.host, "Address it connects from; * for any")->capture_default_str();
    command.add_option("--read", options.reads, "Topic that it reads; 'name*' for all that begin so");
    command.add_option("--write", options.writes, "Topic that it writes; 'name*' for all that begin so");
    command.add_option("--group", options.group, "Consumer group, or application id; 'name*' for a prefix");
    command.add_option("--transactional-id", options.transactionalId, "Transactional id; 'name*' for a prefix");
    command.add_option("--until", options.until, "End, ISO 8601 in UTC; none: as long as the policies allow");
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
        scope.reads.push_back(patternOf(topic));
    }
    for (const std::string& topic : options.writes) {
        scope.writes.push_back(patternOf(topic));
    }
    scope.group = patternOf(options.group);
    scope.transactionalId = patternOf(options.transactionalId);
    return scope;
}

Result<TimestampMs> untilOf(const ScopeOptions& options) {
    TimestampMs until = catalog::kNoEnd;
    if (!options.until.empty() && !parseTime(options.until, until)) {
        return fail(ErrorCode::InvalidArgument, "--until " + options.until + " isn't a time such as 2027-03-01.");
    }
    return until;
}

catalog::NamePattern patternOf(const std::string& text) {
    return text.size() > 1 && text.ends_with('*')
               ? catalog::NamePattern{text.substr(0, text.size() - 1), backbone::PatternType::Prefixed}
               : catalog::NamePattern{text, backbone::PatternType::Literal};
}

std::string shownPattern(const catalog::NamePattern& pattern) {
    return pattern.name + (pattern.pattern == backbone::PatternType::Prefixed ? "*" : "");
}

std::string shownTopics(const catalog::AccessScope& scope) {
    std::string text;
    for (const auto* list : {&scope.reads, &scope.writes}) {
        for (const auto& pattern : *list) {
            text += (text.empty() ? "" : ", ") + shownPattern(pattern);
        }
    }
    return text;
}

TimestampMs nowMs() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace meshbone::app
