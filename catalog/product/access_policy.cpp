// SPDX-License-Identifier: Apache-2.0
#include "product/access_policy.h"

#include "product/access_rights.h"
#include "product/access_scope_rules.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

namespace meshbone::catalog {
namespace {

/// What one pattern of topics covers, as far as the catalog knows.
struct Covered {
    NamePattern pattern;
    std::set<std::string> products, domains;
    std::set<std::string> owners;
    Classification level = Classification::Internal;
    bool known = false; ///< somebody has said something of a topic that it covers
};

Classification levelIn(const Shelf<Classified>& shelf, std::string_view subject) {
    const Classified* found = shelf.find(subject);
    return found == nullptr ? Classification::Internal : found->level;
}

void addProduct(const Mesh& mesh, const std::string& id, Covered& covered) {
    const Product* product = mesh.products.find(id);
    if (product == nullptr) {
        return;
    }
    covered.known = true;
    covered.products.insert(id);
    covered.domains.insert(product->domain);
    covered.owners.insert(product->owner);
    covered.level = std::max(covered.level, levelIn(mesh.productClasses, id));
}

/// The topics of a shelf that a pattern covers: those that begin with its name lie together.
template <class T, class Visit>
void eachCovered(const Shelf<T>& shelf, const NamePattern& pattern, Visit visit) {
    const bool all = isEverything(pattern);
    const auto& items = shelf.items();
    for (auto at = all ? items.begin() : items.lower_bound(pattern.name); at != items.end(); ++at) {
        if (!all && !at->first.starts_with(pattern.name)) {
            break;
        }
        if (backbone::patternCovers(pattern.pattern, pattern.name, at->first)) {
            visit(*at->second);
        }
    }
}

Covered coveredBy(const Mesh& mesh, const NamePattern& pattern) {
    Covered covered{pattern, {}, {}, {}, Classification::Internal, false};
    eachCovered(mesh.outputs, pattern, [&](const std::string& product) { addProduct(mesh, product, covered); });
    eachCovered(mesh.topicClasses, pattern, [&](const Classified& classified) {
        covered.known = true;
        covered.level = std::max(covered.level, classified.level);
    });
    eachCovered(mesh.topics, pattern, [&](const TopicNote&) { covered.known = true; });
    return covered;
}

bool concerns(const Policy& policy, const Covered& covered) {
    switch (policy.reach) {
    case PolicyReach::Mesh:
        return true;
    case PolicyReach::Domain:
        return covered.domains.contains(policy.subject);
    case PolicyReach::Product:
        return covered.products.contains(policy.subject);
    case PolicyReach::Topic:
        return overlap(patternOf(policy.subject), covered.pattern);
    case PolicyReach::Classification:
        return covered.level >= named<Classification>(policy.subject).value_or(Classification::Restricted);
    }
    return false;
}

/// The policies of the whole mesh come first, those of one topic last.
const Policy* narrowest(const std::vector<const Policy*>& policies) {
    const Policy* found = nullptr;
    for (const Policy* policy : policies) {
        if (policy->approval == Approval::Unsaid || policy->reach == PolicyReach::Classification) {
            continue;
        }
        const bool stricter =
            found != nullptr && policy->reach == found->reach && policy->approval == Approval::Required;
        if (found == nullptr || policy->reach > found->reach || stricter) {
            found = policy;
        }
    }
    return found;
}

/// Whether a policy is of all that a pattern covers, names to come included. A product or a domain has topics, not
/// names: of a prefix it can't be.
bool isOfAll(const Policy& policy, const Covered& covered) {
    switch (policy.reach) {
    case PolicyReach::Mesh:
        return true;
    case PolicyReach::Topic:
        return covers(patternOf(policy.subject), covered.pattern);
    case PolicyReach::Domain:
    case PolicyReach::Product:
        return covered.pattern.pattern == backbone::PatternType::Literal && !isEverything(covered.pattern);
    case PolicyReach::Classification:
        return false;
    }
    return false;
}

/// The policy by which nobody need look at a pattern; null: somebody must. What is classified is always looked at, and
/// so is a pattern of which a policy that demands it has a part.
const Policy* automaticFor(const std::vector<const Policy*>& policies, const Covered& covered) {
    const bool isMany = covered.pattern.pattern != backbone::PatternType::Literal || isEverything(covered.pattern);
    const bool isDemanded = std::ranges::any_of(policies, [&](const Policy* policy) {
        return policy->reach == PolicyReach::Classification
                   ? policy->approval == Approval::Required || !policy->approvers.empty() || policy->people > 0
                   : isMany && policy->approval == Approval::Required;
    });
    std::vector<const Policy*> speaking; // without those that are of a part only
    std::ranges::copy_if(policies, std::back_inserter(speaking), [&](const Policy* policy) {
        return policy->approval != Approval::Automatic || isOfAll(*policy, covered);
    });
    const Policy* by = narrowest(speaking);
    const bool isAutomatic = by != nullptr && by->approval == Approval::Automatic;
    return isAutomatic && !isDemanded && covered.level == Classification::Internal ? by : nullptr;
}

bool grantsClusterRights(Role role) {
    return role == Role::ReadOnlyUi || role == Role::MirrorMakerSource || role == Role::MirrorMakerTarget ||
           role == Role::KsqlDb;
}

class Reviewer {
public:
    Reviewer(const Mesh& mesh, const Asked& asked)
        : m_mesh(mesh)
        , m_asked(asked) {}

