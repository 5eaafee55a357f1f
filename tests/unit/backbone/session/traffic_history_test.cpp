// SPDX-License-Identifier: Apache-2.0
#include "session/traffic_history.h"

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace meshbone;
using namespace meshbone::backbone;

namespace {

using Log = TrafficHistoryLog;
constexpr std::int64_t kSecond = 1'000, kMinute = 60'000, kHour = 3'600'000, kDay = 24 * kHour;
constexpr TimestampMs kStart = 1'700'000'400'000; ///< a round half hour

std::map<std::string, TrafficMeter::Sample> ends(std::int64_t a, std::int64_t b = -1) {
    std::map<std::string, TrafficMeter::Sample> samples{{"a", {0, a}}};
    if (b >= 0) {
        samples["b"] = {0, b};
    }
    return samples;
}

std::int64_t eventsOf(const TrafficHistory& history, const std::string& topic) {
    std::int64_t sum = 0;
    for (const auto& bucket : history.buckets) {
        const auto found = bucket->events.find(topic);
        sum += found == bucket->events.end() ? 0 : found->second;
    }
    return sum;
}

} // namespace

/// What is kept of the traffic, and what is not made up.
class TrafficHistoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    [[nodiscard]] std::filesystem::path path() const {
        return std::filesystem::path(m_folder.path().toStdString()) / QTest::currentTestFunction() / "traffic.history";
    }
    [[nodiscard]] Log open(TimestampMs nowMs) const { return Log(HistoryFile(path()), nowMs); }
    /// Ten events every five seconds from..to.
    static void watch(Log& log, TimestampMs from, TimestampMs to, std::int64_t end = 0) {
        for (auto at = from; at <= to; at += 5 * kSecond) {
            log.add(at, ends(end += 10));
        }
    }

