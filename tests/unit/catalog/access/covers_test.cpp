// SPDX-License-Identifier: Apache-2.0
// "Says no more than" against the authorizer: removing what is covered changes no decision.
#include "support/seed.h"

#include <catalog/access_covers.h>

#include <backbone/acl_table.h>

#include <QtTest>

#include <random>

using namespace meshbone::catalog;
using namespace meshbone::backbone;

namespace {
const std::vector<std::string> kNames{"a", "ab", "abc", "b", "*", "a*"};
const std::vector<std::string> kWho{"User:a", "User:b", "User:*"};
const std::vector<std::string> kHosts{"*", "1.1.1.1", "2.2.2.2"};
const std::vector<Operation> kOperations{Operation::Read,  Operation::Write, Operation::Describe,
                                         Operation::Alter, Operation::All,   Operation::DescribeConfigs};
} // namespace

class CoversTest : public QObject {
    Q_OBJECT
private slots:
    void patterns();
    void whatIsCoveredDecidesNothing();
    void patternsThatMeetHaveANameInCommon();
};

void CoversTest::patterns() {
    constexpr auto Literal = PatternType::Literal;
    constexpr auto Prefixed = PatternType::Prefixed;
    QVERIFY(patternIncludes(Literal, "*", Prefixed, "a"));
    QVERIFY(patternIncludes(Prefixed, "a", Literal, "ab"));
    QVERIFY(!patternIncludes(Prefixed, "*", Literal, "*"));
    QVERIFY(!patternIncludes(Literal, "a", Prefixed, "a"));
    QVERIFY(patternsMeet(Prefixed, "a", Prefixed, "ab"));
    QVERIFY(!patternsMeet(Prefixed, "b", Prefixed, "ab"));
}

void CoversTest::whatIsCoveredDecidesNothing() {
    std::mt19937_64 random{meshbone::test::testSeed()};
    const auto anyOf = [&](const auto& list) { return list[random() % list.size()]; };
    std::size_t dropped = 0;
    for (int round = 0; round < 300; ++round) {
        std::vector<AclBinding> all;
        for (int i = 0; i < 6; ++i) {
            all.push_back({ResourceKind::Topic, random() % 2 == 0 ? PatternType::Literal : PatternType::Prefixed,
                           anyOf(kNames), anyOf(kWho), anyOf(kHosts), anyOf(kOperations),
                           random() % 3 == 0 ? Permission::Deny : Permission::Allow});
        }
        const auto kept = withoutCovered(all);
        dropped += all.size() - kept.size();
        AclTable before, after;
        for (const auto& one : all) {
            before.add(one);
        }
        for (const auto& one : kept) {
            after.add(one);
        }
        for (const auto& who : kWho) {
            for (const auto& host : {"1.1.1.1", "3.3.3.3"}) {
                for (const auto operation : kOperations) {
                    for (const auto& name : kNames) {
                        const AclRequest asked{who, host, operation, ResourceKind::Topic, name};
                        QCOMPARE(after.decide(asked).allowed, before.decide(asked).allowed);
                    }
                }
            }
        }
    }
    QVERIFY(dropped > 100);
}

void CoversTest::patternsThatMeetHaveANameInCommon() {
    for (const auto& one : kNames) {
        for (const auto& other : kNames) {
            for (const auto onePattern : {PatternType::Literal, PatternType::Prefixed}) {
                for (const auto otherPattern : {PatternType::Literal, PatternType::Prefixed}) {
                    // A longer name stands for those that only prefixes reach.
                    bool meet = false;
                    for (const auto& name : {one, other, one + "z", other + "z"}) {
                        meet = meet || (name != "*" && patternCovers(onePattern, one, name) &&
                                        patternCovers(otherPattern, other, name));
                    }
                    QCOMPARE(patternsMeet(onePattern, one, otherPattern, other), meet);
                }
            }
        }
    }
}

QTEST_GUILESS_MAIN(CoversTest)
#include "covers_test.moc"
