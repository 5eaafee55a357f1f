// SPDX-License-Identifier: Apache-2.0
// Why a client works or doesn't, check by check, and who may, against the table that the broker asks.
#include "small_world.h"
#include "support/seed.h"

#include <catalog/access_explain.h>
#include <catalog/access_presets.h>

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
AclBinding deny(AclBinding binding) {
    binding.permission = Permission::Deny;
    return binding;
}
AclTable tableOf(const std::vector<AclBinding>& all, AclRules rules = {}) {
    return test::SmallWorld::tableOf({all.begin(), all.end()}, std::move(rules));
}
std::vector<std::string> refused(const Explanation& explanation) {
    std::vector<std::string> all;
    for (const auto& check : explanation.checks) {
        if (!check.allowed) {
            all.push_back(
                fmt::format("{} {} {} {}", check.api, name(check.operation), check.resource, check.refusedCode));
        }
    }
    return all;
}

const ClientAction kProduces{"User:a", "1.1.1.1", {}, {"t"}, "", ""};
const ClientAction kConsumes{"User:a", "1.1.1.1", {"t"}, {}, "g", ""};
const ClientAction kTransforms{"User:a", "1.1.1.1", {"in"}, {"out"}, "g", "x"};

/// The rows as a person would ask for them.
bool rowsSayYes(const WhoMayAnswer& answer, std::string_view principal, std::string_view host) {
    const auto has = [](const auto& list, std::string_view one) { return std::ranges::find(list, one) != list.end(); };
    return answer.everybodyBySetting || std::ranges::any_of(answer.rows, [&](const WhoMay& row) {
               const bool who = row.principal == principal ||
                                (row.principal == kAnyPrincipal && !has(row.exceptPrincipals, principal));
               return who && (row.host == host || (row.host == kAnyHost && !has(row.exceptHosts, host)));
           });
}

} // namespace

class ExplainTest : public QObject {
    Q_OBJECT
private slots:
    void presetsSatisfyEveryCheckOfTheirClient();
    void eachMissingRightIsNamedWithItsCode();
    void trap18DenyDescribeShutsAProducerOut();
    void trap11AssignedPartitionsNeedNoGroup();
    void anIdempotentProducerNeedsWriteOnAnyTopic();
    void whatDecidesIsNamedWithGrantAndPolicy();
    void aSuspendedGrantIsNamed();
    void superUsersAndTheSettingAreTold();
    void trap17EverybodyAndWhoIsDenied();
    void whoMayKnowsEndsOfPatterns();
    void whoMayAgreesWithTheTable();
    void topicsOfAPrincipal();
    void trap21WhatAPrefixCovers();
};

void ExplainTest::presetsSatisfyEveryCheckOfTheirClient() {
    const auto works = [](Role role, const ClientAction& action) {
        AccessScope scope{"User:a", "*", role, {}, {}, {action.group}, {action.transactionalId}};
        std::ranges::transform(action.reads, std::back_inserter(scope.reads), [](auto& n) { return NamePattern{n}; });
        std::ranges::transform(action.writes, std::back_inserter(scope.writes), [](auto& n) { return NamePattern{n}; });
        const auto bindings = bindingsOf(scope);
        const auto whole = explain({tableOf(bindings)}, action);
        QVERIFY2(whole.allowed, whole.verdict.c_str());
        QVERIFY(whole.checks.size() > 2);
        for (const auto& left : bindings) { // and the set is the smallest: without any one it doesn't work
            auto fewer = bindings;
            std::erase(fewer, left);
            QVERIFY2(!explain({tableOf(fewer)}, action).allowed, describe(left).c_str());
        }
    };
    auto transactional = kProduces;
    transactional.transactionalId = "x";
    works(Role::Producer, kProduces);
    works(Role::TransactionalProducer, transactional);
    works(Role::Consumer, kConsumes);
    works(Role::ConsumeTransformProduce, kTransforms);
}

void ExplainTest::eachMissingRightIsNamedWithItsCode() {
    const auto noGroup = explain({tableOf({topic("t")})}, kConsumes);
    QVERIFY(!noGroup.allowed);
    QCOMPARE(refused(noGroup).front(), std::string("FindCoordinator DESCRIBE g 30"));
    QVERIFY(std::ranges::all_of(refused(noGroup), [](const auto& one) { return one.ends_with(" g 30"); }));
    const auto noTransaction =
        explain({tableOf({topic("in"), topic("out", Write), on(ResourceKind::Group, "g", Read)})}, kTransforms);
    QVERIFY(std::ranges::all_of(refused(noTransaction), [](const auto& one) { return one.ends_with(" x 53"); }));
    QVERIFY(noTransaction.verdict.find("transactional id 'x'") != std::string::npos);
    QVERIFY(!explain({tableOf({})}, {}).allowed);
}

