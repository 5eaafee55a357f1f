// SPDX-License-Identifier: Apache-2.0
// meshctl access request and what its author, and those who decide, do with a request.
#include "commands/access_commands.h"
#include "commands/access_parts.h"
#include "commands/backbone_rule.h"
#include "commands/grant_word.h"
#include "commands/text_table.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>
#include <catalog/request_id.h>

#include <fmt/core.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

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

/// As sending it would be decided.
Status tryRequest(const ScopeOptions& options, const Catalog& catalog, const SubmitRequest& asked,
                  const AccessReview& review, const BackboneRule& rule) {
    const auto would = catalog.rehearse({{asked, options.why, {}}}, nowMs());
    const auto& refused = would.front().refused;
    if (refused) {
        if (!options.json) {
            printReview(asked.scope, review);
        }
        return fail(refused->code, "It would be refused. " + refused->message);
    }
    if (options.json) {
        Json json = reviewJson(asked.scope, review);
        json["enforced"] = rule.isEnforced;
        json["notEnforcedWhy"] = rule.why;
        printJson(json);
    } else {
        printReview(asked.scope, review);
        printRule(rule);
    }
    return {};
}

Status request(const ScopeOptions& options, const OpenMesh& mesh, BackboneRule& rule) {
    Catalog& catalog = mesh.catalog;
    const auto scope = scopeOf(options);
    const auto until = untilOf(options);
    if (!scope || !until) {
        return std::unexpected(!scope ? scope.error() : until.error());
    }
    if (auto checked = checkScope(*scope); !checked) {
        return checked;
    }
    const AccessReview review = catalog.reviewAccess(*scope, options.product, *until, nowMs());
    const std::string id = options.id.empty() ? newRequestId() : options.id;
    SubmitRequest asked{id, *scope, options.product, options.renews, options.purpose, *until};
    rule = ruleOf(mesh.backbone.access(), options.call());
    if (options.dryRun) {
        return tryRequest(options, catalog, asked, review, rule);
    }
    if (!options.json) {
        printReview(*scope, review);
        printRule(rule);
    }
    return submitAndTell(options, catalog, std::move(asked), id, "Requested:");
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

Result<AccessRequest> requestNamed(const Catalog& catalog, const std::string& id) {
    const auto requests = catalog.accessRequests();
    const auto found = std::ranges::find(requests, id, &AccessRequest::id);
    return found == requests.end()
               ? Result<AccessRequest>(fail(ErrorCode::NotFound, "There is no request '" + id + "'."))
               : *found;
}

/// As it was asked for, or narrower, or with a nearer end.
Status approve(const ScopeOptions& options, const OpenMesh& mesh, GrantWord& word) {
    const auto asked = requestNamed(mesh.catalog, options.id);
    const auto until = untilOf(options);
    if (!asked || !until) {
        return std::unexpected(!asked ? asked.error() : until.error());
    }
    const TimestampMs end = options.until.empty() ? asked->untilMs : *until;
    ApproveRequest approval{options.id, changedScope(options, asked->scope), end, options.conditions};
    const auto entry = mesh.catalog.submit({std::move(approval), options.why, {}}, options.call());
    if (!entry) {
        return std::unexpected(entry.error());
    }
    word = wordOn(mesh, options.id, options.call());
    if (options.json) {
        Json json{{"id", options.id}, {"act", entry->act}, {"entry", entry->number}};
        word.addTo(json);
        printJson(json);
    } else {
        word.print(options.id, entry->number);
    }
    return {};
}

Status amend(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    const auto asked = requestNamed(catalog, options.id);
    const auto until = untilOf(options);
    if (!asked || !until) {
        return std::unexpected(!asked ? asked.error() : until.error());
    }
    const AccessScope scope = changedScope(options, asked->scope);
    if (auto checked = checkScope(scope); !checked) {
        return checked;
    }
    const TimestampMs end = options.until.empty() ? asked->untilMs : *until;
    const std::string& purpose = options.purpose.empty() ? asked->purpose : options.purpose;
    if (!options.json) {
        printReview(scope, catalog.reviewAccess(scope, asked->product, end, nowMs()));
    }
    return submitAndTell(options, catalog, AmendRequest{options.id, scope, purpose, end}, options.id, "Amended:");
}

Status decline(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, DeclineRequest{options.id}, options.id, "Declined:");
}
Status withdraw(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, WithdrawRequest{options.id}, options.id, "Withdrawn:");
}
Status reopen(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, ReopenRequest{options.id}, options.id, "Waits again:");
}
Status comment(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, CommentRequest{options.id, options.text, false}, options.id, "Commented:");
}
Status remind(const ScopeOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, CommentRequest{options.id, options.text, true}, options.id, "Reminded:");
}

