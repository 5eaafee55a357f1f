// SPDX-License-Identifier: Apache-2.0
// Principals, policies, classifications, and who the admins are.
#include "commands/access_commands.h"
#include "commands/access_parts.h"

#include <catalog/access_names.h>

#include <fmt/core.h>

#include <algorithm>
#include <optional>

namespace meshbone::app {

using namespace catalog;

namespace {

/// What these commands take; an option that isn't given leaves the thing's field as it is.
struct MasterOptions : ScopeOptions {
    std::optional<std::string> name, kind, team, owner, reach, approval, approvers, admins, enforcers;
    std::optional<std::int64_t> people, maxDays, lapseDays;
    bool allowsEverything = false, forbidsEverything = false;
    std::string level;
};
using Menu = AccessMenu<MasterOptions>;

template <class Value>
void set(Value& field, const std::optional<Value>& option) {
    if (option) {
        field = *option;
    }
}

template <class Enum>
Status setOneOf(Enum& field, const std::optional<std::string>& option, const char* name) {
    const auto value = option ? named<Enum>(*option) : std::optional(field);
    if (!value) {
        std::string all;
        for (const std::string_view one : Names<Enum>::kAll) {
            (all += all.empty() ? "" : ", ") += one;
        }
        return fail(ErrorCode::InvalidArgument, fmt::format("{} is one of {}.", name, all));
    }
    field = *value;
    return {};
}

template <class Thing, class Id>
std::optional<Thing> found(const std::vector<Thing>& things, const std::string& id, Id Thing::*field) {
    const auto at = std::ranges::find(things, id, field);
    return at == things.end() ? std::nullopt : std::optional(*at);
}

Status putPrincipal(const MasterOptions& options, Catalog& catalog, const std::string&) {
    Principal principal = found(catalog.principals(), options.id, &Principal::principal).value_or(Principal{});
    set(principal.name, options.name);
    set(principal.team, options.team);
    set(principal.person, options.owner);
    if (auto kind = setOneOf(principal.kind, options.kind, "--kind"); !kind) {
        return kind;
    }
    const std::string& name = principal.name.empty() ? options.id : principal.name;
    return submitAndTell(
        options, catalog,
        PutPrincipal{options.id, name, principal.kind, principal.team, principal.person, principal.disabled},
        options.id, "Principal:");
}

Status setDisabled(const MasterOptions& options, Catalog& catalog, bool disabled) {
    const auto principal = found(catalog.principals(), options.id, &Principal::principal);
    if (!principal) {
        return fail(ErrorCode::NotFound,
                    fmt::format("Nobody has said whose principal '{}' is; put it first.", options.id));
    }
    return submitAndTell(
        options, catalog,
        PutPrincipal{options.id, principal->name, principal->kind, principal->team, principal->person, disabled},
        options.id, disabled ? "Disabled, and none of its grants is in force:" : "Enabled:");
}
Status disablePrincipal(const MasterOptions& options, Catalog& catalog, const std::string&) {
    return setDisabled(options, catalog, true);
}
Status enablePrincipal(const MasterOptions& options, Catalog& catalog, const std::string&) {
    return setDisabled(options, catalog, false);
}
Status removePrincipal(const MasterOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, RemovePrincipal{options.id}, options.id, "Removed principal:");
}

Status putPolicy(const MasterOptions& options, Catalog& catalog, const std::string&) {
    Policy policy = found(catalog.policies(), options.id, &Policy::id).value_or(Policy{});
    policy.id = options.id;
    set(policy.name, options.name);
    policy.name = policy.name.empty() ? policy.id : policy.name;
    set(policy.approvers, options.approvers);
    set(policy.people, options.people);
    set(policy.maxDays, options.maxDays);
    set(policy.lapseDays, options.lapseDays);
    policy.allowsEverything = options.allowsEverything || (policy.allowsEverything && !options.forbidsEverything);
    if (options.reach) {
        const std::size_t blank = std::min(options.reach->find(' '), options.reach->size());
        if (auto reach = setOneOf(policy.reach, options.reach->substr(0, blank), "The first word of --for"); !reach) {
            return reach;
        }
        policy.subject = options.reach->substr(std::min(blank + 1, options.reach->size()));
    }
    if (auto approval = setOneOf(policy.approval, options.approval, "--approval"); !approval) {
        return approval;
    }
    return submitAndTell(options, catalog, PutPolicy{policy}, options.id, "Policy:");
}
Status removePolicy(const MasterOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, RemovePolicy{options.id}, options.id, "Removed policy:");
}

Status roles(const MasterOptions& options, Catalog& catalog, const std::string&) {
    AccessRoles roles = catalog.accessRoles();
    if (options.admins || options.enforcers) {
        set(roles.admins, options.admins);
        set(roles.enforcers, options.enforcers);
        return submitAndTell(options, catalog, PutAccessRoles{roles.admins, roles.enforcers}, "access", "Roles:");
    }
    if (options.json) {
        printJson({{"admins", roles.admins}, {"enforcers", roles.enforcers}});
        return {};
    }
    fmt::print("Admins: {}\nEnforcers: {}\n",
               roles.admins.empty() ? "everybody who is enrolled" : "team " + roles.admins,
               roles.enforcers.empty() ? "the admins" : "team " + roles.enforcers);
    return {};
}

