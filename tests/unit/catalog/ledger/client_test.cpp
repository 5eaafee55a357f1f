// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/broker_fixture.h"
#include "support/catalog_desk.h"

#include <backbone/backbone.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;

/// The catalog over the real client and the embedded broker.
class ClientTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_state;
    std::unique_ptr<testing::BrokerFixture> m_cluster;
    std::unique_ptr<backbone::Backbone> m_backbone;
    std::unique_ptr<CatalogDesk> m_ada, m_bob;

private slots:
    void init() {
        m_cluster = std::make_unique<testing::BrokerFixture>();
        m_cluster->options().port = m_cluster->port(); // the same again after a restart
        backbone::Profile profile;
        profile.bootstrap = m_cluster->bootstrap();
        m_backbone = backbone::Backbone::open(profile, m_state.path().toStdString()).value();
        m_ada = std::make_unique<CatalogDesk>("ada", *m_backbone);
        m_bob = std::make_unique<CatalogDesk>("bob", *m_backbone);
        QVERIFY(m_ada->open());
        QVERIFY2(m_ada->awaitEntries(1), (*m_ada)->status().reason.c_str());
    }
    void cleanup() {
        m_ada.reset();
        m_bob.reset();
        m_backbone.reset();
        m_cluster.reset();
    }

    void theTopicIsKeptForEver() {
        const auto configs = m_backbone->admin().topicConfig("_meshbone.ledger", CatalogDesk::kPatience).value();
        std::map<std::string, std::string> values;
        for (const auto& config : configs) {
            values[config.name] = config.value.value_or("");
        }
        QCOMPARE(values["retention.ms"], std::string("-1"));
        QCOMPARE(values["retention.bytes"], std::string("-1"));
        QCOMPARE(values["cleanup.policy"], std::string("delete"));
        QCOMPARE(m_backbone->admin().partitions("_meshbone.ledger", CatalogDesk::kPatience).value().size(),
                 std::size_t{1});
    }

    void aTopicThatWasDeletedIsNotFollowed() {
        QVERIFY(m_ada->submit(DescribeTopic{"t", "x"}));
        QVERIFY(m_backbone->admin().deleteTopic("_meshbone.ledger", CatalogDesk::kPatience));
        QVERIFY(m_bob->open()); // makes a new one
        QVERIFY(m_bob->awaitEntries(1));
        m_ada->close();
        QVERIFY(m_ada->open());
        QVERIFY(m_ada->awaitMode(CatalogMode::ReadOnly));
        QVERIFY((*m_ada)->status().reason.find("isn't the one") != std::string::npos);
        QCOMPARE((*m_ada)->status().appliedEntries, 2);
    }

    void aCommandComesBackAsAnEntry() {
        const auto team = m_ada->submit(PutTeam{"ops", "Operations", "", {"ada"}});
        QVERIFY2(team.has_value(), team ? "" : team.error().message.c_str());
        QCOMPARE(team->number, 1);
        QVERIFY(m_ada->submit(PutDomain{"aviation", "Aviation", "", "ops"}));
        QCOMPARE((*m_ada)->domains().size(), std::size_t{1});
        QVERIFY(m_bob->open());
        QVERIFY(m_bob->awaitEntries(3));
        QCOMPARE((*m_bob)->canonicalDump().value(), (*m_ada)->canonicalDump().value());
        const auto report = (*m_bob)->verify(CatalogDesk::kPatience);
        QVERIFY2(report.has_value(), report ? "" : report.error().message.c_str());
        QVERIFY2(report->intact && report->projectionEqual, report->reason.c_str());
        const auto before = (*m_ada)->canonicalDump().value();
        const auto rebuilt = (*m_ada)->rebuild(CatalogDesk::kPatience);
        QVERIFY2(rebuilt.has_value(), rebuilt ? "" : rebuilt.error().message.c_str());
        QCOMPARE((*m_ada)->canonicalDump().value(), before);
        QVERIFY(m_ada->awaitMode(CatalogMode::Live));
        QVERIFY(m_ada->submit(DescribeTopic{"t", "after the rebuild"}));
    }

    void itGoesOnAfterReopening() {
        for (int round = 0; round < 3; ++round) {
            QVERIFY(m_ada->submit(DescribeTopic{"t", std::to_string(round)}));
            m_ada->close();
            QVERIFY(m_ada->open());
            QVERIFY(m_ada->awaitMode(CatalogMode::Live));
        }
        QCOMPARE((*m_ada)->status().appliedEntries, 4);
        QVERIFY((*m_ada)->verify(CatalogDesk::kPatience).value().projectionEqual);
    }

    void itNoticesThatTheBrokerIsAwayAndBack() {
        m_cluster->stop();
        QVERIFY(m_ada->awaitMode(CatalogMode::ReadOnly));
        QCOMPARE(m_ada->submit(DescribeTopic{"t", "x"}).error().code, ErrorCode::Unavailable);
        QCOMPARE((*m_ada)->people().size(), std::size_t{1});
        m_cluster->restart();
        QVERIFY(m_ada->awaitMode(CatalogMode::Live));
        const auto entry = m_ada->submit(DescribeTopic{"t", "x"});
        QVERIFY2(entry.has_value(), entry ? "" : entry.error().message.c_str());
    }
};

QTEST_GUILESS_MAIN(ClientTest)
#include "client_test.moc"
