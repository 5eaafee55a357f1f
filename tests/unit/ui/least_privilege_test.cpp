// SPDX-License-Identifier: Apache-2.0
// Least privilege as the window tells it: cuts, what would be enough, what is left alone, and the plan of what is
// taken; without a window.
#include "support/enforced_mesh.h"

#include "access/least_model.h"
#include "access/plan_file.h"
#include "access/plan_words.h"
#include "widgets/english.h"
#include "widgets/export_rows.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;
using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;
using catalog::GrantState;
using meshbone::test::EnforcedMesh;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;
const CallOptions kPatience{std::chrono::seconds(30), {}};

TimestampMs clockMs() {
    return QDateTime::currentMSecsSinceEpoch();
}

/// "unused" reads a, "wide" reads eu.* of which eu.a was read, both by "dashboard"; a broker watched for ten days to
/// come, so that no grant is younger.
struct Scene {
    EnforcedMesh mesh;
    std::vector<catalog::EvidenceTuple> seen;
    TimestampMs nowMs = 0; ///< when it is looked at, ten days ahead

    Scene() {
        mesh.start();
        mesh.grant("unused", EnforcedMesh::consumer("a", "u"));
        auto wide = EnforcedMesh::consumer("", "g");
        wide.reads = {{"eu.", PatternType::Prefixed}};
        mesh.grant("wide", wide);
        if (!mesh.awaitState("unused", GrantState::Enforced) || !mesh.awaitState("wide", GrantState::Enforced)) {
            qFatal("The grants were not enforced.");
        }
        nowMs = clockMs() + 10 * kDayMs;
        see("eu.a", ResourceKind::Topic, 3);
        see("g", ResourceKind::Group, 3);
    }
    void see(const std::string& resource, ResourceKind kind, int daysAgo) {
        catalog::EvidenceTuple tuple;
        tuple.principal = "User:dashboard";
        tuple.host = "10.0.0.1";
        tuple.apiKey = 1;
        tuple.resourceKind = kind;
        tuple.resource = resource;
        tuple.count = 12;
        tuple.firstMs = tuple.lastMs = nowMs - daysAgo * kDayMs;
        seen.push_back(tuple);
    }
    [[nodiscard]] std::shared_ptr<DriftLook> look() {
        catalog::SurveyOptions options;
        options.guard = {"User:admin", {}, "_meshbone.ledger"};
        options.nowMs = nowMs;
        auto survey =
            catalog::surveyAccess(*mesh.desk, mesh.access, mesh.backbone().admin(), std::move(options), kPatience);
        auto look = std::make_shared<DriftLook>(DriftLook{std::move(survey), {}, {}, {}, {}, 0, 0});
        look->evidence.tuples = seen;
        look->evidence.grade = catalog::EvidenceGrade::Observed;
        look->evidence.coverage = {nowMs - 9 * kDayMs, nowMs, {"embedded"}, {}};
        return look;
    }
    [[nodiscard]] LeastAnswerPtr least(int days) {
        return leastOf(*mesh.desk, look(), SeenPeriod::lastDays(days)).value();
    }
};

int rowOf(const LeastModel& model, const QString& has) {
    for (int row = 0; row < model.rowCount(); ++row) {
        if (model.plain(row, LeastModel::Has) == has) {
            return row;
        }
    }
    return -1;
}
QString told(const LeastModel& model, const QString& has, int column) {
    const int row = rowOf(model, has);
    return row < 0 ? QStringLiteral("there is no such row") : model.plain(row, column);
}
LeastCuts cutsOf(const LeastAnswer& answer) {
    return {answer.plan.remove.begin(), answer.plan.remove.end()};
}
LeastCutsPtr sharedCuts(const LeastAnswer& answer) {
    return std::make_shared<const LeastCuts>(cutsOf(answer));
}

} // namespace

class LeastPrivilegeTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { installEnglish(); }

    void eachCutSaysWhatWouldBeEnough() {
        Scene scene;
        const auto answer = scene.least(30);
        LeastModel model;
        const QAbstractItemModelTester tester(&model);
        model.setAnswer(answer, leastRows(*answer));
        QCOMPARE(model.rowCount(), 3); // eu.*, a, and the group of what nobody uses
        const auto wide = QStringLiteral("READ topic eu.*"), unused = QStringLiteral("READ topic a");
        QCOMPARE(told(model, wide, LeastModel::Principal), QStringLiteral("dashboard"));
        QCOMPARE(told(model, wide, LeastModel::Grants), QStringLiteral("wide"));
        QCOMPARE(told(model, wide, LeastModel::Enough), QStringLiteral("eu.a"));
        QCOMPARE(told(model, wide, LeastModel::Removes), QStringLiteral("nothing that is there"));
        QCOMPARE(told(model, wide, LeastModel::Used), QStringLiteral("3 days ago"));
        QCOMPARE(told(model, unused, LeastModel::Enough), QStringLiteral("nothing"));
        QCOMPARE(told(model, unused, LeastModel::Removes), QStringLiteral("READ,DESCRIBE a"));
        QCOMPARE(told(model, unused, LeastModel::Used), QStringLiteral("not seen"));
        const auto csv = rowsAsCsv(model, {rowOf(model, unused)});
        QVERIFY2(csv.startsWith(QStringLiteral("plan,principal,grants,has,enough,removes,opens,used")),
                 qPrintable(csv));
        QVERIFY(csv.contains(QStringLiteral("User:dashboard")));
        model.setAnswer(nullptr, {});
        QCOMPARE(model.rowCount(), 0);
    }

    void whatIsOlderThanThePeriodDoesNotCount() {
        Scene scene;
        LeastModel model;
        const auto answer = scene.least(1);
        model.setAnswer(answer, leastRows(*answer));
        QCOMPARE(model.rowCount(), 4); // the group that was used three days ago too
        QCOMPARE(told(model, QStringLiteral("READ topic eu.*"), LeastModel::Enough), QStringLiteral("nothing"));
    }

    void cutsAreTakenAndLeft() {
        Scene scene;
        const auto answer = scene.least(30);
        LeastModel model;
        const QAbstractItemModelTester tester(&model);
        model.setAnswer(answer, leastRows(*answer));
        QCOMPARE(model.taken(), std::size_t(3));
        QVERIFY(model.chosen() == cutsOf(*answer));
        const QSignalSpy spy(&model, &LeastModel::takenChanged);
        model.take({0, 1, 0}, false);
        QCOMPARE(spy.count(), 1);
        QCOMPARE(model.taken(), std::size_t(1));
        QVERIFY(!model.isTaken(0) && model.isTaken(2));
        QCOMPARE(model.plain(0, LeastModel::Taken), QStringLiteral("left"));
        QCOMPARE(model.chosen().size(), std::size_t(1));
        model.take({0}, true);
        QCOMPARE(model.taken(), std::size_t(2));
    }

    void whatWasLeftStaysSoWhenItIsComputedAnew() {
        Scene scene;
        const auto answer = scene.least(30), day = scene.least(1);
        LeastModel model;
        model.setAnswer(answer, leastRows(*answer));
        const auto wide = QStringLiteral("READ topic eu.*");
        model.take({rowOf(model, wide)}, false);
        model.setAnswer(nullptr, {});
        QCOMPARE(model.taken(), std::size_t(0));
        QVERIFY(model.chosen().empty());
        model.setAnswer(day, leastRows(*day));
        QCOMPARE(model.taken(), std::size_t(3));
        QVERIFY(!model.isTaken(rowOf(model, wide)));
        model.setAnswer(answer, leastRows(*answer));
        QCOMPARE(told(model, wide, LeastModel::Taken), QStringLiteral("left"));
        QCOMPARE(model.chosen().size(), std::size_t(2));
    }

    void whoWasSeenAfterThePeriodIsNotStopped() {
        Scene scene;
        scene.see("a", ResourceKind::Topic, 1);
        const SeenPeriod untilThen{std::nullopt, {0, scene.nowMs - 2 * kDayMs}};
        const auto answer = leastOf(*scene.mesh.desk, scene.look(), untilThen).value();
        const auto planned = leastPlanned(*scene.mesh.desk, *answer, cutsOf(*answer)).value();
        QVERIFY(planned.effect.simulation.lost.empty());
        QVERIFY(!planned.effect.plan.allowed);
        const auto why = planned.effect.plan.allowed.error().message;
        QVERIFY2(why.starts_with("Somebody who was seen after the period"), why.c_str());
        const auto file = leastFile(*scene.mesh.desk, *answer, cutsOf(*answer)).value();
        QVERIFY(std::ranges::find(file.notes, "Somebody who was seen after the period would be stopped by it.") !=
                file.notes.end());
    }

    void whatAPrefixOpensIsTold() {
        Scene scene;
        auto answer = std::make_shared<LeastAnswer>();
        answer->look = scene.look();
        const AclBinding prefix{ResourceKind::Topic, PatternType::Prefixed, "us.", "User:dashboard"};
        for (const auto* name : {"us.a", "us.b", "us.c"}) {
            answer->plan.remove.push_back({ResourceKind::Topic, PatternType::Literal, name, "User:dashboard"});
            answer->cuts.push_back({answer->plan.remove.back(), {}, {}, false});
        }
        answer->plan.create = {prefix};
        answer->plan.prefixes = {
            {prefix, {"us.a", "us.b", "us.c"}, {"us.1", "us.2", "us.3", "us.4", "us.5", "us.6"}, {}}};
        answer->instead.emplace(answer->plan);
        LeastModel model;
        model.setAnswer(answer, leastRows(*answer));
        const auto row = QStringLiteral("READ topic us.b");
        QCOMPARE(told(model, row, LeastModel::Enough), QStringLiteral("us.*"));
        QCOMPARE(told(model, row, LeastModel::Opens), QStringLiteral("us.1, us.2, us.3, us.4 and 2 more"));
        QCOMPARE(model.copyText(rowOf(model, row), LeastModel::Opens),
                 QStringLiteral("us.1, us.2, us.3, us.4, us.5, us.6"));
        QCOMPARE(told(model, row, LeastModel::Removes), QStringLiteral("told of the first 500 cuts only"));
        QCOMPARE(told(model, row, LeastModel::Grants), QStringLiteral("no grant wants it"));
    }

    void whatIsLeftAloneSaysWhy() {
        Scene scene;
        scene.mesh.access.put({ResourceKind::Topic, PatternType::Literal, "b", "User:notebook"});
        auto look = scene.look();
        look->evidence.coverage.fromMs = 1; // long before the grants
        look->evidence.coverage.toMs = 2 + scene.nowMs;
        const auto answer = leastOf(*scene.mesh.desk, look, SeenPeriod::lastDays(30'000)).value();
        AnswerModel model(leftAloneColumns());
        const QAbstractItemModelTester tester(&model);
        model.setRows(leftAloneRows(*answer));
        QCOMPARE(model.rowCount(), 5);
        QStringList reasons;
        for (int row = 0; row < model.rowCount(); ++row) {
            reasons << model.plain(row, 0) + u'|' + model.plain(row, 3);
        }
        QVERIFY(reasons.contains(QStringLiteral("notebook|Nobody agreed to it here; see Drift.")));
        QCOMPARE(reasons.filter(QStringLiteral("younger than what was seen")).size(), 4);
    }

    void withoutEvidenceNothingIsTooMuch() {
        Scene scene;
        auto look = scene.look();
        look->evidenceProblem = "Lineage is off.";
        QCOMPARE(leastOf(*scene.mesh.desk, look, SeenPeriod::lastDays(30)).error().message,
                 std::string("Lineage is off."));
        look = scene.look();
        look->evidence.showsAllowed = false;
        QVERIFY(!leastOf(*scene.mesh.desk, look, SeenPeriod::lastDays(30)));
        look = scene.look();
        look->evidence.coverage = {};
        QCOMPARE(leastOf(*scene.mesh.desk, look, SeenPeriod::lastDays(30)).error().code, ErrorCode::Unavailable);
    }

    void whatIsTakenIsAPlanLikeAnyOther() {
        Scene scene;
        const auto answer = scene.least(30);
        const auto& catalog = *scene.mesh.desk;
        const auto planned = leastPlanned(catalog, *answer, cutsOf(*answer)).value();
        QCOMPARE(planned.mends.ends, std::size_t(1));
        QCOMPARE(planned.mends.asks, std::size_t(1));
        QVERIFY(planned.effect.plan.allowed && planned.effect.simulation.lost.empty());
        QCOMPARE(planned.effect.shown.changes,
                 std::size_t(4)); // two ACLs go, a grant goes, a narrower one is asked for
        const auto& lines = *planned.effect.shown.inCatalog;
        QCOMPARE(lines.at(0).who, QStringLiteral("grant wide-least"));
        QCOMPARE(lines.at(0).why, QStringLiteral("asked for"));
        QCOMPARE(lines.at(1).who, QStringLiteral("grant unused"));
        const auto json = QJsonDocument::fromJson(planJson(planned.effect, *answer->look)).object();
        QCOMPARE(
            json.value(QStringLiteral("ledger")).toArray().at(0).toObject().value(QStringLiteral("act")).toString(),
            QStringLiteral("request.submit"));
        // A newer look gives the same plan, until what was decided on has changed.
        const auto again = leastAgain(catalog, answer, sharedCuts(*answer), false);
        QCOMPARE(planHash(again(scene.look()).value()), planHash(planned.effect.plan));
        scene.see("a", ResourceKind::Topic, 0);
        QVERIFY(planHash(again(scene.look()).value()) != planHash(planned.effect.plan));
        const auto byLog = leastAgain(catalog, answer, sharedCuts(*answer), true); // files don't change
        QCOMPARE(planHash(byLog(scene.look()).value()), planHash(planned.effect.plan));
    }

    void whatIsTakenIsSavedAsCode() {
        Scene scene;
        const auto answer = scene.least(30);
        const auto file = leastFile(*scene.mesh.desk, *answer, cutsOf(*answer)).value();
        QCOMPARE(file.ends, std::size_t(1));
        QCOMPARE(file.asks, std::size_t(1));
        const auto none = leastFile(*scene.mesh.desk, *answer, {}).value();
        QCOMPARE(none.ends + none.asks, std::size_t(0));
        QCOMPARE(none.file.grants->size(), std::size_t(2));
    }
};

QTEST_GUILESS_MAIN(LeastPrivilegeTest)
#include "least_privilege_test.moc"
