// SPDX-License-Identifier: Apache-2.0
// Least privilege: what was seen goes on, nothing else is promised, and a prefix only by its rule.
#include "small_world.h"
#include "support/seed.h"

#include <catalog/access_asking.h>
#include <catalog/access_least_cuts.h>

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
AclBinding prefixed(AclBinding binding) {
    binding.pattern = PatternType::Prefixed;
    return binding;
}
AclBinding deny(AclBinding binding) {
    binding.permission = Permission::Deny;
    return binding;
}
EvidenceTuple seen(std::string resource, Operation operation = Read, std::string principal = "User:a") {
    EvidenceTuple tuple;
    tuple.principal = std::move(principal);
    tuple.host = "1.1.1.1";
    tuple.apiKey = 1;
    tuple.operation = operation;
    tuple.resource = std::move(resource);
    tuple.count = 1;
    return tuple;
}

struct World {
    std::vector<AclBinding> bindings;
    std::vector<EvidenceTuple> evidence;
    TopicHomes topics;
    std::vector<GrantInForce> grants;
    std::optional<OwnBindings> own; ///< none: all
    AclRules rules;
    EvidenceCoverage coverage{100, 200, {"broker-1"}, {}};

    [[nodiscard]] AclTable table() const {
        return test::SmallWorld::tableOf({bindings.begin(), bindings.end()}, rules);
    }
    [[nodiscard]] LeastPlan plan() const {
        const auto before = table();
        const OwnBindings all(bindings.begin(), bindings.end());
        return leastPrivilege({before, own ? *own : all, grants, evidence, coverage, topics, 200}).value();
    }
};

const TopicHome kOrders{"orders", "internal"};
const std::vector<EvidenceTuple> kThree{seen("eu.a"), seen("eu.b"), seen("eu.c")};
const TopicHomes kThreeTopics{{"eu.a", kOrders}, {"eu.b", kOrders}, {"eu.c", kOrders}};

} // namespace

class LeastTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsUsedReplacesWhatIsWide();
    void whatIsUsedExactlyStays();
    void whatWasNotSeenGoes();
    void whatIsImpliedIsNotAskedFor();
    void aPrefixByItsRule();
    void noPrefixOtherwise_data();
    void noPrefixOtherwise();
    void theNarrowestPrefixIsTaken();
    void whatIsKept();
    void whoMayAskIsNoCut();
    void trap31OurOwnProbesNeedNothing();
    void aHostStaysAsNarrow();
    void aPartOfThePlanStopsNobodyEither();
    void anIdleIdempotentProducerGoesOn();
    void withoutObserversThereIsNoPlan();
    void whatACutRemoves();
    void randomTrafficGoesOn();
};

void LeastTest::aPartOfThePlanStopsNobodyEither() {
    World world;
    world.evidence = kThree;
    world.evidence.push_back(seen("us.a"));
    world.topics = kThreeTopics;
    world.bindings = {topic("eu.a"), topic("eu.b"), topic("eu.c"), prefixed(topic("us.")), topic("lonely")};
    const auto plan = world.plan();
    QCOMPARE(plan.remove.size(), std::size_t(5));
    const auto before = world.table();
    for (const auto& cut : plan.remove) {
        const auto part = withCuts(plan, {cut});
        QCOMPARE(part.remove, std::vector<AclBinding>{cut});
        const auto after = tableAfter(before, part.change());
        for (const auto& tuple : world.evidence) {
            QVERIFY(after.decide({tuple.principal, tuple.host, tuple.operation, tuple.resourceKind, tuple.resource})
                        .allowed);
        }
    }
    QVERIFY(withCuts(plan, {topic("lonely")}).create.empty());
    const LeastInstead instead(plan);
    QVERIFY(instead.isCut(topic("eu.a")) && !instead.isCut(topic("eu.d")));
    QCOMPARE(*instead.of(topic("eu.a")).front(), prefixed(topic("eu."))); // it comes to stand for the name
    QCOMPARE(*instead.of(prefixed(topic("us."))).front(), topic("us.a"));
    QVERIFY(instead.of(topic("lonely")).empty());
    QCOMPARE(instead.prefixesOf(topic("eu.b")).size(), std::size_t(1));
}

