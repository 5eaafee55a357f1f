// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_simulate.h>

namespace meshbone::catalog {

/// How a request that was seen is decided by a table, as the broker would: an idempotent producer's id needs
/// IDEMPOTENT_WRITE on the cluster or WRITE on any topic.
backbone::AclDecision decideEvidence(const backbone::AclTable& table, const EvidenceTuple& seen, std::string_view host,
                                     TimestampMs nowMs);
bool asksForProducerId(const EvidenceTuple& seen);

} // namespace meshbone::catalog
