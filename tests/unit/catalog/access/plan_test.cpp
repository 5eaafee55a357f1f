// SPDX-License-Identifier: Apache-2.0
// What is wanted, what is planned, and what a plan may never do.
#include "small_world.h"
#include "support/seed.h"

#include <catalog/access_plan.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::backbone;
using enum Operation;

namespace {

AclBinding on(ResourceKind kind, std::string name, Operation operation, std::string principal = "User:a") {
    return {kind, PatternType::Literal, std::move(name), std::move(principal), "*", operation, Permission::Allow};
}
AclBinding topic(std::string name, Operation operation = Read, std::string principal = "User:a") {
    return on(ResourceKind::Topic, std::move(name), operation, std::move(principal));
}
AclBinding cluster(Operation operation, std::string principal) {
    return on(ResourceKind::Cluster, std::string(kClusterName), operation, std::move(principal));
}
AclBinding deny(AclBinding binding) {
    binding.permission = Permission::Deny;
    return binding;
}
ActualAcls actualOf(std::vector<AclBinding> bindings, AclRules rules = {}) {
    return ActualAcls::from(std::move(bindings), 7, std::move(rules)).value();
}
OwnBindings ownOf(const ActualAcls& actual) {
    return {actual.bindings().begin(), actual.bindings().end()};
}

} // namespace

class PlanTest : public QObject {
    Q_OBJECT
private slots:
    void grantsAreInForceFromTheirBeginningToTheirEnd();
    void trap8ASharedBindingStaysWhileOneGrantWantsIt();
    void aBindingEndsWithItsLastGrant();
    void onlyOwnBindingsAreRemoved();
    void trap3And4RequestsAreChunked();
    void trap9AndTrap11TheOrder();
    void trap24NothingIsPlannedFromAFailedDescribe();
    void trap25WhatIsLeftAloneIsNotFought();
    void trap26LockingOneselfOutIsRefused_data();
    void trap26LockingOneselfOutIsRefused();
    void aTenthOfDeletionsNeedsTheCount();
    void trap7RandomPlansDeleteNothingElseAndOpenNothingOnTheWay();

private:
    void checkWay(const std::set<AclBinding>& before, const AclPlan& plan, const test::SmallWorld& world);
};

void PlanTest::grantsAreInForceFromTheirBeginningToTheirEnd() {
    const std::vector<GrantInForce> grants{{"g", "User:a", {topic("t")}, 10, 20}};
    QVERIFY(wantedAt(grants, 9).empty());
    QCOMPARE(wantedAt(grants, 10).size(), std::size_t(1));
    QCOMPARE(wantedAt(grants, 19).size(), std::size_t(1));
    QVERIFY(wantedAt(grants, 20).empty());
    QVERIFY((GrantInForce{"g", "User:a", {}, -1, -1}.isInForce(0)));
}

void PlanTest::trap8ASharedBindingStaysWhileOneGrantWantsIt() {
    const auto group = on(ResourceKind::Group, "g", Read);
    std::vector<GrantInForce> grants{{"one", "User:a", {topic("t"), group, group}, 0, 20},
                                     {"two", "User:a", {topic("u"), group}, 0, -1}};
    const auto both = wantedAt(grants, 5);
    QCOMPARE(both.at(group).grants, (std::vector<std::string>{"one", "two"}));
    const auto actual = actualOf({topic("t"), topic("u"), group});
    const auto plan = planOf(wantedAt(grants, 20), actual, ownOf(actual));
    QCOMPARE(plan.remove, std::vector{topic("t")});
    QVERIFY(plan.create.empty());
}

void PlanTest::aBindingEndsWithItsLastGrant() {
    std::vector<GrantInForce> grants{{"a", "User:a", {topic("t")}, 0, 20}, {"b", "User:a", {topic("t")}, 0, 30}};
    QCOMPARE(wantedAt(grants, 1).at(topic("t")).untilMs, TimestampMs(30));
    QCOMPARE(wantedAt(grants, 25).at(topic("t")).untilMs, TimestampMs(30));
    grants.push_back({"c", "User:a", {topic("t")}, 0, -1});
    QCOMPARE(wantedAt(grants, 1).at(topic("t")).untilMs, TimestampMs(-1));
    std::ranges::reverse(grants);
    QCOMPARE(wantedAt(grants, 1).at(topic("t")).untilMs, TimestampMs(-1));
}

void PlanTest::onlyOwnBindingsAreRemoved() {
    const auto actual = actualOf({topic("ours"), topic("theirs"), topic("kept")});
    const std::vector<GrantInForce> grants{{"g", "User:a", {topic("kept"), topic("new")}, -1, -1}};
    const auto plan = planOf(wantedAt(grants, 0), actual, {topic("ours"), topic("kept"), topic("gone")});
    QCOMPARE(plan.create, std::vector{topic("new")});
    QCOMPARE(plan.remove, std::vector{topic("ours")});
    QCOMPARE(plan.managed, std::size_t(2));
    QVERIFY(planOf({}, actualOf({topic("theirs")}), {}).isEmpty());
}

