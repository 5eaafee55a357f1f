// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/ledger_topic.h"
#include "store/projection_store.h"

#include <catalog/catalog.h>

namespace meshbone::catalog {

/// Waits, for a short while, until the projection has applied the entry of that number, if it is going to.
using AwaitProjection = std::function<void(std::int64_t number)>;

/// Reads the whole topic and finds the first entry that is wrong, by three witnesses:
/// - the projection: it holds the chain's hash at every entry that it applied. An entry that was changed, moved, put in
/// or
///   taken out since is named exactly;
/// - the signatures: a changed entry is no longer its author's (counted as rejected, as in every projection);
/// - the authors: each entry says what the chain's hash was that its author saw last. If that is not one of the hashes
///   before it, then something before it was changed after it was signed; found even without an older projection.
/// It also projects the topic anew, in memory, and compares that with `store` byte for byte.
/// Fails with Unavailable, NotFound (no ledger), Timeout, Cancelled and the client's errors.
Result<VerifyReport> verifyLedger(backbone::Backbone& backbone, const ProjectionStore& store,
                                  const AwaitProjection& awaitProjection, const CallOptions& options,
                                  const std::function<void(double)>& progress);

} // namespace meshbone::catalog
