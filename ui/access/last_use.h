// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"

namespace meshbone::lineage {
class Lineage;
}

namespace meshbone::ui {

/// When each grant was last used, as lineage has seen it: its principal on a topic that it covers. For a job.
LastUse lastUseOf(const lineage::Lineage& lineage, const std::vector<catalog::Grant>& grants);

} // namespace meshbone::ui