void LeastTest::whatIsUsedReplacesWhatIsWide() {
    const auto plan = World{{topic("*", All)}, {seen("t"), seen("u", Write)}, {}, {}, {}, {}}.plan();
    QCOMPARE(plan.create, (std::vector{topic("t"), topic("u", Write)}));
    QCOMPARE(plan.remove, std::vector{topic("*", All)});
    QVERIFY(plan.prefixes.empty() && plan.kept.empty());
    const auto everybody = World{{topic("t", Read, "User:*")}, {seen("t")}, {}, {}, {}, {}}.plan();
    QCOMPARE(everybody.create, std::vector{topic("t")});
}

void LeastTest::whatIsUsedExactlyStays() {
    const auto plan = World{{topic("t")}, {seen("t")}, {}, {}, {}, {}}.plan();
    QVERIFY(plan.create.empty() && plan.remove.empty());
}

void LeastTest::whatWasNotSeenGoes() {
    auto refused = seen("u");
    refused.granted = false;
    const auto plan = World{{topic("t"), topic("u")}, {refused, seen("gone by now")}, {}, {}, {}, {}}.plan();
    QVERIFY(plan.create.empty());
    QCOMPARE(plan.remove, (std::vector{topic("t"), topic("u")}));
    // A super user needs no binding, so none is made for it.
    QVERIFY((World{{topic("t")}, {seen("t")}, {}, {}, {}, {{"User:a"}, false}}.plan().create.empty()));
}

void LeastTest::whatIsImpliedIsNotAskedFor() {
    const auto plan =
        World{{topic("*", All)}, {seen("t"), seen("t", Describe), seen("u", Describe)}, {}, {}, {}, {}}.plan();
    QCOMPARE(plan.create, (std::vector{topic("t"), topic("u", Describe)}));
}

void LeastTest::aPrefixByItsRule() {
    auto topics = kThreeTopics;
    topics["eu.d"] = kOrders;
    topics["eu.e"] = kOrders;
    topics["us.a"] = {"other", "secret"};
    const auto plan =
        World{{topic("eu.a"), topic("eu.b"), topic("eu.c"), topic("eu.d")}, kThree, topics, {}, {}, {}}.plan();
    QCOMPARE(plan.create, std::vector{prefixed(topic("eu."))});
    QCOMPARE(plan.remove.size(), std::size_t(4));
    QCOMPARE(plan.prefixes.size(), std::size_t(1));
    QCOMPARE(plan.prefixes[0].used, (std::vector<std::string>{"eu.a", "eu.b", "eu.c"}));
    QCOMPARE(plan.prefixes[0].opens, std::vector<std::string>{"eu.e"});
    QCOMPARE(plan.prefixes[0].openAlready, std::vector<std::string>{"eu.d"});
}

void LeastTest::noPrefixOtherwise_data() {
    QTest::addColumn<int>("which");
    const char* names[] = {"two used names",         "another product",    "another classification",
                           "a topic of no product",  "a DENY on one name", "a DENY on everything",
                           "a DENY on a longer one", "no separator",       "groups"};
    for (int i = 0; i < 9; ++i) {
        QTest::newRow(names[i]) << i;
    }
}

