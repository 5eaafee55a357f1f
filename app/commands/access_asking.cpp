// SPDX-License-Identifier: Apache-2.0
// meshctl access asking: whether everybody who can log in may ask for access, and who says so.
#include "commands/access_look.h"
#include "commands/access_parts.h"

#include <catalog/access_asking.h>

#include <fmt/core.h>

namespace meshbone::app {

using namespace catalog;

namespace {

struct AskingOptions : ScopeOptions {
    std::string team;
};
using AskingMenu = AccessMenu<AskingOptions>;

void printAsking(const AskingOptions& options, bool isOpen, std::size_t said) {
    const auto bindings = askingBindings();
    if (options.json) {
        printJson({{"open", isOpen}, {"bindings", bindingsJson(bindings)}, {"effect", askingEffect()}, {"said", said}});
        return;
    }
    fmt::print("Everybody may ask: {}.\n", isOpen ? "yes" : "no");
    for (const auto& binding : bindings) {
        fmt::print("  {}\n", backbone::describe(binding));
    }
    fmt::print("{}{}\n", isOpen ? "" : "With these bindings: ", askingEffect());
    if (said > 0) {
        fmt::print("Said to the ledger in {} entries; whoever enforces it does the rest.\n", said);
    }
}

Status showAsking(const AskingOptions& options, Catalog& catalog, const std::string&) {
    printAsking(options, isAskingOpen(catalog.bindingRecords()), 0);
    return {};
}

Status sayAsking(const AskingOptions& options, Catalog& catalog, const std::vector<Submission>& submissions) {
    if (options.dryRun) {
        return showAsking(options, catalog, {});
    }
    for (const auto& submission : submissions) {
        if (const auto entry = catalog.submit(submission, options.call()); !entry) {
            return std::unexpected(entry.error());
        }
    }
    printAsking(options, isAskingOpen(catalog.bindingRecords()), submissions.size());
    return {};
}

Status openIt(const AskingOptions& options, Catalog& catalog, const std::string&) {
    const auto owner = options.team.empty() ? catalog.accessRoles().admins : options.team;
    if (owner.empty() && !options.dryRun) {
        return fail(ErrorCode::InvalidArgument,
                    "No admins are named, so --team says which team owns these bindings from now on.");
    }
    return sayAsking(options, catalog, openAsking(catalog.bindingRecords(), owner, options.why));
}

Status closeIt(const AskingOptions& options, Catalog& catalog, const std::string&) {
    return sayAsking(options, catalog, closeAsking(catalog.bindingRecords(), options.why));
}

} // namespace

void addAsking(const AccessMenu<ScopeOptions>& menu) {
    const auto options = std::make_shared<AskingOptions>();
    const AskingMenu own = AskingMenu{menu.parent, options, menu.status}.under(
        "asking", "Whether everybody who can log in may ask for access, and what that opens", &showAsking);
    const auto add = [&](const char* name, const char* about, AccessWork<AskingOptions> work) {
        auto* command = own.add(name, about, work);
        command->add_option("--why", options->why, "The reason, for the ledger");
        command->add_flag("--dry-run", options->dryRun, "Show what it opens, and do nothing");
        return command;
    };
    add("open", "Let everybody read the ledger and leave requests; by an admin", &openIt)
        ->add_option("--team", options->team, "Who owns these bindings; the admins' team where nothing is said");
    add("close", "Take that back; those who were given the rights otherwise keep them", &closeIt);
}

} // namespace meshbone::app
