// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/acl_table.h>
#include <backbone/backbone.h>

namespace meshbone::app {

/// The rules that bindings don't show (super users, what holds where there is none), as far as the broker tells them.
/// Blocks for one call.
backbone::AclRules aclRulesOf(backbone::Backbone& backbone, const CallOptions& call);

} // namespace meshbone::app
