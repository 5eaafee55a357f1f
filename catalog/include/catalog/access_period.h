// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_simulate.h>

#include <limits>

namespace meshbone::catalog {

// What of the evidence falls into a period. Pure functions, from any threads at once.

/// Both included. Value type.
struct EvidencePeriod {
    TimestampMs fromMs = 0, toMs = std::numeric_limits<TimestampMs>::max();
};

/// Requests that may have been outside the period, and count all the same: too many is safer than too few.
struct PeriodDoubt {
    std::int64_t cut = 0;     ///< of an hour or a day that the period cuts, and that is counted as a whole
    std::int64_t untimed = 0; ///< counted without an hour, between the first sight and the last
};
/// A sentence for each kind of doubt that there is, for a person.
std::vector<std::string> doubtNotes(const PeriodDoubt& doubt);

/// Leaves of a tuple what falls into the period: its count, at most and at least, and when it was first and last seen
/// there, as near as the counts tell. False: nothing does. Adds to the doubt what isn't sure, but of our own clients.
bool keepWithin(EvidenceTuple& tuple, const EvidencePeriod& period, PeriodDoubt& doubt);

struct PeriodEvidence {
    std::vector<EvidenceTuple> tuples;
    PeriodDoubt doubt;
};
/// The same of all; what is left is without its hours.
PeriodEvidence evidenceWithin(std::span<const EvidenceTuple> evidence, const EvidencePeriod& period);

/// The coverage of the period only; without a time where nobody watched in it.
EvidenceCoverage coverageWithin(EvidenceCoverage coverage, const EvidencePeriod& period);

} // namespace meshbone::catalog
