// SPDX-License-Identifier: Apache-2.0
// When requests were, in bounded memory, and what of the evidence falls into a period.
#include <catalog/access_period.h>

#include <QtTest>

#include <random>

#include "support/seed.h"

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

constexpr TimestampMs kHour = CountedSpan::kHourMs, kDay = 24 * kHour;
constexpr TimestampMs kMidnight = 20'000 * kDay;

/// One request at each of these times, the first and the last sight among them.
EvidenceTuple seenAt(const std::vector<TimestampMs>& times) {
    EvidenceTuple tuple;
    tuple.principal = "User:a";
    tuple.resource = "t";
    tuple.firstMs = *std::ranges::min_element(times);
    tuple.lastMs = *std::ranges::max_element(times);
    tuple.count = static_cast<std::int64_t>(times.size());
    for (const auto time : times) {
        tuple.counts.add(time, 1);
    }
    return tuple;
}

std::optional<EvidenceTuple> within(EvidenceTuple tuple, TimestampMs fromMs, TimestampMs toMs) {
    PeriodDoubt doubt;
    return keepWithin(tuple, {fromMs, toMs}, doubt) ? std::optional(tuple) : std::nullopt;
}

} // namespace

class PeriodTest : public QObject {
    Q_OBJECT
private slots:
    void requestsOfAnHourAddUp();
    void oldHoursBecomeDaysAndOldDaysAreForgotten();
    void inAnyOrderTheSumIsTheSame();
    void whatIsNotCountsIsRefused();
    void onlyRequestsOfThePeriodCount();
    void anHourThatIsCutCountsAsAWholeAndSaysSo();
    void whatHasNoHourMayHaveBeenAnyTime();
    void whatWasCountedBeforeHoursWereKept();
    void aSilentPeriodHasNothing();
    void whatIsInferredStaysOne();
    void coverageOfThePeriod();
};

