// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>
#include <catalog/access_scope.h>
#include <lineage/lineage.h>

#include <filesystem>
#include <memory>

namespace meshbone::app {

/// A look at the lineage of a backbone, without observing anything: its database is made in the folder. Waits until it
/// has read all there is.
Result<std::unique_ptr<lineage::Lineage>> lookAtLineage(backbone::Backbone& backbone,
                                                        const std::filesystem::path& folder, const CallOptions& call);

/// When somebody was last seen to use what a scope gives; -1: never, as far as lineage was watched.
TimestampMs lastUseOf(const catalog::AccessScope& scope, const lineage::Lineage& lineage);

} // namespace meshbone::app
