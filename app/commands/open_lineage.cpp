// SPDX-License-Identifier: Apache-2.0
#include "commands/open_lineage.h"

namespace meshbone::app {

Result<std::unique_ptr<lineage::Lineage>> lookAtLineage(backbone::Backbone& backbone,
                                                        const std::filesystem::path& folder, const CallOptions& call) {
    lineage::LineageOptions store;
    store.database = folder / "lineage.db";
    store.observer = "meshctl";
    store.readGroups = false; // this is a look, not an observer
    auto lineage = lineage::Lineage::open(store, backbone, nullptr, nullptr);
    if (!lineage) {
        return lineage;
    }
    if (const auto caughtUp = (*lineage)->waitCaughtUp(call); !caughtUp) {
        return std::unexpected(caughtUp.error());
    }
    return lineage;
}

} // namespace meshbone::app
