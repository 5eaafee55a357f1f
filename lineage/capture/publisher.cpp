// SPDX-License-Identifier: Apache-2.0
#include "capture/publisher.h"

#include <algorithm>
#include <utility>

namespace meshbone::lineage {

namespace {
constexpr std::int64_t kRateWindowMs = 5 * 60'000;
constexpr std::int64_t kRateStepMs = 40'000;        // closer points are merged, so that eight cover the window
constexpr std::int64_t kArrivalMs = 15'000;         // who comes brings what has piled up: that is no rate
constexpr std::int64_t kSameSessionMs = 2 * 60'000; // a restart within this is no gap in what was watched
constexpr std::uint64_t kSelfVersion = 0;
} // namespace

Publisher::Publisher(std::string observer, std::int64_t quietMs)
    : m_observer(std::move(observer))
    , m_quietMs(quietMs) {
    m_self.kind = EntryKind::Observer;
    m_self.observer = m_observer;
    m_self.internal = true;
}

void Publisher::start(const std::vector<Entry>& known, TimestampMs nowMs) {
    for (const auto& entry : known) {
        if (entry.observer != m_observer) {
            continue;
        }
        if (entry.kind == EntryKind::Observer) {
            m_self = entry;
            continue;
        }
        Own own{entry};
        own.entry.recent.clear(); // a rate over time in which nobody watched would be wrong, and all come anew
        own.acknowledged = own.shown = own.version;
        own.sinceMs = nowMs;
        m_own.emplace(entryKey(entry), std::move(own));
    }
    const bool same = !m_self.spans.empty() && nowMs - m_self.spans.back().toMs <= kSameSessionMs;
    if (!same && m_self.spans.size() == kMaxSpans) {
        m_self.spans.erase(m_self.spans.begin()); // forgotten, not joined: nobody watched between the two oldest
    }
    addSight(m_self.spans, {nowMs, nowMs}, same);
    m_lastAddMs = nowMs;
    m_started = true;
}

void Publisher::watch(TimestampMs nowMs) {
    auto& span = m_self.spans.back();
    span.toMs = std::max(span.toMs, nowMs);
}

Publisher::Own* Publisher::own(Entry identity, TimestampMs sinceMs, std::size_t maxKeys) {
    identity.observer = m_observer;
    auto key = entryKey(identity);
    const auto known = m_own.find(key);
    if (known != m_own.end()) {
        return &known->second;
    }
    if (m_own.size() >= maxKeys) {
        return nullptr;
    }
    Own fresh{std::move(identity)};
    fresh.sinceMs = sinceMs;
    return &m_own.emplace(std::move(key), std::move(fresh)).first->second;
}

void Publisher::add(const TupleTable& table, TimestampMs nowMs) {
    watch(nowMs);
    for (const auto& [tuple, sight] : table.tuples()) {
        Entry identity;
        identity.tuple = tuple;
        identity.internal = isOwnClient(tuple.client.clientId) ||
                            (tuple.resourceKind == backbone::ResourceKind::Topic && isInternalTopic(tuple.resource));
        auto* found = own(identity, m_lastAddMs, kMaxKeys);
        if (found == nullptr) { // full: the resource keeps its reader or writer, without a name
            identity.tuple.client = {};
            identity.tuple.client.principal = identity.tuple.client.clientId = std::string(TupleTable::kOther);
            found = own(std::move(identity), m_lastAddMs, kMaxKeys + TupleTable::kMaxOther);
        }
        if (found != nullptr) {
            count(found->entry, sight);
            see(*found, sight.total, sight.seen, nowMs);
        }
    }
    m_lastAddMs = nowMs;
}

void Publisher::add(const std::vector<GroupSight>& sights, TimestampMs nowMs) {
    watch(nowMs);
    for (const auto& sight : sights) {
        Entry identity;
        identity.kind = EntryKind::Group;
        identity.group = sight.group;
        identity.tuple.client.clientId = sight.clientId;
        identity.tuple.client.host = sight.host;
        identity.tuple.resource = sight.topic;
        identity.tuple.operation = backbone::Operation::Read;
        identity.internal = isOwnClient(sight.clientId) || isInternalTopic(sight.topic);
        auto* found = own(std::move(identity), nowMs, kMaxKeys);
        if (found == nullptr || (!sight.active && !found->entry.spans.empty())) {
            continue;
        }
        found->entry.tuple.client.host = sight.host; // the last host that was seen
        see(*found, {0, sight.advanced, 0}, {nowMs, nowMs}, nowMs);
    }
}

void Publisher::count(Entry& entry, const Sight& sight) {
    auto& counts = entry.counts;
    if (entry.total.requests > 0 && counts == catalog::RequestCounts()) { // from before hours were kept
        counts.beginAfter(entry.spans.back().toMs);
    }
    for (const auto& span : sight.earlier.spans()) {
        counts.add(span.toMs(), span.requests); // its start may be before the moment that hours are kept from
    }
    counts.add(sight.seen.toMs, sight.inLastHour());
}

void Publisher::see(Own& own, const Totals& added, Span seen, TimestampMs nowMs) {
    auto& entry = own.entry;
    entry.total += added;
    const bool joined = !entry.spans.empty() && !quietAt(m_self.spans, entry.spans.back().toMs, m_quietMs).has_value();
    addSight(entry.spans, seen, joined);
    addRate(own, nowMs);
    ++own.version;
    m_news = m_news || own.acknowledged == 0;
}

void Publisher::addRate(Own& own, TimestampMs nowMs) {
    auto& recent = own.entry.recent;
    std::erase_if(recent, [&](const RatePoint& p) { return p.atMs < nowMs - kRateWindowMs || p.atMs >= nowMs; });
    if (recent.empty()) {
        own.arrivedMs = nowMs;
    } else if (recent.size() == 1 && nowMs - own.arrivedMs < kArrivalMs) {
        recent.clear(); // the curve begins when who came has settled
    }
    const bool closeBy = recent.size() >= 2 && nowMs - recent[recent.size() - 2].atMs < kRateStepMs;
    if (closeBy) {
        recent.pop_back();
    }
    recent.push_back({nowMs, own.entry.total.records});
    if (recent.size() > kMaxRatePoints) {
        recent.erase(recent.begin());
    }
}

std::vector<Outgoing> Publisher::collect(TimestampMs nowMs, bool onlyNews) {
    std::vector<Outgoing> out;
    watch(nowMs);
    m_news = false;
    for (auto& [key, own] : m_own) {
        if (own.version == own.acknowledged || (onlyNews && own.acknowledged != 0)) {
            continue;
        }
        if (out.size() >= kMaxBatch) {
            m_news = m_news || own.acknowledged == 0;
            break;
        }
        own.entry.fromMs = own.sinceMs;
        own.entry.toMs = nowMs;
        out.push_back({key, entryJson(own.entry), own.version});
    }
    m_self.fromMs = m_self.spans.back().fromMs;
    m_self.toMs = nowMs;
    // Last: who sees a watched stretch has also seen what was watched in it.
    out.push_back({entryKey(m_self), entryJson(m_self), kSelfVersion});
    return out;
}

std::vector<std::pair<std::string, Entry>> Publisher::live(TimestampMs nowMs) {
    std::vector<std::pair<std::string, Entry>> out;
    watch(nowMs);
    for (auto& [key, own] : m_own) {
        if (own.version != own.shown) {
            own.shown = own.version;
            out.emplace_back(key, own.entry);
            out.back().second.fromMs = own.sinceMs;
            out.back().second.toMs = nowMs;
        }
    }
    if (!out.empty()) {
        out.emplace_back(entryKey(m_self), m_self);
        out.back().second.toMs = nowMs;
    }
    return out;
}

void Publisher::acknowledged(const std::string& key, std::uint64_t version) {
    const auto known = m_own.find(key);
    if (known == m_own.end()) {
        return; // this observer's own record: always published
    }
    auto& own = known->second;
    own.acknowledged = std::max(own.acknowledged, version);
    if (own.acknowledged == own.version) {
        own.sinceMs = own.entry.toMs;
    }
}

std::size_t Publisher::pending() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(m_own, [](const auto& item) { return item.second.version != item.second.acknowledged; }));
}

} // namespace meshbone::lineage
