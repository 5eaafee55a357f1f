// SPDX-License-Identifier: Apache-2.0
// From records of evidence to what access is simulated with: grades, coverage, and what proves nothing.
#include "access/access_evidence.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::lineage;
using backbone::Operation;
using backbone::ResourceKind;
using catalog::EvidenceGrade;

namespace {

Entry seen(const std::string& principal, Spans spans, ResourceKind kind = ResourceKind::Topic,
           const std::string& resource = "quakes") {
    Entry entry;
    entry.observer = "embedded";
    entry.tuple.client = {principal, "10.0.0.1", "app", "librdkafka", "2"};
    entry.tuple.apiKey = 1;
    entry.tuple.operation = Operation::Read;
    entry.tuple.resourceKind = kind;
    entry.tuple.resource = resource;
    entry.total.requests = 7;
    entry.spans = std::move(spans);
    return entry;
}

Entry member(const std::string& group, const std::string& topic, const std::string& clientId = "app") {
    Entry entry;
    entry.kind = EntryKind::Group;
    entry.observer = "desktop";
    entry.group = group;
    entry.tuple.client.clientId = clientId;
    entry.tuple.client.host = "10.0.0.2";
    entry.tuple.resource = topic;
    entry.total.records = 5;
    entry.spans = {{100, 200}};
    return entry;
}

Entry watcher(const std::string& name, Spans spans) {
    Entry entry;
    entry.kind = EntryKind::Observer;
    entry.observer = name;
    entry.spans = std::move(spans);
    return entry;
}

std::shared_ptr<const backbone::AclTable> reading(const std::vector<std::string>& principals) {
    auto table = std::make_shared<backbone::AclTable>();
    for (const auto& principal : principals) {
        table->add({ResourceKind::Topic, backbone::PatternType::Literal, "quakes", principal});
        table->add({ResourceKind::Group, backbone::PatternType::Prefixed, "alerts", principal});
    }
    table->add({ResourceKind::Topic, backbone::PatternType::Literal, "quakes", "User:elsewhere"});
    return table;
}

AccessEvidence adapted(const std::vector<Entry>& entries, std::shared_ptr<const backbone::AclTable> acls = nullptr) {
    return accessEvidenceOf(entries, {100, 200, std::move(acls)});
}

} // namespace

class AccessEvidenceTest : public QObject {
    Q_OBJECT
private slots:
    void whatABrokerDecidedIsObserved();
    void onlyWhatWasSeenInTheTimeCounts();
    void onlyRequestsOfTheTimeCount();
    void ourOwnClientsProveNothing();
    void tooManyClientsAreCountedAndNotDecided();
    void aGroupsMembersAreInferred();
    void anObservedGroupIsNotGuessed();
    void withoutAclsNothingIsInferred();
    void coverageIsWhenSomebodyWatched();
    void nobodyWatchedIsNoEvidence();
};

void AccessEvidenceTest::whatABrokerDecidedIsObserved() {
    auto refused = seen("User:b", {{150, 160}});
    refused.tuple.granted = false;
    const auto evidence = adapted({seen("User:a", {{50, 120}, {130, 140}}), refused});
    QCOMPARE(evidence.grade, EvidenceGrade::Observed);
    QCOMPARE(evidence.tuples.size(), std::size_t(2));
    const auto& tuple = evidence.tuples.front();
    QCOMPARE(tuple.principal, std::string("User:a"));
    QCOMPARE(tuple.host, std::string("10.0.0.1"));
    QCOMPARE(tuple.resource, std::string("quakes"));
    QCOMPARE(tuple.count, std::int64_t(7));
    QCOMPARE(tuple.unsure, std::int64_t(6)); // one was at 140, the others at 50 or later
    QCOMPARE(tuple.firstMs, TimestampMs(100));
    QCOMPARE(tuple.lastMs, TimestampMs(140));
    QVERIFY(tuple.granted && !tuple.internal && tuple.grade == EvidenceGrade::Observed);
    QVERIFY(!evidence.tuples.back().granted);
    QCOMPARE(evidence.tuples.back().unsure, std::int64_t(0)); // all of it was within
    QCOMPARE(evidence.notes.size(), std::size_t(1));
    QVERIFY(evidence.notes.front().starts_with("Up to 6 of the requests were counted without their hour"));
}

void AccessEvidenceTest::onlyWhatWasSeenInTheTimeCounts() {
    const auto evidence =
        adapted({seen("User:before", {{1, 99}}), seen("User:after", {{201, 300}}), seen("User:at-the-edge", {{1, 100}}),
                 seen("User:around", {{1, 99}, {201, 300}}), seen("User:never", {})});
    QCOMPARE(evidence.tuples.size(), std::size_t(1));
    QCOMPARE(evidence.tuples.front().principal, std::string("User:at-the-edge"));
}

