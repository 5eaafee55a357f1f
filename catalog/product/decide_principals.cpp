// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"
#include "product/access_scope_rules.h"
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <backbone/acl.h>

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

/// An empty id is nobody, which is allowed.
template <class T>
Status checkThere(const Shelf<T>& shelf, Kind kind, const std::string& id) {
    return id.empty() || shelf.find(id) != nullptr ? Status{} : Status(notThere(kind, id));
}

/// A name that Kafka accepts and never compares equal ("user:x").
Status checkCanAuthenticate(const std::string& principal) {
    if (auto checked = checkPrincipalName(principal); !checked) {
        return checked;
    }
    const std::string reason = backbone::whyNeverMatches(
        {backbone::ResourceKind::Cluster, backbone::PatternType::Literal, std::string(backbone::kClusterName),
         principal, std::string(backbone::kAnyHost), backbone::Operation::Describe, backbone::Permission::Allow});
    return reason.empty() ? Status{} : fail(ErrorCode::InvalidArgument, reason);
}

/// The grants of a principal go out of force with it, and come back.
void suspendGrants(const Principal& principal, const Case& at, std::vector<Effect>& effects) {
    for (const auto& [id, grant] : at.mesh.grants.items()) {
        if (grant->scope.principal == principal.principal && grant->suspended != principal.disabled) {
            Grant changed = *grant;
            changed.suspended = principal.disabled;
            changed.revision = at.revision;
            effects.emplace_back(std::move(changed));
        }
    }
}

} // namespace

Result<Decision> decideOne(const PutAccessRoles& command, const Case& at) {
    const AccessRoles* old = at.mesh.roles.find(kRolesId);
    if (auto checked = firstError({checkRevision(Kind::AccessRoles, kRolesId, at, old ? old->revision : 0),
                                   checkThere(at.mesh.teams, Kind::Team, command.admins),
                                   checkThere(at.mesh.teams, Kind::Team, command.enforcers),
                                   needAdmin(at, "say who the admins and enforcers are")});
        !checked) {
        return std::unexpected(checked.error());
    }
    const AccessRoles roles{command.admins, command.enforcers, at.revision};
    return Decision{{roles}, changesBetween(fieldsOf(old), fieldsOf(&roles))};
}

Result<Decision> decideOne(const PutPrincipal& command, const Case& at) {
    const Principal* old = at.mesh.principals.find(command.principal);
    if (auto checked = firstError({checkCanAuthenticate(command.principal), checkName("principal", command.name),
                                   checkSeen(Kind::Principal, command.principal, at, old ? old->revision : 0),
                                   checkThere(at.mesh.teams, Kind::Team, command.team),
                                   checkThere(at.mesh.people, Kind::Person, command.person),
                                   needTeam(at, old ? old->team : command.team, "change this principal")});
        !checked) {
        return std::unexpected(checked.error());
    }
    const Principal principal{command.principal, command.name,     command.kind, command.team,
                              command.person,    command.disabled, at.revision};
    Decision decision{{principal}, changesBetween(fieldsOf(old), fieldsOf(&principal))};
    suspendGrants(principal, at, decision.effects);
    return decision;
}

Result<Decision> decideOne(const RemovePrincipal& command, const Case& at) {
    const Principal* old = at.mesh.principals.find(command.principal);
    if (old == nullptr) {
        return notThere(Kind::Principal, command.principal);
    }
    if (auto checked = firstError({checkRevision(Kind::Principal, command.principal, at, old->revision),
                                   needTeam(at, old->team, "remove this principal")});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (old->disabled) {
        return fail(ErrorCode::Conflict, "It is disabled; without it its grants would be in force again.");
    }
    return Decision{{Removed{Kind::Principal, command.principal, at.revision}}, changesBetween(fieldsOf(old), {})};
}

Result<Decision> decideOne(const Classify& command, const Case& at) {
    const Kind kind = command.product ? Kind::ProductClass : Kind::TopicClass;
    const auto& shelf = command.product ? at.mesh.productClasses : at.mesh.topicClasses;
    const Classified* old = shelf.find(command.subject);
    const std::string owner =
        command.product ? ownerOfProduct(at.mesh, command.subject) : ownerOfTopic(at.mesh, command.subject);
    if (auto checked = firstError({command.product ? checkThere(at.mesh.products, Kind::Product, command.subject)
                                                   : checkTopicName(command.subject),
                                   command.product ? checkSlug("product", command.subject) : Status{},
                                   checkSeen(kind, command.subject, at, old ? old->revision : 0),
                                   needTeam(at, owner, "classify this")});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (command.level == Classification::Internal) {
        return Decision{{Removed{kind, command.subject, at.revision}}, changesBetween(fieldsOf(old), {})};
    }
    const Classified classified{command.product, command.subject, command.level, at.revision};
    return Decision{{classified}, changesBetween(fieldsOf(old), fieldsOf(&classified))};
}

} // namespace meshbone::catalog
