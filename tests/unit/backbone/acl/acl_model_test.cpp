// SPDX-License-Identifier: Apache-2.0
// The table against Kafka's rules written down plainly, over random bindings from a small world in which everything
// meets everything.
#include "support/seed.h"

#include <backbone/acl_table.h>

#include <QtTest>

#include <algorithm>
#include <random>

using namespace meshbone::backbone;
using meshbone::TimestampMs;

namespace {

const std::vector<std::string> kNames{"a", "ab", "abc", "b", "*", "a*"};
const std::vector<std::string> kPrincipals{"User:a", "User:b", "User:*", "Role:a"};
const std::vector<std::string> kHosts{"*", "1.1.1.1", "2.2.2.2"};
const std::vector<Operation> kOperations{Operation::Read,  Operation::Write,           Operation::Describe,
                                         Operation::Alter, Operation::DescribeConfigs, Operation::AlterConfigs,
                                         Operation::All};
constexpr TimestampMs kNow = 50;

using Held = std::pair<AclBinding, TimestampMs>;

bool isAlive(const Held& held) {
    return held.second < 0 || kNow < held.second;
}

/// kafka-authorizer's decision, rule by rule, over a plain list.
bool plainDecision(const std::vector<Held>& all, const AclRules& rules, const AclRequest& asked) {
    if (rules.superUsers.contains(asked.principal)) {
        return true;
    }
    bool hasCandidate = false, allows = false, denies = false;
    for (const auto& held : all) {
        const auto& one = held.first;
        if (one.resourceKind != asked.resourceKind || !patternCovers(one.pattern, one.resource, asked.resource)) {
            continue;
        }
        hasCandidate = true;
        const bool mine = one.principal == asked.principal || one.principal == "User:*";
        const bool here = one.host == asked.host || one.host == "*";
        if (mine && here && concerns(one, asked.operation) && isAlive(held)) {
            (one.permission == Permission::Deny ? denies : allows) = true;
        }
    }
    return !denies && (allows || (!hasCandidate && rules.allowIfNone));
}

/// On some resource: is there a name (of this world, and longer ones) on which an exact ALLOW stands and no DENY?
bool plainOnSome(const std::vector<Held>& all, const AclRules& rules, std::string_view principal, std::string_view host,
                 Operation operation) {
    if (plainDecision(all, rules, {principal, host, operation, ResourceKind::Topic, "hardcode"})) {
        return true;
    }
    const auto counts = [&](const Held& held, Permission permission) {
        const auto& one = held.first;
        return one.permission == permission && one.resourceKind == ResourceKind::Topic &&
               (one.principal == principal || one.principal == "User:*") && (one.host == host || one.host == "*") &&
               (one.operation == operation || one.operation == Operation::All) && isAlive(held);
    };
    const auto isDenied = [&](const AclBinding& allowed) {
        return std::ranges::any_of(all, [&](const Held& held) {
            const auto& one = held.first;
            return counts(held, Permission::Deny) &&
                   (one.pattern == PatternType::Literal
                        ? one.resource == "*" || (allowed.pattern == PatternType::Literal && allowed.resource != "*" &&
                                                  one.resource == allowed.resource)
                        : (allowed.pattern == PatternType::Prefixed || allowed.resource != "*") &&
                              allowed.resource.starts_with(one.resource));
        });
    };
    return std::ranges::any_of(
        all, [&](const Held& held) { return counts(held, Permission::Allow) && !isDenied(held.first); });
}

} // namespace

class AclModelTest : public QObject {
    Q_OBJECT
private slots:
    void decidesAsTheRulesSay();

private:
    template <class List>
    const auto& anyOf(const List& list) {
        return list[m_random() % list.size()];
    }
    AclBinding binding() {
        return {m_random() % 4 == 0 ? ResourceKind::Group : ResourceKind::Topic,
                m_random() % 2 == 0 ? PatternType::Literal : PatternType::Prefixed,
                anyOf(kNames),
                anyOf(kPrincipals),
                anyOf(kHosts),
                anyOf(kOperations),
                m_random() % 3 == 0 ? Permission::Deny : Permission::Allow};
    }
    void compare(const AclTable& table, const std::vector<Held>& plain);
    void compareLists(const AclTable& table, const std::vector<Held>& plain);
    std::mt19937_64 m_random{meshbone::test::testSeed()};
};