void addRequest(const AccessMenu<ScopeOptions>& menu) {
    std::string roles;
    for (std::size_t role = 0; role < kRoles; ++role) {
        roles += (roles.empty() ? "" : ", ") + std::string(roleName(static_cast<Role>(role)));
    }
    const auto& options = menu.options;
    auto* command = menu.parent.add_subcommand(
        "request",
        "Ask for access to topics; says first what it would create and who must agree. Status 3: it is done, "
        "but this backbone enforces nothing");
    addCommonOptions(*command, *options);
    command->callback([options = options, &status = menu.status] {
        BackboneRule rule;
        status =
            withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return request(*options, mesh, rule); });
        status = status == 0 && !rule.isEnforced ? kNotEnforced : status;
    });
    command->add_option("--principal", options->principal, "For whom: 'User:name'")->required();
    command->add_option("--role", options->role, "What it does: " + roles)->capture_default_str();
    addScopeOptions(*command, *options);
    command->add_option("--product", options->product, "Product whose port is asked for");
    command->add_option("--purpose", options->purpose, "What it is for");
    command->add_option("--renews", options->renews, "Grant whose end it moves");
    command->add_option("--id", options->id, "Id of the request; made up when it is left out");
    command->add_flag("--dry-run", options->dryRun, "Say what it would create and who must agree, and send nothing");
}

void addChanges(CLI::App& command, ScopeOptions& options) {
    addScopeChanges(command, options);
    command.add_option("--until", options.until, "Instead of the end that was asked for: a time in UTC, or never");
}

void addApproving(const AccessMenu<ScopeOptions>& menu) {
    const auto& options = menu.options;
    auto* command = menu.parent.add_subcommand(
        "approve", "Agree to a request: as it was asked for, or narrower, or shorter; says whether it is enforced, or "
                   "what it waits for. Status 3: it is agreed, but as things are nothing enforces it");
    addCommonOptions(*command, *options);
    command->callback([options, &status = menu.status] {
        GrantWord word;
        status =
            withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return approve(*options, mesh, word); });
        status = status == 0 && !word.isEnforceable ? kNotEnforced : status;
    });
    command->add_option("id", options->id, "Request, as `meshctl access requests` names it")->required();
    addChanges(*command, *options);
    command->add_option("--conditions", options->conditions, "What it is bound to");
    command->add_option("--why", options->why, "The reason, for the ledger and the one who asked");
}

} // namespace

void addRequests(const AccessMenu<ScopeOptions>& menu) {
    addRequest(menu);
    const AccessMenu<ScopeOptions> changing{menu.parent, std::make_shared<ScopeOptions>(), menu.status};
    changing.options->host.clear();
    const auto add = [&](const char* name, const char* about, AccessWork<ScopeOptions> work) {
        auto* command = changing.add(name, about, work);
        command->add_option("id", changing.options->id, "Request, as `meshctl access requests` names it")->required();
        return command;
    };
    const auto why = [&](CLI::App* command) {
        command->add_option("--why", changing.options->why, "The reason, for the ledger and the one who asked");
    };
    addApproving(changing);
    why(add("decline", "Decline a request; needs --why", &decline));
    why(add("withdraw", "Take back what you asked for", &withdraw));
    why(add("reopen", "Let what you withdrew or declined wait again", &reopen));
    auto* amending = add("amend", "Change what you asked for; what was decided so far is void", &amend);
    addChanges(*amending, *changing.options);
    amending->add_option("--purpose", changing.options->purpose, "What it is for");
    add("comment", "Say something about a request", &comment)
        ->add_option("text", changing.options->text, "What to say")
        ->required();
    add("remind", "Remind those who must decide", &remind)->add_option("text", changing.options->text, "What to say");
    menu.add("carry", "Take requests that others left in _meshbone.requests into the ledger", &carry);
    menu.add("requests", "Requests that wait for you, or all of them with their comments", &listRequests)
        ->add_flag("--all", menu.options->all, "All that ever were");
}

} // namespace meshbone::app
