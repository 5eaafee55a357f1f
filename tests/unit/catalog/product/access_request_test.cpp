// SPDX-License-Identifier: Apache-2.0
#include "product/access_policy.h"
#include "product/access_views.h"
#include "support/access_scene.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::AccessScene;

namespace {

constexpr auto kDenied = ErrorCode::PermissionDenied;
constexpr auto kBad = ErrorCode::InvalidArgument;
constexpr auto kConflict = ErrorCode::Conflict;

AccessScope reading(const std::vector<std::string>& topics, const std::string& principal = "User:dashboard") {
    return AccessScene::reading(topics, principal);
}
SubmitRequest asking(const std::string& id, const AccessScope& scope, TimestampMs untilMs = kNoEnd) {
    return AccessScene::asking(id, scope, untilMs);
}
ApproveRequest approving(const std::string& id, const AccessScope& scope, TimestampMs untilMs = kNoEnd) {
    return {id, scope, untilMs, ""};
}
AccessReview review(const AccessScene& scene, const AccessScope& scope, TimestampMs untilMs = kNoEnd) {
    return reviewOf(scene.mesh(), {scope, "", untilMs, scene.now()});
}
PutPolicy automaticFor(const char* id, const char* topics) {
    return {
        Policy{.id = id, .name = id, .reach = PolicyReach::Topic, .subject = topics, .approval = Approval::Automatic}};
}
bool says(const std::vector<std::string>& sentences, const char* word) {
    return std::ranges::any_of(sentences, [&](const auto& one) { return one.find(word) != std::string::npos; });
}

} // namespace

/// Asking and deciding: who may, what wins, what is refused and how it is said.
class AccessRequestTest : public QObject {
    Q_OBJECT

private slots:
    void theOwnerDecides() {
        AccessScene scene;
        scene.must("eve", asking("r", reading({"flights.v1"})));
        for (const char* person : {"cleo", "dora"}) { // another owner, and an admin
            QVERIFY(scene.refuses(person, approving("r", reading({"flights.v1"})), kDenied, "flight-ops"));
        }
        QVERIFY(scene.refuses("eve", approving("r", reading({"flights.v1"})), kDenied, "somebody else"));
        scene.must("bob", approving("r", reading({"flights.v1"})));
        QVERIFY(scene.grant("r").inForceAt(scene.now()));
        QCOMPARE(scene.grant("r").decisions.at(0).person, std::string("bob"));
        QCOMPARE(scene.grant("r").requester, std::string("eve"));
        QCOMPARE(scene.request("r").state, RequestState::Approved);
    }

    /// In person, for a principal of one's own, and for one that was one's own when it was asked.
    void nobodyDecidesForThemselves() {
        AccessScene scene;
        const AccessScope mine = reading({"flights.v1"}, "User:ada-laptop");
        scene.must("dora", PutPrincipal{"User:ada-laptop", "Laptop", PrincipalKind::Person, "", "ada"});
        scene.must("ada", asking("own", mine));
        QVERIFY(scene.refuses("ada", approving("own", mine), kDenied, "asked for this"));
        scene.must("eve", asking("other", mine));
        QVERIFY(scene.refuses("ada", approving("other", mine), kDenied, "own"));
        QVERIFY(scene.refuses("ada", DeclineRequest{"other"}, kDenied, "own"));
        scene.must("dora", PutPrincipal{"User:ada-laptop", "Laptop", PrincipalKind::Person, "", "cleo"});
        QVERIFY(scene.refuses("ada", approving("other", mine), kDenied, "own"));
        scene.must("eve", asking("later", reading({"quakes.v1"}, "User:ada-laptop")));
        QVERIFY(scene.refuses("cleo", approving("later", reading({"quakes.v1"}, "User:ada-laptop")), kDenied, "own"));
        scene.must("bob", approving("other", mine));
        QVERIFY(scene.isGranted("other"));
    }