void AclModelTest::compare(const AclTable& table, const std::vector<Held>& plain) {
    for (const auto& principal : kPrincipals) {
        for (const auto* const host : {"1.1.1.1", "3.3.3.3"}) {
            for (const auto operation : kOperations) {
                for (const auto& resource : kNames) {
                    const AclRequest asked{principal, host, operation, ResourceKind::Topic, resource};
                    const auto decision = table.decide(asked, kNow);
                    QCOMPARE(decision.allowed, plainDecision(plain, table.rules(), asked));
                    QCOMPARE(decision.by != nullptr, decision.reason == AclDecision::Reason::Allowed ||
                                                         decision.reason == AclDecision::Reason::Denied);
                }
                QCOMPARE(table.allowedOnSome(principal, host, operation, ResourceKind::Topic, kNow),
                         plainOnSome(plain, table.rules(), principal, host, operation));
            }
        }
    }
}

void AclModelTest::compareLists(const AclTable& table, const std::vector<Held>& plain) {
    for (const auto& principal : kPrincipals) {
        std::vector<AclBinding> expected, found;
        for (const auto& [binding, until] : plain) {
            if (binding.principal == principal) {
                expected.push_back(binding);
            }
        }
        for (const auto* one : table.of(principal)) {
            found.push_back(*one);
        }
        std::ranges::sort(expected);
        std::ranges::sort(found);
        QCOMPARE(found, expected);
        for (const auto& resource : kNames) {
            std::erase_if(found, [&](const auto& one) {
                return one.resourceKind != ResourceKind::Topic || !patternCovers(one.pattern, one.resource, resource);
            });
            QCOMPARE(table.covering(ResourceKind::Topic, resource, principal).size(), found.size());
            QCOMPARE(table.isCovered(ResourceKind::Topic, resource, principal), !found.empty());
            QCOMPARE(table.isCovered(ResourceKind::Topic, resource),
                     !table.covering(ResourceKind::Topic, resource).empty());
            found = expected;
        }
    }
}

void AclModelTest::decidesAsTheRulesSay() {
    for (int round = 0; round < 60; ++round) {
        AclTable table(AclRules{m_random() % 2 == 0 ? std::set<std::string, std::less<>>{"User:b"}
                                                    : std::set<std::string, std::less<>>{},
                                m_random() % 2 == 0});
        std::vector<Held> plain;
        // Who holds many bindings is asked about in another way than who holds few.
        for (int i = 0; i < 40 && round % 3 == 0; ++i) {
            for (const auto& principal : {kPrincipals[0], kPrincipals[2]}) {
                plain.emplace_back(AclBinding{ResourceKind::DelegationToken, PatternType::Literal, std::to_string(i),
                                              principal, "*", Operation::Describe, Permission::Allow},
                                   -1);
                table.add(plain.back().first);
            }
        }
        for (int step = 0; step < 12; ++step) {
            if (!plain.empty() && m_random() % 4 == 0) { // may take the many down to few
                const auto at = plain.begin() + static_cast<std::ptrdiff_t>(m_random() % plain.size());
                QVERIFY(table.remove(at->first));
                plain.erase(at);
            } else {
                const auto one = binding();
                const TimestampMs until = m_random() % 4 == 0 ? static_cast<TimestampMs>(m_random() % 100) : -1;
                const auto known = std::ranges::find(plain, one, &Held::first);
                QCOMPARE(table.add(one, until), known == plain.end());
                if (known == plain.end()) {
                    plain.emplace_back(one, until);
                } else {
                    known->second = until;
                }
            }
            QCOMPARE(table.size(), plain.size());
            compare(table, plain);
            compareLists(table, plain);
            if (QTest::currentTestFailed()) {
                return;
            }
        }
    }
}

QTEST_GUILESS_MAIN(AclModelTest)
#include "acl_model_test.moc"
