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

AccessScope readFlights() {
    AccessScope scope;
    scope.principal = "User:dashboard";
    scope.role = Role::Consumer;
    scope.reads = {{"flights.v1"}};
    scope.group = {"dashboard"};
    return scope;
}

backbone::AclBinding readBinding() {
    return {backbone::ResourceKind::Topic, backbone::PatternType::Literal, "flights.v1", "User:dashboard", "*"};
}

/// Ada owns the product, Bob asks; each at a desk of their own, over one ledger.
class TwoDesks {
public:
    TwoDesks()
        : m_log(std::make_shared<FakeLog>())
        , m_left(m_log)
        , m_right(m_log)
        , ada("ada", m_left)
        , bob("bob", m_right) {
        ada.open().value();
        must(ada, PutTeam{"flight-ops", "Flight operations", "", {"ada"}});
        bob.open().value();
        see(bob);
        const std::string refusal = bob.submit(DescribeTopic{"t", "x"}).error().message;
        must(ada, PutPerson{"bob", "Bob", refusal.substr(refusal.size() - 45, 44)});
        must(ada, PutDomain{"aviation", "Aviation", "", "flight-ops"});
        must(ada, PutProduct{"flights", "Flights", "", "aviation", "flight-ops"});
        must(ada, PutPort{"flights", {"flights.v1", PortDirection::Output, ""}});
        see(bob);
    }
    void see(const CatalogDesk& desk) const {
        const auto entries = static_cast<std::int64_t>(m_log->copy().size());
        if (!desk.awaitEntries(entries) || !desk.awaitMode(CatalogMode::Live)) {
            qFatal("a desk doesn't follow");
        }
    }
    LedgerEntry must(const CatalogDesk& desk, Command command, std::string why = {}) const {
        see(desk);
        auto entry = desk.submit(std::move(command), {}, std::move(why));
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
        return std::move(*entry);
    }
    [[nodiscard]] FakeLog& log() { return *m_log; }
    [[nodiscard]] TimestampMs now() const { return static_cast<TimestampMs>(QDateTime::currentMSecsSinceEpoch()); }

private:
    std::shared_ptr<FakeLog> m_log;
    FakeBackbone m_left, m_right;

public:
    CatalogDesk ada, bob;
};

bool contains(const std::string& text, const char* word) {
    const bool does = text.find(word) != std::string::npos;
    if (!does) {
        qWarning("'%s' isn't in: %s", word, text.c_str());
    }
    return does;
}

} // namespace

/// Access through the ledger, as two people see it who share nothing else.
class AccessTest : public QObject {
    Q_OBJECT

private slots:
    void fromAPrincipalToARevokedGrant() {
        TwoDesks desks;
        const auto& ada = desks.ada;
        const auto& bob = desks.bob;
        desks.must(bob, PutPrincipal{"User:dashboard", "Dashboard", PrincipalKind::Service, "", "bob"});
        desks.must(bob, SubmitRequest{"dashboard-reads", readFlights(), "flights", "", "To show delays", kNoEnd});
        desks.see(ada);
        const auto pending = (*ada).pendingFor("ada", desks.now());
        QCOMPARE(pending.size(), std::size_t{1});
        QCOMPARE(pending.front().author, std::string("bob"));
        QVERIFY((*bob).pendingFor("bob", desks.now()).empty());

        const auto self = bob.submit(ApproveRequest{"dashboard-reads", readFlights()});
        QCOMPARE(self.error().code, ErrorCode::PermissionDenied);
        QVERIFY(self.error().message.find("public key") == std::string::npos); // he is enrolled; that isn't the reason
        desks.must(ada, ApproveRequest{"dashboard-reads", readFlights(), kNoEnd, "read only"}, "It is public anyway");
        desks.see(bob);
        Grant grant = (*bob).grants().at(0);
        QVERIFY(grant.inForceAt(desks.now()));
        QCOMPARE(grant.decisions.at(0).person, std::string("ada"));
        QCOMPARE(grant.decisions.at(0).conditions, std::string("read only"));
        QCOMPARE(grant.scope, readFlights());

        ReportGrant report{
            "dashboard-reads", GrantState::Applying, "", 9, {{readBinding(), BindingOutcome::Intended, ""}}};
        desks.must(ada, report);
        report.state = GrantState::Enforced;
        report.results.at(0).outcome = BindingOutcome::Created;
        desks.must(ada, report);
        QCOMPARE((*ada).bindingRecords().at(0).grant, std::string("dashboard-reads"));
        QCOMPARE((*ada).grants().at(0).stateAt(desks.now()), GrantState::Enforced);

        const auto revoked = desks.must(bob, RevokeGrant{"dashboard-reads"}, "The dashboard is gone");
        desks.see(ada);
        QCOMPARE((*ada).grants().at(0).stateAt(desks.now()), GrantState::Ending);
        QVERIFY(!(*ada).grants().at(0).inForceAt(desks.now()));
        QVERIFY(contains((*ada).grants().at(0).revokedWhy, "gone"));
        QCOMPARE((*ada).undoOf(revoked.number).value().submissions.size(), std::size_t{1});

        report.state = GrantState::Removed;
        report.results.at(0).outcome = BindingOutcome::Removed;
        desks.must(ada, report);
        QVERIFY((*ada).bindingRecords().empty());
        desks.see(bob);
        const std::string dump = (*ada).canonicalDump().value();
        QCOMPARE((*bob).canonicalDump().value(), dump);
        QVERIFY((*ada).rebuild(CatalogDesk::kPatience));
        QCOMPARE((*ada).canonicalDump().value(), dump);
        QVERIFY((*ada).verify(CatalogDesk::kPatience).value().projectionEqual);
    }

