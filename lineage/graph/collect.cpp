// SPDX-License-Identifier: Apache-2.0
// From entries to edges: who a client is, and which evidence belongs to the same edge.
#include "graph/draft.h"

#include <algorithm>
#include <iterator>
#include <ranges>

namespace meshbone::lineage {

namespace {
constexpr std::int16_t kProduce = 0, kFetch = 1; // Kafka's API keys
constexpr std::string_view kAnonymous = "User:ANONYMOUS";
constexpr std::int64_t kRateStaleMs = 3 * 60'000;
constexpr std::int64_t kRateQuietMs = 90'000; // another desktop's news is up to a minute old
constexpr std::int64_t kRateOverMs = 30'000;  // points are 40 s apart, so a rate is over 30 to 70 s

bool writesTopic(const Tuple& t) {
    return t.resourceKind == backbone::ResourceKind::Topic && t.apiKey == kProduce &&
           t.operation == backbone::Operation::Write;
}
bool readsTopic(const Tuple& t) {
    return t.resourceKind == backbone::ResourceKind::Topic && t.apiKey == kFetch &&
           t.operation == backbone::Operation::Read;
}

/// Client ids that libraries choose by themselves say nothing about who it is; the group does.
bool isGenericClientId(const std::string& clientId, const std::string& group) {
    return clientId.empty() || clientId == "rdkafka" || clientId == "sarama" || clientId == "kafkajs" ||
           clientId == "kgo" || clientId.starts_with("consumer-" + group + "-");
}

Spans lifeOf(const Entry& entry, const Spans* watched, std::int64_t quietMs) {
    Spans life;
    for (std::size_t i = 0; i < entry.spans.size(); ++i) {
        const auto next = i + 1 < entry.spans.size() ? entry.spans[i + 1].fromMs : kStillThere;
        const auto quiet = watched == nullptr ? std::nullopt : quietAt(*watched, entry.spans[i].toMs, quietMs);
        life.push_back({entry.spans[i].fromMs, std::min(next, quiet.value_or(kStillThere))});
    }
    return life;
}

/// Finds the node of a group's member: on a broker that we observe, the principal that reads with the same client id.
class Members {
public:
    void learn(const Tuple& t, const std::string& key) { m_byClientId[t.client.clientId].insert({t.client.host, key}); }

    [[nodiscard]] std::string resolve(const Entry& entry) const {
        const auto& clientId = entry.tuple.client.clientId;
        const auto at = m_byClientId.find(clientId);
        if (at != m_byClientId.end()) {
            std::set<std::string> all, sameHost;
            for (const auto& [host, key] : at->second) {
                all.insert(key);
                if (host == entry.tuple.client.host) {
                    sameHost.insert(key);
                }
            }
            if (all.size() == 1 || sameHost.size() == 1) {
                return all.size() == 1 ? *all.begin() : *sameHost.begin();
            }
        }
        return clientKey(isGenericClientId(clientId, entry.group) ? entry.group : clientId);
    }

private:
    std::unordered_map<std::string, std::set<std::pair<std::string, std::string>>> m_byClientId;
};

/// Collects in an order that doesn't depend on the hash table's.
class Collector {
public:
    Collector(const Entries& entries, TimestampMs nowMs, std::int64_t quietMs)
        : m_nowMs(nowMs)
        , m_quietMs(quietMs) {
        for (const auto& [key, entry] : entries) {
            if (entry.kind == EntryKind::Observer) {
                m_watched[entry.observer] = &entry.spans;
            } else if (!entry.internal && !entry.spans.empty()) {
                m_entries.emplace_back(&key, &entry);
            }
        }
        std::ranges::sort(m_entries, {}, [](const auto& item) -> const std::string& { return *item.first; });
    }

