// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "access/as_of_model.h"
#include "audit/entry_panel.h"
#include "audit/ledger_model.h"
#include "shell/diff_view.h"
#include "shell/ledger_words.h"
#include "shell/undo_last.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/dialog.h"
#include "widgets/format.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <catalog/evidence.h>

#include <QAbstractItemModelTester>
#include <QFile>
#include <QLineEdit>
#include <QMenu>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

catalog::AccessScope reading(const std::string& topic, backbone::PatternType pattern = backbone::PatternType::Literal) {
    catalog::AccessScope scope;
    scope.principal = "User:dashboard";
    scope.role = catalog::Role::Consumer;
    scope.reads = {{topic, pattern}};
    scope.group = {"dashboard"};
    return scope;
}

catalog::LedgerEntry must(TestWindow& t, const std::string& person, const catalog::Command& command,
                          const std::string& why = "because") {
    t.mesh.catalog.setAuthor(person);
    auto entry = t.mesh.catalog.submit({command, why, {}}, {});
    t.mesh.catalog.setAuthor("ada");
    if (!entry) {
        qFatal("%s", entry.error().message.c_str());
    }
    return std::move(*entry);
}

/// Noor asks for a topic, Ada agrees.
catalog::LedgerEntry grant(TestWindow& t, const std::string& id, const catalog::AccessScope& scope) {
    must(t, "noor", catalog::SubmitRequest{id, scope, "", "", "To show quakes", catalog::kNoEnd});
    return must(t, "ada", catalog::ApproveRequest{id, scope, catalog::kNoEnd, ""});
}

/// The cell of the first row whose act is so called.
QString subjectOf(const QTableView& table, const QString& title) {
    for (int row = 0; row < table.model()->rowCount(); ++row) {
        if (table.model()->index(row, 2).data(Qt::DisplayRole).toString().startsWith(title)) {
            return table.model()->index(row, 3).data(Qt::DisplayRole).toString();
        }
    }
    return {};
}

