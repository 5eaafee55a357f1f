// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/broker_fixture.h"
#include "support/fake_registry.h"
#include "support/live_backbone.h"

#include <backbone/access_admin.h>
#include <catalog/framing.h>
#include <catalog/schema_watch.h>
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using meshbone::backbone::eventAt;
using meshbone::backbone::LiveBackbone;

namespace {

constexpr auto kSchema = R"({"type":"record","name":"R","fields":[{"name":"tail","type":"string"}]})";
constexpr int kLong = 60'000;

/// A cluster whose broker checks nothing, a registry, and the topic "flights" of two partitions.
class WatchedCluster {
public:
    WatchedCluster()
        : m_backbone(profile()) {
        must(m_backbone->admin().createTopic({"flights", 2, 1, {}}, {std::chrono::seconds(30), {}}));
        must(m_backbone->admin().createTopic({"plain", 1, 1, {}}, {std::chrono::seconds(30), {}}));
        registry.put("flights-value", kSchema);
        registry.put("plain-value", kSchema);
    }
    void check(WriteValidation validation) {
        must(registry.setValidation("flights-value", validation, {}));
        if (watch) {
            watch->wake();
        }
    }
    void start(std::size_t maxPerSecond = 1'000'000, std::int64_t maxBefore = 10'000) {
        SchemaWatchOptions options;
        options.maxBefore = maxBefore;
        options.every = std::chrono::milliseconds(20);
        options.maxPerSecond = maxPerSecond;
        watch = std::make_unique<SchemaWatch>(*m_backbone, registry, guard, options);
    }
    void write(const std::string& topic, std::int32_t partition, std::vector<Bytes> values) {
        std::vector<Record> records;
        for (auto& value : values) {
            records.push_back(eventAt(partition, QDateTime::currentMSecsSinceEpoch(), "k", std::move(value)));
        }
        m_backbone.write(topic, records);
    }
    static Bytes good() { return framed(SchemaId(1), std::string("\x04N1", 3)); }
    [[nodiscard]] std::int64_t marked(const std::string& topic = "flights") {
        const auto found = guard.marks().of(topic);
        return found ? found->records : 0;
    }
    [[nodiscard]] Offset position(std::int32_t partition) {
        const auto all = guard.marks().positions();
        const auto found = all.find({"flights", Partition(partition)});
        return found == all.end() ? kNoOffset : found->second;
    }
    void stopBroker() { m_broker.stop(); }
    backbone::Admin& admin() { return m_backbone->admin(); }
    static void must(const Status& status) {
        if (!status) {
            throw std::runtime_error(status.error().message);
        }
    }

private:
    backbone::Profile profile() {
        backbone::Profile profile;
        profile.bootstrap = m_broker.bootstrap();
        return profile;
    }
    testing::BrokerFixture m_broker;
    LiveBackbone m_backbone;

public:
    test::FakeRegistry registry{false};
    SchemaGuard guard;
    std::unique_ptr<SchemaWatch> watch; ///< last: it uses the others
};

} // namespace

class WatchTest : public QObject {
    Q_OBJECT
private slots:
    void marksWhatIsWrittenAgainstTheSchema();
    void whatNobodyChecksIsntRead();
    void goesOnWhereItStopped();
    void startsWithTheNewEventsOnly();
    void aTopicMadeAgainIsReadFromItsBeginning();
    void saysThatTheRegistryIsAway();
    void keepsItsPace();
    void stopsAlsoWhenTheClusterIsAway();
    void startsWhereTheCheckWasAskedFor();
    void goesBackInBounds();
    void aTopicThatMayNotBeReadIsSaidAndTriedAgain();
};

void WatchTest::marksWhatIsWrittenAgainstTheSchema() {
    WatchedCluster t;
    t.check(WriteValidation::Refuse); // what can't be refused here is marked
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(0), kLong);
    t.write("flights", 0, {t.good(), "plain text", t.good()});
    t.write("flights", 1, {framed(SchemaId(1), "\x09N")});
    QTRY_COMPARE_WITH_TIMEOUT(t.marked(), 2, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(3), kLong);
    const auto marks = t.guard.marks().of("flights").value();
    QCOMPARE(marks.causes.size(), 2U);
    QCOMPARE(marks.refused, 0);
    for (const auto& one : marks.newest) {
        QCOMPARE(one.offset, Offset(one.at.partition == Partition(0) ? 1 : 0));
        QCOMPARE(one.schema, SchemaId(one.at.partition == Partition(0) ? -1 : 1));
        QVERIFY(one.principal.empty() && one.timeMs > 0);
    }
    QVERIFY(t.guard.marks().problems().empty());
}

