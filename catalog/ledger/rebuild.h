// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/follower.h"

namespace meshbone::catalog {

/// Builds a projection from the topic into a file next to the one in use ("<database>.rebuild") and puts it in its
/// place when it is complete. Fails with Unavailable, Timeout, Cancelled, Conflict (the topic's beginning is gone) and
/// the store's errors; the old projection is then unchanged.
Status rebuildProjection(backbone::Backbone& backbone, const std::filesystem::path& database, Follower& follower,
                         const CallOptions& options);

} // namespace meshbone::catalog
