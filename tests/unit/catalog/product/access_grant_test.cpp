// SPDX-License-Identifier: Apache-2.0
#include "product/access_policy.h"
#include "support/access_scene.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::AccessScene;

namespace {

constexpr auto kDenied = ErrorCode::PermissionDenied;
constexpr auto kBad = ErrorCode::InvalidArgument;
constexpr auto kConflict = ErrorCode::Conflict;

const AccessScope kScope = AccessScene::reading({"flights.v1"});

/// Eve has the grant "g" on flights.v1 for 60 days, by Ada.
class GrantScene : public AccessScene {
public:
    GrantScene() {
        const TimestampMs end = daysLater(now(), 60);
        must("eve", asking("g", kScope, end));
        must("ada", ApproveRequest{"g", kScope, end, ""});
    }
    [[nodiscard]] GrantState state() const { return grant("g").stateAt(now()); }
};

backbone::AclBinding binding(const std::string& topic = "flights.v1") {
    return {backbone::ResourceKind::Topic, backbone::PatternType::Literal, topic, "User:dashboard"};
}
ReportGrant report(GrantState state, BindingOutcome outcome, const std::string& topic = "flights.v1") {
    return {"g", state, "", 7, {{binding(topic), outcome, ""}}};
}
const BindingRecord* recordOf(const AccessScene& scene, const std::string& topic = "flights.v1") {
    return scene.mesh().bindings.find(bindingKey(binding(topic)));
}

} // namespace

/// What becomes of a grant: its end, its enforcement, what is ours, and how it is confirmed.
class AccessGrantTest : public QObject {
    Q_OBJECT

private slots:
    void itEndsOnTimeForWhoeverAsks() {
        GrantScene scene;
        const Grant& grant = scene.grant("g");
        QVERIFY(!grant.inForceAt(grant.fromMs - 1));
        QVERIFY(grant.inForceAt(grant.fromMs));
        QVERIFY(grant.inForceAt(grant.untilMs - 1));
        QVERIFY(!grant.inForceAt(grant.untilMs));
        QCOMPARE(grant.stateAt(grant.untilMs), GrantState::Removed); // nothing was ever applied
    }

    void itIsRenewedByWhoMayAndShortenedByWhoHasIt() {
        GrantScene scene;
        const TimestampMs end = scene.grant("g").untilMs;
        QVERIFY(scene.refuses("eve", RenewGrant{"g", end + 5}, kDenied, "asked for this"));
        QVERIFY(scene.refuses("cleo", RenewGrant{"g", end + 5}, kDenied, "flight-ops"));
        QVERIFY(scene.refuses("ada", RenewGrant{"g", end}, kBad, "later"));
        scene.must("ada", RenewGrant{"g", end + 5});
        QCOMPARE(scene.grant("g").untilMs, end + 5);
        QVERIFY(scene.refuses("cleo", ShortenGrant{"g", end}, kDenied, "neither"));
        QVERIFY(scene.refuses("eve", ShortenGrant{"g", end + 9}, kBad, "earlier"));
        scene.must("eve", ShortenGrant{"g", end - 5});
        QCOMPARE(scene.grant("g").untilMs, end - 5);
        QVERIFY(scene.grant("g").endBy.find("'eve'") != std::string::npos);
    }

    /// One step for who has it: a request that renews; it keeps the grant's id.
    void aRequestRenews() {
        GrantScene scene;
        scene.must("dora", report(GrantState::Enforced, BindingOutcome::Created));
        scene.pass(61);
        QCOMPARE(scene.state(), GrantState::Ending);
        SubmitRequest again = AccessScene::asking("again", kScope, daysLater(scene.now(), 30));
        again.renews = "g";
        SubmitRequest more = again;
        more.scope = AccessScene::reading({"flights*"});
        QVERIFY(scene.refuses("eve", more, kBad, "what the grant gives"));
        scene.must("eve", again);
        const auto agreed = scene.grant("g").decisions;
        scene.must("bob", ApproveRequest{"again", kScope, daysLater(scene.now(), 30), "no copies outside"});
        QVERIFY(!scene.isGranted("again"));
        const auto both = scene.grant("g").decisions; // what it was bound to stays
        QCOMPARE(both.size(), agreed.size() + 1);
        QCOMPARE(both.front().atMs, agreed.front().atMs);
        QCOMPARE(both.back().conditions, std::string("no copies outside"));
        QCOMPARE(scene.state(), GrantState::Enforced);
        QVERIFY(scene.grant("g").inForceAt(scene.now()));
    }

