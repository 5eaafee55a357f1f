// SPDX-License-Identifier: Apache-2.0
// One look at everything about access: what is put together, and what is not concluded from what couldn't be read.
#include "support/fake_backbone.h"
#include "support/fake_catalog.h"

#include <catalog/access_presets.h>
#include <catalog/access_survey.h>

#include <QtTest>

#include <algorithm>
#include <limits>

using namespace meshbone;
using namespace meshbone::catalog;
using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;

namespace {

constexpr TimestampMs kDay = 86'400'000;
constexpr TimestampMs kNow = test::kExampleNowMs;

AclBinding reads(const std::string& principal, const std::string& topic) {
    return {ResourceKind::Topic, PatternType::Literal, topic, principal};
}

/// A mesh in which a policy approves everything, and somebody looks.
struct Scene {
    test::FakeBackbone backbone;
    test::FakeCatalog catalog;
    SurveyOptions options;

    Scene() {
        options.guard = guardOf(backbone.profile());
        options.nowMs = kNow;
        Policy automatic;
        automatic.id = "automatic";
        automatic.name = "Automatic";
        automatic.approval = Approval::Automatic;
        must(PutPolicy{automatic});
        user("dashboard");
    }
    void must(const Command& command) {
        const auto entry = catalog.submit({command, "because", {}}, {});
        if (!entry) {
            qFatal("%s", entry.error().message.c_str());
        }
    }
    void user(const std::string& name) {
        (void)backbone.access().putUser(name, "secret", backbone::ScramMechanism::Sha512, {});
    }
    AccessScope grant(const std::string& id, const std::string& topic, TimestampMs untilMs = kNoEnd) {
        AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = {{topic}};
        scope.group = {"dashboard"};
        must(SubmitRequest{id, scope, "", "", "To see it work", untilMs});
        return scope;
    }
    void put(const AclBinding& binding) { backbone.fakeAccess().put(binding); }
    [[nodiscard]] AccessSurvey look() {
        return surveyAccess(catalog, backbone.access(), backbone.admin(), options, {});
    }
    [[nodiscard]] std::vector<DriftFinding> drift(DriftKind kind) {
        auto found = driftOf(look()).value();
        std::erase_if(found, [&](const DriftFinding& one) { return one.kind != kind; });
        return found;
    }
};

} // namespace

class SurveyTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsAgreedAndThereHasNoDrift();
    void grantsAndAdoptedBindingsAreWanted();
    void endedGrantsAreNot();
    void whatIsIgnoredIsSaidUntilWhen();
    void aPolicyThatApprovedIsNamed();
    void policiesThatDecidedBesidesAreNamed();
    void aClusterThatCantBeReadHasNoDriftAndNoPlan();
    void aLedgerThatIsBeingReadHasNeither();
    void aDeletedTopicOrphansSinceTheLedgerSaysSo();
    void anUnknownTopicIsNotOrphanedByAGrant();
    void aPrincipalToComeIsNotOrphanedByAGrant();
    void principalsOfAClusterMayBeKnownElsewhere();
    void whatFlapsIsLeftAlone();
    void theActorIsWhoLogsIn();
};

void SurveyTest::whatIsAgreedAndThereHasNoDrift() {
    Scene scene;
    for (const auto& binding : bindingsOf(scene.grant("g1", "seismic.quakes"))) {
        scene.put(binding);
    }
    const auto survey = scene.look();
    QVERIFY(driftOf(survey).value().empty());
    QVERIFY(planOf(survey).value().isEmpty());
    QVERIFY(survey.unknown.empty());
    QVERIFY(survey.context.topics->contains("seismic.quakes"));
    QVERIFY(survey.context.principals->contains("User:dashboard"));
    const auto facts = survey.facts();
    QVERIFY(
        facts.table
            .decide({"User:dashboard", "10.0.0.1", backbone::Operation::Read, ResourceKind::Topic, "seismic.quakes"})
            .allowed);
}

void SurveyTest::grantsAndAdoptedBindingsAreWanted() {
    Scene scene;
    const auto wanted = bindingsOf(scene.grant("g1", "seismic.quakes"));
    const auto adopted = reads("User:dashboard", "reference.airports");
    scene.must(MarkBinding{adopted, BindingStanding::Adopted, false, "team-seismic"});
    const auto agreed = scene.look().agreed;
    QCOMPARE(agreed.wanted.size(), wanted.size() + 1);
    QCOMPARE(agreed.wanted.at(adopted).grants, std::vector<std::string>{adoptedBy("team-seismic")});
    QCOMPARE(agreed.own, OwnBindings{adopted}); // what the enforcer hasn't reported isn't ours yet
    QCOMPARE(scene.drift(DriftKind::Missing).size(), wanted.size() + 1);
}

