// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/decide.h"

namespace meshbone::catalog {

/// May the author change people, teams, domains, products, ports and descriptions as the command does? While no admins
/// are named, every enrolled person may, as in every ledger from before there were any. From then on an owner's word is
/// worth something only if not everybody can join the owners: a team is changed by its people, a thing by its owner,
/// and everything by an admin. Commands on access have rules of their own. Fails with PermissionDenied.
Status mayChangeMesh(const Command& command, const Case& at);

} // namespace meshbone::catalog
