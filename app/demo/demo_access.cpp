// SPDX-License-Identifier: Apache-2.0
#include "demo/demo_access.h"

#include "demo/access_plan.h"
#include "demo/ledger_writing.h"

#include <backbone/access_admin.h>
#include <catalog/access_presets.h>

#include <algorithm>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <set>

namespace meshbone::app::demo {

namespace {

constexpr TimestampMs kDayMs = 86'400'000;

TimestampMs nowMs() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

/// Waits until the catalog's projection is as wanted. Timeout and Cancelled as everywhere.
Status waitFor(catalog::Catalog& catalog, const std::function<bool()>& holds, const CallOptions& call) {
    std::mutex mutex;
    std::condition_variable_any news;
    std::uint64_t count = 0;
    const auto subscription = catalog.onChanged([&] {
        const std::lock_guard lock(mutex);
        ++count;
        news.notify_all();
    });
    const auto deadline = std::chrono::steady_clock::now() + call.timeout;
    std::unique_lock lock(mutex);
    while (true) {
        const auto seen = count;
        lock.unlock();
        if (holds()) {
            return {};
        }
        lock.lock();
        if (!news.wait_until(lock, call.stop, deadline, [&] { return count != seen; })) {
            return call.stop.stop_requested()
                       ? fail(ErrorCode::Cancelled, "Setting up the demo's access was cancelled.")
                       : fail(ErrorCode::Timeout, "The ledger took too long to set up the demo's access.");
        }
    }
}

bool knows(const catalog::Catalog& catalog, const std::string& request) {
    const auto requests = catalog.accessRequests();
    return std::ranges::find(requests, request, &catalog::AccessRequest::id) != requests.end();
}

/// The second person's own view of the ledger, with a key that only they have.
Result<std::unique_ptr<catalog::Catalog>> openAsker(backbone::Backbone& backbone, const std::filesystem::path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    return catalog::Catalog::open({folder / "asker.db", folder / "asker.key", kAsker, kAskerName}, backbone);
}

Status layGround(catalog::Catalog& catalog, const std::string& askerKey, const CallOptions& call) {
    const auto ground = accessGround();
    Status done = submit(catalog, catalog::PutPerson{kAsker, kAskerName, askerKey}, call);
    done = done ? submitAll(catalog, ground.teams, call) : done;
    done = done ? submitAll(catalog, ground.principals, call) : done;
    done = done ? submitAll(catalog, ground.policies, call) : done;
    return done ? submitAll(catalog, ground.classified, call) : done;
}

Status ask(catalog::Catalog& asker, const std::vector<AccessPlan>& plans, const CallOptions& call) {
    const auto isEnrolled = [&] {
        const auto people = asker.people();
        return std::ranges::find(people, kAsker, &catalog::Person::id) != people.end() &&
               asker.status().mode == catalog::CatalogMode::Live;
    };
    if (auto ready = waitFor(asker, isEnrolled, call); !ready) {
        return ready;
    }
    for (const auto& plan : plans) {
        const auto untilMs = plan.days == 0 ? catalog::kNoEnd : nowMs() + plan.days * kDayMs;
        const catalog::SubmitRequest request{plan.id, plan.scope, {}, {}, plan.purpose, untilMs};
        if (auto done = submit(asker, request, call); !done) {
            return done;
        }
    }
    return {};
}

Status decide(catalog::Catalog& catalog, const std::vector<AccessPlan>& plans, const CallOptions& call) {
    if (auto seen = waitFor(
            catalog, [&] { return knows(catalog, plans.back().id); }, call);
        !seen) {
        return seen;
    }
    for (const auto& request : catalog.accessRequests()) {
        const auto plan = std::ranges::find(plans, request.id, &AccessPlan::id);
        if (plan == plans.end() || !plan->granted) {
            continue;
        }
        if (auto done = submit(catalog, catalog::ApproveRequest{request.id, request.scope, request.untilMs}, call);
            !done) {
            return done;
        }
    }
    return {};
}

/// A recertification, so that there is one to answer.
Status openReview(catalog::Catalog& catalog, const CallOptions& call) {
    constexpr int kDueDays = 21;
    return submit(
        catalog,
        catalog::OpenCampaign{"quarterly-review", "Quarterly review", "earthquake-feed", nowMs() + kDueDays * kDayMs},
        call);
}

/// Behind everybody's back, as such things come about.
Status allowUngranted(backbone::AccessAdmin& access, const std::vector<AccessPlan>& plans, const CallOptions& call) {
    for (const auto& plan : plans) {
        if (plan.granted) {
            continue;
        }
        const auto made = access.createAcls(catalog::bindingsOf(plan.scope), call);
        if (!made) {
            return std::unexpected(made.error());
        }
    }
    return {};
}

bool areEnforced(const catalog::Catalog& catalog, const std::set<std::string>& ids) {
    const auto grants = catalog.grants();
    return static_cast<std::size_t>(std::ranges::count_if(grants, [&](const catalog::Grant& grant) {
               return ids.contains(grant.id) && grant.reported == catalog::GrantState::Enforced;
           })) == ids.size();
}

} // namespace

Status arrangeAccess(backbone::Backbone& backbone, catalog::Catalog& catalog, const std::filesystem::path& folder,
                     const CallOptions& call) {
    const auto plans = accessPlans();
    if (knows(catalog, plans.back().id)) {
        return {};
    }
    if (const auto there = backbone.access().acls({}, call); !there && there.error().code == ErrorCode::Unsupported) {
        return {}; // without an authorizer everybody may do everything
    }
    const auto asker = openAsker(backbone, folder);
    if (!asker) {
        return std::unexpected(asker.error());
    }
    Status done = layGround(catalog, (*asker)->publicKey(), call);
    done = done ? ask(**asker, plans, call) : done;
    done = done ? decide(catalog, plans, call) : done;
    done = done ? openReview(catalog, call) : done;
    done = done ? allowUngranted(backbone.access(), plans, call) : done;
    if (!done) {
        return done;
    }
    std::set<std::string> ids;
    for (const auto& plan : plans) {
        if (plan.granted) {
            ids.insert(plan.id);
        }
    }
    return waitFor(
        catalog, [&] { return areEnforced(catalog, ids); }, call);
}

} // namespace meshbone::app::demo