    void everyOwnerMustAgree() {
        AccessScene scene;
        const AccessScope both = reading({"flights.v1", "quakes.v1"});
        scene.must("eve", asking("r", both));
        scene.must("ada", approving("r", both));
        QVERIFY(!scene.isGranted("r"));
        QCOMPARE(pendingRequests(scene.mesh(), "cleo", scene.now()).size(), std::size_t{1});
        QVERIFY(pendingRequests(scene.mesh(), "ada", scene.now()).empty());
        QVERIFY(scene.refuses("ada", approving("r", both), kConflict, "already"));
        scene.must("cleo", approving("r", both));
        QCOMPARE(scene.grant("r").decisions.size(), std::size_t{2});
    }

    void classifiedDataNeedsASecondPerson() {
        AccessScene scene;
        scene.must("ada", Classify{false, "flights.v1", Classification::Restricted});
        scene.must("dora", PutPolicy{Policy{.id = "two",
                                            .name = "Two people",
                                            .reach = PolicyReach::Classification,
                                            .subject = "confidential",
                                            .approvers = "security",
                                            .people = 2}});
        const AccessScope scope = reading({"flights.v1"});
        const auto wanted = review(scene, scope);
        QCOMPARE(wanted.level, Classification::Restricted);
        QCOMPARE(wanted.people, std::int64_t{2});
        QCOMPARE(wanted.peopleBy, std::string("two"));
        QCOMPARE(wanted.needs.size(), std::size_t{2});
        scene.must("eve", asking("r", scope));
        scene.must("ada", approving("r", scope));
        QVERIFY(!scene.isGranted("r"));
        scene.must("bob", approving("r", scope)); // two people, but nobody of security
        QVERIFY(!scene.isGranted("r"));
        scene.must("dora", approving("r", scope));
        QVERIFY(scene.isGranted("r"));
        QCOMPARE(review(scene, reading({"quakes.v1"})).people, std::int64_t{1});
    }

    void theLowestLimitWinsAndIsNamed() {
        AccessScene scene;
        scene.must("dora", PutPolicy{Policy{.id = "mesh", .name = "All", .maxDays = 365, .lapseDays = 14}});
        scene.must(
            "dora",
            PutPolicy{Policy{
                .id = "air", .name = "Aviation", .reach = PolicyReach::Domain, .subject = "aviation", .maxDays = 30}});
        const AccessScope scope = reading({"flights.v1"});
        const auto wanted = review(scene, scope);
        QCOMPARE(wanted.endMs, daysLater(scene.now(), 30));
        QVERIFY(wanted.endBy.find("'air'") != std::string::npos);
        QCOMPARE(wanted.lapsesMs, daysLater(scene.now(), 14));
        QCOMPARE(wanted.policies, (std::vector<std::string>{"air", "mesh"}));
        scene.must("eve", asking("r", scope, daysLater(scene.now(), 100)));
        scene.must("ada", approving("r", scope, daysLater(scene.now(), 90)));
        QCOMPARE(scene.grant("r").untilMs, daysLater(scene.now(), 30));
        QVERIFY(scene.grant("r").endBy.find("'air'") != std::string::npos);
        scene.must("eve", asking("s", scope, daysLater(scene.now(), 20)));
        scene.must("ada", approving("s", scope, daysLater(scene.now(), 10)));
        QCOMPARE(scene.grant("s").untilMs, daysLater(scene.now(), 10));
        QVERIFY(scene.grant("s").endBy.find("'ada'") != std::string::npos);
    }

