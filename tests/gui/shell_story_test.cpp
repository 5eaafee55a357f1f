// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "shell/tour.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAbstractScrollArea>
#include <QAction>
#include <QComboBox>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

/// What the frame does on every page.
class ShellStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("shell-story")); }

    void paletteFindsAndRunsByKeyboard() {
        TestWindow t(QStringLiteral("overview"));
        t.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        QVERIFY(t.window->finder()->isOpen());
        const QAbstractItemModelTester tester(const_cast<FinderModel*>(&t.window->finder()->model()),
                                              QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto* line = t.find<QLineEdit>("finderLine");
        QVERIFY(line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("open audit"));
        QCOMPARE(t.window->finder()->model().at(0).text, QStringLiteral("Open Audit"));
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(!t.window->finder()->isOpen());
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("audit"));
    }

    void searchFindsProductsAndPeopleAndNodes() {
        TestWindow t(QStringLiteral("overview"));
        t.key(Qt::Key_K, Qt::ControlModifier);
        auto* line = t.find<QLineEdit>("finderLine");
        const auto groups = [&](const QString& query) {
            line->setText(query);
            QStringList found;
            for (int i = 0; i < t.window->finder()->model().rowCount(); ++i) {
                found << t.window->finder()->model().at(i).group;
            }
            return found;
        };
        QVERIFY(groups(QStringLiteral("quakes")).contains(QStringLiteral("Topics")));
        QVERIFY(groups(QStringLiteral("Quake impact")).contains(QStringLiteral("Products and domains")));
        QVERIFY(groups(QStringLiteral("Ada")).contains(QStringLiteral("People")));
        QVERIFY(groups(QStringLiteral("nothing like this")).isEmpty());
        line->setText(QStringLiteral("Quake impact"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(t.window->context().navigator.selection(),
                 (Selection{SelectionKind::Product, QStringLiteral("quake-impact")}));
    }

    void escapeClosesTheFinderAndGivesTheFocusBack() {
        TestWindow t(QStringLiteral("audit"));
        auto* filter = t.find<QLineEdit>("auditFilter");
        filter->setFocus();
        t.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(t.window->finder()->isOpen());
        t.key(Qt::Key_Escape);
        QVERIFY(!t.window->finder()->isOpen());
        QVERIFY(filter->hasFocus());
    }

    void backAndForwardByKeyboard() {
        TestWindow t(QStringLiteral("overview"));
        t.key(Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("products"));
        t.key(Qt::Key_Left, Qt::AltModifier);
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("overview"));
        t.key(Qt::Key_Right, Qt::AltModifier);
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("products"));
    }

    void theSelectionSurvivesAVisitToAnotherPage() {
        TestWindow t(QStringLiteral("products"));
        const Selection topic{SelectionKind::Topic, QStringLiteral("seismic.quakes")};
        t.window->context().navigator.select(topic);
        t.window->context().navigator.goTo(QStringLiteral("overview"));
        t.window->context().navigator.goTo(QStringLiteral("audit"));
        t.window->context().navigator.goTo(QStringLiteral("products"));
        QCOMPARE(t.window->context().navigator.selection(), topic);
        QVERIFY(t.window->windowTitle().contains(QStringLiteral("seismic.quakes")));
    }

    void unreachableIsSaidInlineAndTheLastStateStays() {
        TestWindow t(QStringLiteral("products"));
        const auto rows = t.find<QTableView>("productsTable")->model()->rowCount();
        QVERIFY(rows > 0);
        t.mesh.backbone.setReachability(backbone::Reachability::Unreachable, "127.0.0.1:9092 refuses the connection.");
        auto* page = t.window->currentPage();
        auto* message = page->findChild<MessageBar*>(QStringLiteral("awayMessage"));
        QTRY_VERIFY(message->isVisible());
        QVERIFY(message->sentence().contains(QStringLiteral("embedded can't be reached")));
        QVERIFY(message->accessibleDescription().contains(QStringLiteral("refuses the connection")));
        QCOMPARE(t.find<QTableView>("productsTable")->model()->rowCount(), rows);
        QVERIFY(!t.window->context().commands.whyDisabled(QStringLiteral("product.new")).isEmpty());
        QVERIFY(t.find<Label>("statusCounts")->text().contains(QStringLiteral("offline")));
        t.mesh.backbone.setReachability(backbone::Reachability::Healthy, "");
        page->findChild<Button*>(QStringLiteral("retryNow"))->click();
        QTRY_VERIFY(!message->isVisible());
    }

    void themeAndZoneSwitchAndAreRemembered() {
        TestWindow t(QStringLiteral("overview"));
        auto& commands = t.window->context().commands;
        QVERIFY(!Theme::instance().isDark() || commands.run(QStringLiteral("window.scheme")));
        QVERIFY(commands.run(QStringLiteral("window.scheme")));
        QVERIFY(Theme::instance().isDark());
        QCOMPARE(t.window->context().settings.scheme(), Scheme::Dark);
        auto* zone = t.find<Button>("timeZone");
        QCOMPARE(zone->text(), QStringLiteral("UTC"));
        QVERIFY(commands.run(QStringLiteral("window.zone")));
        QVERIFY(!t.window->context().settings.isUtc());
        QVERIFY(commands.run(QStringLiteral("window.zone")));
        QVERIFY(commands.run(QStringLiteral("window.scheme")));
        QVERIFY(!Theme::instance().isDark());
    }

    void aRunningReplayStandsInTheStatusBarAndCanBeCancelled() {
        TestWindow t(QStringLiteral("overview"));
        backbone::RunStatus run;
        run.run = "b81e";
        run.request.sourceTopic = "seismic.quakes";
        run.planned = 4;
        run.written = 2;
        t.mesh.backbone.fakeReplays().addRun(run);
        QTRY_VERIFY(t.find<Label>("statusTask")->text().contains(QStringLiteral("seismic.quakes")));
        t.find<Button>("statusCancel")->click();
        QTRY_COMPARE(t.mesh.backbone.fakeReplays().runs().front().state, backbone::RunState::Cancelled);
        QTRY_VERIFY(!t.find<Label>("statusTask")->isVisible());
    }

    void aClientGetsAUserAndAConfiguration() {
        TestWindow t(QStringLiteral("overview"));
        QVERIFY(t.window->context().commands.run(QStringLiteral("client.connect")));
        t.find<QLineEdit>("clientUser")->setText(QStringLiteral("svc-orders"));
        auto* config = t.find<QPlainTextEdit>("clientConfig");
        QVERIFY(config->toPlainText().contains(QStringLiteral("<password>")));
        t.find<Button>("createUser")->click();
        QTRY_VERIFY(!config->toPlainText().contains(QStringLiteral("<password>")));
        QVERIFY(config->toPlainText().contains(QStringLiteral("sasl.username='svc-orders'")));
        t.find<Segmented>("clientKind")->setCurrent(1);
        QVERIFY(config->toPlainText().contains(QStringLiteral("ScramLoginModule")));
        t.find<QWidget>("connectDialog")->close();
    }

    void everyControlHasAnAccessibleName() {
        for (const auto& entry : allPages()) {
            TestWindow t(entry.id);
            for (auto* widget : t.window->findChildren<QWidget*>()) {
                const bool control =
                    qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QLineEdit*>(widget) != nullptr ||
                    qobject_cast<QComboBox*>(widget) != nullptr || qobject_cast<QPlainTextEdit*>(widget) != nullptr ||
                    qobject_cast<QTableView*>(widget) != nullptr;
                if (!control || !widget->isVisible() || qobject_cast<QScrollBar*>(widget) != nullptr ||
                    widget->objectName().startsWith(QStringLiteral("qt_"))) {
                    continue;
                }
                const auto* button = qobject_cast<QAbstractButton*>(widget);
                const bool named = !widget->accessibleName().isEmpty() ||
                                   (button != nullptr && !button->text().isEmpty()) ||
                                   (button != nullptr && !button->toolTip().isEmpty());
                const bool ofQt = QByteArray(widget->metaObject()->className()) == "QLineEditIconButton" ||
                                  QByteArray(widget->metaObject()->className()) == "QTableCornerButton";
                QVERIFY2(named || ofQt,
                         qPrintable(QStringLiteral("%1 on %2: %3")
                                        .arg(widget->metaObject()->className(), entry.id, widget->objectName())));
            }
        }
    }

    void theInspectorFoldsInANarrowWindow() {
        TestWindow t(QStringLiteral("products"));
        auto* inspector = t.find<QWidget>("productInspector");
        QVERIFY(inspector->isVisible());
        t.window->resize(1100, 800);
        QTRY_VERIFY(!inspector->isVisible());
        QVERIFY(t.window->context().commands.run(QStringLiteral("window.inspector")));
        QVERIFY(inspector->isVisible());
        t.window->resize(1600, 1000);
        QTRY_VERIFY(inspector->isVisible());
    }

    void theTourPaintsEveryPageInBothSchemes() {
        TestWindow t(QStringLiteral("overview"));
        const QTemporaryDir folder;
        const auto written = runTour(*t.window, {.folder = folder.path(), .size = {1280, 800}});
        QVERIFY(written.has_value());
        QCOMPARE(written->size(), static_cast<qsizetype>(allPages().size() * 2));
        for (const auto& path : *written) {
            QCOMPARE(QImage(path).size() / QImage(path).devicePixelRatio(), QSize(1280, 800));
        }
        const QImage light(folder.filePath(QStringLiteral("overview-light.png")));
        const QImage dark(folder.filePath(QStringLiteral("overview-dark.png")));
        QCOMPARE(light.pixelColor(2, 700), tokenColor(Token::Window, false));
        QCOMPARE(dark.pixelColor(2, 700), tokenColor(Token::Window, true));
        QVERIFY(!runTour(*t.window, {.folder = QStringLiteral("/proc/no/such")}).has_value());
    }
};

QTEST_MAIN(ShellStoryTest)
#include "shell_story_test.moc"
