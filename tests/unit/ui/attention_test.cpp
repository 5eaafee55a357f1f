// SPDX-License-Identifier: Apache-2.0
#include "shell/attention.h"
#include "widgets/english.h"

#include <QtTest>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

AttentionInput calm() {
    AttentionInput input;
    input.profile = QStringLiteral("embedded");
    input.state.reachability = backbone::Reachability::Healthy;
    auto catalog = std::make_shared<CatalogView>();
    catalog->status.mode = catalog::CatalogMode::Live;
    catalog->facts["quakes"] = {"quakes", "", "seismic", "feed", "team-seismic"};
    input.catalog = catalog;
    auto facts = std::make_shared<MeshFacts>();
    facts->topics = {{"_meshbone.ledger", {}, 1, 1, true}, {"quakes", {}, 4, 1, false}};
    facts->groups = {{"reader", "Stable", {"quakes"}, 12, false}};
    input.facts = facts;
    input.report = catalog::VerifyReport{.entries = 3,
                                         .intact = true,
                                         .firstWrong = {},
                                         .reason = {},
                                         .rejected = 0,
                                         .head = "ab",
                                         .firstMs = 1,
                                         .lastMs = 2,
                                         .took = {},
                                         .projectionEqual = true};
    return input;
}

} // namespace

class AttentionTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { installEnglish(); }

    void nothingWaitsOnACalmMesh() { QVERIFY(attentionOf(calm()).isEmpty()); }

    void unreachableComesFirstAndOffersARetry() {
        auto input = calm();
        input.state = {backbone::Reachability::Unreachable, "No answer within 5 s.", 1, {}};
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 1);
        QVERIFY(items[0].retry);
        QCOMPARE(items[0].tone, Tone::Danger);
        QCOMPARE(items[0].detail, QStringLiteral("No answer within 5 s."));
    }

    void aGrantThatEndsIsWarnedOfEarlierAndLouder() {
        constexpr TimestampMs kDayMs = 86'400'000;
        const auto toneOf = [&](TimestampMs inMs) {
            auto input = calm();
            auto catalog = std::make_shared<CatalogView>(*input.catalog);
            catalog::Grant grant;
            grant.id = "g";
            grant.scope.principal = "User:board";
            grant.fromMs = 0;
            grant.untilMs = input.nowMs + inMs;
            grant.reported = catalog::GrantState::Enforced;
            catalog->access.grants = {grant};
            input.catalog = catalog;
            const auto items = attentionOf(input);
            return items.isEmpty() ? Tone::Neutral : items.front().tone;
        };
        QCOMPARE(toneOf(31 * kDayMs), Tone::Neutral);
        QCOMPARE(toneOf(30 * kDayMs), Tone::Accent);
        QCOMPARE(toneOf(7 * kDayMs), Tone::Warn);
        QCOMPARE(toneOf(kDayMs), Tone::Danger);
        QCOMPARE(toneOf(-1), Tone::Neutral);
    }

    void whatIsNotAsAgreedAndWhatWaitsForMeIsSaid() {
        auto input = calm();
        auto catalog = std::make_shared<CatalogView>(*input.catalog);
        catalog::Grant refused;
        refused.id = "g";
        refused.fromMs = 0;
        refused.reported = catalog::GrantState::Refused;
        refused.reason = "The right ALTER on the cluster is missing.";
        catalog->access.grants = {refused};
        catalog->access.pending = {"r-1"};
        input.catalog = catalog;
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 2);
        QCOMPARE(items[0].detail, QStringLiteral("The right ALTER on the cluster is missing."));
        QCOMPARE(items[1].place, (Place{QStringLiteral("access"), {SelectionKind::Request, QStringLiteral("r-1")}}));
    }

    void whatIsToBeRecertifiedIsLouderWhenItIsLate() {
        auto input = calm();
        auto catalog = std::make_shared<CatalogView>(*input.catalog);
        input.nowMs = 1'000;
        catalog::Campaign campaign;
        campaign.id = "spring";
        campaign.name = "Spring";
        campaign.dueMs = 2'000;
        campaign.items.resize(2);
        catalog->access.campaigns = {campaign};
        catalog->access.campaigns[0].items[1].answer = catalog::CampaignAnswer::Kept;
        input.catalog = catalog;
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 1);
        QCOMPARE(items[0].sentence, QStringLiteral("1 grant is to be recertified"));
        QCOMPARE(items[0].tone, Tone::Accent);
        QCOMPARE(items[0].place.selection, (Selection{SelectionKind::Campaign, QStringLiteral("spring")}));
        input.nowMs = 3'000;
        QCOMPARE(attentionOf(input)[0].tone, Tone::Warn);
    }

    void aBrokenChainNamesItsEntry() {
        auto input = calm();
        input.report->intact = false;
        input.report->firstWrong = 7;
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 1);
        QVERIFY(items[0].sentence.contains(QStringLiteral("#7")));
        QCOMPARE(items[0].place.page, QStringLiteral("audit"));
    }

    void rejectedEntriesAreCounted() {
        auto input = calm();
        input.report->rejected = 1;
        QCOMPARE(attentionOf(input)[0].sentence, QStringLiteral("1 ledger entry is rejected"));
        input.report->rejected = 2;
        QCOMPARE(attentionOf(input)[0].sentence, QStringLiteral("2 ledger entries are rejected"));
    }

    void aFailedRunSaysHowFarItCame() {
        auto input = calm();
        backbone::RunStatus run;
        run.run = "51d0";
        run.request.sourceTopic = "strikes";
        run.state = backbone::RunState::Failed;
        run.written = 37;
        run.planned = 78;
        input.runs = {run};
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 1);
        QVERIFY(items[0].detail.startsWith(QStringLiteral("37 of 78")));
        QCOMPARE(items[0].place.selection, (Selection{SelectionKind::Run, QStringLiteral("51d0")}));
        run.state = backbone::RunState::Complete;
        input.runs = {run};
        QVERIFY(attentionOf(input).isEmpty());
    }

    void laggingGroupsAreWorstFirst() {
        auto input = calm();
        auto facts = std::make_shared<MeshFacts>(*input.facts);
        facts->groups = {{"a", "Stable", {"quakes"}, 500, true}, {"b", "Empty", {"quakes"}, 9'000, true}};
        input.facts = facts;
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 2);
        QVERIFY(items[0].sentence.startsWith(u'b'));
        QCOMPARE(items[0].place.selection.name, QStringLiteral("quakes"));
    }

    void lagIsMeasuredAgainstTheTraffic() {
        QVERIFY(!isLagging(100, 0));
        QVERIFY(isLagging(101, 0));
        QVERIFY(!isLagging(600, 10));
        QVERIFY(isLagging(601, 10));
    }

    void topicsWithoutOwnerAreNamed() {
        auto input = calm();
        auto facts = std::make_shared<MeshFacts>(*input.facts);
        facts->topics.push_back({"stray", {}, 1, 1, false});
        input.facts = facts;
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 1);
        QCOMPARE(items[0].sentence, QStringLiteral("1 topic has no owner"));
        QCOMPARE(items[0].detail, QStringLiteral("stray"));
    }

    void theLastUngrantedAccessIsShown() {
        auto input = calm();
        input.changes = {{1000, lineage::ChangeKind::NotGranted, "x reads quakes without a grant", 0, 1},
                         {2000, lineage::ChangeKind::NotGranted, "y reads quakes without a grant", 0, 2},
                         {3000, lineage::ChangeKind::Added, "z began to read quakes", 0, 3}};
        const auto items = attentionOf(input);
        QCOMPARE(items.size(), 1);
        QVERIFY(items[0].sentence.startsWith(u'y'));
        QCOMPARE(items[0].detail, QStringLiteral("and 1 more in the last 7 days"));
    }

    void whoUsesATopicWithoutAGrantIsNamed() {
        auto input = calm();
        input.ungranted = {{"notebook", "quakes", true, 2'000}};
        input.changes = {{1000, lineage::ChangeKind::NotGranted, "x reads quakes without a grant", 0, 1}};
        const auto one = attentionOf(input);
        QCOMPARE(one.size(), 1); // said once
        QCOMPARE(one[0].sentence, QStringLiteral("notebook reads quakes without a grant"));
        QCOMPARE(one[0].place.selection, (Selection{SelectionKind::Topic, QStringLiteral("quakes")}));
        input.ungranted.push_back({"loader", "quakes", false, 1'000});
        QCOMPARE(attentionOf(input)[0].detail, QStringLiteral("and 1 more in the last 7 days"));
    }
};

QTEST_GUILESS_MAIN(AttentionTest)
#include "attention_test.moc"