void PlanTest::trap3And4RequestsAreChunked() {
    AclPlan plan;
    for (int i = 0; i < 2'100; ++i) {
        plan.create.push_back(topic(fmt::format("c{}", i)));
    }
    for (int i = 0; i < 120; ++i) {
        plan.remove.push_back(topic(fmt::format("r{}", i)));
    }
    const auto steps = stepsOf(plan);
    QCOMPARE(steps.size(), std::size_t(3 + 3));
    QCOMPARE(std::get<CreateStep>(steps[0]).bindings.size(), kMaxCreationsOfRequest);
    QCOMPARE(std::get<CreateStep>(steps[2]).bindings.size(), std::size_t(100));
    QCOMPARE(std::get<RemoveStep>(steps[3]).filters.size(), kMaxFiltersOfRequest);
    QCOMPARE(std::get<RemoveStep>(steps[5]).filters.back(), AclFilter::exactly(topic("r119")));
    QVERIFY(stepsOf({}).empty());
}

void PlanTest::trap9AndTrap11TheOrder() {
    const auto group = on(ResourceKind::Group, "a", Read);
    const auto actual = actualOf({group, deny(topic("d")), topic("t"), topic("t", Describe), topic("s", All)});
    const std::vector<GrantInForce> grants{{"g", "User:a", {topic("*"), deny(topic("secret"))}, -1, -1}};
    const auto plan = planOf(wantedAt(grants, 0), actual, ownOf(actual));
    QCOMPARE(plan.create, (std::vector{deny(topic("secret")), topic("*")}));
    QCOMPARE(plan.remove.size(), std::size_t(5));
    QCOMPARE((std::set{plan.remove[0], plan.remove[1]}), (std::set{topic("t"), topic("s", All)}));
    QCOMPARE(plan.remove.back(), deny(topic("d")));
}

void PlanTest::trap24NothingIsPlannedFromAFailedDescribe() {
    for (const auto code : {ErrorCode::PermissionDenied, ErrorCode::Unsupported, ErrorCode::Unavailable}) {
        const auto failed = ActualAcls::from(fail(code, "No.", 31), 1);
        QVERIFY(!failed);
        QCOMPARE(failed.error().kafkaCode, std::int16_t(31));
    }
    QVERIFY(!(std::is_default_constructible_v<ActualAcls>)); // no other way to one
    QVERIFY(ActualAcls::from(std::vector<AclBinding>{}, 1)->bindings().empty());
    QCOMPARE(actualOf({topic("t"), topic("t")}).bindings().size(), std::size_t(1));
}

void PlanTest::trap25WhatIsLeftAloneIsNotFought() {
    const auto actual = actualOf({topic("back")});
    const std::vector<GrantInForce> grants{{"g", "User:a", {topic("taken")}, -1, -1}};
    const auto wanted = wantedAt(grants, 0);
    QVERIFY(planOf(wanted, actual, ownOf(actual), {topic("back"), topic("taken")}).isEmpty());
    QVERIFY(!planOf(wanted, actual, ownOf(actual)).isEmpty());
}

void PlanTest::trap26LockingOneselfOutIsRefused_data() {
    QTest::addColumn<int>("world");
    QTest::addColumn<bool>("refused");
    QTest::newRow("its own right") << 0 << true;
    QTest::newRow("its own, and another's stays: still its own") << 1 << true;
    QTest::newRow("somebody else's, the last one") << 2 << true;
    QTest::newRow("somebody else's, not the last") << 3 << false;
    QTest::newRow("the last by name, super users stay") << 4 << false;
    QTest::newRow("by a new DENY") << 5 << true;
    QTest::newRow("its own, replaced by one that includes it") << 6 << false;
    QTest::newRow("reading the ledger") << 7 << true;
    QTest::newRow("writing the ledger, through a prefix") << 8 << true;
    QTest::newRow("something else") << 9 << false;
    QTest::newRow("its own from this host only") << 10 << true;
    QTest::newRow("what stays can't match") << 11 << true;
}

