// SPDX-License-Identifier: Apache-2.0
// `meshctl access` and `meshctl users` as a person uses them: the real program against a real backbone.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/meshctl_checks.h"
#include "support/served_mesh.h"

#include <catalog/access_names.h>
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using test::MeshctlRun;
using test::ServedMesh;

class AccessCommandTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { m_mesh = std::make_unique<ServedMesh>(QStringLiteral(MESHCTL)); }
    void cleanupTestCase() { m_mesh.reset(); }

    void aFileIsPlannedAppliedAndExportedUnchanged();
    void aWrongFileIsRefusedWithLineAndColumn();
    void manyDeletionsNeedTheirCount();
    void requestsAreAskedChangedAndDecided();
    void grantsAreRenewedShortenedRevokedAndRestored();
    void principalsPoliciesRolesAndClasses();
    void campaignsAreOpenedAnsweredAndClosed();
    void usersAreMadeRotatedAndDisabled();
    void whatIsGrantedIsEnforcedWhereItIsServed();
    void whatOthersAskIsCarriedWhereItIsServed();

private:
    [[nodiscard]] static QString me() { return QString::fromStdString(ServedMesh::me()); }
    std::unique_ptr<ServedMesh> m_mesh;
};

void AccessCommandTest::aFileIsPlannedAppliedAndExportedUnchanged() {
    m_mesh->write("mesh.yaml", R"(meshbone: access/1
covers: [flights, delays]
principals:
  User:loader:
    name: Loader
    team: ops
products:
  flights:
    name: Flights
    domain: aviation
    owner: ops
    ports:
      - output: flights.v1
  delays:
    name: Delays
    domain: aviation
    owner: ops
    classification: confidential
    ports:
      - output: delays.v1
        description: Late flights
      - input: flights.v1
grants:
  loader-writes:
    principal: User:loader
    role: producer
    writes: [delays.v1]
    purpose: To load them
    until: 2090-01-01
)");
    const MeshctlRun plan = m_mesh->run({"access", "plan", m_mesh->path("mesh.yaml")});
    QVERIFY2(plan.isDone(), qPrintable(plan.said()));
    for (const char* line : {"+ product delays  (line 14)", "    +   - output: delays.v1", "+ principal User:loader",
                             "(Becomes a request; must agree: one of team 'ops' (owner of product 'delays').)",
                             "3 to add, 0 to change, 0 to remove. 1 of them ask first."}) {
        QVERIFY2(plan.output.contains(QLatin1String(line)),
                 qPrintable(QLatin1String(line) + " not in\n" + plan.output));
    }
    const MeshctlRun applied = m_mesh->runJson({"access", "apply", m_mesh->path("mesh.yaml")});
    QVERIFY2(applied.isDone(), qPrintable(applied.said()));
    QVERIFY(applied.object()["units"].toArray().at(0).toObject()["done"].toBool());
    SEEN(m_mesh->request("loader-writes").author == ServedMesh::me());
    QCOMPARE(m_mesh->request("loader-writes").state, RequestState::Submitted);
    m_mesh->must(ApproveRequest{"loader-writes", m_mesh->request("loader-writes").scope,
                                m_mesh->request("loader-writes").untilMs});

    for (const QStringList& part : {QStringList{}, QStringList{"--product", "delays"}}) { // all, and one product
        MUST(m_mesh->run(QStringList{"access", "export", m_mesh->path("one.yaml")} + part));
        const MeshctlRun again = m_mesh->runJson({"access", "apply", m_mesh->path("one.yaml")});
        QVERIFY2(again.isDone() && again.object()["units"].toArray().isEmpty(), qPrintable(again.said()));
        MUST(m_mesh->run(QStringList{"access", "export", m_mesh->path("two.yaml")} + part));
        QCOMPARE(m_mesh->read("two.yaml"), m_mesh->read("one.yaml"));
        QVERIFY(m_mesh->read("one.yaml").contains("until: 2090-01-01\n"));
    }
    QCOMPARE(m_mesh->run({"access", "export", "--product", "delays"}).output.toUtf8(), m_mesh->read("two.yaml"));
}

