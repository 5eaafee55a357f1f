// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/job_runner.h"
#include "shell/live_feed.h"
#include "shell/services.h"

#include <catalog/access.h>

#include <QString>

#include <vector>

namespace meshbone::ui {

/// Who has access to a topic by its name. Kafka keeps access control lists when their topic goes, and they serve the
/// next topic of that name.
struct StandingAccess {
    std::vector<catalog::Grant> alone;  ///< in force, of this topic and no other
    std::vector<catalog::Grant> shared; ///< in force, of others too, or of a pattern that covers it
    std::size_t ungranted = 0;          ///< ACLs on exactly this name that no grant in force wants
    std::string problem;                ///< why the ACLs couldn't be read; empty: they were
    [[nodiscard]] bool isNone() const { return alone.empty() && shared.empty() && ungranted == 0; }
};

/// Asks the backbone. Blocks: for a job.
StandingAccess standingAccess(const Services& services, const CatalogView& catalog, const std::string& topic,
                              const JobContext& job);
/// Principals that an ACL lets at one of the topics, by its name or a pattern, though no grant in force wants that ACL;
/// sorted. Of the first twenty topics. Asks the backbone: for a job.
Result<std::vector<std::string>> ungrantedPrincipals(const Services& services, const CatalogView& catalog,
                                                     const std::vector<std::string>& topics, const JobContext& job);
/// "2 grants cover it, 1 of them nothing else; 3 ACLs on its name were granted by nobody."; empty: nobody has any.
QString standingText(const StandingAccess& access);

} // namespace meshbone::ui
