// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;

namespace {

#define ACCEPTED(result)                                                                                               \
    do {                                                                                                               \
        const auto outcome = (result);                                                                                 \
        QVERIFY2(outcome.has_value(), outcome ? "" : outcome.error().message.c_str());                                 \
    } while (false)

bool says(const Error& error, ErrorCode code, const char* word) {
    if (error.code != code || error.message.find(word) == std::string::npos) {
        qWarning("%s: %s", std::string(errorCodeName(error.code)).c_str(), error.message.c_str());
        return false;
    }
    return true;
}

Port output(std::string topic) {
    return {std::move(topic), PortDirection::Output, ""};
}

} // namespace

/// What a person at one desk, or two at two, can do with the catalog while all is well.
class CatalogTest : public QObject {
    Q_OBJECT

    std::shared_ptr<FakeLog> m_log;
    std::unique_ptr<FakeBackbone> m_near, m_far; // two clients of one cluster
    std::unique_ptr<CatalogDesk> m_ada, m_bob;

    void adaBuildsAMesh() {
        ACCEPTED(m_ada->open());
        ACCEPTED(m_ada->submit(PutTeam{"ops", "Operations", "", {"ada"}}));
        ACCEPTED(m_ada->submit(PutDomain{"aviation", "Aviation", "", "ops"}));
        ACCEPTED(m_ada->submit(PutProduct{"flights", "Flights", "", "aviation", "ops"}));
    }
    /// Bob's key becomes known by what the refusal says, as it does between people.
    void bobIsEnrolled() {
        ACCEPTED(m_bob->open());
        QVERIFY(m_bob->awaitMode(CatalogMode::Live));
        const auto refused = m_bob->submit(DescribeTopic{"t", "x"});
        QVERIFY(says(refused.error(), ErrorCode::PermissionDenied, "'bob' isn't enrolled"));
        const std::string& message = refused.error().message;
        const std::string key = message.substr(message.size() - 45, 44);
        ACCEPTED(m_ada->submit(PutPerson{"bob", "Bob", key}));
        QVERIFY(m_bob->awaitEntries((*m_ada)->status().appliedEntries));
    }

private slots:
    void init() {
        m_log = std::make_shared<FakeLog>();
        m_near = std::make_unique<FakeBackbone>(m_log);
        m_far = std::make_unique<FakeBackbone>(m_log);
        m_ada = std::make_unique<CatalogDesk>("ada", *m_near);
        m_bob = std::make_unique<CatalogDesk>("bob", *m_far);
    }
    void cleanup() {
        m_ada.reset();
        m_bob.reset();
    }

    void theFirstAuthorMakesTheLedger() {
        ACCEPTED(m_ada->open());
        QVERIFY(m_ada->awaitEntries(1));
        QCOMPARE(m_log->creations, 1);
        QCOMPARE((*m_ada)->people().at(0).id, std::string("ada"));
        QCOMPARE((*m_ada)->people().at(0).name, std::string("The person ada"));
        QCOMPARE((*m_ada)->status().mode, CatalogMode::Live);
        m_ada->close();
        ACCEPTED(m_ada->open()); // once is enough
        ACCEPTED(m_ada->submit(DescribeTopic{"t", "x"}));
        QCOMPARE((*m_ada)->status().appliedEntries, 2);
        QCOMPARE(m_log->creations, 1);
    }