void AccessCommandTest::aWrongFileIsRefusedWithLineAndColumn() {
    m_mesh->write("wrong.yaml", "meshbone: access/1\ngrants:\n  g:\n    principle: User:x\n");
    const MeshctlRun refused = m_mesh->run({"access", "plan", m_mesh->path("wrong.yaml")});
    QCOMPARE(refused.status, 2);
    QVERIFY2(refused.errors.contains("wrong.yaml:4:5: grant 'g': there is no field 'principle'"),
             qPrintable(refused.said()));
    REFUSED(m_mesh->run({"access", "apply", m_mesh->path("none.yaml")}), "none.yaml");
    REFUSED(m_mesh->run({"access", "export", "--product", "nothing"}), "There is no product 'nothing'.");

    m_mesh->write("outside.yaml",
                  "meshbone: access/1\ncovers: [flights]\ngrants:\n  g:\n    principal: User:x\n    role: "
                  "consumer\n    reads: [others.v1]\n    group: g\n    purpose: To see\n");
    const MeshctlRun outside = m_mesh->run({"access", "plan", m_mesh->path("outside.yaml")});
    QCOMPARE(outside.status, 2);
    QVERIFY2(outside.errors.contains("outside.yaml:4:3: grant 'g' doesn't concern the products that the file covers."),
             qPrintable(outside.said()));
    REFUSED(m_mesh->run({"access", "plan", m_mesh->path(".")}), "Is a directory");

    m_mesh->write("forbidden.yaml",
                  "meshbone: access/1\ncovers: [flights]\nproducts:\n  flights: {name: Flights, domain: "
                  "aviation, owner: nobody, ports: [output: flights.v1]}\n");
    const MeshctlRun problem = m_mesh->run({"access", "apply", m_mesh->path("forbidden.yaml")});
    QCOMPARE(problem.status, 1);
    QVERIFY2(problem.output.contains("! There is no team 'nobody'") &&
                 problem.output.contains("Not done: product 'flights'"),
             qPrintable(problem.said()));
}

void AccessCommandTest::manyDeletionsNeedTheirCount() {
    m_mesh->ask("short-lived");
    MUST(m_mesh->run({"access", "approve", "short-lived"}));
    MUST(m_mesh->run({"access", "export", "--product", "flights", m_mesh->path("less.yaml")}));
    QByteArray less = m_mesh->read("less.yaml");
    less = less.left(less.indexOf("grants:")) + "grants: {}\n";
    m_mesh->write("less.yaml", less);
    REFUSED(m_mesh->run({"access", "apply", m_mesh->path("less.yaml")}), "--deletions 1");
    SEEN(m_mesh->grant("short-lived").id == "short-lived");
    QVERIFY(!m_mesh->grant("short-lived").revoked);
    const auto apply = [&] {
        return m_mesh->run({"access", "apply", m_mesh->path("less.yaml"), "--deletions", "1", "--why", "Not used"});
    };
    auto applied = apply();
    for (int i = 0; i < 10 && applied.output.contains("look again"); ++i) {
        applied = apply(); // the enforcer reported on it meanwhile
    }
    QVERIFY2(applied.isDone(), qPrintable(applied.said()));
    SEEN(m_mesh->grant("short-lived").revoked);
    QCOMPARE(m_mesh->grant("short-lived").revokedWhy, std::string("Not used"));
}

