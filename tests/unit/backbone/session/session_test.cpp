// SPDX-License-Identifier: Apache-2.0
#include "support/live_backbone.h"

#include <atomic>

using namespace meshbone;
using namespace meshbone::backbone;
using namespace std::chrono_literals;

class SessionTest : public QObject {
    Q_OBJECT

    std::unique_ptr<TestCluster> m_cluster;
    std::unique_ptr<LiveBackbone> m_backbone;
    Admin& admin() { return (*m_backbone)->admin(); }
    MessagePage page(const MessageQuery& query) {
        return LiveBackbone::must((*m_backbone)->messages().read(query, {30s, {}}));
    }
    static std::string valuesOf(const MessagePage& page) {
        std::string values;
        for (const auto& record : page.records) {
            values += record.value.value_or("-") + " ";
        }
        return values;
    }

private slots:
    void initTestCase() {
        m_cluster = std::make_unique<TestCluster>();
        m_backbone = std::make_unique<LiveBackbone>(m_cluster->profile());
    }

    void openingDoesNotWaitAndSaysWhatIsWrong() {
        Profile nowhere;
        nowhere.bootstrap = "127.0.0.1:1";
        const QTemporaryDir state;
        QElapsedTimer timer;
        timer.start();
        auto backbone = Backbone::open(nowhere, state.path().toStdString());
        QVERIFY(backbone);
        QVERIFY(timer.elapsed() < 1'000);
        QVERIFY((*backbone)->state().reachability == Reachability::Connecting);
        const auto healthy = (*backbone)->waitHealthy({4s, {}});
        QVERIFY(!healthy);
        QTRY_VERIFY_WITH_TIMEOUT((*backbone)->state().reachability == Reachability::Unreachable, 10'000);
        QCOMPARE((*backbone)->state().reason,
                 std::string("127.0.0.1:1 refused the connection; is the backbone running?"));
        QVERIFY((*backbone)->traffic() != nullptr);
        nowhere.bootstrap.clear();
        QVERIFY(!Backbone::open(nowhere, state.path().toStdString()));
    }

    void aWrongPasswordIsNamed() {
        if (m_cluster->broker() == nullptr) {
            QSKIP("the foreign cluster has no users");
        }
        backbone::BrokerOptions options;
        testing::BrokerFixture secure(options);
        QVERIFY(secure.broker().putUser({"alice", "right"}));
        Profile profile;
        profile.bootstrap = secure.bootstrap();
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = "SCRAM-SHA-256";
        profile.user = "alice";
        profile.password = "right";
        const QTemporaryDir state;
        auto good = Backbone::open(profile, state.path().toStdString());
        const auto healthy = (*good)->waitHealthy({20s, {}});
        QVERIFY2(healthy, healthy ? "" : healthy.error().message.c_str());
        profile.password = "wrong";
        auto admin = openAdmin(profile);
        const auto refused = (*admin)->cluster({20s, {}});
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::PermissionDenied);
        QVERIFY2(refused.error().message.find("did not accept the user and password") != std::string::npos,
                 refused.error().message.c_str());
        auto consumer = openConsumer(profile, {});
        QVERIFY((*consumer)->assign({{{"t", Partition(0)}, Offset(0)}}));
        const auto read = (*consumer)->poll(1, 10s);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::PermissionDenied);
    }