private slots:
    void stepsOfFiveMinutesAddUp() {
        Log log(HistoryFile(), kStart);
        watch(log, kStart, kStart + 12 * kMinute);
        const auto history = log.history();
        QCOMPARE(history->buckets.size(), std::size_t{3});
        QCOMPARE(history->buckets[1]->startMs, kStart + 5 * kMinute);
        QCOMPARE(history->buckets[1]->observedMs, 5 * kMinute);
        QCOMPARE(history->buckets[1]->events.at("a"), std::int64_t{600});
        QCOMPARE(history->buckets[2]->observedMs, 2 * kMinute + 5 * kSecond); // it still grows
    }

    void whatWasThereBeforeIsNoTraffic() {
        Log log(HistoryFile(), kStart);
        log.add(kStart, ends(1'000'000));
        log.add(kStart + 5 * kSecond, ends(1'000'010, 500)); // b is new: when its 500 came is not known
        log.add(kStart + 10 * kSecond, ends(3, 510));        // a was made anew
        log.add(kStart + 15 * kSecond, ends(5, 510));
        QCOMPARE(eventsOf(*log.history(), "a"), std::int64_t{12});
        QCOMPARE(eventsOf(*log.history(), "b"), std::int64_t{10});
    }

    void aRestartLeavesAGapAndNoZero() {
        {
            auto log = open(kStart);
            watch(log, kStart, kStart + 12 * kMinute);
        }
        auto log = open(kStart + kHour);
        QCOMPARE(eventsOf(*log.history(), "a"), std::int64_t{144 * 10}); // all that was seen is there
        watch(log, kStart + kHour, kStart + kHour + kMinute, 90'000);
        const auto history = log.history();
        QCOMPARE(history->buckets.size(), std::size_t{4});
        QCOMPARE(history->buckets[2]->startMs, kStart + 10 * kMinute);
        QCOMPARE(history->buckets[3]->startMs, kStart + kHour); // nothing between, and not the 90,000 of the gap
        QCOMPARE(eventsOf(*history, "a"), std::int64_t{144 * 10 + 12 * 10});
    }

    void aRestartWithinAStepGoesOnWithIt() {
        {
            auto log = open(kStart);
            watch(log, kStart, kStart + kMinute);
        }
        auto log = open(kStart + 2 * kMinute);
        watch(log, kStart + 2 * kMinute, kStart + 3 * kMinute, 1'000);
        QCOMPARE(log.history()->buckets.size(), std::size_t{1});
        QCOMPARE(log.history()->buckets[0]->observedMs, 2 * kMinute);
        watch(log, kStart + 3 * kMinute + 5 * kSecond, kStart + 6 * kMinute, 1'130);
        QCOMPARE(log.history()->buckets.size(), std::size_t{2});
        QCOMPARE(log.history()->buckets[0]->observedMs, 4 * kMinute - 5 * kSecond);
    }

    void aPauseOfTheMachineIsAGap() {
        Log log(HistoryFile(), kStart);
        watch(log, kStart, kStart + kMinute);
        watch(log, kStart + 3 * kHour, kStart + 3 * kHour + kMinute, 1'000'000);
        QCOMPARE(eventsOf(*log.history(), "a"), std::int64_t{240});
    }

    void aKillCostsAMinuteAtMost() {
        auto log = open(kStart);
        watch(log, kStart, kStart + 10 * kMinute);
        const auto copy = path().string() + ".copy"; // what a program would find that starts after a crash now
        std::filesystem::copy_file(path(), copy);
        std::ofstream(copy, std::ios::app) << "1700000400000 60000 a=1"; // torn: the write was cut short
        {
            Log after(HistoryFile(copy), kStart + 11 * kMinute);
            QVERIFY(eventsOf(*after.history(), "a") >= 9 * 120);
            watch(after, kStart + 11 * kMinute, kStart + 12 * kMinute);
        }
        const Log again(HistoryFile(copy), kStart + 12 * kMinute); // the torn line spoils none after it
        QVERIFY(eventsOf(*again.history(), "a") >= 10 * 120);
    }

    void aWeekIsKeptInBounds() {
        Log log(HistoryFile(path()), kStart);
        std::int64_t end = 0;
        for (auto at = kStart; at <= kStart + 10 * kDay; at += 2 * kMinute) {
            log.add(at, ends(end += 120));
        }
        const auto history = log.history();
        const auto now = kStart + 10 * kDay;
        QVERIFY(history->buckets.front()->startMs <= now - 7 * kDay);
        QVERIFY(history->buckets.front()->startMs >= now - 7 * kDay - kHour);
        QVERIFY(history->buckets.size() < 640);
        for (const auto& bucket : history->buckets) {
            const bool coarse = bucket->startMs < now - 25 * kHour - 30 * kMinute;
            QVERIFY(!coarse || bucket->observedMs == 30 * kMinute);
            QVERIFY(bucket->startMs >= now - 5 * kMinute || bucket->events.at("a") * 1'000 == bucket->observedMs);
        }
        QVERIFY(std::filesystem::file_size(path()) < 400'000); // it was rewritten
    }

    void tooManyTopicsAreCountedTogether() {
        Log log(HistoryFile(), kStart);
        std::map<std::string, TrafficMeter::Sample> samples;
        for (int i = 0; i < 1'000; ++i) {
            samples["t" + std::to_string(i)] = {0, 0};
        }
        log.add(kStart, samples);
        for (auto& [topic, sample] : samples) {
            sample.endOffsetSum = topic == "t7" ? 500 : 2;
        }
        log.add(kStart + 5 * kSecond, samples);
        const auto bucket = log.history()->buckets.back();
        QCOMPARE(bucket->events.size(), Log::kMaxTopics + 1);
        QCOMPARE(bucket->events.at("t7"), std::int64_t{500});
        std::int64_t sum = 0;
        for (const auto& [topic, events] : bucket->events) {
            sum += events;
        }
        QCOMPARE(sum, std::int64_t{500 + 999 * 2});
    }

    void onlyOneProgramWrites() {
        auto first = open(kStart);
        auto second = open(kStart); // another process on the same folder
        watch(first, kStart, kStart + 2 * kMinute);
        watch(second, kStart, kStart + 2 * kMinute);
        QCOMPARE(eventsOf(*second.history(), "a"), std::int64_t{240}); // it shows what it saw
        const Log third(HistoryFile(path()), kStart + 2 * kMinute);
        const auto kept = eventsOf(*third.history(), "a");
        QVERIFY(kept >= 120 && kept <= 240); // and it stands in the file once
    }

    void aFileOfANewerVersionIsLeftAlone() {
        std::ofstream(path()) << "meshbone-traffic 2\nsomething else\n";
        {
            auto log = open(kStart);
            watch(log, kStart, kStart + 10 * kMinute);
            QCOMPARE(eventsOf(*log.history(), "a"), std::int64_t{1'200});
        }
        std::ifstream in(path());
        const std::string text((std::istreambuf_iterator<char>(in)), {});
        QCOMPARE(text, std::string("meshbone-traffic 2\nsomething else\n"));
    }

    void init() { std::filesystem::create_directories(path().parent_path()); }
};

QTEST_GUILESS_MAIN(TrafficHistoryTest)
#include "traffic_history_test.moc"
