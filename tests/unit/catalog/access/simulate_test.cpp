// SPDX-License-Identifier: Apache-2.0
// What a change would do to what was seen, against deciding everything twice.
#include "small_world.h"
#include "support/seed.h"

#include <catalog/access_presets.h>
#include <catalog/access_simulate.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::backbone;
using enum Operation;

namespace {

AclBinding topic(std::string name, Operation operation = Read, std::string principal = "User:a") {
    return {ResourceKind::Topic, PatternType::Literal, std::move(name), std::move(principal), "*",
            operation,           Permission::Allow};
}
AclBinding deny(AclBinding binding) {
    binding.permission = Permission::Deny;
    return binding;
}
AclTable tableOf(const std::vector<AclBinding>& all, AclRules rules = {}) {
    return test::SmallWorld::tableOf({all.begin(), all.end()}, std::move(rules));
}
EvidenceTuple seen(std::string resource, Operation operation = Read, std::string principal = "User:a") {
    EvidenceTuple tuple;
    tuple.principal = std::move(principal);
    tuple.host = "1.1.1.1";
    tuple.clientId = "client";
    tuple.apiKey = 1;
    tuple.operation = operation;
    tuple.resource = std::move(resource);
    tuple.count = 5;
    tuple.firstMs = 10;
    tuple.lastMs = 20;
    return tuple;
}
Simulation run(const AclTable& table, const AccessChange& change, const std::vector<EvidenceTuple>& evidence) {
    return simulate(table, change, evidence, {}, 0);
}

} // namespace

class SimulateTest : public QObject {
    Q_OBJECT
private slots:
    void aRevokedRightIsLostAndExplained();
    void likeRequestsAreOneEffect();
    void aNewDenyAndANewAllow();
    void trap19TheFirstAllowEndsTheOpenTopic();
    void aDroppedPrincipalLosesEverything();
    void weakEvidenceIsPerhaps();
    void whatMayHaveBeenOutsideThePeriodIsPerhaps();
    void trap31OurOwnProbesProveNothing();
    void whatNobodyUsedIsNamed();
    void idempotentProducersMayWriteElsewhere();
    void coverageIsCarriedBeside();
    void whatEndsWithAGrant();
    void whatANarrowerScopeChanges();
    void whatIsNotNarrowerIsRefused();
    void whoWouldStop();
    void agreesWithDecidingTwice();
};

void SimulateTest::aRevokedRightIsLostAndExplained() {
    const auto table = tableOf({topic("t"), topic("u")});
    const auto result = run(table, {{topic("t")}, {}, {}}, {seen("t"), seen("u"), seen("t", Write)});
    QCOMPARE(result.lost.size(), std::size_t(1));
    QVERIFY(result.gained.empty() && result.perhaps.empty() && result.unseen.empty());
    const auto& lost = result.lost.front();
    QCOMPARE(lost.resource, std::string("t"));
    QCOMPARE(lost.count, std::int64_t(5));
    QCOMPARE(lost.before, std::string("allowed by ALLOW READ on topic 't' for User:a"));
    QCOMPARE(lost.after, std::string("no access control list covers it, and the broker then refuses everybody"));
    QCOMPARE(result.decided, std::size_t(1)); // nothing that the change doesn't speak of
    QVERIFY(run(table, {}, {seen("t")}).lost.empty());
}

void SimulateTest::likeRequestsAreOneEffect() {
    auto elsewhere = seen("t");
    elsewhere.host = "2.2.2.2";
    elsewhere.lastMs = 90;
    auto other = seen("t");
    other.clientId = "other";
    other.count = 50;
    const auto result = run(tableOf({topic("t")}), {{topic("t")}, {}, {}}, {seen("t"), elsewhere, other});
    QCOMPARE(result.lost.size(), std::size_t(2));
    QCOMPARE(result.lost[0].clientId, std::string("other")); // most requests first
    QCOMPARE(result.lost[1].count, std::int64_t(10));
    QCOMPARE(result.lost[1].lastMs, TimestampMs(90));
}

