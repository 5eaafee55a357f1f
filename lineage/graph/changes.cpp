// SPDX-License-Identifier: Apache-2.0
// What changed, read off the edges' lives, so that every desktop tells the same story.
#include "graph/draft.h"

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::lineage {

namespace {
constexpr std::int64_t kTogetherMs = 60'000;

std::string duration(std::int64_t ms) {
    struct Unit {
        std::int64_t ms;
        const char* one;
        const char* many;
    };
    constexpr Unit kUnits[]{{86'400'000, "a day", "days"},
                            {3'600'000, "an hour", "hours"},
                            {60'000, "a minute", "minutes"},
                            {1'000, "a second", "seconds"}};
    for (const auto& unit : kUnits) {
        if (ms >= unit.ms) {
            const auto count = ms / unit.ms;
            return count == 1 ? unit.one : fmt::format("{} {}", count, unit.many);
        }
    }
    return "a moment";
}

class Teller {
public:
    Teller(NodeIds& ids, std::int64_t quietMs)
        : m_ids(ids)
        , m_quiet(duration(quietMs)) {}

    void tell(const EdgeKey& key, const DraftEdge& edge) {
        m_from = m_ids.idOf(key.from);
        m_to = m_ids.idOf(key.to);
        const bool reads = isTopicKey(key.from);
        const auto client = nameOf(reads ? key.to : key.from);
        const auto topic = nameOf(reads ? key.from : key.to);
        const bool refusedFirst =
            edge.firstRefusedMs >= 0 && (edge.firstGrantedMs < 0 || edge.firstRefusedMs <= edge.firstGrantedMs);
        for (std::size_t i = 0; i < edge.life.size(); ++i) {
            const auto& span = edge.life[i];
            if (i > 0) {
                add(span.fromMs, ChangeKind::Added,
                    fmt::format("{} {} {} again", client, reads ? "reads" : "writes to", topic));
            } else if (!refusedFirst) {
                add(span.fromMs, ChangeKind::Added,
                    fmt::format("{} began to {} {}", client, reads ? "read" : "write to", topic));
            }
            if (span.toMs != kStillThere) {
                add(span.toMs, ChangeKind::Removed,
                    fmt::format("{} hasn't {} {} for {}", client, reads ? "read" : "written to", topic, m_quiet));
            }
        }
        if (edge.firstRefusedMs >= 0) {
            add(edge.firstRefusedMs, ChangeKind::NotGranted,
                fmt::format("{} tried to {} {}, not granted", client, reads ? "read" : "write to", topic));
            if (refusedFirst && edge.firstGrantedMs >= 0) {
                add(edge.firstGrantedMs, ChangeKind::Changed,
                    fmt::format("{} may {} {} now", client, reads ? "read" : "write to", topic));
            }
        }
    }

    void becameTask(const std::string& client, TimestampMs atMs) {
        m_from = m_ids.idOf(client);
        m_to = -1;
        add(atMs, ChangeKind::Changed,
            fmt::format("{} reads and writes now: it derives topics from topics", nameOf(client)));
    }

    std::vector<Change> take() { return std::move(m_changes); }

private:
    void add(TimestampMs atMs, ChangeKind kind, std::string sentence) {
        m_changes.push_back({atMs, kind, std::move(sentence), m_from, m_to});
    }

    NodeIds& m_ids;
    std::string m_quiet;
    std::int32_t m_from = -1, m_to = -1;
    std::vector<Change> m_changes;
};
} // namespace

std::vector<Change> describeChanges(const Draft& draft, NodeIds& ids, std::int64_t quietMs) {
    Teller teller(ids, quietMs);
    std::map<std::string, std::pair<TimestampMs, TimestampMs>> first; // client -> first read, first write
    for (const auto& [key, edge] : draft.edges) {
        if (edge.firstMs < 0) {
            continue; // declared only: the catalog's ledger tells its history
        }
        teller.tell(key, edge);
        const bool reads = isTopicKey(key.from);
        auto& both = first.try_emplace(reads ? key.to : key.from, -1, -1).first->second;
        auto& mine = reads ? both.first : both.second;
        mine = mine < 0 ? edge.firstMs : std::min(mine, edge.firstMs);
    }
    for (const auto& [client, both] : first) {
        if (both.first >= 0 && both.second >= 0 && std::abs(both.first - both.second) > kTogetherMs) {
            teller.becameTask(client, std::max(both.first, both.second));
        }
    }
    return teller.take();
}

} // namespace meshbone::lineage
