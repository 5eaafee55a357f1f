// SPDX-License-Identifier: Apache-2.0
#include "ledger/rebuild.h"

#include <backbone/backbone.h>

#include <fmt/format.h>

#include <system_error>

namespace meshbone::catalog {
namespace {

/// The draft has a name of its own that nothing else uses, so one that a killed rebuild left behind may go.
void removeDraft(const std::filesystem::path& draft) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
        std::error_code ignored;
        std::filesystem::remove(draft.string() + suffix, ignored);
    }
}

Result<LedgerBounds> wholeLedger(backbone::Backbone& backbone, const CallOptions& options) {
    auto bounds = presentLedger(backbone, options);
    if (bounds && bounds->start > 0) {
        return fail(ErrorCode::Conflict,
                    fmt::format("The first {} entries of the topic {} have been deleted; restore the topic "
                                "from a copy.",
                                bounds->start, kLedgerTopic));
    }
    return bounds;
}

Status buildDraft(backbone::Backbone& backbone, ProjectionStore& store, const CallOptions& options) {
    const CallClock clock(options);
    const auto bounds = wholeLedger(backbone, options);
    if (!bounds) {
        return std::unexpected(bounds.error());
    }
    auto projector = Projector::open(store);
    if (!projector) {
        return std::unexpected(projector.error());
    }
    return readLedger(backbone, *bounds, clock.rest(),
                      [&](std::span<const Record> records) { return (*projector)->apply(records); });
}

} // namespace

Status rebuildProjection(backbone::Backbone& backbone, const std::filesystem::path& database, Follower& follower,
                         const CallOptions& options) {
    const std::filesystem::path draft = database.string() + ".rebuild";
    removeDraft(draft);
    Status done;
    {
        auto store = ProjectionStore::open(draft);
        if (!store) {
            return std::unexpected(store.error());
        }
        done = buildDraft(backbone, **store, options);
        if (done) {
            done = follower.replaceProjection(**store);
        }
    }
    if (!done) {
        removeDraft(draft);
    }
    return done;
}

} // namespace meshbone::catalog
