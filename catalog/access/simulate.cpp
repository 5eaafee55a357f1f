// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_simulate.h>

#include "access/decide_both.h"
#include "access/hosts.h"

#include <algorithm>
#include <unordered_map>

namespace meshbone::catalog {
namespace {

using namespace backbone;

enum class Verdict : std::uint8_t { Same, Lost, Gained, Perhaps };

struct Outcome {
    Verdict verdict = Verdict::Same;
    BothDecisions::Answer answer;
    std::string_view host; ///< by which it was decided
    bool dropped = false;
    std::string_view note;
};

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
        : m_change(change)
        , m_both(before, change, nowMs) {
        const auto watch = [&](const std::vector<AclBinding>& list, Permission permission) {
            for (const auto& binding : list) {
                if (binding.permission == permission) {
                    m_unseen.add(binding);
                }
            }
        };
        watch(change.remove, Permission::Allow);
        watch(change.add, Permission::Deny);
    }

    void see(const EvidenceTuple& seen) {
        const bool dropped = !m_change.dropPrincipals.empty() && m_change.dropPrincipals.contains(seen.principal);
        if (seen.internal || (!dropped && !m_both.isTouched(seen))) {
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
        for (const auto& [binding, untilMs] : m_unseen.bindings()) {
            m_result.unseen.push_back(binding);
        }
        m_result.coverage = std::move(coverage);
        return std::move(m_result);
    }

private:
    void markSeen(const EvidenceTuple& seen) {
        if (m_unseen.size() == 0 || !seen.granted) {
            return;
        }
        const AclRequest asked{seen.principal, seen.host, seen.operation, seen.resourceKind, seen.resource};
        while (const auto* binding = m_unseen.decide(asked).by) {
            m_unseen.remove(AclBinding(*binding));
        }
        if (seen.host.empty()) {
            markSeenAnywhere(seen);
        }
    }

    void markSeenAnywhere(const EvidenceTuple& seen) {
        for (const std::string_view principal : {std::string_view(seen.principal), kAnyPrincipal}) {
            for (const auto* binding : m_unseen.covering(seen.resourceKind, seen.resource, principal)) {
                if (concerns(*binding, seen.operation)) {
                    m_unseen.remove(AclBinding(*binding));
                }
            }
        }
    }

    Outcome decide(const EvidenceTuple& seen, std::string_view host, bool dropped) {
        Outcome outcome{Verdict::Same, m_both.decide(seen, host), host, dropped, {}};
        const bool will = !dropped && outcome.answer.after.allowed;
        if (outcome.answer.before.allowed != will) {
            outcome.verdict = will ? Verdict::Gained : Verdict::Lost;
        }
        return outcome;
    }

    Outcome judge(const EvidenceTuple& seen, bool dropped) {
        auto outcome = seen.host.empty() ? judgeUnknownHost(seen, dropped) : decide(seen, seen.host, dropped);
        if (outcome.verdict != Verdict::Lost) {
            return outcome;
        }
        if (seen.grade != EvidenceGrade::Observed) {
            outcome.note = "It is inferred, not seen.";
        } else if (!seen.granted) {
            outcome.note = "It was refused when it was seen, and would be allowed today.";
        } else if (seen.unsure > 0 && seen.unsure == seen.count) {
            outcome.note = "All of it may have been outside the period.";
        } else if (seen.resourceKind == ResourceKind::Cluster && seen.operation == Operation::Create && !dropped) {
            outcome.note = "CREATE on the topic itself would do as well.";
        }
        outcome.verdict = outcome.note.empty() ? Verdict::Lost : Verdict::Perhaps;
        return outcome;
    }

    /// For each address that could matter; where they disagree, nothing is sure.
    Outcome judgeUnknownHost(const EvidenceTuple& seen, bool dropped) {
        std::vector<const AclBinding*> covering;
        for (const auto* table : {&m_both.before(), &m_both.touch()}) {
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

    void tell(const EvidenceTuple& seen, Outcome outcome) {
        auto& list = outcome.verdict == Verdict::Lost     ? m_result.lost
                     : outcome.verdict == Verdict::Gained ? m_result.gained
                                                          : m_result.perhaps;
        const EffectKey key{seen.principal,    seen.clientId,   seen.resource, seen.operation,
                            seen.resourceKind, outcome.verdict, seen.grade};
        const auto [at, isNew] = m_places.try_emplace(key, list.size());
        if (isNew) {
            m_both.tellWhy(seen, outcome.host, outcome.answer);
            list.push_back({seen.principal, seen.clientId, seen.operation, seen.resourceKind, seen.resource, 0,
                            seen.firstMs, seen.lastMs, seen.grade, decisionWords(outcome.answer.before),
                            outcome.dropped ? "its principal is gone" : decisionWords(outcome.answer.after),
                            std::string(outcome.note), 0});
        }
        auto& effect = list[at->second];
        effect.count += seen.count;
        effect.unsure += seen.unsure;
        effect.firstMs = std::min(effect.firstMs, seen.firstMs);
        effect.lastMs = std::max(effect.lastMs, seen.lastMs);
    }

    const AccessChange& m_change;
    BothDecisions m_both;
    AclTable m_unseen; ///< of the change, what no evidence has met so far; a decision by one of them is a meeting
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