void LeastTest::noPrefixOtherwise() {
    QFETCH(int, which);
    World world{{topic("*"), prefixed(topic("g")), deny(topic("zz"))}, kThree, kThreeTopics, {}, {}, {}};
    QCOMPARE(world.plan().prefixes.size(), std::size_t(1)); // the rule holds but for what follows
    switch (which) {
    case 0:
        world.evidence.pop_back();
        break;
    case 1:
        world.topics["eu.d"] = {"other", "internal"};
        break;
    case 2:
        world.topics["eu.d"] = {"orders", "secret"};
        break;
    case 3:
        world.topics["eu.d"] = {};
        break;
    case 4:
        world.bindings.push_back(deny(topic("eu.z", Write, "User:*")));
        break;
    case 5:
        world.bindings.push_back(deny(topic("*", Create)));
        break;
    case 6:
        world.bindings.push_back(deny(prefixed(topic("eu.zone."))));
        break;
    case 7:
        world.evidence = {seen("eua"), seen("eub"), seen("euc")};
        world.topics = {{"eua", kOrders}, {"eub", kOrders}, {"euc", kOrders}};
        break;
    default:
        for (auto& one : world.evidence) {
            one.resourceKind = ResourceKind::Group;
        }
        for (auto& one : world.bindings) {
            one.resourceKind = ResourceKind::Group;
        }
        break;
    }
    const auto plan = world.plan();
    QVERIFY(plan.prefixes.empty());
    QCOMPARE(plan.create.size(), world.evidence.size());
}

void LeastTest::theNarrowestPrefixIsTaken() {
    World world{{topic("*")}, {}, {}, {}, {}, {}};
    for (const auto* name : {"shop.eu.a", "shop.eu.b", "shop.eu.c", "shop.us.a"}) {
        world.evidence.push_back(seen(name));
        world.topics[name] = kOrders;
    }
    QCOMPARE(world.plan().create, (std::vector{topic("shop.us.a"), prefixed(topic("shop.eu."))}));
    world.topics["shop.eu.d"] = kOrders; // now both open one topic, and the longer one less of what is to come
    QCOMPARE(world.plan().prefixes.front().binding.resource, std::string("shop.eu."));
}

void LeastTest::whatIsKept() {
    World world{
        {topic("young"), topic("old"), topic("theirs"), deny(topic("never")), topic("i", Read, "User:i")}, {}, {},
        {{"new", "User:a", {topic("young")}, 150, -1}, {"old", "User:a", {topic("old")}, 50, -1}},         {}, {}};
    world.own = {topic("young"), topic("old"), deny(topic("never")), topic("i", Read, "User:i")};
    auto inferred = seen("other", Read, "User:i");
    inferred.grade = EvidenceGrade::Inferred;
    world.evidence = {inferred};
    const auto plan = world.plan();
    QCOMPARE(plan.remove, std::vector{topic("old")});
    const std::map<AclBinding, KeptFor> kept(plan.kept.begin(), plan.kept.end());
    QCOMPARE(kept.at(topic("young")), KeptFor::YoungGrant);
    QCOMPARE(kept.at(topic("theirs")), KeptFor::NotOwn);
    QCOMPARE(kept.at(deny(topic("never"))), KeptFor::Deny);
    QCOMPARE(kept.at(topic("i", Read, "User:i")), KeptFor::OnlyInferred);
}

void LeastTest::whoMayAskIsNoCut() {
    const auto asking = askingBindings();
    World world;
    world.bindings = {topic("unused")};
    world.bindings.insert(world.bindings.end(), asking.begin(), asking.end());
    const auto plan = world.plan();
    QCOMPARE(plan.remove, std::vector{topic("unused")});
    QCOMPARE(plan.kept.size(), asking.size());
    for (const auto& [binding, why] : plan.kept) {
        QVERIFY(isForAsking(binding) && why == KeptFor::Asking);
    }
}

void LeastTest::trap31OurOwnProbesNeedNothing() {
    auto probe = seen("t");
    probe.internal = true;
    QCOMPARE((World{{topic("t")}, {probe}, {}, {}, {}, {}}.plan().remove), std::vector{topic("t")});
}

void LeastTest::aHostStaysAsNarrow() {
    auto here = topic("*");
    here.host = "1.1.1.1";
    const auto plan = World{{here}, {seen("t")}, {}, {}, {}, {}}.plan();
    QCOMPARE(plan.create.size(), std::size_t(1));
    QCOMPARE(plan.create[0].host, std::string("1.1.1.1"));
}

