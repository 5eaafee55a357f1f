// SPDX-License-Identifier: Apache-2.0
#include <catalog/access_survey.h>

#include "survey/deciding.h"

#include <algorithm>

namespace meshbone::catalog {
namespace {

using Since = std::map<std::string, TimestampMs, std::less<>>;
using Names = std::set<std::string, std::less<>>;

constexpr std::size_t kEntriesOfPage = 10'000;
constexpr std::size_t kMostPages = 20; ///< older acts than those tell nothing that matters any more

/// When an act was last done to each subject, as the ledger tells.
Since lastActs(const Catalog& catalog, const std::string& act) {
    Since since;
    LedgerQuery query;
    query.act = act;
    query.limit = kEntriesOfPage;
    for (std::size_t page = 0; page < kMostPages; ++page) {
        const auto found = catalog.entries(query);
        if (!found) {
            break; // what the ledger doesn't tell isn't concluded from
        }
        for (const auto& entry : found->entries) { // newest first
            if (entry.accepted) {
                since.emplace(entry.subject, entry.timeMs);
            }
        }
        query.offset += found->entries.size();
        if (found->entries.size() < query.limit) {
            break;
        }
    }
    return since;
}

/// What is gone, and since when: of a principal that was removed and whose user was, the later.
struct Gone {
    explicit Gone(const Catalog& catalog)
        : topics(lastActs(catalog, "topic.deleted"))
        , principals(lastActs(catalog, "principal.remove")) {
        for (const auto& [principal, atMs] : lastActs(catalog, "user.removed")) {
            auto& known = principals.emplace(principal, atMs).first->second;
            known = std::max(known, atMs);
        }
    }
    Since topics, principals;
};

/// That were there once, as the ledger tells. Those that are there again do no harm.
void noteKnownOnce(const Catalog& catalog, const Gone& gone, DriftContext& context) {
    for (const auto& [topic, atMs] : gone.topics) {
        context.deletedTopics.insert(topic);
    }
    for (const auto& [principal, atMs] : gone.principals) {
        context.removedPrincipals.insert(principal);
    }
    for (const auto& [principal, atMs] : lastActs(catalog, "user.password")) {
        context.removedPrincipals.insert(principal); // whoever removed it since
    }
}

std::optional<Names> existingTopics(backbone::Admin& admin, const CallOptions& call,
                                    std::vector<std::string>& unknown) {
    const auto topics = admin.topics(call);
    if (!topics) {
        unknown.push_back("Which topics there are couldn't be read. " + topics.error().message);
        return std::nullopt;
    }
    Names names;
    for (const auto& topic : *topics) {
        names.insert(topic.name);
    }
    return names;
}

std::optional<Names> existingPrincipals(const Catalog& catalog, backbone::AccessAdmin& access,
                                        const SurveyOptions& options, const Since& removed, const ActualAcls& actual,
                                        const CallOptions& call, std::vector<std::string>& unknown) {
    const auto users = access.users(call);
    if (!users) {
        unknown.push_back("Which users there are couldn't be read. " + users.error().message);
        return std::nullopt;
    }
    Names names;
    for (const auto& user : *users) {
        names.insert("User:" + user.user);
    }
    for (const auto& principal : catalog.principals()) {
        names.insert(principal.principal);
    }
    names.insert(options.guard.actor);
    names.insert(options.rules.superUsers.begin(), options.rules.superUsers.end());
    if (!options.knowsEveryPrincipal) {
        for (const auto& binding : actual.bindings()) {
            if (!removed.contains(binding.principal)) {
                names.insert(binding.principal);
            }
        }
    }
    return names;
}

void noteSince(std::map<backbone::AclBinding, TimestampMs>& since, const backbone::AclBinding& binding,
               const Since& gone, const std::string& name, const std::optional<Names>& existing) {
    const auto at = gone.find(name);
    if (at == gone.end() || !existing || existing->contains(name)) {
        return;
    }
    const auto [known, isNew] = since.emplace(binding, at->second);
    known->second = std::min(known->second, at->second);
}

/// The ledger knows since when a topic or a principal is gone, however long nobody looked.
void noteOrphans(const ActualAcls& actual, const Gone& gone, DriftContext& context) {
    auto& since = context.history.orphanedSinceMs;
    for (const auto& binding : actual.bindings()) {
        if (binding.resourceKind == backbone::ResourceKind::Topic &&
            binding.pattern == backbone::PatternType::Literal) {
            noteSince(since, binding, gone.topics, binding.resource, context.topics);
        }
        noteSince(since, binding, gone.principals, binding.principal, context.principals);
    }
}

/// What others changed back, as the ledger tells.
void noteReturns(const Catalog& catalog, const AccessSurvey& survey, DriftContext& context) {
    for (const auto& one : catalog.bindingReturns()) {
        const auto returns = returnsOf(one, survey.agreed.wanted.contains(one.binding),
                                       survey.actual->contains(one.binding), context.nowMs);
        if (returns > 0) {
            context.history.returns[one.binding] = static_cast<int>(returns);
            context.history.returnedMs[one.binding] = one.lastMs;
        }
    }
}

Result<ActualAcls> readAcls(const Catalog& catalog, backbone::AccessAdmin& access, const SurveyOptions& options,
                            const CallOptions& call) {
    if (catalog.status().mode == CatalogMode::CatchingUp) {
        return fail(ErrorCode::Unavailable, "The ledger is still being read; what is agreed isn't known yet.");
    }
    return ActualAcls::from(access.acls({}, call), options.nowMs, options.rules);
}

} // namespace

AccessSurvey surveyAccess(const Catalog& catalog, backbone::AccessAdmin& access, backbone::Admin& admin,
                          SurveyOptions options, const CallOptions& call) {
    // What is there is read first: what is agreed meanwhile shows as missing for a moment, never as unmanaged.
    auto actual = readAcls(catalog, access, options, call);
    AccessSurvey survey{std::move(actual), catalog.grants(), catalog.bindingRecords(), {}, {}, options.guard, {}};
    survey.agreed = agreedAt(survey.grants, survey.records, options.nowMs);
    survey.agreed.deciding = decidingPolicies(catalog, survey.grants, lastActs(catalog, "policy.put"), options.nowMs);
    auto& context = survey.context;
    context.nowMs = options.nowMs;
    context.ignoredUntilMs = survey.agreed.ignoredUntilMs;
    if (!survey.actual) {
        return survey;
    }
    const Gone gone(catalog);
    context.topics = existingTopics(admin, call, survey.unknown);
    context.principals =
        existingPrincipals(catalog, access, options, gone.principals, *survey.actual, call, survey.unknown);
    noteKnownOnce(catalog, gone, context);
    context.history.orphanedSinceMs = std::move(options.orphanedSinceMs);
    noteOrphans(*survey.actual, gone, context);
    noteReturns(catalog, survey, context);
    for (const auto& binding : options.flapping) {
        context.history.returns[binding] = kFlappingFrom;
    }
    return survey;
}

Result<std::vector<DriftFinding>> driftOf(const AccessSurvey& survey) {
    if (!survey.actual) {
        return std::unexpected(survey.actual.error());
    }
    return driftOf(*survey.actual, survey.agreed.wanted, survey.agreed.own, survey.context);
}

Result<AclPlan> planOf(const AccessSurvey& survey) {
    if (!survey.actual) {
        return std::unexpected(survey.actual.error());
    }
    return planOf(survey.agreed.wanted, *survey.actual, survey.agreed.own, flappingOf(survey.context.history));
}

PlanGuard guardOf(const backbone::Profile& profile) {
    return {"User:" + (profile.user.empty() ? std::string("ANONYMOUS") : profile.user), {}, "_meshbone.ledger"};
}

} // namespace meshbone::catalog
