// SPDX-License-Identifier: Apache-2.0
#include "access/standing_access.h"

#include "access/access_words.h"

#include <catalog/access_presets.h>

#include <backbone/backbone.h>

#include <QCoreApplication>

#include <algorithm>
#include <ranges>
#include <set>

namespace meshbone::ui {

namespace {

constexpr std::chrono::seconds kTimeout{10};

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("StandingAccess", text, nullptr, n);
}

bool isAlone(const catalog::AccessScope& scope, const std::string& topic) {
    const auto isIt = [&](const catalog::NamePattern& pattern) { return pattern == catalog::NamePattern{topic}; };
    return std::ranges::all_of(scope.reads, isIt) && std::ranges::all_of(scope.writes, isIt);
}

std::vector<catalog::Grant> grantsOn(const CatalogView& catalog, const std::string& topic) {
    std::vector<catalog::Grant> grants;
    std::ranges::copy_if(catalog.access.grants, std::back_inserter(grants), [&](const catalog::Grant& grant) {
        return grant.inForceAt(nowMs()) && catalog::coversTopic(grant.scope, topic);
    });
    return grants;
}

std::set<backbone::AclBinding> wantedBy(const std::vector<catalog::Grant>& grants) {
    std::set<backbone::AclBinding> wanted;
    for (const auto& grant : grants) {
        for (auto& binding : catalog::bindingsOf(grant.scope)) {
            wanted.insert(std::move(binding));
        }
    }
    return wanted;
}

} // namespace

StandingAccess standingAccess(const Services& services, const CatalogView& catalog, const std::string& topic,
                              const JobContext& job) {
    StandingAccess standing;
    auto grants = grantsOn(catalog, topic);
    const auto wanted = wantedBy(grants);
    for (auto& grant : grants) {
        (isAlone(grant.scope, topic) ? standing.alone : standing.shared).push_back(std::move(grant));
    }
    backbone::AclFilter filter;
    filter.resourceKind = backbone::ResourceKind::Topic;
    filter.pattern = backbone::PatternType::Literal;
    filter.resource = topic;
    const auto acls = services.backbone.access().acls(filter, job.call(kTimeout));
    if (acls) {
        standing.ungranted = static_cast<std::size_t>(
            std::ranges::count_if(*acls, [&](const auto& binding) { return !wanted.contains(binding); }));
    } else {
        standing.problem = acls.error().message;
    }
    return standing;
}

Result<std::vector<std::string>> ungrantedPrincipals(const Services& services, const CatalogView& catalog,
                                                     const std::vector<std::string>& topics, const JobContext& job) {
    constexpr std::size_t kAsked = 20;
    std::set<std::string> principals;
    for (const auto& topic : topics | std::views::take(kAsked)) {
        const auto wanted = wantedBy(grantsOn(catalog, topic));
        backbone::AclFilter filter;
        filter.resourceKind = backbone::ResourceKind::Topic;
        filter.pattern = backbone::PatternType::Match;
        filter.resource = topic;
        const auto acls = services.backbone.access().acls(filter, job.call(kTimeout));
        if (!acls) {
            return std::unexpected(acls.error());
        }
        for (const auto& binding : *acls) {
            if (binding.permission == backbone::Permission::Allow && !wanted.contains(binding)) {
                principals.insert(binding.principal);
            }
        }
    }
    return std::vector(principals.begin(), principals.end());
}

QString standingText(const StandingAccess& access) {
    QStringList sentences;
    const auto alone = static_cast<int>(access.alone.size());
    const auto grants = alone + static_cast<int>(access.shared.size());
    if (grants > 0) {
        sentences << tr("%n (grant gives|grants give) access to this name, %1 to nothing else.", grants)
                         .arg(alone == 0 ? tr("none") : QString::number(alone));
    }
    if (access.ungranted > 0) {
        sentences << tr("%n ACL(s) on this name (was|were) granted by nobody.", static_cast<int>(access.ungranted));
    }
    if (!access.problem.empty()) {
        sentences << tr("Its ACLs couldn't be read: %1").arg(QString::fromStdString(access.problem));
    }
    return sentences.join(u' ');
}

} // namespace meshbone::ui
