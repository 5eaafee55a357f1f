// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access_plan.h>

namespace meshbone::catalog {

// "May they, and why?", by the same table and decision that the broker asks. Pure functions, from any threads at once.
// Access control lists don't show super users: an answer about all of a mesh says so (`kSuperUsersUnseen`).

inline constexpr std::string_view kSuperUsersUnseen =
    "Super users may do everything and stand in no access control list; who they are is in the broker's configuration.";

/// What a policy had to say about a grant: "limited its end".
struct PolicyPart {
    std::string policy, part;
    friend bool operator==(const PolicyPart&, const PolicyPart&) = default;
};
using DecidingPolicies = std::map<std::string, std::vector<PolicyPart>>; ///< by grant id

/// What is known beside the bindings. The pointers may be null: then nothing is told of grants, or of policies.
struct AccessFacts {
    const backbone::AclTable& table;
    const Wanted* wanted = nullptr;
    const std::map<std::string, std::string>* policyOfGrant = nullptr; ///< grant id to the policy that allowed it
    TimestampMs nowMs = -1;                     ///< for bindings with an end; -1: ends don't count
    const DecidingPolicies* deciding = nullptr; ///< who had to agree by which policy, and which limited the end
    const Wanted* suspended = nullptr;          ///< what grants want that are out of force: their principal is disabled
};

/// What a client does, as one thing: it reads topics in a group, writes others, perhaps in transactions.
struct ClientAction {
    std::string principal;
    std::string host; ///< textual IP address; empty: an address that no binding names
    std::vector<std::string> reads, writes;
    std::string group;           ///< empty: none; reads by assigned partitions
    std::string transactionalId; ///< empty: none
};

/// One right that the broker asks for on the way.
struct AccessCheck {
    std::int16_t apiKey = 0;
    std::string_view api; ///< "OffsetCommit"
    backbone::Operation operation = backbone::Operation::Read;
    backbone::ResourceKind resourceKind = backbone::ResourceKind::Topic;
    std::string resource;
    bool allowed = false;
    std::optional<backbone::AclBinding> by; ///< what decided it, where a binding did
    std::vector<std::string> grants;        ///< that want the deciding binding
    std::vector<std::string> policies;      ///< under which they were agreed; sorted, none twice
    std::vector<std::string> suspended; ///< of one that is refused: grants that would allow it, were it not disabled
    std::int16_t refusedCode = 0;       ///< Kafka's error code where it is refused
    std::string why;                    ///< a sentence
};
struct Explanation {
    bool allowed = false;            ///< every check is: a client that is refused one of them doesn't work
    std::vector<AccessCheck> checks; ///< in the order in which a client meets them
    std::string verdict;             ///< a sentence; names the first check that refuses
};
Explanation explain(const AccessFacts& facts, const ClientAction& action);

/// "allowed by ALLOW READ on topic 't' for User:a", "nothing allows it"; the end of a sentence.
std::string decisionWords(const backbone::AclDecision& decision);

/// Somebody who may, from where, and by what. The bindings belong to the table.
struct WhoMay {
    std::string_view principal; ///< "User:*": everybody, but `exceptPrincipals`
    std::string_view host;      ///< "*": anywhere, but `exceptHosts`
    std::vector<const backbone::AclBinding*> by;
    std::vector<std::string_view> exceptPrincipals, exceptHosts; ///< denied; sorted
    /// Denies DESCRIBE, so that clients are shut out though the operation itself is allowed; null: nothing does.
    const backbone::AclBinding* shutOutBy = nullptr;
};
struct WhoMayAnswer {
    std::vector<WhoMay> rows;        ///< sorted by principal, then host
    bool everybodyBySetting = false; ///< no binding covers it, and the broker then allows everybody
};
/// Who may do this to the resource, through names, prefixes, wildcards and User:*, less who is denied.
WhoMayAnswer whoMay(const backbone::AclTable& table, backbone::Operation operation, backbone::ResourceKind kind,
                    std::string_view resource);

/// A topic on which a principal may do something, and by what.
struct ReachedTopic {
    std::string_view topic;
    const backbone::AclBinding* by = nullptr; ///< null: a super user, or the broker's setting
};
/// On which of the topics may the principal do this? Empty host: as in ClientAction.
std::vector<ReachedTopic> topicsOf(const AccessFacts& facts, std::string_view principal, std::string_view host,
                                   backbone::Operation operation, std::span<const std::string> topics);

/// What a pattern covers now and will cover.
struct PatternCoverage {
    std::vector<std::string_view> now;      ///< of the topics, in their order
    std::vector<std::string_view> internal; ///< those of them that belong to Kafka, Meshbone or a registry
    bool isOpenEnded = false;               ///< names to come will be covered as well
    std::string words;                      ///< a sentence
};
PatternCoverage coverageOf(backbone::PatternType pattern, std::string_view name, std::span<const std::string> topics);
/// Kafka's own topics (__…), Meshbone's (_meshbone.…) and the Schema Registry's.
bool isInternalTopicName(std::string_view topic);

} // namespace meshbone::catalog
