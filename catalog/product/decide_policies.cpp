// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"
#include "product/decide_parts.h"
#include "product/field_changes.h"
#include "product/names.h"

#include <catalog/access_names.h>

#include <fmt/format.h>

namespace meshbone::catalog {
namespace {

constexpr std::int64_t kMaxDays = 36'500;
constexpr std::int64_t kMaxApprovers = 10;

std::unexpected<Error> wrong(std::string sentence) {
    return fail(ErrorCode::InvalidArgument, std::move(sentence));
}

Status checkTopicSubject(const std::string& subject) {
    const bool pattern = subject.ends_with('*');
    const std::string name = pattern ? subject.substr(0, subject.size() - 1) : subject;
    return pattern && name.empty() ? Status{} : checkTopicName(name);
}

/// A domain or product may come later; what a policy says of it counts from then on.
Status checkSubject(const Policy& policy) {
    switch (policy.reach) {
    case PolicyReach::Mesh:
        return policy.subject.empty() ? Status{} : wrong("A policy for the whole mesh names nothing in it.");
    case PolicyReach::Domain:
        return checkSlug("domain", policy.subject);
    case PolicyReach::Product:
        return checkSlug("product", policy.subject);
    case PolicyReach::Topic:
        return checkTopicSubject(policy.subject);
    case PolicyReach::Classification:
        return policy.subject == nameOf(Classification::Confidential) ||
                       policy.subject == nameOf(Classification::Restricted)
                   ? Status{}
                   : wrong("A policy for classified topics names 'confidential' or 'restricted'.");
    }
    return {};
}

Status checkTerms(const Policy& policy) {
    const auto within = [](std::int64_t value, std::int64_t most) { return value >= 0 && value <= most; };
    if (!within(policy.people, kMaxApprovers) || !within(policy.maxDays, kMaxDays) ||
        !within(policy.lapseDays, kMaxDays)) {
        return wrong(
            fmt::format("A policy asks for at most {} people and says at most {} days.", kMaxApprovers, kMaxDays));
    }
    const bool whole = policy.reach == PolicyReach::Mesh || policy.subject == "*";
    if (policy.allowsEverything && !whole) {
        return wrong(
            "Only a policy for the whole mesh, or for topic '*', can consent to patterns that match everything.");
    }
    if (policy.approval == Approval::Automatic && (policy.people > 0 || !policy.approvers.empty())) {
        return wrong("A policy that approves by itself asks for nobody.");
    }
    return policy.approval == Approval::Automatic && policy.reach == PolicyReach::Classification
               ? wrong("Classified data is never approved by itself; write the policy for the topic or product.")
               : Status{};
}

} // namespace

Result<Decision> decideOne(const PutPolicy& command, const Case& at) {
    const Policy* old = at.mesh.policies.find(command.policy.id);
    Policy policy = command.policy;
    policy.revision = at.revision;
    if (auto checked = firstError({checkSlug("policy", policy.id), checkName("policy", policy.name),
                                   checkSeen(Kind::Policy, policy.id, at, old ? old->revision : 0),
                                   checkSubject(policy), checkTerms(policy), needAdmin(at, "change policies")});
        !checked) {
        return std::unexpected(checked.error());
    }
    if (!policy.approvers.empty() && at.mesh.teams.find(policy.approvers) == nullptr) {
        return notThere(Kind::Team, policy.approvers);
    }
    auto changes = changesBetween(fieldsOf(old), fieldsOf(&policy));
    return Decision{{std::move(policy)}, std::move(changes)};
}

Result<Decision> decideOne(const RemovePolicy& command, const Case& at) {
    const Policy* old = at.mesh.policies.find(command.id);
    if (old == nullptr) {
        return notThere(Kind::Policy, command.id);
    }
    if (auto checked =
            firstError({checkRevision(Kind::Policy, command.id, at, old->revision), needAdmin(at, "remove policies")});
        !checked) {
        return std::unexpected(checked.error());
    }
    return Decision{{Removed{Kind::Policy, command.id, at.revision}}, changesBetween(fieldsOf(old), {})};
}

} // namespace meshbone::catalog
