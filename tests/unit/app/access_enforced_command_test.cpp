// SPDX-License-Identifier: Apache-2.0
// What `meshctl access` says of whether that which is agreed is enforced: at once, and with what it waits for.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/meshctl_checks.h"
#include "support/served_mesh.h"
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using test::MeshctlRun;
using test::ServedMesh;

class AccessEnforcedCommandTest : public QObject {
    Q_OBJECT
private slots:
    void init() { m_mesh = std::make_unique<ServedMesh>(QStringLiteral(MESHCTL)); }
    void cleanup() { m_mesh.reset(); }
    void anAuthorizerThatIsOffEnforcesNothing();
    void whatNobodyEnforcesOrTheBackboneRefusesIsSaid();
    void whoMustAgreeTooIsSaid();

private:
    [[nodiscard]] QJsonObject listed(QLatin1StringView grant) const {
        const auto all = m_mesh->runJson({"access", "grants"}).array();
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const QJsonValue& one) { return one["id"] == grant; });
        return found == all.end() ? QJsonObject() : found->toObject();
    }
    std::unique_ptr<ServedMesh> m_mesh;
};

void AccessEnforcedCommandTest::anAuthorizerThatIsOffEnforcesNothing() {
    m_mesh->ask("before");
    MUST(m_mesh->run({"access", "approve", "before"}));
    SEEN(m_mesh->grant("before").reported == GrantState::Enforced); // the enforcer there has begun
    m_mesh->ask("one");
    const MeshctlRun approved = m_mesh->run({"access", "approve", "one"});
    QVERIFY2(approved.isDone() && approved.output.contains("Approved: one, entry"), qPrintable(approved.said()));
    QVERIFY2(approved.output.contains("It is enforced."), qPrintable(approved.said()));

    m_mesh->restartWithAuthorizer(false);
    SEEN(m_mesh->grant("one").reported == GrantState::Waiting); // by the backbone's own enforcer
    QVERIFY(m_mesh->grant("one").reason.find("runs without an authorizer") != std::string::npos);
    QCOMPARE(listed(QLatin1StringView("one"))["state"].toString(), QStringLiteral("waiting"));
    QVERIFY(listed(QLatin1StringView("one"))["reason"].toString().contains("runs without an authorizer"));
    const MeshctlRun list = m_mesh->run({"access", "grants"});
    QVERIFY2(list.output.contains("Mind: Nothing enforces it here."), qPrintable(list.said()));

    m_mesh->ask("two");
    const MeshctlRun waits = m_mesh->run({"access", "approve", "two"});
    QCOMPARE(waits.status, 3);
    QVERIFY2(waits.output.contains("Approved, waiting for an authorizer: two, entry") &&
                 waits.output.contains("runs without an authorizer"),
             qPrintable(waits.said()));
    const MeshctlRun once = m_mesh->run({"enforce", "--once"});
    QCOMPARE(once.status, 3);
    QVERIFY2(once.output.contains("Waiting. ") && once.output.contains("without an authorizer"),
             qPrintable(once.said()));

    m_mesh->restartWithAuthorizer(true);
    SEEN(m_mesh->grant("one").reported == GrantState::Enforced);
    SEEN(m_mesh->grant("two").reported == GrantState::Enforced);
    QCOMPARE(listed(QLatin1StringView("two"))["state"].toString(), QStringLiteral("enforced"));
}

void AccessEnforcedCommandTest::whatNobodyEnforcesOrTheBackboneRefusesIsSaid() {
    m_mesh->must(PutTeam{"robots", "Robots", "", {"ada"}});
    m_mesh->must(PutAccessRoles{"ops", "robots"}); // the served backbone is no enforcer any more
    m_mesh->ask("one", 3'786'912'000'000);
    const MeshctlRun nobody = m_mesh->runJson({"access", "approve", "one"});
    QVERIFY2(nobody.isDone(), qPrintable(nobody.said()));
    QCOMPARE(nobody.object()["waitsFor"].toString(), QStringLiteral("an enforcer"));
    QCOMPARE(nobody.object()["state"].toString(), QStringLiteral("approved"));

    ReportGrant refused;
    refused.id = "one";
    refused.state = GrantState::Refused;
    refused.reason = "Could not create the ACLs: this user lacks the right ALTER on the cluster.";
    m_mesh->must(refused);
    m_mesh->must(SubmitRequest{"longer", ServedMesh::reading(), "flights", "one", "To go on", 3'800'000'000'000});
    const MeshctlRun lacking = m_mesh->run({"access", "approve", "longer"});
    QCOMPARE(lacking.status, 3);
    QVERIFY2(lacking.output.contains("Approved, waiting for the backbone: longer, entry") &&
                 lacking.output.contains("lacks the right ALTER on the cluster."),
             qPrintable(lacking.said()));
}

void AccessEnforcedCommandTest::whoMustAgreeTooIsSaid() {
    m_mesh->must(PutTeam{"security", "Security", "", {"ada"}});
    Policy four;
    four.id = "four-eyes";
    four.name = "Four eyes";
    four.approvers = "security";
    m_mesh->must(PutPolicy{four});
    m_mesh->must(SubmitRequest{"one", ServedMesh::reading(), "flights", "", "To show delays", kNoEnd});
    const MeshctlRun mine = m_mesh->run({"access", "approve", "one"});
    QVERIFY2(mine.isDone() && mine.output.contains("Approved by you: one, entry") &&
                 mine.output.contains("Must agree too: one of team 'security' ("),
             qPrintable(mine.said()));
    QVERIFY2(!mine.output.contains("one of team 'ops'"), qPrintable(mine.said()));
}

QTEST_GUILESS_MAIN(AccessEnforcedCommandTest)
#include "access_enforced_command_test.moc"
