// SPDX-License-Identifier: Apache-2.0
// `meshctl access drift, mend, explain, who, what, simulate, least`: the real program on a real backbone, whose ACLs
// are partly what was agreed and partly not.
#include <QtTest>

#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "support/meshctl_checks.h"
#include "support/served_mesh.h"
#endif

using namespace meshbone;
using namespace meshbone::catalog;
using test::MeshctlRun;
using test::ServedMesh;

class AccessLookCommandTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase() { m_mesh.reset(); }
    void driftIsFoundAndMended();
    void strayOnesAreMendedOneByOne();
    void whyAndWhoAndWhat();
    void aChangeIsSimulatedByWhatWasSeen();
    void aChangeIsSimulatedByAnAuthorizerLog();
    void aNarrowedGrantIsSimulated();

private:
    backbone::AccessAdmin& access() { return m_mesh->adminBackbone().access(); }
    int aclsOf(const std::string& principal) {
        backbone::AclFilter filter;
        filter.principal = principal;
        const auto acls = access().acls(filter, test::CatalogDesk::kPatience);
        return acls ? static_cast<int>(acls->size()) : -1;
    }
    /// What was seen is being published.
    bool isObserved() {
        const auto topics = m_mesh->adminBackbone().admin().topics(test::CatalogDesk::kPatience);
        return topics && std::ranges::count(*topics, "_meshbone.lineage", &backbone::TopicSummary::name) == 1;
    }
    void makeStray(backbone::Permission permission = backbone::Permission::Allow) {
        backbone::AclBinding stray{backbone::ResourceKind::Topic, backbone::PatternType::Literal, "flights.v1",
                                   "User:stray"};
        stray.permission = permission;
        QVERIFY(access().createAcls(std::span(&stray, 1), test::CatalogDesk::kPatience).has_value());
    }
    /// The id of what is found about User:stray, of that kind; empty: nothing is.
    QString strayFinding(const QString& kind) {
        const auto findings = m_mesh->runJson({"access", "drift"}).object()["findings"].toArray();
        for (const QJsonValue& one : findings) {
            if (one["kind"] == kind && one["binding"]["principal"] == "User:stray") {
                return one["id"].toString();
            }
        }
        return {};
    }
    /// A line of a cluster's authorizer, an hour ago.
    static QByteArray decided(const char* principal, bool allowed, const char* operation, const char* resource) {
        const auto time = QDateTime::currentDateTimeUtc().addSecs(-3'600);
        return "[" + time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss,zzz")).toUtf8() +
               "] DEBUG Principal = " + principal + (allowed ? " is Allowed" : " is Denied") +
               " operation = " + operation + " from host = 10.0.0.1 on resource = " + resource +
               " for request = Fetch with resourceRefCount = 1 based on rule DefaultDeny (kafka.authorizer.logger)\n";
    }
    std::unique_ptr<ServedMesh> m_mesh;
};