Status classify(const MasterOptions& options, Catalog& catalog, bool product) {
    auto level = Classification::Internal;
    if (auto known = setOneOf(level, std::optional(options.level), "The classification"); !known) {
        return known;
    }
    return submitAndTell(options, catalog, Classify{product, options.id, level}, options.id, "Classified:");
}
Status classifyTopic(const MasterOptions& options, Catalog& catalog, const std::string&) {
    return classify(options, catalog, false);
}
Status classifyProduct(const MasterOptions& options, Catalog& catalog, const std::string&) {
    return classify(options, catalog, true);
}

CLI::App* addAct(const Menu& menu, const char* name, const char* about, AccessWork<MasterOptions> work,
                 const char* what) {
    auto* command = menu.add(name, about, work);
    command->add_option("id", menu.options->id, what)->required();
    command->add_option("--why", menu.options->why, "The reason, for the ledger");
    return command;
}

void addPrincipals(const Menu& menu) {
    auto& options = *menu.options;
    auto* put = addAct(menu, "put", "Say what a principal is and whose; what you leave out stays as it is",
                       &putPrincipal, "Principal: 'User:name'");
    put->add_option("--name", options.name, "Its name for people");
    put->add_option("--kind", options.kind, "service, person or tool");
    put->add_option("--team", options.team, "The team that owns it");
    put->add_option("--person", options.owner, "Whose it is: they may not decide for it");
    addAct(menu, "remove", "Forget a principal; its grants stay", &removePrincipal, "Principal: 'User:name'");
    addAct(menu, "disable", "Take all its grants out of force", &disablePrincipal, "Principal: 'User:name'");
    addAct(menu, "enable", "Put its grants in force again", &enablePrincipal, "Principal: 'User:name'");
}

void addPolicies(const Menu& menu) {
    auto& options = *menu.options;
    auto* put = addAct(menu, "put", "Make or change a policy; what you leave out stays as it is", &putPolicy, "Policy");
    put->add_option("--name", options.name, "Its name for people");
    put->add_option("--for", options.reach,
                    "'mesh', or 'domain', 'product', 'topic' or 'classification' and which one: 'product flights'");
    put->add_option("--approval", options.approval, "unsaid, required, or automatic: nobody need decide");
    put->add_option("--approvers", options.approvers, "A team of which one must agree beside the owner");
    put->add_option("--people", options.people, "How many people must agree at least; 0: unsaid");
    put->add_option("--max-days", options.maxDays, "How long a grant lasts at most; 0: unsaid");
    put->add_option("--lapse-days", options.lapseDays, "How long a request waits; 0: unsaid");
    auto* allows =
        put->add_flag("--allow-everything", options.allowsEverything, "Consent to patterns that match everything");
    put->add_flag("--forbid-everything", options.forbidsEverything, "Consent no longer")->excludes(allows);
    addAct(menu, "remove", "Remove a policy", &removePolicy, "Policy");
}

void addClassify(CLI::App& access, const std::shared_ptr<MasterOptions>& options, int& status) {
    auto* command = access.add_subcommand("classify", "Say how sensitive a topic or a product is");
    command->require_subcommand(1);
    const Menu menu{*command, options, status};
    for (auto* one : {addAct(menu, "topic", "Classify a topic", &classifyTopic, "Topic"),
                      addAct(menu, "product", "Classify all topics of a product", &classifyProduct, "Product")}) {
        one->add_option("level", options->level, "internal, confidential or restricted")->required();
    }
}

template <AccessWork<ScopeOptions> list>
Status listing(const MasterOptions& options, Catalog& catalog, const std::string& person) {
    return list(options, catalog, person);
}

} // namespace

void addMasterData(const AccessMenu<ScopeOptions>& menu) {
    const auto options = std::make_shared<MasterOptions>();
    const Menu own{menu.parent, options, menu.status};
    addPrincipals(own.under("principals", "Principals and whose they are; put, remove, disable or enable one",
                            &listing<&listPrincipals>));
    addPolicies(own.under("policies", "Who must approve what, and for how long; put or remove a policy",
                          &listing<&listPolicies>));
    addClassify(menu.parent, options, menu.status);
    auto* roleCommand = own.add("roles", "Who the admins and the enforcers are, or say who", &roles);
    roleCommand->add_option("--admins", options->admins, "The admins' team; '' for everybody");
    roleCommand->add_option("--enforcers", options->enforcers,
                            "The team that reports what is enforced; '' for the admins");
    roleCommand->add_option("--why", options->why, "The reason, for the ledger");
}

} // namespace meshbone::app
