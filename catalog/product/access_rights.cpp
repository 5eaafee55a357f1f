// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"

#include "product/names.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

const AccessRoles& rolesOf(const Mesh& mesh) {
    static const AccessRoles kNone;
    const AccessRoles* roles = mesh.roles.find(kRolesId);
    return roles == nullptr ? kNone : *roles;
}

std::unexpected<Error> denied(std::string sentence) {
    return fail(ErrorCode::PermissionDenied, std::move(sentence));
}

} // namespace

bool isInTeam(const Mesh& mesh, std::string_view team, std::string_view person) {
    const Team* found = mesh.teams.find(team);
    return found != nullptr && std::ranges::count(found->people, person) > 0;
}

bool isAdmin(const Mesh& mesh, std::string_view person) {
    const std::string& admins = rolesOf(mesh).admins;
    return admins.empty() ? mesh.people.find(person) != nullptr : isInTeam(mesh, admins, person);
}

bool isEnforcer(const Mesh& mesh, std::string_view person) {
    const std::string& enforcers = rolesOf(mesh).enforcers;
    return enforcers.empty() ? isAdmin(mesh, person) : isInTeam(mesh, enforcers, person);
}

bool meets(const Mesh& mesh, const ApprovalNeed& need, std::string_view person) {
    return need.team.empty() ? isAdmin(mesh, person) : isInTeam(mesh, need.team, person);
}

bool isOwnPrincipal(const Mesh& mesh, std::string_view principal, std::string_view person) {
    const Principal* found = mesh.principals.find(principal);
    return found != nullptr && found->person == person;
}

bool isForThemselves(const Mesh& mesh, const AccessRequest& request, std::string_view person) {
    return request.author == person || std::ranges::count(request.beneficiaries, person) > 0 ||
           isOwnPrincipal(mesh, request.scope.principal, person);
}

Status needAdmin(const Case& at, std::string_view doing) {
    return at.isTrial() || isAdmin(at.mesh, at.author)
               ? Status{}
               : denied(fmt::format("Only an admin may {}; those are {}.", doing, shownTeam(rolesOf(at.mesh).admins)));
}

Status needEnforcer(const Case& at) {
    return at.isTrial() || isEnforcer(at.mesh, at.author)
               ? Status{}
               : denied(fmt::format("'{}' may not report what is enforced; those who may are {}.", at.author,
                                    shownTeam(rolesOf(at.mesh).enforcers)));
}

Status needTeam(const Case& at, std::string_view team, std::string_view doing) {
    return at.isTrial() || isInTeam(at.mesh, team, at.author) || isAdmin(at.mesh, at.author)
               ? Status{}
               : denied(fmt::format("Only {} or an admin may {}.", shownTeam(team), doing));
}

Status needApprover(const Case& at, const AccessRequest& request, const std::vector<ApprovalNeed>& needs) {
    if (at.isTrial()) {
        return {};
    }
    if (request.author == at.author) {
        return denied(fmt::format("'{}' asked for this, so somebody else must decide.", at.author));
    }
    if (isForThemselves(at.mesh, request, at.author)) {
        return denied(fmt::format("The principal '{}' is '{}''s own, so somebody else must decide.",
                                  clipped(request.scope.principal), at.author));
    }
    if (std::ranges::any_of(needs, [&](const auto& need) { return meets(at.mesh, need, at.author); })) {
        return {};
    }
    std::vector<std::string> who;
    for (const ApprovalNeed& need : needs) {
        who.push_back(fmt::format("{} ({})", shownTeam(need.team), need.why));
    }
    return denied(fmt::format("'{}' may not decide this; who may: {}.", at.author, fmt::join(who, "; ")));
}

Status needReason(const Case& at, std::string_view what) {
    return at.isTrial() || !at.why.empty() ? Status{}
                                           : fail(ErrorCode::InvalidArgument, fmt::format("Say why {}.", what));
}

std::string ownerOfTopic(const Mesh& mesh, std::string_view topic) {
    const std::string* product = mesh.outputs.find(topic);
    return product == nullptr ? std::string() : ownerOfProduct(mesh, *product);
}

std::string ownerOfProduct(const Mesh& mesh, std::string_view product) {
    const Product* found = mesh.products.find(product);
    return found == nullptr ? std::string() : found->owner;
}

std::string shownTeam(std::string_view team) {
    return team.empty() ? std::string("the admins") : fmt::format("the team '{}'", clipped(team));
}

} // namespace meshbone::catalog