void AccessEvidenceTest::onlyRequestsOfTheTimeCount() {
    constexpr TimestampMs kHour = catalog::CountedSpan::kHourMs;
    auto entry = seen("User:a", {{0, 10 * kHour}});
    auto other = seen("(other)", {{0, 10 * kHour}});
    for (auto* one : {&entry, &other}) {
        one->counts.add(kHour, 2);
        one->counts.add(5 * kHour, 4);
        one->counts.add(10 * kHour, 1);
    }
    auto silent = seen("User:silent", {{0, 10 * kHour}});
    silent.counts.add(0, 6);
    silent.counts.add(10 * kHour, 1);
    const auto evidence = accessEvidenceOf(std::vector{entry, other, silent}, {4 * kHour, 6 * kHour, nullptr});
    QCOMPARE(evidence.tuples.size(), std::size_t(1));
    QCOMPARE(evidence.tuples.front().count, std::int64_t(4));
    QCOMPARE(evidence.tuples.front().unsure, std::int64_t(0));
    QCOMPARE(evidence.unattributed, std::int64_t(4));
    QVERIFY(evidence.notes.empty());
    const auto cut = accessEvidenceOf(std::vector{entry}, {5 * kHour + 1, 6 * kHour, nullptr});
    QCOMPARE(cut.tuples.front().unsure, std::int64_t(4));
    QVERIFY(cut.notes.front().starts_with("The period cuts hours or days"));
}

void AccessEvidenceTest::ourOwnClientsProveNothing() {
    auto own = seen("User:meshbone", {{150, 160}});
    own.tuple.client.clientId = "meshbone-browser";
    const auto evidence = adapted({own});
    QVERIFY(evidence.tuples.front().internal);
}

void AccessEvidenceTest::tooManyClientsAreCountedAndNotDecided() {
    const auto evidence = adapted({seen("(other)", {{150, 160}})});
    QVERIFY(evidence.tuples.empty());
    QCOMPARE(evidence.unattributed, std::int64_t(7));
    QCOMPARE(evidence.grade, EvidenceGrade::None);
}

void AccessEvidenceTest::aGroupsMembersAreInferred() {
    const auto evidence =
        adapted({member("alerts", "quakes"), member("alerts", "other"), member("alerts", "quakes", "meshbone-x")},
                reading({"User:a", "User:b"}));
    QCOMPARE(evidence.grade, EvidenceGrade::Inferred);
    QCOMPARE(evidence.tuples.size(), std::size_t(4)); // each may be it: its topic and its group
    for (const auto& tuple : evidence.tuples) {
        QCOMPARE(tuple.grade, EvidenceGrade::Inferred);
        QCOMPARE(tuple.operation, Operation::Read);
        QCOMPARE(tuple.host, std::string("10.0.0.2"));
        QVERIFY(tuple.principal == "User:a" || tuple.principal == "User:b");
    }
}

void AccessEvidenceTest::anObservedGroupIsNotGuessed() {
    const auto evidence =
        adapted({member("alerts", "quakes"), seen("User:a", {{150, 160}}, ResourceKind::Group, "alerts")},
                reading({"User:a", "User:b"}));
    QCOMPARE(evidence.tuples.size(), std::size_t(1));
    QCOMPARE(evidence.grade, EvidenceGrade::Observed);
}

void AccessEvidenceTest::withoutAclsNothingIsInferred() {
    const auto evidence = adapted({member("alerts", "quakes")});
    QVERIFY(evidence.tuples.empty());
    QCOMPARE(evidence.grade, EvidenceGrade::None);
}

void AccessEvidenceTest::coverageIsWhenSomebodyWatched() {
    const auto evidence = adapted(
        {watcher("b", {{0, 110}, {150, 160}}), watcher("a", {{105, 120}, {180, 400}}), watcher("old", {{1, 9}})});
    const auto& coverage = evidence.coverage;
    QCOMPARE(coverage.fromMs, TimestampMs(100));
    QCOMPARE(coverage.toMs, TimestampMs(200));
    QCOMPARE(coverage.observers, (std::vector<std::string>{"a", "b"}));
    QCOMPARE(coverage.gaps, (std::vector<std::pair<TimestampMs, TimestampMs>>{{120, 150}, {160, 180}}));
}

void AccessEvidenceTest::nobodyWatchedIsNoEvidence() {
    const auto evidence = adapted({});
    QCOMPARE(evidence.grade, EvidenceGrade::None);
    QCOMPARE(evidence.coverage.fromMs, TimestampMs(-1));
}

QTEST_GUILESS_MAIN(AccessEvidenceTest)
#include "access_evidence_test.moc"
