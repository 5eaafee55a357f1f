// SPDX-License-Identifier: Apache-2.0
#include "commands/access_change.h"

#include <catalog/access_presets.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

template <class List>
void append(List& to, const List& more) {
    to.insert(to.end(), more.begin(), more.end());
}

Status addRevoked(const ChangeOptions& options, const AccessSurvey& survey, AccessChange& change) {
    for (const std::string& grant : options.revokes) {
        if (std::ranges::find(survey.agreed.grants, grant, &GrantInForce::id) == survey.agreed.grants.end()) {
            return fail(ErrorCode::NotFound, fmt::format("There is no grant '{}' in force.", grant));
        }
        append(change.remove, endingWith(survey.agreed.wanted, grant));
    }
    return {};
}

Result<AccessScope> narrowerScope(const ChangeOptions& options, const AccessSurvey& survey) {
    auto scope = scopeInForce(survey, options.narrows);
    if (!scope) {
        return scope;
    }
    const auto role = options.role.empty() ? scope->role : roleNamed(options.role);
    if (!role) {
        return fail(ErrorCode::InvalidArgument, "--role " + options.role + " isn't a role; request --help lists them.");
    }
    return changedScope(options.instead, inRole(std::move(*scope), *role));
}

Status addNarrowed(const ChangeOptions& options, const AccessSurvey& survey, AccessChange& change) {
    if (options.narrows.empty()) {
        return {};
    }
    const auto scope = narrowerScope(options, survey);
    const auto narrowed = scope ? narrowing(survey, options.narrows, *scope) : std::unexpected(scope.error());
    if (!narrowed) {
        return std::unexpected(narrowed.error());
    }
    append(change.remove, narrowed->remove);
    append(change.add, narrowed->add);
    return {};
}

Status addWritten(const std::vector<std::string>& texts, std::vector<backbone::AclBinding>& bindings) {
    for (const std::string& text : texts) {
        auto binding = backbone::parseBinding(text);
        if (!binding) {
            return std::unexpected(binding.error());
        }
        bindings.push_back(std::move(*binding));
    }
    return {};
}

} // namespace

void addChangeOptions(CLI::App& command, ChangeOptions& options) {
    const auto many = [&](const char* name, std::vector<std::string>& values, const char* about) {
        command.add_option(name, values, about)->allow_extra_args(false);
    };
    many("--revoke", options.revokes, "A grant that ends; may be repeated, as the others");
    many("--drop", options.drops, "A principal that is no longer known");
    many("--add", options.adds, "A binding that comes: 'DENY READ TOPIC LITERAL flights User:x *'");
    many("--remove", options.removes, "A binding that goes");
    auto* narrow = command.add_option("--narrow", options.narrows, "A grant that gets a narrower scope, as these say:");
    options.instead.host.clear();
    addScopeChanges(command, options.instead);
    command.add_option("--role", options.role, "Instead of its role; what the new one has no use for is left out");
    for (const auto* name : {"--host", "--read", "--write", "--group", "--transactional-id", "--role"}) {
        command.get_option(name)->needs(narrow);
    }
}

Result<AccessChange> changeOf(const ChangeOptions& options, const AccessSurvey& survey) {
    AccessChange change;
    for (const auto& add : {&addRevoked, &addNarrowed}) {
        if (auto done = (*add)(options, survey, change); !done) {
            return std::unexpected(done.error());
        }
    }
    for (const auto& [texts, bindings] :
         {std::pair(&options.adds, &change.add), std::pair(&options.removes, &change.remove)}) {
        if (auto done = addWritten(*texts, *bindings); !done) {
            return std::unexpected(done.error());
        }
    }
    change.dropPrincipals.insert(options.drops.begin(), options.drops.end());
    if (change.remove.empty() && change.add.empty() && change.dropPrincipals.empty() && options.revokes.empty() &&
        options.narrows.empty()) {
        return fail(ErrorCode::InvalidArgument,
                    "Say what would change: --revoke, --narrow, --drop, --add or --remove.");
    }
    return change;
}

} // namespace meshbone::app
