// SPDX-License-Identifier: Apache-2.0
// Least privilege as a plan: what is said to the ledger, what the enforcer then does, that it goes in two steps so that
// nobody is stopped between, and that it can be taken back.
#include "support/enforced_mesh.h"

#include <catalog/access_least_mend.h>

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using meshbone::backbone::AclBinding;
using meshbone::backbone::PatternType;
using meshbone::backbone::ResourceKind;
using meshbone::test::EnforcedMesh;

namespace {

const CallOptions kPatience{std::chrono::seconds(30), {}};

TimestampMs nowMs() {
    return QDateTime::currentMSecsSinceEpoch();
}
AccessSurvey look(EnforcedMesh& mesh) {
    SurveyOptions options;
    options.guard = {"User:admin", {}, "_meshbone.ledger"};
    options.nowMs = nowMs();
    return surveyAccess(*mesh.desk, mesh.access, mesh.backbone().admin(), options, kPatience);
}
AccessScope consumer(const std::vector<NamePattern>& reads) {
    auto scope = EnforcedMesh::consumer("");
    scope.reads = reads;
    return scope;
}
EvidenceTuple seen(const std::string& resource, ResourceKind kind = ResourceKind::Topic) {
    EvidenceTuple tuple;
    tuple.principal = "User:dashboard";
    tuple.host = "1.1.1.1";
    tuple.apiKey = 1;
    tuple.resourceKind = kind;
    tuple.resource = resource;
    tuple.count = 1;
    tuple.lastMs = nowMs();
    return tuple;
}
/// As if somebody had watched from now on: grants made until now are old enough.
LeastPlan leastOf(const AccessSurvey& survey, const std::vector<EvidenceTuple>& evidence, TimestampMs fromMs) {
    const EvidenceCoverage coverage{fromMs, fromMs + 1, {"broker"}, {}};
    return leastPrivilege({survey.actual->table(),
                           survey.agreed.own,
                           survey.agreed.grants,
                           evidence,
                           coverage,
                           {},
                           survey.context.nowMs})
        .value();
}
LeastMends mendsOf(EnforcedMesh& mesh, const AccessSurvey& survey, const LeastPlan& plan) {
    return leastMendsOf(survey, mesh.desk->accessRequests(), plan).value();
}

} // namespace

