// SPDX-License-Identifier: Apache-2.0
#include "commands/access_commands.h"
#include "commands/command.h"
#include "commands/json_output.h"
#include "commands/open_catalog.h"
#include "commands/text_table.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <random>

namespace meshbone::app {

using namespace catalog;

namespace {

std::string newRequestId() {
    std::random_device random;
    return fmt::format("request-{:08x}{:08x}", random(), random());
}

/// Before anything is sent: what it would create, who must agree, what limits it.
Json reviewJson(const AccessScope& scope, const AccessReview& review) {
    Json bindings = Json::array();
    for (const auto& binding : bindingsOf(scope)) {
        bindings.push_back(backbone::describe(binding));
    }
    Json needs = Json::array();
    for (const ApprovalNeed& need : review.needs) {
        needs.push_back({{"team", need.team}, {"why", need.why}});
    }
    return {{"asks", describe(scope)},
            {"bindings", std::move(bindings)},
            {"policies", review.policies},
            {"automatic", review.automatic},
            {"needs", std::move(needs)},
            {"people", review.people},
            {"until", review.endMs == kNoEnd ? Json() : Json(isoTime(review.endMs))},
            {"endBy", review.endBy},
            {"classification", nameOf(review.level)},
            {"warnings", review.warnings}};
}

void printReview(const AccessScope& scope, const AccessReview& review) {
    fmt::print("{}\n", describe(scope));
    for (const auto& binding : bindingsOf(scope)) {
        fmt::print("  {}\n", backbone::describe(binding));
    }
    if (review.automatic) {
        fmt::print("Policy '{}' approves it by itself.\n", review.automaticBy);
    }
    for (const ApprovalNeed& need : review.automatic ? std::vector<ApprovalNeed>{} : review.needs) {
        fmt::print("Must agree: {} ({})\n", need.team.empty() ? "an admin" : "one of team " + need.team, need.why);
    }
    if (review.people > 1 && !review.automatic) {
        fmt::print("At least {} people must agree (policy '{}').\n", review.people, review.peopleBy);
    }
    fmt::print("Data: {}. Ends: {}. {}\n", nameOf(review.level), isoTime(review.endMs), review.endBy);
    for (const std::string& warning : review.warnings) {
        fmt::print("Mind: {}\n", warning);
    }
}

Status submitAndTell(const ScopeOptions& options, Catalog& catalog, Command command, const std::string& id,
                     const char* done) {
    const auto entry = catalog.submit({std::move(command), options.why, {}}, options.call());
    if (!entry) {
        return std::unexpected(entry.error());
    }
    options.json ? printJson({{"id", id}, {"act", entry->act}, {"entry", entry->number}})
                 : fmt::print("{} {}, entry {}.\n", done, id, entry->number);
    return {};
}

Status request(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    const auto scope = scopeOf(options);
    const auto until = untilOf(options);
    if (!scope || !until) {
        return std::unexpected(!scope ? scope.error() : until.error());
    }
    if (auto checked = checkScope(*scope); !checked) {
        return checked;
    }
    const AccessReview review = catalog.reviewAccess(*scope, options.product, *until, nowMs());
    if (options.dryRun) {
        options.json ? printJson(reviewJson(*scope, review)) : printReview(*scope, review);
        return {};
    }
    if (!options.json) {
        printReview(*scope, review);
    }
    const std::string id = options.id.empty() ? newRequestId() : options.id;
    return submitAndTell(options, catalog,
                         SubmitRequest{id, *scope, options.product, options.renews, options.purpose, *until}, id,
                         "Requested:");
}

Result<AccessRequest> requestNamed(const Catalog& catalog, const std::string& id) {
    const auto requests = catalog.accessRequests();
    const auto found = std::ranges::find(requests, id, &AccessRequest::id);
    return found == requests.end()
               ? Result<AccessRequest>(fail(ErrorCode::NotFound, "There is no request '" + id + "'."))
               : *found;
}

/// As it was asked for, or with a nearer end.
Status approve(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    const auto asked = requestNamed(catalog, options.id);
    const auto until = untilOf(options);
    if (!asked || !until) {
        return std::unexpected(!asked ? asked.error() : until.error());
    }
    const TimestampMs end = options.until.empty() ? asked->untilMs : *until;
    return submitAndTell(options, catalog, ApproveRequest{options.id, asked->scope, end, options.conditions},
                         options.id, "Approved:");
}

Status decline(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, DeclineRequest{options.id}, options.id, "Declined:");
}
Status withdraw(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, WithdrawRequest{options.id}, options.id, "Withdrawn:");
}
Status revoke(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, RevokeGrant{options.id}, options.id, "Revoked:");
}

