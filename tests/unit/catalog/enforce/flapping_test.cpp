// SPDX-License-Identifier: Apache-2.0
// Somebody else keeps changing bindings back: counted from the ledger, whoever enforces, and left alone after two
// times.
#include "support/enforced_mesh.h"

#include <catalog/access_mend.h>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::catalog;
using backbone::AclBinding;
using test::EnforcedMesh;

namespace {

const CallOptions kCall{std::chrono::milliseconds(5'000), {}};

AccessSurvey look(EnforcedMesh& mesh) {
    SurveyOptions options;
    options.guard = {"User:admin", {}, "_meshbone.ledger"};
    options.nowMs =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    return surveyAccess(*mesh.desk, mesh.access, mesh.backbone().admin(), options, kCall);
}

std::optional<DriftFinding> findingOf(const AccessSurvey& survey, DriftKind kind, const AclBinding& binding) {
    const auto found = driftOf(survey).value();
    for (const auto& finding : found) {
        if (finding.kind == kind && finding.binding == binding) {
            return finding;
        }
    }
    return std::nullopt;
}

void mend(EnforcedMesh& mesh, DriftKind kind, const AclBinding& binding, MendAct act) {
    const auto survey = look(mesh);
    const auto finding = findingOf(survey, kind, binding);
    QVERIFY(finding.has_value());
    const auto plan = mendPlanOf(survey, {{*finding, act, "ops"}}).value();
    QVERIFY2(plan.allowed, plan.allowed ? "" : plan.allowed.error().message.c_str());
    QVERIFY(!applyMends(*mesh.desk, plan, "Somebody else made it", kCall).refused);
}

/// Another enforcer, which remembers nothing.
void startAnew(EnforcedMesh& mesh) {
    mesh.stop();
    mesh.start();
    QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().agreedMs >= 0; }));
}

bool awaitGone(EnforcedMesh& mesh, const AclBinding& binding) {
    return QTest::qWaitFor([&] { return !mesh.access.all().contains(binding); }) && mesh.desk.await([&] {
        const auto records = mesh.desk->bindingRecords();
        return std::ranges::find(records, binding, &BindingRecord::binding) == records.end();
    });
}

} // namespace

class FlappingTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsTakenAwayIsCountedAcrossRestarts();
    void whatComesBackAfterItWasRemovedIsCounted();
    void twoGrantsThatShareABindingCountOnce();
    void whatIsGrantedAnewIsNotContested();
};

void FlappingTest::whatIsTakenAwayIsCountedAcrossRestarts() {
    EnforcedMesh mesh;
    const auto scope = EnforcedMesh::consumer("flights");
    const auto wanted = EnforcedMesh::bindings(scope);
    const auto contested = *wanted.begin();
    mesh.start();
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    for (int i = 0; i < 2; ++i) {
        startAnew(mesh);
        mesh.access.take(contested);
        QVERIFY(mesh.desk.await([&] {
            const auto returns = mesh.desk->bindingReturns();
            return returns.size() == 1 && returns.front().gone == i + 1;
        }));
        QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    }
    startAnew(mesh);
    QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().flapping.size() == 1; }));
    mesh.access.take(contested);
    QVERIFY(mesh.awaitState("one", GrantState::Partly));
    const auto finding = findingOf(look(mesh), DriftKind::Flapping, contested);
    QVERIFY(finding.has_value());
    QCOMPARE(finding->returns, 2);
    QCOMPARE(finding->grants, std::vector<std::string>{"one"});
    QVERIFY(finding->sinceMs > 0);
    QVERIFY(actsOn(*finding, look(mesh)) == std::vector{MendAct::Reapply});

    mend(mesh, DriftKind::Missing, contested, MendAct::Reapply); // a person decides to try again
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    QVERIFY(mesh.access.all() == wanted);
    QVERIFY(mesh.desk->bindingReturns().empty());
}

void FlappingTest::whatComesBackAfterItWasRemovedIsCounted() {
    EnforcedMesh mesh;
    const auto scope = EnforcedMesh::consumer("flights");
    const auto contested = *EnforcedMesh::bindings(scope).begin();
    mesh.start();
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    mesh.revoke("one");
    QVERIFY(mesh.awaitState("one", GrantState::Removed));
    mesh.access.put(contested);
    QVERIFY(findingOf(look(mesh), DriftKind::Unmanaged, contested));
    QVERIFY(!findingOf(look(mesh), DriftKind::Flapping, contested));

    mend(mesh, DriftKind::Unmanaged, contested, MendAct::Revoke);
    QVERIFY(awaitGone(mesh, contested));
    QVERIFY(!findingOf(look(mesh), DriftKind::Flapping, contested)); // nobody has put it back yet
    mesh.access.put(contested);
    const auto finding = findingOf(look(mesh), DriftKind::Flapping, contested);
    QVERIFY(finding.has_value());
    QCOMPARE(finding->returns, 2);
    QVERIFY(finding->grants.empty());

    // Who says so without trying again doesn't make it a fight.
    mesh.must(MarkBinding{contested, BindingStanding::Adopted, false, "ops", kNoEnd});
    mesh.must(MarkBinding{contested, BindingStanding::Retired, false, "ops", kNoEnd});
    startAnew(mesh);
    QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().flapping == std::vector{contested}; }));
    QVERIFY(mesh.access.all().contains(contested));
    mend(mesh, DriftKind::Flapping, contested, MendAct::Revoke);
    QVERIFY(awaitGone(mesh, contested));
}

void FlappingTest::twoGrantsThatShareABindingCountOnce() {
    EnforcedMesh mesh;
    mesh.start();
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.grant("one", scope);
    mesh.grant("two", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced) && mesh.awaitState("two", GrantState::Enforced));
    startAnew(mesh);
    mesh.access.take(*EnforcedMesh::bindings(scope).begin());
    QVERIFY(mesh.desk.await([&] { return !mesh.desk->bindingReturns().empty(); }));
    startAnew(mesh);
    QCOMPARE(mesh.desk->bindingReturns().front().gone, std::int64_t(1));
}

void FlappingTest::whatIsGrantedAnewIsNotContested() {
    EnforcedMesh mesh;
    mesh.start();
    for (const char* id : {"one", "two", "three"}) {
        mesh.grant(id, EnforcedMesh::consumer("flights"));
        QVERIFY(mesh.awaitState(id, GrantState::Enforced));
        QVERIFY(mesh.desk->bindingReturns().empty());
        mesh.revoke(id);
        QVERIFY(mesh.awaitState(id, GrantState::Removed));
    }
    for (const auto& one : mesh.desk->bindingReturns()) {
        QCOMPARE(one.removed, std::int64_t(1));
    }
}

QTEST_GUILESS_MAIN(FlappingTest)
#include "flapping_test.moc"