void PeriodTest::requestsOfAnHourAddUp() {
    RequestCounts counts;
    counts.add(kMidnight + 5, 2);
    counts.add(kMidnight + kHour - 1, 3);
    counts.add(kMidnight + 2 * kHour, 1);
    QCOMPARE(counts.spans().size(), std::size_t(2));
    QCOMPARE(counts.spans().front(), (CountedSpan{20'000 * 24, 1, 5}));
    QCOMPARE(counts.sum(), std::int64_t(6));
    QCOMPARE(counts.earlierToMs(), TimestampMs(-1));
}

void PeriodTest::oldHoursBecomeDaysAndOldDaysAreForgotten() {
    RequestCounts counts;
    for (TimestampMs hour = 0; hour < 400 * 24; ++hour) {
        counts.add(kMidnight + hour * kHour, 1);
        QVERIFY(counts.spans().size() <= RequestCounts::kMaxSpans);
    }
    const auto isHour = [](const CountedSpan& span) { return span.hours == 1; };
    const auto hours = std::ranges::count_if(counts.spans(), isHour);
    QVERIFY2(hours >= 25 && hours <= 48, qPrintable(QString::number(hours)));
    const auto& oldest = counts.spans().front();
    QCOMPARE(oldest.requests, std::int64_t(24)); // a day
    QVERIFY(counts.spans().size() - static_cast<std::size_t>(hours) >= 90);
    QCOMPARE(counts.earlierToMs(), oldest.fromMs() - 1);
    QVERIFY(RequestCounts::of(counts.spans(), counts.earlierToMs()) == counts);
    counts.add(kMidnight, 1); // too late: only its total knows it
    QCOMPARE(counts.spans().front(), oldest);
}

void PeriodTest::inAnyOrderTheSumIsTheSame() {
    std::mt19937_64 random(test::testSeed());
    for (int round = 0; round < 50; ++round) {
        RequestCounts counts;
        std::vector<TimestampMs> times(500);
        for (auto& time : times) {
            time = kMidnight + static_cast<TimestampMs>(random() % (60 * kDay));
            counts.add(time, 1);
        }
        QVERIFY(counts.sum() <= 500 && counts.spans().size() <= RequestCounts::kMaxSpans);
        QVERIFY(RequestCounts::of(counts.spans(), counts.earlierToMs()) == counts);
        for (const auto& span : counts.spans()) {
            const auto there = std::ranges::count_if(
                times, [&](TimestampMs time) { return time >= span.fromMs() && time <= span.toMs(); });
            QCOMPARE(span.requests, static_cast<std::int64_t>(there));
        }
    }
}

void PeriodTest::whatIsNotCountsIsRefused() {
    using Spans = std::vector<CountedSpan>;
    QVERIFY(RequestCounts::of({}, -1) == RequestCounts());
    QVERIFY(RequestCounts::of(Spans{{24, 24, 1}, {48, 1, 1}}, 5));
    for (const auto& wrong : {Spans{{24, 24, -1}}, Spans{{25, 24, 1}}, Spans{{24, 2, 1}}, Spans{{5, 1, 1}, {5, 1, 1}},
                              Spans{{24, 24, 1}, {30, 1, 1}}, Spans{{6, 1, 1}, {5, 1, 1}}}) {
        QVERIFY(!RequestCounts::of(wrong, -1));
    }
    Spans many;
    for (std::uint32_t hour = 0; hour <= RequestCounts::kMaxSpans; ++hour) {
        many.push_back({hour, 1, 1});
    }
    QVERIFY(!RequestCounts::of(many, -1));
}

void PeriodTest::onlyRequestsOfThePeriodCount() {
    const auto tuple = seenAt({kMidnight, kMidnight + 1, kMidnight + kHour, kMidnight + 2 * kHour + 7});
    const auto all = within(tuple, kMidnight, kMidnight + kDay).value();
    QCOMPARE(all.count, std::int64_t(4));
    QVERIFY(all.counts == tuple.counts); // can be cut again
    const auto one = within(tuple, kMidnight + kHour, kMidnight + 2 * kHour - 1).value();
    QCOMPARE(one.count, std::int64_t(1));
    QCOMPARE(one.unsure, std::int64_t(0));
    QCOMPARE(one.firstMs, kMidnight + kHour);
    QCOMPARE(one.lastMs, kMidnight + 2 * kHour - 1);
    const auto last = within(tuple, kMidnight + kHour, kMidnight + kDay).value();
    QCOMPARE(last.count, std::int64_t(2));
    QCOMPARE(last.lastMs, kMidnight + 2 * kHour + 7);
}

void PeriodTest::anHourThatIsCutCountsAsAWholeAndSaysSo() {
    const std::vector evidence{seenAt({kMidnight, kMidnight + 9, kMidnight + kHour + 1})};
    const auto cut = evidenceWithin(evidence, {kMidnight + 5, kMidnight + kDay});
    QCOMPARE(cut.tuples.front().count, std::int64_t(3));
    QCOMPARE(cut.tuples.front().unsure, std::int64_t(2));
    QCOMPARE(cut.doubt.cut, std::int64_t(2));
    QCOMPARE(doubtNotes(cut.doubt).size(), std::size_t(1));
    QVERIFY(doubtNotes(cut.doubt).front().contains("up to 2 of the requests"));
    QVERIFY(doubtNotes({}).empty());
    // No request was before its first sight: the hour isn't cut by a period that begins there.
    QCOMPARE(evidenceWithin(evidence, {kMidnight, kMidnight + kHour + 1}).doubt.cut, std::int64_t(0));
    auto own = evidence;
    own.front().internal = true;
    QCOMPARE(evidenceWithin(own, {kMidnight + 5, kMidnight + kDay}).doubt.cut, std::int64_t(0));
}

void PeriodTest::whatHasNoHourMayHaveBeenAnyTime() {
    auto tuple = seenAt({kMidnight, kMidnight + 10 * kDay});
    tuple.count = 70;
    tuple.counts = {};
    PeriodDoubt doubt;
    QVERIFY(keepWithin(tuple, {kMidnight + 2 * kDay, kMidnight + 3 * kDay}, doubt));
    QCOMPARE(tuple.count, std::int64_t(70));
    QCOMPARE(tuple.unsure, std::int64_t(70));
    QCOMPARE(doubt.untimed, std::int64_t(70));
    QVERIFY(doubtNotes(doubt).front().starts_with("Up to 70 of the requests were counted without their hour"));
    auto last = seenAt({kMidnight, kMidnight + 10 * kDay});
    last.count = 70;
    last.counts = {};
    QVERIFY(keepWithin(last, {kMidnight + 2 * kDay, kMidnight + 10 * kDay}, doubt));
    QCOMPARE(last.unsure, std::int64_t(69)); // the last one was in it
}

void PeriodTest::whatWasCountedBeforeHoursWereKept() {
    EvidenceTuple tuple = seenAt({kMidnight, kMidnight + 5 * kDay});
    tuple.count = 100;
    tuple.counts = {};
    tuple.counts.beginAfter(kMidnight + 2 * kDay);
    tuple.counts.add(kMidnight + 5 * kDay, 3);
    const auto since = within(tuple, kMidnight + 4 * kDay, kMidnight + 6 * kDay).value();
    QCOMPARE(since.count, std::int64_t(3));
    QCOMPARE(since.unsure, std::int64_t(0));
    const auto before = within(tuple, kMidnight + kDay, kMidnight + 3 * kDay).value();
    QCOMPARE(before.count, std::int64_t(97));
    QCOMPARE(before.lastMs, kMidnight + 2 * kDay);
}

void PeriodTest::aSilentPeriodHasNothing() {
    const auto tuple = seenAt({kMidnight, kMidnight + 3 * kHour});
    QVERIFY(!within(tuple, kMidnight + kHour, kMidnight + 2 * kHour));
    QVERIFY(!within(tuple, 0, kMidnight - 1));
    QVERIFY(!within(tuple, kMidnight + kDay, kMidnight + 2 * kDay));
}

void PeriodTest::whatIsInferredStaysOne() {
    auto guess = seenAt({kMidnight, kMidnight + kDay});
    guess.counts = {};
    guess.count = 1;
    guess.grade = EvidenceGrade::Inferred;
    const auto kept = within(guess, kMidnight + kHour, kMidnight + 2 * kHour).value();
    QCOMPARE(kept.count, std::int64_t(1));
    QCOMPARE(kept.unsure, std::int64_t(0));
}

void PeriodTest::coverageOfThePeriod() {
    const EvidenceCoverage all{100, 900, {"embedded"}, {{200, 300}, {400, 500}, {600, 700}}};
    using Gaps = std::vector<std::pair<TimestampMs, TimestampMs>>;
    const auto inside = coverageWithin(all, {250, 650});
    QCOMPARE(inside.fromMs, TimestampMs(300));
    QCOMPARE(inside.toMs, TimestampMs(600));
    QCOMPARE(inside.gaps, (Gaps{{400, 500}}));
    QCOMPARE(inside.observers, all.observers);
    const auto whole = coverageWithin(all, {});
    QCOMPARE(whole.fromMs, TimestampMs(100));
    QCOMPARE(whole.gaps, all.gaps);
    for (const auto& nobody : {EvidencePeriod{0, 99}, EvidencePeriod{901, 999}, EvidencePeriod{420, 430}}) {
        const auto none = coverageWithin(all, nobody);
        QCOMPARE(none.fromMs, TimestampMs(-1));
        QCOMPARE(none.toMs, TimestampMs(-1));
        QVERIFY(none.gaps.empty());
    }
    QCOMPARE(coverageWithin({}, {}).fromMs, TimestampMs(-1));
}

QTEST_GUILESS_MAIN(PeriodTest)
#include "period_test.moc"