void SimulateTest::aNewDenyAndANewAllow() {
    const auto table = tableOf({topic("t")});
    const auto denied = run(table, {{}, {deny(topic("t", Read, "User:*"))}, {}}, {seen("t")});
    QCOMPARE(denied.lost.front().after, std::string("denied by DENY READ on topic 't' for everybody"));
    auto refused = seen("u");
    refused.granted = false;
    QCOMPARE(run(table, {{}, {topic("u")}, {}}, {refused}).gained.size(), std::size_t(1));
    // Narrowed to what is used: nothing is lost.
    QVERIFY(run(tableOf({topic("*")}), {{topic("*")}, {topic("t")}, {}}, {seen("t")}).lost.empty());
}

void SimulateTest::trap19TheFirstAllowEndsTheOpenTopic() {
    const auto open = tableOf({}, {{}, true});
    const auto result = run(open, {{}, {topic("t")}, {}}, {seen("t"), seen("t", Read, "User:b"), seen("u")});
    QCOMPARE(result.lost.size(), std::size_t(1));
    QCOMPARE(result.lost.front().principal, std::string("User:b"));
    const auto last = run(tableOf({topic("t")}, {{}, true}), {{topic("t")}, {}, {}}, {seen("t", Read, "User:b")});
    QCOMPARE(last.gained.size(), std::size_t(1));
}

void SimulateTest::aDroppedPrincipalLosesEverything() {
    const auto result = run(tableOf({topic("t", Read, "User:*")}), {{}, {}, {"User:a"}},
                            {seen("t"), seen("t", Read, "User:b"), seen("u")});
    QCOMPARE(result.lost.size(), std::size_t(1));
    QCOMPARE(result.lost.front().after, std::string("its principal is gone"));
}

void SimulateTest::weakEvidenceIsPerhaps() {
    const auto table = tableOf({topic("t")});
    const AccessChange change{{topic("t")}, {}, {}};
    auto inferred = seen("t");
    inferred.grade = EvidenceGrade::Inferred;
    const auto first = run(table, change, {inferred});
    QVERIFY(first.lost.empty());
    QCOMPARE(first.perhaps.front().grade, EvidenceGrade::Inferred);
    auto refused = seen("t");
    refused.granted = false;
    QVERIFY(!run(table, change, {refused}).perhaps.front().note.empty());
    // An address that isn't known: sure where it doesn't matter, else perhaps.
    auto somewhere = seen("t");
    somewhere.host.clear();
    QCOMPARE(run(table, change, {somewhere}).lost.size(), std::size_t(1));
    auto here = topic("t");
    here.host = "2.2.2.2";
    const auto result = run(tableOf({topic("t"), here}), change, {somewhere});
    QVERIFY(result.lost.empty());
    QVERIFY(result.perhaps.front().note.find("address") != std::string::npos);
    AclBinding create{ResourceKind::Cluster, PatternType::Literal, "kafka-cluster", "User:a", "*", Create,
                      Permission::Allow};
    auto creating = seen("kafka-cluster", Create);
    creating.resourceKind = ResourceKind::Cluster;
    QCOMPARE(run(tableOf({create}), {{create}, {}, {}}, {creating}).perhaps.size(), std::size_t(1));
}

void SimulateTest::whatMayHaveBeenOutsideThePeriodIsPerhaps() {
    const auto table = tableOf({topic("t")});
    auto some = seen("t"), all = seen("t");
    some.unsure = 3;
    all.unsure = 5;
    const auto result = run(table, {{topic("t")}, {}, {}}, {some, all});
    QCOMPARE(result.lost.size(), std::size_t(1));
    QCOMPARE(result.lost.front().count, std::int64_t(5));
    QCOMPARE(result.lost.front().unsure, std::int64_t(3));
    QCOMPARE(result.perhaps.size(), std::size_t(1));
    QCOMPARE(result.perhaps.front().note, std::string("All of it may have been outside the period."));
}

void SimulateTest::trap31OurOwnProbesProveNothing() {
    auto probe = seen("t");
    probe.internal = true;
    const auto result = run(tableOf({topic("t")}), {{topic("t")}, {}, {}}, {probe});
    QVERIFY(result.lost.empty());
    QCOMPARE(result.unseen, std::vector{topic("t")});
}

void SimulateTest::whatNobodyUsedIsNamed() {
    const auto table = tableOf({topic("t"), topic("u")});
    const AccessChange change{{topic("t"), topic("u")}, {deny(topic("v")), topic("w")}, {}};
    QCOMPARE(run(table, change, {seen("t")}).unseen, (std::vector{topic("u"), deny(topic("v"))}));
}

