// SPDX-License-Identifier: Apache-2.0
// Drift and explanations as the window tells them: rows, plans, verdicts and answers, without a window.
#include "support/fake_services.h"

#include "access/drift_model.h"
#include "access/drift_words.h"
#include "access/evidence_choice.h"
#include "access/explain_answers.h"
#include "access/plan_file.h"
#include "access/plan_words.h"
#include "widgets/english.h"
#include "widgets/export_rows.h"

#include <catalog/access_presets.h>

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryFile>
#include <QtTest>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::ui;
using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;
using catalog::DriftKind;
using catalog::MendAct;

namespace {

constexpr std::int64_t kHourMs = 3'600'000;

AclBinding reads(const std::string& topic, const std::string& principal) {
    return {ResourceKind::Topic, PatternType::Literal, topic, principal};
}
TimestampMs nowMs() {
    return QDateTime::currentMSecsSinceEpoch();
}

/// The example mesh with a policy that grants at once, and users whom the broker knows.
struct Scene {
    test::FakeMesh mesh;
    Services services = mesh.services();

    Scene() {
        catalog::Policy automatic;
        automatic.id = "automatic";
        automatic.name = "Automatic";
        automatic.approval = catalog::Approval::Automatic;
        must(catalog::PutPolicy{automatic});
        for (const auto* user : {"dashboard", "notebook", "legacy"}) {
            (void)mesh.backbone.access().putUser(user, "secret", backbone::ScramMechanism::Sha512, {});
        }
    }
    void must(const catalog::Command& command) {
        const auto entry = mesh.catalog.submit({command, "because", {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    catalog::AccessScope grant(const std::string& id, bool applied) {
        catalog::AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = {{"seismic.quakes"}};
        scope.group = {"dashboard"};
        must(catalog::SubmitRequest{id, scope, "", "", "To see it work"});
        for (const auto& binding : catalog::bindingsOf(scope)) {
            if (applied) {
                put(binding);
            }
        }
        return scope;
    }
    void put(const AclBinding& binding) { mesh.backbone.fakeAccess().put(binding); }
    /// Somebody was seen, a while ago, by a broker that has watched for ten days.
    void see(const std::string& principal, const std::string& topic, std::int64_t agoMs, bool granted = true) {
        catalog::EvidenceTuple tuple;
        tuple.principal = principal;
        tuple.host = "10.0.0.1";
        tuple.clientId = "app";
        tuple.apiKey = 1;
        tuple.resource = topic;
        tuple.granted = granted;
        tuple.count = 12;
        tuple.firstMs = nowMs() - agoMs - kHourMs;
        tuple.lastMs = nowMs() - agoMs;
        evidence.tuples.push_back(tuple);
        watch();
    }
    void watch() {
        evidence.grade = catalog::EvidenceGrade::Observed;
        evidence.coverage = {nowMs() - 240 * kHourMs, nowMs(), {"embedded"}, {}};
        mesh.lineage.setAccessEvidence(evidence);
    }
    [[nodiscard]] Result<DriftLookPtr> tryLook() const {
        return lookForDrift(services, {}, JobContext({}, [](double) {}));
    }
    [[nodiscard]] DriftLookPtr look() const { return tryLook().value(); }

    lineage::AccessEvidence evidence;
};

std::size_t findingOf(const DriftLook& look, DriftKind kind) {
    const auto found = std::ranges::find(look.findings, kind, &catalog::DriftFinding::kind);
    if (found == look.findings.end()) {
        qFatal("There is no such finding.");
    }
    return static_cast<std::size_t>(found - look.findings.begin());
}

QStringList shown(const DriftModel& model) {
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row) {
        lines << model.plain(row, 0) + u'|' + model.plain(row, 1);
    }
    return lines;
}

} // namespace

class AccessDriftTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { installEnglish(); }

    void headingsStandAboveWhatTheyHold() {
        Scene scene;
        scene.grant("g1", false);
        scene.put(reads("reference.airports", "User:notebook"));
        scene.put(reads("aviation.flights", "User:legacy"));
        DriftModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLook(scene.look(), {});
        QCOMPARE(shown(model), (QStringList{QStringLiteral("Unmanaged|On the backbone; nobody granted it."),
                                            QStringLiteral("legacy|READ topic aviation.flights"),
                                            QStringLiteral("notebook|READ topic reference.airports"),
                                            QStringLiteral("Missing|Granted; the backbone does not allow it."),
                                            QStringLiteral("dashboard|READ topic seismic.quakes"),
                                            QStringLiteral("dashboard|READ group dashboard")}));
        QCOMPARE(model.shown(), 4);
        QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsSelectable));
        QVERIFY(model.flags(model.index(1, 0)).testFlag(Qt::ItemIsSelectable));
        QVERIFY(model.data(model.index(0, 0), GroundRole).isValid());
    }

