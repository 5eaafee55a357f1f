// SPDX-License-Identifier: Apache-2.0
#include "ledger/as_of.h"

#include "ledger/ledger_topic.h"
#include "ledger/redo.h"
#include "product/access_views.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

constexpr std::size_t kPastBatch = 500; // a call can be cancelled between two batches, and others get at the store
constexpr std::size_t kStops = 4;

} // namespace

std::size_t entriesUntil(std::span<const EntryTime> times, TimestampMs timeMs) {
    // Entries written by then that a cut at 0 would leave out; each step over one mends that, or does wrong by one.
    auto wrong = std::ranges::count_if(times, [&](const EntryTime& entry) { return entry.timeMs <= timeMs; });
    auto fewest = wrong;
    std::size_t cut = 0;
    for (std::size_t i = 0; i < times.size(); ++i) {
        wrong += times[i].timeMs <= timeMs ? -1 : 1;
        if (wrong < fewest) {
            fewest = wrong;
            cut = i + 1;
        }
    }
    return cut;
}

Result<AccessAsOf> PastAccess::at(TimestampMs timeMs, const CallOptions& options) {
    const auto times = m_store.acceptedTimes();
    if (!times) {
        return std::unexpected(times.error());
    }
    const std::size_t count = entriesUntil(*times, timeMs);
    if (count == 0) {
        return accessIn(Mesh{}, timeMs);
    }
    auto stop = goTo((*times)[count - 1].number, options);
    if (!stop) {
        return std::unexpected(stop.error());
    }
    AccessAsOf access = accessIn(stop->mesh, timeMs);
    access.number = stop->number;
    access.hash = std::move(stop->hash);
    return access;
}

Result<PastAccess::Stop> PastAccess::goTo(std::int64_t number, const CallOptions& options) {
    const CallClock clock(options);
    auto stop = nearest(number);
    while (stop && stop->number < number) {
        if (auto late = clock.check("Reading the past"); !late) {
            return std::unexpected(late.error());
        }
        const auto entries = m_store.rawEntries(stop->number + 1, kPastBatch);
        if (!entries) {
            return std::unexpected(entries.error());
        }
        if (entries->empty()) {
            return fail(ErrorCode::Unavailable, "The ledger is being read anew; try again in a moment.");
        }
        for (const RawEntry& entry : *entries) {
            if (entry.number > number) {
                break;
            }
            if (auto done = redo(stop->mesh, entry); !done) {
                return std::unexpected(done.error());
            }
            stop->number = entry.number;
            stop->hash = entry.hash;
        }
    }
    if (stop) {
        remember(*stop);
    }
    return stop;
}

Result<PastAccess::Stop> PastAccess::nearest(std::int64_t number) {
    const std::scoped_lock lock(m_mutex);
    Stop* best = nullptr;
    for (Stop& stop : m_stops) {
        if (stop.number <= number && (best == nullptr || stop.number > best->number)) {
            best = &stop;
        }
    }
    if (best == nullptr) {
        return Stop{};
    }
    const auto link = m_store.links(best->number, 1);
    if (!link) {
        return std::unexpected(link.error());
    }
    if (link->empty() || link->front().number != best->number || link->front().hash != best->hash) {
        m_stops.clear(); // the projection was replaced by one of another ledger
        return Stop{};
    }
    return Stop{best->number, best->hash, best->mesh.share()};
}

void PastAccess::remember(Stop& stop) {
    const std::scoped_lock lock(m_mutex);
    std::erase_if(m_stops, [&](const Stop& other) { return other.number == stop.number; });
    m_stops.push_front({stop.number, stop.hash, stop.mesh.share()});
    if (m_stops.size() > kStops) {
        m_stops.pop_back();
    }
}

} // namespace meshbone::catalog
