// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"
#include "shell/page.h"

#include <functional>

namespace meshbone::lineage {
class Lineage;
}

namespace meshbone::ui {

/// When each grant was last used, as lineage has seen it: its principal on a topic that it covers. For a job.
LastUse lastUseOf(const lineage::Lineage& lineage, const std::vector<catalog::Grant>& grants);
/// Of all grants of the catalog, in a job of `owner`; a newer one replaces it. Nothing happens without lineage.
void readLastUse(PageContext& context, QObject* owner, std::function<void(LastUse)> done);

} // namespace meshbone::ui
