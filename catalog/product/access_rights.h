// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/decide.h"

#include <string_view>

namespace meshbone::catalog {

// Who may do what to access. All of it is judged by the ledger, so it depends on the mesh alone. A trial (see Case) has
// every right.

bool isInTeam(const Mesh& mesh, std::string_view team, std::string_view person);
/// Everybody who is enrolled, while there are no admins.
bool isAdmin(const Mesh& mesh, std::string_view person);
/// The admins, while there are no enforcers.
bool isEnforcer(const Mesh& mesh, std::string_view person);
/// One of the team that the need names, or of the admins.
bool meets(const Mesh& mesh, const ApprovalNeed& need, std::string_view person);
/// Is it the person's own, by what the ledger says now?
bool isOwnPrincipal(const Mesh& mesh, std::string_view principal, std::string_view person);
/// Is this the person who asked, or whose principal it is, by what the ledger says now or said when it was asked?
bool isForThemselves(const Mesh& mesh, const AccessRequest& request, std::string_view person);

/// Fails with PermissionDenied and who may; `doing` completes "Only an admin may …".
Status needAdmin(const Case& at, std::string_view doing);
Status needEnforcer(const Case& at);
/// One of the team, or an admin; an empty team is the admins.
Status needTeam(const Case& at, std::string_view team, std::string_view doing);
/// Somebody who must approve such a request, and isn't asking for themselves.
Status needApprover(const Case& at, const AccessRequest& request, const std::vector<ApprovalNeed>& needs);
/// A reason was given; `what` completes "Say why …".
Status needReason(const Case& at, std::string_view what);

/// The owner of a topic's product; empty: nobody owns it.
std::string ownerOfTopic(const Mesh& mesh, std::string_view topic);
std::string ownerOfProduct(const Mesh& mesh, std::string_view product);
/// "the team 'ops'" or "the admins".
std::string shownTeam(std::string_view team);

} // namespace meshbone::catalog
