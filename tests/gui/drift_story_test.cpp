// SPDX-License-Identifier: Apache-2.0
// On a real broker with an authorizer: what nobody granted is found, adopted or taken away, and brought back by one
// undo; and why somebody may, or may not.
#include "gui/file_dialog.h"
#include "gui/live_window.h"

#include "access/access_page.h"
#include "access/answer_model.h"
#include "access/drift_model.h"
#include "access/plan_lines.h"
#include "widgets/choice.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QLineEdit>
#include <QPointer>
#include <QPushButton>
#include <QTableView>

using namespace meshbone;
using namespace meshbone::ui;
using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;
using meshbone::test::LiveWindow;

namespace {

AclBinding reads(const std::string& topic, const std::string& principal) {
    return {ResourceKind::Topic, PatternType::Literal, topic, principal};
}

struct DriftWindow : LiveWindow {
    DriftWindow()
        : LiveWindow(QStringLiteral("overview")) {
        broker.broker().putUser({"notebook", "notebook-secret"}).value();
        for (const auto* topic : {"quakes", "flights"}) {
            backbone->admin().createTopic({topic, 1, 1, {}}, {}).value();
        }
    }
    /// Behind the ledger's back, as another tool would.
    void put(const AclBinding& binding) { backbone->access().createAcls(std::span(&binding, 1), {}).value(); }
    [[nodiscard]] bool stands(const AclBinding& binding) {
        return !backbone->access().acls(backbone::AclFilter::exactly(binding), {}).value().empty();
    }
    [[nodiscard]] bool isNoted(const AclBinding& binding) const {
        const auto records = desk->bindingRecords();
        return std::ranges::any_of(records, [&](const auto& record) { return record.binding == binding; });
    }
    void goThere() {
        window->context().navigator.goTo(QStringLiteral("access"));
        auto* page = window->findChild<AccessPage*>();
        if (page == nullptr) {
            qFatal("the page did not come");
        }
        page->showTab(QStringLiteral("drift"));
        if (!QTest::qWaitFor([&] { return page->isSettled(); }, 20'000)) {
            qFatal("the tab did not settle");
        }
    }
    [[nodiscard]] DriftModel* model() const { return window->findChild<DriftModel*>(); }
    [[nodiscard]] int rowOf(const QString& principal) const {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (model()->copyText(row, 0) == principal) {
                return row;
            }
        }
        return -1;
    }
    bool choose(const QString& principal, const QString& act) {
        const int row = rowOf(principal);
        if (row < 0) {
            return false;
        }
        find<QTableView>("driftTable")->selectRow(row);
        auto* acts = find<Segmented>("findingAct");
        for (int i = 0; i < 5 && acts != nullptr; ++i) {
            acts->setCurrent(i);
            if (acts->accessibleName().endsWith(act)) {
                return true;
            }
        }
        return false;
    }
    bool run(const char* command) {
        const auto id = QLatin1String(command);
        if (!QTest::qWaitFor([&] { return window->context().commands.whyDisabled(id).isEmpty(); })) {
            qWarning("%s: %s", command, qPrintable(window->context().commands.whyDisabled(id)));
            return false;
        }
        return window->context().commands.run(id);
    }
    template <class W>
    [[nodiscard]] W* in(const char* dialog, const char* name) const {
        auto* found = window->findChild<QDialog*>(QLatin1String(dialog));
        return found == nullptr ? nullptr : found->findChild<W*>(QLatin1String(name));
    }
    /// Says why, types the count where it is asked for, applies, and waits until it is done.
    bool apply(const QString& why, const QString& count) {
        if (!run("access.applyPlan") || in<QLineEdit>("applyDialog", "applyWhy") == nullptr) {
            return false;
        }
        in<QLineEdit>("applyDialog", "applyWhy")->setText(why);
        if (auto* typed = in<QLineEdit>("applyDialog", "applyCount")) {
            typed->setText(count);
        }
        in<QPushButton>("applyDialog", "verb")->click();
        return QTest::qWaitFor([&] { return window->findChild<QDialog*>(QStringLiteral("applyDialog")) == nullptr; },
                               20'000);
    }
};

} // namespace

class DriftStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("drift-story")); }

    void whatNobodyGrantedIsAdopted() {
        DriftWindow mesh;
        const auto binding = reads("quakes", "User:notebook");
        mesh.put(binding);
        mesh.goThere();
        const QAbstractItemModelTester tester(mesh.model());
        QCOMPARE(mesh.model()->rowCount(), 2); // the heading and the finding
        QVERIFY(mesh.choose(QStringLiteral("User:notebook"), QStringLiteral("Adopt")));
        QTRY_VERIFY(!mesh.find<PlanLines>("catalogLines")->lines().empty());
        QCOMPARE(mesh.find<Choice>("findingOwner")->currentData().toString(), QStringLiteral("ops")); // ada's team
        QVERIFY(mesh.find<PlanLines>("clusterLines")->lines().empty());
        QVERIFY(mesh.apply(QStringLiteral("The notebook stays"), {}));
        QTRY_COMPARE_WITH_TIMEOUT(mesh.model()->rowCount(), 0, 20'000);
        QVERIFY(mesh.stands(binding));
        QCOMPARE(mesh.desk->bindingRecords().front().team, std::string("ops"));
    }

    void whatIsRevokedIsGoneAndOneUndoBringsItBack() {
        DriftWindow mesh;
        const auto notebook = reads("quakes", "User:notebook");
        const auto stranger = reads("flights", "User:notebook");
        mesh.put(notebook);
        mesh.put(stranger);
        mesh.goThere();
        QVERIFY(mesh.choose(QStringLiteral("User:notebook"), QStringLiteral("Revoke")));
        QTRY_COMPARE(mesh.find<PlanLines>("clusterLines")->lines().size(), std::size_t(1));
        QVERIFY(mesh.run("access.applyPlan"));
        mesh.in<QLineEdit>("applyDialog", "applyWhy")->setText(QStringLiteral("Nobody agreed to it"));
        auto* typed = mesh.in<QLineEdit>("applyDialog", "applyCount");
        QVERIFY(typed != nullptr); // it removes all that is managed
        mesh.in<QPushButton>("applyDialog", "verb")->click();
        QVERIFY(mesh.window->findChild<QDialog*>(QStringLiteral("applyDialog")) != nullptr); // not without the count
        QVERIFY(mesh.stands(stranger) && mesh.stands(notebook));
        typed->setText(QStringLiteral("1"));
        mesh.in<QPushButton>("applyDialog", "verb")->click();
        QTRY_VERIFY_WITH_TIMEOUT(!mesh.stands(stranger) || !mesh.stands(notebook), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!mesh.isNoted(stranger) && !mesh.isNoted(notebook), 20'000);
        QVERIFY(mesh.run("access.undoPlan"));
        QTRY_VERIFY_WITH_TIMEOUT(mesh.stands(stranger) && mesh.stands(notebook), 20'000);
        QTRY_VERIFY_WITH_TIMEOUT(!mesh.isNoted(stranger) && !mesh.isNoted(notebook), 20'000); // nobody's, as before
        QVERIFY(mesh.run("access.compare"));
        QTRY_COMPARE_WITH_TIMEOUT(mesh.model()->shown(), 2, 20'000);
    }

    void whatIsIgnoredIsSpokenOfAgain() {
        DriftWindow mesh;
        const auto binding = reads("quakes", "User:notebook");
        mesh.put(binding);
        mesh.goThere();
        QVERIFY(mesh.choose(QStringLiteral("User:notebook"), QStringLiteral("Ignore until…")));
        QVERIFY(mesh.apply(QStringLiteral("Until the move"), {}));
        QTRY_COMPARE_WITH_TIMEOUT(mesh.model()->rowCount(), 0, 20'000);
        auto* show = mesh.find<QPushButton>("driftShowIgnored");
        QTRY_VERIFY(show->isVisible());
        show->click();
        auto* again = mesh.in<QPushButton>("ignoredDialog", "verb");
        QVERIFY(again != nullptr);
        again->click();
        QTRY_COMPARE_WITH_TIMEOUT(mesh.model()->rowCount(), 2, 20'000);
        QVERIFY(!mesh.isNoted(binding));
    }

    void whatCantBeReadHasNoDriftAndNoPlan() {
        DriftWindow mesh;
        const auto other = mesh.connect("notebook", "notebook-secret");
        mesh.window.reset();
        mesh.open(mesh.services(*other), QStringLiteral("overview"));
        mesh.goThere();
        QCOMPARE(mesh.model()->rowCount(), 0);
        const auto said = mesh.find<Label>("planNothing")->text();
        QVERIFY2(said.contains(u"DESCRIBE", Qt::CaseInsensitive), qPrintable(said)); // the right that is missing
        QVERIFY(!mesh.window->context().commands.whyDisabled(QStringLiteral("access.applyPlan")).isEmpty());
        mesh.window.reset();
    }

    void explainedFromTheKeyboard() {
        DriftWindow mesh;
        mesh.put(reads("quakes", "User:notebook"));
        mesh.goThere();
        mesh.window->currentPage()->setFocus();
        mesh.key(Qt::Key_X);
        auto* checks = mesh.in<QTableView>("explainDialog", "explainChecks");
        QVERIFY(checks != nullptr);
        const QAbstractItemModelTester tester(checks->model());
        mesh.in<Choice>("explainDialog", "explainPrincipal")->setEditText(QStringLiteral("notebook"));
        mesh.in<Choice>("explainDialog", "explainTopic")->setEditText(QStringLiteral("quakes"));
        auto* verdict = mesh.in<MessageBar>("explainDialog", "explainChecksVerdict");
        QTRY_COMPARE(verdict->tone(), Tone::Ok); // by assigned partitions
        QVERIFY(checks->model()->rowCount() > 0);
        mesh.in<QLineEdit>("explainDialog", "explainGroup")->setText(QStringLiteral("nb"));
        QTRY_COMPARE(verdict->tone(), Tone::Danger); // nothing lets it join the group
        mesh.in<QLineEdit>("explainDialog", "explainGroup")->clear();
        mesh.in<Segmented>("explainDialog", "explainAct")->setCurrent(1);
        QTRY_COMPARE(verdict->tone(), Tone::Danger);
        QVERIFY(mesh.in<QTableView>("explainDialog", "explainReach")->model()->rowCount() > 0);
        mesh.in<Choice>("explainDialog", "changeKind")->setCurrentIndex(3); // an ACL is taken away
        mesh.in<QLineEdit>("explainDialog", "changeBinding")->setText(QStringLiteral("ALLOW READ flights"));
        auto* whatIf = mesh.in<MessageBar>("explainDialog", "explainStopVerdict");
        QTRY_VERIFY2(whatIf->sentence().contains(u"isn't a binding"), qPrintable(whatIf->sentence()));
        mesh.in<QLineEdit>("explainDialog", "changeBinding")
            ->setText(QStringLiteral("ALLOW READ TOPIC LITERAL quakes User:notebook"));
        auto* losses = mesh.in<QTableView>("explainDialog", "explainStop")->model();
        QTRY_COMPARE(losses->rowCount(), 1);
        QCOMPARE(losses->index(0, 0).data().toString(), QStringLiteral("could no more"));
    }

    void aChangeIsTriedByAnAuthorizerLog() {
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
        DriftWindow mesh;
        mesh.put(reads("quakes", "User:notebook"));
        const QString path = mesh.state.filePath(QStringLiteral("kafka-authorizer.log"));
        // A minute ago, by a clock two hours east of UTC.
        const auto time =
            QDateTime::currentDateTimeUtc().addSecs(2 * 3'600 - 60).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss,zzz"));
        const auto write = [&](const QString& content) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(content.toUtf8()) > 0;
        };
        QVERIFY(write(QStringLiteral("Roses are red\n")));
        mesh.goThere();
        mesh.window->currentPage()->setFocus();
        mesh.key(Qt::Key_X);
        auto* read = mesh.in<QPushButton>("explainDialog", "readAuthorizerLog");
        QTRY_VERIFY(read->isEnabled());
        mesh.in<Choice>("explainDialog", "changeKind")->setCurrentIndex(3); // an ACL is taken away
        mesh.in<QLineEdit>("explainDialog", "changeBinding")
            ->setText(QStringLiteral("ALLOW READ TOPIC LITERAL quakes User:notebook"));
        QString chosenZone = QStringLiteral("+02:00");
        const auto readLog = [&] {
            read->click();
            auto* dialog = read->window()->findChild<QDialog*>(QStringLiteral("authorizerLogDialog"));
            test::answerFileDialog(path);
            dialog->findChild<QPushButton*>(QStringLiteral("authorizerLogBrowse"))->click();
            auto* zone = dialog->findChild<Choice*>(QStringLiteral("authorizerLogZone"));
            zone->setCurrentIndex(zone->findData(chosenZone));
            const QPointer<QDialog> open(dialog);
            dialog->findChild<QPushButton*>(QStringLiteral("authorizerLogVerb"))->click();
            QTRY_VERIFY(open.isNull());
        };
        readLog();
        auto* words = mesh.in<Label>("explainDialog", "evidenceWords");
        QTRY_VERIFY2(words->text().contains(u"isn't an authorizer log"), qPrintable(words->text()));
        QVERIFY(write(
            QStringLiteral("[%1] DEBUG Principal = User:notebook is Allowed operation = READ from host = 10.0.0.1 "
                           "on resource = Topic:LITERAL:quakes for request = Fetch with resourceRefCount = 1\n")
                .arg(time)));
        readLog();
        QTRY_VERIFY2(words->text().startsWith(u"By the authorizer log: "), qPrintable(words->text()));
        QVERIFY2(words->text().endsWith(u"its times are in UTC+02:00."), qPrintable(words->text()));
        chosenZone = QStringLiteral("Europe/Berlin");
        readLog();
        QTRY_VERIFY2(words->text().endsWith(u"its times are in Europe/Berlin."), qPrintable(words->text()));
        auto* verdict = mesh.in<MessageBar>("explainDialog", "explainStopVerdict");
        QTRY_COMPARE(verdict->tone(), Tone::Danger);
        QTRY_COMPARE(mesh.in<QTableView>("explainDialog", "explainStop")->model()->index(0, 0).data().toString(),
                     QStringLiteral("would stop"));
        auto* period = mesh.in<Choice>("explainDialog", "changeDays");
        period->setCurrentIndex(period->count() - 1); // from … to …
        auto* from = mesh.in<QLineEdit>("explainDialog", "changeDaysFrom");
        auto* to = mesh.in<QLineEdit>("explainDialog", "changeDaysTo");
        QVERIFY(from->isVisibleTo(from->parentWidget()) && to->isVisibleTo(to->parentWidget()));
        to->setText(QStringLiteral("yesterday"));
        QTRY_VERIFY2(verdict->sentence().contains(u"“yesterday” isn't a time"), qPrintable(verdict->sentence()));
        to->setText(QStringLiteral("2020-01-01"));
        QTRY_VERIFY2(verdict->sentence().contains(u"nobody watched in the time until 2020-01-01 23:59"),
                     qPrintable(verdict->sentence()));
        to->clear();
        from->setText(formatDay(QDateTime::currentMSecsSinceEpoch() - 86'400'000));
        QTRY_VERIFY2(verdict->sentence().contains(u"1 request of the time since "), qPrintable(verdict->sentence()));
        QCOMPARE(verdict->tone(), Tone::Danger);
        mesh.in<QPushButton>("explainDialog", "forgetAuthorizerLog")->click();
        QTRY_VERIFY(verdict->tone() != Tone::Danger);
    }

    void aPlanIsSimulatedOverAPeriod() {
        DriftWindow mesh;
        mesh.put(reads("quakes", "User:notebook"));
        mesh.goThere();
        QVERIFY(mesh.choose(QStringLiteral("User:notebook"), QStringLiteral("Revoke")));
        auto* verdict = mesh.find<MessageBar>("planVerdict");
        QTRY_VERIFY2(verdict->sentence().contains(u"the last 7 days"), qPrintable(verdict->sentence()));
        auto* period = mesh.find<Choice>("planDays");
        period->setCurrentIndex(period->count() - 1); // from … to …
        auto* to = mesh.find<QLineEdit>("planDaysTo");
        QVERIFY(to->isVisible());
        to->setText(QStringLiteral("yesterday"));
        QCOMPARE(verdict->sentence(), QStringLiteral("“yesterday” isn't a time; write it as 2027-03-01 12:00."));
        QVERIFY(!mesh.find<PlanLines>("clusterLines")->lines().empty()); // the plan stays
        to->setText(QStringLiteral("2020-01-01"));
        QTRY_VERIFY2(verdict->sentence().contains(u"the time until 2020-01-01 23:59"), qPrintable(verdict->sentence()));
        mesh.window.reset();
    }

    void whatDiffersWantsAttentionWhateverPageIsShown() {
        DriftWindow mesh;
        mesh.put(reads("quakes", "User:notebook"));
        const auto& items = mesh.window->context().attention.items();
        const auto isDrift = [](const AttentionItem& item) {
            return item.place.selection.kind == SelectionKind::Drift;
        };
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::any_of(items, isDrift), 20'000);
        const auto place = std::ranges::find_if(items, isDrift)->place;
        mesh.window->context().navigator.goTo(place.page, place.selection);
        QTRY_VERIFY(mesh.window->findChild<QTableView*>(QStringLiteral("driftTable"))->isVisible());
        mesh.window.reset();
    }

    void whoeverAnAclLetsInUnagreedStandsOnTheTopicsTab() {
        DriftWindow mesh;
        mesh.put(reads("quakes", "User:notebook"));
        mesh.window->context().navigator.goTo(QStringLiteral("topics"),
                                              {SelectionKind::Topic, QStringLiteral("quakes")});
        QTRY_VERIFY(mesh.window->findChild<ListPanel*>(QStringLiteral("topicGrantsList")) != nullptr);
        const auto* bar = mesh.window->findChild<ListPanel*>(QStringLiteral("topicGrantsList"))->messageBar();
        QTRY_COMPARE(bar->sentence(), QStringLiteral("ACLs that nobody agreed to let in: notebook"));
    }

    void aTopicGoesWithTheGrantsThatAreForItAlone() {
        DriftWindow mesh;
        mesh.put(reads("quakes", "User:notebook"));
        mesh.window->context().navigator.goTo(QStringLiteral("topics"),
                                              {SelectionKind::Topic, QStringLiteral("quakes")});
        QTRY_VERIFY(mesh.window->context().commands.whyDisabled(QStringLiteral("topic.delete")).isEmpty());
        QVERIFY(mesh.window->context().commands.run(QStringLiteral("topic.delete")));
        auto* words = mesh.in<Label>("confirm", "standingAccess");
        QTRY_VERIFY2(words->text().startsWith(QStringLiteral("1 ACL on this name was granted by nobody.")),
                     qPrintable(words->text()));
        mesh.in<QPushButton>("confirm", "verb")->click();
        QTRY_VERIFY(!mesh.backbone->admin().partitions("quakes", {}));
        // The next topic of the name is warned about.
        QVERIFY(mesh.window->context().commands.run(QStringLiteral("topic.create")));
        mesh.in<QLineEdit>("createTopicDialog", "topicName")->setText(QStringLiteral("quakes"));
        auto* left = mesh.in<Label>("createTopicDialog", "standingAccess");
        QTRY_VERIFY(left->text().startsWith(QStringLiteral("1 ACL on this name")));
        mesh.window.reset();
    }
};

QTEST_MAIN(DriftStoryTest)
#include "drift_story_test.moc"