void AccessCommandTest::requestsAreAskedChangedAndDecided() {
    const QStringList asking{"access", "request",    "--principal", "User:mine",
                             "--read", "flights.v1", "--group",     "mine"};
    const MeshctlRun dry = m_mesh->run(asking + QStringList{"--purpose", "To see", "--dry-run"});
    QVERIFY2(dry.isDone() && dry.output.contains("Must agree: one of team ops"), qPrintable(dry.said()));
    REFUSED(m_mesh->run(asking + QStringList{"--id", "mine"}), "Say what the access is for.");
    REFUSED(m_mesh->run(asking + QStringList{"--purpose", "To see", "--until", "2020-01-01", "--dry-run"}),
            "It would be refused. The end has passed already");
    REFUSED(m_mesh->run({"access", "request", "--principal", "User:mine", "--read", "*", "--group", "mine", "--purpose",
                         "To see all", "--dry-run"}),
            "It would be refused. It matches everything");
    QVERIFY(m_mesh->runJson(asking + QStringList{"--purpose", "To see", "--dry-run"}).object()["enforced"].toBool());
    REFUSED(m_mesh->run({"access", "request", "--principal", "User:mine", "--purpose", "p", "--role", "reader"}),
            "isn't a role");
    QVERIFY(m_mesh->run(asking + QStringList{"--purpose", "To see", "--dry-run", "--product", "nope"})
                .output.contains("Mind: There is no product 'nope'"));
    MUST(m_mesh->run(asking + QStringList{"--purpose", "To see", "--id", "mine"}));
    REFUSED(m_mesh->run({"access", "approve", "mine"}), "somebody else must decide");
    MUST(m_mesh->run({"access", "amend", "mine", "--group", "mine*", "--until", "2090-01-01"}));
    MUST(m_mesh->run({"access", "comment", "mine", "It is urgent"}));
    MUST(m_mesh->run({"access", "remind", "mine"}));
    SEEN(m_mesh->request("mine").remarks.size() == 2);
    QCOMPARE(m_mesh->request("mine").scope.group, (NamePattern{"mine", backbone::PatternType::Prefixed}));
    QCOMPARE(m_mesh->request("mine").scope.host, std::string("*"));
    QVERIFY(m_mesh->request("mine").remarks.back().reminder);
    MUST(m_mesh->run({"access", "withdraw", "mine"}));
    REFUSED(m_mesh->run({"access", "withdraw", "mine"}), "was withdrawn");
    MUST(m_mesh->run({"access", "reopen", "mine"}));

    m_mesh->must(
        SubmitRequest{"wide",
                      {"User:dashboard", "*", Role::Consumer, {{"flights.v1"}, {"flights.v2"}}, {}, {"dashboard"}, {}},
                      "flights",
                      "",
                      "To show delays",
                      kNoEnd});
    const MeshctlRun waiting = m_mesh->runJson({"access", "requests"});
    QVERIFY2(waiting.array().size() == 1 && waiting.array().at(0).toObject()["id"] == "wide",
             qPrintable(waiting.said()));
    REFUSED(m_mesh->run({"access", "approve", "wide", "--read", "other"}), "never wider");
    MUST(m_mesh->run(
        {"access", "approve", "wide", "--read", "flights.v1", "--until", "2090-01-01", "--conditions", "Read only"}));
    SEEN(m_mesh->grant("wide").scope.reads == std::vector<NamePattern>{{"flights.v1"}});
    QCOMPARE(m_mesh->grant("wide").untilMs, TimestampMs{3'786'912'000'000});
    QVERIFY(m_mesh->run({"access", "export", "-"}).output.contains("conditions: Read only"));
    const auto grants = m_mesh->runJson({"access", "grants"}).array();
    const auto isWide = [](const QJsonValue& one) { return one["id"] == "wide"; };
    const auto bound = std::find_if(grants.begin(), grants.end(), isWide);
    QVERIFY(bound != grants.end());
    QCOMPARE(bound->toObject()["conditions"].toString(), QStringLiteral("Read only"));
    QCOMPARE(bound->toObject()["decisions"].toArray().at(0)["conditions"].toString(), QStringLiteral("Read only"));

    m_mesh->ask("unwanted");
    REFUSED(m_mesh->run({"access", "decline", "unwanted"}), "Say why");
    MUST(m_mesh->run({"access", "decline", "unwanted", "--why", "Use the other one"}));
    SEEN(m_mesh->request("unwanted").state == RequestState::Declined);
    REFUSED(m_mesh->run({"access", "approve", "nothing"}), "There is no request 'nothing'.");
}