    AccessReview review() {
        for (const NamePattern& pattern : topicsOpenedBy(m_asked.scope)) {
            lookAt(coveredBy(m_mesh, pattern));
        }
        lookAtWhole();
        lookAtLimits();
        warn();
        return std::move(m_review);
    }

private:
    void need(const std::string& team, std::string why) {
        if (std::ranges::none_of(m_review.needs, [&](const ApprovalNeed& one) { return one.team == team; })) {
            m_review.needs.push_back({team, std::move(why)});
        }
    }

    void lookAt(const Covered& covered) {
        std::vector<const Policy*> policies;
        for (const auto& [id, policy] : m_mesh.policies.items()) {
            if (concerns(*policy, covered)) {
                policies.push_back(policy.get());
                m_policies.insert(policy.get());
            }
        }
        m_review.level = std::max(m_review.level, covered.level);
        m_unknown = m_unknown || !covered.known;
        m_isOfProduct = m_isOfProduct || covered.products.contains(m_asked.product);
        const Policy* automatic = coversInternal(covered.pattern) ? nullptr : automaticFor(policies, covered);
        m_allAutomatic = m_allAutomatic && automatic != nullptr;
        ++m_patterns;
        if (automatic != nullptr) {
            m_review.automaticBy = automatic->id;
            m_automatic.push_back(covered);
            return;
        }
        needOwners(covered);
        for (const Policy* policy : policies) {
            if (!policy->approvers.empty()) {
                need(policy->approvers, fmt::format("asked for by policy '{}'", policy->id));
            }
        }
    }

    void needOwners(const Covered& covered) {
        if (isEverything(covered.pattern)) {
            need({}, "it covers every topic");
            return;
        }
        if (covered.owners.empty()) {
            need({}, fmt::format("nobody owns '{}'", shownPattern(covered.pattern)));
        }
        for (const std::string& product : covered.products) {
            need(ownerOfProduct(m_mesh, product), fmt::format("owner of product '{}'", product));
        }
    }

    /// What the scope says as a whole, beside its topics.
    void lookAtWhole() {
        for (const auto& [id, policy] : m_mesh.policies.items()) {
            const bool product = policy->reach == PolicyReach::Product && policy->subject == m_asked.product;
            if (policy->reach == PolicyReach::Mesh || product) {
                m_policies.insert(policy.get());
            }
        }
        for (const Policy* policy : m_policies) {
            m_review.policies.push_back(policy->id);
            m_review.everythingAllowed = m_review.everythingAllowed || policy->allowsEverything;
            if (policy->people > m_review.people) {
                m_review.people = policy->people;
                m_review.peopleBy = policy->id;
            }
        }
        m_review.everything = matchesEverything(m_asked.scope);
        if (m_review.everything || grantsClusterRights(m_asked.scope.role)) {
            need({}, m_review.everything ? "it matches everything" : "it has rights on the cluster");
        }
        if (m_patterns == 0) {
            need({}, "it names no topic");
        }
        m_review.automatic = m_allAutomatic && m_review.needs.empty();
        if (!m_review.automatic) {
            m_review.automaticBy.clear();
            return;
        }
        for (const Covered& covered : m_automatic) { // who may still decide, on what was asked before the policy
            needOwners(covered);
        }
    }

