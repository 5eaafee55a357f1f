// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"

#include <QtTest>

#include <fstream>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;
using test::ledgerRecord;

namespace {

bool contains(const std::string& text, const char* word) {
    if (text.find(word) == std::string::npos) {
        qWarning("'%s' isn't in: %s", word, text.c_str());
        return false;
    }
    return true;
}

} // namespace

/// What the catalog does when the backbone goes away, comes back, or isn't what it was.
class FollowTest : public QObject {
    Q_OBJECT

    std::shared_ptr<FakeLog> m_log;
    std::unique_ptr<FakeBackbone> m_backbone;
    std::unique_ptr<CatalogDesk> m_desk;
    test::LedgerAuthor m_writer{"writer"}; // writes into the log without a catalog

    void append(const Command& command) { m_log->append(ledgerRecord(0, m_writer.write(command))); }
    /// A ledger by the writer, and a desk (of somebody else) that has read it.
    void aLedgerThatWasRead() {
        append(m_writer.enrolment());
        append(PutTeam{"ops", "Operations", "", {"writer"}});
        append(PutDomain{"aviation", "Aviation", "", "ops"});
        append(DescribeTopic{"t", "words"});
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->awaitEntries(4));
        QVERIFY(m_desk->awaitMode(CatalogMode::Live));
    }
    [[nodiscard]] std::string dump() const { return (*m_desk)->canonicalDump().value(); }

    /// The catalog notices that the topic isn't its own, applies nothing of it, and a rebuild puts it right.
    void isRefusedUntilRebuilt(const char* word) {
        const std::string before = dump();
        QVERIFY(m_desk->await([&] {
            const auto status = (*m_desk)->status();
            return status.mode == CatalogMode::ReadOnly && status.reason.find("rebuild") != std::string::npos;
        }));
        QVERIFY(contains((*m_desk)->status().reason, word));
        QCOMPARE(dump(), before);
        QCOMPARE(m_desk->submit(DescribeTopic{"t", "mine"}).error().code, ErrorCode::Unavailable);
        const auto rebuilt = (*m_desk)->rebuild(CatalogDesk::kPatience);
        QVERIFY2(rebuilt.has_value(), rebuilt ? "" : rebuilt.error().message.c_str());
        QVERIFY(m_desk->awaitMode(CatalogMode::Live));
        QVERIFY(dump() != before);
        QVERIFY((*m_desk)->verify(CatalogDesk::kPatience).value().projectionEqual);
    }