void AccessCommandTest::grantsAreRenewedShortenedRevokedAndRestored() {
    m_mesh->ask("lasting", 3'786'912'000'000);
    MUST(m_mesh->run({"access", "approve", "lasting"}));
    REFUSED(m_mesh->run({"access", "renew", "lasting", "--until", "2089-01-01"}), "isn't later");
    REFUSED(m_mesh->run({"access", "renew", "lasting", "--until", "soon"}), "isn't a time");
    const MeshctlRun renewed = m_mesh->run({"access", "renew", "lasting", "--until", "2091-01-01"});
    QVERIFY2(renewed.isDone() && renewed.output.contains("It ends at 2091-01-01") && !renewed.output.contains("olicy"),
             qPrintable(renewed.said()));
    MUST(m_mesh->run({"access", "policies", "put", "capped", "--for", "product flights", "--max-days", "30000"}));
    const MeshctlRun capped = m_mesh->run({"access", "renew", "lasting", "--until", "2190-01-01"});
    QVERIFY2(capped.isDone() && capped.output.contains("Policy 'capped' allows 30000 days at most."),
             qPrintable(capped.said()));
    MUST(m_mesh->run({"access", "shorten", "lasting", "--until", "2091-01-01"}));
    const MeshctlRun json = m_mesh->runJson({"access", "renew", "lasting", "--until", "2190-01-01"});
    QVERIFY2(json.object()["endBy"].toString().contains("'capped'") &&
                 json.object()["until"].toString() < QStringLiteral("2190"),
             qPrintable(json.said()));
    MUST(m_mesh->run({"access", "policies", "remove", "capped"}));
    MUST(m_mesh->run({"access", "shorten", "lasting", "--until", "2091-01-01"}));
    MUST(m_mesh->run({"access", "shorten", "lasting", "--until", "2089-01-01"}));
    REFUSED(m_mesh->run({"access", "shorten", "lasting", "--until", "2092-01-01"}), "isn't earlier");
    REFUSED(m_mesh->run({"access", "revoke", "lasting"}), "Say why");
    MUST(m_mesh->run({"access", "revoke", "lasting", "--why", "Not needed"}));
    QVERIFY(!m_mesh->run({"access", "grants"}).output.contains("lasting"));
    QVERIFY(m_mesh->run({"access", "grants", "--all"}).output.contains("lasting"));
    QVERIFY(!m_mesh->run({"access", "grants", "--as-of", "2020-01-01"}).output.contains("lasting"));
    QVERIFY(m_mesh->run({"access", "grants", "--all", "--as-of", "2088-12-31"}).output.contains("lasting"));
    REFUSED(m_mesh->run({"access", "grants", "--as-of", "yesterday"}), "isn't a time");
    MUST(m_mesh->run({"access", "restore", "lasting"}));
    REFUSED(m_mesh->run({"access", "restore", "lasting"}), "isn't revoked");
    const MeshctlRun grants = m_mesh->runJson({"access", "grants"});
    QVERIFY2(grants.output.contains("\"lasting\"") && grants.output.contains("2089-01-01"), qPrintable(grants.said()));
    REFUSED(m_mesh->run({"access", "revoke", "nothing", "--why", "x"}), "There is no grant 'nothing'.");
}

void AccessCommandTest::principalsPoliciesRolesAndClasses() {
    MUST(m_mesh->run(
        {"access", "principals", "put", "User:tool", "--name", "A tool", "--kind", "tool", "--team", "ops"}));
    MUST(m_mesh->run({"access", "principals", "put", "User:tool", "--person", "ada"})); // the rest stays
    REFUSED(m_mesh->run({"access", "principals", "put", "User:tool", "--kind", "robot"}), "service, person, tool");
    REFUSED(m_mesh->run({"access", "principals", "put", "user:tool"}), "user:tool");
    MUST(m_mesh->run({"access", "principals", "disable", "User:tool", "--why", "Leaked"}));
    REFUSED(m_mesh->run({"access", "principals", "remove", "User:tool"}), "It is disabled");
    const MeshctlRun listed = m_mesh->runJson({"access", "principals"});
    const auto isTool = [](const QJsonValue& one) { return one["principal"] == "User:tool"; };
    const auto all = listed.array();
    const auto found = std::find_if(all.begin(), all.end(), isTool);
    QVERIFY2(found != all.end(), qPrintable(listed.said()));
    const QJsonObject tool = found->toObject();
    QCOMPARE(tool["name"].toString(), QStringLiteral("A tool"));
    QCOMPARE(tool["person"].toString(), QStringLiteral("ada"));
    QVERIFY(tool["disabled"].toBool());
    MUST(m_mesh->run({"access", "principals", "enable", "User:tool"}));
    MUST(m_mesh->run({"access", "principals", "remove", "User:tool"}));
    REFUSED(m_mesh->run({"access", "principals", "enable", "User:tool"}), "put it first");

    MUST(m_mesh->run({"access", "policies", "put", "ninety", "--for", "topic rare.*", "--max-days", "90"}));
    MUST(m_mesh->run({"access", "policies", "put", "ninety", "--people", "2"}));
    REFUSED(m_mesh->run({"access", "policies", "put", "ninety", "--for", "planet mars"}), "mesh, domain");
    REFUSED(m_mesh->run({"access", "policies", "put", "ninety", "--approval", "automatic"}), "asks for nobody");
    const QString policies = m_mesh->run({"access", "policies", "--json"}).output;
    QVERIFY2(policies.contains("\"maxDays\":90") && policies.contains("\"people\":2"), qPrintable(policies));
    MUST(m_mesh->run({"access", "policies", "remove", "ninety"}));
    REFUSED(m_mesh->run({"access", "policies", "remove", "ninety"}), "There is no policy 'ninety'.");

    MUST(m_mesh->run({"access", "classify", "topic", "flights.v1", "confidential"}));
    REFUSED(m_mesh->run({"access", "classify", "product", "flights", "secret"}), "internal, confidential, restricted");
    MUST(m_mesh->run({"access", "classify", "topic", "flights.v1", "internal"}));
    QVERIFY(m_mesh->run({"access", "roles"}).output.contains("everybody who is enrolled"));
    REFUSED(m_mesh->run({"access", "roles", "--admins", "nobody"}), "There is no team 'nobody'.");
    MUST(m_mesh->run({"access", "roles", "--enforcers", "ops"}));
    QCOMPARE(m_mesh->runJson({"access", "roles"}).object()["enforcers"].toString(), QStringLiteral("ops"));
}