void SimulateTest::idempotentProducersMayWriteElsewhere() {
    auto id = seen("kafka-cluster", IdempotentWrite);
    id.resourceKind = ResourceKind::Cluster;
    id.apiKey = 22;
    const auto table = tableOf({topic("t", Write), topic("u", Write)});
    QVERIFY(run(table, {{topic("t", Write)}, {}, {}}, {id}).lost.empty());
    QCOMPARE(run(table, {{topic("t", Write), topic("u", Write)}, {}, {}}, {id}).lost.size(), std::size_t(1));
}

void SimulateTest::coverageIsCarriedBeside() {
    const EvidenceCoverage coverage{10, 90, {"broker-1"}, {{20, 30}}};
    const auto result = simulate(tableOf({}), {}, {}, coverage, 0);
    QCOMPARE(result.coverage.fromMs, TimestampMs(10));
    QCOMPARE(result.coverage.gaps, coverage.gaps);
    QCOMPARE(result.coverage.observers, coverage.observers);
}

void SimulateTest::whatEndsWithAGrant() {
    const std::vector<GrantInForce> grants{{"one", "User:a", {topic("t"), topic("u")}, -1, -1},
                                           {"two", "User:a", {topic("u"), topic("v")}, -1, -1}};
    QCOMPARE(endingWith(wantedAt(grants, 0), "one"), std::vector{topic("t")});
    QVERIFY(endingWith(wantedAt(grants, 0), "three").empty());
}

void SimulateTest::whatANarrowerScopeChanges() {
    AccessScope wide{
        "User:a", "*",  Role::ConsumeTransformProduce, {{"in.", PatternType::Prefixed}, {"kept"}}, {{"out"}},
        {"g"},    {"x"}};
    AccessScope other{"User:a", "*", Role::Consumer, {{"kept"}}, {}, {}, {}};
    const std::vector<GrantInForce> grants{{"one", "User:a", bindingsOf(wide), -1, -1},
                                           {"two", "User:a", bindingsOf(other), -1, -1}};
    const auto wanted = wantedAt(grants, 0);
    auto fewer = wide;
    fewer.reads = {{"in.quakes"}};
    auto inPrefix = topic("in.");
    inPrefix.pattern = PatternType::Prefixed;
    const auto change = narrowing(wanted, "one", wide, fewer).value();
    QCOMPARE(change.remove, std::vector{inPrefix}); // "kept" is wanted by another grant as well
    QCOMPARE(change.add, std::vector{topic("in.quakes")});
    QVERIFY(change.dropPrincipals.empty());
    // Only reads: a role that has no use for the rest.
    const auto reading = inRole(wide, Role::Consumer);
    QVERIFY(reading.writes.empty() && reading.transactionalId.name.empty() && reading.group.name == "g");
    const auto reads = narrowing(wanted, "one", wide, reading).value();
    QVERIFY(reads.add.empty() && !reads.remove.empty());
    for (const auto& binding : reads.remove) {
        QVERIFY(binding.resource == "out" || binding.resource == "x");
    }
    // From one address only: all of it is replaced, but what another grant wants.
    auto near = wide;
    near.host = "10.0.0.1";
    const auto moved = narrowing(wanted, "one", wide, near).value();
    QCOMPARE(moved.add, bindingsOf(near));
    QCOMPARE(moved.remove.size(), bindingsOf(wide).size() - 1);
}

void SimulateTest::whatIsNotNarrowerIsRefused() {
    const AccessScope wide{"User:a", "10.0.0.1", Role::Consumer, {{"in.", PatternType::Prefixed}}, {}, {"g"}, {}};
    const std::vector<GrantInForce> grants{{"one", "User:a", bindingsOf(wide), -1, -1}};
    const auto refusal = [&](auto change) {
        auto scope = wide;
        change(scope);
        const auto narrowed = narrowing(wantedAt(grants, 0), "one", wide, scope);
        return narrowed ? std::string() : narrowed.error().message;
    };
    const auto isWider = [&](auto change) {
        return refusal(change).starts_with("That isn't narrower: the grant doesn't allow READ on ");
    };
    QVERIFY(isWider([](AccessScope& scope) { scope.reads = {{"out"}}; }));
    QVERIFY(isWider([](AccessScope& scope) { scope.reads = {{"in", PatternType::Prefixed}}; }));
    QVERIFY(isWider([](AccessScope& scope) { scope.host = "*"; }));
    QVERIFY(isWider([](AccessScope& scope) { scope.principal = "User:b"; }));
    QVERIFY(isWider([](AccessScope& scope) { scope.group = {"other"}; }));
    QVERIFY(refusal([](AccessScope&) {}).starts_with("The scope is the grant's own."));
    QVERIFY(!refusal([](AccessScope& scope) { scope.reads.clear(); }).empty()); // nothing to read: not whole
    QVERIFY(refusal([](AccessScope& scope) { scope.group = {}; }).empty());
}

