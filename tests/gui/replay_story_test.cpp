// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "message/message_view.h"
#include "replay/manifest_dialog.h"
#include "replay/replay_models.h"
#include "replay/timeline.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPlainTextEdit>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

const QString kQuakes = QStringLiteral("seismic.quakes");
enum PreviewAt : int { Partitions, FirstOffset, LastOffset, Events };
enum RunAt : int { Run, State, Source, Target, Progress, Written, Rate, ManifestAt };

QString cellText(const QAbstractItemModel* model, int row, int column) {
    return model->index(row, column).data(CopyRole).toString();
}

void testModel(QAbstractItemModel* model, QObject* owner) {
    new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, owner);
}

/// The window on Replay with a topic chosen.
struct ReplayWindow : TestWindow {
    Timeline* timeline;
    Button* start;

    ReplayWindow()
        : TestWindow(QStringLiteral("replay"))
        , timeline(find<Timeline>("timeline"))
        , start(find<Button>("replayStart")) {
        auto* topic = find<Choice>("replayTopic");
        topic->setCurrentText(kQuakes);
        emit topic->textActivated(kQuakes);
        if (!settle()) {
            qWarning("The topic's events are not counted.");
        }
    }
    void type(const char* field, const QString& text) const {
        auto* edit = find<QLineEdit>(field);
        edit->setFocus();
        edit->selectAll();
        QTest::keyClicks(edit, text);
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void typeWindow(const QString& from, const QString& to) const {
        type("replayFrom", from);
        type("replayTo", to);
    }
    /// Drags over the timeline between two shares of its range.
    void brush(double from, double to) const {
        const auto range = timeline->range();
        const auto at = [&](double share) {
            const auto time = range.fromMs + TimestampMs(share * double(range.span()));
            return QPoint(int(timeline->xOf(time)), timeline->height() / 2);
        };
        QTest::mousePress(timeline, Qt::LeftButton, {}, at(from));
        for (const double share : {from + (to - from) / 2, to}) {
            QMouseEvent moved(QEvent::MouseMove, at(share), timeline->mapToGlobal(at(share)), Qt::NoButton,
                              Qt::LeftButton, Qt::NoModifier);
            QApplication::sendEvent(timeline, &moved);
        }
        QTest::mouseRelease(timeline, Qt::LeftButton, {}, at(to));
    }
    [[nodiscard]] std::int64_t eventsIn(const WindowMs& window) {
        const auto* records = mesh.backbone.fakeMessages().records(kQuakes.toStdString());
        return std::ranges::count_if(*records, [&](const Record& record) {
            return record.timestampMs >= window.fromMs && record.timestampMs < window.toMs;
        });
    }
    [[nodiscard]] QString notes() const { return find<Label>("replayNotes")->text(); }
    [[nodiscard]] QAbstractItemModel* runs() const { return find<QTableView>("runsTable")->model(); }
    void run(const char* command) const {
        QVERIFY2(window->context().commands.run(QString::fromLatin1(command)), command);
    }
    /// Brushes a window, starts its replay and selects the run; returns how many events it has.
    std::int64_t startRun() {
        brush(0.2, 0.4);
        const auto events = eventsIn(timeline->window());
        if (!QTest::qWaitFor([this] { return start->isEnabled(); })) {
            return -1;
        }
        start->click();
        if (!QTest::qWaitFor([this] { return runs()->rowCount() == 1; })) {
            return -1;
        }
        find<ListPanel>("runsList")->selectSourceRow(0);
        return events;
    }
};

} // namespace