void AccessCommandTest::campaignsAreOpenedAnsweredAndClosed() {
    for (const char* id : {"kept", "dropped"}) {
        m_mesh->ask(id);
        MUST(m_mesh->run({"access", "approve", id}));
    }
    REFUSED(m_mesh->run({"access", "campaigns", "open", "spring", "--product", "nothing"}), "There is no product");
    MUST(m_mesh->run({"access", "campaigns", "open", "spring", "--product", "flights", "--due", "2090-01-01"}));
    MUST(m_mesh->run({"access", "campaigns", "answer", "spring", "kept", "keep"}));
    REFUSED(m_mesh->run({"access", "campaigns", "answer", "spring", "dropped", "drop"}), "Say why");
    MUST(m_mesh->run({"access", "campaigns", "answer", "spring", "dropped", "drop", "--why", "Not used"}));
    SEEN(m_mesh->grant("dropped").revoked);
    SEEN(m_mesh->grant("kept").confirmedBy == ServedMesh::me());
    const MeshctlRun listed = m_mesh->run({"access", "campaigns", "list"});
    QVERIFY2(listed.output.contains("dropped"), qPrintable(listed.said()));
    QVERIFY(listed.output.contains("never seen") || listed.output.contains("Nobody has watched")); // it isn't guessed
    MUST(m_mesh->run({"access", "campaigns", "close", "spring"}));
    REFUSED(m_mesh->run({"access", "campaigns", "close", "spring"}), "is closed");
    QVERIFY(m_mesh->runJson({"access", "campaigns", "list"}).array().isEmpty());
    QCOMPARE(m_mesh->runJson({"access", "campaigns", "list", "--all"}).array().size(), 1);
}

void AccessCommandTest::usersAreMadeRotatedAndDisabled() {
    const MeshctlRun made = m_mesh->runJson({"users", "create", "dashboard"});
    QVERIFY2(made.isDone(), qPrintable(made.said()));
    const QString password = made.object()["password"].toString();
    QCOMPARE(password.size(), 32);
    REFUSED(m_mesh->run({"users", "create", "dashboard"}), "There is a user 'dashboard' already");
    const auto logsIn = [&](const QString& with, const char* mechanism) {
        auto profile = m_mesh->profile;
        profile.user = "dashboard";
        profile.password = with.toStdString();
        profile.saslMechanism = mechanism;
        const auto admin = backbone::openAdmin(profile);
        return admin && (*admin)->cluster({std::chrono::seconds(10), {}}).has_value();
    };
    QVERIFY(logsIn(password, "SCRAM-SHA-256"));
    const MeshctlRun beside = m_mesh->runJson({"users", "rotate", "dashboard", "--overlap"});
    QVERIFY2(beside.isDone(), qPrintable(beside.said()));
    QVERIFY(logsIn(password, "SCRAM-SHA-256"));
    QVERIFY(logsIn(beside.object()["password"].toString(), "SCRAM-SHA-512"));
    REFUSED(m_mesh->run({"users", "rotate", "dashboard", "--overlap"}), "--retire");
    MUST(m_mesh->run({"users", "rotate", "dashboard", "--retire", "SCRAM-SHA-256"}));
    QVERIFY(!logsIn(password, "SCRAM-SHA-256"));
    REFUSED(m_mesh->run({"users", "rotate", "dashboard", "--retire", "SCRAM-SHA-512"}), "nothing is left");

    m_mesh->write("secret", "chosen-by-us\n");
    const MeshctlRun chosen = m_mesh->run(
        {"users", "rotate", "dashboard", "--scram", "SCRAM-SHA-512", "--secret-file", m_mesh->path("secret")});
    QVERIFY2(chosen.isDone() && !chosen.output.contains("chosen-by-us"), qPrintable(chosen.said()));
    QVERIFY(logsIn("chosen-by-us", "SCRAM-SHA-512"));
    REFUSED(m_mesh->run({"users", "rotate", "nobody"}), "There is no user 'nobody'.");
    QVERIFY(m_mesh->run({"users", "list"}).output.contains("dashboard"));

    m_mesh->ask("in-use");
    MUST(m_mesh->run({"access", "approve", "in-use"}));
    REFUSED(m_mesh->run({"users", "remove", "dashboard"}), "are in force");
    MUST(m_mesh->run({"users", "disable", "dashboard", "--why", "Leaked"}));
    SEEN(m_mesh->grant("in-use").suspended);
    QVERIFY(!logsIn("chosen-by-us", "SCRAM-SHA-512"));
    MUST(m_mesh->run({"users", "create", "dashboard"}));
    MUST(m_mesh->run({"users", "remove", "dashboard"}));
    REFUSED(m_mesh->run({"users", "remove", "dashboard"}), "There is no user");
    MUST(m_mesh->run({"access", "principals", "enable", "User:dashboard"}));
}

