// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_simulate.h>

#include "access/evidence_decision.h"
#include "access/hosts.h"

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {
namespace {

using namespace backbone;

enum class Verdict : std::uint8_t { Same, Lost, Gained, Perhaps };

struct Outcome {
    Verdict verdict = Verdict::Same;
    AclDecision before, after;
    bool dropped = false;
    std::string_view note;
};

/// The change itself as a table: a request that it doesn't touch is decided as before.
AclTable touchOf(const AccessChange& change) {
    AclTable touch;
    for (const auto* list : {&change.remove, &change.add}) {
        for (const auto& binding : *list) {
            touch.add(binding);
        }
    }
    return touch;
}

/// What tells effects apart; the texts are those of the first tuple.
struct EffectKey {
    std::string_view principal, clientId, resource;
    Operation operation;
    ResourceKind kind;
    Verdict verdict;
    EvidenceGrade grade;
    friend bool operator==(const EffectKey&, const EffectKey&) = default;
};
struct EffectHash {
    std::size_t operator()(const EffectKey& key) const {
        const std::hash<std::string_view> text;
        std::size_t hash = text(key.principal);
        for (const auto part : {text(key.clientId), text(key.resource), static_cast<std::size_t>(key.operation),
                                static_cast<std::size_t>(key.kind) * 64 + static_cast<std::size_t>(key.verdict) * 8 +
                                    static_cast<std::size_t>(key.grade)}) {
            hash = (hash ^ part) * 0x9E3779B97F4A7C15ULL;
            hash ^= hash >> 32U;
        }
        return hash;
    }
};

class Simulator {
public:
    Simulator(const AclTable& before, const AccessChange& change, TimestampMs nowMs)
        : m_before(before)
        , m_change(change)
        , m_after(tableAfter(before, change))
        , m_touch(touchOf(change))
        , m_nowMs(nowMs) {
        const auto watch = [&](const std::vector<AclBinding>& list, Permission permission) {
            for (const auto& binding : list) {
                if (binding.permission == permission) {
                    m_unseen.insert(binding);
                }
            }
        };
        watch(change.remove, Permission::Allow);
        watch(change.add, Permission::Deny);
    }

    void see(const EvidenceTuple& seen) {
        const bool dropped = !m_change.dropPrincipals.empty() && m_change.dropPrincipals.contains(seen.principal);
        if (seen.internal || (!dropped && !isTouched(seen))) {
            return;
        }
        ++m_result.decided;
        markSeen(seen);
        const auto outcome = judge(seen, dropped);
        if (outcome.verdict != Verdict::Same) {
            tell(seen, outcome);
        }
    }

    Simulation result(EvidenceCoverage coverage) && {
        for (auto* list : {&m_result.lost, &m_result.gained, &m_result.perhaps}) {
            std::ranges::stable_sort(*list, std::greater(), &SimulatedEffect::count);
        }
        m_result.unseen.assign(m_unseen.begin(), m_unseen.end());
        m_result.coverage = std::move(coverage);
        return std::move(m_result);
    }

private:
    [[nodiscard]] bool isTouched(const EvidenceTuple& seen) const {
        if (m_touch.size() == 0) {
            return false;
        }
        if (asksForProducerId(seen)) {
            return true;
        }
        // Where nothing covers a resource, the setting speaks: the first and the last binding there touch everybody.
        return m_before.rules().allowIfNone ? m_touch.isCovered(seen.resourceKind, seen.resource)
                                            : m_touch.isCovered(seen.resourceKind, seen.resource, seen.principal) ||
                                                  m_touch.isCovered(seen.resourceKind, seen.resource, kAnyPrincipal);
    }

    void markSeen(const EvidenceTuple& seen) {
        if (m_unseen.empty() || !seen.granted) {
            return;
        }
        for (const std::string_view principal : {std::string_view(seen.principal), kAnyPrincipal}) {
            for (const auto* binding : m_touch.covering(seen.resourceKind, seen.resource, principal)) {
                if (concerns(*binding, seen.operation) &&
                    (binding->host == kAnyHost || seen.host.empty() || binding->host == seen.host)) {
                    m_unseen.erase(*binding);
                }
            }
        }
    }

    [[nodiscard]] Outcome decide(const EvidenceTuple& seen, std::string_view host, bool dropped) const {
        Outcome outcome;
        outcome.before = decideEvidence(m_before, seen, host, m_nowMs);
        outcome.after = dropped ? AclDecision{} : decideEvidence(m_after, seen, host, m_nowMs);
        outcome.dropped = dropped;
        if (outcome.before.allowed != outcome.after.allowed) {
            outcome.verdict = outcome.before.allowed ? Verdict::Lost : Verdict::Gained;
        }
        return outcome;
    }

    [[nodiscard]] Outcome judge(const EvidenceTuple& seen, bool dropped) const {
        auto outcome = seen.host.empty() ? judgeUnknownHost(seen, dropped) : decide(seen, seen.host, dropped);
        if (outcome.verdict != Verdict::Lost) {
            return outcome;
        }
        if (seen.grade != EvidenceGrade::Observed) {
            outcome.note = "It is inferred, not seen.";
        } else if (!seen.granted) {
            outcome.note = "It was refused when it was seen, and would be allowed today.";
        } else if (seen.resourceKind == ResourceKind::Cluster && seen.operation == Operation::Create && !dropped) {
            outcome.note = "CREATE on the topic itself would do as well.";
        }
        outcome.verdict = outcome.note.empty() ? Verdict::Lost : Verdict::Perhaps;
        return outcome;
    }

    /// For each address that could matter; where they disagree, nothing is sure.
    [[nodiscard]] Outcome judgeUnknownHost(const EvidenceTuple& seen, bool dropped) const {
        auto covering = m_before.covering(seen.resourceKind, seen.resource, seen.principal);
        for (const auto* table : {&m_before, &m_touch}) {
            for (const auto principal : {std::string_view(seen.principal), kAnyPrincipal}) {
                const auto more = table->covering(seen.resourceKind, seen.resource, principal);
                covering.insert(covering.end(), more.begin(), more.end());
            }
        }
        std::optional<Outcome> first, changed;
        bool agree = true;
        for (const auto host : hostsThatMatter(covering)) {
            const auto outcome = decide(seen, host, dropped);
            agree = agree && (!first || first->verdict == outcome.verdict);
            first = first ? first : outcome;
            if (outcome.verdict != Verdict::Same && (!changed || outcome.verdict == Verdict::Lost)) {
                changed = outcome;
            }
        }
        if (!agree && changed) {
            changed->note = "It depends on its address, which isn't known.";
            changed->verdict = Verdict::Perhaps;
            return *changed;
        }
        return *first;
    }

    void tell(const EvidenceTuple& seen, const Outcome& outcome) {
        auto& list = outcome.verdict == Verdict::Lost     ? m_result.lost
                     : outcome.verdict == Verdict::Gained ? m_result.gained
                                                          : m_result.perhaps;
        const EffectKey key{seen.principal,    seen.clientId,   seen.resource, seen.operation,
                            seen.resourceKind, outcome.verdict, seen.grade};
        const auto [at, isNew] = m_places.try_emplace(key, list.size());
        if (isNew) {
            list.push_back({seen.principal, seen.clientId, seen.operation, seen.resourceKind, seen.resource, 0,
                            seen.firstMs, seen.lastMs, seen.grade, decisionWords(outcome.before),
                            outcome.dropped ? "its principal is gone" : decisionWords(outcome.after),
                            std::string(outcome.note)});
        }
        auto& effect = list[at->second];
        effect.count += seen.count;
        effect.firstMs = std::min(effect.firstMs, seen.firstMs);
        effect.lastMs = std::max(effect.lastMs, seen.lastMs);
    }

    const AclTable& m_before;
    const AccessChange& m_change;
    AclTable m_after, m_touch;
    TimestampMs m_nowMs;
    std::set<AclBinding> m_unseen;
    std::unordered_map<EffectKey, std::size_t, EffectHash> m_places; ///< its texts belong to the evidence
    Simulation m_result;
};

} // namespace

Simulation simulate(const AclTable& before, const AccessChange& change, std::span<const EvidenceTuple> evidence,
                    EvidenceCoverage coverage, TimestampMs nowMs) {
    Simulator simulator(before, change, nowMs);
    for (const auto& seen : evidence) {
        simulator.see(seen);
    }
    return std::move(simulator).result(std::move(coverage));
}

} // namespace meshbone::catalog
