// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl_table.h>
#include <catalog/access_simulate.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace meshbone::lineage {

/// Which evidence, and by what the users of groups are guessed where no broker showed them.
struct AccessEvidenceQuery {
    TimestampMs fromMs = 0, toMs = 0; ///< both included
    /// Access control lists in force: whoever may join a group may be its member. Null: nothing is inferred.
    std::shared_ptr<const backbone::AclTable> acls;
};

/// What lineage saw, in the words of catalog/access_simulate.h. Value type.
struct AccessEvidence {
    /// Seen within the query's time, with the requests of that time: as exactly as hours and, further back, days tell
    /// (catalog/request_counts.h). An inferred tuple stands for one reader, whose requests nobody counted.
    std::vector<catalog::EvidenceTuple> tuples;
    catalog::EvidenceCoverage coverage;
    /// The best there is: Observed where a broker decided requests before our eyes, Inferred where only groups were
    /// read, None where nobody watched.
    catalog::EvidenceGrade grade = catalog::EvidenceGrade::None;
    std::int64_t unattributed = 0; ///< requests that were too many to be told apart by client: nothing speaks for them
    /// False: only refusals could be seen, so that nothing is known of what is allowed and used.
    bool showsAllowed = true;
    std::vector<std::string> notes; ///< what else weakens it, a sentence each
};

} // namespace meshbone::lineage