    Draft run() {
        for (const auto& [key, entry] : m_entries) {
            if (entry->kind == EntryKind::Observed) {
                addObserved(*entry);
            }
        }
        for (const auto& [key, entry] : m_entries) {
            if (entry->kind == EntryKind::Group && !entry->tuple.client.clientId.empty()) {
                addMember(*entry, m_members.resolve(*entry));
            }
        }
        for (const auto& [key, entry] : m_entries) {
            if (entry->kind == EntryKind::Group && entry->tuple.client.clientId.empty() && !hasReader(*entry)) {
                addMember(*entry, clientKey(entry->group));
            }
        }
        joinGroups();
        return std::move(m_draft);
    }

private:
    void addObserved(const Entry& entry) {
        const auto& t = entry.tuple;
        const auto client = clientKey(clientName(t.client));
        if (t.resourceKind == backbone::ResourceKind::Group && t.operation == backbone::Operation::Read && t.granted) {
            m_groupsOf[client].insert(t.resource);
        }
        if ((!writesTopic(t) && !readsTopic(t)) || t.resource.empty()) { // empty: a topic id that names nothing
            return;
        }
        if (readsTopic(t)) {
            m_members.learn(t, client);
        }
        const auto topic = topicKey(t.resource);
        m_draft.edges[writesTopic(t) ? EdgeKey{client, topic} : EdgeKey{topic, client}].add(entry, m_watched, m_nowMs,
                                                                                            m_quietMs);
        auto& about = m_draft.clients[client];
        about.clientIds.insert(t.client.clientId);
        if (!t.client.softwareName.empty()) {
            about.software.insert(t.client.softwareName +
                                  (t.client.softwareVersion.empty() ? "" : " " + t.client.softwareVersion));
        }
    }

    void addMember(const Entry& entry, const std::string& client) {
        m_groupTopics[entry.group].insert(entry.tuple.resource);
        auto& edge = m_draft.edges[{topicKey(entry.tuple.resource), client}];
        edge.add(entry, m_watched, m_nowMs, m_quietMs);
        edge.groups.insert(entry.group);
        auto& about = m_draft.clients[client];
        about.groups.insert(entry.group);
        if (!entry.tuple.client.clientId.empty()) {
            about.clientIds.insert(entry.tuple.client.clientId);
        }
    }

    /// True if the topic has a reader that is known to use the entry's group.
    bool hasReader(const Entry& entry) const {
        const auto topic = topicKey(entry.tuple.resource);
        for (auto at = m_draft.edges.lower_bound({topic, ""}); at != m_draft.edges.end() && at->first.from == topic;
             ++at) {
            const auto groups = m_groupsOf.find(at->first.to);
            if (at->second.groups.contains(entry.group) ||
                (groups != m_groupsOf.end() && groups->second.contains(entry.group))) {
                return true;
            }
        }
        return false;
    }

    /// A reader that was seen to use a group reads its topics through it, unless the group is known to read others.
    void joinGroups() {
        for (auto& [key, edge] : m_draft.edges) {
            const auto groups = isTopicKey(key.from) ? m_groupsOf.find(key.to) : m_groupsOf.end();
            if (groups == m_groupsOf.end()) {
                continue;
            }
            for (const auto& group : groups->second) {
                const auto topics = m_groupTopics.find(group);
                if (topics == m_groupTopics.end() || topics->second.contains(nameOf(key.from))) {
                    edge.groups.insert(group);
                    m_draft.clients[key.to].groups.insert(group);
                }
            }
        }
    }