    void whereTwoMustAgreeOneCantRenew() {
        GrantScene scene;
        scene.must("dora", PutPolicy{Policy{.id = "two", .name = "Two", .people = 2}});
        QVERIFY(scene.refuses("ada", RenewGrant{"g", scene.grant("g").untilMs + 5}, kDenied, "Others must agree"));
        scene.must("ada", RevokeGrant{"g"});
        QVERIFY(scene.refuses("ada", RestoreGrant{"g"}, kDenied, "Others must agree"));
    }

    void revokingNeedsAReasonAndARight() {
        GrantScene scene;
        QVERIFY(scene.refuses("cleo", RevokeGrant{"g"}, kDenied, "'cleo'"));
        QVERIFY(scene.refuses("ada", RevokeGrant{"g"}, kBad, "why", ""));
        scene.must("dora", RevokeGrant{"g"}, "Leaked");
        QCOMPARE(scene.grant("g").revokedWhy, std::string("Leaked"));
        QVERIFY(scene.refuses("ada", RevokeGrant{"g"}, kConflict, "'dora'"));
        QVERIFY(scene.refuses("ada", RenewGrant{"g", scene.grant("g").untilMs + 5}, kConflict, "revoked"));
        scene.must("ada", RestoreGrant{"g"});
        QVERIFY(scene.grant("g").inForceAt(scene.now()));
    }

    void aDisabledPrincipalHasNothing() {
        GrantScene scene;
        PutPrincipal principal{"User:dashboard", "Dashboard", PrincipalKind::Service, "seismic", "", true};
        scene.must("cleo", principal);
        QVERIFY(!scene.grant("g").inForceAt(scene.now()));
        const TimestampMs end = daysLater(scene.now(), 5);
        scene.must("eve", AccessScene::asking("next", kScope, end));
        scene.must("ada", ApproveRequest{"next", kScope, end, ""});
        QVERIFY(!scene.grant("next").inForceAt(scene.now()));
        QVERIFY(scene.refuses("cleo", RemovePrincipal{"User:dashboard"}, kConflict, "disabled"));
        principal.disabled = false;
        scene.must("cleo", principal);
        QVERIFY(scene.grant("g").inForceAt(scene.now()) && scene.grant("next").inForceAt(scene.now()));
    }

    void reportsFollowTheGrant() {
        GrantScene scene;
        QCOMPARE(scene.state(), GrantState::Approved);
        QVERIFY(scene.refuses("ada", ReportGrant{"g", GrantState::Waiting, "", 7, {}}, kDenied, "report"));
        scene.must("dora", ReportGrant{"g", GrantState::Waiting, "The cluster is away.", 7, {}});
        QCOMPARE(scene.grant("g").reason, std::string("The cluster is away."));
        QVERIFY(!scene.grant("g").applied);
        scene.must("dora", report(GrantState::Applying, BindingOutcome::Intended));
        QVERIFY(scene.grant("g").applied);
        scene.must("dora", report(GrantState::Unknown, BindingOutcome::Unknown));
        QVERIFY(scene.refuses("dora", report(GrantState::Enforced, BindingOutcome::Failed), kBad, "isn't"));
        scene.must("dora", report(GrantState::Partly, BindingOutcome::Failed));
        scene.must("dora", report(GrantState::Enforced, BindingOutcome::Present));
        QVERIFY(scene.refuses("dora", report(GrantState::Removing, BindingOutcome::Created), kConflict, "in force"));
        QVERIFY(scene.refuses("dora", report(GrantState::Approved, BindingOutcome::Created), kBad, "follows"));
        scene.pass(60);
        QCOMPARE(scene.state(), GrantState::Ending);
        QVERIFY(
            scene.refuses("dora", report(GrantState::Enforced, BindingOutcome::Created), kConflict, "what is left"));
        scene.must("dora", report(GrantState::RemovalUnknown, BindingOutcome::Unknown));
        QCOMPARE(scene.state(), GrantState::RemovalUnknown);
        QVERIFY(scene.refuses("dora", report(GrantState::Removed, BindingOutcome::NotRemoved), kBad, "isn't"));
        scene.must("dora", report(GrantState::Removed, BindingOutcome::Absent));
        QCOMPARE(scene.state(), GrantState::Removed);
        QVERIFY(!scene.grant("g").applied);
    }

