// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_explain.h>

#include "access/hosts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace meshbone::catalog {
namespace {

using namespace backbone;
using enum Operation;

/// What of an action a row of the table is about, and what the action must have for the row to be met.
enum class Subject : std::uint8_t { Reads, Writes, Group, Transaction, Idempotent };
enum Wants : unsigned { None = 0, WithGroup = 1, WithTransaction = 2, WithoutTransaction = 4, WithWrites = 8 };

struct Row {
    std::int16_t apiKey;
    std::string_view api;
    Operation operation;
    Subject subject;
    unsigned needs = None;
};

// In the order in which a client meets them. Subjects that the action doesn't have are passed over.
constexpr std::array kRows{
    Row{3, "Metadata", Describe, Subject::Reads},
    Row{3, "Metadata", Describe, Subject::Writes},
    Row{10, "FindCoordinator", Describe, Subject::Group},
    Row{11, "JoinGroup", Read, Subject::Group},
    Row{14, "SyncGroup", Read, Subject::Group},
    Row{12, "Heartbeat", Read, Subject::Group},
    Row{9, "OffsetFetch", Describe, Subject::Group},
    Row{9, "OffsetFetch", Describe, Subject::Reads, WithGroup},
    Row{2, "ListOffsets", Describe, Subject::Reads},
    Row{1, "Fetch", Read, Subject::Reads},
    Row{8, "OffsetCommit", Read, Subject::Group, WithoutTransaction},
    Row{8, "OffsetCommit", Read, Subject::Reads, WithGroup | WithoutTransaction},
    Row{10, "FindCoordinator", Describe, Subject::Transaction},
    Row{22, "InitProducerId", Write, Subject::Transaction},
    Row{22, "InitProducerId", IdempotentWrite, Subject::Idempotent, WithWrites | WithoutTransaction},
    Row{24, "AddPartitionsToTxn", Write, Subject::Transaction, WithWrites},
    Row{24, "AddPartitionsToTxn", Write, Subject::Writes, WithTransaction},
    Row{0, "Produce", Write, Subject::Transaction, WithWrites},
    Row{0, "Produce", Write, Subject::Writes},
    Row{25, "AddOffsetsToTxn", Write, Subject::Transaction, WithGroup},
    Row{25, "AddOffsetsToTxn", Read, Subject::Group, WithTransaction},
    Row{28, "TxnOffsetCommit", Write, Subject::Transaction, WithGroup},
    Row{28, "TxnOffsetCommit", Read, Subject::Group, WithTransaction},
    Row{28, "TxnOffsetCommit", Read, Subject::Reads, WithGroup | WithTransaction},
    Row{26, "EndTxn", Write, Subject::Transaction},
};

bool isMet(const Row& row, const ClientAction& action) {
    return (!(row.needs & WithGroup) || !action.group.empty()) &&
           (!(row.needs & WithTransaction) || !action.transactionalId.empty()) &&
           (!(row.needs & WithoutTransaction) || action.transactionalId.empty()) &&
           (!(row.needs & WithWrites) || !action.writes.empty());
}

std::vector<std::string> namesOf(const Row& row, const ClientAction& action) {
    const auto given = [](const std::string& name) {
        return name.empty() ? std::vector<std::string>() : std::vector{name};
    };
    switch (row.subject) {
    case Subject::Reads:
        return action.reads;
    case Subject::Writes:
        return action.writes;
    case Subject::Group:
        return given(action.group);
    case Subject::Transaction:
        return given(action.transactionalId);
    case Subject::Idempotent:
        return {std::string(kClusterName)};
    }
    return {};
}

ResourceKind kindOf(Subject subject) {
    switch (subject) {
    case Subject::Group:
        return ResourceKind::Group;
    case Subject::Transaction:
        return ResourceKind::TransactionalId;
    case Subject::Idempotent:
        return ResourceKind::Cluster;
    default:
        return ResourceKind::Topic;
    }
}

std::int16_t refusalOf(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::Group:
        return 30;
    case ResourceKind::Cluster:
        return 31;
    case ResourceKind::TransactionalId:
        return 53;
    default:
        return 29;
    }
}

std::string_view wordOf(ResourceKind kind) {
    switch (kind) {
    case ResourceKind::Group:
        return "group";
    case ResourceKind::TransactionalId:
        return "transactional id";
    default:
        return "topic";
    }
}

const std::vector<PolicyPart> kNoParts;

class Explainer {
public:
    Explainer(const AccessFacts& facts, const ClientAction& action)
        : m_facts(facts)
        , m_action(action)
        , m_host(action.host.empty() ? kSomewhere : std::string_view(action.host)) {
        if (facts.suspended == nullptr) {
            return;
        }
        for (const auto& [binding, by] : *facts.suspended) {
            if (binding.principal == action.principal) {
                m_suspended.add(binding);
            }
        }
    }

    AccessCheck check(const Row& row, const std::string& resource) const {
        AccessCheck check{row.apiKey, row.api, row.operation, kindOf(row.subject), resource, false, {}, {}, {}, {},
                          0,          {}};
        auto decision = decide(row.operation, check.resourceKind, resource);
        std::string_view instead;
        if (row.subject == Subject::Idempotent && !decision.allowed) {
            decision = byWritingAnything(decision);
            instead = decision.allowed ? "WRITE on any topic is enough: " : "";
        }
        check.allowed = decision.allowed;
        if (decision.by != nullptr) {
            check.by = *decision.by;
            tellGrants(check);
        }
        if (!check.allowed) {
            tellSuspended(row, check);
        }
        check.refusedCode = check.allowed ? std::int16_t(0) : refusalOf(check.resourceKind);
        check.why = sentence(check, fmt::format("{}{}", instead, decisionWords(decision)));
        return check;
    }

private:
    [[nodiscard]] AclDecision decide(Operation operation, ResourceKind kind, std::string_view resource) const {
        return m_facts.table.decide({m_action.principal, m_host, operation, kind, resource}, m_facts.nowMs);
    }

