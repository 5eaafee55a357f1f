// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "product/mesh.h"

#include <backbone/types.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace meshbone::catalog {

/// The mesh at one entry, for readers. Immutable; any thread.
class Snapshot {
public:
    Snapshot(Mesh mesh, std::int64_t number, std::string headHash, std::int64_t entries)
        : m_mesh(std::move(mesh))
        , m_number(number)
        , m_entries(entries)
        , m_headHash(std::move(headHash)) {}
    [[nodiscard]] const Mesh& mesh() const { return m_mesh; }
    [[nodiscard]] std::int64_t number() const { return m_number; } ///< of the last entry; -1: none
    [[nodiscard]] std::int64_t entries() const { return m_entries; }
    [[nodiscard]] const std::string& headHash() const { return m_headHash; }
    /// Computed at the first call.
    [[nodiscard]] const std::map<std::string, TopicFacts>& topicFacts() const;

private:
    Mesh m_mesh;
    std::int64_t m_number, m_entries;
    std::string m_headHash;
    mutable std::once_flag m_once;
    mutable std::map<std::string, TopicFacts> m_topicFacts;
};

/// What the catalog's thread has made known: the newest snapshot and the status; others read it, wait on it, subscribe
/// to it. Thread-safe.
class PublishedState {
public:
    [[nodiscard]] std::shared_ptr<const Snapshot> snapshot() const;
    [[nodiscard]] CatalogStatus status() const;
    void publish(std::shared_ptr<const Snapshot> snapshot);
    /// Returns whether that was new.
    bool setMode(CatalogMode mode, const std::string& reason, bool isRefused = false);

    /// Waits until `holds` does. Fails with Cancelled or Timeout (sentence: `late`).
    using Condition = std::function<bool(const CatalogStatus& status, std::int64_t number)>;
    Status waitUntil(const Condition& holds, const CallOptions& options, const std::string& late) const;

    Subscription subscribe(std::function<void()> changed);
    /// Calls the subscribers, in this thread.
    void notify();

private:
    struct Listeners;
    mutable std::mutex m_mutex;
    mutable std::condition_variable_any m_changed;
    std::shared_ptr<const Snapshot> m_snapshot = std::make_shared<Snapshot>(Mesh{}, -1, std::string(), 0);
    CatalogStatus m_status;
    std::shared_ptr<Listeners> m_listeners = makeListeners();
    static std::shared_ptr<Listeners> makeListeners();
};

} // namespace meshbone::catalog
