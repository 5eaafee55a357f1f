// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/schema_registry.h>

#include <list>
#include <map>
#include <mutex>
#include <vector>

namespace meshbone::catalog {

/// Who asked for which schema last. Of the most recent kMost pairs of client and id; not kept across starts.
/// Thread-safe.
class SchemaFetches {
public:
    static constexpr std::size_t kMost = 5'000;
    static constexpr std::size_t kMostText = 200; ///< bytes of what a client calls itself

    /// `fetch` with everything but the time.
    void note(SchemaFetch fetch);
    [[nodiscard]] std::vector<SchemaFetch> all() const; ///< the last one first

private:
    using Key = std::tuple<std::string, int, std::string, std::string, std::string>;
    mutable std::mutex m_mutex; ///< guards the two below
    std::list<SchemaFetch> m_fetches;
    std::map<Key, std::list<SchemaFetch>::iterator> m_at;
};

} // namespace meshbone::catalog