    /// From 2.8 on who may write to some topic may be idempotent.
    [[nodiscard]] AclDecision byWritingAnything(const AclDecision& refused) const {
        for (const auto& topic : m_action.writes) {
            if (const auto decision = decide(Write, ResourceKind::Topic, topic); decision.allowed) {
                return decision;
            }
        }
        const bool some =
            m_facts.table.allowedOnSome(m_action.principal, m_host, Write, ResourceKind::Topic, m_facts.nowMs);
        return some ? AclDecision{true, AclDecision::Reason::Allowed, nullptr} : refused;
    }

    void tellGrants(AccessCheck& check) const {
        if (m_facts.wanted == nullptr) {
            return;
        }
        if (const auto wanted = m_facts.wanted->find(*check.by); wanted != m_facts.wanted->end()) {
            check.grants = wanted->second.grants;
        }
        std::set<std::string> policies;
        for (const auto& grant : check.grants) {
            if (m_facts.policyOfGrant != nullptr && m_facts.policyOfGrant->contains(grant)) {
                policies.insert(m_facts.policyOfGrant->at(grant));
            }
        }
        for (const PolicyPart& one : partsOf(check)) {
            policies.insert(one.policy);
        }
        check.policies.assign(policies.begin(), policies.end());
    }

    /// Grants that would allow it, were their principal not disabled.
    void tellSuspended(const Row& row, AccessCheck& check) const {
        std::vector<std::pair<ResourceKind, std::string>> asked{{check.resourceKind, check.resource}};
        if (row.subject == Subject::Idempotent) {
            for (const auto& topic : m_action.writes) {
                asked.emplace_back(ResourceKind::Topic, topic);
            }
        }
        for (const auto& [kind, resource] : asked) {
            const auto operation = kind == check.resourceKind ? check.operation : Write;
            const auto would = m_suspended.decide({m_action.principal, m_host, operation, kind, resource});
            if (would.by != nullptr) {
                check.suspended = m_facts.suspended->at(*would.by).grants;
                return;
            }
        }
    }

    [[nodiscard]] std::vector<PolicyPart> partsOf(const AccessCheck& check) const {
        std::vector<PolicyPart> parts;
        if (m_facts.deciding == nullptr) {
            return parts;
        }
        for (const auto& grant : check.grants) {
            const auto found = m_facts.deciding->find(grant);
            for (const PolicyPart& one : found == m_facts.deciding->end() ? kNoParts : found->second) {
                if (std::ranges::find(parts, one) == parts.end()) {
                    parts.push_back(one);
                }
            }
        }
        return parts;
    }

    [[nodiscard]] std::string sentence(const AccessCheck& check, std::string_view why) const {
        const auto on = check.resourceKind == ResourceKind::Cluster
                            ? std::string("the cluster")
                            : fmt::format("{} '{}'", wordOf(check.resourceKind), check.resource);
        auto text = fmt::format("{} asks for {} on {}: {}", check.api, name(check.operation), on, why);
        if (!check.grants.empty()) {
            text += fmt::format(", of grant {}", fmt::join(check.grants, ", "));
        }
        if (!check.suspended.empty()) {
            text += fmt::format("; the grant {} would allow it, but is suspended since {} is disabled",
                                fmt::join(check.suspended, ", "), m_action.principal);
        }
        if (!check.policies.empty()) {
            text += fmt::format(" under policy {}", fmt::join(check.policies, ", "));
        }
        std::string parts;
        for (const PolicyPart& one : partsOf(check)) {
            parts += fmt::format("{}{} {}", parts.empty() ? "" : "; ", one.policy, one.part);
        }
        text += parts.empty() ? parts : " (" + parts + ")";
        return text + ".";
    }

    const AccessFacts& m_facts;
    const ClientAction& m_action;
    std::string_view m_host;
    AclTable m_suspended; ///< what the principal's suspended grants want
};

} // namespace

std::string decisionWords(const AclDecision& decision) {
    using Reason = AclDecision::Reason;
    switch (decision.reason) {
    case Reason::SuperUser:
        return "allowed, since it is a super user";
    case Reason::NoneForIt:
        return fmt::format("no access control list covers it, and the broker then {} everybody",
                           decision.allowed ? "allows" : "refuses");
    case Reason::Denied:
        return fmt::format("denied by {}", describe(*decision.by));
    case Reason::Allowed:
        return decision.by == nullptr ? "allowed" : fmt::format("allowed by {}", describe(*decision.by));
    case Reason::NothingAllows:
        break;
    }
    return "nothing allows it";
}

Explanation explain(const AccessFacts& facts, const ClientAction& action) {
    const Explainer explainer(facts, action);
    Explanation explanation;
    for (const auto& row : kRows) {
        if (!isMet(row, action)) {
            continue;
        }
        for (const auto& resource : namesOf(row, action)) {
            explanation.checks.push_back(explainer.check(row, resource));
        }
    }
    const auto refused = std::ranges::find(explanation.checks, false, &AccessCheck::allowed);
    explanation.allowed = refused == explanation.checks.end() && !explanation.checks.empty();
    explanation.verdict = explanation.allowed          ? fmt::format("{} may.", action.principal)
                          : explanation.checks.empty() ? std::string("Nothing is asked: name a topic.")
                                                       : fmt::format("{} may not: {}", action.principal, refused->why);
    return explanation;
}

} // namespace meshbone::catalog