    void lookAtLimits() {
        m_review.endMs = m_asked.untilMs;
        m_review.endBy = m_asked.untilMs == kNoEnd ? "" : "It was asked for until then.";
        std::int64_t lapseDays = 0;
        for (const Policy* policy : m_policies) {
            const TimestampMs latest = daysLater(m_asked.nowMs, policy->maxDays);
            if (policy->maxDays > 0 && (m_review.endMs == kNoEnd || latest < m_review.endMs)) {
                m_review.endMs = latest;
                m_review.endBy = fmt::format("Policy '{}' allows {} days at most.", policy->id, policy->maxDays);
            }
            if (policy->lapseDays > 0 && (lapseDays == 0 || policy->lapseDays < lapseDays)) {
                lapseDays = policy->lapseDays;
                m_review.lapsesBy = fmt::format("Policy '{}' lets a request wait for {} days.", policy->id, lapseDays);
            }
        }
        if (lapseDays == 0) {
            lapseDays = kDefaultLapseDays;
            m_review.lapsesBy = fmt::format("No policy says how long a request waits, so it is {} days.", lapseDays);
        }
        m_review.lapsesMs = daysLater(m_asked.nowMs, lapseDays);
    }

    void warn() {
        auto& warnings = m_review.warnings;
        warnings = warningsOf(m_asked.scope);
        const Principal* principal = m_mesh.principals.find(m_asked.scope.principal);
        if (principal == nullptr) {
            warnings.push_back(fmt::format("Nobody has said whose principal '{}' is.", m_asked.scope.principal));
        } else if (principal->disabled) {
            warnings.push_back(fmt::format("The principal '{}' is disabled; nothing it is granted is in force.",
                                           m_asked.scope.principal));
        }
        if (!m_asked.product.empty() && m_mesh.products.find(m_asked.product) == nullptr) {
            warnings.push_back(fmt::format("There is no product '{}'; it may be there later.", m_asked.product));
        } else if (!m_asked.product.empty() && !m_isOfProduct) {
            warnings.push_back(fmt::format("The product '{}' offers none of it.", m_asked.product));
        }
        if (m_unknown) {
            warnings.emplace_back("The catalog doesn't know every topic that is asked for; it may not be there yet.");
        }
        if (m_review.everything && !m_review.everythingAllowed) {
            warnings.emplace_back("It matches everything, and no policy consents to that.");
        }
    }

    struct ById {
        bool operator()(const Policy* one, const Policy* other) const { return one->id < other->id; }
    };
    const Mesh& m_mesh;
    const Asked& m_asked;
    AccessReview m_review;
    std::set<const Policy*, ById> m_policies;
    std::vector<Covered> m_automatic; ///< what a policy approves by itself
    bool m_allAutomatic = true, m_unknown = false;
    bool m_isOfProduct = false; ///< something of it is offered by the product that was named
    std::size_t m_patterns = 0;
};

} // namespace

AccessReview reviewOf(const Mesh& mesh, const Asked& asked) {
    return Reviewer(mesh, asked).review();
}

TimestampMs daysLater(TimestampMs fromMs, std::int64_t days) {
    constexpr TimestampMs kDayMs = 86'400'000;
    constexpr TimestampMs kLatest = std::numeric_limits<TimestampMs>::max();
    return days > (kLatest - fromMs) / kDayMs ? kLatest : fromMs + days * kDayMs;
}

} // namespace meshbone::catalog
