// SPDX-License-Identifier: Apache-2.0
#include "product/access_policy.h"
#include "product/undo.h"
#include "support/access_scene.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::catalog;
using test::AccessScene;

namespace {

const AccessScope kScope = AccessScene::reading({"flights.v1"});

/// Does a command, and undoes it in somebody's name.
class UndoScene : public AccessScene {
public:
    std::vector<FieldChange> done(const std::string& person, const Command& command) {
        return must(person, command).changes;
    }
    /// The act that takes it back, done by `person`; empty: refused, with the reason in `refusal`.
    std::string undo(const std::string& person, const Command& command, const std::vector<FieldChange>& changes) {
        auto inverse = inverseOf(command, changes, mesh());
        if (!inverse) {
            refusal = inverse.error();
            return {};
        }
        std::string acts;
        for (const Command& one : inverse->commands) {
            must(person, one);
            acts += actOf(one);
        }
        return acts;
    }
    Error refusal;
};

} // namespace

/// What takes back an act on access, and why nothing does.
class AccessUndoTest : public QObject {
    Q_OBJECT

private slots:
    void rulesAndNamesGoBack() {
        UndoScene scene;
        const PutPolicy first{
            Policy{"p", "P", PolicyReach::Topic, "flights*", Approval::Required, "security", 2, 30, 7}};
        const auto made = scene.done("dora", first);
        const PutPolicy second{Policy{"p", "Q", PolicyReach::Mesh, "", Approval::Unsaid, "", 0, 0, 0, true}};
        const auto changed = scene.done("dora", second);
        QCOMPARE(scene.undo("dora", first, made), std::string());
        QCOMPARE(scene.refusal.code, ErrorCode::Conflict);
        QCOMPARE(scene.undo("dora", second, changed), std::string("policy.put"));
        Policy now = *scene.mesh().policies.find("p");
        QCOMPARE(now.subject, std::string("flights*"));
        QVERIFY(now.people == 2 && now.maxDays == 30 && now.lapseDays == 7 && !now.allowsEverything);
        QCOMPARE(scene.undo("dora", first, made), std::string("policy.remove"));

        const PutPrincipal principal{"User:x", "X", PrincipalKind::Tool, "seismic", "cleo", true};
        const auto put = scene.done("cleo", principal);
        QCOMPARE(scene.undo("cleo", principal, put), std::string()); // disabled: it would be enabled
        const PutPrincipal enabled{"User:x", "X", PrincipalKind::Tool, "seismic", "cleo", false};
        const auto enabling = scene.done("cleo", enabled);
        QCOMPARE(scene.undo("cleo", enabled, enabling), std::string("principal.put"));
        QVERIFY(scene.mesh().principals.find("User:x")->disabled);

        const Classify classify{false, "flights.v1", Classification::Restricted};
        const auto classified = scene.done("ada", classify);
        QCOMPARE(scene.undo("ada", classify, classified), std::string("access.classify"));
        QVERIFY(scene.mesh().topicClasses.items().empty());
        const PutAccessRoles roles{"security", "seismic"};
        const auto said = scene.done("dora", roles);
        QCOMPARE(scene.undo("dora", roles, said), std::string("access.roles"));
        QCOMPARE(scene.mesh().roles.find(kRolesId)->enforcers, std::string());
    }

    void anApprovalIsTakenBackByRevoking() {
        UndoScene scene;
        const auto ask = AccessScene::asking("r", kScope, daysLater(scene.now(), 9));
        const auto asked = scene.done("eve", ask);
        const ApproveRequest approve{"r", kScope, daysLater(scene.now(), 9), ""};
        const auto approved = scene.done("ada", approve);
        QCOMPARE(scene.undo("eve", ask, asked), std::string()); // the later entry first
        QCOMPARE(scene.undo("ada", approve, approved), std::string("grant.revoke"));
        QVERIFY(scene.grant("r").revoked);
        const RevokeGrant revoke{"r"};
        QCOMPARE(scene.undo("ada", approve, approved), std::string()); // once only
        scene.must("ada", RestoreGrant{"r"});
        const auto revoked = scene.done("eve", revoke);
        QCOMPARE(scene.undo("ada", revoke, revoked), std::string("grant.restore"));
        const TimestampMs end = scene.grant("r").untilMs;
        const ShortenGrant shorten{"r", end - 7};
        const auto shortened = scene.done("eve", shorten);
        QCOMPARE(scene.undo("bob", shorten, shortened), std::string("grant.renew"));
        QCOMPARE(scene.grant("r").untilMs, end);
    }

