// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "evidence/entry.h"

#include <lineage/access_evidence.h>

#include <span>

namespace meshbone::lineage {

/// From records of evidence to what access is simulated with. Pure function, any thread.
AccessEvidence accessEvidenceOf(std::span<const Entry> entries, const AccessEvidenceQuery& query);

} // namespace meshbone::lineage
