// SPDX-License-Identifier: Apache-2.0
// "Let Everybody Ask" on a real broker with an authorizer: what it opens is shown first and stands afterwards, somebody
// without any right asks through it, and both ways back take it away again.
#include "gui/live_window.h"

#include "access/access_page.h"
#include "access/access_view.h"
#include "shell/undo_last.h"
#include "widgets/button.h"
#include "widgets/label.h"

#include <catalog/access_asking.h>

#include <QDialog>

#include <thread>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::CatalogDesk;
using meshbone::test::LiveWindow;

namespace {

const std::string kLedger = "_meshbone.ledger";
const QString kCommand = QStringLiteral("policy.asking");

/// Ada's window on the policies; "visitor" has a user on the backbone and no right at all.
struct AskingWindow : LiveWindow {
    AskingWindow()
        : LiveWindow(QStringLiteral("overview")) {
        must(catalog::PutAccessRoles{"ops", ""});
        (*desk).carryRequests(CatalogDesk::kPatience).value(); // makes the topic of requests
        visitor = connect("visitor", "visitor-secret");
        window->context().navigator.goTo(kAccessPage);
        window->findChild<AccessPage*>()->showTab(QStringLiteral("policies"));
        (void)settle();
    }
    ~AskingWindow() { window.reset(); }

    [[nodiscard]] int standing() {
        const auto bindings = catalog::askingBindings();
        return static_cast<int>(std::ranges::count_if(bindings, [&](const auto& one) {
            return !backbone->access().acls(backbone::AclFilter::exactly(one), {}).value().empty();
        }));
    }
    [[nodiscard]] bool reachesLedger() const { return visitor->admin().partitions(kLedger, {}).has_value(); }
    [[nodiscard]] QString said(const char* label) const { return find<Label>(label)->text(); }
    bool toggle() {
        auto& commands = window->context().commands;
        return QTest::qWaitFor([&] { return commands.whyDisabled(kCommand).isEmpty(); }, 10'000) &&
               commands.run(kCommand);
    }
    [[nodiscard]] QString lastAct() const {
        return window->context().commands.action(QStringLiteral("edit.undo"))->text();
    }
    /// One step back, by Ctrl+Z and its dialog.
    bool undo() {
        auto* action = window->context().commands.action(QStringLiteral("edit.undo"));
        if (!QTest::qWaitFor([&] { return action->isEnabled(); }, 10'000)) {
            return false;
        }
        QApplication::setActiveWindow(window.get()); // which the dialog before it was
        window->currentPage()->setFocus();
        key(Qt::Key_Z, Qt::ControlModifier);
        const auto confirm = [&] {
            auto* dialog = window->findChild<QDialog*>(QStringLiteral("undoDialog"));
            return dialog == nullptr ? nullptr : dialog->findChild<Button*>(QStringLiteral("undoConfirm"));
        };
        if (!QTest::qWaitFor([&] { return confirm() != nullptr && confirm()->isEnabled(); }, 10'000)) {
            return false;
        }
        confirm()->click();
        return QTest::qWaitFor([&] { return confirm() == nullptr; }, 10'000);
    }
    /// Until so many stand; again where the enforcer reported on the same ACL in the moment between, as a person would.
    bool undoTo(int standingThen) {
        for (int tries = 0; tries < 4; ++tries) {
            if (undo() && QTest::qWaitFor([&] { return standing() == standingThen; }, 3'000)) {
                return true;
            }
        }
        return false;
    }

    std::unique_ptr<backbone::Backbone> visitor;
};

} // namespace

class AskingStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("asking-story")); }

    void whoeverCanLogInAsksWhileItIsOpen() {
        AskingWindow mesh;
        // What it opens is shown before it is opened.
        const auto effect = mesh.said("askingEffect");
        QVERIFY2(effect.startsWith(QStringLiteral("Letting everybody ask means:")), qPrintable(effect));
        for (const auto& binding : catalog::askingBindings()) {
            QVERIFY(effect.contains(QString::fromStdString(describe(binding))));
        }
        QVERIFY(mesh.said("askingState").startsWith(QStringLiteral("Only those may ask")));
        QCOMPARE(mesh.standing(), 0);
        QVERIFY(!mesh.reachesLedger());

        QVERIFY(mesh.toggle());
        QTRY_COMPARE_WITH_TIMEOUT(mesh.standing(), 2, 20'000);
        QTRY_VERIFY(mesh.said("askingState").startsWith(QStringLiteral("Everybody may ask")));
        QTRY_VERIFY(mesh.reachesLedger());
        ask(mesh);

        QVERIFY(mesh.toggle());
        QTRY_COMPARE_WITH_TIMEOUT(mesh.standing(), 0, 20'000);
        QTRY_VERIFY(mesh.said("askingState").startsWith(QStringLiteral("Only those may ask")));
        QTRY_VERIFY(!mesh.reachesLedger());
    }

    void oneStepBackAfterTheOtherClosesItAgain() {
        AskingWindow mesh;
        const auto before = mesh.lastAct();
        QVERIFY(mesh.toggle());
        QTRY_COMPARE_WITH_TIMEOUT(mesh.standing(), 2, 20'000);
        QTRY_VERIFY(mesh.lastAct() != before);
        QVERIFY(mesh.undoTo(1));
        QVERIFY(mesh.undoTo(0));
        QTRY_VERIFY(mesh.said("askingState").startsWith(QStringLiteral("Only those may ask")));
    }

private:
    /// Bob has no right of his own; his request goes through the topic that everybody may write, and Ada sees it.
    static void ask(AskingWindow& mesh) {
        CatalogDesk bob("bob", *mesh.visitor);
        bob.open().value();
        QVERIFY(bob.awaitMode(catalog::CatalogMode::Live));
        catalog::AccessScope scope;
        scope.principal = "User:visitor";
        scope.reads = {{"quakes"}};
        const catalog::SubmitRequest request{"r-1", scope, "", "", "To see quakes"};
        mesh.must(catalog::PutPerson{"bob", "Bob", bob.keyToEnrol()});
        QVERIFY(bob.awaitEntries(mesh.desk->status().appliedEntries));
        std::jthread carrier([&](const std::stop_token& stop) {
            while (!stop.stop_requested() && (*mesh.desk).carryRequests(CatalogDesk::kPatience).value().carried == 0) {
                std::this_thread::yield();
            }
        });
        const auto entry = bob.submit(request);
        carrier.request_stop();
        carrier.join();
        QVERIFY2(entry.has_value(), entry ? "" : entry.error().message.c_str());
        QCOMPARE(entry->author, std::string("bob"));
        QTRY_COMPARE(pendingRequests(mesh.window->context()), 1);
        QVERIFY(!bob.submit(catalog::RevokeGrant{"r-1"}, {}, "Done")); // no more than asking
    }
};

QTEST_MAIN(AskingStoryTest)
#include "asking_story_test.moc"
