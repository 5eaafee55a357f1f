// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "access/access_page.h"
#include "access/grants_view.h"
#include "access/inbox_view.h"
#include "support/access_example.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDate>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::AccessExample;
using meshbone::test::TestWindow;

namespace {

/// The window on the Access page of a mesh in which people have asked.
struct AccessWindow : TestWindow {
    AccessExample example{mesh.catalog};
    explicit AccessWindow(const char* tab = "inbox", const backbone::Capabilities& found = test::FakeMesh::allThere())
        : TestWindow(QStringLiteral("overview"), found) {
        example.fill();
        window->context().navigator.goTo(QStringLiteral("access"));
        page()->showTab(QLatin1String(tab));
        (void)settle();
    }
    AccessPage* page() const { return find<AccessPage>("accessPage"); }
    QTableView* table(const char* name) const { return find<QTableView>(name); }
    [[nodiscard]] const catalog::AccessRequest* request(const char* id) const {
        return window->context().feed.catalog()->access.request(id);
    }
    [[nodiscard]] QString titleShown() const {
        const auto* title = window->findChild<Label*>(QStringLiteral("requestTitle"));
        return title == nullptr ? QString() : title->text();
    }
    [[nodiscard]] QString cellText(const char* name, int row) const {
        return table(name)->model()->index(row, 0).data().toString();
    }
};

} // namespace

