// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "capture/tuple_table.h"
#include "evidence/entry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace meshbone::lineage {

/// What one look at a consumer group has shown of one reader of one topic.
struct GroupSight {
    std::string group;
    std::string clientId; ///< empty: the group has committed offsets here, but no member reads now
    std::string host;
    std::string topic;
    std::int64_t advanced = 0; ///< records by which the committed offsets moved since the last look
    bool active = true;        ///< false: no member, and nothing was committed since the last look
};

/// A record to be published: the state of a key as it is now.
struct Outgoing {
    std::string key;
    std::string json;
    std::uint64_t version = 0; ///< tells a state that has changed since from the one that was acknowledged
};

/// Keeps this observer's own state: for every key the cumulative counters and spans since it was first seen, carried on
/// from what the topic already holds. Says what has to be published. No I/O; one thread at a time.
class Publisher {
public:
    static constexpr std::size_t kMaxKeys = 20'000;
    static constexpr std::size_t kMaxBatch = 4'000; ///< records of one publish; the rest follows at the next

    Publisher(std::string observer, std::int64_t quietMs);

    /// Starts to watch. `known`: the entries of this observer that the topic holds already.
    void start(const std::vector<Entry>& known, TimestampMs nowMs);
    [[nodiscard]] bool started() const { return m_started; }

    /// Adds what a capture's table has seen between the last call and now.
    void add(const TupleTable& table, TimestampMs nowMs);
    void add(const std::vector<GroupSight>& sights, TimestampMs nowMs);

    /// True if there are keys that were never published: those are worth telling before the interval is over.
    [[nodiscard]] bool hasNews() const { return m_news; }

    /// What has changed since it was last acknowledged; with it the observer's own record. `onlyNews`: just the new
    /// keys.
    std::vector<Outgoing> collect(TimestampMs nowMs, bool onlyNews);
    /// What has changed since the last call, as it is now: for this desktop's own picture, ahead of publishing.
    std::vector<std::pair<std::string, Entry>> live(TimestampMs nowMs);
    /// The record has been written.
    void acknowledged(const std::string& key, std::uint64_t version);
    [[nodiscard]] std::size_t pending() const;

private:
    struct Own {
        Entry entry;
        std::uint64_t version = 1;      // counts changes
        std::uint64_t acknowledged = 0; // version that the topic holds; 0: none
        std::uint64_t shown = 0;        // version that live() has told
        TimestampMs sinceMs = -1;       // start of the interval that is not published yet
        TimestampMs arrivedMs = -1;     // when it was seen after minutes of nothing, or first
    };
    Own* own(Entry identity, TimestampMs sinceMs, std::size_t maxKeys); // null: full
    static void count(Entry& entry, const Sight& sight);
    void see(Own& own, const Totals& added, Span seen, TimestampMs nowMs);
    static void addRate(Own& own, TimestampMs nowMs);
    void watch(TimestampMs nowMs);

    std::string m_observer;
    std::int64_t m_quietMs;
    bool m_started = false;
    bool m_news = false;
    TimestampMs m_lastAddMs = -1;
    Entry m_self; // this observer's own record: when it watched
    std::unordered_map<std::string, Own> m_own;
};

} // namespace meshbone::lineage