void AccessLookCommandTest::initTestCase() {
    m_mesh = std::make_unique<ServedMesh>(QStringLiteral(MESHCTL));
    MUST(m_mesh->run({"topics", "create", "flights.v1"}));
    m_mesh->ask("reads");
    MUST(m_mesh->run({"access", "approve", "reads"}));
    QTRY_VERIFY_WITH_TIMEOUT(m_mesh->grant("reads").reported == GrantState::Enforced, 30'000);
}

void AccessLookCommandTest::driftIsFoundAndMended() {
    QVERIFY(strayFinding("unmanaged").isEmpty());
    makeStray();
    const QString id = strayFinding("unmanaged");
    QVERIFY2(!id.isEmpty(), qPrintable(m_mesh->run({"access", "drift"}).said()));
    const QString told = m_mesh->run({"access", "drift"}).output;
    QVERIFY2(told.contains(id) && told.contains("User:stray") && told.contains("ALLOW READ on topic 'flights.v1'"),
             qPrintable(told));
    REFUSED(m_mesh->run({"access", "mend", "reapply", id}), "What may be done about");
    REFUSED(m_mesh->run({"access", "mend", "ignore", "00000000", "--until", "2090-01-01"}), "no finding '00000000'");
    REFUSED(m_mesh->run({"access", "mend", "burn", id}), "burn");

    MUST(m_mesh->run({"access", "mend", "ignore", id, "--until", "2090-01-01", "--why", "Known"}));
    QVERIFY(strayFinding("unmanaged").isEmpty());
    backbone::AclFilter filter;
    filter.principal = "User:stray";
    const auto stray = access().acls(filter, test::CatalogDesk::kPatience)->front();
    m_mesh->must(MarkBinding{stray, BindingStanding::Ignored, true, "", kNoEnd});

    const MeshctlRun dry = m_mesh->run({"access", "mend", "revoke", id, "--team", "ops", "--dry-run"});
    QVERIFY2(dry.isDone() && dry.output.contains("- ALLOW READ"), qPrintable(dry.said()));
    QVERIFY2(dry.output.contains("User:stray: DESCRIBE, READ on TOPIC flights.v1") ||
                 dry.output.contains("User:stray: READ, DESCRIBE on TOPIC flights.v1"),
             qPrintable(dry.said())); // who loses what by it
    QCOMPARE(aclsOf("User:stray"), 1);
    MUST(
        m_mesh->run({"access", "mend", "revoke", id, "--team", "ops", "--why", "Nobody knows it", "--deletions", "1"}));
    QTRY_COMPARE_WITH_TIMEOUT(aclsOf("User:stray"), 0, 30'000);
}

void AccessLookCommandTest::strayOnesAreMendedOneByOne() {
    makeStray();
    makeStray(backbone::Permission::Deny);
    QStringList ids;
    QString deny;
    for (const QJsonValue& one : m_mesh->runJson({"access", "drift"}).object()["findings"].toArray()) {
        if (one["kind"] == "unmanaged" && one["binding"]["principal"] == "User:stray") {
            ids << one["id"].toString();
            deny = one["binding"]["permission"] == "DENY" ? ids.back() : deny;
        }
    }
    QCOMPARE(ids.size(), 2);
    REFUSED(m_mesh->run(QStringList{"access", "mend", "revoke"} + ids + QStringList{"--team", "ops", "--dry-run"}),
            "judged one by one");
    const MeshctlRun dry = m_mesh->run({"access", "mend", "revoke", deny, "--team", "ops", "--dry-run"});
    QVERIFY2(dry.isDone() && dry.output.contains("opens access") && dry.output.contains("Could newly, used or not"),
             qPrintable(dry.said()));
    const auto effect = m_mesh->runJson({"access", "mend", "revoke", deny, "--team", "ops", "--dry-run"}).object();
    QVERIFY(!effect["effect"].toObject()["reach"].toObject()["gained"].toArray().isEmpty());
    QCOMPARE(aclsOf("User:stray"), 2);
    for (const QString& id : ids) {
        MUST(m_mesh->run(
            {"access", "mend", "revoke", id, "--team", "ops", "--why", "Nobody knows it", "--deletions", "1"}));
    }
    QTRY_COMPARE_WITH_TIMEOUT(aclsOf("User:stray"), 0, 30'000);
}

void AccessLookCommandTest::whyAndWhoAndWhat() {
    const QStringList reading{"access", "explain", "--principal", "User:dashboard", "--read", "flights.v1"};
    const MeshctlRun yes = m_mesh->runJson(reading + QStringList{"--group", "dashboard"});
    QVERIFY2(yes.isDone() && yes.object()["allowed"].toBool(), qPrintable(yes.said()));
    QVERIFY(yes.output.contains("\"reads\"")); // the grant that allows it
    const MeshctlRun no = m_mesh->run(reading + QStringList{"--group", "other"});
    QVERIFY2(no.isDone() && no.output.contains("other"), qPrintable(no.said()));
    QVERIFY(!m_mesh->runJson(reading + QStringList{"--group", "other"}).object()["allowed"].toBool());
    REFUSED(m_mesh->run({"access", "explain", "--read", "flights.v1"}), "--principal");
    REFUSED(m_mesh->run({"access", "explain", "--principal", "User:dashboard"}), "name what it reads or writes");
    MUST(m_mesh->run({"access", "principals", "put", "User:dashboard", "--name", "Dashboard", "--team", "ops"}));
    MUST(m_mesh->run({"access", "principals", "disable", "User:dashboard", "--why", "Leaked"}));
    QTRY_VERIFY_WITH_TIMEOUT(aclsOf("User:dashboard") == 0, 30'000);
    const MeshctlRun disabled = m_mesh->run(reading + QStringList{"--group", "dashboard"});
    QVERIFY2(
        disabled.output.contains("the grant reads would allow it, but is suspended since User:dashboard is disabled"),
        qPrintable(disabled.said()));
    MUST(m_mesh->run({"access", "principals", "enable", "User:dashboard"}));
    QTRY_VERIFY_WITH_TIMEOUT(aclsOf("User:dashboard") == 2, 30'000);

    const MeshctlRun who = m_mesh->runJson({"access", "who", "read", "flights.v1"});
    QCOMPARE(who.object()["who"].toArray().size(), 1);
    QCOMPARE(who.object()["who"].toArray().at(0)["principal"].toString(), QStringLiteral("User:dashboard"));
    QVERIFY(m_mesh->run({"access", "who", "read", "dashboard", "--kind", "group"}).output.contains("User:dashboard"));
    QVERIFY(m_mesh->runJson({"access", "who", "write", "flights.v1"}).object()["who"].toArray().isEmpty());
    REFUSED(m_mesh->run({"access", "who", "eat", "flights.v1"}), "'eat' isn't an operation");

    const MeshctlRun what = m_mesh->runJson({"access", "what", "User:dashboard"});
    QVERIFY2(what.array().size() == 1 && what.array().at(0)["topic"] == "flights.v1", qPrintable(what.said()));
    QVERIFY(m_mesh->runJson({"access", "what", "User:nobody"}).array().isEmpty());
}

void AccessLookCommandTest::aChangeIsSimulatedByWhatWasSeen() {
    REFUSED(m_mesh->run({"access", "simulate"}), "Say what would change");
    REFUSED(m_mesh->run({"access", "simulate", "--revoke", "nothing"}), "There is no grant 'nothing' in force.");
    REFUSED(m_mesh->run({"access", "simulate", "--add", "DENY everything"}), "isn't a binding");
    REFUSED(m_mesh->run({"access", "simulate", "--add", "DENY EAT TOPIC LITERAL flights.v1 User:x"}),
            "'EAT' isn't known");
    REFUSED(m_mesh->run({"access", "least", "--days", "0"}), "--days");
    REFUSED(m_mesh->run({"access", "least", "--days", "7", "--from", "2027-01-01"}), "excludes");
    REFUSED(m_mesh->run({"access", "least", "--from", "soon"}), "--from soon isn't a time");
    REFUSED(m_mesh->run({"access", "least", "--from", "2027-01-02", "--to", "2027-01-01"}),
            "The period ends before it begins");

    m_mesh->must(SubmitRequest{"writes",
                               {"User:loader", "*", Role::Producer, {}, {{"flights.v1"}, {"flights.v2"}}, {}, {}},
                               "flights",
                               "",
                               "To load",
                               kNoEnd});
    MUST(m_mesh->run({"access", "approve", "writes"}));
    QTRY_VERIFY_WITH_TIMEOUT(m_mesh->grant("writes").reported == GrantState::Enforced, 30'000);
    auto profile = m_mesh->profile;
    profile.user = "loader";
    profile.clientId = "loader";
    profile.password = m_mesh->runJson({"users", "create", "loader"}).object()["password"].toString().toStdString();
    {
        const auto producer = backbone::openProducer(profile, {});
        Record record;
        record.topic = "flights.v1";
        record.partition = Partition(-1);
        record.value = "late";
        const auto done = (*producer)->produceAndWait(record, test::CatalogDesk::kPatience);
        QVERIFY2(done.has_value(), done ? "" : done.error().message.c_str());
    }
    QTRY_VERIFY_WITH_TIMEOUT(isObserved(), 30'000);
    m_mesh->restart();

    const MeshctlRun lost = m_mesh->runJson({"access", "simulate", "--revoke", "writes"});
    QVERIFY2(lost.isDone(), qPrintable(lost.said()));
    QCOMPARE(lost.object()["grade"].toString(), QStringLiteral("observed"));
    const QJsonArray effects = lost.object()["lost"].toArray();
    QVERIFY2(!effects.isEmpty() && effects.at(0)["principal"] == "User:loader", qPrintable(lost.said()));
    QVERIFY(!lost.object()["reach"].toObject()["lost"].toArray().isEmpty());
    QVERIFY(m_mesh->run({"access", "simulate", "--revoke", "writes"}).output.contains("Would be lost"));
    QCOMPARE(effects.at(0)["atLeast"].toInt(), effects.at(0)["count"].toInt()); // all of it was in the last days
    const MeshctlRun earlier = m_mesh->runJson({"access", "simulate", "--revoke", "writes", "--to", "2020-12-31"});
    QVERIFY2(earlier.isDone() && earlier.object()["lost"].toArray().isEmpty(), qPrintable(earlier.said()));
    QVERIFY(earlier.object()["coverage"].toObject()["from"].isNull());
    const auto today = QDateTime::currentDateTimeUtc().date();
    const MeshctlRun typed =
        m_mesh->runJson({"access", "simulate", "--revoke", "writes", "--from", today.addDays(-1).toString(Qt::ISODate),
                         "--to", today.addDays(1).toString(Qt::ISODate)});
    QVERIFY2(typed.isDone(), qPrintable(typed.said()));
    QCOMPARE(typed.object()["lost"].toArray().size(), effects.size());
    const MeshctlRun unseen = m_mesh->run({"access", "simulate", "--revoke", "reads"});
    QVERIFY2(unseen.output.contains("Nobody was seen to use: ALLOW READ"), qPrintable(unseen.said()));

    const MeshctlRun least = m_mesh->runJson({"access", "least", "--principal", "User:loader"});
    QVERIFY2(least.isDone(), qPrintable(least.said()));
    const QString all = least.output; // its grant is younger than the evidence, so it stays; the plan says so
    QVERIFY2(all.contains("younger than the evidence") || all.contains("flights.v2"), qPrintable(all));
    const QString file = m_mesh->path("least.yaml");
    QVERIFY(m_mesh->run({"access", "least", "--to", "2099-01-01"}).output.contains("used after 2099-01-01 doesn't"));
    const MeshctlRun written = m_mesh->run({"access", "least", "--plan", file});
    QVERIFY2(written.isDone() && written.output.contains("Wrote it to"), qPrintable(written.said()));
    QVERIFY(m_mesh->read("least.yaml").contains("grants:") && !m_mesh->read("least.yaml").contains("policies:"));
    MUST(m_mesh->run({"access", "plan", file})); // it can be looked at and applied as any other
}

void AccessLookCommandTest::aChangeIsSimulatedByAnAuthorizerLog() {
    const QTemporaryDir folder;
    const auto put = [&](const char* name, const QByteArray& content) {
        QFile file(folder.filePath(QLatin1String(name)));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size() ? file.fileName() : QString();
    };
    const QString log =
        put("kafka-authorizer.log", decided("User:dashboard", true, "READ", "Topic:LITERAL:flights.v1") +
                                        decided("User:dashboard", true, "READ", "Topic:LITERAL:flights.v1") +
                                        decided("User:late", false, "READ", "Topic:LITERAL:flights.v1") +
                                        "Caused by: java.io.IOException\n");
    const QStringList revoking{"access", "simulate", "--revoke", "reads", "--authorizer-log"};
    const MeshctlRun text = m_mesh->run(revoking + QStringList{log});
    QVERIFY2(text.isDone(), qPrintable(text.said()));
    for (const auto* part : {"Would be lost", "User:dashboard", "Could no more, used or not", "Evidence: observed",
                             "kafka-authorizer.log; 0 gaps", "Mind: 1 lines weren't understood"}) {
        QVERIFY2(text.output.contains(part), qPrintable(text.said()));
    }
    const QJsonObject json = m_mesh->runJson(revoking + QStringList{log}).object();
    QCOMPARE(json["lost"].toArray().at(0)["count"].toInt(), 2);
    QCOMPARE(json["coverage"]["observers"].toArray().at(0).toString(), "authorizer log " + log);
    QVERIFY(json["showsAllowed"].toBool());

    const MeshctlRun before = m_mesh->runJson(revoking + QStringList{log, "--to", "2020-12-31"});
    QVERIFY2(before.isDone() && before.object()["lost"].toArray().isEmpty(), qPrintable(before.said()));

    const MeshctlRun gained = m_mesh->runJson(
        {"access", "simulate", "--add", "ALLOW READ TOPIC LITERAL flights.v1 User:late", "--authorizer-log", log});
    QCOMPARE(gained.object()["gained"].toArray().at(0)["principal"].toString(), QStringLiteral("User:late"));

    const MeshctlRun least = m_mesh->run({"access", "least", "--authorizer-log", log});
    QVERIFY2(least.isDone() && least.output.contains("Evidence: observed"), qPrintable(least.said()));
    const QString refusals = put("refusals.log", decided("User:late", false, "READ", "Topic:LITERAL:flights.v1"));
    const MeshctlRun blind = m_mesh->run(revoking + QStringList{refusals});
    QVERIFY2(blind.output.contains("Only refusals are in the log"), qPrintable(blind.said()));
    REFUSED(m_mesh->run({"access", "least", "--authorizer-log", refusals}), "Only refusals are in the log");
    REFUSED(m_mesh->run(revoking + QStringList{"/nowhere"}), "can't be read");
    REFUSED(m_mesh->run(revoking + QStringList{put("poem.txt", "Roses\n")}), "isn't an authorizer log");
    REFUSED(m_mesh->run(revoking + QStringList{log, "--log-utc-offset", "cet"}), "isn't a zone");
    REFUSED(m_mesh->run(revoking + QStringList{log, "--log-zone", "Mars/Olympus"}), "There is no zone 'Mars/Olympus'");
}

void AccessLookCommandTest::aNarrowedGrantIsSimulated() {
    const QStringList narrowing{"access", "simulate", "--narrow", "writes"}; // flights.v1 and flights.v2
    const MeshctlRun lost = m_mesh->runJson(narrowing + QStringList{"--write", "flights.v2"});
    QVERIFY2(lost.isDone(), qPrintable(lost.said()));
    QCOMPARE(lost.object()["lost"].toArray().at(0)["resource"].toString(), QStringLiteral("flights.v1"));
    QCOMPARE(lost.object()["grade"].toString(), QStringLiteral("observed"));
    const MeshctlRun kept = m_mesh->runJson(narrowing + QStringList{"--write", "flights.v1"});
    QVERIFY2(kept.isDone() && kept.object()["lost"].toArray().isEmpty(), qPrintable(kept.said()));
    QVERIFY(!kept.object()["unseen"].toArray().isEmpty()); // what goes, nobody was seen to use
    REFUSED(m_mesh->run(narrowing), "The scope is the grant's own");
    REFUSED(m_mesh->run(narrowing + QStringList{"--write", "flights*"}), "That isn't narrower");
    REFUSED(m_mesh->run(narrowing + QStringList{"--role", "eater"}), "isn't a role");
    REFUSED(m_mesh->run({"access", "simulate", "--narrow", "nothing"}), "There is no grant 'nothing' in force.");
    REFUSED(m_mesh->run({"access", "simulate", "--write", "flights.v2"}), "--narrow");
}

QTEST_GUILESS_MAIN(AccessLookCommandTest)
#include "access_look_command_test.moc"
