// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_explain.h>
#include <catalog/access_scope.h>
#include <catalog/request_counts.h>

namespace meshbone::catalog {

// What a change of access would do to requests that were seen, and to what may be done at all. Evidence is handed in as
// plain values; nothing here knows where it comes from. Pure functions, from any threads at once.

/// Bindings to take away and to add, and principals that will no longer be known at all.
struct AccessChange {
    std::vector<backbone::AclBinding> remove, add;
    std::set<std::string, std::less<>> dropPrincipals;
};
/// The table as it would be. Takes as long as indexing all its bindings.
backbone::AclTable tableAfter(const backbone::AclTable& before, const AccessChange& change);
/// What ends with a grant: its bindings that no other grant wants.
std::vector<backbone::AclBinding> endingWith(const Wanted& wanted, std::string_view grant);
/// What changes when a grant's scope becomes a narrower one: those of its bindings go that neither the narrower scope
/// nor another grant wants, and what only the narrower one wants comes. Fails with InvalidArgument where it isn't
/// whole, allows anything that the grant doesn't, or changes nothing.
Result<AccessChange> narrowing(const Wanted& wanted, std::string_view grant, const AccessScope& before,
                               const AccessScope& after);

/// How good evidence is. Observed: a broker decided the request. Inferred: a group has a member, so somebody reads.
enum class EvidenceGrade : std::uint8_t { Observed, Inferred, None };

/// Requests that were alike.
struct EvidenceTuple {
    std::string principal, host; ///< host empty: not known
    std::string clientId;
    std::int16_t apiKey = 0;
    backbone::Operation operation = backbone::Operation::Read;
    backbone::ResourceKind resourceKind = backbone::ResourceKind::Topic;
    std::string resource;
    bool granted = true; ///< when it was seen
    std::int64_t count = 0;
    TimestampMs firstMs = -1, lastMs = -1;
    EvidenceGrade grade = EvidenceGrade::Observed;
    bool internal = false;   ///< of our own probes and clients, which prove nothing
    RequestCounts counts;    ///< when the requests were; what isn't in it was between the first and the last
    std::int64_t unsure = 0; ///< of `count`: those that may have been outside the period that it is of
};

/// What the evidence spans: no verdict is better than this.
struct EvidenceCoverage {
    TimestampMs fromMs = -1, toMs = -1;
    std::vector<std::string> observers;
    std::vector<std::pair<TimestampMs, TimestampMs>> gaps; ///< when nobody watched
};

/// What would become of requests of one client for one thing.
struct SimulatedEffect {
    std::string principal, clientId;
    backbone::Operation operation = backbone::Operation::Read;
    backbone::ResourceKind resourceKind = backbone::ResourceKind::Topic;
    std::string resource;
    std::int64_t count = 0; ///< requests seen
    TimestampMs firstMs = -1, lastMs = -1;
    EvidenceGrade grade = EvidenceGrade::Observed;
    std::string before, after; ///< both decisions, in words
    std::string note;          ///< of Perhaps: why it isn't sure
    std::int64_t unsure = 0;   ///< of `count`: those that may have been outside the period
};

struct Simulation {
    std::vector<SimulatedEffect> lost;    ///< seen, allowed now, refused then; most requests first, as in the others
    std::vector<SimulatedEffect> gained;  ///< seen, refused now, allowed then
    std::vector<SimulatedEffect> perhaps; ///< would be lost, as far as weaker evidence tells
    /// Of the change: ALLOWs to go and DENYs to come that no evidence speaks of. Nobody was seen, which isn't nobody.
    std::vector<backbone::AclBinding> unseen;
    EvidenceCoverage coverage; ///< as it was handed in
    std::size_t decided = 0;   ///< tuples whose decision the change could touch
};
/// Decides the evidence by the table as it is and as it would be.
Simulation simulate(const backbone::AclTable& before, const AccessChange& change,
                    std::span<const EvidenceTuple> evidence, EvidenceCoverage coverage, TimestampMs nowMs);

/// What somebody may do before a change and not after it, or the other way round, whether or not anybody did.
struct ReachChange {
    std::string principal;
    std::string host; ///< "*": anywhere that no binding names
    backbone::ResourceKind resourceKind = backbone::ResourceKind::Topic;
    std::string resource;
    std::vector<backbone::Operation> operations;
    friend bool operator==(const ReachChange&, const ReachChange&) = default;
};
struct Reach {
    std::vector<ReachChange> lost, gained;
};
/// Who would stop, and who would begin: over the topics there are and the other names that bindings of the change spell
/// out. What a prefix reaches besides topics is told under the prefix. `principals`: whom User:* stands for.
Reach reachAfter(const backbone::AclTable& before, const AccessChange& change, std::span<const std::string> topics,
                 std::span<const std::string> principals, TimestampMs nowMs);

/// The same with the table after the change at hand, for several questions about one change.
Reach reachBetween(const backbone::AclTable& before, const backbone::AclTable& after, const AccessChange& change,
                   std::span<const std::string> topics, std::span<const std::string> principals, TimestampMs nowMs);

} // namespace meshbone::catalog