void SurveyTest::endedGrantsAreNot() {
    Scene scene;
    scene.grant("g1", "seismic.quakes");
    const auto principal = scene.look().grants.front().scope.principal;
    scene.must(PutPrincipal{principal, "Disabled", PrincipalKind::Service, "team-seismic", "", true});
    QVERIFY(scene.look().agreed.wanted.empty());
    QCOMPARE(scene.look().agreed.suspended.begin()->second.grants, std::vector<std::string>{"g1"});
    scene.must(RevokeGrant{"g1"});
    QVERIFY(scene.look().agreed.wanted.empty());
    QVERIFY(scene.look().agreed.suspended.empty());
}

void SurveyTest::whatIsIgnoredIsSaidUntilWhen() {
    Scene scene;
    const auto forAWhile = reads("User:dashboard", "reference.airports");
    const auto forEver = reads("User:dashboard", "seismic.quakes");
    scene.put(forAWhile);
    scene.put(forEver);
    QCOMPARE(scene.drift(DriftKind::Unmanaged).size(), std::size_t(2));
    scene.must(MarkBinding{forAWhile, BindingStanding::Ignored, false, "", kNow + kDay});
    scene.must(MarkBinding{forEver, BindingStanding::Ignored, false, ""});
    QVERIFY(scene.drift(DriftKind::Unmanaged).empty());
    QVERIFY(scene.look().agreed.own.empty());
    scene.options.nowMs = kNow + kDay;
    QCOMPARE(scene.drift(DriftKind::Unmanaged).size(), std::size_t(1));
    scene.options.nowMs = std::numeric_limits<TimestampMs>::max() - 1;
    QCOMPARE(scene.drift(DriftKind::Unmanaged).size(), std::size_t(1));
}

void SurveyTest::aPolicyThatApprovedIsNamed() {
    Scene scene;
    scene.grant("g1", "seismic.quakes");
    QCOMPARE(scene.look().agreed.policyOfGrant.at("g1"), std::string("automatic"));
}

void SurveyTest::policiesThatDecidedBesidesAreNamed() {
    Scene scene;
    scene.must(PutPolicy{{"ninety", "Ninety days", PolicyReach::Mesh, "", Approval::Unsaid, "", 0, 90}});
    const auto scope = scene.grant("g1", "seismic.quakes");
    const auto limited = scene.look();
    QCOMPARE(limited.agreed.deciding.at("g1"), (std::vector<PolicyPart>{{"ninety", "limited its end"}}));
    scene.must(RemovePolicy{"automatic"});
    scene.must(PutPolicy{{"guarded", "Guarded", PolicyReach::Mesh, "", Approval::Required, "team-reference", 0}});
    scene.must(SubmitRequest{"g2", scope, "", "", "To see it work", kNoEnd});
    const auto review = scene.catalog.reviewAccess(scope, "", kNoEnd, kNow);
    QVERIFY(std::ranges::any_of(review.needs,
                                [](const auto& need) { return need.why.find("'guarded'") != need.why.npos; }));

    for (const auto& binding : bindingsOf(scope)) {
        scene.put(binding);
    }
    const auto survey = scene.look();
    const auto explanation = explain(survey.facts(), {"User:dashboard", "", {"seismic.quakes"}, {}, "dashboard", ""});
    QVERIFY(explanation.allowed);
    const auto& fetch = *std::ranges::find(explanation.checks, "Fetch", &AccessCheck::api);
    QCOMPARE(fetch.policies, (std::vector<std::string>{"automatic", "ninety"}));
    QVERIFY2(fetch.why.find("(ninety limited its end)") != std::string::npos, fetch.why.c_str());
}

void SurveyTest::aClusterThatCantBeReadHasNoDriftAndNoPlan() {
    Scene scene;
    scene.grant("g1", "seismic.quakes");
    scene.backbone.fakeAccess().fail(Error{ErrorCode::PermissionDenied, "DESCRIBE on the cluster is missing.", 31});
    const auto survey = scene.look();
    QCOMPARE(driftOf(survey).error().message, std::string("DESCRIBE on the cluster is missing."));
    QCOMPARE(planOf(survey).error().code, ErrorCode::PermissionDenied);
    QVERIFY(!survey.agreed.wanted.empty()); // what is agreed is known all the same
}

void SurveyTest::aLedgerThatIsBeingReadHasNeither() {
    Scene scene;
    CatalogStatus reading;
    reading.mode = CatalogMode::CatchingUp;
    scene.catalog.setStatus(reading);
    QCOMPARE(driftOf(scene.look()).error().code, ErrorCode::Unavailable);
}