void ExplainTest::trap18DenyDescribeShutsAProducerOut() {
    const auto table = tableOf({topic("t", Write), deny(topic("t", Describe))});
    QVERIFY(table.decide({"User:a", "1.1.1.1", Write, ResourceKind::Topic, "t"}).allowed);
    const auto explanation = explain({table}, kProduces);
    QVERIFY(!explanation.allowed);
    QCOMPARE(refused(explanation), std::vector<std::string>{"Metadata DESCRIBE t 29"});
    QCOMPARE(explanation.checks.front().by, std::optional(deny(topic("t", Describe))));
    const auto who = whoMay(table, Write, ResourceKind::Topic, "t");
    QCOMPARE(who.rows.size(), std::size_t(1));
    QVERIFY(who.rows.front().shutOutBy != nullptr);
}

void ExplainTest::trap11AssignedPartitionsNeedNoGroup() {
    auto assigned = kConsumes;
    QVERIFY(!explain({tableOf({topic("t")})}, assigned).allowed);
    assigned.group.clear();
    QVERIFY(explain({tableOf({topic("t")})}, assigned).allowed);
}

void ExplainTest::anIdempotentProducerNeedsWriteOnAnyTopic() {
    const auto idOf = [](const Explanation& explanation) {
        return *std::ranges::find(explanation.checks, "InitProducerId", &AccessCheck::api);
    };
    const auto own = idOf(explain({tableOf({topic("t", Write)})}, kProduces));
    QVERIFY(own.allowed);
    QCOMPARE(own.by, std::optional(topic("t", Write)));
    const auto other = idOf(explain({tableOf({topic("u", Write)})}, kProduces));
    QVERIFY(other.allowed && !other.by);
    const auto cluster = on(ResourceKind::Cluster, "kafka-cluster", IdempotentWrite);
    QCOMPARE(idOf(explain({tableOf({cluster})}, kProduces)).by, std::optional(cluster));
    QCOMPARE(idOf(explain({tableOf({})}, kProduces)).refusedCode, std::int16_t(31));
}

void ExplainTest::whatDecidesIsNamedWithGrantAndPolicy() {
    const std::vector<GrantInForce> grants{{"g1", "User:a", {topic("t")}, -1, -1},
                                           {"g2", "User:a", {topic("t")}, -1, -1}};
    const auto wanted = wantedAt(grants, 0);
    const std::map<std::string, std::string> policies{{"g1", "own-domain"}};
    auto assigned = kConsumes;
    assigned.group.clear();
    const auto table = tableOf({topic("t")});
    const auto fetch = explain({table, &wanted, &policies}, assigned).checks.back();
    QCOMPARE(fetch.api, std::string_view("Fetch"));
    QCOMPARE(fetch.grants, (std::vector<std::string>{"g1", "g2"}));
    QCOMPARE(fetch.policies, std::vector<std::string>{"own-domain"});
    QCOMPARE(fetch.why, std::string("Fetch asks for READ on topic 't': allowed by ALLOW READ on topic 't' for User:a, "
                                    "of grant g1, g2 under policy own-domain."));
    auto elsewhere = topic("t");
    elsewhere.host = "2.2.2.2"; // another address's right is no right from an address that nobody named
    assigned.host.clear();
    QVERIFY(!explain({tableOf({elsewhere})}, assigned).allowed);
}

/// "Why may it no longer?" Its principal is disabled.
void ExplainTest::aSuspendedGrantIsNamed() {
    const std::vector<GrantInForce> grants{{"g1", "User:a", {topic("t"), topic("t", Write)}, -1, -1},
                                           {"others", "User:b", {topic("t", Read, "User:b")}, -1, -1}};
    const auto suspended = wantedAt(grants, 0);
    AclTable none = tableOf({});
    AccessFacts facts{none};
    facts.suspended = &suspended;
    const auto refused = explain(facts, kConsumes);
    const auto& fetch = *std::ranges::find(refused.checks, "Fetch", &AccessCheck::api);
    QCOMPARE(fetch.suspended, std::vector<std::string>{"g1"});
    QVERIFY2(fetch.why.ends_with("; the grant g1 would allow it, but is suspended since User:a is disabled."),
             fetch.why.c_str());
    QVERIFY2(refused.verdict.find("g1") != std::string::npos, refused.verdict.c_str());
    const auto producing = explain(facts, kProduces);
    for (const auto& check : producing.checks) {
        QCOMPARE(check.suspended, std::vector<std::string>{"g1"}); // the idempotent producer's id too
    }
    auto somebody = kConsumes;
    somebody.principal = "User:c";
    for (const auto& check : explain(facts, somebody).checks) {
        QVERIFY(check.suspended.empty());
    }
    const auto allowed = tableOf({topic("t")});
    AccessFacts both{allowed};
    both.suspended = &suspended;
    const auto checks = explain(both, kConsumes).checks;
    QVERIFY(std::ranges::find(checks, "Fetch", &AccessCheck::api)->suspended.empty());
}