    void acceptedCommandsAreAnsweredWithTheirEntry() {
        adaBuildsAMesh();
        const auto entry = m_ada->submit(PutPort{"flights", output("flights.v1")}, 4, "People need it");
        ACCEPTED(entry);
        QCOMPARE(entry->number, 4);
        QCOMPARE(entry->act, std::string("port.put"));
        QCOMPARE(entry->subject, std::string("flights"));
        QCOMPARE(entry->author, std::string("ada"));
        QCOMPARE(entry->why, std::string("People need it"));
        QVERIFY(entry->accepted && entry->timeMs > 1'700'000'000'000);
        QCOMPARE(entry->changes.at(0).field, std::string("output flights.v1"));
        QCOMPARE(entry->hash, (*m_ada)->status().head);
        QCOMPARE(entry->json, *m_log->copy().at(4).value);
        const auto facts = (*m_ada)->topicFacts();
        QCOMPARE(facts.at("flights.v1").product, std::string("flights"));
        QCOMPARE((*m_ada)->domains().size(), std::size_t{1});
        QCOMPARE((*m_ada)->teams().at(0).people, std::vector<std::string>{"ada"});
        QCOMPARE((*m_ada)->products().at(0).revision, 5);
        ACCEPTED(m_ada->submit(RecordAct{"topic.created", "flights.v1", {}, {{"partitions", "3"}}}));
        LedgerQuery query;
        query.act = "topic.created";
        QCOMPARE((*m_ada)->entries(query).value().matching, 1);
    }

