// SPDX-License-Identifier: Apache-2.0
// A user who has nothing but a password asks for access: refused with the right that is missing, and let through once
// an admin has opened asking.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/meshctl_checks.h"
#include "support/served_mesh.h"
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using test::MeshctlRun;
using test::ServedMesh;

class AskingCommandTest : public QObject {
    Q_OBJECT
private slots:
    void aPlainUserAsksOnceAskingIsOpen();
};

namespace {

/// meshctl of somebody with a folder, a key and a user of their own.
class Stranger {
public:
    Stranger(const ServedMesh& mesh, const char* user)
        : m_words{"--bootstrap",
                  QString::fromStdString(mesh.profile.bootstrap),
                  "--user",
                  QString::fromLatin1(user),
                  "--password-file",
                  mesh.path(QStringLiteral("password")),
                  "--security-protocol",
                  "SASL_PLAINTEXT",
                  "--data",
                  mesh.path(QStringLiteral("stranger"))} {
        const auto made = mesh.runJson({"users", "create", QString::fromLatin1(user)});
        mesh.write(QStringLiteral("password"), made.object()["password"].toString().toUtf8());
        QFile::setPermissions(mesh.path(QStringLiteral("password")), QFile::ReadOwner | QFile::WriteOwner);
    }
    [[nodiscard]] MeshctlRun run(const QStringList& words) const {
        return test::runMeshctl(QStringLiteral(MESHCTL), words + m_words);
    }

private:
    QStringList m_words;
};

int countOfEverybodys(const ServedMesh& mesh) {
    backbone::AclFilter filter;
    filter.principal = std::string(backbone::kAnyPrincipal);
    const auto acls = mesh.adminBackbone().access().acls(filter, test::CatalogDesk::kPatience);
    return acls ? static_cast<int>(acls->size()) : -1;
}

} // namespace

void AskingCommandTest::aPlainUserAsksOnceAskingIsOpen() {
    const ServedMesh mesh(QStringLiteral(MESHCTL));
    const Stranger carol(mesh, "carol");
    const QStringList asking{"access",     "request", "--id",       "carols",       "--principal",
                             "User:carol", "--read",  "flights.v1", "--group",      "carol",
                             "--product",  "flights", "--purpose",  "To see delays"};
    REFUSED(carol.run(asking + QStringList{"--timeout", "4000"}),
            "'User:carol' lacks READ on the topic _meshbone.ledger");

    REFUSED(mesh.run({"access", "asking", "open"}), "--team");
    const MeshctlRun tried = mesh.run({"access", "asking", "open", "--dry-run"});
    QVERIFY2(tried.isDone() && tried.output.contains("Everybody may ask: no.") &&
                 tried.output.contains("read the whole ledger"),
             qPrintable(tried.said()));
    QCOMPARE(countOfEverybodys(mesh), 0);
    MUST(mesh.run({"access", "asking", "open", "--team", "ops", "--why", "All may ask"}));
    SEEN(countOfEverybodys(mesh) == 2);
    const MeshctlRun drift = mesh.runJson({"access", "drift"});
    QVERIFY2(drift.isDone() && !drift.output.contains("User:*"), qPrintable(drift.said())); // they are known

    const MeshctlRun unknown = carol.run(asking);
    QVERIFY2(unknown.errors.contains("public key here is"), qPrintable(unknown.said())); // she can read the ledger
    mesh.must(PutPerson{ServedMesh::me(), "Me", ServedMesh::keyIn(unknown.errors)});
    MUST(carol.run(asking)); // it returns when the request is in the ledger
    SEEN(mesh.request("carols").state == RequestState::Submitted);
    REFUSED(carol.run({"access", "classify", "topic", "flights.v1", "confidential"}),
            "lacks WRITE on the topic _meshbone.ledger");

    MUST(mesh.run({"access", "asking", "close"}));
    SEEN(countOfEverybodys(mesh) == 0);
    QVERIFY(!mesh.runJson({"access", "asking"}).object()["open"].toBool());
}

QTEST_GUILESS_MAIN(AskingCommandTest)
#include "asking_command_test.moc"
