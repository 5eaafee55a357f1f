// SPDX-License-Identifier: Apache-2.0
#include "mock_cluster.h"

#include <QtTest>

#include <atomic>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;

class ProduceConsumeTest : public QObject {
    Q_OBJECT

private:
    static Record record(std::optional<Bytes> key, std::optional<Bytes> value, TimestampMs timestampMs) {
        Record record;
        record.topic = "events";
        record.partition = Partition(0);
        record.timestampMs = timestampMs;
        record.key = std::move(key);
        record.value = std::move(value);
        return record;
    }
    /// Polls until `count` records are there or ten seconds are over.
    static std::vector<Record> readAll(Consumer& consumer, std::size_t count) {
        std::vector<Record> records;
        QDeadlineTimer deadline(10'000);
        while (records.size() < count && !deadline.hasExpired()) {
            auto some = consumer.poll(100, 200ms);
            if (!some) {
                qWarning("%s", some.error().message.c_str());
                break;
            }
            std::ranges::move(*some, std::back_inserter(records));
        }
        return records;
    }

    static ConsumerOptions optionsThatRefuse() {
        ConsumerOptions options;
        options.autoOffsetReset = "error";
        return options;
    }
    static ProducerOptions smallQueue() {
        ProducerOptions options;
        options.maxQueuedBytes = 8u << 10;
        return options;
    }

private slots:
    void keepsEveryByteOfARecord() {
        MockCluster cluster;
        cluster.createTopic("events", 1);
        auto producer = openProducer(cluster.profile(), {});
        QVERIFY(producer);
        std::vector<Record> sent{record(std::nullopt, std::nullopt, 1'000), record("", "", 999),
                                 record("k", std::string("a\0b", 3), 1)};
        sent[2].headers = {{"h", "1"}, {"h", std::nullopt}, {"", ""}, {"h", "1"}};
        for (std::size_t i = 0; i < sent.size(); ++i) {
            const auto delivery = (*producer)->produceAndWait(sent[i], {});
            QVERIFY2(delivery, delivery ? "" : delivery.error().message.c_str());
            QCOMPARE(delivery->offset.value(), static_cast<std::int64_t>(i));
            sent[i].offset = delivery->offset;
        }
        auto consumer = openConsumer(cluster.profile(), {});
        QVERIFY(consumer);
        QVERIFY((*consumer)->assign({{{"events", Partition(0)}, Offset(0)}}));
        const auto read = readAll(**consumer, sent.size());
        QCOMPARE(read.size(), sent.size());
        QVERIFY(read == sent);
    }

    void refusesAnOffsetThatIsNone() {
        MockCluster cluster; // defect 1: librdkafka takes -1 for the end
        cluster.createTopic("events", 1);
        auto consumer = openConsumer(cluster.profile(), {});
        QVERIFY(consumer);
        const auto assigned = (*consumer)->assign({{{"events", Partition(0)}, kNoOffset}});
        QVERIFY(!assigned);
        QCOMPARE(assigned.error().code, ErrorCode::InvalidArgument);
    }

    void positionsReachTheEnd() {
        MockCluster cluster;
        cluster.createTopic("events", 2);
        auto producer = openProducer(cluster.profile(), {});
        QVERIFY((*producer)->produceAndWait(record("k", "v", 5), {}));
        auto consumer = openConsumer(cluster.profile(), {});
        QVERIFY((*consumer)->assign({{{"events", Partition(0)}, Offset(0)}, {{"events", Partition(1)}, Offset(0)}}));
        QCOMPARE(readAll(**consumer, 1).size(), std::size_t{1});
        const auto positions = (*consumer)->positions();
        QVERIFY(positions);
        QCOMPARE(positions->at(0).offset.value(), 1);
        QCOMPARE(positions->at(1).offset.value(), 0);
    }

    void anOffsetThatIsGoneIsAnError() {
        MockCluster cluster;
        cluster.createTopic("events", 1);
        auto consumer = openConsumer(cluster.profile(), optionsThatRefuse());
        QVERIFY((*consumer)->assign({{{"events", Partition(0)}, Offset(1'000)}}));
        std::optional<Error> error;
        QDeadlineTimer deadline(10'000);
        while (!error && !deadline.hasExpired()) {
            if (auto records = (*consumer)->poll(10, 200ms); !records) {
                error = records.error();
            }
        }
        QVERIFY(error);
        QCOMPARE(error->code, ErrorCode::NotFound);
    }

    void aGroupCommitsWhatWasRead() {
        MockCluster cluster;
        cluster.createTopic("events", 1);
        auto producer = openProducer(cluster.profile(), {});
        for (int i = 0; i < 4; ++i) {
            QVERIFY((*producer)->produceAndWait(record("k", std::to_string(i), 5 + i), {}));
        }
        ConsumerOptions options;
        options.group = "readers";
        auto consumer = openConsumer(cluster.profile(), options);
        QVERIFY((*consumer)->subscribe({"events"}));
        QCOMPARE(readAll(**consumer, 4).size(), std::size_t{4});
        const auto committed = (*consumer)->commit({});
        QVERIFY2(committed, committed ? "" : committed.error().message.c_str());
        const auto positions = (*consumer)->positions();
        QVERIFY(positions);
        QCOMPARE(positions->size(), std::size_t{1});
        QCOMPARE(positions->front().offset.value(), 4);
    }

    void everyCallbackComesOnceEvenWhenTheBrokerIsAway() {
        Profile nowhere;
        nowhere.bootstrap = "127.0.0.1:1";
        std::atomic<int> answers = 0, cancelled = 0;
        {
            auto producer = openProducer(nowhere, {});
            QVERIFY(producer);
            for (int i = 0; i < 10; ++i) {
                QVERIFY((*producer)->produce(record("k", "v", 7), [&](Result<Delivery> result) {
                    ++answers;
                    cancelled += !result && result.error().code == ErrorCode::Cancelled;
                }));
            }
        }
        QCOMPARE(answers.load(), 10);
        QCOMPARE(cancelled.load(), 10);
    }

    void aFullQueueRefuses() {
        Profile nowhere;
        nowhere.bootstrap = "127.0.0.1:1";
        auto producer = openProducer(nowhere, smallQueue());
        QVERIFY(producer);
        Status last;
        for (int i = 0; i < 9 && last; ++i) { // the ninth has no room; produce() waits for some, then gives up
            last = (*producer)->produce(record("k", std::string(1'000, 'x'), 7), {});
        }
        QVERIFY(!last);
        QCOMPARE(last.error().code, ErrorCode::Exhausted);
    }

    void aClusterThatIsAwayIsNamed() {
        Profile nowhere;
        nowhere.bootstrap = "127.0.0.1:1";
        auto admin = openAdmin(nowhere);
        QVERIFY(admin);
        const auto cluster = (*admin)->cluster({1'500ms, {}});
        QVERIFY(!cluster);
        QCOMPARE(cluster.error().code, ErrorCode::Unavailable);
        QVERIFY2(cluster.error().message.find("127.0.0.1:1 refused the connection") != std::string::npos,
                 cluster.error().message.c_str());
    }

    void aCallStopsWhenAsked() {
        Profile nowhere;
        nowhere.bootstrap = "127.0.0.1:1";
        auto admin = openAdmin(nowhere);
        std::stop_source stop;
        stop.request_stop();
        QElapsedTimer timer;
        timer.start();
        const auto cluster = (*admin)->topics({60s, stop.get_token()});
        QVERIFY(!cluster);
        QCOMPARE(cluster.error().code, ErrorCode::Cancelled);
        QVERIFY(timer.elapsed() < 2'000);
    }

    void answersSeveralQueriesOfOnePartition() {
        MockCluster cluster;
        cluster.createTopic("events", 3);
        auto producer = openProducer(cluster.profile(), {});
        QVERIFY((*producer)->produceAndWait(record("k", "v", 5), {}));
        auto admin = openAdmin(cluster.profile());
        const auto offsets = (*admin)->offsets({{{"events", Partition(0)}, OffsetQuery::Kind::Latest, -1},
                                                {{"events", Partition(0)}, OffsetQuery::Kind::Earliest, -1},
                                                {{"events", Partition(2)}, OffsetQuery::Kind::Latest, -1}},
                                               {});
        QVERIFY2(offsets, offsets ? "" : offsets.error().message.c_str());
        QCOMPARE(offsets->at(0).offset.value(), 1);
        QCOMPARE(offsets->at(1).offset.value(), 0);
        QCOMPARE(offsets->at(2).offset.value(), 0);
    }
};

QTEST_GUILESS_MAIN(ProduceConsumeTest)
#include "produce_consume_test.moc"
