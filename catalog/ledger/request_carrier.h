// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/author.h"
#include "ledger/published_state.h"
#include "store/projection_store.h"

#include <mutex>

namespace meshbone::catalog {

/// The acts by which somebody asks, and which anybody who may connect can leave in the topic of requests: submit,
/// amend, comment, withdraw, reopen.
bool isAsking(const Command& command);

/// Carries signed requests from their topic into the ledger, byte for byte. An entry proves its author itself, so it
/// doesn't matter who appends it; several carriers may work at once, for an entry on access counts once only. What the
/// ledger would reject isn't carried (strangers write that topic, and the ledger is for ever) but reported. Nothing is
/// remembered: what is in the ledger already is found there. Thread-safe.
class RequestCarrier {
public:
    RequestCarrier(backbone::Backbone& backbone, const ProjectionStore& store, const PublishedState& published)
        : m_backbone(backbone)
        , m_store(store)
        , m_published(published) {}

    /// See Catalog::carryRequests.
    Result<CarriedRequests> carry(Author& author, const CallOptions& options);

private:
    Status carryOne(Author& author, const Record& record, const CallClock& clock, CarriedRequests& result);

    backbone::Backbone& m_backbone;
    const ProjectionStore& m_store;
    const PublishedState& m_published;
    std::mutex m_mutex;      ///< one at a time in this process
    std::int64_t m_next = 0; ///< offset that is looked at next; guarded by m_mutex
};

} // namespace meshbone::catalog