    void aPolicyMayApproveByItself() {
        AccessScene scene;
        scene.must("dora", PutPolicy{Policy{.id = "open",
                                            .name = "Open",
                                            .reach = PolicyReach::Product,
                                            .subject = "flights",
                                            .approval = Approval::Automatic,
                                            .maxDays = 7}});
        scene.must("dora", PutPolicy{Policy{.id = "mesh", .name = "All", .approval = Approval::Required}});
        scene.must("eve", asking("r", reading({"flights.v1"})));
        QCOMPARE(scene.grant("r").decisions.at(0).person, std::string("policy:open"));
        QCOMPARE(scene.grant("r").untilMs, daysLater(scene.now(), 7));
        scene.must("eve", asking("both", reading({"flights.v1", "quakes.v1"})));
        QVERIFY(!scene.isGranted("both"));
        scene.must("eve", asking("wide", reading({"fl*"})));
        QVERIFY(!scene.isGranted("wide")); // it covers what isn't the product's, as soon as that is there
        scene.must("ada", Classify{true, "flights", Classification::Confidential});
        scene.must("eve", asking("told", reading({"flights.v1"})));
        QVERIFY(!scene.isGranted("told")); // whether or not a policy of the class says so
        scene.must("ada", Classify{true, "flights", Classification::Internal});
        scene.must("dora", PutPolicy{Policy{.id = "classified",
                                            .name = "Classified",
                                            .reach = PolicyReach::Classification,
                                            .subject = "confidential",
                                            .approval = Approval::Required}});
        scene.must("ada", Classify{true, "flights", Classification::Confidential});
        scene.must("eve", asking("later", reading({"flights.v1"})));
        QVERIFY(!scene.isGranted("later"));
    }

    /// A policy of one topic isn't one of all that begins so.
    void aPolicyOfATopicApprovesNoMore() {
        AccessScene scene;
        const auto isAutomatic = [&](const AccessScope& scope) { return review(scene, scope).automatic; };
        scene.must("dora", automaticFor("one", "flights.v1"));
        QVERIFY(isAutomatic(reading({"flights.v1"})));
        QVERIFY(!isAutomatic(reading({"flights.v1*"})));
        QVERIFY(!isAutomatic(reading({"f*"})));
        QVERIFY(!isAutomatic(reading({"*"})));
        scene.must("dora", automaticFor("some", "flights.*"));
        QVERIFY(isAutomatic(reading({"flights.v*"})));
        scene.must("dora", PutPolicy{Policy{.id = "but",
                                            .name = "But",
                                            .reach = PolicyReach::Product,
                                            .subject = "flights",
                                            .approval = Approval::Required}});
        QVERIFY(!isAutomatic(reading({"flights.v*"}))); // a part of it is to be looked at
    }

    /// A Streams application has every topic that begins with its id: who owns those must agree, and nobody by itself.
    void whatARoleHasBesidesIsLookedAtToo() {
        AccessScene scene;
        scene.must("dora", automaticFor("one", "flights.v1"));
        auto scope = reading({"flights.v1"});
        scope.role = Role::Streams;
        scope.group = {"quakes."};
        const auto other = review(scene, scope);
        QVERIFY(!other.automatic);
        const auto cleos = scene.mesh().products.find("quakes")->owner;
        QVERIFY(std::ranges::any_of(other.needs, [&](const ApprovalNeed& need) { return need.team == cleos; }));
        QVERIFY(says(other.warnings, "delete every topic that begins with 'quakes.'"));
        scope.group = {"_meshbone."};
        const auto internal = review(scene, scope);
        QVERIFY(!internal.automatic);
        QVERIFY(std::ranges::any_of(internal.needs, [](const ApprovalNeed& need) { return need.team.empty(); }));
        QVERIFY(says(internal.warnings, "_meshbone.ledger"));
    }

    /// What was asked before the policy came is still the owner's to decide, and the owner may revoke.
    void aPolicyThatApprovesTakesNoRightAway() {
        AccessScene scene;
        scene.must("eve", asking("before", reading({"flights.v1"})));
        scene.must("dora", PutPolicy{Policy{.id = "open", .name = "Open", .approval = Approval::Automatic}});
        QCOMPARE(pendingRequests(scene.mesh(), "ada", scene.now()).size(), std::size_t{1});
        QVERIFY(scene.refuses("cleo", approving("before", reading({"flights.v1"})), kDenied, "flight-ops"));
        scene.must("ada", approving("before", reading({"flights.v1"})));
        scene.must("eve", asking("after", reading({"flights.v1"})));
        scene.must("bob", RevokeGrant{"after"});
        QVERIFY(scene.grant("after").revoked);
    }