/// Replay as an on-call engineer uses it.
class ReplayStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("replay-story")); }

    void aWindowIsTypedAndCountedExactly() {
        ReplayWindow t;
        testModel(t.find<QTableView>("replayPreview")->model(), t.window.get());
        QVERIFY(!t.start->isEnabled());
        t.typeWindow(QStringLiteral("2018-02-02 06:00"), QStringLiteral("2018-02-03 06:00"));
        QTRY_VERIFY(t.start->isEnabled());
        const auto window = t.timeline->window();
        QCOMPARE(window.span(), TimestampMs{86'400'000});
        const auto events = t.eventsIn(window);
        QVERIFY(events > 0);
        QCOMPARE(t.start->text(), QStringLiteral("Replay %1 events").arg(events));
        const auto* preview = t.find<QTableView>("replayPreview")->model();
        QCOMPARE(preview->rowCount(), 5); // four partitions and their sum
        QCOMPARE(cellText(preview, 4, Events), QString::number(events));
        QVERIFY(t.notes().contains(QStringLiteral("Frozen to offsets")));
    }

    void theEventsOfAWindowAreReadBeforeTheyAreReplayed() {
        ReplayWindow t;
        QVERIFY(!t.find<Button>("replay.events")->isEnabled()); // of which window?
        t.brush(0.2, 0.4);
        QTRY_VERIFY(t.find<Button>("replay.events")->isEnabled());
        t.key(Qt::Key_E);
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("samplesDialog")) != nullptr);
        const auto* rows = t.find<QTableView>("samplesTable")->model();
        const auto events = t.eventsIn(t.timeline->window());
        QCOMPARE(rows->rowCount(), int(std::min<std::int64_t>(events, 200)));
        QVERIFY(cellText(rows, 0, 2).contains(QStringLiteral("mag"))); // readable: the fields of a quake
        QTRY_VERIFY(t.find<MessageView>("messageView")->isVisible());
    }

    void aWindowIsBrushedMovedAndStretched() {
        ReplayWindow t;
        t.brush(0.25, 0.5);
        const auto brushed = t.timeline->window();
        QVERIFY(!brushed.isEmpty());
        QTRY_COMPARE(t.start->text(), QStringLiteral("Replay %1 events").arg(t.eventsIn(brushed)));
        QVERIFY(!t.find<QLineEdit>("replayFrom")->text().isEmpty());
        const auto step = snapStep(t.timeline->bucketMs());
        t.timeline->setFocus();
        t.key(Qt::Key_Right);
        QCOMPARE(t.timeline->window(), (WindowMs{brushed.fromMs + step, brushed.toMs + step}));
        t.key(Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(t.timeline->window(), (WindowMs{brushed.fromMs + step, brushed.toMs + 2 * step}));
        QTRY_COMPARE(t.start->text(), QStringLiteral("Replay %1 events").arg(t.eventsIn(t.timeline->window())));
        t.brush(0.35, 0.45); // begins within the window: all of it is moved
        QCOMPARE(t.timeline->window().span(), brushed.span() + step);
        const auto shown = t.timeline->range().span();
        t.timeline->setFocus();
        t.key(Qt::Key_Plus);
        QTRY_VERIFY(t.timeline->range().span() < shown);
        t.key(Qt::Key_Home);
        QTRY_COMPARE(t.timeline->range().span(), shown);
    }

    void aBadTimeAndAnEmptyWindowSayWhy() {
        ReplayWindow t;
        t.typeWindow(QStringLiteral("2018-02-02 06:00"), QStringLiteral("half past six"));
        QTRY_VERIFY(t.notes().contains(QStringLiteral("“half past six” is not a time")));
        QVERIFY(!t.start->isEnabled());
        QCOMPARE(t.start->toolTip(), t.notes());
        t.type("replayTo", QStringLiteral("2018-02-02 05:00"));
        QVERIFY(t.notes().contains(QStringLiteral("its end must be later")));
        QVERIFY(!t.start->isEnabled());
        QCOMPARE(t.find<QLineEdit>("replayTo")->text(), QStringLiteral("2018-02-02 05:00")); // nothing is lost
        t.typeWindow(QStringLiteral("2017-01-01 00:00"), QStringLiteral("2017-01-02 00:00"));
        QTRY_COMPARE(t.start->toolTip(), QStringLiteral("No event lies in this window; widen it."));
        QVERIFY(!t.start->isEnabled());
    }

    void aWindowThatWasRejectedCanBeTypedAgain() {
        ReplayWindow t;
        const auto from = QStringLiteral("2018-02-02 06:00"), to = QStringLiteral("2018-02-03 06:00");
        t.typeWindow(from, to);
        QTRY_VERIFY(t.start->isEnabled());
        t.type("replayTo", QStringLiteral("tomorrow"));
        QTRY_VERIFY(!t.start->isEnabled());
        QVERIFY(t.timeline->window().isEmpty());
        t.type("replayTo", to);
        QTRY_VERIFY(t.start->isEnabled());
    }

    void anotherTargetIsPlannedBeforeItIsReplayedTo() {
        ReplayWindow t;
        t.brush(0.2, 0.4);
        QTRY_VERIFY(t.start->isEnabled());
        t.type("replayTarget", kQuakes);
        QVERIFY(!t.start->isEnabled()); // the old plan is of another target
        QTRY_COMPARE(t.start->toolTip(),
                     QStringLiteral("The target is the source itself; choose another target topic."));
        t.type("replayTarget", QStringLiteral("sandbox.try"));
        QTRY_VERIFY(t.start->isEnabled());
        t.find<Segmented>("replayPace")->setCurrent(1);
        QVERIFY(!t.start->isEnabled());
        QTRY_VERIFY(t.start->isEnabled());
        t.start->click();
        QTRY_COMPARE(t.runs()->rowCount(), 1);
        const auto run = t.mesh.backbone.replays().runs().front();
        QCOMPARE(run.request.targetTopic, std::string("sandbox.try"));
        QVERIFY(run.request.pace.kind == backbone::Pace::Kind::Original);
    }

    void theShortcutStartsWhatIsTypedAndNothingElse() {
        ReplayWindow t;
        t.brush(0.2, 0.4);
        QTRY_VERIFY(t.start->isEnabled());
        auto* target = t.find<QLineEdit>("replayTarget");
        target->setFocus();
        target->selectAll();
        QTest::keyClicks(target, QStringLiteral("sandbox.other"));
        t.key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!t.start->isEnabled()); // it is planned first
        QTRY_VERIFY(t.start->isEnabled());
        QCOMPARE(t.runs()->rowCount(), 0);
        t.key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_COMPARE(t.runs()->rowCount(), 1);
        QCOMPARE(t.mesh.backbone.replays().runs().front().request.targetTopic, std::string("sandbox.other"));
    }

    void aRunCompletesAndItsManifestIsOpened() {
        ReplayWindow t;
        testModel(t.runs(), t.window.get());
        const auto events = t.startRun();
        QVERIFY(events > 0);
        QCOMPARE(t.runs()->index(0, State).data().toString(), QStringLiteral("running"));
        auto& replays = t.mesh.backbone.fakeReplays();
        const auto run = replays.runs().front().run;
        replays.step(run, events / 2);
        QTRY_COMPARE(cellText(t.runs(), 0, Written), QString::number(events / 2));
        replays.step(run, events);
        QTRY_COMPARE(t.runs()->index(0, State).data().toString(), QStringLiteral("complete"));
        QCOMPARE(cellText(t.runs(), 0, Written), QString::number(events));
        t.find<QTableView>("runsTable")->setFocus();
        t.key(Qt::Key_Return);
        QTRY_VERIFY(t.window->findChild<ManifestDialog*>() != nullptr);
        auto* dialog = t.window->findChild<ManifestDialog*>();
        QCOMPARE(dialog->message()->tone(), Tone::Ok);
        QVERIFY(dialog->message()->sentence().startsWith(QStringLiteral("Complete: all ")));
        const auto json = dialog->findChild<QPlainTextEdit*>(QStringLiteral("manifestJson"))->toPlainText();
        QVERIFY(json.contains(QString::fromStdString(run)));
    }

    void aRunIsPausedResumedAndCancelled() {
        ReplayWindow t;
        QVERIFY(t.startRun() > 0);
        const auto state = [&] { return t.runs()->index(0, State).data().toString(); };
        auto& commands = t.window->context().commands;
        QVERIFY(!commands.whyDisabled(QStringLiteral("replay.resume")).isEmpty());
        t.run("replay.pause");
        QTRY_COMPARE(state(), QStringLiteral("paused"));
        QCOMPARE(commands.whyDisabled(QStringLiteral("replay.pause")),
                 QStringLiteral("Only a running replay can be paused."));
        t.run("replay.resume");
        QTRY_COMPARE(state(), QStringLiteral("running"));
        t.run("replay.cancel");
        QTRY_COMPARE(state(), QStringLiteral("cancelled"));
        QCOMPARE(commands.whyDisabled(QStringLiteral("replay.cancel")), QStringLiteral("The run has ended."));
        QCOMPARE(t.runs()->index(0, ManifestAt).data().toString(), QStringLiteral("says how far"));
    }

    void aWindowIsSaidInFewWords() {
        constexpr TimestampMs kStart = 1'517'932'200'000; // 2018-02-06 15:50 UTC
        const auto words = [](TimestampMs fromMs, TimestampMs toMs) {
            backbone::ReplayRequest request;
            request.window = backbone::TimeWindow{fromMs, toMs};
            return windowInWords(request);
        };
        QCOMPARE(words(kStart, kStart + 1'800'000), QStringLiteral("2018-02-06 15:50 to 16:20"));
        QCOMPARE(words(kStart + 1'000, kStart + 1'500), QStringLiteral("2018-02-06 15:50:01 to 15:50:01.500"));
        QCOMPARE(words(kStart, kStart + 86'400'000), QStringLiteral("2018-02-06 15:50 to 2018-02-07 15:50"));
    }

    void theModelsKeepTheirPromises() {
        QObject owner;
        PreviewModel preview;
        testModel(&preview, &owner);
        backbone::ReplayPlan plan;
        plan.partitions.resize(2);
        plan.partitions[0].records = 3;
        plan.partitions[1].records = 4;
        plan.partitions[1].leftOut["other key"] = 2;
        preview.setPlan(plan);
        QCOMPARE(preview.rowCount(), 3);
        QCOMPARE(cellText(&preview, 2, Events), QStringLiteral("7"));
        QCOMPARE(cellText(&preview, 2, 7), QStringLiteral("2"));
        plan.partitions.resize(1);
        preview.setPlan(plan);
        QCOMPARE(preview.rowCount(), 1); // one partition needs no sum
        preview.clear();
        RunsModel runs;
        testModel(&runs, &owner);
        backbone::RunStatus run;
        run.run = "r1";
        run.planned = 4;
        run.written = 1;
        runs.setRows({run});
        QCOMPARE(runs.sortKey(0, Progress).toDouble(), 0.25);
        run.run = "r2";
        runs.setRows({run, runs.at(0)});
        QCOMPARE(runs.rowOf(QStringLiteral("r1")), 1);
    }
};

QTEST_MAIN(ReplayStoryTest)
#include "replay_story_test.moc"
