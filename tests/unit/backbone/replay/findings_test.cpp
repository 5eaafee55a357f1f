// SPDX-License-Identifier: Apache-2.0
#include "replay/findings.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::backbone;

class FindingsTest : public QObject {
    Q_OBJECT

private:
    static constexpr TimestampMs kNowMs = 1'700'000'000'000;
    static constexpr TimestampMs kDayMs = 86'400'000;

    /// Ten events between four and two days old.
    static ResolvedPlan resolved() {
        ResolvedPlan resolved;
        resolved.plan.request.sourceTopic = "orders";
        resolved.plan.request.targetTopic = "again";
        resolved.plan.request.window = TimeWindow{0, kNowMs};
        PlannedPartition one;
        one.partition = Partition(1);
        one.records = 10;
        one.bytes = 10'000;
        one.firstTimestampMs = kNowMs - 4 * kDayMs;
        one.lastTimestampMs = kNowMs - 2 * kDayMs;
        resolved.plan.partitions.push_back(one);
        resolved.facts.largestBytes = 2'000;
        return resolved;
    }
    static TargetFacts target(std::map<std::string, std::string> config = {}) {
        TargetFacts target;
        target.exists = true;
        target.partitions = 2;
        target.config = std::move(config);
        return target;
    }
    static std::string severityOf(const std::vector<ReplayFinding>& findings, const std::string& code) {
        for (const auto& finding : findings) {
            if (finding.code == code) {
                const char* names[] = {"ok", "info", "warning", "blocking"};
                return finding.sentence.ends_with('.') ? names[static_cast<int>(finding.severity)] : "no sentence";
            }
        }
        return "none";
    }
    static std::string about(const std::string& code, const TargetFacts& facts) {
        return severityOf(targetFindings(resolved(), facts, kNowMs), code);
    }

private slots:
    void contradictionsBlock() {
        auto request = resolved().plan.request;
        QVERIFY(requestFindings(request).empty());
        request.targetTopic = request.sourceTopic; // defect 13
        QCOMPARE(severityOf(requestFindings(request), "target.same"), std::string("blocking"));
        for (const auto* name : {"", ".", "..", "a b", "a/b", "\xc3\xa4"}) {
            request.targetTopic = name;
            QCOMPARE(severityOf(requestFindings(request), "target.name"), std::string("blocking"));
        }
        request.targetTopic = std::string(250, 'x');
        QCOMPARE(severityOf(requestFindings(request), "target.name"), std::string("blocking"));
        request.targetTopic = "_meshbone.ledger";
        QCOMPARE(severityOf(requestFindings(request), "target.internal"), std::string("blocking"));
        request.targetTopic = "again";
        request.window = TimeWindow{5, 5};
        QCOMPARE(severityOf(requestFindings(request), "window.empty"), std::string("blocking"));
        request.window = OffsetWindow{{{Partition(0), {Offset(4), Offset(4)}}}};
        QCOMPARE(severityOf(requestFindings(request), "window.empty"), std::string("blocking"));
    }

    void oldEventsAndRetention() { // defect 5
        QCOMPARE(about("target.retention", target({{"retention.ms", "-1"}})), std::string("none"));
        QCOMPARE(about("target.retention", target({{"retention.ms", std::to_string(5 * kDayMs)}})),
                 std::string("none"));
        QCOMPARE(about("target.retention", target({{"retention.ms", std::to_string(3 * kDayMs)}})),
                 std::string("warning"));
        QCOMPARE(about("target.retention", target({{"retention.ms", std::to_string(kDayMs)}})),
                 std::string("blocking"));
        QCOMPARE(about("target.retention_bytes", target({{"retention.bytes", "9999"}})), std::string("warning"));
        QCOMPARE(about("target.retention_bytes", target({{"retention.bytes", "-1"}})), std::string("none"));
    }

    void timestampsThatTheTargetRefuses() { // defect 5
        QCOMPARE(
            about("target.timestamp_before", target({{"message.timestamp.before.max.ms", std::to_string(3 * kDayMs)}})),
            std::string("blocking"));
        QCOMPARE(about("target.timestamp_before", target({{"message.timestamp.before.max.ms", "9223372036854775807"}})),
                 std::string("none"));
        QCOMPARE(about("target.timestamp_before", target({{"message.timestamp.difference.max.ms", "1000"}})),
                 std::string("blocking"));
        QCOMPARE(about("target.timestamp_type", target({{"message.timestamp.type", "LogAppendTime"}})),
                 std::string("blocking")); // defect 4
        auto future = resolved();
        future.plan.partitions[0].lastTimestampMs = kNowMs + 2 * 3'600'000;
        QCOMPARE(severityOf(targetFindings(future, target({{"message.timestamp.after.max.ms", "3600000"}}), kNowMs),
                            "target.timestamp_after"),
                 std::string("blocking"));
    }

    void shapesThatDoNotFit() {
        auto narrow = target();
        narrow.partitions = 1;                                                // partition 1 has no namesake
        QCOMPARE(about("target.partitions", narrow), std::string("warning")); // defect 11
        QCOMPARE(about("target.partitions", target()), std::string("none"));
        QCOMPARE(about("target.compacted", target({{"cleanup.policy", "compact,delete"}})), std::string("blocking"));
        QCOMPARE(about("target.message_size", target({{"max.message.bytes", "2100"}})), std::string("blocking"));
        QCOMPARE(about("target.message_size", target({{"max.message.bytes", "1048588"}})), std::string("none"));
    }

    void readersOfTheTargetAreNamed() { // defects 13 and 14
        auto busy = target();
        busy.liveGroups = {"billing", "mail"};
        const auto findings = targetFindings(resolved(), busy, kNowMs);
        QCOMPARE(severityOf(findings, "target.groups"), std::string("warning"));
        QVERIFY(std::ranges::any_of(
            findings, [](const auto& finding) { return finding.sentence.find("billing, mail") != std::string::npos; }));
    }

    void aMissingTargetIsMadeOrBlocks() {
        QCOMPARE(about("target.create", TargetFacts{}), std::string("info"));
        auto plan = resolved();
        plan.plan.request.createTarget = false;
        QCOMPARE(severityOf(targetFindings(plan, TargetFacts{}, kNowMs), "target.missing"), std::string("blocking"));
    }
};

QTEST_GUILESS_MAIN(FindingsTest)
#include "findings_test.moc"