void WatchTest::whatNobodyChecksIsntRead() {
    WatchedCluster t;
    t.start();
    t.check(WriteValidation::Log);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(0), kLong);
    t.write("plain", 0, {"bad", "bad"});
    t.write("flights", 0, {"bad"});
    QTRY_COMPARE_WITH_TIMEOUT(t.marked(), 1, kLong);
    QCOMPARE(t.marked("plain"), 0);
    t.check(WriteValidation::Off);
    QTRY_VERIFY_WITH_TIMEOUT(t.guard.guarded().empty(), kLong);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), kNoOffset, kLong); // begins anew when it is asked for again
    QCOMPARE(t.marked(), 1);                                    // what was marked stays
}

void WatchTest::goesOnWhereItStopped() {
    WatchedCluster t;
    t.check(WriteValidation::Log);
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(0), kLong);
    t.write("flights", 0, {"bad"});
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(1), kLong);
    QElapsedTimer stopping;
    stopping.start();
    t.watch.reset();
    QVERIFY2(stopping.elapsed() < 3'000, qPrintable(QString::number(stopping.elapsed())));
    t.write("flights", 0, {t.good(), "bad", t.good()});
    ViolationBook kept; // as it is kept across starts
    QVERIFY(kept.read(t.guard.marks().toJson()));
    QVERIFY(t.guard.marks().read(kept.toJson()));
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(4), kLong);
    QCOMPARE(t.marked(), 2);
}

void WatchTest::startsWithTheNewEventsOnly() {
    WatchedCluster t;
    t.write("flights", 0, {"bad", "bad", "bad"});
    t.check(WriteValidation::Log);
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(3), kLong);
    t.write("flights", 0, {"bad"});
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(4), kLong);
    QCOMPARE(t.marked(), 1);
}

void WatchTest::aTopicMadeAgainIsReadFromItsBeginning() {
    WatchedCluster t;
    t.check(WriteValidation::Log);
    QVERIFY(t.guard.marks().read(
        R"({"topics":[],"positions":[{"topic":"flights","partition":0,"offset":900}]})")); // of the one before
    t.write("flights", 0, {"bad", "bad"});
    t.write("flights", 1, {"bad"}); // of a partition that is new in a known topic all is new
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.marked(), 3, kLong);
    QCOMPARE(t.position(0), Offset(2));
    QCOMPARE(t.position(1), Offset(1));
}

void WatchTest::saysThatTheRegistryIsAway() {
    WatchedCluster t;
    t.registry.setUnreachable("The registry can't be reached.");
    t.start();
    QTRY_VERIFY_WITH_TIMEOUT(t.guard.marks().problems().contains(""), kLong);
    QVERIFY(t.guard.marks().problems().at("").ends_with("The registry can't be reached."));
    t.registry.setUnreachable("");
    QTRY_VERIFY_WITH_TIMEOUT(t.guard.marks().problems().empty(), kLong);
}