void SurveyTest::aDeletedTopicOrphansSinceTheLedgerSaysSo() {
    Scene scene;
    const auto binding = reads("User:dashboard", "seismic.gone");
    scene.put(binding);
    QCOMPARE(scene.drift(DriftKind::Orphaned).front().sinceMs, kNow); // nobody knows since when
    scene.options.orphanedSinceMs = {{binding, kNow - 5 * kDay}};
    QCOMPARE(scene.drift(DriftKind::Orphaned).front().sinceMs, kNow - 5 * kDay);
    scene.options.orphanedSinceMs.clear();
    scene.must(RecordAct{"topic.deleted", "seismic.gone", {}, {}});
    const auto deletedMs = scene.catalog.entries({}).value().entries.front().timeMs;
    QCOMPARE(scene.drift(DriftKind::Orphaned).front().sinceMs, deletedMs);
}

void SurveyTest::anUnknownTopicIsNotOrphanedByAGrant() {
    Scene scene;
    const auto bindings = bindingsOf(scene.grant("g1", "seismic.to-come"));
    for (const auto& binding : bindings) {
        scene.put(binding);
    }
    QVERIFY(scene.drift(DriftKind::Orphaned).empty());
    auto survey = scene.look();
    survey.context.deletedTopics = {"seismic.to-come"}; // somebody saw it
    const auto found = driftOf(survey).value();
    QCOMPARE(std::ranges::count(found, DriftKind::Orphaned, &DriftFinding::kind), 1);
}

/// One that was there and is gone is: as the ledger tells of its removal, its user's, or a password that it once had.
void SurveyTest::aPrincipalToComeIsNotOrphanedByAGrant() {
    const auto granted = [](Scene& scene) {
        scene.options.knowsEveryPrincipal = true;
        AccessScope scope;
        scope.principal = "User:to-come";
        scope.reads = {{"seismic.quakes"}};
        scope.group = {"g"};
        scene.must(SubmitRequest{"g1", scope, "", "", "To see it work", kNoEnd});
        for (const auto& binding : bindingsOf(scope)) {
            scene.put(binding);
        }
    };
    Scene never;
    granted(never);
    QVERIFY(never.drift(DriftKind::Orphaned).empty());
    for (const char* act : {"user.removed", "user.password"}) {
        Scene once;
        granted(once);
        once.must(RecordAct{act, "User:to-come", {}, {}});
        QCOMPARE(once.drift(DriftKind::Orphaned).size(), std::size_t(2));
        once.user("to-come");
        QVERIFY(once.drift(DriftKind::Orphaned).empty());
    }
    never.must(PutPrincipal{"User:to-come", "To come", PrincipalKind::Service, "team-seismic", "", false});
    QVERIFY(never.drift(DriftKind::Orphaned).empty());
    never.must(RemovePrincipal{"User:to-come"});
    QCOMPARE(never.drift(DriftKind::Orphaned).size(), std::size_t(2));
}

void SurveyTest::principalsOfAClusterMayBeKnownElsewhere() {
    Scene scene;
    const auto binding = reads("User:CN=loader", "seismic.quakes");
    scene.put(binding);
    QVERIFY(scene.drift(DriftKind::Orphaned).empty());
    scene.options.knowsEveryPrincipal = true;
    QCOMPARE(scene.drift(DriftKind::Orphaned).size(), std::size_t(1));
    scene.options.knowsEveryPrincipal = false;
    scene.must(PutPrincipal{"User:CN=loader", "Loader", PrincipalKind::Service, "team-seismic", "", false});
    scene.must(RemovePrincipal{"User:CN=loader"});
    QCOMPARE(scene.drift(DriftKind::Orphaned).size(), std::size_t(1));
    scene.user("CN=loader"); // it is there all the same
    QVERIFY(scene.drift(DriftKind::Orphaned).empty());
}

void SurveyTest::whatFlapsIsLeftAlone() {
    Scene scene;
    const auto wanted = bindingsOf(scene.grant("g1", "seismic.quakes"));
    scene.options.flapping = {wanted.front()};
    QCOMPARE(scene.drift(DriftKind::Flapping).size(), std::size_t(1));
    QCOMPARE(planOf(scene.look()).value().create.size(), wanted.size() - 1);
}

void SurveyTest::theActorIsWhoLogsIn() {
    backbone::Profile profile;
    QCOMPARE(guardOf(profile).actor, std::string("User:ANONYMOUS"));
    profile.user = "admin";
    QCOMPARE(guardOf(profile).actor, std::string("User:admin"));
}

QTEST_GUILESS_MAIN(SurveyTest)
#include "survey_test.moc"