    void refusedCommandsStayOutOfTheLedger() {
        adaBuildsAMesh();
        const auto before = m_log->copy().size();
        QVERIFY(says(m_ada->submit(RemoveDomain{"aviation"}).error(), ErrorCode::Conflict, "still has 1 product"));
        QVERIFY(says(m_ada->submit(PutProduct{"No", "x", "", "aviation", "ops"}).error(), ErrorCode::InvalidArgument,
                     "id"));
        QVERIFY(says(m_ada->submit(PutDomain{"d", "D", "", "nobody"}).error(), ErrorCode::NotFound, "team"));
        QVERIFY(
            says(m_ada->submit(PutPort{"flights", output("a b")}).error(), ErrorCode::InvalidArgument, "topic name"));
        QVERIFY(says(m_ada->submit(DescribeTopic{"t", "\xff"}).error(), ErrorCode::InvalidArgument, "UTF-8"));
        QVERIFY(says(m_ada->submit(DescribeTopic{"t", std::string(9'000, 'x')}).error(), ErrorCode::InvalidArgument,
                     "long"));
        QVERIFY(says(m_ada->submit(DescribeTopic{"t", "x"}, {}, std::string(300'000, 'w')).error(),
                     ErrorCode::InvalidArgument, "larger"));
        QCOMPARE(m_log->copy().size(), before);
    }

    void aConflictNamesWhoChangedIt() {
        adaBuildsAMesh();
        bobIsEnrolled();
        const auto seen = (*m_ada)->products().at(0).revision;
        ACCEPTED(m_bob->submit(PutProduct{"flights", "Flights by Bob", "", "aviation", "ops"}, seen));
        QVERIFY(m_ada->awaitEntries((*m_bob)->status().appliedEntries));
        const auto stale = m_ada->submit(PutProduct{"flights", "Flights by Ada", "", "aviation", "ops"}, seen);
        QVERIFY(says(stale.error(), ErrorCode::Conflict, "'product.put' by 'bob' in entry 5"));
        ACCEPTED(m_bob->submit(RemoveProduct{"flights"}));
        QVERIFY(m_ada->awaitEntries((*m_bob)->status().appliedEntries));
        const auto gone = m_ada->submit(PutPort{"flights", output("x")}, seen + 2);
        QVERIFY(says(gone.error(), ErrorCode::Conflict, "'product.remove' by 'bob'"));
        QCOMPARE((*m_ada)->canonicalDump().value(), (*m_bob)->canonicalDump().value());
    }

    void anEntryIsTakenBackByANewOne() {
        adaBuildsAMesh();
        const auto described = m_ada->submit(DescribeTopic{"t", "One a flight"});
        ACCEPTED(described);
        const auto undo = (*m_ada)->undoOf(described->number);
        ACCEPTED(undo);
        QCOMPARE(undo->submissions.size(), std::size_t{1});
        QCOMPARE(undo->submissions[0].expectedRevision.value(), described->number + 1);
        const auto undone = (*m_ada)->submit(undo->submissions[0], CatalogDesk::kPatience);
        ACCEPTED(undone);
        QCOMPARE(undone->number, described->number + 1);
        QCOMPARE(undone->why, "Undoes entry " + std::to_string(described->number) + ".");
        QVERIFY(!(*m_ada)->topicFacts().contains("t"));
        QCOMPARE(m_log->copy().at(static_cast<std::size_t>(described->number)).value.value(), described->json);
        QVERIFY((*m_ada)->verify(CatalogDesk::kPatience).value().intact);
        QVERIFY(says((*m_ada)->undoOf(described->number).error(), ErrorCode::Conflict, "after this entry"));
        QVERIFY(says((*m_ada)->undoOf(99).error(), ErrorCode::NotFound, "99"));
    }

    /// Whoever changes the thing between the look and the undo wins.
    void anUndoDoesNotOverwriteWhatCameMeanwhile() {
        adaBuildsAMesh();
        bobIsEnrolled();
        const auto renamed = m_ada->submit(PutDomain{"aviation", "Air", "", "ops"});
        ACCEPTED(renamed);
        const auto undo = (*m_ada)->undoOf(renamed->number);
        ACCEPTED(undo);
        QVERIFY(m_bob->awaitEntries((*m_ada)->status().appliedEntries));
        ACCEPTED(m_bob->submit(PutDomain{"aviation", "Sky", "", "ops"}));
        QVERIFY(m_ada->awaitEntries((*m_bob)->status().appliedEntries));
        const auto late = (*m_ada)->submit(undo->submissions[0], CatalogDesk::kPatience);
        QVERIFY(says(late.error(), ErrorCode::Conflict, "'bob'"));
        QCOMPARE((*m_ada)->domains().at(0).name, std::string("Sky"));
    }

    void thoseWhoOnlyReadNeedNoKey() {
        m_bob->options().personId.clear();
        ACCEPTED(m_bob->open());
        QVERIFY(m_bob->awaitMode(CatalogMode::ReadOnly)); // no ledger, and not theirs to make
        QCOMPARE(m_log->creations, 0);
        adaBuildsAMesh();
        QVERIFY(m_bob->awaitEntries(4));
        QVERIFY(says(m_bob->submit(DescribeTopic{"t", "x"}).error(), ErrorCode::PermissionDenied, "only reads"));
        QVERIFY(!std::filesystem::exists(m_bob->options().keyFile));
    }

    void badOptionsAreRefused() {
        m_ada->options().personId = "Ada Lovelace";
        QVERIFY(says(m_ada->open().error(), ErrorCode::InvalidArgument, "person"));
        m_ada->options().personId = "ada";
        m_ada->options().database = "/no/such/folder/catalog.db";
        QVERIFY(says(m_ada->open().error(), ErrorCode::Io, "/no/such/folder"));
    }

    void cancelledAndLateCallsEnd() {
        adaBuildsAMesh();
        std::stop_source stop;
        stop.request_stop();
        const Submission change{DescribeTopic{"t", "x"}, "", {}};
        QCOMPARE((*m_ada)->rebuild({std::chrono::seconds(5), stop.get_token()}).error().code, ErrorCode::Cancelled);
        QCOMPARE((*m_ada)->verify({std::chrono::seconds(5), stop.get_token()}).error().code, ErrorCode::Cancelled);
        QCOMPARE((*m_ada)->rebuild({std::chrono::milliseconds(0), {}}).error().code, ErrorCode::Timeout);
    }

    void subscribersHearOfEntries() {
        ACCEPTED(m_ada->open());
        QVERIFY(m_ada->awaitEntries(1));
        std::atomic<int> calls = 0;
        Subscription subscription = (*m_ada)->onChanged([&] { ++calls; });
        ACCEPTED(m_ada->submit(DescribeTopic{"t", "x"}));
        QVERIFY(m_ada->await([&] { return calls > 0; }));
        subscription.reset();
        const int heard = calls;
        ACCEPTED(m_ada->submit(DescribeTopic{"t", "y"}));
        ACCEPTED(m_ada->submit(DescribeTopic{"t", "z"}));
        QCOMPARE(calls.load(), heard);
    }
};

QTEST_GUILESS_MAIN(CatalogTest)
#include "catalog_test.moc"
