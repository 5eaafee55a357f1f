// SPDX-License-Identifier: Apache-2.0
// From grants to ACLs: what the enforcer does, says, and leaves alone.
#include <backbone/error.h>

#include "support/enforced_mesh.h"
#include "support/ledger_author.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using meshbone::test::EnforcedMesh;
using meshbone::testing::ChangeFate;

namespace {

const Error kAway{ErrorCode::Unavailable, "Nobody answers.", 0};

std::vector<std::string> actsOn(const EnforcedMesh& mesh, const std::string& grant) {
    LedgerQuery query;
    query.subject = grant;
    std::vector<std::string> acts;
    const auto page = mesh.desk->entries(query).value();
    for (const auto& entry : page.entries) {
        acts.insert(acts.begin(), entry.act);
    }
    return acts;
}

bool awaitMode(EnforcedMesh& mesh, EnforcerMode mode) {
    return QTest::qWaitFor([&] { return mesh.enforcer().status().mode == mode; }, 20'000);
}

} // namespace

class EnforcerTest : public QObject {
    Q_OBJECT
private slots:
    void aGrantBecomesBindings();
    void theIntentComesBeforeTheChange();
    void whatWasAgreedBeforeIsDoneAtTheStart();
    void revokingOneLeavesWhatAnotherWants();
    void anEndComesByItself();
    void aLateRemovalSaysHowLate();
    void whatIsNotOursIsNeverRemoved();
    void anAdoptedBindingIsKeptAndARetiredOneRemoved();
    void whileTheBackboneIsAwayItWaits();
    void aChangeWithoutAnAnswerIsUnknown();
    void revokedWhileUnknownItWaitsForTheBarrier();
    void aRefusedBindingIsSaid();
    void whatSomebodyTakesAwayIsPutBackTwice();
    void aPlanThatTakesItsOwnRightRemovesNothing();
    void twoAtOnceAgree();
    void endsAreTold();
    void withoutTheRoleNothingIsChanged();
    void whereNothingIsAgreedNobodyIsAsked();
    void withoutAnAuthorizerNothingIsEnforced();
};

void EnforcerTest::aGrantBecomesBindings() {
    EnforcedMesh mesh;
    mesh.start();
    QVERIFY(awaitMode(mesh, EnforcerMode::Idle));
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QVERIFY(mesh.access.all() == EnforcedMesh::bindings(scope));
    for (const auto& result : mesh.grantOf("one").results) {
        QCOMPARE(result.outcome, BindingOutcome::Created);
    }
    QVERIFY(awaitMode(mesh, EnforcerMode::Idle));
    const auto entries = mesh.desk->status().appliedEntries;
    mesh.enforcer().wake();
    const auto seen = mesh.enforcer().status().agreedMs;
    QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().agreedMs > seen; }));
    QCOMPARE(mesh.desk->status().appliedEntries, entries); // nothing new is nothing to say
    QCOMPARE(mesh.access.changes(), 1);
}

void EnforcerTest::theIntentComesBeforeTheChange() {
    EnforcedMesh mesh;
    mesh.access.decideBy([&] {
        const auto grant = mesh.grantOf("one");
        return grant.reported == GrantState::Applying && !grant.results.empty() &&
                       grant.results[0].outcome == BindingOutcome::Intended
                   ? ChangeFate::Done
                   : ChangeFate::Refused;
    });
    mesh.start();
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QCOMPARE(actsOn(mesh, "one").size(), std::size_t{3}); // request, intent, outcome
}

void EnforcerTest::whatWasAgreedBeforeIsDoneAtTheStart() {
    EnforcedMesh mesh;
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.grant("one", scope);
    mesh.access.put(*EnforcedMesh::bindings(scope).begin());
    mesh.start();
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QVERIFY(mesh.access.all() == EnforcedMesh::bindings(scope));
    const auto results = mesh.grantOf("one").results;
    QCOMPARE(std::ranges::count(results, BindingOutcome::Present, &BindingResult::outcome), 1);
}