void AccessCommandTest::whatIsGrantedIsEnforcedWhereItIsServed() {
    m_mesh->must(SubmitRequest{"enforced",
                               {"User:writer", "*", Role::Producer, {}, {{"flights.v1"}}, {}, {}},
                               "flights",
                               "",
                               "To write",
                               kNoEnd});
    MUST(m_mesh->run({"access", "approve", "enforced"}));
    backbone::AclFilter ofWriter;
    ofWriter.principal = "User:writer";
    const auto count = [&] {
        const auto acls = m_mesh->adminBackbone().access().acls(ofWriter, test::CatalogDesk::kPatience);
        return acls ? static_cast<int>(acls->size()) : -1;
    };
    SEEN(count() == 1);
    SEEN(m_mesh->grant("enforced").reported == GrantState::Enforced);
    MUST(m_mesh->run({"access", "revoke", "enforced", "--why", "Done"}));
    SEEN(count() == 0);
}

void AccessCommandTest::whatOthersAskIsCarriedWhereItIsServed() {
    const QString password = m_mesh->runJson({"users", "create", "bob"}).object()["password"].toString();
    auto without = m_mesh->profile;
    without.user = "bob";
    without.password = password.toStdString();
    {
        const auto backbone = m_mesh->openBackbone(without, "bob-without");
        test::CatalogDesk desk("bob", *backbone);
        QVERIFY(desk.open().has_value());
        QVERIFY(desk.awaitMode(CatalogMode::ReadOnly));
        const std::string reason = (*desk).status().reason;
        QVERIFY2(reason.find("READ") != std::string::npos && reason.find("_meshbone.ledger") != std::string::npos,
                 reason.c_str());
    }
    using enum backbone::Operation;
    const auto binding = [](const char* topic, backbone::Operation operation) {
        return backbone::AclBinding{
            backbone::ResourceKind::Topic, backbone::PatternType::Literal, topic, "User:bob", "*", operation,
            backbone::Permission::Allow};
    };
    const std::vector bindings{binding("_meshbone.ledger", Read), binding("_meshbone.requests", Write)};
    QVERIFY(m_mesh->adminBackbone().access().createAcls(bindings, test::CatalogDesk::kPatience).has_value());
    auto profile = m_mesh->profile;
    profile.user = "bob";
    profile.password = password.toStdString();
    const auto backbone = m_mesh->openBackbone(profile, "bob");
    test::CatalogDesk bob("bob", *backbone);
    QVERIFY(bob.open().has_value());
    QVERIFY(bob.awaitMode(CatalogMode::Live));
    const auto refusal = bob.submit(SubmitRequest{"bobs", ServedMesh::reading(), "flights", "", "To see", kNoEnd});
    m_mesh->must(PutPerson{"bob", "Bob", ServedMesh::keyIn(QString::fromStdString(refusal.error().message))});
    QVERIFY(bob.await([&] { return (*bob).people().size() == 3; }));
    const auto asked = bob.submit(SubmitRequest{"bobs", ServedMesh::reading(), "flights", "", "To see", kNoEnd});
    QVERIFY2(asked.has_value(), asked ? "" : asked.error().message.c_str()); // it returns when it is in the ledger
    SEEN(m_mesh->request("bobs").author == "bob");
}

QTEST_GUILESS_MAIN(AccessCommandTest)
#include "access_command_test.moc"