void LeastTest::anIdleIdempotentProducerGoesOn() {
    auto id = seen("kafka-cluster", IdempotentWrite);
    id.resourceKind = ResourceKind::Cluster;
    id.apiKey = 22;
    const auto idle = World{{topic("t", Write)}, {id}, {}, {}, {}, {}}.plan();
    QCOMPARE(idle.create.size(), std::size_t(1));
    QCOMPARE(idle.create[0].operation, IdempotentWrite);
    const auto busy = World{{topic("*", Write)}, {id, seen("t", Write)}, {}, {}, {}, {}}.plan();
    QCOMPARE(busy.create, std::vector{topic("t", Write)});
}

void LeastTest::withoutObserversThereIsNoPlan() {
    const auto none = leastPrivilege({AclTable(), {}, {}, {}, {100, 200, {}, {}}, {}, 200});
    QVERIFY(!none);
    QCOMPARE(none.error().code, ErrorCode::Unavailable);
    // The last binding of a topic gone, everybody may.
    const auto open = leastPrivilege({AclTable({{}, true}), {}, {}, {}, {100, 200, {"broker-1"}, {}}, {}, 200});
    QVERIFY(!open);
    QCOMPARE(open.error().code, ErrorCode::Unsupported);
}

void LeastTest::whatACutRemoves() {
    const World world{{topic("*"), topic("t")}, {seen("t")}, {{"t", {}}, {"u", {}}}, {}, {}, {}};
    const auto plan = world.plan();
    const auto before = world.table();
    const auto after = tableAfter(before, plan.change());
    const auto reach = reachOfCut(before, after, topic("*"), world.topics, 200);
    QCOMPARE(reach.lost.size(), std::size_t(1));
    QCOMPARE(reach.lost[0].resource, std::string("u"));
}

void LeastTest::randomTrafficGoesOn() {
    test::SmallWorld small(test::testSeed());
    small.names = {"a.x", "a.y", "a.z", "a.", "b", "*"};
    std::size_t prefixes = 0;
    for (int round = 0; round < 400 && !QTest::currentTestFailed(); ++round) {
        World world{small.bindings(1 + small.below(8)), {}, {}, {}, OwnBindings(), {}};
        for (const auto& one : world.bindings) {
            if (small.below(4) != 0) {
                world.own->insert(one);
            }
        }
        for (const auto& name : small.names) {
            world.topics[name] = {small.below(10) == 0 ? "p2" : "p1", ""};
        }
        const auto before = world.table();
        small.forEachRequest([&](const AclRequest& asked) {
            if (small.below(2) == 0) {
                auto tuple = seen(std::string(asked.resource), asked.operation, std::string(asked.principal));
                tuple.host = asked.host;
                tuple.resourceKind = asked.resourceKind;
                world.evidence.push_back(std::move(tuple));
            }
        });
        const auto plan = world.plan();
        const auto after = tableAfter(before, plan.change());
        for (const auto& one : world.evidence) {
            const AclRequest asked{one.principal, one.host, one.operation, one.resourceKind, one.resource};
            QVERIFY(!before.decide(asked).allowed || after.decide(asked).allowed);
        }
        for (const auto& one : plan.remove) {
            QVERIFY(world.own->contains(one) && one.permission == Permission::Allow);
        }
        prefixes += plan.prefixes.size();
        // What is allowed then and not now lies under a prefix that says so.
        small.forEachRequest([&](const AclRequest& asked) {
            if (after.decide(asked).allowed && !before.decide(asked).allowed) {
                QVERIFY(std::ranges::any_of(plan.prefixes, [&](const LeastPrefix& prefix) {
                    return concerns(prefix.binding, asked.operation) && prefix.binding.principal == asked.principal &&
                           asked.resource.starts_with(prefix.binding.resource);
                }));
            }
        });
    }
    QVERIFY(prefixes > 10);
}

QTEST_GUILESS_MAIN(LeastTest)
#include "least_test.moc"