    /// Its end goes back, as long as nobody has moved it since.
    void anAgreedRenewalIsTakenBack() {
        UndoScene scene;
        const TimestampMs first = daysLater(scene.now(), 9), later = daysLater(scene.now(), 19);
        scene.must("eve", AccessScene::asking("r", kScope, first));
        scene.must("ada", ApproveRequest{"r", kScope, first, ""});
        auto renewal = AccessScene::asking("again", kScope, later);
        renewal.renews = "r";
        scene.must("eve", renewal);
        const ApproveRequest approve{"again", kScope, later, ""};
        const auto approved = scene.done("ada", approve);
        QCOMPARE(scene.grant("r").untilMs, later);
        const auto moved = std::ranges::find(approved, "end of the grant", &FieldChange::field);
        QVERIFY(moved != approved.end());
        QCOMPARE(moved->before.value_or(""), std::to_string(first));
        scene.must("ada", ShortenGrant{"r", later - 7});
        QCOMPARE(scene.undo("ada", approve, approved), std::string());
        QCOMPARE(scene.refusal.code, ErrorCode::Conflict);
        scene.must("ada", RenewGrant{"r", later});
        QCOMPARE(scene.undo("ada", approve, approved), std::string("grant.shorten"));
        QCOMPARE(scene.grant("r").untilMs, first);
        QCOMPARE(scene.undo("ada", approve, approved), std::string()); // once only
    }

    void aRequestIsTakenBackByItsAuthor() {
        UndoScene scene;
        const auto ask = AccessScene::asking("r", kScope);
        const auto asked = scene.done("eve", ask);
        QCOMPARE(scene.undo("eve", ask, asked), std::string("request.withdraw"));
        const DeclineRequest decline{"s"};
        scene.must("eve", AccessScene::asking("s", kScope));
        const auto declined = scene.done("ada", decline);
        QCOMPARE(scene.undo("ada", decline, declined), std::string("request.reopen"));
        QCOMPARE(scene.request("s").state, RequestState::Submitted);
        scene.must("eve", AccessScene::asking("both", AccessScene::reading({"flights.v1", "quakes.v1"})));
        const ApproveRequest half{"both", AccessScene::reading({"flights.v1", "quakes.v1"}), kNoEnd, ""};
        const auto agreed = scene.done("ada", half);
        QCOMPARE(scene.undo("ada", half, agreed), std::string("request.decline"));
    }

    void anAmendedRequestIsAmendedBack() {
        UndoScene scene;
        AccessScope wide = AccessScene::reading({"flights.v1", "quakes*"});
        wide.role = Role::ConsumeTransformProduce;
        wide.writes = {{"flights.out"}};
        wide.transactionalId = {"tx-", backbone::PatternType::Prefixed};
        const auto ask = AccessScene::asking("r", wide, daysLater(scene.now(), 9));
        const auto asked = scene.done("eve", ask);
        const AmendRequest amend{"r", kScope, "For the wall", kNoEnd};
        const auto amended = scene.done("eve", amend);
        QCOMPARE(scene.undo("eve", ask, asked), std::string()); // the later entry first
        QCOMPARE(scene.undo("eve", amend, amended), std::string("request.amend"));
        QCOMPARE(scene.request("r").scope, wide);
        QCOMPARE(scene.request("r").untilMs, ask.untilMs);
        QCOMPARE(scene.request("r").purpose, ask.purpose);
        QCOMPARE(scene.undo("eve", ask, asked), std::string("request.withdraw"));
    }

