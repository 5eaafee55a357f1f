// SPDX-License-Identifier: Apache-2.0
#include "service/projection.h"

#include <algorithm>
#include <utility>

namespace meshbone::lineage {

Projection::Projection(Store store, Stored stored, std::string observer)
    : m_store(std::move(store))
    , m_observer(std::move(observer))
    , m_followed(std::move(stored.followed))
    , m_ids(stored.nodeKeys)
    , m_storedNodes(stored.nodeKeys.size()) {
    for (auto& [key, entry] : stored.entries) {
        m_entries.insert_or_assign(std::move(key), std::move(entry));
    }
}

void Projection::apply(const std::vector<Record>& records) {
    std::vector<Applied> batch;
    std::unordered_map<std::string, std::size_t>
        at; // the last record of a key is its state: earlier ones are not stored
    for (const auto& record : records) {
        m_followed.next = std::max(m_followed.next, record.offset + 1);
        if (!record.key || record.key->size() > kMaxEntryBytes) {
            ++m_skipped;
            continue;
        }
        std::optional<Entry> entry;
        if (record.value) {
            auto parsed = parseEntry(*record.value);
            if (!parsed) {
                ++m_skipped;
                continue;
            }
            entry = std::move(*parsed);
        }
        const auto [known, added] = at.try_emplace(*record.key, batch.size());
        if (added) {
            batch.push_back({*record.key, std::move(entry)});
        } else {
            batch[known->second].entry = std::move(entry);
        }
    }
    m_storing = m_storing && m_store.apply(batch, m_followed).has_value();
    for (auto& [key, entry] : batch) {
        if (entry) {
            const auto known = m_entries.find(key);
            const bool behind = known != m_entries.end() && entry->observer == m_observer &&
                                known->second.observer == m_observer && known->second.toMs > entry->toMs;
            if (!behind) {
                m_entries.insert_or_assign(std::move(key), std::move(*entry));
            }
        } else {
            m_entries.erase(key);
        }
    }
}

void Projection::overlay(std::vector<std::pair<std::string, Entry>> live) {
    for (auto& [key, entry] : live) {
        m_entries.insert_or_assign(std::move(key), std::move(entry));
    }
}

void Projection::restartAt(const Followed& from) {
    const bool another = !m_followed.topicId.empty() && from.topicId != m_followed.topicId;
    const bool moved = another || from.next != m_followed.next || from.topicId != m_followed.topicId;
    m_followed = from;
    if (another) {
        m_entries.clear();
        m_storing = m_store.clear(m_followed).has_value();
    } else if (moved) {
        m_storing = m_storing && m_store.apply({}, m_followed).has_value();
    }
}

std::shared_ptr<const Graph> Projection::build(const CatalogFacts& catalog, TimestampMs nowMs, std::int64_t quietMs) {
    auto parts = deriveGraph(m_entries, catalog, m_ids, nowMs, quietMs);
    const auto& keys = m_ids.keys();
    if (m_storing && keys.size() > m_storedNodes) {
        const std::vector<std::string> fresh(keys.begin() + static_cast<std::ptrdiff_t>(m_storedNodes), keys.end());
        m_storing = m_store.addNodes(m_storedNodes, fresh).has_value();
        m_storedNodes = m_storing ? keys.size() : m_storedNodes;
    }
    return std::make_shared<const Graph>(std::move(parts));
}

std::vector<Entry> Projection::ownEntries() const {
    std::vector<Entry> out;
    for (const auto& [key, entry] : m_entries) {
        if (entry.observer == m_observer) {
            out.push_back(entry);
        }
    }
    return out;
}

std::vector<Entry> Projection::entries() const {
    std::vector<Entry> out;
    out.reserve(m_entries.size());
    for (const auto& [key, entry] : m_entries) {
        out.push_back(entry);
    }
    return out;
}

} // namespace meshbone::lineage