/// Access as an admin, and as somebody who asks, uses it.
class AccessStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("access-story")); }

    void whatWaitsForMeStandsInTheNavigation() {
        AccessWindow t;
        QTRY_COMPARE(t.window->context().feed.catalog()->access.pending.size(), 2U);
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 2);
        QVERIFY(t.cellText("inboxTable", 0).contains(QStringLiteral("svc-insurer-claims reads wildlife.strikes")));
        QTRY_COMPARE(t.titleShown(), QStringLiteral("svc-insurer-claims reads wildlife.strikes"));
    }

    void aRequestIsApprovedFromTheKeyboard() {
        AccessWindow t;
        new QAbstractItemModelTester(t.table("inboxTable")->model(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 2);
        t.table("inboxTable")->setFocus();
        t.key(Qt::Key_J);
        QTRY_COMPARE(t.titleShown(), QStringLiteral("notebook-adhoc reads seismic.quakes"));
        t.key(Qt::Key_K);
        QTRY_COMPARE(t.titleShown(), QStringLiteral("svc-insurer-claims reads wildlife.strikes"));
        t.key(Qt::Key_Y);
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 1);
        QTRY_VERIFY(t.request("r-0147")->state == catalog::RequestState::Approved);
        QVERIFY(t.window->context().feed.catalog()->access.grant("r-0147") != nullptr);
        QVERIFY(t.find<MessageBar>("inboxOutcome")->sentence().startsWith(QStringLiteral("Approved")));
    }

    void whatNothingEnforcesIsSaidBeforeAndAfter() {
        auto found = test::FakeMesh::allThere();
        const auto alter =
            std::ranges::find(found.features, backbone::Feature::AlterAcls, &backbone::FeatureCheck::feature);
        alter->offered = alter->available = false;
        alter->sentence = "The cluster runs without an authorizer.";
        AccessWindow t("inbox", found);
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 2);
        QTRY_VERIFY(t.find<Label>("inboxEffect")
                        ->text()
                        .contains(QStringLiteral("but that waits: The cluster runs without an authorizer.")));
        t.table("inboxTable")->setFocus();
        t.key(Qt::Key_Y);
        QTRY_VERIFY(t.request("r-0147")->state == catalog::RequestState::Approved);
        QTRY_COMPARE(t.find<MessageBar>("inboxOutcome")->detail(),
                     QStringLiteral("What is approved waits: The cluster runs without an authorizer."));
    }

    void severalAreApprovedAtOnce() {
        AccessWindow t;
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 2);
        t.table("inboxTable")->selectAll();
        t.table("inboxTable")->setFocus();
        t.key(Qt::Key_Y);
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 0);
        QVERIFY(t.window->context().feed.catalog()->access.grant("r-0147") != nullptr);
        QVERIFY(t.window->context().feed.catalog()->access.grant("r-0148") != nullptr);
    }

    void decliningNeedsAReason() {
        AccessWindow t;
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 2);
        t.table("inboxTable")->setFocus();
        t.key(Qt::Key_N);
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("reasonDialog")) != nullptr);
        t.find<Button>("reasonVerb")->click();
        QVERIFY(t.find<QDialog>("reasonDialog")->isVisible());
        QVERIFY(t.request("r-0147")->state == catalog::RequestState::Submitted);
        t.find<QPlainTextEdit>("reason")->setPlainText(QStringLiteral("Use the masked topic."));
        t.find<Button>("reasonVerb")->click();
        QTRY_VERIFY(t.request("r-0147")->state == catalog::RequestState::Declined);
        QCOMPARE(t.request("r-0147")->decisions.back().reason, std::string("Use the masked topic."));
    }

    void aReviewerSeesWhatWouldBeAllowedExactly() {
        AccessWindow t;
        QTRY_COMPARE(t.titleShown(), QStringLiteral("svc-insurer-claims reads wildlife.strikes"));
        const auto* bindings = t.table("bindingTable")->model();
        QCOMPARE(bindings->rowCount(), 2);
        QTRY_VERIFY(
            t.table("bindingTable")->model()->index(0, 5).data().toString().contains(QStringLiteral("would be added")));
        QTRY_VERIFY(t.window->findChild<QTableView*>(QStringLiteral("coveredTable")) != nullptr);
        QVERIFY(
            t.table("coveredTable")->model()->index(0, 3).data().toString().contains(QStringLiteral("confidential")));
    }

    void aCommentIsSentAndABegunOneOutlivesNews() {
        AccessWindow t;
        QTRY_VERIFY(t.window->findChild<QTableView*>(QStringLiteral("coveredTable")) != nullptr);
        t.find<QLineEdit>("requestComment")->setText(QStringLiteral("Which fields"));
        t.example.put(catalog::PutTeam{"team-new", "team-new", "", {"ada"}});
        QTRY_COMPARE(t.window->context().feed.catalog()->teams.size(), 6U);
        QVERIFY(t.settle());
        QCOMPARE(t.find<QLineEdit>("requestComment")->text(), QStringLiteral("Which fields"));
        t.find<QLineEdit>("requestComment")->setText(QStringLiteral("Which fields do you need?"));
        QTest::keyClick(t.find<QLineEdit>("requestComment"), Qt::Key_Return);
        QTRY_COMPARE(t.request("r-0147")->remarks.size(), 2U);
        QCOMPARE(t.request("r-0147")->remarks.back().text, std::string("Which fields do you need?"));
    }

    void lessIsAgreedToThanWasAskedFor() {
        AccessWindow t;
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 2);
        t.table("inboxTable")->setFocus();
        t.key(Qt::Key_E);
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("requestDialog")) != nullptr);
        t.find<QLineEdit>("untilDay")->setText(QDate::currentDate().addDays(10).toString(Qt::ISODate));
        t.find<Button>("requestVerb")->click();
        QTRY_VERIFY(t.request("r-0147")->state == catalog::RequestState::Approved);
        QVERIFY(t.window->context().feed.catalog()->access.grant("r-0147")->untilMs < AccessExample::inDays(12));
    }

    void accessIsAskedForFromTheTopic() {
        AccessWindow t;
        t.window->context().navigator.goTo(QStringLiteral("topics"),
                                           {SelectionKind::Topic, QStringLiteral("seismic.quakes.strong")});
        QVERIFY(t.settle());
        QVERIFY(t.window->context().commands.run(QStringLiteral("access.request")));
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("requestDialog")) != nullptr);
        auto* dialog = t.find<QDialog>("requestDialog");
        auto* bindings = dialog->findChild<QTableView*>(QStringLiteral("bindingTable"));
        QVERIFY(bindings->model()->index(0, 2).data().toString().contains(QStringLiteral("seismic.quakes.strong")));
        t.find<Button>("requestVerb")->click();
        QVERIFY2(dialog->isVisible(), "without principal and purpose nothing is sent");
        t.find<QComboBox>("requestPrincipal")->setCurrentText(QStringLiteral("svc-new"));
        dialog->findChild<QLineEdit*>(QStringLiteral("scopeGroup"))->setText(QStringLiteral("svc-new"));
        t.find<QPlainTextEdit>("requestPurpose")->setPlainText(QStringLiteral("Alarm the crew"));
        t.find<Button>("requestVerb")->click();
        QTRY_COMPARE(t.window->context().navigator.selection().kind, SelectionKind::Request);
        const auto id = t.window->context().navigator.selection().name.toStdString();
        QTRY_VERIFY(t.request(id.c_str()) != nullptr);
        QCOMPARE(t.request(id.c_str())->scope.principal, std::string("User:svc-new"));
    }

    void nobodyDecidesTheirOwn() {
        AccessWindow t;
        t.example.put(catalog::SubmitRequest{"r-own",
                                             AccessExample::producer("ada-tool", "seismic.quakes"),
                                             {},
                                             {},
                                             "Try it",
                                             AccessExample::inDays(3)});
        t.find<Segmented>("inboxWhich")->setCurrent(1);
        QTRY_COMPARE(t.table("inboxTable")->model()->rowCount(), 1);
        QTRY_COMPARE(t.titleShown(), QStringLiteral("ada-tool writes seismic.quakes"));
        QVERIFY(!t.window->context().commands.action(QStringLiteral("request.approve"))->isEnabled());
        QTRY_VERIFY(t.find<Button>("request.withdraw")->isVisible());
        t.find<Button>("request.withdraw")->click();
        QTRY_VERIFY(t.request("r-own")->state == catalog::RequestState::Withdrawn);
    }

    void grantsShowWhatBecameOfThem() {
        AccessWindow t("grants");
        new QAbstractItemModelTester(t.table("grantsTable")->model(),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest, this);
        QTRY_COMPARE(t.table("grantsTable")->model()->rowCount(), 3);
        // What ends first stands first.
        QCOMPARE(t.cellText("grantsTable", 0), QStringLiteral("board"));
        t.table("grantsTable")->selectRow(0);
        QTRY_COMPARE(t.window->context().navigator.selection(),
                     (Selection{SelectionKind::Grant, QStringLiteral("r-0102")}));
    }

    void aGrantIsRevokedWithItsEffectShownAndRestored() {
        AccessWindow t("grants");
        QTRY_COMPARE(t.table("grantsTable")->model()->rowCount(), 3);
        t.table("grantsTable")->selectRow(0);
        t.table("grantsTable")->setFocus();
        t.key(Qt::Key_Delete);
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("reasonDialog")) != nullptr);
        t.find<QPlainTextEdit>("reason")->setPlainText(QStringLiteral("The boards are gone."));
        t.find<Button>("reasonVerb")->click();
        const auto grant = [&] { return t.window->context().feed.catalog()->access.grant("r-0102"); };
        QTRY_VERIFY(grant()->revoked);
        QTRY_VERIFY(t.window->context().commands.action(QStringLiteral("grant.restore"))->isEnabled());
        t.window->context().commands.run(QStringLiteral("grant.restore"));
        QTRY_VERIFY(!grant()->revoked);
    }

    void theGrantsOfATopicStandOnItsTab() {
        AccessWindow t;
        t.window->context().navigator.goTo(QStringLiteral("topics"),
                                           {SelectionKind::Topic, QStringLiteral("seismic.quakes")});
        QVERIFY(t.settle());
        t.find<Tabs>("topicTabs")->setCurrent(5);
        QTRY_COMPARE(t.table("topicGrantsTable")->model()->rowCount(), 1);
        QCOMPARE(t.cellText("topicGrantsTable", 0), QStringLiteral("near-airports"));
    }

    void theGrantsOnWhatAProductOffersStandOnItsTab() {
        AccessWindow t;
        t.window->context().navigator.goTo(QStringLiteral("products"),
                                           {SelectionKind::Product, QStringLiteral("earthquake-feed")});
        QVERIFY(t.settle());
        t.find<Tabs>("productTabs")->setCurrent(1);
        QTRY_COMPARE(t.table("productGrantsTable")->model()->rowCount(), 1);
        QCOMPARE(t.cellText("productGrantsTable", 0), QStringLiteral("near-airports"));
        QVERIFY(t.find<ListPanel>("productGrantsList")->messageBar()->sentence().contains(QStringLiteral("waits")));
    }

    void aProductShowsItsGrantsOnly() {
        AccessWindow t;
        t.window->context().navigator.goTo(QStringLiteral("access"),
                                           {SelectionKind::Product, QStringLiteral("airport-delays")});
        QTRY_COMPARE(t.table("grantsTable")->model()->rowCount(), 1);
        t.find<Button>("grantsSubject")->click();
        QTRY_COMPARE(t.table("grantsTable")->model()->rowCount(), 3);
    }

    void aGrantIsRenewedInOneStep() {
        AccessWindow t("grants");
        QTRY_COMPARE(t.table("grantsTable")->model()->rowCount(), 3);
        t.table("grantsTable")->selectRow(0);
        t.table("grantsTable")->setFocus();
        t.key(Qt::Key_R);
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("endDialog")) != nullptr);
        t.find<Button>("endVerb")->click();
        QTRY_VERIFY(t.window->context().feed.catalog()->access.grant("r-0102")->untilMs > AccessExample::inDays(80));
    }
};

QTEST_MAIN(AccessStoryTest)
#include "access_story_test.moc"
