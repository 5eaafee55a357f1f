// SPDX-License-Identifier: Apache-2.0
// What is in the log is what a restart, also one after a crash, comes back with.
#include "broker/group/group_records.h"
#include "unit/backbone/broker_group/coordinator_bench.h"

#include <QtTest>

#include <random>

using namespace meshbone;
using namespace meshbone::backbone::broker;
using namespace std::chrono_literals;
using C = KafkaCode;
using Codes = std::vector<KafkaCode>;

class CoordinatorStorageTest : public QObject {
    Q_OBJECT

private slots:
    void offsetsSurviveARestart() {
        CoordinatorBench bench;
        bench.commit("g", {bench.offsetOf("flights", 0, 5, "note"), bench.offsetOf("flights", 1, 6)});
        bench.commit("g", {bench.offsetOf("flights", 1, 7)});
        bench.commit("h", {bench.offsetOf("quakes", 0, 8)});
        bench.restart();
        QCOMPARE(bench.committed("g", "flights", 0), 5);
        QCOMPARE(bench.committed("g", "flights", 1), 7);
        QCOMPARE(bench.committed("h", "quakes", 0), 8);
        QCOMPARE(bench.groups->offsetsOf("g").find("flights", 0)->metadata, std::string("note"));
        QVERIFY(bench.groups->find("g")->is(GroupState::Empty));
        QVERIFY(!bench.groups->find("g")->protocolType());
    }

    void aStableGroupSurvivesARestart() {
        CoordinatorBench bench;
        const auto member = bench.stable("g");
        bench.commit("g", {bench.offsetOf("flights", 0, 5)}, {member, {}, 1});
        bench.restart();
        QVERIFY(bench.groups->find("g")->is(GroupState::Stable));
        QCOMPARE(bench.groups->heartbeat("g", {member, {}, 1}), C::None);
        const auto synced = bench.sync("g", GroupBench::syncOf(member, 1));
        QCOMPARE(synced->assignment, Bytes("all"));
        QCOMPARE(*bench.commit("g", {bench.offsetOf("flights", 0, 6)}, {member, {}, 1}), Codes{C::None});
        bench.restart();
        bench.advance(11s); // not heard of again
        QVERIFY(bench.groups->find("g")->is(GroupState::Empty));
        bench.restart();
        QVERIFY(bench.groups->find("g")->is(GroupState::Empty));
        QCOMPARE(bench.groups->find("g")->generation(), 2);
        QCOMPARE(bench.committed("g", "flights", 0), 6);
    }

    void aGenerationThatWasNotStoredNeverWas() {
        CoordinatorBench bench;
        const auto joined = bench.join("g", bench.joinOf());
        bench.log.atOnce = false;
        QVERIFY(!bench.sync("g", GroupBench::syncOf(joined->memberId, 1)));
        bench.restart();
        QVERIFY(bench.groups->find("g") == nullptr);
        QCOMPARE(bench.groups->heartbeat("g", {joined->memberId, {}, 1}), C::UnknownMemberId);
    }

    void deletionsSurviveARestart() {
        CoordinatorBench bench;
        const auto member = bench.stable("g");
        bench.commit("g", {bench.offsetOf("flights", 0, 5)}, {member, {}, 1});
        bench.groups->leave("g", {{member, {}}});
        bench.settle();
        bench.commit("kept", {bench.offsetOf("flights", 0, 1), bench.offsetOf("flights", 1, 1)});
        QCOMPARE(*bench.remove({"g"}), Codes{C::None});
        bench.groups->deleteOffsets("kept", {{"flights", Partition(1)}}, [](KafkaCode, Codes) {});
        bench.settle();
        bench.restart();
        QVERIFY(bench.groups->find("g") == nullptr);
        QCOMPARE(bench.committed("kept", "flights", 0), 1);
        QCOMPARE(bench.committed("kept", "flights", 1), -1);
    }

