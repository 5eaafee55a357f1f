// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/backbone.h>
#include <catalog/catalog.h>

#include <filesystem>

namespace meshbone::app::demo {

/// Lets the demo's clients do what they need, as it is done for anybody: a second person, who is enrolled for it, asks;
/// who sits here agrees; the enforcer makes the ACLs. One client gets its ACLs from nobody in particular, and its
/// request waits. Does nothing where it was done before. Blocks until the ACLs are in force, or the deadline: clients
/// that start earlier are refused and try again.
/// `folder`: where the second person's key and projection are kept.
Status arrangeAccess(backbone::Backbone& backbone, catalog::Catalog& catalog, const std::filesystem::path& folder,
                     const CallOptions& call);

} // namespace meshbone::app::demo