    void aProductThatIsNotThereOrOffersNoneOfItIsMinded() {
        AccessScene scene;
        const AccessScope scope = reading({"flights.v1"});
        const auto warnings = [&](const char* product) {
            return reviewOf(scene.mesh(), {scope, product, kNoEnd, scene.now()}).warnings;
        };
        QVERIFY(says(warnings("nope"), "There is no product 'nope'"));
        QVERIFY(!says(warnings("flights"), "product"));
        QVERIFY(!says(warnings(""), "product"));
        scene.must("dora", PutProduct{"empty", "Empty", "", "aviation", "flight-ops"});
        QVERIFY(says(warnings("empty"), "The product 'empty' offers none of it."));
    }

    void whatNobodyOwnsIsTheAdmins() {
        AccessScene scene;
        const AccessScope scope = reading({"to.come.v1"});
        QVERIFY(says(review(scene, scope).warnings, "may not be there yet"));
        QVERIFY(says(review(scene, scope).warnings, "whose principal"));
        scene.must("eve", asking("r", scope));
        QVERIFY(scene.refuses("ada", approving("r", scope), kDenied, "admins"));
        scene.must("dora", approving("r", scope));
        QVERIFY(scene.isGranted("r"));
    }

    void whatMatchesEverythingNeedsConsent() {
        AccessScene scene;
        for (const AccessScope& scope : {reading({"*"}), reading({"flights.v1"}, "User:*")}) {
            QVERIFY(review(scene, scope).everything);
            QVERIFY(scene.refuses("eve", asking("r", scope), kDenied, "matches everything"));
        }
        AccessScope groups = reading({"flights.v1"});
        groups.group = {"*"};
        QVERIFY(scene.refuses("eve", asking("r", groups), kDenied, "matches everything"));
        QVERIFY(scene.refuses(
            "dora",
            PutPolicy{Policy{
                .id = "p", .name = "P", .reach = PolicyReach::Product, .subject = "flights", .allowsEverything = true}},
            kBad, "whole mesh"));
        scene.must("dora", PutPolicy{Policy{.id = "all", .name = "All", .allowsEverything = true}});
        scene.must("eve", asking("r", reading({"*"})));
        scene.must("dora", approving("r", reading({"*"})));
        QVERIFY(scene.isGranted("r"));
    }

    void badInputIsRefusedWithWhatToWrite() {
        AccessScene scene;
        const auto refused = [&](const AccessScope& scope, const char* word) {
            return scene.refuses("eve", asking("r", scope), kBad, word);
        };
        QVERIFY(refused(reading({"flights.v1"}, "dashboard"), "colon"));
        QVERIFY(refused(reading({"flights.v1"}, "User:"), "colon"));
        QVERIFY(refused(reading({"flights.v1"}, "user:dashboard"), "User"));
        QVERIFY(refused(reading({"flights v1"}), "No topic can be named"));
        QVERIFY(refused(reading({"flights.v1", "flights.v1"}), "twice"));
        QVERIFY(refused(reading({}), "topics"));
        AccessScope host = reading({"flights.v1"});
        host.host = "dashboard.local";
        QVERIFY(refused(host, "no IP address"));
        QVERIFY(scene.refuses("eve", asking("r", reading({"flights.v1"}), scene.now()), kBad, "passed"));
        QVERIFY(scene.refuses("eve", asking("R!", reading({"flights.v1"})), kBad, "request"));
        SubmitRequest silent = asking("r", reading({"flights.v1"}));
        silent.purpose.clear();
        QVERIFY(scene.refuses("eve", silent, kBad, "what the access is for"));
        QVERIFY(!scene.refuses("eve", asking("r", reading({"flights.v1"}, "User:a: b ")), kBad, ""));
        QCOMPARE(scene.request("r").scope.principal, std::string("User:a: b ")); // never trimmed
        QVERIFY(scene.refuses("eve", asking("r", reading({"flights.v1"})), ErrorCode::AlreadyExists, "'eve'"));
    }

