// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"
#include "support/seed.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QtTest>

#include <thread>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;

/// Whatever is done to the topic behind the catalog's back, verify names the first entry that is wrong.
class VerifyTest : public QObject {
    Q_OBJECT

    std::shared_ptr<FakeLog> m_log;
    std::unique_ptr<FakeBackbone> m_backbone;
    std::unique_ptr<CatalogDesk> m_desk;
    std::vector<Record> m_truth;

    [[nodiscard]] VerifyReport verify() const { return (*m_desk)->verify(CatalogDesk::kPatience).value(); }
    void restore() {
        m_log->meddle([&](auto& records) { records = m_truth; });
    }
    /// Meddles with the topic, lets verify look, and puts the topic right again.
    template <class Change>
    VerifyReport after(Change change) {
        m_log->meddle(change);
        auto report = verify();
        restore();
        return report;
    }

private slots:
    void init() {
        m_log = std::make_shared<FakeLog>();
        m_backbone = std::make_unique<FakeBackbone>(m_log);
        m_desk = std::make_unique<CatalogDesk>("ada", *m_backbone);
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->submit(PutTeam{"ops", "Operations", "", {"ada"}}));
        QVERIFY(m_desk->submit(PutDomain{"aviation", "Aviation", "", "ops"}));
        QVERIFY(m_desk->submit(PutProduct{"flights", "Flights", "", "aviation", "ops"}));
        for (int i = 0; i < 4; ++i) {
            QVERIFY(m_desk->submit(PutPort{"flights", {"t" + std::to_string(i), PortDirection::Output, ""}}));
        }
        m_truth = m_log->copy();
        QCOMPARE(m_truth.size(), std::size_t{8});
    }
    void cleanup() { m_desk.reset(); }

    void anUntouchedLedgerIsIntact() {
        double last = 0;
        const auto report =
            (*m_desk)->verify(CatalogDesk::kPatience, [&](double fraction) { last = fraction; }).value();
        QVERIFY2(report.intact, report.reason.c_str());
        QVERIFY(report.projectionEqual);
        QVERIFY(!report.firstWrong);
        QCOMPARE(report.entries, 8);
        QCOMPARE(report.rejected, 0);
        QCOMPARE(report.head, (*m_desk)->status().head);
        QCOMPARE(last, 1.0);
        QVERIFY(report.firstMs > 0 && report.lastMs >= report.firstMs);
    }

    void anyChangedByteIsNamed() {
        std::mt19937_64 random(test::testSeed());
        for (std::size_t entry = 0; entry < m_truth.size(); ++entry) {
            for (int round = 0; round < 8; ++round) {
                const auto report = after([&](auto& records) {
                    std::string& bytes = *records[entry].value;
                    bytes[random() % bytes.size()] ^= static_cast<char>(1u << random() % 8);
                });
                QVERIFY(!report.intact);
                QCOMPARE(report.firstWrong.value(), static_cast<std::int64_t>(entry));
                QVERIFY(!report.projectionEqual && !report.reason.empty());
            }
        }
        QVERIFY(verify().intact);
    }
    void anyDroppedEntryIsNamed() {
        for (std::int64_t entry = 0; entry < 8; ++entry) {
            const auto report = after([&](auto& records) { records.erase(records.begin() + entry); });
            QCOMPARE(report.firstWrong.value(), entry);
        }
    }
    void anySwapIsNamed() {
        for (std::size_t entry = 0; entry + 1 < 8; ++entry) {
            const auto report = after([&](auto& records) { std::swap(records[entry], records[entry + 1]); });
            QCOMPARE(report.firstWrong.value(), static_cast<std::int64_t>(entry));
        }
    }
    void aRepeatedEntryIsNamed() {
        for (std::int64_t entry = 0; entry < 7; ++entry) {
            const auto report = after([&](auto& records) { records.insert(records.begin() + entry, m_truth[7]); });
            QCOMPARE(report.firstWrong.value(), entry);
        }
    }
    void aCutTopicIsNamed() {
        for (std::int64_t size = 0; size < 8; ++size) {
            const auto report = after([&](auto& records) { records.resize(static_cast<std::size_t>(size)); });
            QCOMPARE(report.firstWrong.value(), size);
        }
    }

    /// Without the old projection, the authors' own word on what they saw still shows that something was taken out.
    void theAuthorsAreWitnessesAfterARebuild() {
        m_log->meddle([](auto& records) { records.erase(records.begin() + 5); });
        QVERIFY((*m_desk)->rebuild(CatalogDesk::kPatience));
        const auto report = verify();
        QVERIFY(!report.intact);
        QVERIFY(report.projectionEqual);
        QCOMPARE(report.firstWrong.value(), 5);
        QVERIFY(report.reason.find("before 5") != std::string::npos);
    }

    void aDatabaseThatWasEditedIsFound() {
        m_desk->close();
        SQLite::Database(m_desk->options().database.string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE product SET owner = 'mallory'");
        QVERIFY(m_desk->open());
        const auto report = verify();
        QVERIFY(report.intact);
        QVERIFY(!report.projectionEqual);
        QVERIFY(report.reason.find("rebuild") != std::string::npos);
        QVERIFY((*m_desk)->rebuild(CatalogDesk::kPatience));
        QVERIFY(verify().projectionEqual);
    }

    void itKeepsUpWithAnAuthorWhoGoesOn() {
        std::jthread writer([&](const std::stop_token& stop) {
            for (int i = 0; i < 60 && !stop.stop_requested(); ++i) {
                QVERIFY(m_desk->submit(DescribeTopic{"t0", std::to_string(i)}));
            }
        });
        for (int round = 0; round < 10; ++round) {
            const auto report = verify();
            QVERIFY2(report.intact && report.projectionEqual, report.reason.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(VerifyTest)
#include "verify_test.moc"