    void topicsAreMadeDescribedChangedAndDeleted() {
        const auto name = m_backbone->topic(3, {{"retention.ms", "123456"}});
        const auto again = admin().createTopic({name, 3, 1, {}}, {});
        QVERIFY(!again);
        QCOMPARE(again.error().code, ErrorCode::AlreadyExists);
        const auto bad = admin().validateTopic({name + "-x", 1, 1, {{"retention.ms", "soon"}}}, {});
        QVERIFY(!bad);
        QCOMPARE(bad.error().code, ErrorCode::InvalidArgument);
        QVERIFY(admin().validateTopic({name + "-x", 1, 1, {}}, {}));
        const auto listed = LiveBackbone::must(admin().topics({}));
        const auto place = std::ranges::find(listed, name, &TopicSummary::name);
        QVERIFY(place != listed.end());
        QCOMPARE(place->partitions, 3);
        QVERIFY(!place->id.isZero());
        QVERIFY(std::ranges::find(listed, name + "-x", &TopicSummary::name) == listed.end()); // validated only
        QVERIFY(admin().addPartitions(name, 5, {}));
        QTRY_COMPARE_WITH_TIMEOUT(LiveBackbone::must(admin().partitions(name, {})).size(), std::size_t{5}, 10'000);
        QVERIFY(!admin().addPartitions(name, 2, {}));
        QVERIFY(admin().alterTopicConfig(name, {{"retention.ms", std::nullopt}, {"max.message.bytes", "2000000"}}, {}));
        const auto valueOf = [&](const std::string& key) {
            const auto config = LiveBackbone::must(admin().topicConfig(name, {}));
            return std::ranges::find(config, key, &ConfigEntry::name)->value.value_or("");
        };
        QTRY_COMPARE_WITH_TIMEOUT(valueOf("max.message.bytes"), std::string("2000000"), 10'000);
        QVERIFY(valueOf("retention.ms") != "123456");
        QVERIFY(!admin().alterTopicConfig(name, {{"no.such.setting", "1"}}, {}));
        QVERIFY(admin().deleteTopic(name, {}));
        const auto gone = admin().deleteTopic(name, {});
        QVERIFY(!gone);
        QCOMPARE(gone.error().code, ErrorCode::NotFound);
        const auto cluster = LiveBackbone::must(admin().cluster({}));
        QVERIFY(!cluster.clusterId.empty() && !cluster.nodes.empty());
        QVERIFY(!LiveBackbone::must(admin().brokerConfig(cluster.nodes[0].id, {})).empty());
    }

    void offsetsByTimeAndEnds() {
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 1'000), eventAt(0, 3'000), eventAt(0, 2'000)});
        const TopicPartition at{topic, Partition(0)};
        const auto answers = LiveBackbone::must(admin().offsets({{at, OffsetQuery::Kind::AtTime, 1'500},
                                                                 {at, OffsetQuery::Kind::AtTime, 3'001},
                                                                 {at, OffsetQuery::Kind::MaxTimestamp, -1},
                                                                 {at, OffsetQuery::Kind::Earliest, -1},
                                                                 {at, OffsetQuery::Kind::Latest, -1}},
                                                                {}));
        QCOMPARE(answers[0].offset.value(), 1);
        QCOMPARE(answers[0].timestampMs, 3'000);
        QVERIFY(answers[1].offset == kNoOffset); // past the end: no offset, never the end
        QCOMPARE(answers[2].offset.value(), 1);
        QCOMPARE(answers[3].offset.value(), 0);
        QCOMPARE(answers[4].offset.value(), 3);
        QVERIFY(!admin().deleteRecords({{at, kNoOffset, -1}}, {})); // -1 would delete all
        const auto unknown = admin().offsets({{{"no-such-topic", Partition(0)}, OffsetQuery::Kind::Latest, -1}}, {});
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
    }

    void groupsResumeAndAreAdministered() {
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, {eventAt(0, 1, "k", "a"), eventAt(0, 2, "k", "b")});
        ConsumerOptions options;
        options.group = "g-" + topic;
        const auto readOne = [&] {
            auto consumer = LiveBackbone::must((*m_backbone)->consumer(options));
            LiveBackbone::must(consumer->subscribe({topic}));
            std::string value;
            QDeadlineTimer deadline(30'000);
            while (value.empty() && !deadline.hasExpired()) {
                for (const auto& record : LiveBackbone::must(consumer->poll(1, 200ms))) {
                    value = *record.value;
                }
            }
            const auto members = LiveBackbone::must(admin().describeGroups({options.group}, {}));
            if (members.at(0).members.size() != 1 || members.at(0).members[0].assignment.size() != 1) {
                throw std::runtime_error("the member is not described");
            }
            LiveBackbone::must(consumer->commit({}));
            return value;
        };
        QCOMPARE(readOne(), std::string("a"));
        QCOMPARE(readOne(), std::string("b")); // where the first left off
        QTRY_COMPARE_WITH_TIMEOUT(LiveBackbone::must(admin().describeGroups({options.group}, {}))[0].state,
                                  std::string("Empty"), 20'000);
        QCOMPARE(LiveBackbone::must(admin().groupOffsets(options.group, {})).at(0).committed.value(), 2);
        LiveBackbone::must(admin().alterGroupOffsets(options.group, {{{topic, Partition(0)}, Offset(1), ""}}, {}));
        QCOMPARE(readOne(), std::string("b"));
        QTRY_VERIFY_WITH_TIMEOUT(admin().deleteGroupOffsets(options.group, {{topic, Partition(0)}}, {}).has_value(),
                                 20'000);
        const auto groups = LiveBackbone::must(admin().groups({}));
        QVERIFY(std::ranges::find(groups, options.group, &GroupSummary::group) != groups.end());
        LiveBackbone::must(admin().deleteGroup(options.group, {}));
        const auto after = LiveBackbone::must(admin().groups({}));
        QVERIFY(std::ranges::find(after, options.group, &GroupSummary::group) == after.end());
    }

    void pagesAreMergedByTime() {
        const auto topic = m_backbone->topic(2);
        m_backbone->write(topic, {eventAt(0, 10, "k", "1"), eventAt(0, 30, "k", "3"), eventAt(0, 50, "k", "5"),
                                  eventAt(1, 20, "k", "2"), eventAt(1, 40, "x", "4")});
        MessageQuery query;
        query.topic = topic;
        query.from = MessageQuery::From::Beginning;
        QCOMPARE(valuesOf(page(query)), std::string("1 2 3 4 5 "));
        query.limit = 2;
        const auto first = page(query);
        QCOMPARE(valuesOf(first), std::string("1 2 "));
        QVERIFY(first.more);
        QCOMPARE(first.next.at(Partition(0)).value(), 1);
        query.from = MessageQuery::From::End;
        const auto last = page(query);
        QCOMPARE(valuesOf(last), std::string("4 5 "));
        QVERIFY(last.more);
        query.from = MessageQuery::From::Time;
        query.timeMs = 25;
        query.limit = 10;
        const auto young = page(query);
        QCOMPARE(valuesOf(young), std::string("3 4 5 "));
        QVERIFY(!young.more);
        query.timeMs = 51;
        QCOMPARE(valuesOf(page(query)), std::string()); // defect 1: past the end is nothing, not everything
        query.from = MessageQuery::From::Offset;
        query.partitions = {Partition(0)};
        query.offset = Offset(1);
        QCOMPARE(valuesOf(page(query)), std::string("3 5 "));
        query.partitions.clear();
        query.from = MessageQuery::From::End;
        query.key = "x";
        QCOMPARE(valuesOf(page(query)), std::string("4 "));
        query.limit = 0;
        QVERIFY(!(*m_backbone)->messages().read(query, {}));
    }

    void aPageFromTheEndSaysWhatItLacks() {
        constexpr std::size_t kCount = 8'000;
        const auto topic = m_backbone->topic(1);
        m_backbone->write(topic, std::vector<Record>(kCount, eventAt(0, 5, "k", Bytes(3'000, 'x'))));
        MessageQuery query;
        query.topic = topic;
        query.limit = kCount;
        query.from = MessageQuery::From::End;
        for (auto time = 2ms; time < 60s; time += std::max(1ms, time / 8)) { // ever more of it comes in time
            const auto found = (*m_backbone)->messages().read(query, {time, {}});
            if (!found) {
                continue; // too short for anything
            }
            QCOMPARE(found->more, found->records.size() < kCount);
            if (!found->more) {
                return;
            }
        }
        QFAIL("It was never read to its end.");
    }

    void searchesIgnoreCaseAndStopAtTheirLimit() {
        const auto topic = m_backbone->topic(1);
        std::vector<Record> records(1'000, eventAt(0, 5, "k", "hay"));
        records[3].value = "a NeeDle in it";
        records[4].headers = {{"Needle", std::nullopt}};
        m_backbone->write(topic, records);
        MessageQuery query;
        query.topic = topic;
        query.contains = "needle";
        QCOMPARE(page(query).records.size(), std::size_t{2});
        query.maxScanned = 100;
        const auto stopped = page(query);
        QVERIFY(stopped.records.empty());
        QVERIFY(stopped.more);
        QVERIFY(stopped.scanned <= 100);
        query.from = MessageQuery::From::Beginning;
        QCOMPARE(page(query).records.size(), std::size_t{2});
    }

    void histogramsCountExactly() {
        const auto topic = m_backbone->topic(2);
        std::vector<Record> records;
        for (int i = 0; i < 100; ++i) {
            records.push_back(eventAt(i % 2, 1'000 + (i * 37) % 100)); // out of order
        }
        m_backbone->write(topic, records);
        HistogramQuery query;
        query.topic = topic;
        query.buckets = 10;
        auto histogram = LiveBackbone::must((*m_backbone)->messages().histogram(query, {30s, {}}));
        QVERIFY(histogram.exact);
        QCOMPARE(histogram.records, 100);
        QCOMPARE(histogram.firstMs, 1'000);
        QCOMPARE(histogram.lastMs, 1'099);
        QCOMPARE(histogram.bucketMs, 10);
        QVERIFY(std::ranges::all_of(histogram.counts, [](auto count) { return count == 10; }));
        query.fromMs = 1'050;
        query.toMs = 1'060;
        histogram = LiveBackbone::must((*m_backbone)->messages().histogram(query, {30s, {}}));
        QCOMPARE(histogram.records, 10);
        query = {topic, {}, {}, 10, 50}; // too large to be read: from the time index
        histogram = LiveBackbone::must((*m_backbone)->messages().histogram(query, {30s, {}}));
        QVERIFY(!histogram.exact);
        QCOMPARE(histogram.records, 100);
    }

    void trafficIsSampled() {
        const auto topic = m_backbone->topic(2);
        std::atomic<int> told = 0;
        const auto subscription = (*m_backbone)->onTraffic([&](const auto&) { ++told; });
        m_backbone->write(topic, {eventAt(0, 5), eventAt(1, 5)});
        const auto seen = [&] {
            const auto snapshot = (*m_backbone)->traffic();
            const auto* traffic = snapshot->find(topic);
            return traffic != nullptr && traffic->records == 2;
        };
        QTRY_VERIFY_WITH_TIMEOUT(seen(), 60'000);
        QVERIFY(told > 0);
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
