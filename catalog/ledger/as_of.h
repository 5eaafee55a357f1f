// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "store/projection_store.h"

#include <catalog/catalog.h>

#include <deque>
#include <mutex>
#include <span>

namespace meshbone::catalog {

/// How many of the entries, in the order of the ledger, had been written at `timeMs`: the cut that leaves the fewest of
/// them on the wrong side of it. Where the clocks agree that is every entry up to the time; one wrong clock, ahead or
/// behind, doesn't move it. Of several such cuts the earliest.
std::size_t entriesUntil(std::span<const EntryTime> times, TimestampMs timeMs);

/// Access as it was at earlier times, from the stored entries. Thread-safe; the store outlives it.
class PastAccess {
public:
    explicit PastAccess(const ProjectionStore& store)
        : m_store(store) {}
    /// See Catalog::accessAsOf.
    Result<AccessAsOf> at(TimestampMs timeMs, const CallOptions& options);

private:
    /// The mesh after an entry. The hash says whether the ledger is still the one that it was made from.
    struct Stop {
        std::int64_t number = -1;
        std::string hash;
        Mesh mesh;
    };
    Result<Stop> goTo(std::int64_t number, const CallOptions& options);
    Result<Stop> nearest(std::int64_t number);
    void remember(Stop& stop);

    const ProjectionStore& m_store;
    std::mutex m_mutex;
    std::deque<Stop> m_stops; ///< the newest first; guarded by m_mutex
};

} // namespace meshbone::catalog
