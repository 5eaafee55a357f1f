// SPDX-License-Identifier: Apache-2.0
#include "schema/rest/schema_fetches.h"

#include <chrono>

namespace meshbone::catalog {

void SchemaFetches::note(SchemaFetch fetch) {
    fetch.agent.resize(std::min(fetch.agent.size(), kMostText));
    fetch.lastMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    const auto keyOf = [](const SchemaFetch& one) {
        return Key(one.context, one.id.value(), one.principal, one.address, one.agent);
    };
    const std::scoped_lock lock(m_mutex);
    const auto [at, isNew] = m_at.try_emplace(keyOf(fetch));
    if (!isNew) {
        m_fetches.erase(at->second);
    }
    m_fetches.push_front(std::move(fetch));
    at->second = m_fetches.begin();
    if (m_fetches.size() > kMost) {
        m_at.erase(keyOf(m_fetches.back()));
        m_fetches.pop_back();
    }
}

std::vector<SchemaFetch> SchemaFetches::all() const {
    const std::scoped_lock lock(m_mutex);
    return {m_fetches.begin(), m_fetches.end()};
}

} // namespace meshbone::catalog