/// What others left in the topic of requests.
Status carry(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    const auto found = catalog.carryRequests(options.call());
    if (!found) {
        return std::unexpected(found.error());
    }
    Json refused = Json::array();
    for (const LedgerEntry& entry : found->refused) {
        refused.push_back({{"offset", entry.number}, {"author", entry.author}, {"reason", entry.rejection}});
    }
    if (options.json) {
        printJson({{"carried", found->carried}, {"refused", std::move(refused)}});
        return {};
    }
    fmt::print("Carried {} into the ledger, refused {}.\n", found->carried, found->refused.size());
    for (const LedgerEntry& entry : found->refused) {
        fmt::print("  {} by '{}': {}\n", entry.number, printable(entry.author, 80), entry.rejection);
    }
    return {};
}

using Work = Status (*)(const ScopeOptions&, Catalog&, const std::string&);

CLI::App* addOne(CLI::App& access, const std::shared_ptr<ScopeOptions>& options, int& status, const char* name,
                 const char* about, Work work) {
    auto* command = access.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    command->callback([options, &status, work] {
        status = withCatalog(*options, Projection::AnyOne, [&](Catalog& catalog, const std::string& person) {
            return work(*options, catalog, person);
        });
    });
    return command;
}

void addRequest(CLI::App& access, const std::shared_ptr<ScopeOptions>& options, int& status) {
    std::string roles;
    for (std::size_t role = 0; role < kRoles; ++role) {
        roles += (roles.empty() ? "" : ", ") + std::string(roleName(static_cast<Role>(role)));
    }
    auto* command = addOne(access, options, status, "request", "Ask for access to topics", &request);
    command->add_option("--principal", options->principal, "For whom: 'User:name'")->required();
    command->add_option("--role", options->role, "What it does: " + roles)->capture_default_str();
    addScopeOptions(*command, *options);
    command->add_option("--product", options->product, "Product whose port is asked for");
    command->add_option("--purpose", options->purpose, "What it is for");
    command->add_option("--renews", options->renews, "Grant whose end it moves");
    command->add_option("--id", options->id, "Id of the request; made up when it is left out");
    command->add_flag("--dry-run", options->dryRun, "Say what it would create and who must agree, and send nothing");
}

void addDecisions(CLI::App& access, const std::shared_ptr<ScopeOptions>& options, int& status) {
    const auto add = [&](const char* name, const char* about, Work work, const char* what) {
        auto* command = addOne(access, options, status, name, about, work);
        command->add_option("id", options->id, what)->required();
        command->add_option("--why", options->why, "The reason, for the ledger and the one who asked");
        return command;
    };
    auto* approving = add("approve", "Approve a request", &approve, "Request");
    approving->add_option("--until", options->until, "A nearer end than was asked for, ISO 8601 in UTC");
    approving->add_option("--conditions", options->conditions, "What it is bound to");
    add("decline", "Decline a request, with --why", &decline, "Request");
    add("withdraw", "Withdraw one's own request", &withdraw, "Request");
    add("revoke", "Revoke a grant, with --why", &revoke, "Grant");
}

} // namespace

void addAccess(CLI::App& meshctl, int& status) {
    auto options = std::make_shared<ScopeOptions>();
    auto* access = meshctl.add_subcommand("access", "Ask for access, decide on it, list what is granted");
    access->require_subcommand(1);
    addRequest(*access, options, status);
    addDecisions(*access, options, status);
    addOne(*access, options, status, "requests", "Requests that wait for you", &listRequests)
        ->add_flag("--all", options->all, "All that ever were");
    addOne(*access, options, status, "grants", "Grants in force", &listGrants)
        ->add_flag("--all", options->all, "The ended ones too");
    addOne(*access, options, status, "principals", "Principals and whose they are", &listPrincipals);
    addOne(*access, options, status, "policies", "Who must approve what, and for how long", &listPolicies);
    addOne(*access, options, status, "carry", "Take requests left by others into the ledger", &carry);
}

} // namespace meshbone::app
