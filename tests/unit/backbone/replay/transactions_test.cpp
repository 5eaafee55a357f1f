// SPDX-License-Identifier: Apache-2.0
#include "client/scan.h"
#include "support/live_backbone.h"

#include <librdkafka/rdkafka.h>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;

/// A transactional writer, which the module itself doesn't have.
class Transactions {
public:
    Transactions(const Profile& profile, const std::string& id) {
        auto* conf = rd_kafka_conf_new();
        char text[256] = {};
        rd_kafka_conf_set(conf, "bootstrap.servers", profile.bootstrap.c_str(), text, sizeof text);
        if (!profile.user.empty()) {
            rd_kafka_conf_set(conf, "security.protocol", profile.securityProtocol.c_str(), text, sizeof text);
            rd_kafka_conf_set(conf, "sasl.mechanisms", profile.saslMechanism.c_str(), text, sizeof text);
            rd_kafka_conf_set(conf, "sasl.username", profile.user.c_str(), text, sizeof text);
            rd_kafka_conf_set(conf, "sasl.password", profile.password.c_str(), text, sizeof text);
        }
        rd_kafka_conf_set(conf, "transactional.id", id.c_str(), text, sizeof text);
        m_kafka = rd_kafka_new(RD_KAFKA_PRODUCER, conf, text, sizeof text);
        check(rd_kafka_init_transactions(m_kafka, 30'000));
    }
    ~Transactions() { rd_kafka_destroy(m_kafka); }
    void begin() { check(rd_kafka_begin_transaction(m_kafka)); }
    void write(const std::string& topic, TimestampMs timestampMs, const std::string& value) {
        rd_kafka_producev(m_kafka, RD_KAFKA_V_TOPIC(topic.c_str()), RD_KAFKA_V_PARTITION(0),
                          RD_KAFKA_V_TIMESTAMP(timestampMs),
                          RD_KAFKA_V_VALUE(const_cast<char*>(value.data()), value.size()),
                          RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
    }
    void flush() { rd_kafka_flush(m_kafka, 30'000); }
    void commit() { check(rd_kafka_commit_transaction(m_kafka, 30'000)); }
    void abort() { check(rd_kafka_abort_transaction(m_kafka, 30'000)); }

private:
    static void check(rd_kafka_error_t* error) {
        if (error != nullptr) {
            const std::string text = rd_kafka_error_string(error);
            rd_kafka_error_destroy(error);
            throw std::runtime_error(text);
        }
    }
    rd_kafka_t* m_kafka = nullptr;
};

#define NEEDS_TRANSACTIONS()                                                                                           \
    if (m_cluster->broker() != nullptr)                                                                                \
    QSKIP("the embedded broker offers no transactions; set MESHBONE_TEST_BOOTSTRAP to a cluster that does")

class TransactionsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TestCluster> m_cluster;
    std::unique_ptr<LiveBackbone> m_backbone;

private slots:
    void initTestCase() {
        m_cluster = std::make_unique<TestCluster>();
        m_backbone = std::make_unique<LiveBackbone>(m_cluster->profile());
    }

    void onlyWhatIsCommittedIsReplayed() { // defects 6 and 8
        NEEDS_TRANSACTIONS();
        const auto topic = m_backbone->topic(1);
        Transactions writer(m_cluster->profile(), "writer-of-" + topic);
        writer.begin();
        writer.write(topic, 100, "committed");
        writer.commit();
        writer.begin();
        writer.write(topic, 101, "aborted");
        writer.flush();
        writer.abort(); // the log ends with a control record now, and no record comes after it
        ReplayRequest request;
        request.sourceTopic = topic;
        request.targetTopic = topic + "-again";
        request.window = TimeWindow{0, 1'000};
        const auto manifest = m_backbone->replay(request);
        QVERIFY2(manifest.complete, manifest.reason.c_str());
        const auto copied = m_backbone->readAll(request.targetTopic)[Partition(0)];
        QCOMPARE(copied.size(), std::size_t{1});
        QCOMPARE(*copied[0].value, std::string("committed"));
    }

    void whatIsOpenIsNotPartOfThePlan() { // defect 8: bound by the last stable offset
        NEEDS_TRANSACTIONS();
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 50)});
        Transactions writer(m_cluster->profile(), "writer-of-" + topic);
        writer.begin();
        writer.write(topic, 100, "open");
        writer.flush();
        m_backbone->write(topic, {eventAt(0, 60)}); // behind the open transaction: can't be read yet
        ReplayRequest request;
        request.sourceTopic = topic;
        request.targetTopic = topic + "-again";
        request.window = TimeWindow{0, 1'000};
        const auto plan = LiveBackbone::must((*m_backbone)->replays().plan(request, {60s, {}}));
        QCOMPARE(plan.records(), 1);
        QCOMPARE(plan.partitions[0].scanTo.value(), 1);
        writer.commit();
        const auto manifest = m_backbone->waitForEnd(LiveBackbone::must((*m_backbone)->replays().start(plan)));
        QVERIFY2(manifest.complete, manifest.reason.c_str()); // frozen: what was committed since is not in it
        QCOMPARE(m_backbone->readAll(request.targetTopic)[Partition(0)].size(), std::size_t{1});
    }

    void aScanPassesGapsAndKeepsThemOnRecord() { // defect 9
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, std::vector<Record>(10, eventAt(0, 50)));
        LiveBackbone::must((*m_backbone)->admin().deleteRecords({{{topic, Partition(0)}, Offset(6), -1}}, {}));
        ScanOptions options;
        options.topic = topic;
        options.ranges = {{Partition(0), Offset(2), Offset(9)}};
        auto scan = LiveBackbone::must(Scan::open(m_cluster->profile(), options));
        std::vector<std::int64_t> offsets;
        QDeadlineTimer deadline(30'000);
        while (!scan->done() && !deadline.hasExpired()) {
            LiveBackbone::must(
                scan->next(100, 100ms, [&](const RecordView& record) { offsets.push_back(record.offset.value()); }));
        }
        QVERIFY(scan->done());
        QVERIFY((offsets == std::vector<std::int64_t>{6, 7, 8}));
        QCOMPARE(scan->gaps().size(), std::size_t{1});
        QCOMPARE(scan->gaps()[0].from.value(), 2);
        QCOMPARE(scan->gaps()[0].to.value(), 6);
    }

    void positionsPassControlRecords() { // defect 6
        NEEDS_TRANSACTIONS();
        const auto topic = m_backbone->topic(1);
        Transactions writer(m_cluster->profile(), "writer-of-" + topic);
        writer.begin();
        writer.write(topic, 100, "aborted");
        writer.flush();
        writer.abort();
        auto consumer = LiveBackbone::must((*m_backbone)->consumer({}));
        QVERIFY(consumer->assign({{{topic, Partition(0)}, Offset(0)}}));
        QTRY_VERIFY_WITH_TIMEOUT(consumer->poll(10, 50ms)->empty() && consumer->positions()->at(0).offset == Offset(2),
                                 20'000);
    }
};

QTEST_GUILESS_MAIN(TransactionsTest)
#include "transactions_test.moc"