void EnforcerTest::revokingOneLeavesWhatAnotherWants() {
    EnforcedMesh mesh;
    mesh.start();
    const auto flights = EnforcedMesh::consumer("flights"), delays = EnforcedMesh::consumer("delays");
    mesh.grant("one", flights);
    mesh.grant("two", delays); // of the same group
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QVERIFY(mesh.awaitState("two", GrantState::Enforced));
    mesh.revoke("one");
    QVERIFY(mesh.awaitState("one", GrantState::Removed));
    QVERIFY(mesh.access.all() == EnforcedMesh::bindings(delays));
    const auto results = mesh.grantOf("one").results;
    QCOMPARE(std::ranges::count(results, BindingOutcome::Kept, &BindingResult::outcome), 1);
    QCOMPARE(std::ranges::count(results, BindingOutcome::Removed, &BindingResult::outcome), 1);
    mesh.revoke("two");
    QVERIFY(mesh.awaitState("two", GrantState::Removed));
    QVERIFY(mesh.access.all().empty());
    QVERIFY(mesh.desk->bindingRecords().empty());
}

void EnforcerTest::anEndComesByItself() {
    EnforcedMesh mesh;
    mesh.start();
    const auto end = QDateTime::currentMSecsSinceEpoch() + 700;
    mesh.grant("one", EnforcedMesh::consumer("flights"), end);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QVERIFY(mesh.awaitState("one", GrantState::Removed));
    QVERIFY(QDateTime::currentMSecsSinceEpoch() >= end);
    QVERIFY(mesh.access.all().empty());
}

void EnforcerTest::aLateRemovalSaysHowLate() {
    EnforcedMesh mesh;
    mesh.start();
    mesh.grant("late", EnforcedMesh::consumer("flights"), QDateTime::currentMSecsSinceEpoch() + 700);
    mesh.grant("prompt", EnforcedMesh::consumer("trains"));
    QVERIFY(mesh.awaitState("late", GrantState::Enforced) && mesh.awaitState("prompt", GrantState::Enforced));
    mesh.revoke("prompt");
    QVERIFY(mesh.awaitState("prompt", GrantState::Removed));
    QVERIFY(mesh.grantOf("prompt").reason.empty());
    QCOMPARE(mesh.grantOf("prompt").removedLateMs(), std::int64_t(0));
    mesh.stop();
    const auto until = mesh.grantOf("late").untilMs;
    QVERIFY(QTest::qWaitFor([&] { return QDateTime::currentMSecsSinceEpoch() > until + 2'100; }));
    mesh.start();
    QVERIFY(mesh.awaitState("late", GrantState::Removed));
    const auto late = mesh.grantOf("late");
    QVERIFY2(late.reason.starts_with("It ended at ") && late.reason.ends_with(" s later."), late.reason.c_str());
    QVERIFY(late.removedLateMs() >= 2'000);
    QVERIFY(awaitMode(mesh, EnforcerMode::Idle)); // late is no trouble
}

void EnforcerTest::whatIsNotOursIsNeverRemoved() {
    EnforcedMesh mesh;
    const auto scope = EnforcedMesh::consumer("flights");
    const auto theirs = *EnforcedMesh::bindings(scope).begin();
    backbone::AclBinding stranger = theirs;
    stranger.principal = "User:stranger";
    mesh.access.put(theirs);
    mesh.access.put(stranger);
    mesh.start();
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    mesh.revoke("one");
    QVERIFY(mesh.awaitState("one", GrantState::Removed));
    QVERIFY(mesh.access.all() == (std::set{theirs, stranger}));
}

void EnforcerTest::anAdoptedBindingIsKeptAndARetiredOneRemoved() {
    EnforcedMesh mesh;
    const auto found = *EnforcedMesh::bindings(EnforcedMesh::consumer("old")).begin();
    mesh.access.put(found);
    MarkBinding mark{found, BindingStanding::Adopted, false, "ops", kNoEnd};
    mesh.must(mark);
    mesh.start();
    QVERIFY(awaitMode(mesh, EnforcerMode::Idle));
    mesh.access.take(found); // it is wanted now: it comes back
    QVERIFY(QTest::qWaitFor([&] { return mesh.access.all().contains(found); }));
    mark.standing = BindingStanding::Retired;
    mesh.must(mark);
    QVERIFY(QTest::qWaitFor([&] { return mesh.access.all().empty(); }));
    QVERIFY(mesh.desk.await([&] { return mesh.desk->bindingRecords().empty(); }));
}

void EnforcerTest::whileTheBackboneIsAwayItWaits() {
    EnforcedMesh mesh;
    mesh.access.fail(kAway);
    mesh.start();
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(mesh.awaitState("one", GrantState::Waiting));
    QCOMPARE(mesh.grantOf("one").reason, kAway.message);
    QVERIFY(awaitMode(mesh, EnforcerMode::Waiting));
    QCOMPARE(mesh.enforcer().status().reason, kAway.message);
    const auto entries = mesh.desk->status().appliedEntries;
    for (int i = 0; i < 20; ++i) {
        mesh.enforcer().wake();
        QTest::qWait(2);
    }
    QCOMPARE(mesh.desk->status().appliedEntries, entries); // said once
    mesh.access.fail(std::nullopt);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
}

void EnforcerTest::aChangeWithoutAnAnswerIsUnknown() {
    for (const auto fate : {ChangeFate::LostAnswer, ChangeFate::Lost}) {
        EnforcedMesh mesh;
        mesh.setCallTimeout(std::chrono::milliseconds(60));
        std::atomic<bool> lossy = true;
        mesh.access.decideBy([&] { return lossy ? fate : ChangeFate::Done; });
        mesh.start();
        mesh.grant("one", EnforcedMesh::consumer("flights"));
        if (fate == ChangeFate::Lost) {
            QVERIFY(mesh.awaitState("one", GrantState::Unknown));
            lossy = false;
        }
        QVERIFY(mesh.awaitState("one", GrantState::Enforced)); // what stands is seen, what doesn't is sent again
        QCOMPARE(mesh.desk->bindingRecords().size(), std::size_t{2});
    }
}

void EnforcerTest::revokedWhileUnknownItWaitsForTheBarrier() {
    EnforcedMesh mesh;
    mesh.setCallTimeout(std::chrono::milliseconds(150));
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.access.decideBy([&] { return ChangeFate::Lost; });
    mesh.start();
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Unknown));
    mesh.revoke("one");
    QVERIFY(mesh.awaitState("one", GrantState::RemovalUnknown));
    // The change that went without an answer comes about late: it is seen and taken away.
    mesh.access.decideBy({});
    for (const auto& binding : EnforcedMesh::bindings(scope)) {
        mesh.access.put(binding);
    }
    QVERIFY(mesh.awaitState("one", GrantState::Removed));
    QVERIFY(mesh.access.all().empty());
}

void EnforcerTest::aRefusedBindingIsSaid() {
    EnforcedMesh mesh;
    mesh.access.decideBy([] { return ChangeFate::Refused; });
    mesh.start();
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(mesh.awaitState("one", GrantState::Refused));
    QTRY_COMPARE(mesh.grantOf("one").reason, std::string("Refused.")); // it is tried again meanwhile
    QVERIFY(awaitMode(mesh, EnforcerMode::Waiting));
    mesh.access.decideBy({});
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
}

void EnforcerTest::whatSomebodyTakesAwayIsPutBackTwice() {
    EnforcedMesh mesh;
    mesh.start();
    const auto scope = EnforcedMesh::consumer("flights");
    const auto wanted = EnforcedMesh::bindings(scope);
    const auto contested = *wanted.begin();
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    for (int i = 0; i < 2; ++i) {
        const auto seen = mesh.enforcer().status().agreedMs;
        QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().agreedMs > seen; }));
        mesh.access.take(contested);
        QVERIFY(QTest::qWaitFor([&] { return mesh.access.all() == wanted; }));
    }
    QVERIFY(QTest::qWaitFor([&] { return !mesh.enforcer().status().flapping.empty(); }));
    QVERIFY(mesh.enforcer().status().flapping.front() == contested);
    mesh.access.take(contested);
    QVERIFY(mesh.awaitState("one", GrantState::Partly));
    QVERIFY(!mesh.access.all().contains(contested));
}

