// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "enforce/enforcement_view.h"

#include <map>
#include <set>

namespace meshbone::catalog {

/// What became of the changes that were sent, binding by binding.
struct Changes {
    std::map<backbone::AclBinding, Status> created; ///< those that were sent to be created
    std::map<backbone::AclBinding, Status> removed;
    std::set<backbone::AclBinding> contested; ///< left alone, because others change them back
    std::set<backbone::AclBinding> present;   ///< what the last describe showed
    std::string notRemoved;                   ///< why nothing was removed, a sentence; empty: it was, as far as planned
};

/// A state with the results that it follows from, as it is to be reported.
struct Outcome {
    GrantState state = GrantState::Waiting;
    std::string reason; ///< of the first binding that isn't as it should be
    std::vector<BindingResult> results;
};

/// Of a grant in force.
Outcome outcomeOf(const EnforcementView::Agreed& agreed, const Changes& changes);
/// Of a grant that has ended. `mayStillAppear`: a change of it went without an answer, so what is absent may yet come.
Outcome endOf(const EnforcementView::Agreed& agreed, const EnforcementView& view, const Changes& changes,
              bool mayStillAppear);

/// That it was removed late, and how late, a sentence; empty: it wasn't, or nothing of it had to go.
std::string latenessOf(const Grant& grant, const Outcome& outcome, TimestampMs removedMs);

/// The intent, before anything is sent: what isn't there is Intended, the rest Present.
Outcome intentOf(const EnforcementView::Agreed& agreed, const std::set<backbone::AclBinding>& create);

/// Is it what the ledger says already?
bool isReported(const Grant& grant, const Outcome& outcome);

} // namespace meshbone::catalog
