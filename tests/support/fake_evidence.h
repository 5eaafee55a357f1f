// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/catalog.h>
#include <catalog/evidence.h>

#include <vector>

namespace meshbone::test {

/// An act of a fake catalog: who did what, when and why.
struct FakeAct {
    catalog::Command command;
    std::string author, why;
    TimestampMs timeMs = 0;
};

/// The acts as a ledger that is signed for the occasion, each person with a key of their own, and the evidence that
/// `maker` makes of it.
Result<std::string> evidenceOf(const std::vector<FakeAct>& acts, const std::string& maker,
                               const catalog::EvidenceRequest& request, const CallOptions& options);

} // namespace meshbone::test
