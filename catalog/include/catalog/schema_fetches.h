// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_registry.h>

#include <backbone/listeners.h>

#include <list>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace meshbone::catalog {

/// Who asked a registry for which schema last, and how. Of the most recent kMost of client, schema and way; whoever
/// keeps it across starts reads it first and writes it when it has changed. Thread-safe; noting never waits for that.
class SchemaFetches {
public:
    static constexpr std::size_t kMost = 5'000;
    static constexpr std::size_t kMostText = 200; ///< bytes of what a client calls itself

    SchemaFetches();
    /// `fetch` with everything but the time.
    void note(SchemaFetch fetch);
    [[nodiscard]] std::vector<SchemaFetch> all() const; ///< the last one first
    /// Since when all is known: since it was begun, or what had to be forgotten.
    [[nodiscard]] TimestampMs sinceMs() const;

    [[nodiscard]] std::string toJson() const;
    /// What toJson() wrote, below what was noted meanwhile; Corrupt, and nothing is changed, where it is no such thing.
    Status read(const std::string& json);
    /// Told after a note of what wasn't known, and of what was once in a minute at most, on the thread that made it:
    /// must return at once.
    Subscription onChanged(std::function<void()> changed) { return m_changed.add(std::move(changed)); }

private:
    using Key = std::tuple<std::string, int, std::string, std::string, std::string, SchemaAsk, std::string>;
    static Key keyOf(const SchemaFetch& fetch);
    void forgetOldest();

    mutable std::mutex m_mutex; ///< guards the four below
    std::list<SchemaFetch> m_fetches;
    std::map<Key, std::list<SchemaFetch>::iterator> m_at;
    TimestampMs m_sinceMs;
    TimestampMs m_toldMs = 0; ///< when onChanged was told last
    backbone::Listeners<> m_changed;
};

/// The same list as JSON, an array, and back; Corrupt where it is no such thing.
std::string fetchesToJson(const std::vector<SchemaFetch>& fetches);
Result<std::vector<SchemaFetch>> fetchesFromJson(const std::string& json);

} // namespace meshbone::catalog