    void anApprovalIsNeverWider() {
        AccessScene scene;
        const AccessScope prefix = reading({"flights.*"});
        const TimestampMs end = daysLater(scene.now(), 20);
        scene.must("eve", asking("r", prefix, end));
        QVERIFY(scene.refuses("ada", approving("r", reading({"flights*"}), end), kBad, "narrower"));
        QVERIFY(scene.refuses("ada", approving("r", prefix, end + 1), kBad, "longer"));
        QVERIFY(scene.refuses("ada", approving("r", prefix), kBad, "longer"));
        QVERIFY(scene.refuses("ada", approving("r", reading({"flights.v1"}, "User:other"), end), kBad, "narrower"));
        AccessScope group = prefix;
        group.group = {"dash", backbone::PatternType::Prefixed};
        QVERIFY(scene.refuses("ada", approving("r", group, end), kBad, "narrower"));
        AccessScope narrow = reading({"flights.v1"});
        narrow.host = "10.0.0.1";
        scene.must("ada", approving("r", narrow, end - 5));
        QCOMPARE(scene.grant("r").scope, narrow);
        QCOMPARE(scene.grant("r").untilMs, end - 5);
    }

    void ofTwoDecisionsTheFirstWins() {
        AccessScene scene;
        scene.must("eve", asking("r", reading({"flights.v1"})));
        scene.must("ada", approving("r", reading({"flights.v1"})));
        QVERIFY(scene.refuses("bob", DeclineRequest{"r"}, kConflict, "was approved by 'ada'"));
        scene.must("eve", asking("s", reading({"flights.v1"})));
        scene.must("bob", DeclineRequest{"s"}, "Not before May");
        QVERIFY(scene.refuses("ada", approving("s", reading({"flights.v1"})), kConflict, "was declined by 'bob'"));
        QCOMPARE(scene.request("s").decisions.at(0).reason, std::string("Not before May"));
        QVERIFY(!scene.isGranted("s"));
        scene.must("eve", asking("t", reading({"flights.v1"})));
        QVERIFY(scene.refuses("ada", DeclineRequest{"t"}, kBad, "why", ""));
    }

    void aRequestLapsesAndStays() {
        AccessScene scene;
        scene.must("eve", asking("r", reading({"flights.v1"})));
        scene.pass(kDefaultLapseDays - 1);
        QCOMPARE(scene.request("r").stateAt(scene.now()), RequestState::Submitted);
        scene.pass(1);
        QCOMPARE(scene.request("r").stateAt(scene.now()), RequestState::Lapsed);
        QVERIFY(pendingRequests(scene.mesh(), "ada", scene.now()).empty());
        QVERIFY(scene.refuses("ada", approving("r", reading({"flights.v1"})), kConflict, "lapsed"));
        QCOMPARE(scene.request("r").state, RequestState::Submitted); // the ledger itself has no clock
    }

    void itsAuthorAmendsCommentsAndWithdraws() {
        AccessScene scene;
        const AccessScope both = reading({"flights.v1", "quakes.v1"});
        scene.must("eve", asking("r", both));
        scene.must("ada", approving("r", both));
        QVERIFY(scene.refuses("dora", AmendRequest{"r", reading({"quakes.v1"}), "Other", kNoEnd}, kDenied, "'eve'"));
        scene.must("eve", AmendRequest{"r", reading({"quakes.v1"}), "Only these", kNoEnd});
        QVERIFY(scene.request("r").decisions.empty()); // what was agreed to is something else now
        scene.must("cleo", CommentRequest{"r", "Which group?", false});
        scene.must("eve", CommentRequest{"r", "", true});
        QCOMPARE(scene.request("r").remarks.size(), std::size_t{2});
        QVERIFY(scene.refuses("cleo", CommentRequest{"r", "", false}, kBad, "empty"));
        QVERIFY(scene.refuses("cleo", WithdrawRequest{"r"}, kDenied, "'eve'"));
        scene.must("eve", WithdrawRequest{"r"});
        QVERIFY(scene.refuses("cleo", approving("r", reading({"quakes.v1"})), kConflict, "withdrawn"));
        scene.must("eve", ReopenRequest{"r"});
        scene.must("cleo", DeclineRequest{"r"});
        QVERIFY(scene.refuses("eve", ReopenRequest{"r"}, kDenied, "'cleo'"));
        scene.must("cleo", ReopenRequest{"r"});
        scene.must("cleo", approving("r", reading({"quakes.v1"})));
        QVERIFY(scene.isGranted("r"));
    }