void ExplainTest::superUsersAndTheSettingAreTold() {
    const auto root = explain({tableOf({}, {{"User:a"}, false})}, kProduces);
    QVERIFY(root.allowed);
    QVERIFY(root.checks.front().why.find("super user") != std::string::npos);
    const auto open = explain({tableOf({}, {{}, true})}, kProduces);
    QVERIFY(open.allowed);
    QVERIFY(open.checks.front().why.find("then allows everybody") != std::string::npos);
    QVERIFY(whoMay(tableOf({}, {{}, true}), Read, ResourceKind::Topic, "t").everybodyBySetting);
    QVERIFY(!whoMay(tableOf({topic("t", Write)}, {{}, true}), Read, ResourceKind::Topic, "t").everybodyBySetting);
}

void ExplainTest::trap17EverybodyAndWhoIsDenied() {
    auto here = deny(topic("t", Read, "User:c"));
    here.host = "1.1.1.1";
    const auto table = tableOf({topic("t", Read, "User:*"), deny(topic("t", All, "User:b")), here});
    const auto who = whoMay(table, Read, ResourceKind::Topic, "t");
    QCOMPARE(who.rows.size(), std::size_t(2));
    QCOMPARE(who.rows[0].principal, kAnyPrincipal);
    QCOMPARE(who.rows[0].exceptPrincipals, (std::vector<std::string_view>{"User:b", "User:c"}));
    QCOMPARE(who.rows[1].principal, std::string_view("User:c"));
    QCOMPARE(who.rows[1].exceptHosts, std::vector<std::string_view>{"1.1.1.1"});
    QVERIFY(kSuperUsersUnseen.find("Super users") == 0);
}

void ExplainTest::whoMayKnowsEndsOfPatterns() {
    auto prefix = topic("t.", Read, "User:p");
    prefix.pattern = PatternType::Prefixed;
    const auto table =
        tableOf({prefix, topic("*", All, "User:w"), topic("t.a", Write, "User:n"), topic("t.a", Read, "user:ghost")});
    const auto who = whoMay(table, Read, ResourceKind::Topic, "t.a");
    QCOMPARE(who.rows.size(), std::size_t(2)); // who can never be met isn't listed
    QCOMPARE(who.rows[0].by.front()->resource, std::string("t."));
    QCOMPARE(who.rows[1].by.front()->resource, std::string("*"));
}

void ExplainTest::whoMayAgreesWithTheTable() {
    test::SmallWorld world(test::testSeed());
    for (int round = 0; round < 500 && !QTest::currentTestFailed(); ++round) {
        const auto all = world.bindings(world.below(9));
        const auto table = tableOf(all, {{}, world.below(3) == 0});
        world.forEachRequest([&](const AclRequest& asked) {
            const auto answer = whoMay(table, asked.operation, asked.resourceKind, asked.resource);
            QCOMPARE(rowsSayYes(answer, asked.principal, asked.host), table.decide(asked).allowed);
            for (std::size_t i = 1; i < answer.rows.size(); ++i) {
                const auto &a = answer.rows[i - 1], &b = answer.rows[i];
                QVERIFY(std::pair(a.principal, a.host) < std::pair(b.principal, b.host));
            }
        });
    }
}

void ExplainTest::topicsOfAPrincipal() {
    const std::vector<std::string> topics{"a", "b", "c"};
    const auto table = tableOf({topic("*"), deny(topic("b")), topic("c", Write, "User:*")});
    const auto reached = topicsOf({table}, "User:a", "", Read, topics);
    QCOMPARE(reached.size(), std::size_t(2));
    QCOMPARE(reached[0].topic, std::string_view("a"));
    QCOMPARE(reached[1].by->resource, std::string("*"));
    QCOMPARE(topicsOf({table}, "User:x", "", Write, topics).size(), std::size_t(1));
}

void ExplainTest::trap21WhatAPrefixCovers() {
    const std::vector<std::string> topics{"__consumer_offsets", "orders", "orders-secret", "other"};
    const auto prefix = coverageOf(PatternType::Prefixed, "orders", topics);
    QCOMPARE(prefix.now, (std::vector<std::string_view>{"orders", "orders-secret"}));
    QVERIFY(prefix.isOpenEnded && prefix.internal.empty());
    QCOMPARE(prefix.words, std::string("2 topics now, and every topic to come that begins with 'orders'."));
    const auto all = coverageOf(PatternType::Literal, "*", topics);
    QCOMPARE(all.now.size(), topics.size());
    QCOMPARE(all.internal, std::vector<std::string_view>{"__consumer_offsets"});
    QVERIFY(!coverageOf(PatternType::Literal, "orders", topics).isOpenEnded);
    QVERIFY(coverageOf(PatternType::Literal, "none", topics).now.empty());
}

QTEST_GUILESS_MAIN(ExplainTest)
#include "explain_test.moc"
