// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "access/access_page.h"
#include "access/campaigns_model.h"
#include "support/access_example.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/message_bar.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTableView>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::AccessExample;
using meshbone::test::TestWindow;

namespace {

/// The window on the Access page of a mesh with grants; two of them read quakes.
struct RecertificationWindow : TestWindow {
    AccessExample example{mesh.catalog};
    RecertificationWindow()
        : TestWindow(QStringLiteral("overview")) {
        example.fill();
        example.grant("r-0104", AccessExample::consumer("svc-mirror", "seismic.quakes", {"mirror"}), "Copy",
                      AccessExample::inDays(90));
        window->context().navigator.goTo(QStringLiteral("access"));
        find<AccessPage>("accessPage")->showTab(QStringLiteral("recertification"));
        (void)settle();
        new QAbstractItemModelTester(rows(), QAbstractItemModelTester::FailureReportingMode::QtTest, rows());
    }
    [[nodiscard]] QTableView* table() const { return find<QTableView>("campaignsTable"); }
    [[nodiscard]] QAbstractItemModel* rows() const { return table()->model(); }
    bool run(const char* command) const { return window->context().commands.run(QLatin1String(command)); }
    [[nodiscard]] const AccessState& access() const { return window->context().feed.catalog()->access; }
    [[nodiscard]] QStringList column(int at) const {
        QStringList texts;
        for (int row = 0; row < rows()->rowCount(); ++row) {
            texts << rows()->index(row, at).data().toString();
        }
        return texts;
    }
    /// Of the product that offers quakes, by its form.
    void open(const QString& name) {
        QVERIFY(run("campaign.open"));
        auto* form = window->findChild<QDialog*>(QStringLiteral("campaignForm"));
        form->findChild<QLineEdit*>(QStringLiteral("name"))->setText(name);
        auto* product = form->findChild<Choice*>(QStringLiteral("product"));
        const auto* about = window->context().feed.catalog()->topic("seismic.quakes");
        product->setCurrentIndex(product->findData(QString::fromStdString(about->product)));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_COMPARE(rows()->rowCount(), 2);
        QTRY_VERIFY(window->findChild<QDialog*>(QStringLiteral("campaignForm")) == nullptr);
        window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
    }
};

} // namespace

/// The owner of a product is asked for each of its grants whether it is still needed.
class RecertificationStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("recertification-story")); }

    void aNameIsNeeded() {
        RecertificationWindow t;
        QVERIFY(t.run("campaign.open"));
        auto* form = t.window->findChild<QDialog*>(QStringLiteral("campaignForm"));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QVERIFY(form->isVisible());
        QVERIFY(t.access().campaigns.empty());
    }

    void oneIsKeptAndOneIsDroppedFromTheKeyboard() {
        RecertificationWindow t;
        t.open(QStringLiteral("Spring review"));
        QCOMPARE(t.access().campaigns.at(0).id, std::string("spring-review"));
        QVERIFY(t.access().campaigns.at(0).dueMs > AccessExample::inDays(20));
        const auto principals = t.column(CampaignsModel::Principal);
        t.table()->setFocus();
        t.table()->selectRow(static_cast<int>(principals.indexOf(QStringLiteral("near-airports"))));
        QVERIFY(t.find<QWidget>("campaignPanel")->findChild<Button*>(QStringLiteral("campaign.keep"))->isEnabled());
        t.key(Qt::Key_Y);
        QTRY_COMPARE(t.access().grant("r-0103")->confirmedBy, std::string("ada"));
        QTRY_VERIFY(t.column(CampaignsModel::Answer).contains(QStringLiteral("kept")));
        QCOMPARE(t.find<QWidget>("campaignsList")->findChild<MessageBar*>()->sentence(),
                 QStringLiteral("1 grant kept."));

        t.table()->selectRow(
            static_cast<int>(t.column(CampaignsModel::Principal).indexOf(QStringLiteral("svc-mirror"))));
        t.table()->setFocus();
        t.key(Qt::Key_N);
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("reasonDialog")) != nullptr);
        t.find<QPlainTextEdit>("reason")->setPlainText(QStringLiteral("Nobody uses it."));
        t.find<Button>("reasonVerb")->click();
        QTRY_VERIFY(t.access().grant("r-0104")->revoked);
        QCOMPARE(t.access().grant("r-0104")->revokedWhy, std::string("Nobody uses it."));
        QVERIFY(!t.access().grant("r-0103")->revoked);
    }

    void severalAreKeptAtOnceAndWhatIsAnsweredStaysSo() {
        RecertificationWindow t;
        t.open(QStringLiteral("Spring review"));
        t.table()->selectAll();
        QVERIFY(t.run("campaign.keep"));
        QTRY_COMPARE(t.column(CampaignsModel::Answer), (QStringList{QStringLiteral("kept"), QStringLiteral("kept")}));
        QVERIFY(!t.window->context().commands.whyDisabled(QStringLiteral("campaign.drop")).isEmpty());
    }

    void whatIsNotAnsweredIsSaidWhenItIsClosed() {
        RecertificationWindow t;
        t.open(QStringLiteral("Spring review"));
        t.table()->selectRow(0);
        QVERIFY(t.run("campaign.close"));
        QTRY_COMPARE(t.rows()->rowCount(), 0);
        const auto actions = t.find<Button>("campaignsShown")->menu()->actions();
        actions.at(1)->trigger();
        QTRY_COMPARE(t.column(CampaignsModel::Answer),
                     (QStringList{QStringLiteral("not answered"), QStringLiteral("not answered")}));
        QVERIFY(!t.access().grant("r-0103")->revoked);
    }

    void itIsAnsweredFromWhatWantsAttention() {
        RecertificationWindow t;
        t.open(QStringLiteral("Spring review"));
        t.window->context().navigator.goTo(QStringLiteral("overview"));
        t.window->context().navigator.goTo(QStringLiteral("access"),
                                           {SelectionKind::Campaign, QStringLiteral("spring-review")});
        QTRY_VERIFY(t.table()->isVisible());
        QTRY_COMPARE(t.table()->selectionModel()->selectedRows().size(), 1);
    }
};

QTEST_MAIN(RecertificationStoryTest)
#include "recertification_story_test.moc"
