// SPDX-License-Identifier: Apache-2.0
// On a real broker with an authorizer: an admin sees by a log what nobody uses, takes the cuts that are right, applies
// them as a plan, takes it back by one undo, and keeps the rest as access code.
#include "gui/file_dialog.h"
#include "gui/live_window.h"

#include "access/access_page.h"
#include "access/least_dialog.h"
#include "access/plan_undo.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

using namespace meshbone;
using namespace meshbone::ui;
using backbone::AclBinding;
using backbone::PatternType;
using backbone::ResourceKind;
using meshbone::test::CatalogDesk;
using meshbone::test::LiveWindow;

namespace {

AclBinding reads(const std::string& topic, PatternType pattern = PatternType::Literal) {
    return {ResourceKind::Topic, pattern, topic, "User:dashboard"};
}

/// "unused" reads flights, "wide" reads eu.*; a policy agreed to both, and both are in force.
struct LeastWindow : LiveWindow {
    LeastWindow()
        : LiveWindow(QStringLiteral("overview")) {
        broker.broker().putUser({"dashboard", "dashboard-secret"}).value();
        for (const auto* topic : {"flights", "eu.a", "eu.b"}) {
            backbone->admin().createTopic({topic, 1, 1, {}}, {}).value();
        }
        catalog::Policy automatic;
        automatic.id = automatic.name = "automatic";
        automatic.approval = catalog::Approval::Automatic;
        must(catalog::PutPolicy{automatic});
        noor.open().value();
        if (!noor.awaitMode(catalog::CatalogMode::Live)) {
            qFatal("Noor's desk does not follow.");
        }
        must(catalog::PutPerson{"noor", "Noor", noor.keyToEnrol()});
        (void)noor.awaitEntries(desk->status().appliedEntries);
        grant("unused", {{"flights"}}, "old");
        grant("wide", {{"eu.", PatternType::Prefixed}}, "board");
        const bool stand = QTest::qWaitFor(
            [&] { return stands(reads("flights")) && stands(reads("eu.", PatternType::Prefixed)); }, 20'000);
        if (!stand) {
            qFatal("What was granted did not come to stand.");
        }
    }
    void grant(const std::string& id, const std::vector<catalog::NamePattern>& topics, const std::string& group) {
        catalog::AccessScope scope;
        scope.principal = "User:dashboard";
        scope.reads = topics;
        scope.group = {group};
        noor.submit(catalog::SubmitRequest{id, scope, "", "", "To see it work"}).value();
    }
    [[nodiscard]] bool stands(const AclBinding& binding) {
        return !backbone->access().acls(backbone::AclFilter::exactly(binding), {}).value().empty();
    }
    [[nodiscard]] const catalog::Grant* grantOf(const std::string& id) {
        grants = desk->grants();
        const auto found = std::ranges::find(grants, id, &catalog::Grant::id);
        return found == grants.end() ? nullptr : &*found;
    }
    /// What the authorizer wrote since the grants are in force: eu.a was read, in the group.
    [[nodiscard]] QString writeLog() const {
        const auto path = state.filePath(QStringLiteral("kafka-authorizer.log"));
        const auto time = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss,zzz"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) {
            return {};
        }
        for (const auto* resource : {"Topic:LITERAL:eu.a", "Group:LITERAL:board"}) {
            file.write(QStringLiteral("[%1] DEBUG Principal = User:dashboard is Allowed operation = READ from host = "
                                      "10.0.0.1 on resource = %2 for request = Fetch with resourceRefCount = 1\n")
                           .arg(time, QLatin1String(resource))
                           .toUtf8());
        }
        return path;
    }
    /// Opens the dialog from the page and lets it go by the log.
    void openByLog() {
        window->context().navigator.goTo(kAccessPage);
        auto* page = window->findChild<AccessPage*>();
        page->showTab(QStringLiteral("grants"));
        if (!window->context().commands.run(QStringLiteral("access.least"))) {
            qFatal("There is no such command.");
        }
        dialog = window->findChild<LeastDialog*>();
        auto* read = in<QPushButton>("readAuthorizerLog");
        if (!QTest::qWaitFor([&] { return read->isEnabled() && dialog->isSettled(); }, 20'000)) {
            qFatal("What stands is not read.");
        }
        chooseLog();
        if (!QTest::qWaitFor([&] { return model()->rowCount() > 0; }, 20'000)) {
            qFatal("%s", qPrintable(in<Label>("evidenceWords")->text()));
        }
    }
    void chooseLog() {
        in<QPushButton>("readAuthorizerLog")->click();
        const QPointer<QDialog> asks(in<QDialog>("authorizerLogDialog"));
        test::answerFileDialog(writeLog());
        in<QPushButton>("authorizerLogBrowse")->click();
        if (in<QLineEdit>("authorizerLogFiles")->text().isEmpty()) {
            qFatal("No log is chosen.");
        }
        auto* zone = in<Choice>("authorizerLogZone");
        zone->setCurrentIndex(zone->findData(QStringLiteral("Z")));
        in<QPushButton>("authorizerLogVerb")->click();
        if (!QTest::qWaitFor([&] { return asks.isNull(); }, 20'000)) {
            qFatal("The log is not taken.");
        }
    }
    template <class W>
    [[nodiscard]] W* in(const char* name) const {
        auto* found = dialog->findChild<W*>(QLatin1String(name));
        if (found == nullptr) {
            qFatal("There is no '%s'.", name);
        }
        return found;
    }
    [[nodiscard]] LeastModel* model() const { return dialog->findChild<LeastModel*>(); }
    [[nodiscard]] int rowOf(const QString& has) const {
        for (int row = 0; row < model()->rowCount(); ++row) {
            if (model()->plain(row, LeastModel::Has) == has) {
                return row;
            }
        }
        return -1;
    }
    /// Shows what is taken as a plan, says why and how many go, and applies it.
    bool apply(const QString& why) {
        in<QPushButton>("verb")->click();
        if (!QTest::qWaitFor([&] { return applyDialog() != nullptr; }, 20'000)) {
            qWarning("%s", qPrintable(in<MessageBar>("leastOutcome")->sentence()));
            return false;
        }
        applyDialog()->findChild<QLineEdit*>(QStringLiteral("applyWhy"))->setText(why);
        if (auto* count = applyDialog()->findChild<QLineEdit*>(QStringLiteral("applyCount"))) {
            count->setText(QStringLiteral("2"));
        }
        applyDialog()->findChild<QPushButton*>(QStringLiteral("verb"))->click();
        return QTest::qWaitFor([&] { return applyDialog() == nullptr; }, 20'000);
    }
    [[nodiscard]] QDialog* applyDialog() const {
        auto* found = dialog->findChild<QDialog*>(QStringLiteral("applyDialog"));
        return found != nullptr && found->isVisible() ? found : nullptr;
    }

    CatalogDesk noor{"noor", *backbone}; ///< who asked; they couldn't restore a grant alone
    std::vector<catalog::Grant> grants;
    QPointer<LeastDialog> dialog;
};

} // namespace

class LeastPrivilegeStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() {
        test::useTestSettings(m_home, QStringLiteral("least-privilege-story"));
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    void whatNobodyUsesIsCutAndBroughtBack() {
        LeastWindow mesh;
        mesh.openByLog();
        const QAbstractItemModelTester tester(mesh.model());
        QTRY_COMPARE(mesh.model()->rowCount(), 3); // eu.*, flights, and the group "old"
        QVERIFY(mesh.in<Label>("leastCoverage")->text().startsWith(QStringLiteral("Evidence: observed")));
        const int wide = mesh.rowOf(QStringLiteral("READ topic eu.*"));
        QVERIFY(wide >= 0);
        QCOMPARE(mesh.model()->plain(wide, LeastModel::Enough), QStringLiteral("eu.a"));
        QCOMPARE(mesh.model()->plain(wide, LeastModel::Removes), QStringLiteral("READ,DESCRIBE eu.b"));
        mesh.model()->take({wide}, false);
        QCOMPARE(mesh.in<Label>("leastCount")->text(), QStringLiteral("2 of 3 cuts taken."));
        const auto applied = mesh.model()->answer();
        QVERIFY(mesh.apply(QStringLiteral("Nobody uses it")));
        QTRY_VERIFY_WITH_TIMEOUT(!mesh.stands(reads("flights")), 20'000);
        QVERIFY(mesh.grantOf("unused")->revoked && !mesh.grantOf("wide")->revoked);
        QVERIFY(mesh.stands(reads("eu.", PatternType::Prefixed)));
        QCOMPARE(mesh.in<MessageBar>("leastOutcome")->sentence(), QStringLiteral("The plan is applied."));
        mesh.in<QPushButton>("planUndo")->click();
        QTRY_VERIFY_WITH_TIMEOUT(mesh.stands(reads("flights")), 20'000);
        QTRY_VERIFY(!mesh.grantOf("unused")->revoked);
        QTRY_COMPARE(mesh.in<MessageBar>("leastOutcome")->sentence(), QStringLiteral("The plan is undone."));
        // Compared anew, by the same log, and what was left stays so.
        QTRY_VERIFY_WITH_TIMEOUT(mesh.dialog->isSettled() && mesh.model()->answer() != applied &&
                                     mesh.rowOf(QStringLiteral("READ topic eu.*")) >= 0,
                                 20'000);
        const auto words = mesh.in<Label>("evidenceWords")->text();
        QVERIFY2(words.startsWith(QStringLiteral("By the authorizer log: ")), qPrintable(words));
        QVERIFY(!mesh.model()->isTaken(mesh.rowOf(QStringLiteral("READ topic eu.*"))));
        mesh.window.reset();
    }

    void whatIsTooWideIsAskedForNarrower() {
        LeastWindow mesh;
        mesh.openByLog();
        mesh.in<QPushButton>("leastLeaveAll")->click();
        QVERIFY(!mesh.in<QPushButton>("verb")->isEnabled());
        auto* table = mesh.in<QTableView>("leastCutsTable");
        const auto wide = mesh.rowOf(QStringLiteral("READ topic eu.*"));
        for (int row = 0; row < table->model()->rowCount(); ++row) {
            if (table->model()->index(row, LeastModel::Has).data().toString() == QStringLiteral("READ topic eu.*")) {
                table->selectRow(row);
            }
        }
        mesh.in<QPushButton>("leastToggle")->click();
        QVERIFY(mesh.model()->isTaken(wide));
        QCOMPARE(mesh.model()->taken(), std::size_t(1));
        mesh.in<QPushButton>("verb")->click();
        QTRY_VERIFY_WITH_TIMEOUT(mesh.applyDialog() != nullptr, 20'000);
        const auto notes = mesh.applyDialog()->findChild<Label*>(QStringLiteral("applyNotes"))->text();
        QVERIFY2(notes.contains(QStringLiteral("'wide-least' asks for just that")), qPrintable(notes));
        mesh.applyDialog()->findChild<QLineEdit*>(QStringLiteral("applyWhy"))->setText(QStringLiteral("Only eu.a"));
        mesh.applyDialog()->findChild<QPushButton*>(QStringLiteral("verb"))->click();
        QTRY_VERIFY_WITH_TIMEOUT(mesh.stands(reads("eu.a")), 20'000);
        QVERIFY(mesh.stands(reads("eu.", PatternType::Prefixed))); // nobody is stopped between the two
        QVERIFY(mesh.grantOf("wide-least")->scope.reads == std::vector<catalog::NamePattern>{{"eu.a"}});
        mesh.window.reset();
    }

    void aPlanOfAnAnswerThatIsGoneIsDropped() {
        LeastWindow mesh;
        mesh.openByLog();
        auto* plan = mesh.in<QPushButton>("verb");
        auto* days = mesh.in<Choice>("leastDays");
        plan->click();
        days->setCurrentIndex(days->count() - 1); // from … to …
        mesh.in<QLineEdit>("leastDaysFrom")->setText(QStringLiteral("y"));
        mesh.model()->setAnswer(nullptr, {}); // as when that is told before the plan is there
        QTRY_VERIFY(mesh.dialog->isSettled());
        QVERIFY(mesh.applyDialog() == nullptr);
        QVERIFY(mesh.in<MessageBar>("leastOutcome")->isHidden());
        mesh.window.reset();
    }

    void onlyThePlanThatWasAppliedLastIsUndone() {
        LeastWindow mesh;
        auto& undo = PlanUndo::of(mesh.window->context());
        MessageBar first;
        auto second = std::make_unique<MessageBar>();
        catalog::AppliedMends applied;
        applied.said.push_back({mesh.desk->status().appliedEntries + 1'000, catalog::PutTeam{"t", "T", "", {}}});
        undo.applied(applied, &first);
        QVERIFY(!first.isHidden() && first.findChild<QPushButton*>(QStringLiteral("planUndo")) != nullptr);
        undo.applied(applied, second.get());
        QVERIFY(first.isHidden());
        QTRY_VERIFY(first.findChild<QPushButton*>(QStringLiteral("planUndo")) == nullptr);
        // Where its bar is gone it is said in the window's, and what is left can be tried again.
        second.reset();
        undo.undo();
        auto* bar = mesh.window->findChild<MessageBar*>(QStringLiteral("windowMessage"));
        QTRY_COMPARE(bar->sentence(), QStringLiteral("The plan is undone, but for what stands below."));
        QCOMPARE(undo.whyNot(), QString());
        QCOMPARE(bar->findChild<QPushButton*>(QStringLiteral("planUndo"))->text(), QStringLiteral("Undo the Rest"));
        mesh.window.reset();
    }

    void whatIsTakenIsSavedAsCode() {
        LeastWindow mesh;
        mesh.openByLog();
        const auto path = mesh.state.filePath(QStringLiteral("least.yaml"));
        test::answerFileDialog(path);
        mesh.in<QPushButton>("leastSave")->click();
        QTRY_VERIFY2(mesh.in<MessageBar>("leastOutcome")
                         ->sentence()
                         .contains(QStringLiteral("1 grants go, 1 narrower ones are asked for")),
                     qPrintable(mesh.in<MessageBar>("leastOutcome")->sentence()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto written = QString::fromUtf8(file.readAll());
        QVERIFY(written.contains(QStringLiteral("wide-least")) && !written.contains(QStringLiteral("unused")));
        mesh.window.reset();
    }

    void withoutEvidenceItSaysWhatIsMissing() {
        LeastWindow mesh;
        QVERIFY(mesh.window->context().commands.run(QStringLiteral("access.least")));
        mesh.dialog = mesh.window->findChild<LeastDialog*>();
        auto* verdict = mesh.in<MessageBar>("leastVerdict");
        QTRY_COMPARE(verdict->sentence(), QStringLiteral("What would be enough isn't known."));
        QCOMPARE(verdict->tone(), Tone::Warn);
        QVERIFY(!mesh.in<QPushButton>("verb")->isEnabled() && !mesh.in<QPushButton>("leastSave")->isEnabled());
        mesh.window.reset();
    }
};

QTEST_MAIN(LeastPrivilegeStoryTest)
#include "least_privilege_story_test.moc"
