// SPDX-License-Identifier: Apache-2.0
// Each kind of drift from the smallest world that has it, and what may be done about it.
#include "small_world.h"
#include "support/seed.h"

#include <catalog/access_drift.h>

#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::backbone;
using enum Operation;
using Fixes = std::vector<DriftFix>;

namespace {

AclBinding on(ResourceKind kind, std::string name, Operation operation, std::string principal = "User:a") {
    return {kind, PatternType::Literal, std::move(name), std::move(principal), "*", operation, Permission::Allow};
}
AclBinding topic(std::string name, Operation operation = Read, std::string principal = "User:a") {
    return on(ResourceKind::Topic, std::move(name), operation, std::move(principal));
}
AclBinding prefixed(AclBinding binding) {
    binding.pattern = PatternType::Prefixed;
    return binding;
}
AclBinding deny(AclBinding binding) {
    binding.permission = Permission::Deny;
    return binding;
}
AclBinding from(AclBinding binding, std::string host) {
    binding.host = std::move(host);
    return binding;
}
ActualAcls actualOf(std::vector<AclBinding> bindings) {
    return ActualAcls::from(std::move(bindings), 7).value();
}
Wanted wantedOf(std::vector<AclBinding> bindings) {
    const std::vector<GrantInForce> grants{{"g1", "User:a", std::move(bindings), -1, -1}};
    return wantedAt(grants, 0);
}

struct World {
    std::vector<AclBinding> actual, wanted;
    OwnBindings own;
    DriftContext context;

    [[nodiscard]] std::vector<DriftFinding> drift() const {
        return driftOf(actualOf(actual), wantedOf(wanted), own, context);
    }
    [[nodiscard]] std::optional<DriftFinding> only(DriftKind kind) const {
        std::optional<DriftFinding> found;
        for (const auto& one : drift()) {
            if (one.kind == kind) {
                if (found) {
                    return std::nullopt;
                }
                found = one;
            }
        }
        return found;
    }
    [[nodiscard]] Fixes fixes(DriftKind kind) const { return fixesOf(only(kind).value(), context); }
};

constexpr TimestampMs kDay = 24LL * 3'600 * 1'000;

} // namespace

class DriftTest : public QObject {
    Q_OBJECT
private slots:
    void whatAgreesHasNoDrift();
    void missing();
    void unmanaged();
    void endedButPresent();
    void changedInEachField();
    void wider_data();
    void wider();
    void trap13Orphaned();
    void aGrantMayBeForATopicToCome();
    void aGrantMayBeForAPrincipalToCome();
    void trap15And16Shadowed();
    void redundant();
    void trap22Conflict();
    void trap23HotPattern();
    void trap25Flapping();
    void ignoredForAWhile();
    void everyKindIsExplained();
    void randomWorldsAreToldApartCompletely();
};

void DriftTest::whatAgreesHasNoDrift() {
    QVERIFY((World{{topic("t")}, {topic("t")}, {}, {}}.drift().empty()));
    QVERIFY((World{}.drift().empty()));
}

void DriftTest::missing() {
    const World world{{}, {topic("t")}, {}, {}};
    QCOMPARE(world.drift().size(), std::size_t(1));
    QCOMPARE(world.only(DriftKind::Missing)->grants, std::vector<std::string>{"g1"});
    QCOMPARE(world.fixes(DriftKind::Missing), Fixes{DriftFix::Reapply});
}

void DriftTest::unmanaged() {
    const World world{{topic("t")}, {}, {}, {}};
    QCOMPARE(world.drift().size(), std::size_t(1));
    QCOMPARE(world.fixes(DriftKind::Unmanaged), (Fixes{DriftFix::Adopt, DriftFix::IgnoreUntil}));
    QVERIFY(!isMendedInBulk(DriftKind::Unmanaged));
}

void DriftTest::endedButPresent() {
    const World world{{topic("t")}, {}, {topic("t")}, {}};
    QCOMPARE(world.drift().size(), std::size_t(1));
    QCOMPARE(world.fixes(DriftKind::EndedButPresent), Fixes{DriftFix::Revoke});
}