    void somebodyWhoLookedEarlierIsTold() {
        AccessScene scene;
        scene.must("eve", asking("r", reading({"flights.v1", "quakes.v1"})));
        const auto seen = scene.request("r").revision;
        scene.must("eve", AmendRequest{"r", reading({"flights.v1"}), "Less", kNoEnd});
        const auto late = scene.attempt("ada", approving("r", reading({"flights.v1"})), "", seen);
        QCOMPARE(late.error().code, kConflict);
        QVERIFY(late.error().message.find("after you looked") != std::string::npos);
    }

    /// Once there are admins, nobody makes themselves an owner; before, everybody may do everything.
    void nobodyJoinsTheOwnersByThemselves() {
        AccessScene scene;
        const auto denied = [&](const char* person, const Command& command, const char* who) {
            return scene.refuses(person, command, kDenied, who);
        };
        QVERIFY(denied("eve", PutTeam{"flight-ops", "Mine", "", {"eve"}}, "flight-ops"));
        QVERIFY(denied("eve", PutTeam{"security", "Mine", "", {"eve"}}, "security"));
        QVERIFY(denied("eve", PutPerson{"ada", "Ada", ""}, "admin"));
        QVERIFY(denied("eve", PutDomain{"mine", "Mine", "", "security"}, "admin"));
        QVERIFY(denied("cleo", PutProduct{"mine", "Mine", "", "aviation", "seismic"}, "flight-ops"));
        QVERIFY(denied("cleo", PutProduct{"flights", "Flights", "", "earth", "seismic"}, "flight-ops"));
        QVERIFY(denied("cleo", RemoveProduct{"flights"}, "flight-ops"));
        QVERIFY(denied("cleo", RemoveDomain{"aviation"}, "flight-ops"));
        QVERIFY(denied("cleo", RemovePort{"flights", "flights.v1", PortDirection::Output}, "flight-ops"));
        QVERIFY(denied("cleo", DescribeTopic{"flights.v1", "Mine"}, "flight-ops"));
        scene.must("dora", Classify{false, "salaries", Classification::Restricted});
        QVERIFY(denied("cleo", PutPort{"quakes", {"salaries", PortDirection::Output, ""}}, "classified"));
        scene.must("cleo", PutPort{"quakes", {"quakes.v2", PortDirection::Output, ""}});
        scene.must("eve", PutPerson{"eve", "Eve", ""});
        scene.must("eve", PutTeam{"eves", "Eves", "", {"eve"}});
        scene.must("eve", DescribeTopic{"nobodys", "Words"});
        scene.must("ada", PutTeam{"flight-ops", "Flight operations", "", {"ada", "bob", "eve"}});
        scene.must("dora", PutAccessRoles{"", ""});
        scene.must("cleo", PutTeam{"flight-ops", "Flight operations", "", {"ada"}});
    }

    void onlyAdminsChangeTheRules() {
        AccessScene scene;
        QVERIFY(scene.refuses("ada", PutAccessRoles{"flight-ops", ""}, kDenied, "security"));
        QVERIFY(scene.refuses("ada", PutPolicy{Policy{.id = "p", .name = "P"}}, kDenied, "admin"));
        QVERIFY(scene.refuses("cleo", Classify{false, "flights.v1", Classification::Internal}, kDenied, "flight-ops"));
        QVERIFY(scene.refuses("eve", PutPrincipal{"User:x", "X", PrincipalKind::Service, "seismic", ""}, kDenied,
                              "seismic"));
        scene.must("cleo", PutPrincipal{"User:x", "X", PrincipalKind::Service, "seismic", ""});
        QVERIFY(scene.refuses("ada", PutPrincipal{"User:x", "X", PrincipalKind::Service, "flight-ops", ""}, kDenied,
                              "seismic"));
        QVERIFY(scene.refuses("dora", PutPolicy{Policy{.id = "p", .name = "P", .approvers = "nobody"}},
                              ErrorCode::NotFound, "nobody"));
    }
};

QTEST_GUILESS_MAIN(AccessRequestTest)
#include "access_request_test.moc"