void PlanTest::trap26LockingOneselfOutIsRefused() {
    QFETCH(int, world);
    QFETCH(bool, refused);
    const auto me = cluster(Alter, "User:me"), you = cluster(Alter, "User:you");
    std::vector<AclBinding> before{me};
    AclPlan plan;
    PlanGuard guard{"User:me", "1.1.1.1", "_meshbone.ledger"};
    AclRules rules;
    auto ledger = topic("_meshbone.ledger", Write, "User:me");
    auto here = me;
    auto ghost = me;
    ghost.principal = "user:me";
    switch (world) {
    case 0:
        plan.remove = {me};
        break;
    case 1:
        before.push_back(you);
        plan.remove = {me};
        break;
    case 2:
        before = {you};
        plan.remove = {you};
        break;
    case 3:
        before.push_back(you);
        plan.remove = {you};
        break;
    case 4:
        before = {you};
        plan.remove = {you};
        rules.superUsers = {"User:root"};
        break;
    case 5:
        plan.create = {deny(cluster(All, "User:*"))};
        break;
    case 6:
        plan.create = {cluster(All, "User:me")};
        plan.remove = {me};
        break;
    case 7:
        before.push_back(topic("_meshbone.ledger", Read, "User:me"));
        plan.remove = {before.back()};
        break;
    case 8:
        ledger.pattern = PatternType::Prefixed;
        ledger.resource = "_mesh";
        before.push_back(ledger);
        plan.remove = {ledger};
        break;
    case 9:
        before.push_back(topic("t"));
        plan.remove = {topic("t")};
        break;
    case 10:
        here.host = "2.2.2.2";
        before.push_back(here);
        plan.remove = {me};
        break;
    default:
        before = {you, ghost};
        plan.remove = {you};
        break;
    }
    const auto check = checkPlan(plan, actualOf(before, rules), guard);
    QCOMPARE(!check, refused);
    if (refused) {
        QCOMPARE(check.error().code, ErrorCode::Conflict);
    }
}

void PlanTest::aTenthOfDeletionsNeedsTheCount() {
    AclPlan plan;
    plan.managed = 10;
    plan.remove = {topic("a")};
    QVERIFY(!needsCount(plan));
    QVERIFY(checkCount(plan, {}).has_value());
    plan.remove.push_back(topic("b"));
    QVERIFY(needsCount(plan));
    QVERIFY(!checkCount(plan, {}));
    QVERIFY(!checkCount(plan, 1));
    QVERIFY(checkCount(plan, 2).has_value());
    QVERIFY(checkCount({}, {}).has_value());
}

/// Binding by binding, as brokers apply them.
void PlanTest::checkWay(const std::set<AclBinding>& before, const AclPlan& plan, const test::SmallWorld& world) {
    auto now = before;
    std::set<AclBinding> after = before;
    after.insert(plan.create.begin(), plan.create.end());
    for (const auto& one : plan.remove) {
        after.erase(one);
    }
    const auto first = test::SmallWorld::tableOf(before), last = test::SmallWorld::tableOf(after);
    const auto checkNow = [&] {
        const auto table = test::SmallWorld::tableOf(now);
        world.forEachRequest([&](const AclRequest& asked) {
            const auto was = first.decide(asked).allowed, will = last.decide(asked).allowed;
            const auto is = table.decide(asked).allowed;
            QVERIFY(!is || was || will);  // nothing is open in between
            QVERIFY(is || !was || !will); // and nobody who may before and after is stopped
        });
    };
    for (const auto& step : stepsOf(plan)) {
        if (const auto* create = std::get_if<CreateStep>(&step)) {
            for (const auto& one : create->bindings) {
                now.insert(one);
                checkNow();
            }
            continue;
        }
        for (const auto& filter : std::get<RemoveStep>(step).filters) {
            std::erase_if(now, [&](const AclBinding& one) {
                const bool goes = filter.matches(one);
                return goes && (QTest::qVerify(std::ranges::count(plan.remove, one) == 1, "deleted is in the plan", "",
                                               __FILE__, __LINE__),
                                true);
            });
            checkNow();
        }
    }
    QCOMPARE(now, after);
}

void PlanTest::trap7RandomPlansDeleteNothingElseAndOpenNothingOnTheWay() {
    test::SmallWorld world(test::testSeed());
    std::size_t removed = 0;
    for (int round = 0; round < 300 && !QTest::currentTestFailed(); ++round) {
        const auto actual = actualOf(world.bindings(world.below(10)));
        OwnBindings own;
        for (const auto& one : actual.bindings()) {
            if (world.below(2) == 0) {
                own.insert(one);
            }
        }
        std::vector<GrantInForce> grants;
        for (std::uint64_t i = world.below(4); i > 0; --i) {
            auto bindings = world.bindings(world.below(3));
            if (!actual.bindings().empty() && world.below(2) == 0) {
                bindings.push_back(world.anyOf(actual.bindings()));
            }
            grants.push_back({fmt::format("g{}", i), "User:a", std::move(bindings), -1, -1});
        }
        const auto plan = planOf(wantedAt(grants, 0), actual, own);
        removed += plan.remove.size();
        for (const auto& one : plan.remove) {
            QVERIFY(own.contains(one));
        }
        const std::set<AclBinding> before(actual.bindings().begin(), actual.bindings().end());
        checkWay(before, plan, world);
        // Once done, nothing is left to do.
        auto then = before;
        then.insert(plan.create.begin(), plan.create.end());
        for (const auto& one : plan.remove) {
            then.erase(one);
            own.erase(one);
        }
        own.insert(plan.create.begin(), plan.create.end());
        QVERIFY(planOf(wantedAt(grants, 0), actualOf({then.begin(), then.end()}), own).isEmpty());
    }
    QVERIFY(removed > 50);
}

QTEST_GUILESS_MAIN(PlanTest)
#include "plan_test.moc"