void DriftTest::changedInEachField() {
    const auto agreed = topic("t");
    auto kind = agreed;
    kind.resourceKind = ResourceKind::Group;
    for (const auto& there : {kind, prefixed(agreed), topic("u"), topic("t", Read, "User:b"), from(agreed, "1.1.1.1"),
                              topic("t", Describe), deny(agreed)}) {
        const World world{{there}, {agreed}, {}, {}};
        QCOMPARE(world.drift().size(), std::size_t(1));
        const auto finding = world.only(DriftKind::Changed);
        QVERIFY(finding.has_value());
        QCOMPARE(finding->binding, there);
        QCOMPARE(finding->other, std::optional(agreed));
    }
    const World two{{topic("u", Write)}, {agreed}, {}, {}}; // two fields off: another one
    QVERIFY(!two.only(DriftKind::Changed));
    QVERIFY(two.only(DriftKind::Missing) && two.only(DriftKind::Unmanaged));
    const World once{{topic("u"), topic("v")}, {agreed}, {}, {}}; // one missing, one of the two was it
    QVERIFY(once.only(DriftKind::Changed) && once.only(DriftKind::Unmanaged) && !once.only(DriftKind::Missing));
}

void DriftTest::wider_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<bool>("isWider");
    const char* names[] = {"all operations",    "prefix",        "everything", "any host",
                           "another principal", "another topic", "a DENY",     "READ where DESCRIBE was agreed"};
    const bool expected[] = {true, true, true, true, false, false, false, true};
    for (int i = 0; i < 8; ++i) {
        QTest::newRow(names[i]) << i << expected[i];
    }
}

void DriftTest::wider() {
    QFETCH(int, which);
    QFETCH(bool, isWider);
    auto agreed = topic("t.a");
    const std::vector<AclBinding> there{topic("t.a", All), prefixed(topic("t.")),      topic("*"),
                                        topic("t.a"),      topic("*", Read, "User:b"), prefixed(topic("u.")),
                                        deny(topic("*")),  topic("t.a", Read)};
    if (which == 3) {
        agreed.host = "1.1.1.1";
    } else if (which == 7) {
        agreed.operation = Describe;
    }
    const World world{{agreed, there[static_cast<std::size_t>(which)]}, {agreed}, {}, {}};
    const auto finding = world.only(DriftKind::Wider);
    QCOMPARE(finding.has_value(), isWider);
    if (finding) {
        QCOMPARE(finding->other, std::optional(agreed));
        QCOMPARE(world.fixes(DriftKind::Wider).front(), DriftFix::Narrow);
    } else {
        QVERIFY(world.only(DriftKind::Unmanaged).has_value());
    }
}

void DriftTest::trap13Orphaned() {
    World world{{topic("gone"), topic("there"), topic("*"), prefixed(topic("gone")), topic("there", Read, "User:x")},
                {},
                {topic("gone")},
                {}};
    QVERIFY(
        !std::ranges::count(world.drift(), DriftKind::Orphaned, &DriftFinding::kind)); // nothing known, nothing said
    world.context.topics = {"there"};
    world.context.nowMs = 100 * kDay;
    QCOMPARE(world.only(DriftKind::Orphaned)->binding, topic("gone"));
    QCOMPARE(world.only(DriftKind::Orphaned)->sinceMs, 100 * kDay);
    QCOMPARE(world.fixes(DriftKind::Orphaned), Fixes{DriftFix::IgnoreUntil}); // not so soon
    const auto history =
        historyAfter(world.context.history, world.drift(), {}, actualOf(world.actual), world.context.nowMs);
    world.context.history = history;
    world.context.nowMs += 30 * kDay;
    QCOMPARE(world.fixes(DriftKind::Orphaned).front(), DriftFix::Revoke);
    world.context.principals = {"User:a"};
    world.context.topics = std::nullopt;
    QCOMPARE(world.only(DriftKind::Orphaned)->binding, topic("there", Read, "User:x"));
    QCOMPARE(world.fixes(DriftKind::Orphaned).front(), DriftFix::Adopt); // not ours: never removed as it is
    QVERIFY(historyAfter(history, {}, {}, actualOf({}), 0).orphanedSinceMs.empty());
}

void DriftTest::aGrantMayBeForATopicToCome() {
    World world{{topic("t")}, {topic("t")}, {}, {}};
    world.context.topics.emplace();
    QVERIFY(world.drift().empty());
    world.context.deletedTopics = {"t"};
    QVERIFY(world.only(DriftKind::Orphaned).has_value());
}

