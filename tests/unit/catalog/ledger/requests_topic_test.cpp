// SPDX-License-Identifier: Apache-2.0
#include <backbone/error.h>

#include "support/catalog_desk.h"
#include "support/fake_ledger_backbone.h"
#include "support/ledger_author.h"

#include <QtTest>

#include <thread>

using namespace meshbone;
using namespace meshbone::catalog;
using test::CatalogDesk;
using test::FakeBackbone;
using test::FakeLog;

namespace {

AccessScope someTopic() {
    return {"User:x", "*", Role::Consumer, {{"flights.v1"}}, {}, {"g"}, {}};
}
SubmitRequest asking(const std::string& id) {
    return {id, someTopic(), "", "", "To show delays", kNoEnd};
}

/// Ada may write the ledger; Bob, enrolled, may write the topic of requests only.
struct Desks {
    std::shared_ptr<FakeLog> ledger = std::make_shared<FakeLog>(), requests = std::make_shared<FakeLog>();
    FakeBackbone left{ledger, requests}, right{ledger, requests};
    CatalogDesk ada{"ada", left}, bob{"bob", right};

    Desks() {
        ada.open().value();
        ada.submit(PutTeam{"ops", "Operations", "", {"ada"}}).value();
        right.denyLedger();
        bob.open().value();
        see();
        const std::string refusal = bob.submit(asking("x")).error().message;
        ada.submit(PutPerson{"bob", "Bob", refusal.substr(refusal.size() - 45, 44)}).value();
        (*ada).carryRequests(CatalogDesk::kPatience).value(); // makes the topic
        see();
    }
    void see() const {
        const auto entries = static_cast<std::int64_t>(ledger->copy().size());
        if (!ada.awaitEntries(entries) || !bob.awaitEntries(entries) || !bob.awaitMode(CatalogMode::Live)) {
            qFatal("a desk doesn't follow");
        }
    }
    [[nodiscard]] CarriedRequests carry() const { return (*ada).carryRequests(CatalogDesk::kPatience).value(); }
    void leave(const std::string& bytes) const { requests->append(test::ledgerRecord(0, bytes)); }
};

} // namespace

/// Who may not write the ledger asks through a topic that everybody may write, and nothing else comes out of it.
class RequestsTopicTest : public QObject {
    Q_OBJECT

private slots:
    void aRequestIsCarriedAndAnswered() {
        Desks desks;
        std::jthread carrier([&](const std::stop_token& stop) {
            while (!stop.stop_requested() && desks.carry().carried == 0) {
                std::this_thread::yield();
            }
        });
        const auto entry = desks.bob.submit(asking("r"));
        QVERIFY2(entry.has_value(), entry ? "" : entry.error().message.c_str());
        QCOMPARE(entry->author, std::string("bob"));
        QCOMPARE(desks.requests->copy().size(), std::size_t{1});
        QCOMPARE(*desks.requests->copy().at(0).value, entry->json);
        carrier.join();
        QVERIFY(desks.ada.submit(ApproveRequest{"r", someTopic()}));
        desks.see();
        QCOMPARE((*desks.bob).grants().at(0).requester, std::string("bob"));
        // What isn't asking needs the ledger itself.
        QCOMPARE(desks.bob.submit(RevokeGrant{"r"}, {}, "Done").error().code, ErrorCode::PermissionDenied);
        QCOMPARE(desks.carry().carried, std::int64_t{0});
    }

    void whoFindsNobodyIsToldWhereItIs() {
        Desks desks;
        const auto late = (*desks.bob).submit({asking("r"), "", {}}, {std::chrono::milliseconds(200), {}});
        QCOMPARE(late.error().code, ErrorCode::Timeout);
        QVERIFY(late.error().message.find("_meshbone.requests") != std::string::npos);
        QCOMPARE(desks.carry().carried, std::int64_t{1});
        desks.see();
        QCOMPARE((*desks.bob).accessRequests().size(), std::size_t{1});
    }

    /// Forged, foreign, garbage, twice: none of it reaches the ledger, and all of it is said.
    void whatTheLedgerWouldRejectIsNotCarried() {
        Desks desks;
        const test::LedgerAuthor mallory("mallory"), eve("eve");
        desks.ada.submit(eve.enrolment()).value();
        Entry forged = mallory.draft(asking("forged"));
        forged.author = "bob";
        forged.expected = 0;
        desks.leave(mallory.sign(forged));
        desks.leave("\xff not an entry");
        Entry decision = eve.draft(PutPolicy{Policy{.id = "p", .name = "Mine"}});
        decision.expected = 0;
        desks.leave(eve.sign(decision)); // she may, but not here
        Entry real = eve.draft(asking("hers"));
        real.expected = 0;
        desks.leave(eve.sign(real));
        desks.leave(eve.sign(real));
        const auto before = desks.ledger->copy().size();
        const CarriedRequests found = desks.carry();
        QCOMPARE(found.carried, std::int64_t{1});
        QCOMPARE(desks.ledger->copy().size(), before + 1);
        QCOMPARE(found.refused.size(), std::size_t{3});
        QCOMPARE(found.refused.at(0).author, std::string("bob"));
        QVERIFY(found.refused.at(0).rejection.find("isn't enrolled for 'bob'") != std::string::npos);
        QVERIFY(found.refused.at(2).rejection.find("Only requests") != std::string::npos);
        QCOMPARE(found.refused.at(2).number, std::int64_t{2});
        QVERIFY((*desks.ada).policies().empty());
    }

    /// Another carrier, or the same one after a restart, begins at the start and finds everything in the ledger.
    void carryingAgainAddsNothing() {
        Desks desks;
        const test::LedgerAuthor eve("eve");
        desks.ada.submit(eve.enrolment()).value();
        for (const char* id : {"a", "b", "c"}) {
            Entry entry = eve.draft(asking(id));
            entry.expected = 0;
            desks.leave(eve.sign(entry));
        }
        QCOMPARE(desks.carry().carried, std::int64_t{3});
        const auto entries = desks.ledger->copy().size();
        desks.ada.close();
        desks.ada.open().value();
        desks.see();
        QVERIFY(desks.ada.awaitMode(CatalogMode::Live));
        const auto again = desks.carry();
        QCOMPARE(again.carried, std::int64_t{0});
        QVERIFY(again.refused.empty());
        QCOMPARE(desks.ledger->copy().size(), entries);
    }
};

QTEST_GUILESS_MAIN(RequestsTopicTest)
#include "requests_topic_test.moc"
