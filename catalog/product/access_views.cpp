// SPDX-License-Identifier: Apache-2.0
#include "product/access_views.h"

#include "product/access_policy.h"
#include "product/access_rights.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

bool waitsFor(const Mesh& mesh, const AccessRequest& request, std::string_view person, TimestampMs nowMs) {
    if (request.stateAt(nowMs) != RequestState::Submitted || isForThemselves(mesh, request, person) ||
        std::ranges::any_of(request.decisions, [&](const auto& one) { return one.person == person; })) {
        return false;
    }
    const AccessReview review = reviewOf(mesh, {request.scope, request.product, request.untilMs, nowMs});
    return std::ranges::any_of(review.needs, [&](const auto& need) { return meets(mesh, need, person); });
}

} // namespace

AccessRoles rolesIn(const Mesh& mesh) {
    const AccessRoles* roles = mesh.roles.find(kRolesId);
    return roles == nullptr ? AccessRoles{} : *roles;
}

std::vector<Classified> classificationsIn(const Mesh& mesh) {
    auto all = mesh.topicClasses.values();
    const auto products = mesh.productClasses.values();
    all.insert(all.end(), products.begin(), products.end());
    return all;
}

std::vector<AccessRequest> pendingRequests(const Mesh& mesh, std::string_view person, TimestampMs nowMs) {
    std::vector<AccessRequest> pending;
    for (const auto& [id, request] : mesh.requests.items()) {
        if (waitsFor(mesh, *request, person, nowMs)) {
            pending.push_back(*request);
        }
    }
    std::ranges::stable_sort(pending, {}, &AccessRequest::submittedMs);
    return pending;
}

AccessAsOf accessIn(const Mesh& mesh, TimestampMs timeMs) {
    AccessAsOf access;
    access.timeMs = timeMs;
    access.roles = rolesIn(mesh);
    access.principals = mesh.principals.values();
    access.classifications = classificationsIn(mesh);
    access.policies = mesh.policies.values();
    access.requests = mesh.requests.values();
    access.grants = mesh.grants.values();
    access.records = mesh.bindings.values();
    return access;
}

} // namespace meshbone::catalog