void DriftTest::aGrantMayBeForAPrincipalToCome() {
    World world{{topic("t")}, {topic("t")}, {}, {}};
    world.context.principals.emplace();
    QVERIFY(world.drift().empty());
    world.context.removedPrincipals = {world.actual.front().principal};
    QVERIFY(world.only(DriftKind::Orphaned).has_value());
    World stray{{topic("t")}, {}, {}, {}};
    stray.context.principals.emplace(); // nobody agreed to it, so nobody waits for who it is for
    QCOMPARE(std::ranges::count(stray.drift(), DriftKind::Orphaned, &DriftFinding::kind), 1);
}

void DriftTest::trap15And16Shadowed() {
    for (const auto& by : {deny(topic("t")), deny(topic("*", All, "User:*")), deny(prefixed(topic("t")))}) {
        const World world{{topic("t"), by}, {topic("t"), by}, {}, {}};
        QCOMPARE(world.only(DriftKind::Shadowed)->other, std::optional(by));
    }
    for (const auto& by : {deny(topic("t", Describe)), deny(from(topic("t"), "1.1.1.1")), deny(topic("u")),
                           deny(topic("t", Read, "User:b"))}) {
        QVERIFY((World{{topic("t"), by}, {topic("t"), by}, {}, {}}.drift().empty()));
    }
    const World range{{from(topic("t"), "10.0.0.0/8")}, {}, {}, {}};
    QVERIFY(meaningOf(range.only(DriftKind::Shadowed).value()).find("KIP-1276") != std::string::npos);
    const World ghost{{topic("t", Read, "user:a"), on(ResourceKind::Topic, "t", IdempotentWrite)}, {}, {}, {}};
    QCOMPARE(std::ranges::count(ghost.drift(), DriftKind::Shadowed, &DriftFinding::kind), 2);
}

void DriftTest::redundant() {
    // What kafka-acls adds: DESCRIBE beside READ.
    const World world{{topic("t"), topic("t", Describe)}, {topic("t")}, {topic("t")}, {}};
    QCOMPARE(world.only(DriftKind::Redundant)->binding, topic("t", Describe));
    QCOMPARE(world.only(DriftKind::Redundant)->other, std::optional(topic("t")));
    QCOMPARE(world.fixes(DriftKind::Redundant).front(), DriftFix::Adopt); // then it is ours to remove
    const World theirs{{topic("t"), topic("t", Describe)}, {}, {topic("t", Describe)}, {}};
    QCOMPARE(theirs.fixes(DriftKind::Redundant), Fixes{DriftFix::IgnoreUntil}); // the cover may go any day
    const World shared{{topic("t"), prefixed(topic("t"))}, {topic("t"), prefixed(topic("t"))}, {}, {}};
    QVERIFY(shared.drift().empty()); // two grants, each as agreed
    QCOMPARE((World{{topic("t", Read, "User:*"), topic("t")}, {}, {}, {}}.only(DriftKind::Redundant)->binding),
             topic("t"));
}

void DriftTest::trap22Conflict() {
    const auto group = [](std::string name, std::string who) {
        return on(ResourceKind::Group, std::move(name), Read, std::move(who));
    };
    const auto conflicts = [](std::vector<AclBinding> all) {
        return World{all, all, {}, {}}.only(DriftKind::Conflict).value_or(DriftFinding{}).principals;
    };
    const std::vector<std::string> both{"User:a", "User:b"};
    QCOMPARE(conflicts({group("g", "User:a"), group("g", "User:b")}), both);
    QCOMPARE(conflicts({prefixed(group("g", "User:a")), group("g1", "User:b")}), both);
    const auto transaction = [](std::string who) { return on(ResourceKind::TransactionalId, "x", Write, who); };
    QCOMPARE(conflicts({transaction("User:a"), transaction("User:b")}), both);
    QVERIFY(conflicts({group("g", "User:a"), group("h", "User:b")}).empty());
    QVERIFY(conflicts({group("*", "User:a"), group("g", "User:b")}).empty()); // an admin's tool
    QVERIFY(conflicts({group("g", "User:a"), on(ResourceKind::Group, "g", Describe, "User:b")}).empty());
    QVERIFY(conflicts({topic("t", Read, "User:a"), topic("t", Read, "User:b")}).empty());
}