    void offsetsGoWithTheirTopic() {
        CoordinatorBench bench;
        bench.commit("g", {bench.offsetOf("flights", 0, 5), bench.offsetOf("quakes", 0, 6)});
        bench.log.atOnce = false;
        bool answered = false;
        bench.groups->commit("g", {}, {bench.offsetOf("flights", 1, 7)}, C::IllegalGeneration,
                             [&](Codes) { answered = true; });
        bench.groups->topicDeleted("flights");
        bench.log.flush();
        QVERIFY(answered);
        for (int restarts = 0; restarts < 2; ++restarts) {
            QCOMPARE(bench.committed("g", "flights", 0), -1);
            QCOMPARE(bench.committed("g", "flights", 1), -1);
            QCOMPARE(bench.committed("g", "quakes", 0), 6);
            bench.restart();
        }
    }

    void whatExpiresIsGoneForGood() {
        CoordinatorBench bench;
        bench.settings.offsetsRetention = 60min;
        bench.commit("old", {bench.offsetOf("flights", 0, 5)});
        const auto member = bench.stable("g");
        bench.groups->leave("g", {{member, {}}});
        bench.advance(30min);
        bench.commit("new", {bench.offsetOf("flights", 0, 5)});
        bench.advance(41min); // checks run every ten minutes
        QVERIFY(bench.groups->find("old") == nullptr);
        QVERIFY(bench.groups->find("g") == nullptr); // empty, without offsets
        QCOMPARE(bench.committed("new", "flights", 0), 5);
        bench.restart();
        QVERIFY(bench.groups->find("old") == nullptr);
        QVERIFY(bench.groups->find("g") == nullptr);
        QCOMPARE(bench.committed("new", "flights", 0), 5);
    }

    void unreadableRecordsAreCountedAndLeftAlone() {
        CoordinatorBench bench;
        bench.commit("g", {bench.offsetOf("flights", 0, 5)});
        bench.log.records()[0].push_back({"x", "y"});
        bench.log.records()[0].push_back({Bytes("\0\x03\0\x01g", 5), Bytes("\0\0", 2)}); // of a newer Kafka
        bench.restart();
        QCOMPARE(bench.groups->unreadableRecords(), std::size_t{1});
        QCOMPARE(bench.committed("g", "flights", 0), 5);
    }

    /// Random commits, deletions and crashes: after each restart every group has exactly what was acknowledged last, or
    /// something later that was under way when the power went.
    void acknowledgedOffsetsSurviveCrashes() {
        const auto given = qEnvironmentVariable("MESHBONE_SEED");
        const auto seed = given.isEmpty() ? std::random_device{}() : given.toUInt();
        qInfo("MESHBONE_SEED=%u", seed);
        std::mt19937 random(seed);
        CoordinatorBench bench;
        bench.log.atOnce = false;
        std::map<std::pair<std::string, int>, std::int64_t> acknowledged;
        std::int64_t next = 0;
        for (int step = 0; step < 5'000; ++step) {
            const auto group = "g" + std::to_string(random() % 6);
            const int partition = static_cast<int>(random() % 4);
            const auto choice = random() % 20;
            if (choice < 14) {
                const auto offset = next++;
                bench.groups->commit(group, {}, {bench.offsetOf("flights", partition, offset)}, C::IllegalGeneration,
                                     [&acknowledged, group, partition, offset](const Codes& codes) {
                                         if (codes.front() == C::None) {
                                             acknowledged[{group, partition}] = offset;
                                         }
                                     });
            } else if (choice < 18) {
                bench.log.flush();
            } else if (choice == 18) {
                bench.groups->deleteGroups({group}, [&acknowledged, group](const Codes& codes) {
                    if (codes.front() == C::None) {
                        std::erase_if(acknowledged, [&](const auto& one) { return one.first.first == group; });
                    }
                });
            } else {
                bench.restart();
                for (int g = 0; g < 6; ++g) {
                    for (int p = 0; p < 4; ++p) {
                        const auto name = "g" + std::to_string(g);
                        const auto known = acknowledged.find({name, p});
                        QCOMPARE(bench.committed(name, "flights", p), known == acknowledged.end() ? -1 : known->second);
                    }
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(CoordinatorStorageTest)
#include "coordinator_storage_test.moc"