    void whatIsFilteredAwayTakesItsHeadingAlong() {
        Scene scene;
        scene.grant("g1", false);
        scene.put(reads("reference.airports", "User:notebook"));
        DriftModel model;
        const QAbstractItemModelTester tester(&model);
        model.setLook(scene.look(), {});
        model.setFilter(QStringLiteral("NOTE airports"));
        QCOMPARE(model.rowCount(), 2);
        model.setFilter({});
        model.setKind(DriftKind::Missing);
        QCOMPARE(model.rowCount(), 3);
        model.setKind(DriftKind::Orphaned);
        QCOMPARE(model.rowCount(), 0);
        model.setKind(std::nullopt);
        QCOMPARE(model.rowCount(), 5);
        model.setLook(nullptr, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void anExportIsExact() {
        Scene scene;
        scene.put(reads("reference.airports", "User:notebook"));
        DriftModel model;
        model.setLook(scene.look(), {});
        const auto csv = rowsAsCsv(model, {1});
        QVERIFY2(csv.contains(u"User:notebook"), qPrintable(csv));
        QVERIFY2(csv.contains(u"unmanaged"), qPrintable(csv));
    }

    void whatWasSeenIsToldWithEachFinding() {
        Scene scene;
        scene.grant("g1", false);
        scene.put(reads("reference.airports", "User:notebook"));
        scene.put(reads("aviation.flights", "User:legacy"));
        scene.see("User:notebook", "reference.airports", 1'000);
        scene.see("User:dashboard", "seismic.quakes", 2 * kHourMs, false);
        const auto look = scene.look();
        const auto words = [&](const std::string& principal, const std::string& resource) {
            for (std::size_t i = 0; i < look->findings.size(); ++i) {
                const auto& binding = look->findings[i].binding;
                if (binding.principal == principal && binding.resource == resource) {
                    return evidenceWords(look->findings[i], look->uses[i], *look);
                }
            }
            return QString();
        };
        QCOMPARE(words("User:notebook", "reference.airports"), QStringLiteral("in use"));
        QVERIFY(words("User:legacy", "aviation.flights").startsWith(u"not seen for 10 d"));
        QVERIFY(words("User:dashboard", "seismic.quakes").startsWith(u"12 refusals, last 2 h"));
    }

    void withoutEvidenceNothingIsClaimed() {
        Scene scene;
        scene.put(reads("reference.airports", "User:notebook"));
        const auto look = scene.look();
        QCOMPARE(evidenceWords(look->findings[0], look->uses[0], *look), QStringLiteral("no evidence"));
        DriftChoices choices;
        choices.choose(look->findings[0], {MendAct::Revoke, "team-reference", catalog::kNoEnd});
        const auto verdict = verdictWords(tryPlan(*look, choices.mends(*look), SeenPeriod::lastDays(7)).value(), *look,
                                          SeenPeriod::lastDays(7));
        QCOMPARE(verdict.tone, Tone::Warn);
        QVERIFY(verdict.detail.contains(u"none"));
    }

    void aTopicThatSomebodyUsedAndIsGoneOrphansItsAcls() {
        Scene scene;
        scene.put(reads("reference.gone", "User:notebook"));
        scene.see("User:notebook", "reference.gone", 5 * kHourMs);
        const auto look = scene.look();
        (void)findingOf(*look, DriftKind::Orphaned);
        QVERIFY(look->survey.context.deletedTopics.contains("reference.gone"));
    }

    void whatCantBeReadHasNoDrift() {
        Scene scene;
        scene.mesh.backbone.fakeAccess().fail(Error{ErrorCode::PermissionDenied, "DESCRIBE on the cluster.", 31});
        QCOMPARE(scene.tryLook().error().message, std::string("DESCRIBE on the cluster."));
    }

    void aPlanIsWhatWasChosenAndWhatFollows() {
        Scene scene;
        scene.grant("g1", false);
        scene.put(reads("reference.airports", "User:notebook"));
        scene.put(reads("aviation.flights", "User:legacy"));
        scene.see("User:legacy", "aviation.flights", 2 * kHourMs);
        const auto look = scene.look();
        DriftChoices choices;
        QCOMPARE(choices.count(*look), std::size_t(2)); // what is missing is in it by itself
        for (const auto& finding : look->findings) {
            if (finding.binding.principal == "User:notebook") {
                choices.choose(finding, {MendAct::Adopt, "team-reference", nowMs() + 720 * kHourMs});
            }
            if (finding.binding.principal == "User:legacy") {
                choices.choose(finding, {MendAct::Revoke, "team-aviation", catalog::kNoEnd});
            }
        }
        QCOMPARE(choices.count(*look), std::size_t(4));
        const auto effect = tryPlan(*look, choices.mends(*look), SeenPeriod::lastDays(7)).value();
        QCOMPARE(signedCounts(effect.plan.cluster), QStringLiteral("+2 −1"));
        const auto& cluster = *effect.shown.onCluster;
        QCOMPARE(cluster.back().who, QStringLiteral("legacy"));
        QCOMPARE(cluster.back().why, QStringLiteral("unmanaged"));
        QCOMPARE(cluster.front().why, QStringLiteral("missing"));
        const auto& inCatalog = *effect.shown.inCatalog;
        QCOMPARE(inCatalog.size(), std::size_t(1)); // what is adopted only to be retired isn't told
        QVERIFY(inCatalog.front().why.startsWith(u"adopted by team-reference until"));
        QCOMPARE(effect.shown.changes, std::size_t(4));
        QCOMPARE(effect.shown.hash, planHash(effect.plan));
        const auto verdict = verdictWords(effect, *look, SeenPeriod::lastDays(7));
        QCOMPARE(verdict.tone, Tone::Danger);
        QVERIFY2(verdict.sentence.startsWith(u"12 requests"), qPrintable(verdict.sentence));
        QVERIFY(verdict.detail.contains(u"legacy READ aviation.flights (12)"));
        QVERIFY(verdict.detail.contains(u"observed") && verdict.detail.contains(u"embedded"));
        QCOMPARE(verdictWords(tryPlan(*look, choices.mends(*look), SeenPeriod::lastDays(0)).value(), *look,
                              SeenPeriod::lastDays(0))
                     .tone,
                 Tone::Ok);
    }

    void onlyRequestsOfThePeriodCount() {
        Scene scene;
        scene.put(reads("aviation.flights", "User:legacy"));
        scene.see("User:legacy", "aviation.flights", kHourMs);
        auto& tuple = scene.evidence.tuples.front();
        tuple.firstMs = nowMs() - 100 * kHourMs;
        tuple.counts.add(tuple.firstMs, 9);
        tuple.counts.add(tuple.lastMs, 3);
        scene.watch();
        const auto look = scene.look();
        const catalog::AccessChange change{{reads("aviation.flights", "User:legacy")}, {}, {}};
        const auto of = [&](const SeenPeriod& period) { return tryChange(*look, change, period); };
        QCOMPARE(of(SeenPeriod::lastDays(7)).simulation.lost.front().count, std::int64_t(12));
        const auto day = of(SeenPeriod::lastDays(1));
        QCOMPARE(day.simulation.lost.front().count, std::int64_t(3));
        QVERIFY(day.notes.empty());
        const SeenPeriod early{{}, {nowMs() - 120 * kHourMs, tuple.firstMs + 1}}; // cuts the first hour
        const auto cut = of(early);
        QCOMPARE(cut.simulation.lost.front().count, std::int64_t(9));
        QCOMPARE(requestsText(9, cut.simulation.lost.front().unsure), QStringLiteral("1–9"));
        QCOMPARE(requestsText(9, 9), QStringLiteral("up to 9"));
        QCOMPARE(requestsText(12, 9), QStringLiteral("3–12"));
        QCOMPARE(cut.simulation.coverage.toMs, tuple.firstMs + 1);
        const auto verdict = verdictWords(cut, *look, early);
        QVERIFY2(verdict.sentence.startsWith(u"9 requests of 20"), qPrintable(verdict.sentence));
        QVERIFY2(verdict.detail.contains(u"up to 8 of the requests may have been just outside it"),
                 qPrintable(verdict.detail));
    }

    void aPlanHasItsHashAndAFile() {
        Scene scene;
        scene.put(reads("reference.airports", "User:notebook"));
        scene.watch();
        const auto look = scene.look();
        const auto plan = [&](MendAct act) {
            return tryPlan(*look, {{look->findings[0], act, "team-reference", catalog::kNoEnd}},
                           SeenPeriod::lastDays(7))
                .value();
        };
        const auto adopt = plan(MendAct::Adopt), again = plan(MendAct::Adopt), revoke = plan(MendAct::Revoke);
        QCOMPARE(planHash(adopt.plan), planHash(again.plan));
        QVERIFY(planHash(adopt.plan) != planHash(revoke.plan));
        const auto json = QJsonDocument::fromJson(planJson(revoke, *look)).object();
        QCOMPARE(json[QLatin1String("format")].toString(), QStringLiteral("meshbone.access-plan/1"));
        QCOMPARE(json[QLatin1String("sha256")].toString(), planHash(revoke.plan));
        QCOMPARE(json[QLatin1String("remove")].toArray().size(), 1);
        QCOMPARE(json[QLatin1String("ledger")].toArray().size(), 2);
        QCOMPARE(json[QLatin1String("simulation")].toObject()[QLatin1String("evidence")].toString(),
                 QStringLiteral("observed"));
    }

    void choicesOutliveALookAndEndWithTheirFinding() {
        Scene scene;
        scene.put(reads("reference.airports", "User:notebook"));
        scene.put(reads("aviation.flights", "User:legacy"));
        DriftChoices choices;
        const auto first = scene.look();
        for (const auto& finding : first->findings) {
            choices.choose(finding, {MendAct::Adopt, "team-reference", catalog::kNoEnd});
        }
        scene.mesh.backbone.fakeAccess().take(reads("aviation.flights", "User:legacy"));
        const auto next = scene.look();
        choices.keepOnly(*next);
        QCOMPARE(choices.mends(*next).size(), std::size_t(1));
        choices.leave(next->findings[0]);
        QVERIFY(choices.mends(*next).empty());
    }

    void explainedCheckByCheck() {
        Scene scene;
        scene.grant("g1", true);
        const auto look = scene.look();
        Question question{"User:dashboard", "", ExplainedAct::Consume, "seismic.quakes", "dashboard", ""};
        const auto yes = mayThey(*look, question);
        QCOMPARE(yes.tone, Tone::Ok);
        QVERIFY(!yes.rows.empty());
        AnswerModel model(checkColumns());
        const QAbstractItemModelTester tester(&model);
        model.setRows(yes.rows);
        bool named = false;
        for (int row = 0; row < model.rowCount(); ++row) {
            named = named || (model.plain(row, 4) == u"g1" && model.plain(row, 5) == u"automatic");
        }
        QVERIFY(named); // the grant and the policy that decided
        question.group = "another";
        QCOMPARE(mayThey(*look, question).tone, Tone::Danger);
        question = {"User:dashboard", "", ExplainedAct::Produce, "seismic.quakes", "", ""};
        QCOMPARE(mayThey(*look, question).tone, Tone::Danger);
        QCOMPARE(mayThey(*look, {}).tone, Tone::Neutral);
    }

    void whoMayAndWhatTheyReach() {
        Scene scene;
        scene.grant("g1", true);
        auto wide = reads("seismic.", "User:legacy");
        wide.pattern = PatternType::Prefixed;
        scene.put(wide);
        const auto look = scene.look();
        const auto who = whoMayDoIt(*look, {"", "", ExplainedAct::Consume, "seismic.quakes", "", ""});
        QCOMPARE(who.rows.size(), std::size_t(2));
        QVERIFY(who.sentence.startsWith(u"2 principals"));
        QVERIFY(!who.detail.isEmpty()); // super users aren't among them
        const auto reach = whatTheyReach(*look, {"User:legacy", "", ExplainedAct::Consume, "", "", ""});
        QVERIFY(reach.rows.size() > 2); // its pattern, and the topics of today
        QCOMPARE(plainText(reach.rows.front().cells.front()), QStringLiteral("seismic.*"));
        QVERIFY(reach.detail.contains(u"names to come"));
    }

    void whoWouldStopWithoutAGrant() {
        Scene scene;
        scene.grant("g1", true);
        scene.see("User:dashboard", "seismic.quakes", kHourMs);
        const auto look = scene.look();
        const auto without = [&](const char* grant) {
            catalog::AccessChange change;
            change.remove = catalog::endingWith(look->survey.agreed.wanted, grant);
            return whatIf(*look, change, SeenPeriod::lastDays(30));
        };
        const auto stop = without("g1");
        QCOMPARE(stop.tone, Tone::Danger);
        QVERIFY(stop.rows.size() >= 2); // who was seen, and what could be done besides
        QCOMPARE(plainText(stop.rows.front().cells.front()), QStringLiteral("would stop"));
        QVERIFY(without("unknown").rows.empty());
        catalog::AccessChange denial;
        denial.add = {backbone::parseBinding("DENY READ TOPIC PREFIXED seismic. User:dashboard *").value()};
        QCOMPARE(plainText(whatIf(*look, denial, SeenPeriod::lastDays(30)).rows.front().cells.front()),
                 QStringLiteral("would stop"));
        catalog::AccessChange gone;
        gone.dropPrincipals = {"User:dashboard"};
        QCOMPARE(plainText(whatIf(*look, gone, SeenPeriod::lastDays(30)).rows.front().cells.front()),
                 QStringLiteral("would stop"));
    }

    void whoWouldStopByAnAuthorizerLog() {
        Scene scene;
        scene.grant("g1", true);
        const auto look = scene.look();
        catalog::AccessChange change;
        change.remove = catalog::endingWith(look->survey.agreed.wanted, "g1");
        QCOMPARE(whatIf(*look, change, SeenPeriod::lastDays(30)).tone, Tone::Warn); // nobody has watched here
        const auto by = [&](const char* said) {
            QTemporaryFile file;
            const auto time = QDateTime::fromMSecsSinceEpoch(nowMs() + kHourMs, Qt::UTC); // by a clock two hours ahead
            const auto line = QStringLiteral("[%1] DEBUG Principal = User:dashboard is %2 operation = READ from host = "
                                             "10.0.0.1 on resource = Topic:LITERAL:seismic.quakes for request = Fetch "
                                             "with resourceRefCount = 1 based on rule DefaultDeny\n")
                                  .arg(time.toString(QStringLiteral("yyyy-MM-dd HH:mm:ss,zzz")), QLatin1String(said));
            if (!file.open() || file.write(line.toUtf8()) < 0 || !file.flush()) {
                qFatal("%s", qPrintable(file.errorString()));
            }
            const auto byLog =
                lookByLog(*look, {{file.fileName()}, QStringLiteral("+02:00"), {}}, JobContext({}, [](double) {}));
            return whatIf(**byLog, change, SeenPeriod::lastDays(30));
        };
        const auto used = by("Allowed");
        QCOMPARE(used.tone, Tone::Danger);
        QCOMPARE(plainText(used.rows.front().cells.front()), QStringLiteral("would stop"));
        QVERIFY2(used.detail.contains(u"Evidence: observed") && used.detail.contains(u"watched by authorizer log /"),
                 qPrintable(used.detail));
        const auto refused = by("Denied");
        QCOMPARE(refused.tone, Tone::Warn);
        QVERIFY2(refused.detail.contains(u"Only refusals are in the log"), qPrintable(refused.detail));
        QCOMPARE(
            lookByLog(*look, {{QStringLiteral("/nowhere")}, QStringLiteral("Z"), {}}, JobContext({}, [](double) {}))
                .error()
                .code,
            ErrorCode::NotFound);
    }
};

QTEST_GUILESS_MAIN(AccessDriftTest)
#include "access_drift_test.moc"
