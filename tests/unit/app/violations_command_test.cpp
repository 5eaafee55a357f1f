// SPDX-License-Identifier: Apache-2.0
// `meshctl serve --schemas` that refuses and logs events against their schemas, `meshctl schema violations` and
// `watch`: the real program.
#include "support/served_meshctl.h"

#include <catalog/framing.h>

using namespace meshbone;
using namespace meshbone::catalog;

namespace {

constexpr auto kSchema = R"({"type":"record","name":"Order","fields":[{"name":"id","type":"int"}]})";
const CallOptions kPatience{std::chrono::seconds(60), {}};

Record recordOf(const std::string& topic, Bytes value) {
    Record record;
    record.topic = topic;
    record.value = std::move(value);
    return record;
}

Bytes order() {
    return framed(SchemaId(1), std::string("\x02", 1));
}

} // namespace

class ViolationsCommandTest : public QObject {
    Q_OBJECT

    test::ServedMeshctl m_served{true};

private slots:
    void initTestCase() {
        m_served.start();
        for (const auto* topic : {"orders", "logged", "plain"}) {
            MUST(m_served.run({"topics", "create", topic}));
        }
        const auto registry = m_served.registry();
        const SchemaDefinition definition{SchemaType::Avro, kSchema, {}, {}, {}};
        for (const auto& [topic, validation] :
             {std::pair("orders", WriteValidation::Refuse), {"logged", WriteValidation::Log}}) {
            const auto subject = std::string(topic) + "-value";
            QVERIFY(registry->registerSchema(subject, definition, false, kPatience));
            QVERIFY(registry->setValidation(subject, validation, kPatience));
        }
    }

    void whatIsRefusedAndLoggedIsTold() {
        MUST(m_served.run({"schema", "violations"}));
        QVERIFY(m_served.violations().isEmpty());
        const auto producer = m_served.producer();
        QVERIFY(producer->produceAndWait(recordOf("orders", order()), kPatience));
        QVERIFY(!producer->produceAndWait(recordOf("orders", "words"), kPatience));
        QVERIFY(producer->produceAndWait(recordOf("logged", order()), kPatience));
        QVERIFY(producer->produceAndWait(recordOf("logged", framed(SchemaId(1), "\x80")), kPatience));
        QVERIFY(producer->produceAndWait(recordOf("plain", "words"), kPatience));
        const auto told = m_served.violations();
        QCOMPARE(told.size(), 2);
        const auto logged = told.at(0).toObject(), refused = told.at(1).toObject();
        QCOMPARE(logged["topic"].toString(), QStringLiteral("logged"));
        QCOMPARE(logged["refused"].toInt(), 0);
        const auto event = logged["newest"].toArray().at(0).toObject();
        QCOMPARE(event["offset"].toInt(), 1);
        QCOMPARE(event["id"].toInt(), 1);
        QCOMPARE(event["field"].toString(), QStringLiteral("id"));
        QCOMPARE(event["subject"].toString(), QStringLiteral("logged-value"));
        QCOMPARE(event["principal"].toString(), QStringLiteral("User:meshbone"));
        QVERIFY(event["client"].toString().startsWith(QStringLiteral("loader at ")));
        QCOMPARE(refused["refused"].toInt(), 1);
        QCOMPARE(refused["causes"].toArray().at(0).toObject()["cause"].toString(),
                 QStringLiteral("The value names no schema."));
        QCOMPARE(m_served.run({"schema", "violations", "orders", "--json"}).array().size(), 1);
        QVERIFY(m_served.run({"schema", "violations"}).output.contains("1 events aren't as the schema says"));
    }

    /// The registry reads its topic after the broker serves: a producer that is there at once must not slip in.
    void rightAfterAStartNothingSlipsIn() {
        const auto refused = m_served.violations().at(1).toObject()["refused"].toInt();
        for (int round = 0; round < 4; ++round) {
            m_served.stop();
            const auto bad = m_served.producer(), elsewhere = m_served.producer();
            std::atomic<int> wasRefused = 0, wasTaken = 0;
            for (int i = 0; i < 5; ++i) { // they wait in the client until the broker listens
                QVERIFY(bad->produce(recordOf("orders", "words"), [&](const Result<backbone::Delivery>& done) {
                    ++(done ? wasTaken : wasRefused);
                }));
            }
            m_served.start();
            QVERIFY(elsewhere->produceAndWait(recordOf("plain", "words"), kPatience));
            QVERIFY(bad->flush(kPatience));
            QCOMPARE(wasTaken, 0);
            QCOMPARE(wasRefused, 5);
        }
        // What is in the topic is all of the schema.
        const auto lines =
            m_served.run({"consume", "orders", "--decode", "--json"}).output.split('\n', Qt::SkipEmptyParts);
        QVERIFY(!lines.isEmpty());
        for (const auto& line : lines) {
            const auto record = QJsonDocument::fromJson(line.toUtf8()).object();
            QVERIFY2(record["value"].toObject().contains("id"), qPrintable(line));
        }
        // And what was marked before the starts is still known.
        const auto told = m_served.violations();
        QCOMPARE(told.at(0).toObject()["newest"].toArray().at(0).toObject()["offset"].toInt(), 1);
        QVERIFY(told.at(1).toObject()["refused"].toInt() > refused);
    }

    void aClusterIsWatched() {
        test::ServedMeshctl cluster(false); // its broker checks nothing
        cluster.start();
        MUST(cluster.run({"topics", "create", "logged"}));
        QProcess watch;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert("MESHBONE_REGISTRY_PASSWORD", QString::fromStdString(m_served.access.password));
        watch.setProcessEnvironment(environment);
        const QStringList where{"--data",          QString::fromStdString(cluster.data()),
                                "--registry",      QString::fromStdString(m_served.access.schemas),
                                "--registry-user", QString::fromStdString(m_served.access.user)};
        watch.start(test::kMeshctl, QStringList{"schema", "watch", "--json"} + where);
        const auto producer = cluster.producer();
        // It begins with the events that come after it has seen the topic: until then they aren't its.
        QVERIFY(QTest::qWaitFor(
            [&] {
                (void)producer->produceAndWait(recordOf("logged", "words"), kPatience);
                return watch.canReadLine();
            },
            60'000));
        const auto line = QJsonDocument::fromJson(watch.readLine()).object();
        QCOMPARE(line["topic"].toString(), QStringLiteral("logged"));
        QCOMPARE(line["cause"].toString(), QStringLiteral("The value names no schema."));
        QVERIFY(line["offset"].toInt() >= 0);
        watch.terminate();
        QVERIFY(watch.waitForFinished(30'000));
        QCOMPARE(watch.exitCode(), 0);
        const auto kept = cluster.run({"schema", "violations", "--json"}).array(); // no registry is served there
        QCOMPARE(kept.size(), 1);
        QCOMPARE(kept.at(0).toObject()["topic"].toString(), QStringLiteral("logged"));
    }
};

QTEST_GUILESS_MAIN(ViolationsCommandTest)
#include "violations_command_test.moc"
