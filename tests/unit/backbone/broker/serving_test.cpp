// SPDX-License-Identifier: Apache-2.0
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/broker_fixture.h"
#include "support/requests.h"
#include "wire/messages/metadata.h"
#endif

using namespace meshbone;
using namespace meshbone::testing;
using backbone::wire::KafkaCode;

/// The thread from end to end: a topic is made, records go in and come out, also after a restart.
class ServingTest : public QObject {
    Q_OBJECT

private slots:
    void recordsComeBackAlsoAfterARestart() {
        BrokerFixture fixture;
        {
            RawClient client(fixture.port());
            QCOMPARE(createTopic(client, "quakes", 2), KafkaCode::None);
            const auto first = produce(client, "quakes", 1, batchOf({"a", "b"}));
            QCOMPARE(first.errorCode, KafkaCode::None);
            QCOMPARE(first.baseOffset, Offset(0));
            QCOMPARE(produce(client, "quakes", 1, batchOf({"c"})).baseOffset, Offset(2));
            const auto fetched = fetch(client, "quakes", 1, 0);
            QCOMPARE(valuesIn(fetched.records->bytes), (std::vector<std::string>{"a", "b", "c"}));
        }
        fixture.restart();
        RawClient client(fixture.port());
        const auto fetched = fetch(client, "quakes", 1, 1); // mid-batch: the whole batch comes
        QCOMPARE(fetched.errorCode, KafkaCode::None);
        QCOMPARE(fetched.highWatermark, Offset(3));
        QCOMPARE(valuesIn(fetched.records->bytes), (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(fetch(client, "quakes", 0, 0).highWatermark, Offset(0));
    }
};

QTEST_GUILESS_MAIN(ServingTest)
#include "serving_test.moc"