class LeastMendTest : public QObject {
    Q_OBJECT
private slots:
    void whatNobodyUsesIsRevokedAndComesBack() {
        EnforcedMesh mesh;
        mesh.start();
        test::CatalogDesk noor("noor", mesh.backbone()); // whoever asked can't restore it alone
        noor.open().value();
        QVERIFY(noor.awaitMode(CatalogMode::Live));
        mesh.must(PutPerson{"noor", "Noor", noor.keyToEnrol()});
        QVERIFY(noor.awaitEntries(mesh.desk->status().appliedEntries));
        noor.submit(SubmitRequest{"unused", consumer({{"a"}}), "", "", "To see it work"}).value();
        QVERIFY(mesh.awaitState("unused", GrantState::Enforced));
        const auto before = mesh.access.all();
        const auto survey = look(mesh);
        const auto mends = mendsOf(mesh, survey, leastOf(survey, {}, nowMs()));
        QCOMPARE(mends.ends, std::size_t(1));
        QCOMPARE(mends.plan.commands.size(), std::size_t(1));
        QCOMPARE(mends.plan.cluster.remove.size(), before.size());
        QVERIFY(mends.plan.allowed && mends.notes.empty());
        const auto applied = applyMends(*mesh.desk, mends.plan, "Nobody uses it", kPatience);
        QVERIFY(!applied.refused);
        QVERIFY(QTest::qWaitFor([&] { return mesh.access.all().empty(); }, 20'000));
        const auto undone = undoMends(*mesh.desk, mesh.access, &mesh.enforcer(), applied, kPatience);
        QCOMPARE(undone.refused, std::vector<std::string>{});
        QVERIFY(QTest::qWaitFor([&] { return mesh.access.all() == before; }, 20'000));
    }

    void whatIsTooWideGoesOnceTheNarrowerOneIsInForce() {
        EnforcedMesh mesh;
        mesh.start();
        mesh.grant("wide", consumer({{"eu.", PatternType::Prefixed}}));
        QVERIFY(mesh.awaitState("wide", GrantState::Enforced));
        const auto watchedMs = nowMs();
        const std::vector<EvidenceTuple> evidence{seen("eu.a"), seen("g", ResourceKind::Group)};
        auto survey = look(mesh);
        auto mends = mendsOf(mesh, survey, leastOf(survey, evidence, watchedMs));
        QCOMPARE(mends.asks, std::size_t(1));
        QVERIFY(mends.plan.cluster.isEmpty()); // nobody is stopped between the two
        const auto* asked = std::get_if<SubmitRequest>(&mends.plan.commands.front());
        QVERIFY(asked != nullptr && asked->id == "wide-least");
        QVERIFY(asked->scope.reads == std::vector<NamePattern>{{"eu.a"}});
        QVERIFY(!applyMends(*mesh.desk, mends.plan, "Only what is used", kPatience).refused);
        QVERIFY(mesh.awaitState("wide-least", GrantState::Enforced));
        survey = look(mesh);
        mends = mendsOf(mesh, survey, leastOf(survey, evidence, watchedMs));
        QCOMPARE(mends.ends, std::size_t(1));
        QCOMPARE(mends.plan.cluster.remove,
                 (std::vector<AclBinding>{{ResourceKind::Topic, PatternType::Prefixed, "eu.", "User:dashboard"}}));
    }

    void whatIsAskedForAlreadyIsNotAskedForAgain() {
        EnforcedMesh mesh;
        mesh.start();
        mesh.grant("wide", consumer({{"eu.", PatternType::Prefixed}}));
        QVERIFY(mesh.awaitState("wide", GrantState::Enforced));
        const auto survey = look(mesh);
        const auto plan = leastOf(survey, {seen("eu.a"), seen("g", ResourceKind::Group)}, nowMs());
        AccessRequest request;
        request.id = "wide-least";
        request.scope = consumer({{"eu.a"}});
        const auto mendsWith = [&](RequestState state) {
            request.state = state;
            return leastMendsOf(survey, std::vector{request}, plan).value();
        };
        QVERIFY(mendsWith(RequestState::Submitted).plan.commands.empty());
        QVERIFY(std::holds_alternative<ReopenRequest>(mendsWith(RequestState::Withdrawn).plan.commands.front()));
        const auto declined = mendsWith(RequestState::Declined);
        QVERIFY(declined.plan.commands.empty());
        QVERIFY(declined.notes.front().find("under another id") != std::string::npos);
    }

    void whatIsAdoptedIsRetiredUnlessSomeOfItIsUsed() {
        EnforcedMesh mesh;
        mesh.start();
        const AclBinding wide{ResourceKind::Topic, PatternType::Prefixed, "eu.", "User:dashboard"};
        mesh.access.put(wide);
        const auto untilMs = nowMs() + 86'400'000;
        mesh.must(MarkBinding{wide, BindingStanding::Adopted, false, "ops", untilMs});
        const auto survey = look(mesh);
        const auto unused = mendsOf(mesh, survey, leastOf(survey, {}, nowMs()));
        QCOMPARE(unused.retires, std::size_t(1));
        QCOMPARE(unused.plan.cluster.remove, std::vector<AclBinding>{wide});
        const auto used = mendsOf(mesh, survey, leastOf(survey, {seen("eu.a")}, nowMs()));
        QVERIFY(used.plan.isEmpty());
        QVERIFY(used.notes.front().find("was adopted and stays") != std::string::npos);
        const auto applied = applyMends(*mesh.desk, unused.plan, "Nobody uses it", kPatience);
        QVERIFY(QTest::qWaitFor([&] { return mesh.access.all().empty(); }, 20'000));
        const auto undone = undoMends(*mesh.desk, mesh.access, &mesh.enforcer(), applied, kPatience);
        QCOMPARE(undone.refused, std::vector<std::string>{});
        QVERIFY(QTest::qWaitFor([&] { return mesh.access.all() == std::set{wide}; }, 20'000));
        const auto records = mesh.desk->bindingRecords();
        QCOMPARE(records.size(), std::size_t(1));
        QVERIFY(records.front().standing == BindingStanding::Adopted && records.front().team == "ops");
        QCOMPARE(records.front().untilMs, untilMs);
    }
};

QTEST_GUILESS_MAIN(LeastMendTest)
#include "least_mend_test.moc"