    void aReportIsAboutItsOwnPrincipal() {
        GrantScene scene;
        ReportGrant foreign = report(GrantState::Applying, BindingOutcome::Intended);
        foreign.results.at(0).binding.principal = "User:admin";
        QVERIFY(scene.refuses("dora", foreign, kBad, "principal"));
        QVERIFY(scene.mesh().bindings.items().empty());
    }

    void oursIsWhatWeMadeOrAdopted() {
        GrantScene scene;
        scene.must("dora", report(GrantState::Enforced, BindingOutcome::Present));
        QVERIFY(recordOf(scene) == nullptr); // somebody else's
        MarkBinding mark{binding(), BindingStanding::Retired, false, "", kNoEnd};
        QVERIFY(scene.refuses("dora", mark, kConflict, "adopt"));
        mark.standing = BindingStanding::Created;
        QVERIFY(scene.refuses("dora", mark, kBad, "report"));
        mark.standing = BindingStanding::Adopted;
        QVERIFY(scene.refuses("dora", mark, ErrorCode::NotFound, "team"));
        mark.team = "flight-ops";
        QVERIFY(scene.refuses("eve", mark, kDenied, "admin"));
        const auto put = [](const char* person) {
            return PutPrincipal{binding().principal, "Loader", PrincipalKind::Person, "", person};
        };
        scene.must("dora", put("dora"));
        QVERIFY(scene.refuses("dora", mark, kDenied, "'dora''s own"));
        scene.must("dora", put("eve"));
        scene.must("dora", mark);
        QCOMPARE(recordOf(scene)->standing, BindingStanding::Adopted);
        mark.standing = BindingStanding::Ignored;
        QVERIFY(scene.refuses("dora", mark, kConflict, "ours"));
        mark.release = true;
        scene.must("dora", mark);
        QVERIFY(recordOf(scene) == nullptr);
        scene.must("dora", report(GrantState::Applying, BindingOutcome::Intended, "new"));
        QCOMPARE(recordOf(scene, "new")->grant, std::string("g"));
        QVERIFY(scene.refuses("dora", MarkBinding{binding("new"), BindingStanding::Adopted, true, "", kNoEnd},
                              kConflict, "made"));
    }

    void aCampaignListsWhatIsInForce() {
        GrantScene scene;
        scene.must("bob", AccessScene::asking("mine", kScope));
        scene.must("ada", ApproveRequest{"mine", kScope, kNoEnd, ""});
        scene.must("eve", AccessScene::asking("gone", kScope));
        scene.must("ada", ApproveRequest{"gone", kScope, kNoEnd, ""});
        scene.must("ada", RevokeGrant{"gone"});
        scene.must("eve", AccessScene::asking("other", AccessScene::reading({"quakes.v1"})));
        scene.must("cleo", ApproveRequest{"other", AccessScene::reading({"quakes.v1"}), kNoEnd, ""});
        QVERIFY(scene.refuses("cleo", OpenCampaign{"c", "Spring", "flights", kNoEnd}, kDenied, "flight-ops"));
        scene.must("ada", OpenCampaign{"c", "Spring", "flights", daysLater(scene.now(), 14)});
        const auto& items = scene.mesh().campaigns.find("c")->items;
        QCOMPARE(items.size(), std::size_t{2});
        QCOMPARE(items.at(0).grant, std::string("g"));
        QVERIFY(scene.refuses("dora", AnswerCampaign{"c", "g", true}, kDenied, "flight-ops"));
        QVERIFY(scene.refuses("bob", AnswerCampaign{"c", "mine", true}, kDenied, "own"));
        QVERIFY(scene.refuses("bob", AnswerCampaign{"c", "g", false}, kBad, "why", ""));
        scene.must("bob", AnswerCampaign{"c", "g", false}, "Not used for 92 days");
        QVERIFY(scene.grant("g").revoked);
        QVERIFY(scene.refuses("ada", AnswerCampaign{"c", "g", true}, kConflict, "'bob'"));
        scene.must("ada", AnswerCampaign{"c", "mine", true});
        QCOMPARE(scene.grant("mine").confirmedBy, std::string("ada"));
        QVERIFY(scene.refuses("ada", AnswerCampaign{"c", "gone", true}, ErrorCode::NotFound, "gone"));
        scene.must("ada", CloseCampaign{"c"});
        QVERIFY(scene.refuses("ada", CloseCampaign{"c"}, kConflict, "closed"));
    }
};

QTEST_GUILESS_MAIN(AccessGrantTest)
#include "access_grant_test.moc"
