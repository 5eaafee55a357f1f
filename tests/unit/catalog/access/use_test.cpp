// SPDX-License-Identifier: Apache-2.0
// Whether what is allowed is used: which requests a binding speaks of.
#include <catalog/access_use.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using namespace meshbone::backbone;

namespace {

AclBinding binding(std::string resource, PatternType pattern = PatternType::Literal,
                   Operation operation = Operation::Read, std::string principal = "User:a") {
    return {ResourceKind::Topic, pattern, std::move(resource), std::move(principal), "*", operation, Permission::Allow};
}
EvidenceTuple seen(std::string resource, TimestampMs lastMs, Operation operation = Operation::Read,
                   std::string principal = "User:a") {
    EvidenceTuple tuple;
    tuple.principal = std::move(principal);
    tuple.host = "10.0.0.1";
    tuple.clientId = "app";
    tuple.operation = operation;
    tuple.resource = std::move(resource);
    tuple.count = 3;
    tuple.firstMs = 1;
    tuple.lastMs = lastMs;
    return tuple;
}
BindingUse useOf(const AclBinding& one, const std::vector<EvidenceTuple>& evidence) {
    return usesOf(std::span(&one, 1), evidence).front();
}

} // namespace

class UseTest : public QObject {
    Q_OBJECT
private slots:
    void itsOwnRequestsCount();
    void patternsOperationsAndHostsDecide();
    void refusalsAreToldApart();
    void everybodysBindingIsUsedByAnybody();
    void ourOwnClientsDontCount();
    void inferredIsLessThanObserved();
};

void UseTest::itsOwnRequestsCount() {
    auto other = seen("t", 9);
    other.clientId = "another";
    const auto use = useOf(
        binding("t"), {seen("t", 5), other, seen("t", 7), seen("u", 99), seen("t", 99, Operation::Read, "User:b")});
    QCOMPARE(use.requests, std::int64_t(9));
    QCOMPARE(use.lastMs, TimestampMs(9));
    QCOMPARE(use.firstMs, TimestampMs(1));
    QCOMPARE(use.clientIds, (std::vector<std::string>{"another", "app"}));
    QCOMPARE(use.grade, EvidenceGrade::Observed);
    QVERIFY(!useOf(binding("v"), {seen("t", 5)}).isUsed());
}

void UseTest::patternsOperationsAndHostsDecide() {
    const std::vector<EvidenceTuple> evidence{seen("eu.flights", 5), seen("us.flights", 6),
                                              seen("eu.x", 7, Operation::Describe)};
    QCOMPARE(useOf(binding("eu.", PatternType::Prefixed), evidence).requests, std::int64_t(6)); // READ implies DESCRIBE
    QCOMPARE(useOf(binding("*"), evidence).requests, std::int64_t(9));
    QCOMPARE(useOf(binding("*", PatternType::Literal, Operation::Write), evidence).requests, std::int64_t(3));
    auto elsewhere = binding("*");
    elsewhere.host = "10.0.0.2";
    QVERIFY(!useOf(elsewhere, evidence).isUsed());
    auto unknown = seen("t", 5);
    unknown.host.clear();
    QVERIFY(useOf(elsewhere, {unknown}).isUsed());
}

void UseTest::refusalsAreToldApart() {
    auto refused = seen("t", 8);
    refused.granted = false;
    const auto use = useOf(binding("t"), {refused});
    QVERIFY(!use.isUsed());
    QCOMPARE(use.refused, std::int64_t(3));
    QCOMPARE(use.lastRefusedMs, TimestampMs(8));
    QVERIFY(use.clientIds.empty());
}

void UseTest::everybodysBindingIsUsedByAnybody() {
    const auto use = useOf(binding("t", PatternType::Literal, Operation::Read, "User:*"),
                           {seen("t", 5), seen("t", 6, Operation::Read, "User:b")});
    QCOMPARE(use.requests, std::int64_t(6));
}

void UseTest::ourOwnClientsDontCount() {
    auto own = seen("t", 8);
    own.internal = true;
    QCOMPARE(useOf(binding("t"), {own}), BindingUse{});
}

void UseTest::inferredIsLessThanObserved() {
    auto inferred = seen("t", 8);
    inferred.grade = EvidenceGrade::Inferred;
    QCOMPARE(useOf(binding("t"), {inferred}).grade, EvidenceGrade::Inferred);
    QCOMPARE(useOf(binding("t"), {seen("t", 5), inferred}).grade, EvidenceGrade::Observed);
}

QTEST_GUILESS_MAIN(UseTest)
#include "use_test.moc"