void WatchTest::keepsItsPace() {
    WatchedCluster t;
    t.check(WriteValidation::Log);
    t.start(1'000);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(0), kLong);
    t.write("flights", 0, std::vector<Bytes>(2'000, "bad"));
    QTRY_VERIFY_WITH_TIMEOUT(t.position(0) > Offset(0), kLong);
    QElapsedTimer pace;
    pace.start();
    const auto first = t.position(0);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(2'000), kLong);
    const auto rest = Offset(2'000) - first;
    QVERIFY2(pace.elapsed() >= rest - 600,
             qPrintable(QString::number(pace.elapsed()))); // the last batch isn't waited for
    QCOMPARE(t.marked(), 2'000);
}

void WatchTest::stopsAlsoWhenTheClusterIsAway() {
    WatchedCluster t;
    t.check(WriteValidation::Log);
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(0), kLong);
    t.write("flights", 0, {"bad"});
    QTRY_COMPARE_WITH_TIMEOUT(t.marked(), 1, kLong);
    t.stopBroker();
    QElapsedTimer stopping;
    stopping.start();
    t.watch.reset();
    QVERIFY2(stopping.elapsed() < 5'000, qPrintable(QString::number(stopping.elapsed())));
}

void WatchTest::startsWhereTheCheckWasAskedFor() {
    WatchedCluster t;
    t.write("flights", 0, {"bad", "bad", "bad"}); // nobody had promised anything
    QTest::qWait(20);
    t.registry.setConfigTime(QDateTime::currentMSecsSinceEpoch());
    t.check(WriteValidation::Log);
    t.write("flights", 0, {"bad", t.good()}); // before the watcher knows of the topic
    t.write("flights", 1, {"bad"});
    t.start();
    QTRY_COMPARE_WITH_TIMEOUT(t.marked(), 2, kLong);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(5), kLong);
    QTRY_COMPARE_WITH_TIMEOUT(t.position(1), Offset(1), kLong);
    QCOMPARE(t.marked(), 2);
    const auto marks = t.guard.marks().of("flights").value();
    for (const auto& one : marks.newest) {
        QCOMPARE(one.offset, Offset(one.at.partition == Partition(0) ? 3 : 0));
    }
}

void WatchTest::goesBackInBounds() {
    for (const std::int64_t most : {0, 2}) {
        WatchedCluster t;
        t.registry.setConfigTime(1); // long ago
        t.check(WriteValidation::Log);
        t.write("flights", 0, {"bad", "bad", "bad", "bad", "bad"});
        t.start(1'000'000, most);
        QTRY_COMPARE_WITH_TIMEOUT(t.position(0), Offset(5), kLong);
        QTRY_COMPARE_WITH_TIMEOUT(t.marked(), most, kLong);
    }
}

void WatchTest::aTopicThatMayNotBeReadIsSaidAndTriedAgain() {
    backbone::BrokerOptions withRights;
    withRights.properties = {{"authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"},
                             {"super.users", "User:admin"}};
    testing::BrokerFixture broker(withRights);
    const auto profileOf = [&](const std::string& user) {
        WatchedCluster::must(broker.broker().putUser({user, user + "-secret"}));
        backbone::Profile profile;
        profile.bootstrap = broker.bootstrap();
        profile.securityProtocol = "SASL_PLAINTEXT";
        profile.saslMechanism = "PLAIN";
        profile.user = user;
        profile.password = user + "-secret";
        return profile;
    };
    LiveBackbone admin(profileOf("admin")), watcher(profileOf("watcher"));
    const CallOptions call{std::chrono::seconds(30), {}};
    test::FakeRegistry registry{false};
    const auto allow = [&](const char* topic, backbone::Operation operation) {
        backbone::AclBinding binding;
        binding.resource = topic;
        binding.principal = "User:watcher";
        binding.operation = operation;
        QVERIFY(admin->access().createAcls(std::array{binding}, call));
    };
    for (const char* topic : {"flights", "strikes"}) {
        QVERIFY(admin->admin().createTopic({topic, 1, 1, {}}, call));
        registry.put(std::string(topic) + "-value", kSchema);
        WatchedCluster::must(registry.setValidation(std::string(topic) + "-value", WriteValidation::Log, {}));
    }
    allow("flights", backbone::Operation::Describe); // it sees that topic, and can't read it
    allow("strikes", backbone::Operation::Read);
    SchemaGuard guard;
    SchemaWatchOptions options;
    options.every = std::chrono::milliseconds(20);
    const SchemaWatch watch(*watcher, registry, guard, options);
    const auto begun = [&](const char* topic) { return guard.marks().positions().contains({topic, Partition(0)}); };
    QTRY_VERIFY_WITH_TIMEOUT(begun("flights") && begun("strikes"), kLong);
    for (const char* topic : {"flights", "strikes"}) {
        admin.write(topic, {eventAt(0, QDateTime::currentMSecsSinceEpoch(), "k", "bad")});
    }
    QTRY_VERIFY_WITH_TIMEOUT(guard.marks().problems().contains("flights"), kLong);
    QVERIFY(!guard.marks().problems().at("flights").empty());
    QTRY_VERIFY_WITH_TIMEOUT(guard.marks().of("strikes"), kLong); // the others go on
    QVERIFY(!guard.marks().of("flights"));
    allow("flights", backbone::Operation::Read);
    QTRY_VERIFY_WITH_TIMEOUT(guard.marks().of("flights"), kLong); // nothing of it was passed over
    QTRY_VERIFY_WITH_TIMEOUT(guard.marks().problems().empty(), kLong);
}

QTEST_GUILESS_MAIN(WatchTest)
#include "watch_test.moc"