void EnforcerTest::aPlanThatTakesItsOwnRightRemovesNothing() {
    EnforcedMesh mesh;
    const backbone::AclBinding own{backbone::ResourceKind::Cluster,
                                   backbone::PatternType::Literal,
                                   std::string(backbone::kClusterName),
                                   "User:admin",
                                   "*",
                                   backbone::Operation::Alter,
                                   backbone::Permission::Allow};
    mesh.access.put(own);
    MarkBinding mark{own, BindingStanding::Adopted, false, "ops", kNoEnd};
    mesh.must(mark);
    mark.standing = BindingStanding::Retired;
    mesh.must(mark);
    mesh.start();
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(mesh.awaitState("one", GrantState::Enforced)); // what is missing is made all the same
    QVERIFY(awaitMode(mesh, EnforcerMode::Waiting));
    QVERIFY(!mesh.enforcer().status().reason.empty());
    QVERIFY(mesh.access.all().contains(own));
}

void EnforcerTest::twoAtOnceAgree() {
    EnforcedMesh mesh;
    mesh.start();
    const auto second = Enforcer::start(*mesh.desk, mesh.access, mesh.options());
    for (int i = 0; i < 12; ++i) {
        mesh.grant("grant-" + std::to_string(i), EnforcedMesh::consumer("topic-" + std::to_string(i)));
    }
    for (int i = 0; i < 12; i += 2) {
        mesh.revoke("grant-" + std::to_string(i));
    }
    std::set<backbone::AclBinding> expected;
    for (int i = 0; i < 12; ++i) {
        const auto id = "grant-" + std::to_string(i);
        if (i % 2 == 1) {
            QVERIFY(mesh.awaitState(id, GrantState::Enforced));
            expected.merge(EnforcedMesh::bindings(EnforcedMesh::consumer("topic-" + std::to_string(i))));
        } else {
            QVERIFY(mesh.desk.await([&] { return !mesh.grantOf(id).applied; }));
        }
    }
    QVERIFY(QTest::qWaitFor([&] { return mesh.access.all() == expected; }));
}

