// SPDX-License-Identifier: Apache-2.0
// What is done about drift: what it says to the ledger, what the enforcer then does, and that it can be taken back.
#include "support/enforced_mesh.h"

#include <catalog/access_mend.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using meshbone::backbone::AclBinding;
using meshbone::backbone::PatternType;
using meshbone::backbone::ResourceKind;
using meshbone::test::EnforcedMesh;

namespace {

const CallOptions kPatience{std::chrono::seconds(30), {}};

AclBinding reads(const std::string& topic, const std::string& principal = "User:dashboard") {
    return {ResourceKind::Topic, PatternType::Literal, topic, principal};
}
TimestampMs nowMs() {
    return QDateTime::currentMSecsSinceEpoch();
}
AccessSurvey look(EnforcedMesh& mesh) {
    SurveyOptions options;
    options.guard = {"User:admin", {}, "_meshbone.ledger"};
    options.nowMs = nowMs();
    return surveyAccess(*mesh.desk, mesh.access, mesh.backbone().admin(), options, kPatience);
}
DriftFinding only(const AccessSurvey& survey, DriftKind kind) {
    DriftFinding found;
    int count = 0;
    const auto all = driftOf(survey).value();
    for (const auto& one : all) {
        if (one.kind == kind) {
            found = one;
            ++count;
        }
    }
    if (count != 1) {
        qWarning("%d findings of kind %d, %d in all", count, static_cast<int>(kind), static_cast<int>(all.size()));
    }
    return found;
}
using Acts = std::vector<MendAct>;
using Bindings = std::vector<AclBinding>;

bool awaitAcls(EnforcedMesh& mesh, const std::set<AclBinding>& wanted) {
    return QTest::qWaitFor([&] { return mesh.access.all() == wanted; }, 20'000);
}
std::optional<BindingStanding> standingOf(EnforcedMesh& mesh, const AclBinding& binding) {
    for (const auto& record : mesh.desk->bindingRecords()) {
        if (record.binding == binding) {
            return record.standing;
        }
    }
    return std::nullopt;
}

} // namespace

class MendTest : public QObject {
    Q_OBJECT
private slots:
    void whatTheEnforcerDoesNeedsNoWord();
    void whatIsAdoptedIsKept();
    void whatIsRevokedIsAdoptedAndRetired();
    void whatNobodyAgreedToGoesOneAtATime();
    void anOwnerMustBeChosen();
    void ignoredIsSilentUntilThen();
    void whatIsWiderIsTakenAndWhatWasAgreedStays();
    void aPlanThatLocksItsAuthorOutIsNotAllowed();
    void whatIsGrantedAndOrphanedEndsWithItsGrant();
    void onePlanIsUndoneAsAWhole();
    void undoneBeforeTheEnforcerCameNothingIsLost();
    void aRefusedWordStopsTheRest();
};

void MendTest::whatTheEnforcerDoesNeedsNoWord() {
    EnforcedMesh mesh;
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.grant("one", scope);
    const auto survey = look(mesh);
    const auto findings = driftOf(survey).value();
    QCOMPARE(findings.size(), EnforcedMesh::bindings(scope).size());
    for (const auto& finding : findings) {
        QCOMPARE(actsOn(finding, survey), Acts{MendAct::Reapply});
        QVERIFY(isMendedByItself(finding.kind));
    }
    const auto plan = mendPlanOf(survey, {}).value();
    QVERIFY(plan.commands.empty() && plan.allowed);
    QCOMPARE(plan.cluster.create.size(), findings.size());
}

void MendTest::whatIsAdoptedIsKept() {
    EnforcedMesh mesh;
    mesh.start();
    mesh.access.put(reads("flights"));
    const auto survey = look(mesh);
    const auto finding = only(survey, DriftKind::Unmanaged);
    QCOMPARE(actsOn(finding, survey), (Acts{MendAct::Adopt, MendAct::Revoke, MendAct::Ignore}));
    const auto plan = mendPlanOf(survey, {{finding, MendAct::Adopt, "ops", nowMs() + 86'400'000}}).value();
    QVERIFY(plan.allowed && plan.cluster.isEmpty());
    const auto applied = applyMends(*mesh.desk, plan, "It is needed", kPatience);
    QVERIFY(!applied.refused);
    QCOMPARE(applied.said.size(), std::size_t(1));
    QVERIFY(driftOf(look(mesh)).value().empty());
    QCOMPARE(mesh.desk->bindingRecords().front().team, std::string("ops"));
    QVERIFY(undoMends(*mesh.desk, mesh.access, &mesh.enforcer(), applied, kPatience).refused.empty());
    QVERIFY(mesh.desk->bindingRecords().empty());
    QVERIFY(mesh.access.all() == std::set{reads("flights")});
}

void MendTest::whatIsRevokedIsAdoptedAndRetired() {
    EnforcedMesh mesh;
    mesh.start();
    mesh.access.put(reads("flights"));
    mesh.access.put(reads("delays"));
    const auto survey = look(mesh);
    auto mends = std::vector<Mend>{{driftOf(survey).value().front(), MendAct::Revoke, "ops"}};
    QCOMPARE(mends.front().finding.binding, reads("delays"));
    const auto plan = mendPlanOf(survey, mends).value();
    QVERIFY(plan.allowed);
    QCOMPARE(plan.commands.size(), std::size_t(2));
    QCOMPARE(plan.cluster.remove, Bindings{reads("delays")});
    QVERIFY(needsCount(plan.cluster));
    QVERIFY(!applyMends(*mesh.desk, plan, "Nobody uses it", kPatience).refused);
    QVERIFY(awaitAcls(mesh, {reads("flights")}));
}

void MendTest::whatNobodyAgreedToGoesOneAtATime() {
    EnforcedMesh mesh;
    auto denied = reads("delays");
    denied.permission = backbone::Permission::Deny;
    for (const auto& binding : {reads("flights"), reads("seats"), denied}) {
        mesh.access.put(binding);
    }
    const auto survey = look(mesh);
    std::vector<Mend> revoking, adopting;
    const auto found = driftOf(survey).value();
    for (const auto& finding : found) {
        if (finding.kind == DriftKind::Unmanaged) {
            revoking.push_back({finding, MendAct::Revoke, "ops"});
            adopting.push_back({finding, MendAct::Adopt, "ops"});
        }
    }
    QVERIFY(revoking.size() >= 2);
    const auto several = mendPlanOf(survey, revoking).value();
    QCOMPARE(several.allowed.error().code, ErrorCode::InvalidArgument);
    QVERIFY(several.allowed.error().message.find("one at a time") != std::string::npos);
    auto bypass = revoking; // found as something else, it is still what nobody agreed to
    bypass.back().finding.kind = DriftKind::Redundant;
    QVERIFY(!mendPlanOf(survey, bypass).value().allowed);
    QVERIFY(mendPlanOf(survey, {revoking.front(), revoking.front()}).value().allowed);
    QVERIFY(mendPlanOf(survey, adopting).value().allowed); // takes nothing from anybody
}

void MendTest::anOwnerMustBeChosen() {
    EnforcedMesh mesh;
    mesh.access.put(reads("flights"));
    const auto survey = look(mesh);
    const auto finding = only(survey, DriftKind::Unmanaged);
    for (const auto act : {MendAct::Adopt, MendAct::Revoke}) {
        QCOMPARE(mendPlanOf(survey, {{finding, act}}).value().allowed.error().code, ErrorCode::InvalidArgument);
    }
    QVERIFY(mendPlanOf(survey, {{finding, MendAct::Ignore, "", nowMs() + 1'000'000}}).value().allowed);
}

void MendTest::ignoredIsSilentUntilThen() {
    EnforcedMesh mesh;
    mesh.access.put(reads("flights"));
    const auto survey = look(mesh);
    const auto finding = only(survey, DriftKind::Unmanaged);
    const auto plan = mendPlanOf(survey, {{finding, MendAct::Ignore, "", nowMs() + 86'400'000}}).value();
    QVERIFY(plan.cluster.isEmpty());
    const auto applied = applyMends(*mesh.desk, plan, "Later", kPatience);
    QVERIFY(driftOf(look(mesh)).value().empty());
    undoMends(*mesh.desk, mesh.access, nullptr, applied, kPatience);
    QCOMPARE(only(look(mesh), DriftKind::Unmanaged).binding, reads("flights"));
}

void MendTest::whatIsWiderIsTakenAndWhatWasAgreedStays() {
    EnforcedMesh mesh;
    mesh.start();
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.grant("one", scope);
    QVERIFY(mesh.awaitState("one", GrantState::Enforced));
    auto wide = reads("fl");
    wide.pattern = PatternType::Prefixed;
    mesh.access.put(wide);
    const auto survey = look(mesh);
    const auto finding = only(survey, DriftKind::Wider);
    QCOMPARE(actsOn(finding, survey).front(), MendAct::Narrow);
    const auto plan = mendPlanOf(survey, {{finding, MendAct::Narrow, "ops"}}).value();
    QCOMPARE(plan.cluster.remove, Bindings{wide});
    QVERIFY(plan.cluster.create.empty() && plan.allowed);
    QVERIFY(!applyMends(*mesh.desk, plan, "It was agreed so", kPatience).refused);
    QVERIFY(awaitAcls(mesh, EnforcedMesh::bindings(scope)));
}

void MendTest::aPlanThatLocksItsAuthorOutIsNotAllowed() {
    EnforcedMesh mesh;
    const AclBinding alter{ResourceKind::Cluster,     PatternType::Literal, "kafka-cluster", "User:admin", "*",
                           backbone::Operation::Alter};
    mesh.access.put(alter);
    const auto survey = look(mesh);
    const auto plan = mendPlanOf(survey, {{only(survey, DriftKind::Unmanaged), MendAct::Revoke, "ops"}}).value();
    QCOMPARE(plan.allowed.error().code, ErrorCode::Conflict);
}

void MendTest::whatIsGrantedAndOrphanedEndsWithItsGrant() {
    EnforcedMesh mesh;
    const auto scope = EnforcedMesh::consumer("flights");
    mesh.grant("one", scope);
    for (const auto& binding : EnforcedMesh::bindings(scope)) {
        mesh.access.put(binding);
    }
    const auto survey = look(mesh);
    DriftFinding orphan;
    orphan.kind = DriftKind::Orphaned;
    orphan.binding = reads("flights");
    const auto plan = mendPlanOf(survey, {{orphan, MendAct::Revoke}}).value();
    QCOMPARE(plan.commands.size(), std::size_t(1));
    QVERIFY(std::holds_alternative<RevokeGrant>(plan.commands.front()));
}

void MendTest::onePlanIsUndoneAsAWhole() {
    EnforcedMesh mesh;
    mesh.start();
    const std::set<AclBinding> before{reads("a"), reads("b"), reads("c")};
    for (const auto& binding : before) {
        mesh.access.put(binding);
    }
    const auto survey = look(mesh);
    const auto findings = driftOf(survey).value();
    QCOMPARE(findings.size(), std::size_t(3));
    const auto plan = mendPlanOf(survey, {{findings[0], MendAct::Revoke, "ops"},
                                          {findings[1], MendAct::Adopt, "ops"},
                                          {findings[2], MendAct::Revoke, "ops"}})
                          .value();
    const auto applied = applyMends(*mesh.desk, plan, "Tidied up", kPatience);
    QVERIFY(!applied.refused);
    QVERIFY(awaitAcls(mesh, {reads("b")}));
    QVERIFY(QTest::qWaitFor([&] { return !standingOf(mesh, reads("a")) && !standingOf(mesh, reads("c")); }, 20'000));
    const auto undone = undoMends(*mesh.desk, mesh.access, &mesh.enforcer(), applied, kPatience);
    QVERIFY2(undone.refused.empty(), undone.refused.empty() ? "" : undone.refused.front().c_str());
    QVERIFY(undone.stillAdopted.empty());
    QCOMPARE(undone.entries, applied.said.size());
    QVERIFY(mesh.access.all() == before);
    QVERIFY(mesh.desk->bindingRecords().empty());
    mesh.enforcer().wake();
    QCOMPARE(driftOf(look(mesh)).value().size(), std::size_t(3)); // as it was: nobody's
}

void MendTest::undoneBeforeTheEnforcerCameNothingIsLost() {
    EnforcedMesh mesh;
    mesh.access.put(reads("a"));
    const auto survey = look(mesh);
    const auto plan = mendPlanOf(survey, {{only(survey, DriftKind::Unmanaged), MendAct::Revoke, "ops"}}).value();
    const auto applied = applyMends(*mesh.desk, plan, "Tidied up", kPatience);
    const auto undone = undoMends(*mesh.desk, mesh.access, nullptr, applied, kPatience);
    QVERIFY(undone.refused.empty());
    QVERIFY(mesh.desk->bindingRecords().empty());
    mesh.start();
    QVERIFY(QTest::qWaitFor([&] { return mesh.enforcer().status().agreedMs > 0; }, 20'000));
    QVERIFY(mesh.access.all() == std::set{reads("a")});
}

void MendTest::aRefusedWordStopsTheRest() {
    EnforcedMesh mesh;
    mesh.access.put(reads("a"));
    const auto survey = look(mesh);
    const auto plan = mendPlanOf(survey, {{only(survey, DriftKind::Unmanaged), MendAct::Revoke, "nobody"}}).value();
    const auto applied = applyMends(*mesh.desk, plan, "Tidied up", kPatience);
    QVERIFY(applied.said.empty());
    QCOMPARE(applied.refused->code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(MendTest)
#include "mend_test.moc"