    /// Whoever can write to the topic can write anything, and every projection says what it is.
    void aForgedRequesterOrDeciderIsRejectedAndShown() {
        TwoDesks desks;
        const test::LedgerAuthor mallory("mallory");
        const auto forge = [&](const char* as, const Command& command) {
            Entry entry = mallory.draft(command);
            entry.author = as;
            entry.expected = 0;
            desks.log().append(test::ledgerRecord(0, mallory.sign(entry)));
        };
        forge("bob", SubmitRequest{"mine", readFlights(), "flights", "", "To read", kNoEnd});
        forge("mallory", SubmitRequest{"mine-too", readFlights(), "flights", "", "To read", kNoEnd});
        desks.must(desks.bob, SubmitRequest{"real", readFlights(), "flights", "", "To read", kNoEnd});
        Entry approval = mallory.draft(ApproveRequest{"real", readFlights(), kNoEnd, ""});
        approval.author = "ada";
        approval.expected = (*desks.bob).accessRequests().at(0).revision;
        desks.log().append(test::ledgerRecord(0, mallory.sign(approval)));
        desks.see(desks.ada);
        desks.see(desks.bob);
        QVERIFY((*desks.ada).grants().empty());
        QCOMPARE((*desks.ada).accessRequests().size(), std::size_t{1});
        QCOMPARE((*desks.ada).accessRequests().at(0).state, RequestState::Submitted);
        const auto page = (*desks.bob).entries({}).value();
        QVERIFY(!page.entries.at(0).accepted);
        QCOMPARE(page.entries.at(0).act, std::string("request.approve"));
        QCOMPARE(page.entries.at(0).author, std::string("ada"));
        QVERIFY(contains(page.entries.at(0).rejection, "isn't enrolled for 'ada'"));
        QCOMPARE((*desks.ada).canonicalDump().value(), (*desks.bob).canonicalDump().value());
    }

    /// The very bytes of an entry that was accepted once, appended again by somebody else.
    void anEntryCountsOnlyOnce() {
        TwoDesks desks;
        desks.must(desks.bob, SubmitRequest{"one", readFlights(), "flights", "", "To read", kNoEnd});
        const auto approved = desks.must(desks.ada, ApproveRequest{"one", readFlights()});
        desks.must(desks.ada, RevokeGrant{"one"}, "No longer");
        const auto restored = desks.must(desks.ada, RestoreGrant{"one"});
        desks.must(desks.ada, RevokeGrant{"one"}, "No longer, again");
        desks.log().append(test::ledgerRecord(0, approved.json));
        desks.log().append(test::ledgerRecord(0, restored.json));
        desks.see(desks.ada);
        QVERIFY((*desks.ada).grants().at(0).revoked);
        QVERIFY(!(*desks.ada).entries({}).value().entries.at(0).accepted);
        QVERIFY(!(*desks.ada).entries({}).value().entries.at(1).accepted);
    }

    /// Not even when what it made is gone, so that the world looks as it did before.
    void whatIsGoneDoesNotComeBackByTheOldEntry() {
        TwoDesks desks;
        const auto made = desks.must(desks.ada, PutPolicy{Policy{.id = "p", .name = "P", .allowsEverything = true}});
        desks.must(desks.ada, RemovePolicy{"p"});
        desks.log().append(test::ledgerRecord(0, made.json));
        desks.see(desks.ada);
        QVERIFY((*desks.ada).policies().empty());
        QVERIFY(contains((*desks.ada).entries({}).value().entries.at(0).rejection, "was removed by entry"));
        desks.must(desks.ada, PutPolicy{Policy{.id = "p", .name = "P again"}});
        desks.see(desks.bob);
        QVERIFY((*desks.ada).rebuild(CatalogDesk::kPatience));
        QCOMPARE((*desks.ada).canonicalDump().value(), (*desks.bob).canonicalDump().value());
    }

    void ofTwoWhoDecideTheFirstInTheLedgerWins() {
        TwoDesks desks;
        desks.must(desks.ada, PutPerson{"eve", "Eve", ""});
        desks.must(desks.ada, PutTeam{"flight-ops", "Flight operations", "", {"ada", "bob"}});
        desks.must(desks.ada, PutPrincipal{"User:dashboard", "Dashboard", PrincipalKind::Service, "flight-ops", "eve"});
        // Somebody else asks: an entry that is in order, from no desk.
        const test::LedgerAuthor eve("eve");
        desks.must(desks.ada, PutPerson{"eve", "Eve", eve.publicKey()});
        Entry entry = eve.draft(SubmitRequest{"hers", readFlights(), "flights", "", "To read", kNoEnd});
        entry.expected = 0;
        entry.timeMs = desks.now();
        desks.log().append(test::ledgerRecord(0, eve.sign(entry)));
        desks.see(desks.ada);
        desks.see(desks.bob);
        const auto seen = (*desks.bob).accessRequests().at(0).revision;
        QVERIFY(desks.ada.submit(ApproveRequest{"hers", readFlights()}, seen));
        desks.see(desks.bob);
        const auto second = desks.bob.submit(DeclineRequest{"hers"}, seen, "Not now");
        QCOMPARE(second.error().code, ErrorCode::Conflict);
        QVERIFY(contains(second.error().message, "was approved by 'ada'"));
        QCOMPARE((*desks.bob).grants().size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(AccessTest)
#include "access_test.moc"
