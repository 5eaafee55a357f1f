// SPDX-License-Identifier: Apache-2.0
#include "access/access_evidence.h"

#include <catalog/access_period.h>

#include <algorithm>
#include <set>
#include <utility>

namespace meshbone::lineage {
namespace {

using backbone::Operation;
using backbone::ResourceKind;
using catalog::EvidenceGrade;
using catalog::EvidenceTuple;

constexpr std::int16_t kFetch = 1, kJoinGroup = 11; // Kafka's API keys
constexpr std::string_view kOtherClients = "(other)";

bool isWithin(const Entry& entry, const AccessEvidenceQuery& query) {
    return std::ranges::any_of(
        entry.spans, [&](const Span& span) { return span.fromMs <= query.toMs && span.toMs >= query.fromMs; });
}

EvidenceTuple observedTuple(const Entry& entry) {
    const auto& tuple = entry.tuple;
    EvidenceTuple seen;
    seen.principal = tuple.client.principal;
    seen.host = tuple.client.host;
    seen.clientId = tuple.client.clientId;
    seen.apiKey = tuple.apiKey;
    seen.operation = tuple.operation;
    seen.resourceKind = tuple.resourceKind;
    seen.resource = tuple.resource;
    seen.granted = tuple.granted;
    seen.count = entry.total.requests;
    seen.firstMs = entry.spans.front().fromMs;
    seen.lastMs = entry.spans.back().toMs;
    seen.internal = isOwnClient(tuple.client.clientId);
    seen.counts = entry.counts;
    return seen;
}

class Adapter {
public:
    explicit Adapter(const AccessEvidenceQuery& query)
        : m_query(query)
        , m_period{query.fromMs, query.toMs} {}

    void add(const Entry& entry) {
        if (entry.spans.empty() || !isWithin(entry, m_query)) {
            return;
        }
        switch (entry.kind) {
        case EntryKind::Observed:
            addObserved(entry);
            break;
        case EntryKind::Group:
            m_groups.push_back(&entry);
            break;
        case EntryKind::Observer:
            m_evidence.coverage.observers.push_back(entry.observer);
            m_watched = unite(std::move(m_watched), entry.spans);
            break;
        }
    }

    AccessEvidence result() && {
        for (const auto* entry : m_groups) {
            infer(*entry);
        }
        tellCoverage();
        m_evidence.notes = catalog::doubtNotes(m_doubt);
        return std::move(m_evidence);
    }

private:
    void addObserved(const Entry& entry) {
        const auto& tuple = entry.tuple;
        auto seen = observedTuple(entry);
        if (!catalog::keepWithin(seen, m_period, m_doubt)) {
            return;
        }
        if (tuple.client.principal == kOtherClients) {
            m_evidence.unattributed += seen.count;
            return;
        }
        if (tuple.resourceKind == ResourceKind::Group && tuple.granted) {
            m_observedGroups.insert(tuple.resource);
        }
        m_evidence.tuples.push_back(std::move(seen));
        m_evidence.grade = EvidenceGrade::Observed;
    }

    /// A group whose use a broker showed is known better than by guessing.
    void infer(const Entry& entry) {
        if (!m_query.acls || m_observedGroups.contains(entry.group) || isOwnClient(entry.tuple.client.clientId)) {
            return;
        }
        const auto mayJoin = catalog::whoMay(*m_query.acls, Operation::Read, ResourceKind::Group, entry.group);
        const auto mayRead = catalog::whoMay(*m_query.acls, Operation::Read, ResourceKind::Topic, entry.tuple.resource);
        std::set<std::string_view> readers, told;
        for (const auto& row : mayRead.rows) {
            readers.insert(row.principal);
        }
        for (const auto& row : mayJoin.rows) {
            const bool reads = readers.contains(row.principal) || readers.contains(backbone::kAnyPrincipal);
            if (reads && told.insert(row.principal).second) {
                tell(entry, std::string(row.principal), kFetch, ResourceKind::Topic, entry.tuple.resource);
                if (m_joined.emplace(std::string(row.principal), entry.group).second) {
                    tell(entry, std::string(row.principal), kJoinGroup, ResourceKind::Group, entry.group);
                }
            }
        }
    }

    void tell(const Entry& entry, std::string principal, std::int16_t apiKey, ResourceKind kind, std::string resource) {
        EvidenceTuple guess;
        guess.principal = std::move(principal);
        guess.host = entry.tuple.client.host;
        guess.clientId = entry.tuple.client.clientId;
        guess.apiKey = apiKey;
        guess.resourceKind = kind;
        guess.resource = std::move(resource);
        guess.count = 1;
        guess.firstMs = entry.spans.front().fromMs;
        guess.lastMs = entry.spans.back().toMs;
        guess.grade = EvidenceGrade::Inferred;
        if (!catalog::keepWithin(guess, m_period, m_doubt)) {
            return;
        }
        m_evidence.tuples.push_back(std::move(guess));
        if (m_evidence.grade == EvidenceGrade::None) {
            m_evidence.grade = EvidenceGrade::Inferred;
        }
    }

    /// From the first watched moment in the query's time to the last, with the holes between.
    void tellCoverage() {
        auto& coverage = m_evidence.coverage;
        std::ranges::sort(coverage.observers);
        for (const auto& span : m_watched) {
            const auto from = std::max(span.fromMs, m_query.fromMs);
            const auto to = std::min(span.toMs, m_query.toMs);
            if (from > to) {
                continue;
            }
            if (coverage.fromMs < 0) {
                coverage.fromMs = from;
            } else {
                coverage.gaps.emplace_back(coverage.toMs, from);
            }
            coverage.toMs = to;
        }
    }

    const AccessEvidenceQuery& m_query;
    catalog::EvidencePeriod m_period;
    catalog::PeriodDoubt m_doubt;
    AccessEvidence m_evidence;
    Spans m_watched;
    std::vector<const Entry*> m_groups;
    std::set<std::string> m_observedGroups;
    std::set<std::pair<std::string, std::string>> m_joined; ///< principal, group: told already
};

} // namespace

AccessEvidence accessEvidenceOf(std::span<const Entry> entries, const AccessEvidenceQuery& query) {
    Adapter adapter(query);
    for (const auto& entry : entries) {
        adapter.add(entry);
    }
    return std::move(adapter).result();
}

} // namespace meshbone::lineage
