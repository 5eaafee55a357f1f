// SPDX-License-Identifier: Apache-2.0
#include "access_seed.h"

#include "seeding.h"

#include <catalog/access_plan.h>
#include <catalog/request_id.h>

#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <span>

namespace meshbone::bench {

namespace {

using namespace catalog;
constexpr std::chrono::minutes kPatience{15};
constexpr std::size_t kAclsAtOnce = 500;

NamePattern topicOf(const MeshSize& mesh, int number) {
    return {topicName(mesh, number % (mesh.topics - mesh.unclaimed)), backbone::PatternType::Literal};
}

AccessScope scopeOf(const MeshSize& mesh, int number) {
    AccessScope scope;
    scope.principal = principalName(number);
    scope.role = Role::Consumer;
    scope.reads = {topicOf(mesh, number * 2), topicOf(mesh, number * 7 + 1)};
    scope.group = {fmt::format("group-{:05}", number), backbone::PatternType::Literal};
    return scope;
}

/// Everything is granted without asking, for now.
void layGround(Catalog& catalog, const MeshSize& mesh, const AccessSize& size) {
    Policy open{"open", "Open mesh"};
    open.approval = Approval::Automatic;
    submit(catalog, PutPolicy{open});
    submit(catalog, PutAccessRoles{domainTeam(0), domainTeam(0)});
    inParallel(size.principals, [&](int at) {
        submit(catalog, PutPrincipal{principalName(at),
                                     fmt::format("Service {}", at),
                                     PrincipalKind::Service,
                                     domainTeam(at % mesh.domains),
                                     {},
                                     false});
    });
}

void askForAll(Catalog& catalog, const MeshSize& mesh, const AccessSize& size) {
    inParallel(size.principals, [&](int at) {
        submit(catalog, SubmitRequest{newRequestId(), scopeOf(mesh, at), {}, {}, "Reads what it needs", kNoEnd});
    });
    Policy closed{"closed", "Asked from now on"};
    closed.approval = Approval::Required;
    closed.reach = PolicyReach::Domain;
    closed.subject = domainTeam(0).substr(0, domainTeam(0).find('-'));
    submit(catalog, PutPolicy{closed});
    inParallel(size.waiting, [&](int at) {
        auto scope = scopeOf(mesh, at);
        scope.reads = {topicOf(mesh, at % mesh.productsPerDomain)};
        submit(catalog, SubmitRequest{newRequestId(), scope, {}, {}, "Wants more", kNoEnd});
    });
}

void addUnagreed(backbone::Backbone& backbone, const MeshSize& mesh, const AccessSize& size) {
    std::vector<backbone::AclBinding> acls;
    for (int i = 0; i < size.unagreed; ++i) {
        acls.push_back({backbone::ResourceKind::Topic, backbone::PatternType::Literal, topicOf(mesh, i * 13).name,
                        principalName(i), "*", backbone::Operation::Write, backbone::Permission::Allow});
    }
    for (std::size_t at = 0; at < acls.size(); at += kAclsAtOnce) {
        must(backbone.access().createAcls(std::span(acls).subspan(at, std::min(kAclsAtOnce, acls.size() - at)),
                                          {kPatience, {}}));
    }
}

/// Until the enforcer has nothing left to do.
void waitEnforced(app::Session& session) {
    auto* enforcer = session.enforcer();
    std::mutex mutex;
    std::condition_variable changed;
    const auto subscription = session.catalog()->onChanged([&] {
        const std::scoped_lock lock(mutex);
        changed.notify_all();
    });
    std::unique_lock lock(mutex);
    const bool idle = changed.wait_for(lock, kPatience, [&] {
        return enforcer->status().mode == EnforcerMode::Idle &&
               std::ranges::all_of(session.catalog()->grants(),
                                   [](const Grant& grant) { return grant.reported == GrantState::Enforced; });
    });
    must(idle ? Status{} : fail(ErrorCode::Timeout, "The enforcer did not finish: " + enforcer->status().reason));
}

} // namespace

std::string principalName(int number) {
    return fmt::format("User:service-{:05}", number);
}

void seedAccess(const std::filesystem::path& dataDirectory, const MeshSize& mesh, const AccessSize& size) {
    const auto session = startSession(dataDirectory);
    auto& catalog = *session->catalog();
    layGround(catalog, mesh, size);
    askForAll(catalog, mesh, size);
    waitEnforced(*session);
    addUnagreed(session->backbone(), mesh, size);
}

} // namespace meshbone::bench