void trigger(Button* button, const QString& text) {
    for (auto* action : button->menu()->actions()) {
        if (action->text() == text) {
            action->trigger();
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no '%1' in the menu").arg(text)));
}

} // namespace

/// The Audit page and undoing, as a person uses them.
class AuditStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("audit-story")); }

    // ---- Words ----

    void actsOnAccessAreSaidInWords() {
        TestWindow t(QStringLiteral("audit"));
        must(t, "ada",
             catalog::PutPrincipal{"User:dashboard", "Dashboard", catalog::PrincipalKind::Tool, "team-seismic", "",
                                   false});
        grant(t, "dashboard-quakes", reading("seismic.quakes"));
        must(t, "ada",
             catalog::PutPrincipal{"User:dashboard", "Dashboard", catalog::PrincipalKind::Tool, "team-seismic", "",
                                   true});
        const backbone::AclBinding binding{backbone::ResourceKind::Topic, backbone::PatternType::Prefixed, "seismic.",
                                           "User:tool", "*"};
        must(t, "ada", catalog::MarkBinding{binding, catalog::BindingStanding::Ignored, false, "", 1'900'000'000'000});
        auto* table = t.find<QTableView>("auditTable");
        QTRY_VERIFY(!subjectOf(*table, QStringLiteral("Binding ignored")).isEmpty());
        QVERIFY(subjectOf(*table, QStringLiteral("Binding ignored")).startsWith(QStringLiteral("ALLOW READ on")));
        QCOMPARE(subjectOf(*table, QStringLiteral("Principal disabled")), QStringLiteral("User:dashboard"));
        QTRY_COMPARE(subjectOf(*table, QStringLiteral("Access granted")),
                     QStringLiteral("User:dashboard, seismic.quakes"));
        QCOMPARE(shownValue(QStringLiteral("until"), QStringLiteral("1900000000000")), formatTime(1'900'000'000'000));
        QCOMPARE(shownValue(QStringLiteral("text"), QStringLiteral("kind: DataContract\nid: a\n")),
                 QStringLiteral("2 lines, %1").arg(formatBytes(25)));
        QCOMPARE(shownValue(QStringLiteral("state"), QStringLiteral("removal_unknown")),
                 QStringLiteral("removal unknown"));
    }

    // ---- Filters ----

    void aTopicFindsWhatCoversIt() {
        TestWindow t(QStringLiteral("audit"));
        grant(t, "narrow", reading("seismic.quakes"));
        grant(t, "wide", reading("seismic.", backbone::PatternType::Prefixed));
        grant(t, "other", reading("wildlife.", backbone::PatternType::Prefixed));
        auto* table = t.find<QTableView>("auditTable");
        const auto all = static_cast<int>(t.mesh.catalog.entries({})->total);
        QTRY_COMPARE(table->model()->rowCount(), all);
        trigger(t.find<Button>("auditAbout"), QStringLiteral("A Topic or Product…"));
        QTest::keyClicks(t.find<QLineEdit>("aboutName"), QStringLiteral("seismic.quakes"));
        QCOMPARE(t.find<Choice>("aboutKind")->currentText(), QStringLiteral("A topic"));
        t.find<Button>("aboutVerb")->click();
        QTRY_VERIFY(table->model()->rowCount() < all);
        const auto query = table->model()->rowCount();
        QStringList found;
        for (int row = 0; row < query; ++row) {
            found << table->model()->index(row, 3).data(Qt::DisplayRole).toString();
        }
        QVERIFY(found.contains(QStringLiteral("User:dashboard, seismic.*")));
        QVERIFY(found.contains(QStringLiteral("User:dashboard, seismic.quakes")));
        QVERIFY(!found.contains(QStringLiteral("User:dashboard, wildlife.*")));
        QCOMPARE(t.find<Button>("auditAbout")->text(), QStringLiteral("seismic.quakes"));
        trigger(t.find<Button>("auditAbout"), QStringLiteral("Any topic"));
        QTRY_COMPARE(table->model()->rowCount(), all);
    }

    void aPeriodThatEndsBeforeItBeginsIsSaid() {
        TestWindow t(QStringLiteral("audit"));
        trigger(t.find<Button>("auditWhen"), QStringLiteral("Between…"));
        QTest::keyClicks(t.find<QLineEdit>("aboutFrom"), QStringLiteral("2026-02-01"));
        QTest::keyClicks(t.find<QLineEdit>("aboutTo"), QStringLiteral("soon"));
        t.find<Button>("aboutVerb")->click();
        auto* message = t.find<Dialog>("aboutDialog")->message();
        QVERIFY(message->sentence().contains(QStringLiteral("“soon” isn't a time")));
        t.find<QLineEdit>("aboutTo")->setText(QStringLiteral("2026-01-01"));
        t.find<Button>("aboutVerb")->click();
        QVERIFY(message->sentence().contains(QStringLiteral("ends before it begins")));
    }

    // ---- Undo ----

    void theLastOwnActIsUndoneFromAnyPage() {
        TestWindow t(QStringLiteral("topics"));
        const auto before = t.mesh.catalog.topicFacts().at("seismic.quakes").description;
        must(t, "ada", catalog::DescribeTopic{"seismic.quakes", "Shaking."});
        must(t, "ada", catalog::DescribeTopic{"seismic.quakes", "Every quake."});
        must(t, "noor", catalog::DescribeTopic{"wildlife.strikes", "By somebody else."});
        auto* action = t.window->context().commands.action(QStringLiteral("edit.undo"));
        QTRY_COMPARE(action->text(), QStringLiteral("Undo “Topic described, seismic.quakes”"));
        t.key(Qt::Key_Z, Qt::ControlModifier); // words only: at once
        QTRY_COMPARE(t.mesh.catalog.topicFacts().at("seismic.quakes").description, std::string("Shaking."));
        auto* message = t.find<MessageBar>("windowMessage");
        QTRY_VERIFY(message->isVisible());
        QVERIFY(message->sentence().contains(QStringLiteral("is undone by entry")));
        QVERIFY(t.settle());
        QTRY_VERIFY(action->isEnabled());
        t.key(Qt::Key_Z, Qt::ControlModifier); // the one before it
        QTRY_COMPARE(t.mesh.catalog.topicFacts().at("seismic.quakes").description, before);
        QCOMPARE(t.mesh.catalog.topicFacts().at("wildlife.strikes").description, std::string("By somebody else."));
    }

    void anActOnAccessShowsItsEffectFirst() {
        TestWindow t(QStringLiteral("overview"));
        grant(t, "dashboard-quakes", reading("seismic.quakes"));
        must(t, "ada", catalog::RevokeGrant{"dashboard-quakes"}, "No longer needed");
        auto* action = t.window->context().commands.action(QStringLiteral("edit.undo"));
        QTRY_VERIFY(action->text().contains(QStringLiteral("Grant revoked")));
        t.key(Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY(t.window->findChild<Dialog*>(QStringLiteral("undoDialog")) != nullptr);
        QVERIFY(t.mesh.catalog.grants().at(0).revoked); // only shown yet
        QVERIFY(t.find<DiffView>("undoChanges")->accessibleDescription().contains(QStringLiteral("revoked from yes")));
        t.find<Button>("undoConfirm")->click();
        QTRY_VERIFY(!t.mesh.catalog.grants().at(0).revoked);
        QTRY_VERIFY(t.find<MessageBar>("windowMessage")->isVisible());
    }

    void aTextFieldKeepsItsOwnUndo() {
        TestWindow t(QStringLiteral("audit"));
        must(t, "ada", catalog::DescribeTopic{"seismic.quakes", "Shaking."});
        QTRY_VERIFY(t.window->context().commands.action(QStringLiteral("edit.undo"))->isEnabled());
        QVERIFY(t.settle());
        auto* filter = t.find<QLineEdit>("auditFilter");
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("quakes"));
        QTest::keyClick(filter, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(filter->text(), QString());
        QVERIFY(t.settle());
        QCOMPARE(t.mesh.catalog.topicFacts().at("seismic.quakes").description, std::string("Shaking."));
    }

    void settingsGoBackOnTheBackboneUnlessTheyChangedSince() {
        TestWindow t(QStringLiteral("audit"));
        auto& admin = t.mesh.backbone.admin();
        QVERIFY(admin.alterTopicConfig("seismic.quakes", {{"retention.ms", "1000"}}, {}));
        const auto done = must(t, "ada",
                               catalog::RecordAct{"topic.configured",
                                                  "seismic.quakes",
                                                  {{"retention.ms", catalog::kNoOwnSetting}},
                                                  {{"retention.ms", "1000"}}});
        t.window->context().navigator.select({SelectionKind::Entry, QString::number(done.number)});
        auto* undo = t.find<Button>("audit.undo");
        QTRY_VERIFY(undo->isEnabled());
        undo->click();
        QTRY_VERIFY(t.window->findChild<Dialog*>(QStringLiteral("undoDialog")) != nullptr);
        t.find<Button>("undoConfirm")->click();
        const auto own = [&](const char* name) {
            const auto config = admin.topicConfig("seismic.quakes", {}).value();
            const auto found = std::ranges::find(config, name, &backbone::ConfigEntry::name);
            return found->source == backbone::ConfigSource::Topic;
        };
        QTRY_VERIFY(!own("retention.ms"));
        QTRY_COMPARE(t.mesh.catalog.entries({})->entries.front().act, std::string("topic.configured"));
        QTRY_VERIFY(undo->toolTip().contains(QStringLiteral("has changed since on the backbone")));
        QVERIFY(!undo->isEnabled());
    }

    void whatCanNotBeUndoneSaysWhy() {
        TestWindow t(QStringLiteral("topics"));
        must(t, "ada", catalog::RecordAct{"topic.deleted", "seismic.old", {{"records", "3"}}, {}});
        auto& commands = t.window->context().commands;
        QTRY_VERIFY(
            commands.whyDisabled(QStringLiteral("edit.undo")).contains(QStringLiteral("gone from the backbone")));
        QVERIFY(!commands.action(QStringLiteral("edit.undo"))->isEnabled());
    }

    // ---- Evidence and the past ----

    void evidenceAboutATopicIsWrittenAndHolds() {
        TestWindow t(QStringLiteral("audit"));
        grant(t, "dashboard-quakes", reading("seismic.quakes"));
        t.window->context().commands.run(QStringLiteral("audit.export"));
        QVERIFY(t.find<Dialog>("evidenceDialog") != nullptr);
        QTest::keyClicks(t.find<QLineEdit>("aboutName"), QStringLiteral("seismic.quakes"));
        const auto path = m_home.filePath(QStringLiteral("quakes.jsonl"));
        t.find<QLineEdit>("evidencePath")->setText(path);
        t.find<Button>("aboutVerb")->click();
        auto* message = t.window->currentPage()->findChild<MessageBar*>(QStringLiteral("pageMessage"));
        QTRY_VERIFY(message->isVisible());
        QVERIFY(message->sentence().contains(path));
        QCOMPARE(message->tone(), Tone::Ok);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto report = catalog::verifyEvidence(file.readAll().toStdString());
        QVERIFY2(report.isGenuine(), report.wrong.empty() ? "" : report.wrong.front().what.c_str());
        QCOMPARE(report.topic, std::string("seismic.quakes"));
        QVERIFY(report.asked >= 2);
    }

    void accessIsShownAsItWas() {
        TestWindow t(QStringLiteral("audit"));
        const auto granted = grant(t, "dashboard-quakes", reading("seismic.quakes"));
        const auto revoked = must(t, "ada", catalog::RevokeGrant{"dashboard-quakes"}, "No longer needed");
        t.window->context().commands.run(QStringLiteral("audit.asOf"));
        auto* table = t.find<QTableView>("asOfTable");
        QAbstractItemModelTester tester(t.find<Dialog>("asOfDialog")->findChild<AsOfModel*>(),
                                        QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto* time = t.find<QLineEdit>("asOfTime");
        time->setText(formatTime(granted.timeMs));
        t.find<Button>("asOfShow")->click();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->model()->index(0, 2).data().toString(), QStringLiteral("seismic.quakes"));
        time->setText(formatTime(revoked.timeMs));
        t.find<Button>("asOfShow")->click();
        QTRY_COMPARE(table->model()->rowCount(), 0);
        t.find<Segmented>("asOfWhich")->setCurrent(1);
        QTRY_COMPARE(table->model()->rowCount(), 1);
        time->setText(QStringLiteral("2001-01-01"));
        t.find<Button>("asOfShow")->click();
        QTRY_VERIFY(t.find<Label>("asOfWords")->text().contains(QStringLiteral("begins later")));
        QCOMPARE(table->model()->rowCount(), 0);
    }
};

QTEST_MAIN(AuditStoryTest)
#include "audit_story_test.moc"
