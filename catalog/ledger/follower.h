// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ledger/ledger_topic.h"
#include "ledger/projector.h"
#include "ledger/published_state.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

namespace meshbone::catalog {

/// Follows the ledger on the thread "mb-catalog" and keeps the projection: connects, checks that the topic is the one
/// that was projected, catches up, stays live; when the backbone goes away it says so, and comes back by itself. Sees
/// the backbone only through its interfaces. Thread-safe.
///
/// The topic is the one that was projected if the record at the last applied number still has the bytes that were
/// applied. If it has others, or the topic ends before it or begins after it, nothing is applied on top: the catalog
/// turns read-only and asks for a rebuild. (That the entries before it are unchanged too is what verify finds out.)
class Follower {
public:
    struct Options {
        bool mayCreate = false; ///< create the topic when it is missing
        /// Called from the thread when it has caught up after connecting, before the mode says Live.
        std::function<void()> beforeLive;
    };
    Follower(backbone::Backbone& backbone, ProjectionStore& store, std::unique_ptr<Projector> projector,
             PublishedState& published, Options options);
    ~Follower();
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    void start();
    /// Puts the projection of `fresh` in place of the one that is kept; `fresh` is closed. Status and subscribers
    /// follow from the thread. On failure the old one stays.
    Status replaceProjection(ProjectionStore& fresh);

private:
    void run(const std::stop_token& stop);
    /// Connects and follows until something goes wrong or changes; returns why.
    Error follow(const std::stop_token& stop);
    Result<LedgerReader> connect(const std::stop_token& stop, LedgerBounds& bounds);
    Result<LedgerBounds> findLedger(const std::stop_token& stop);
    Status applyNext(LedgerReader& reader, std::uint64_t generation);
    Status checkAnchor(LedgerReader& reader, const std::stop_token& stop);
    void publish();
    void setMode(CatalogMode mode, const std::string& reason = {}, bool isRefused = false);
    void waitForChange(const std::stop_token& stop);
    void wake();
    [[nodiscard]] StoreHead head() const;
    [[nodiscard]] std::uint64_t generation() const;

    backbone::Backbone& m_backbone;
    ProjectionStore& m_store;
    PublishedState& m_published;
    const Options m_options;

    mutable std::mutex m_mutex; ///< guards the two below
    std::unique_ptr<Projector> m_projector;
    std::uint64_t m_generation = 0; ///< counts replaceProjection

    std::mutex m_wakeMutex;
    std::condition_variable_any m_wake;
    bool m_woken = false;
    Subscription m_stateChanges;
    std::jthread m_thread; ///< last: stops before the rest goes
};

} // namespace meshbone::catalog
