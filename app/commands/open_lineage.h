// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>
#include <lineage/lineage.h>

#include <filesystem>
#include <memory>

namespace meshbone::app {

/// A look at the lineage of a backbone, without observing anything: its database is made in the folder. Waits until it
/// has read all there is.
Result<std::unique_ptr<lineage::Lineage>> lookAtLineage(backbone::Backbone& backbone,
                                                        const std::filesystem::path& folder, const CallOptions& call);

} // namespace meshbone::app
