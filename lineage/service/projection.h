// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "graph/derive.h"
#include "store/store.h"

#include <backbone/record.h>

#include <memory>
#include <vector>

namespace meshbone::lineage {

/// The evidence as it stands: what the topic's records add up to, in memory and in the store, and the graph that is
/// derived from it. One thread at a time.
class Projection {
public:
    /// `observer`: who observes here; its own live state goes before what the topic holds of it.
    Projection(Store store, Stored stored, std::string observer);

    /// Applies records in their order. Those that can't be read are skipped and counted; their offset counts as read.
    void apply(const std::vector<Record>& records);
    /// Shows this observer's own state ahead of the topic: in memory only, the store has what the topic has.
    void overlay(std::vector<std::pair<std::string, Entry>> live);
    /// Goes on at another place: the same topic at another offset, or another topic, whose evidence starts empty.
    void restartAt(const Followed& from);
    /// Builds the graph; keeps the ids of nodes that are new.
    std::shared_ptr<const Graph> build(const CatalogFacts& catalog, TimestampMs nowMs, std::int64_t quietMs);

    [[nodiscard]] const Followed& followed() const { return m_followed; }
    [[nodiscard]] std::vector<Entry> ownEntries() const;
    [[nodiscard]] std::vector<Entry> entries() const; ///< all, in no order
    [[nodiscard]] std::int64_t skipped() const { return m_skipped; }

private:
    Store m_store;
    std::string m_observer;
    Followed m_followed;
    Entries m_entries;
    NodeIds m_ids;
    std::size_t m_storedNodes = 0;
    std::int64_t m_skipped = 0;
    bool m_storing = true; // false after the store has failed: what is missing there is read again at the next start
};

} // namespace meshbone::lineage
