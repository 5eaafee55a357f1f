// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "shell/live_feed.h"
#include "shell/services.h"

#include <backbone/access_admin.h>
#include <catalog/access_plan.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace meshbone::ui {

/// What the backbone and lineage tell of principals; each part may be unknown, and then says why. Never changes once
/// made.
struct PrincipalSources {
    std::optional<catalog::ActualAcls> acls; ///< none: couldn't be read
    std::string aclsProblem;
    std::optional<std::vector<backbone::ScramUser>> users; ///< none: couldn't be read
    std::string usersProblem;
    std::map<std::string, TimestampMs> lastSeen; ///< by principal, as far as lineage knows

    [[nodiscard]] const backbone::ScramUser* user(const std::string& principal) const;
};
/// Asks the backbone and lineage. Blocks: call it from a job.
std::shared_ptr<const PrincipalSources> readPrincipalSources(Services& services, const CatalogView& catalog,
                                                             const JobContext& job);
/// The same with the ACLs as they are now.
std::shared_ptr<const PrincipalSources>
withAclsAnew(Services& services, const std::shared_ptr<const PrincipalSources>& before, const JobContext& job);

/// One principal: of the ledger, or one that only stands in ACLs or among the users.
struct PrincipalRow {
    catalog::Principal known; ///< its name is the principal's own where nobody has registered it
    bool isRegistered = false;
    QString team, person; ///< names
    std::vector<backbone::ScramUser::Credential> credentials;
    bool areUsersKnown = false;
    std::int64_t grants = 0; ///< in force
    std::int64_t acls = 0;
    bool areAclsKnown = false;
    TimestampMs lastSeenMs = -1;

    [[nodiscard]] bool isEverybody() const { return known.principal == backbone::kAnyPrincipal; }
};
/// Sorted by principal.
std::vector<PrincipalRow> principalRows(const CatalogView& catalog, const PrincipalSources& sources, TimestampMs nowMs);

/// "orders" of "User:orders": the name with which a SCRAM user of this principal logs in; empty: of another type.
std::string userOf(const std::string& principal);
/// "SCRAM-SHA-256, SCRAM-SHA-512".
QString mechanismsText(const std::vector<backbone::ScramUser::Credential>& credentials);

/// On which of the topics it may do what, by the ACLs as they stand.
struct PrincipalReach {
    std::vector<std::string> reads, writes;
};
PrincipalReach reachOf(const catalog::ActualAcls& acls, const std::string& principal,
                       const std::vector<std::string>& topics);

} // namespace meshbone::ui