void EnforcerTest::endsAreTold() {
    EnforcedMesh mesh;
    std::mutex mutex;
    AclEnds told;
    auto options = mesh.options();
    options.tellEnds = [&](const AclEnds& ends) {
        const std::scoped_lock lock(mutex);
        told = ends;
    };
    const auto enforcer = Enforcer::start(*mesh.desk, mesh.access, options);
    const auto end = QDateTime::currentMSecsSinceEpoch() + 3'600'000;
    mesh.grant("one", EnforcedMesh::consumer("flights"), end);
    QVERIFY(QTest::qWaitFor([&] {
        const std::scoped_lock lock(mutex);
        return told.size() == 2 && told.begin()->second == end;
    }));
}

void EnforcerTest::withoutTheRoleNothingIsChanged() {
    EnforcedMesh mesh;
    mesh.must(test::LedgerAuthor("robot").enrolment());
    mesh.must(PutTeam{"robots", "Robots", "", {"robot"}});
    mesh.must(PutAccessRoles{"ops", "robots"});
    mesh.start();
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(awaitMode(mesh, EnforcerMode::Waiting));
    QVERIFY(!mesh.enforcer().status().reason.empty());
    QVERIFY(mesh.access.all().empty());
}

void EnforcerTest::whereNothingIsAgreedNobodyIsAsked() {
    EnforcedMesh mesh;
    mesh.access.fail(Error{ErrorCode::Unsupported, "It runs without an authorizer.", 54});
    mesh.start();
    QVERIFY(awaitMode(mesh, EnforcerMode::Idle));
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(mesh.awaitState("one", GrantState::Waiting));
}

/// Turned off, the authorizer takes back what was said of it; turned on, it is as it was, and nothing was made twice.
void EnforcerTest::withoutAnAuthorizerNothingIsEnforced() {
    EnforcedMesh mesh;
    mesh.start();
    mesh.grant("one", EnforcedMesh::consumer("flights"));
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    const auto changes = mesh.access.changes();

    mesh.access.fail(Error{ErrorCode::Unsupported, "It runs without an authorizer.", 54});
    mesh.enforcer().wake();
    QVERIFY(mesh.awaitState("one", GrantState::Waiting));
    QCOMPARE(mesh.grantOf("one").reason, std::string("It runs without an authorizer."));
    QVERIFY(mesh.grantOf("one").applied); // what stands there counts again when it is on
    QVERIFY(awaitMode(mesh, EnforcerMode::Waiting));
    const auto entries = mesh.desk->status().appliedEntries;
    mesh.enforcer().wake();
    QTest::qWait(200);
    QCOMPARE(mesh.desk->status().appliedEntries, entries); // said once

    mesh.access.fail({});
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QVERIFY(mesh.grantOf("one").reason.empty());
    QCOMPARE(mesh.access.changes(), changes);
    QVERIFY(mesh.desk->bindingReturns().empty()); // nobody took anything away

    // What is refused or away says nothing of what stands.
    for (const auto code : {ErrorCode::PermissionDenied, ErrorCode::Unavailable}) {
        mesh.access.fail(Error{code, "No.", 31});
        mesh.enforcer().wake();
        QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().reason == "No."; }, 20'000));
        QCOMPARE(mesh.grantOf("one").reported, GrantState::Enforced);
        mesh.access.fail({});
        QVERIFY(awaitMode(mesh, EnforcerMode::Idle));
    }
}

QTEST_GUILESS_MAIN(EnforcerTest)
#include "enforcer_test.moc"