void DriftTest::trap23HotPattern() {
    World world;
    for (std::size_t i = 0; i + 1 < kHotPatternFrom; ++i) {
        world.actual.push_back(topic("*", Read, fmt::format("User:{}", i)));
        world.actual.push_back(topic("*", Write, fmt::format("User:{}", i)));
    }
    world.wanted = world.actual;
    QVERIFY(world.drift().empty());
    world.actual.push_back(topic("*", Read, "User:last"));
    world.wanted = world.actual;
    QCOMPARE(world.drift().size(), std::size_t(1));
    QCOMPARE(world.only(DriftKind::HotPattern)->principals.size(), kHotPatternFrom);
}

void DriftTest::trap25Flapping() {
    World world{{topic("back")}, {topic("taken")}, {topic("back")}, {}};
    const auto actual = actualOf(world.actual);
    const auto plan = planOf(wantedOf(world.wanted), actual, world.own);
    auto history = historyAfter({}, {}, plan, actual, 0);
    QVERIFY(flappingOf(history).empty());
    history = historyAfter(history, {}, plan, actual, 0);
    QCOMPARE(flappingOf(history), (std::set{topic("back"), topic("taken")}));
    QVERIFY(planOf(wantedOf(world.wanted), actual, world.own, flappingOf(history)).isEmpty());
    world.context.history = history;
    QCOMPARE(std::ranges::count(world.drift(), DriftKind::Flapping, &DriftFinding::kind), 2);
    QVERIFY(historyAfter({}, {}, plan, actualOf({topic("taken")}), 0).returns.empty()); // done and left so
}

void DriftTest::ignoredForAWhile() {
    World world{{topic("t")}, {topic("u", Write)}, {}, {}};
    world.context.ignoredUntilMs = {{topic("t"), 100}, {topic("u", Write), 100}};
    world.context.nowMs = 99;
    QCOMPARE(world.drift().size(), std::size_t(1)); // what was agreed is never ignored
    QVERIFY(world.only(DriftKind::Missing).has_value());
    world.context.nowMs = 100;
    QVERIFY(world.only(DriftKind::Unmanaged).has_value());
}

void DriftTest::everyKindIsExplained() {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < kDriftKinds; ++i) {
        DriftFinding finding;
        finding.kind = static_cast<DriftKind>(i);
        finding.other = topic("o");
        QVERIFY(meaningOf(finding).ends_with('.'));
        QVERIFY(!fixesOf(finding, {}).empty());
        names.insert(driftName(finding.kind));
    }
    QCOMPARE(names.size(), kDriftKinds);
}

void DriftTest::randomWorldsAreToldApartCompletely() {
    test::SmallWorld small(test::testSeed());
    for (int round = 0; round < 500; ++round) {
        World world{small.bindings(small.below(8)), small.bindings(small.below(8)), {}, {}};
        for (const auto& one : world.actual) {
            if (small.below(2) == 0) {
                world.wanted.push_back(one);
            }
            if (small.below(2) == 0) {
                world.own.insert(one);
            }
        }
        std::multiset<AclBinding> unwanted, missing, expectedUnwanted, expectedMissing;
        for (const auto& one : world.drift()) {
            if (one.kind == DriftKind::Missing) {
                missing.insert(one.binding);
            } else if (one.kind <= DriftKind::Unmanaged) {
                unwanted.insert(one.binding);
                QCOMPARE(one.isOwn, world.own.contains(one.binding));
                QVERIFY(one.kind != DriftKind::EndedButPresent || one.isOwn);
                QVERIFY((one.kind != DriftKind::Unmanaged && one.kind != DriftKind::Wider) || !one.isOwn);
                if (one.kind == DriftKind::Changed) {
                    missing.insert(*one.other);
                }
            }
        }
        const std::set<AclBinding> there(world.actual.begin(), world.actual.end());
        const std::set<AclBinding> agreed(world.wanted.begin(), world.wanted.end());
        std::ranges::set_difference(there, agreed, std::inserter(expectedUnwanted, expectedUnwanted.end()));
        std::ranges::set_difference(agreed, there, std::inserter(expectedMissing, expectedMissing.end()));
        QCOMPARE(unwanted, expectedUnwanted);
        QCOMPARE(missing, expectedMissing);
    }
}

QTEST_GUILESS_MAIN(DriftTest)
#include "drift_test.moc"