    TimestampMs m_nowMs;
    std::int64_t m_quietMs;
    Watched m_watched;
    std::vector<std::pair<const std::string*, const Entry*>> m_entries;
    Members m_members;
    std::map<std::string, std::set<std::string>> m_groupsOf;    // client's node -> groups that it was seen to use
    std::map<std::string, std::set<std::string>> m_groupTopics; // group -> topics that it is known to read
    Draft m_draft;
};

void widen(TimestampMs& firstMs, TimestampMs& lastMs, const Entry& entry) {
    firstMs = firstMs < 0 ? entry.spans.front().fromMs : std::min(firstMs, entry.spans.front().fromMs);
    lastMs = std::max(lastMs, entry.spans.back().toMs);
}
} // namespace

std::string clientName(const backbone::ClientIdentity& client) {
    if (client.principal == "(other)") {
        return "(other clients)";
    }
    if (client.principal.empty() || client.principal == kAnonymous) {
        return client.clientId.empty() ? "anonymous" : client.clientId;
    }
    constexpr std::string_view kUser = "User:";
    return client.principal.starts_with(kUser) ? client.principal.substr(kUser.size()) : client.principal;
}

std::optional<double> sumOfRates(std::optional<double> a, std::optional<double> b) {
    return a && b ? *a + *b : (a ? a : b);
}

std::optional<double> recentRate(const Entry& entry, TimestampMs nowMs) {
    if (entry.recent.empty() || nowMs - entry.recent.back().atMs > kRateStaleMs) {
        return 0;
    }
    const auto& last = entry.recent.back();
    const auto base = std::ranges::find_if(std::views::reverse(entry.recent), [&](const RatePoint& point) {
        return last.atMs - point.atMs >= kRateOverMs;
    });
    if (base == entry.recent.rend()) {
        const bool over = nowMs - last.atMs > kRateQuietMs; // it brought something once, and nothing since
        return over ? std::optional(0.0) : std::nullopt;
    }
    const auto& first = *base;
    return static_cast<double>(last.records - first.records) * 1000.0 / static_cast<double>(last.atMs - first.atMs);
}

void DraftEdge::add(const Entry& entry, const Watched& watched, TimestampMs nowMs, std::int64_t quietMs) {
    widen(firstMs, lastMs, entry);
    if (entry.kind == EntryKind::Observed) {
        evidence |= 1u << static_cast<unsigned>(Evidence::Observed);
        observed += entry.total;
        observedRate = sumOfRates(observedRate, recentRate(entry, nowMs));
        if (entry.tuple.granted) {
            widen(firstGrantedMs, lastGrantedMs, entry);
        } else {
            widen(firstRefusedMs, lastRefusedMs, entry);
        }
    } else {
        evidence |= 1u << static_cast<unsigned>(Evidence::Group);
        byGroup[entry.observer] += entry.total;
        groupRate[entry.observer] = sumOfRates(groupRate[entry.observer], recentRate(entry, nowMs));
    }
    const auto at = watched.find(entry.observer);
    life = unite(std::move(life), lifeOf(entry, at == watched.end() ? nullptr : at->second, quietMs));
}

GraphEdge DraftEdge::finish(std::int32_t from, std::int32_t to) const {
    GraphEdge out;
    out.evidence = evidence;
    out.life = life;
    auto& edge = out.edge;
    edge.from = from;
    edge.to = to;
    edge.evidence = evidence & 1u ? Evidence::Observed : (evidence & 2u ? Evidence::Group : Evidence::Declared);
    edge.granted = lastRefusedMs < 0 || lastGrantedMs >= lastRefusedMs;
    edge.firstSeenMs = firstMs;
    edge.lastSeenMs = lastMs;
    auto total = observed;
    edge.perSecond = observedRate;
    if (edge.evidence == Evidence::Group) { // what the broker itself counted is better where it is there
        for (const auto& [observer, counted] : byGroup) {
            total.records = std::max(total.records, counted.records);
            edge.perSecond = std::max(edge.perSecond, groupRate.at(observer)); // none is less than any
        }
    }
    edge.requests = total.requests;
    edge.records = total.records;
    edge.bytes = total.bytes;
    edge.groups.assign(groups.begin(), groups.end());
    return out;
}

Draft collectEvidence(const Entries& entries, TimestampMs nowMs, std::int64_t quietMs) {
    return Collector(entries, nowMs, quietMs).run();
}

} // namespace meshbone::lineage