    /// Undoing the undo does the act again.
    void anUndoIsUndoneInTurn() {
        UndoScene scene;
        const auto again = [&](const std::string& person, const Command& command, const char* backAct,
                               const char* againAct) {
            const auto changes = scene.done(person, command);
            const auto inverse = inverseOf(command, changes, scene.mesh()).value();
            const Command back = inverse.commands.at(0);
            const auto undone = scene.done(person, back);
            return actOf(back) == backAct && scene.undo(person, back, undone) == againAct;
        };
        QVERIFY(again("dora", PutAccessRoles{"security", "seismic"}, "access.roles", "access.roles"));
        QVERIFY(again("dora", PutPolicy{Policy{.id = "p", .name = "P", .maxDays = 30}}, "policy.remove", "policy.put"));
        QCOMPARE(scene.mesh().policies.find("p")->maxDays, std::int64_t{30});
        QVERIFY(again("dora", RemovePolicy{"p"}, "policy.put", "policy.remove"));
        QVERIFY(again("cleo", PutPrincipal{"User:x", "X", PrincipalKind::Tool, "seismic", "cleo", false},
                      "principal.remove", "principal.put"));
        QVERIFY(again("cleo", PutPrincipal{"User:x", "X", PrincipalKind::Tool, "seismic", "cleo", true},
                      "principal.put", "principal.put"));
        QVERIFY(scene.mesh().principals.find("User:x")->disabled);
        QVERIFY(
            again("ada", Classify{true, "flights", Classification::Restricted}, "access.classify", "access.classify"));
        const backbone::AclBinding binding{backbone::ResourceKind::Topic, backbone::PatternType::Literal, "quakes.v1",
                                           "User:y", "*"};
        QVERIFY(again("dora", MarkBinding{binding, BindingStanding::Ignored, false, "", daysLater(scene.now(), 9)},
                      "access.mark", "access.mark"));
        scene.must("eve", AccessScene::asking("r", kScope));
        scene.must("ada", ApproveRequest{"r", kScope, kNoEnd, ""});
        QVERIFY(again("ada", RevokeGrant{"r"}, "grant.restore", "grant.revoke"));
        QVERIFY(scene.grant("r").revoked);
        QVERIFY(again("ada", RestoreGrant{"r"}, "grant.revoke", "grant.restore"));
        QVERIFY(again("ada", ShortenGrant{"r", daysLater(scene.now(), 5)}, "grant.renew", "grant.shorten"));
        QVERIFY(again("ada", RenewGrant{"r", daysLater(scene.now(), 7)}, "grant.shorten", "grant.renew"));
        scene.must("eve", AccessScene::asking("s", kScope));
        QVERIFY(again("eve", WithdrawRequest{"s"}, "request.reopen", "request.withdraw"));
    }

    void whatIsSaidOrDoneStaysAndSaysWhy() {
        UndoScene scene;
        const auto stays = [&](const std::string& person, const Command& command, const char* word) {
            const auto changes = scene.done(person, command);
            return scene.undo(person, command, changes).empty() && scene.refusal.code == ErrorCode::Unsupported &&
                   scene.refusal.message.find(word) != std::string::npos;
        };
        scene.must("eve", AccessScene::asking("r", kScope));
        QVERIFY(stays("eve", CommentRequest{"r", "Please", false}, "comment again"));
        scene.must("ada", ApproveRequest{"r", kScope, kNoEnd, ""});
        QVERIFY(stays("dora", ReportGrant{"r", GrantState::Waiting, "Away", 1, {}}, "backbone"));
        const OpenCampaign open{"c", "Spring", "flights", kNoEnd};
        const auto opened = scene.done("ada", open);
        QVERIFY(stays("ada", AnswerCampaign{"c", "r", true}, "stays"));
        QCOMPARE(scene.undo("ada", open, opened), std::string()); // it has been answered
        scene.must("ada", OpenCampaign{"d", "Summer", "flights", kNoEnd});
        const AnswerCampaign drop{"d", "r", false};
        const auto dropped = scene.done("ada", drop);
        QCOMPARE(scene.undo("ada", drop, dropped), std::string("grant.restore"));
        QVERIFY(stays("ada", CloseCampaign{"d"}, "another one"));
    }
};

QTEST_GUILESS_MAIN(AccessUndoTest)
#include "access_undo_test.moc"