private slots:
    void init() {
        m_log = std::make_shared<FakeLog>();
        m_backbone = std::make_unique<FakeBackbone>(m_log);
        m_desk = std::make_unique<CatalogDesk>("reader", *m_backbone);
    }
    void cleanup() { m_desk.reset(); }

    void itReadsOnWhileTheBackboneIsAway() {
        aLedgerThatWasRead();
        m_backbone->setReachable(false);
        QVERIFY(m_desk->awaitMode(CatalogMode::ReadOnly));
        QVERIFY(contains((*m_desk)->status().reason, "fake:1"));
        QCOMPARE((*m_desk)->domains().size(), std::size_t{1});
        QCOMPARE((*m_desk)->entries({}).value().total, 4);
        const auto refused = m_desk->submit(DescribeTopic{"t", "x"});
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(contains(refused.error().message, "Nothing can be changed now"));
        QCOMPARE((*m_desk)->rebuild(CatalogDesk::kPatience).error().code, ErrorCode::Unavailable);
        QCOMPARE((*m_desk)->verify(CatalogDesk::kPatience).error().code, ErrorCode::Unavailable);
        QCOMPARE((*m_desk)->domains().size(), std::size_t{1});
        append(DescribeTopic{"t", "written meanwhile"});
        m_backbone->setReachable(true);
        QVERIFY(m_desk->awaitMode(CatalogMode::Live));
        QVERIFY(m_desk->awaitEntries(5));
        QCOMPARE((*m_desk)->topicFacts().at("t").description, std::string("written meanwhile"));
    }

    void itStartsWhileTheBackboneIsAway() {
        aLedgerThatWasRead();
        const std::string before = dump();
        m_desk->close();
        m_backbone->setReachable(false);
        QVERIFY(m_desk->open());
        QCOMPARE((*m_desk)->domains().size(), std::size_t{1});
        QVERIFY(m_desk->awaitMode(CatalogMode::ReadOnly));
        QCOMPARE(dump(), before);
        m_backbone->setReachable(true);
        QVERIFY(m_desk->awaitMode(CatalogMode::Live));
    }

    void itGoesOnWhereItStopped() {
        append(m_writer.enrolment());
        for (int round = 0; round < 5; ++round) {
            append(DescribeTopic{"t", "round " + std::to_string(round)});
            QVERIFY(m_desk->open());
            QVERIFY(m_desk->awaitEntries(2 + round));
            m_desk->close();
        }
        QVERIFY(m_desk->open());
        QVERIFY((*m_desk)->verify(CatalogDesk::kPatience).value().projectionEqual);
    }

    void aLostAcknowledgementIsNotALostEntry() {
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->awaitEntries(1));
        m_backbone->loseNextAcknowledgement();
        const auto unknown = m_desk->submit(DescribeTopic{"t", "once"});
        QCOMPARE(unknown.error().code, ErrorCode::Timeout);
        QVERIFY(contains(unknown.error().message, "unknown"));
        QVERIFY(m_desk->awaitEntries(2));
        QCOMPARE((*m_desk)->topicFacts().at("t").description, std::string("once"));
    }

    void whatIsWrongIsRejectedAndShown() {
        aLedgerThatWasRead();
        const test::LedgerAuthor mallory("mallory");
        Entry forged = mallory.draft(DescribeTopic{"t", "forged"});
        forged.author = "writer";
        forged.keyId = keyIdOf(m_writer.publicKey());
        m_log->append(ledgerRecord(0, mallory.sign(forged)));
        m_log->append(ledgerRecord(0, std::string("\x00\xff{[", 4)));
        Record tombstone = ledgerRecord(0, "");
        tombstone.value.reset();
        m_log->append(std::move(tombstone));
        Entry stale = m_writer.draft(DescribeTopic{"t", "stale"});
        stale.expected = 2;
        m_log->append(ledgerRecord(0, m_writer.sign(stale)));
        append(PutDomain{"d", "D", "", "nobody"});
        append(DescribeTopic{"t", "still going"});
        QVERIFY(m_desk->awaitEntries(10));
        const auto page = (*m_desk)->entries({}).value();
        std::vector<std::string> reasons;
        for (const LedgerEntry& entry : page.entries) {
            if (!entry.accepted) {
                reasons.push_back(entry.rejection);
            }
        }
        QCOMPARE(reasons.size(), std::size_t{5});
        QVERIFY(contains(reasons.at(4), "forged"));
        QVERIFY(contains(reasons.at(3), "JSON"));
        QVERIFY(contains(reasons.at(1), "changed by entry 3"));
        QVERIFY(contains(reasons.at(0), "no team"));
        QCOMPARE(page.entries.at(5).author, std::string("writer")); // as claimed
        QCOMPARE((*m_desk)->topicFacts().at("t").description, std::string("still going"));
        const auto report = (*m_desk)->verify(CatalogDesk::kPatience).value();
        QVERIFY2(report.intact, report.reason.c_str());
        QVERIFY(report.projectionEqual);
        QCOMPARE(report.rejected, 5);
    }

    void aRebuildGivesTheSameBytes() {
        aLedgerThatWasRead();
        append(PutDomain{"seismic", "Seismic", "", "nobody"}); // rejected
        append(RecordAct{"topic.deleted", "t", {{"partitions", "1"}}, {}});
        QVERIFY(m_desk->awaitEntries(6));
        const std::string before = dump();
        std::ofstream(m_desk->options().database.string() + ".rebuild") << "of a rebuild that was killed";
        QVERIFY((*m_desk)->rebuild(CatalogDesk::kPatience));
        QCOMPARE(dump(), before);
        QVERIFY(!std::filesystem::exists(m_desk->options().database.string() + ".rebuild"));
        append(DescribeTopic{"t", "and on"});
        QVERIFY(m_desk->awaitEntries(7));
        m_desk->close();
        QVERIFY(m_desk->open());
        QCOMPARE((*m_desk)->topicFacts().at("t").description, std::string("and on"));
    }

    void aTopicThatWasCutIsNotFollowed() {
        aLedgerThatWasRead();
        m_log->meddle([](auto& records) { records.resize(2); });
        isRefusedUntilRebuilt("ends at 2");
    }
    void aTopicThatWasMadeAnewIsNotFollowed() {
        aLedgerThatWasRead();
        m_desk->close();
        m_log->meddle([](auto& records) { records.clear(); });
        m_writer = test::LedgerAuthor("writer");
        append(m_writer.enrolment());
        for (int i = 0; i < 9; ++i) {
            append(DescribeTopic{"t", "another " + std::to_string(i)});
        }
        QVERIFY(m_desk->open());
        isRefusedUntilRebuilt("its entry 3 is not the one");
    }
    void aTopicWithoutItsMiddleIsNotFollowed() {
        aLedgerThatWasRead();
        m_desk->close();
        m_log->meddle([](auto& records) { records.erase(records.begin() + 1); });
        append(DescribeTopic{"t", "one more"});
        QVERIFY(m_desk->open());
        isRefusedUntilRebuilt("its entry 3 is not the one");
    }
    void aTopicThatIsGoneIsNotMadeAnew() {
        aLedgerThatWasRead();
        m_desk->close();
        m_log->meddle([&](auto& records) {
            records.clear();
            m_log->exists = false;
        });
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->awaitMode(CatalogMode::ReadOnly));
        QVERIFY(contains((*m_desk)->status().reason, "isn't there any more"));
        QCOMPARE((*m_desk)->rebuild(CatalogDesk::kPatience).error().code, ErrorCode::NotFound);
        QCOMPARE((*m_desk)->domains().size(), std::size_t{1}); // and nothing is lost
        QCOMPARE(m_log->creations, 0);
    }
    void aTopicWithoutItsBeginningCannotBeBuiltFrom() {
        append(m_writer.enrolment());
        append(DescribeTopic{"t", "x"});
        m_log->start = 1;
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->awaitMode(CatalogMode::ReadOnly));
        QVERIFY(contains((*m_desk)->status().reason, "have been deleted"));
        QCOMPARE((*m_desk)->rebuild(CatalogDesk::kPatience).error().code, ErrorCode::Conflict);
        QCOMPARE((*m_desk)->verify(CatalogDesk::kPatience).value().firstWrong.value(), 0);
    }
    void aTopicOfTwoPartitionsIsNoLedger() {
        append(m_writer.enrolment());
        m_log->partitions = 2;
        QVERIFY(m_desk->open());
        QVERIFY(m_desk->awaitMode(CatalogMode::ReadOnly));
        QVERIFY(contains((*m_desk)->status().reason, "2 partitions"));
    }
};

QTEST_GUILESS_MAIN(FollowTest)
#include "follow_test.moc"
