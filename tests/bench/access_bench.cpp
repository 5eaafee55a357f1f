// SPDX-License-Identifier: Apache-2.0
// Computing with access at size: who may, drift, the plan, a simulation over a million tuples, and one hot pattern. One
// JSON line; no disk, no network.
#include "access_world.h"
#include "median.h"

#include <catalog/access_drift.h>
#include <catalog/access_period.h>

#include <fmt/format.h>

#include <ctime>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace meshbone::catalog;
using bench::AccessWorld;

namespace {

/// Of the thread's own time: nothing here waits for anything, so that other processes don't count.
template <class Work>
double msOf(Work work) {
    const auto ownMs = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const auto start = ownMs();
    work();
    return ownMs() - start;
}
template <class Work>
double medianMs(int rounds, Work work) {
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        times.push_back(msOf(work));
    }
    return bench::median(std::move(times));
}

/// Times of "who may read T", one each for 10,000 topics, in milliseconds.
std::vector<double> whoTimes(const AclTable& table, const std::vector<std::string>& topics, std::size_t step,
                             std::size_t& rows) {
    std::vector<double> times;
    for (std::size_t i = 0; i < topics.size(); i += step) {
        times.push_back(
            msOf([&] { rows += whoMay(table, Operation::Read, ResourceKind::Topic, topics[i]).rows.size(); }));
    }
    return times;
}

/// What listing 500 topics asks, for one principal.
double listMs(const AclTable& table, const std::vector<std::string>& topics, std::size_t& allowed) {
    return medianMs(25, [&] {
        for (std::size_t i = 0; i < 500; ++i) {
            const auto decision =
                table.decide({"User:service-7", "10.0.0.1", Operation::Describe, ResourceKind::Topic, topics[i * 40]});
            allowed += decision.allowed ? 1 : 0;
        }
    });
}

} // namespace

int main() {
    const auto world = AccessWorld::make();
    std::optional<ActualAcls> actual;
    const auto indexMs = medianMs(5, [&] { actual = ActualAcls::from(world.bindings, 1).value(); });
    const auto& table = actual->table();

    std::size_t rows = 0;
    const auto who = whoTimes(table, world.topics, 2, rows);

    // One in fifty agreed bindings is missing, one in fifty of those there was never agreed.
    GrantInForce grant{"grant", "User:x", {}, -1, -1};
    for (std::size_t i = 0; i < world.bindings.size(); ++i) {
        if (i % 50 == 0) {
            auto other = world.bindings[i];
            other.resource += i % 100 == 0 ? "-other" : "";
            other.operation = Operation::Write;
            grant.bindings.push_back(std::move(other));
        } else {
            grant.bindings.push_back(world.bindings[i]);
        }
    }
    const auto wanted = wantedAt(std::span(&grant, 1), 1);
    const OwnBindings own(world.bindings.begin(), world.bindings.begin() + 25'000);
    DriftContext context;
    context.topics.emplace(world.topics.begin(), world.topics.end());
    context.principals.emplace();
    for (const auto& one : world.bindings) {
        context.principals->insert(one.principal);
    }
    std::size_t findings = 0, unmanaged = 0, steps = 0;
    const auto driftMs = medianMs(15, [&] { findings = driftOf(*actual, wanted, own, context).size(); });
    const auto newcomerMs = medianMs(5, [&] { unmanaged = driftOf(*actual, {}, {}, context).size(); });
    const auto planMs = medianMs(15, [&] { steps = stepsOf(planOf(wanted, *actual, own)).size(); });

    // Among others everything for everybody, so that no tuple can be passed over.
    AccessChange change;
    for (std::size_t i = 0; i < world.bindings.size(); i += 500) {
        change.remove.push_back(world.bindings[i]);
    }
    const AccessChange revoke{{world.bindings[1]}, {}, {}};
    change.add.push_back(
        {ResourceKind::Topic, PatternType::Literal, "*", "User:*", "*", Operation::All, Permission::Allow});
    change.add.push_back(
        {ResourceKind::Group, PatternType::Literal, "*", "User:*", "*", Operation::All, Permission::Allow});
    Simulation all, one;
    const auto decideMs = medianMs(5, [&] { all = simulate(table, change, world.evidence, {}, 1); });
    const auto revokeMs = medianMs(5, [&] { one = simulate(table, revoke, world.evidence, {}, 1); });

    // A period that cuts every tuple's time.
    auto timed = world.evidence;
    for (auto& tuple : timed) {
        tuple.firstMs = 0;
        tuple.lastMs = 90 * 24 * CountedSpan::kHourMs;
        tuple.counts.add(tuple.lastMs, tuple.count);
    }
    std::size_t kept = 0;
    const EvidencePeriod period{80 * 24 * CountedSpan::kHourMs, 91 * 24 * CountedSpan::kHourMs};
    const auto periodMs = medianMs(5, [&] { kept = evidenceWithin(timed, period).tuples.size(); });

    std::size_t cuts = 0;
    const EvidenceCoverage coverage{1, 2'000, {"broker"}, {}};
    const OwnBindings everything(world.bindings.begin(), world.bindings.end());
    const auto leastMs = medianMs(3, [&] {
        cuts = leastPrivilege({table, everything, {}, world.evidence, coverage, world.homes, 1})->remove.size();
    });

    auto hotBindings = world.bindings;
    const auto hot = AccessWorld::hotPattern();
    hotBindings.insert(hotBindings.end(), hot.begin(), hot.end());
    const auto crowded = ActualAcls::from(std::move(hotBindings), 1).value();
    std::size_t allowed = 0, hotRows = 0;
    const auto flatMs = listMs(table, world.topics, allowed), hotMs = listMs(crowded.table(), world.topics, allowed);
    const auto hotWho = whoTimes(crowded.table(), world.topics, 400, hotRows);

    fmt::print("{{\"bench\":\"access\",\"principals\":{},\"bindings\":{},\"topics\":{},\"index_ms\":{:.1f},"
               "\"who_may_read_p50_ms\":{:.5f},\"who_may_read_p99_ms\":{:.5f},\"who_rows\":{},\"drift_ms\":{:.1f},"
               "\"drift_findings\":{},\"drift_all_unmanaged_ms\":{:.1f},\"unmanaged\":{},\"plan_ms\":{:.1f},"
               "\"plan_steps\":{},\"tuples\":{},\"redecide_ms\":{:.0f},\"redecided\":{},\"gained\":{},"
               "\"revoke_one_ms\":{:.0f},\"revoke_decided\":{},\"revoke_lost\":{},\"least_privilege_ms\":{:.0f},"
               "\"cuts\":{},\"period_ms\":{:.0f},\"in_period\":{},\"list_500_ms\":{:.4f},\"list_500_hot_ms\":{:.4f},"
               "\"hot_ratio\":{:.2f},"
               "\"who_hot_p50_ms\":{:.3f},\"who_hot_rows\":{}}}\n",
               AccessWorld::kPrincipals, world.bindings.size(), world.topics.size(), indexMs, bench::median(who),
               bench::quantile(who, 0.99), rows, driftMs, findings, newcomerMs, unmanaged, planMs, steps,
               world.evidence.size(), decideMs, all.decided, all.gained.size(), revokeMs, one.decided, one.lost.size(),
               leastMs, cuts, periodMs, kept, flatMs, hotMs, hotMs / flatMs, bench::median(hotWho), hotRows);
    return 0;
}
