// SPDX-License-Identifier: Apache-2.0
#include "access/principal_rows.h"

#include "access/access_words.h"
#include "widgets/format.h"
#include "widgets/free_beside.h"

#include <backbone/backbone.h>
#include <catalog/access_explain.h>
#include <lineage/lineage.h>

#include <algorithm>
#include <set>

namespace meshbone::ui {

namespace {

constexpr std::string_view kUserType = "User:";

void readAcls(backbone::AccessAdmin& access, PrincipalSources& sources, const JobContext& job) {
    auto acls = catalog::ActualAcls::from(access.acls({}, job.call()), nowMs());
    sources.aclsProblem = acls ? std::string() : acls.error().message;
    sources.acls = acls ? std::optional(std::move(*acls)) : std::nullopt;
}

std::set<std::string> namesOf(const CatalogView& catalog, const PrincipalSources& sources) {
    std::set<std::string> names;
    for (const auto& principal : catalog.access.principals) {
        names.insert(principal.principal);
    }
    for (const auto& grant : catalog.access.grants) {
        if (grant.stateAt(nowMs()) != catalog::GrantState::Removed) {
            names.insert(grant.scope.principal);
        }
    }
    if (sources.acls) {
        for (const auto& binding : sources.acls->bindings()) {
            names.insert(binding.principal);
        }
    }
    if (sources.users) {
        for (const auto& user : *sources.users) {
            names.insert(std::string(kUserType) + user.user);
        }
    }
    return names;
}

} // namespace

std::string userOf(const std::string& principal) {
    return principal.starts_with(kUserType) && principal != backbone::kAnyPrincipal ? principal.substr(kUserType.size())
                                                                                    : std::string();
}

QString mechanismsText(const std::vector<backbone::ScramUser::Credential>& credentials) {
    QStringList names;
    for (const auto& credential : credentials) {
        names << text(std::string(backbone::name(credential.mechanism)));
    }
    names.sort();
    return names.join(QStringLiteral(", "));
}

const backbone::ScramUser* PrincipalSources::user(const std::string& principal) const {
    if (!users) {
        return nullptr;
    }
    const auto found = std::ranges::find(*users, userOf(principal), &backbone::ScramUser::user);
    return found == users->end() ? nullptr : &*found;
}

std::shared_ptr<const PrincipalSources> readPrincipalSources(Services& services, const CatalogView& catalog,
                                                             const JobContext& job) {
    auto sources = makeFreedBeside<PrincipalSources>();
    auto& access = services.backbone.access();
    readAcls(access, *sources, job);
    auto users = access.users(job.call());
    if (users) {
        sources->users = std::move(*users);
    } else {
        sources->usersProblem = users.error().message;
    }
    for (const auto& principal : services.lineage == nullptr ? std::set<std::string>{} : namesOf(catalog, *sources)) {
        if (const auto node = services.lineage->node(shortPrincipal(principal).toStdString());
            node && node->kind != lineage::NodeKind::Topic) {
            sources->lastSeen.emplace(principal, node->lastSeenMs);
        }
    }
    return sources;
}

std::shared_ptr<const PrincipalSources>
withAclsAnew(Services& services, const std::shared_ptr<const PrincipalSources>& before, const JobContext& job) {
    auto sources = makeFreedBeside<PrincipalSources>(*before);
    readAcls(services.backbone.access(), *sources, job);
    return sources;
}

std::vector<PrincipalRow> principalRows(const CatalogView& catalog, const PrincipalSources& sources,
                                        TimestampMs nowMs) {
    std::map<std::string, PrincipalRow> rows;
    for (const auto& name : namesOf(catalog, sources)) {
        auto& row = rows[name];
        row.known.principal = name;
        row.known.name = shortPrincipal(name).toStdString();
        row.areUsersKnown = sources.users.has_value();
        row.areAclsKnown = sources.acls.has_value();
        const auto seen = sources.lastSeen.find(name);
        row.lastSeenMs = seen == sources.lastSeen.end() ? -1 : seen->second;
    }
    for (const auto& principal : catalog.access.principals) {
        auto& row = rows[principal.principal];
        row.known = principal;
        row.isRegistered = true;
        row.team = principal.team.empty() ? QString() : text(catalog.teamName(principal.team));
        row.person = principal.person.empty() ? QString() : text(catalog.personName(principal.person));
    }
    for (const auto& grant : catalog.access.grants) {
        if (grant.inForceAt(nowMs)) {
            ++rows[grant.scope.principal].grants;
        }
    }
    if (sources.acls) {
        for (const auto& binding : sources.acls->bindings()) {
            ++rows[binding.principal].acls;
        }
    }
    if (sources.users) {
        for (const auto& user : *sources.users) {
            rows[std::string(kUserType) + user.user].credentials = user.credentials;
        }
    }
    std::vector<PrincipalRow> all;
    for (auto& [name, row] : rows) {
        all.push_back(std::move(row));
    }
    return all;
}

PrincipalReach reachOf(const catalog::ActualAcls& acls, const std::string& principal,
                       const std::vector<std::string>& topics) {
    const catalog::AccessFacts facts{acls.table(), nullptr, nullptr, -1};
    PrincipalReach reach;
    for (const auto& [operation, into] :
         {std::pair{backbone::Operation::Read, &reach.reads}, std::pair{backbone::Operation::Write, &reach.writes}}) {
        for (const auto& one : catalog::topicsOf(facts, principal, {}, operation, topics)) {
            into->emplace_back(one.topic);
        }
    }
    return reach;
}

} // namespace meshbone::ui
