// SPDX-License-Identifier: Apache-2.0
// What may be done with a grant.
#include "commands/access_commands.h"
#include "commands/access_parts.h"

#include <backbone/iso_time.h>

#include <fmt/core.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

/// Says the end that came of it, and which limit set it: that may be sooner than was asked for.
Status renew(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    const auto until = untilOf(options);
    if (!until) {
        return std::unexpected(until.error());
    }
    const auto entry = catalog.submit({RenewGrant{options.id, *until}, options.why, {}}, options.call());
    if (!entry) {
        return std::unexpected(entry.error());
    }
    const auto grants = catalog.grants();
    const auto grant = std::ranges::find(grants, options.id, &Grant::id);
    const TimestampMs end = grant == grants.end() ? *until : grant->untilMs;
    const bool isCut = grant != grants.end() && end != *until;
    if (options.json) {
        printJson({{"id", options.id},
                   {"act", entry->act},
                   {"entry", entry->number},
                   {"until", timeJson(end)},
                   {"endBy", isCut ? grant->endBy : std::string()}});
        return {};
    }
    fmt::print("Renewed: {}, entry {}. ", options.id, entry->number);
    end == kNoEnd ? fmt::print("It has no end now.\n")
                  : fmt::print("It ends at {} now.{}\n", isoTime(end), isCut ? " " + grant->endBy : "");
    return {};
}
Status shorten(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    const auto until = untilOf(options);
    return until ? submitAndTell(options, catalog, ShortenGrant{options.id, *until}, options.id, "Shortened:")
                 : std::unexpected(until.error());
}
Status revoke(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, RevokeGrant{options.id}, options.id, "Revoked:");
}
Status restore(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, RestoreGrant{options.id}, options.id, "Restored:");
}

} // namespace

void addGrants(const AccessMenu<ScopeOptions>& menu) {
    auto* list = menu.add("grants", "What is granted and in force, until when and by whom", &listGrants);
    list->add_flag("--all", menu.options->all, "The ended ones too");
    list->add_option("--as-of", menu.options->asOf, "As it was at this time in UTC, such as 2027-03-01");
    const auto add = [&](const char* name, const char* about, AccessWork<ScopeOptions> work) {
        auto* command = menu.add(name, about, work);
        command->add_option("id", menu.options->id, "Grant, as `meshctl access grants` names it")->required();
        command->add_option("--why", menu.options->why, "The reason, for the ledger and those who have it");
        return command;
    };
    add("renew", "Give a grant a later end, where your word alone is enough; else use request --renews", &renew)
        ->add_option("--until", menu.options->until, "The new end in UTC; none: as long as the policies allow");
    add("shorten", "Let a grant end earlier", &shorten)
        ->add_option("--until", menu.options->until, "The new end in UTC, such as 2027-03-01")
        ->required();
    add("revoke", "End a grant now; needs --why", &revoke);
    add("restore", "Put a revoked grant in force again, where your word alone is enough", &restore);
}

} // namespace meshbone::app
