// SPDX-License-Identifier: Apache-2.0
#include "commands/grant_word.h"

#include "commands/access_options.h"

#include <catalog/access_names.h>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

namespace meshbone::app {

using namespace catalog;

namespace {

constexpr std::chrono::milliseconds kWordPatience{2'000}, kWordEvery{20};

/// None of those who agreed so far is one of these.
bool isOpen(const Catalog& catalog, const ApprovalNeed& need, const AccessRequest& request) {
    const std::string id = need.team.empty() ? catalog.accessRoles().admins : need.team;
    const auto teams = catalog.teams();
    const auto team = std::ranges::find(teams, id, &Team::id);
    return team != teams.end() && std::ranges::none_of(request.decisions, [&](const AccessDecision& decision) {
               return std::ranges::count(team->people, decision.person) > 0;
           });
}

std::vector<std::string> othersOf(const Catalog& catalog, const AccessRequest& request) {
    const auto review = catalog.reviewAccess(request.scope, request.product, request.untilMs, nowMs());
    std::vector<std::string> others;
    for (const ApprovalNeed& need : review.needs) {
        if (isOpen(catalog, need, request)) {
            others.push_back(fmt::format(
                "{} ({})", need.team.empty() ? "an admin" : fmt::format("one of team '{}'", need.team), need.why));
        }
    }
    const auto agreed = static_cast<std::int64_t>(request.decisions.size());
    if (agreed < review.people) {
        others.push_back(
            fmt::format("{} of {} people (policy '{}')", review.people - agreed, review.people, review.peopleBy));
    }
    return others;
}

/// As an enforcer reports it; as it is when the time is over.
Grant settled(const Catalog& catalog, const std::string& id) {
    const auto end = std::chrono::steady_clock::now() + kWordPatience;
    while (true) {
        const auto grants = catalog.grants();
        const auto found = std::ranges::find(grants, id, &Grant::id);
        const Grant grant = found == grants.end() ? Grant{} : *found;
        const bool isOnItsWay = grant.reported == GrantState::Approved || grant.reported == GrantState::Applying;
        if (!isOnItsWay || std::chrono::steady_clock::now() >= end) {
            return grant;
        }
        std::this_thread::sleep_for(kWordEvery);
    }
}

GrantWord wordOf(const Grant& grant) {
    GrantWord word;
    word.state = nameOf(grant.stateAt(nowMs()));
    word.reason = grant.reason;
    switch (grant.reported) {
    case GrantState::Approved:
        word.waitsFor = "an enforcer";
        word.reason = "None has said anything of it yet. A desktop, 'meshctl serve' or 'meshctl enforce' of somebody "
                      "who may alter ACLs makes it true.";
        break;
    case GrantState::Partly:
    case GrantState::Refused:
        word.isEnforceable = false;
        [[fallthrough]];
    case GrantState::Waiting:
    case GrantState::Applying:
    case GrantState::Unknown:
        word.waitsFor = "the backbone";
        break;
    default:
        break;
    }
    return word;
}

std::string joined(const std::vector<std::string>& parts) {
    return fmt::format("{}", fmt::join(parts, ", "));
}

} // namespace

GrantWord wordOn(const OpenMesh& mesh, const std::string& request, const CallOptions& call) {
    const auto requests = mesh.catalog.accessRequests();
    const auto found = std::ranges::find(requests, request, &AccessRequest::id);
    if (found == requests.end() || found->state != RequestState::Approved) {
        GrantWord word;
        word.state = nameOf(found == requests.end() ? RequestState::Submitted : found->stateAt(nowMs()));
        word.others = found == requests.end() ? std::vector<std::string>{} : othersOf(mesh.catalog, *found);
        return word;
    }
    if (const auto rule = ruleOf(mesh.backbone.access(), call); !rule.isEnforced) {
        return {std::string(nameOf(GrantState::Waiting)), {}, "an authorizer", rule.why, false};
    }
    return wordOf(settled(mesh.catalog, found->renews.empty() ? found->id : found->renews));
}

void GrantWord::print(const std::string& id, std::int64_t entry) const {
    if (!waitsFor.empty()) {
        fmt::print("Approved, waiting for {}: {}, entry {}. {}\n", waitsFor, id, entry, reason);
    } else if (state == nameOf(RequestState::Submitted)) {
        fmt::print("Approved by you: {}, entry {}. Must agree too: {}.\n", id, entry,
                   others.empty() ? "somebody else" : joined(others));
    } else {
        fmt::print("Approved: {}, entry {}.{}\n", id, entry,
                   state == nameOf(GrantState::Enforced) ? " It is enforced." : "");
    }
}

void GrantWord::addTo(Json& json) const {
    json["state"] = state;
    json["mustAgreeToo"] = others;
    json["waitsFor"] = waitsFor.empty() ? Json() : Json(waitsFor);
    json["reason"] = reason;
}

} // namespace meshbone::app