void SimulateTest::whoWouldStop() {
    const std::vector<std::string> topics{"a", "a.b", "c"}, principals{"User:a", "User:b"};
    auto prefix = topic("a");
    prefix.pattern = PatternType::Prefixed;
    const auto table = tableOf({prefix, topic("a.b"), topic("a", Read, "User:*")});
    const auto reach = reachAfter(table, {{prefix}, {}, {}}, topics, principals, 0);
    QVERIFY(reach.lost.empty()); // both topics are reached by something else
    const auto everybody = reachAfter(table, {{topic("a", Read, "User:*")}, {}, {}}, topics, principals, 0);
    QCOMPARE(everybody.lost, (std::vector<ReachChange>{{"User:*", "*", ResourceKind::Topic, "a", {Read, Describe}},
                                                       {"User:b", "*", ResourceKind::Topic, "a", {Read, Describe}}}));
    const auto gained =
        reachAfter(tableOf({topic("c"), deny(topic("c"))}), {{deny(topic("c"))}, {}, {}}, topics, {}, 0);
    QCOMPARE(gained.gained.front().operations, std::vector{Read});
    QCOMPARE(reachAfter(table, {{}, {}, {"User:a"}}, topics, {}, 0).lost.size(), std::size_t(2));
    AclBinding group{ResourceKind::Group, PatternType::Prefixed, "g", "User:a", "*", All, Permission::Allow};
    const auto all = reachAfter(tableOf({group}), {{group}, {}, {}}, topics, {}, 0);
    QCOMPARE(all.lost.front().resource, std::string("g"));
    QCOMPARE(all.lost.front().operations.size(), operationsOf(ResourceKind::Group).size() - 1);
}

void SimulateTest::agreesWithDecidingTwice() {
    test::SmallWorld world(test::testSeed());
    std::size_t effects = 0;
    for (int round = 0; round < 500 && !QTest::currentTestFailed(); ++round) {
        const auto all = world.bindings(1 + world.below(8));
        AccessChange change{{}, world.bindings(world.below(2)), {}};
        for (std::uint64_t i = world.below(3); i > 0; --i) {
            change.remove.push_back(world.anyOf(all));
        }
        const auto before = tableOf(all, {{}, world.below(3) == 0});
        auto then = std::set(all.begin(), all.end());
        for (const auto& one : change.remove) {
            then.erase(one);
        }
        then.insert(change.add.begin(), change.add.end());
        const auto after = test::SmallWorld::tableOf(then, before.rules());
        std::vector<EvidenceTuple> evidence;
        std::int64_t lost = 0, gained = 0;
        world.forEachRequest([&](const AclRequest& asked) {
            auto tuple = seen(std::string(asked.resource), asked.operation, std::string(asked.principal));
            tuple.host = asked.host;
            tuple.resourceKind = asked.resourceKind;
            tuple.count = 1;
            evidence.push_back(tuple);
            const bool was = before.decide(asked).allowed, will = after.decide(asked).allowed;
            lost += was && !will ? 1 : 0;
            gained += !was && will ? 1 : 0;
        });
        const auto result = run(before, change, evidence);
        const auto sum = [](const auto& list) {
            std::int64_t total = 0;
            for (const auto& one : list) {
                total += one.count;
            }
            return total;
        };
        QCOMPARE(sum(result.lost), lost);
        QCOMPARE(sum(result.gained), gained);
        QVERIFY(result.perhaps.empty());
        effects += result.lost.size() + result.gained.size();
    }
    QVERIFY(effects > 200);
}

QTEST_GUILESS_MAIN(SimulateTest)
#include "simulate_test.moc"
