// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>

#include <vector>

namespace meshbone::app::demo {

/// Writes a command of the demo's set-up to the ledger.
template <class Command>
Status submit(catalog::Catalog& catalog, const Command& command, const CallOptions& call) {
    constexpr int kTries = 6; // the enforcer may report on the same thing meanwhile, which is a conflict
    Result<catalog::LedgerEntry> entry = std::unexpected(Error{ErrorCode::Conflict, {}, 0});
    for (int i = 0; i < kTries && !entry && entry.error().code == ErrorCode::Conflict; ++i) {
        entry = catalog.submit({command, "Set up with the demo mesh.", {}}, call);
    }
    return entry ? Status{} : std::unexpected(entry.error());
}

/// One after the other, up to the first that is refused.
template <class Command>
Status submitAll(catalog::Catalog& catalog, const std::vector<Command>& commands, const CallOptions& call) {
    for (const auto& command : commands) {
        if (auto done = submit(catalog, command, call); !done) {
            return done;
        }
    }
    return {};
}

} // namespace meshbone::app::demo
