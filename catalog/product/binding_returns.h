// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/decide.h"

#include <optional>

namespace meshbone::catalog {

// What entries tell about bindings that others change back (see BindingReturns). Within product/ only.

/// What one result of a report adds to it. `before`: the grant as it was before the report.
std::optional<Effect> returnsAfter(const Case& at, const Grant& before, const ReportGrant& report,
                                   const BindingResult& result);
/// The same of a mark; `old`: what was noted of the binding before, or null.
std::optional<Effect> returnsAfter(const Case& at, const BindingRecord* old, const MarkBinding& command);

} // namespace meshbone::catalog
