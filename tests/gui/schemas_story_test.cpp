// SPDX-License-Identifier: Apache-2.0
#include "gui/schema_window.h"

#include "schemas/code_view.h"
#include "schemas/diff_panes.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/dialog.h"
#include "widgets/empty_view.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"
#include "widgets/table_model.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLineEdit>
#include <QTreeView>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::rowText;
using meshbone::test::rowWith;
using meshbone::test::SchemaTab;
using meshbone::test::SchemaWindow;
using meshbone::test::testModel;
using meshbone::test::TestWindow;

/// Schemas as a data steward uses them.
class SchemasStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("schemas-story")); }

    void theFirstSubjectStandsOpen() {
        SchemaWindow t;
        testModel(t.subjects(), t.window.get());
        QCOMPARE(t.title(), QStringLiteral("aviation.flights-value"));
        QCOMPARE(t.subjects()->rowCount(), 7);
        QVERIFY(rowText(t.subjects(), 0).contains(QStringLiteral("Avro, v2 of 2 versions, BACKWARD")));
        QVERIFY(rowWith(t.subjects(), QStringLiteral("JSON Schema, v1 of 1 version,")) >= 0);
        QVERIFY(rowWith(t.subjects(), QStringLiteral("Protobuf, v1 of 1 version, FULL_TRANSITIVE")) >= 0);
        auto* versions = t.table("versionsTable")->model();
        testModel(versions, t.window.get());
        QCOMPARE(versions->rowCount(), 2);
        QVERIFY(rowText(versions, 0).contains(QStringLiteral("added delayMinutes|")));
        QVERIFY(rowText(versions, 1).contains(QStringLiteral("6 fields")));
    }

    void aFieldIsFoundByTyping() {
        SchemaWindow t;
        t.key(Qt::Key_Slash);
        auto* line = t.find<QLineEdit>("schemasFilter");
        QVERIFY(line->hasFocus());
        QTest::keyClicks(line, QStringLiteral("tailn"));
        QTRY_COMPARE(t.subjects()->rowCount(), 4); // two subjects, the field below each
        QCOMPARE(rowText(t.subjects(), 1), QStringLiteral("field tailNumber: string"));
        QTest::keyClick(line, Qt::Key_Down);
        t.table("schemasTable")->selectRow(3);
        QTRY_COMPARE(t.title(), QStringLiteral("aviation.flights.delayed-value"));
        QVERIFY(t.settle());
        auto* fields = t.table("schemaFieldsTable");
        QCOMPARE(fields->currentIndex().siblingAtColumn(0).data().toString(), QStringLiteral("tailNumber"));
        QCOMPARE(t.find<QTreeView>("fieldTree")->currentIndex().data().toString(), QStringLiteral("tailNumber"));
        QCOMPARE(t.window->context().navigator.selection(),
                 (Selection{SelectionKind::Schema, QStringLiteral("aviation.flights.delayed-value")}));
        line->setFocus();
        QTest::keyClick(line, Qt::Key_Escape);
        QTRY_COMPARE(t.subjects()->rowCount(), 7);
        QCOMPARE(t.title(), QStringLiteral("aviation.flights.delayed-value"));
    }

    void fieldsAreATreeOrAList() {
        SchemaWindow t(QStringLiteral("seismic.quakes-value"));
        auto* tree = t.find<QTreeView>("fieldTree");
        testModel(tree->model(), t.window.get());
        QVERIFY(tree->isVisible());
        const auto position = tree->model()->index(rowWith(tree->model(), QStringLiteral("position|")), 0);
        QCOMPARE(tree->model()->rowCount(position), 3);
        QVERIFY(tree->isExpanded(position));
        auto* line = t.find<QLineEdit>("fieldTreeFilter");
        line->setFocus();
        QTest::keyClicks(line, QStringLiteral("below the surface"));
        QTRY_COMPARE(tree->model()->rowCount(), 1); // its record, with it alone
        QCOMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 1);
        QTest::keyClick(line, Qt::Key_Escape);
        QTRY_VERIFY(tree->model()->rowCount() > 5);
        QVERIFY(rowWith(tree->model(), QStringLiteral("sig|int|optional|0|How significant")) >= 0);
        auto* list = t.table("schemaFieldsTable");
        QVERIFY(!list->isVisible());
        t.find<Segmented>("schemaFieldForm")->setCurrent(1);
        QVERIFY(list->isVisible());
        QVERIFY(rowWith(list->model(), QStringLiteral("position.depth|double|")) >= 0);
        t.openTab(SchemaTab::Text);
        QVERIFY(!t.find<Segmented>("schemaFieldForm")->isVisible());
    }

    void ownersAndWordsAreFoundToo() {
        SchemaWindow t;
        auto* line = t.find<QLineEdit>("schemasFilter");
        line->setFocus();
        QTest::keyClicks(line, QStringLiteral("team-wildlife"));
        QTRY_COMPARE(t.subjects()->rowCount(), 1);
        line->clear();
        QTest::keyClicks(line, QStringLiteral("below the surface"));
        QTRY_VERIFY(rowWith(t.subjects(), QStringLiteral("position.depth")) >= 0);
        line->clear();
        QTest::keyClicks(line, QStringLiteral("xyzzy"));
        QTRY_COMPARE(t.subjects()->rowCount(), 0);
    }

    void twoVersionsAreCompared() {
        SchemaWindow t(QStringLiteral("seismic.quakes-value"));
        t.openTab(SchemaTab::Difference);
        auto* panes = t.find<DiffPanes>("diffPanes");
        QTRY_VERIFY(panes->addedCount() > 0);
        auto* left = t.find<Choice>("diffLeft");
        QCOMPARE(left->currentText(), QStringLiteral("v2"));
        QCOMPARE(t.find<Choice>("diffRight")->currentText(), QStringLiteral("v3"));
        left->setCurrentIndex(left->findText(QStringLiteral("v1")));
        QVERIFY(t.settle());
        QVERIFY(t.find<Label>("diffBackward")->text().contains(QStringLiteral("v3 reads what v1 has written")));
        auto* differences = t.table("differencesTable");
        testModel(differences->model(), t.window.get());
        QVERIFY(differences->model()->rowCount() > 0);
        differences->selectRow(0);
        QVERIFY(!panes->isMarked(0, 0));
    }

    void theTextIsCopiedAsItIsRegistered() {
        SchemaWindow t(QStringLiteral("seismic.quakes-value"));
        t.openTab(SchemaTab::Text);
        QVERIFY(t.find<CodeView>("schemaText")->blockCount() > 10);
        t.find<Button>("schemaCopy")->click();
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(QStringLiteral("{\"type\":\"record\"")));
    }

    void whoUsesItIsListed() {
        SchemaWindow t(QStringLiteral("seismic.quakes-value"));
        t.openTab(SchemaTab::UsedBy);
        auto* uses = t.table("schemaUsesTable")->model();
        testModel(uses, t.window.get());
        QVERIFY(rowWith(uses, QStringLiteral("its values are of this schema")) >= 0);
        QVERIFY(rowWith(uses, QStringLiteral("seismic.quakes-near-airports-value|Schema|v1 refers to v3")) >= 0);
        QVERIFY(rowWith(uses, QStringLiteral("offers the topic")) >= 0);
        QVERIFY(rowWith(uses, QStringLiteral("near-airports|Seen|reads the topic")) >= 0);
    }

    void aChangeThatBreaksIsRepairedAndRegistered() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.key(Qt::Key_R);
        auto* dialog = t.dialog("registerDialog");
        QVERIFY(dialog != nullptr);
        auto* text = dialog->findChild<CodeView*>(QStringLiteral("registerText"));
        auto* verb = dialog->findChild<Button*>(QStringLiteral("verb"));
        auto* state = dialog->findChild<Label*>(QStringLiteral("registerState"));
        auto* verdict = dialog->findChild<MessageBar*>(QStringLiteral("registerVerdict"));
        QTRY_VERIFY(verdict->sentence().contains(QStringLiteral("This is v2 already")));
        QVERIFY(!verb->isEnabled());
        const auto before = text->toPlainText();
        const auto with = [&](const QString& field) {
            auto words = before;
            return words.replace(QStringLiteral("\"fields\": ["), QStringLiteral("\"fields\": [\n    %1,").arg(field));
        };
        text->setPlainText(before.left(before.size() - 5));
        QTRY_VERIFY2(state->text().contains(QStringLiteral("line ")), qPrintable(state->text()));
        QVERIFY(!verb->isEnabled());
        text->setPlainText(with(QStringLiteral("{\"name\": \"gate\", \"type\": \"string\"}")));
        QTRY_VERIFY(verdict->sentence().contains(QStringLiteral("BACKWARD doesn't allow this change")));
        QVERIFY(!verb->isEnabled());
        QVERIFY2(verb->toolTip().contains(QStringLiteral("default")), qPrintable(verb->toolTip()));
        auto* differences = dialog->findChild<QTableView*>(QStringLiteral("registerDifferences"));
        QVERIFY(differences->isVisible());
        QVERIFY(rowWith(differences->model(), QStringLiteral("breaks|the new one reads v2|gate")) >= 0);
        const auto* sentence = dialog->findChild<Label*>(QStringLiteral("registerSentence")); // whole, with its repair
        QVERIFY2(sentence->text().contains(QStringLiteral("“gate”")), qPrintable(sentence->text()));
        QVERIFY2(sentence->text().contains(QStringLiteral("default")), qPrintable(sentence->text()));
        text->setPlainText(with(QStringLiteral("{\"name\": \"gate\", \"type\": \"string\", \"default\": \"\"}")));
        QTRY_VERIFY(verb->isEnabled());
        verb->click();
        QTRY_COMPARE(t.table("versionsTable")->model()->rowCount(), 3);
        QVERIFY(rowText(t.table("versionsTable")->model(), 0).contains(QStringLiteral("added gate")));
        QVERIFY(t.settle());
        QCOMPARE(t.table("versionsTable")->currentIndex().row(), 0);
        QCOMPARE(t.message()->sentence(), QStringLiteral("v3 of aviation.flights-value is registered."));
    }

    void aNewSubjectIsRegistered() {
        SchemaWindow t;
        t.key(Qt::Key_N, Qt::ControlModifier);
        auto* dialog = t.dialog("registerDialog");
        QVERIFY(dialog != nullptr);
        auto* verb = dialog->findChild<Button*>(QStringLiteral("verb"));
        auto* language = dialog->findChild<Choice*>(QStringLiteral("registerLanguage"));
        language->setCurrentIndex(2);
        QVERIFY(dialog->findChild<CodeView*>(QStringLiteral("registerText"))
                    ->toPlainText()
                    .startsWith(QStringLiteral("syntax = \"proto3\"")));
        QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("registerSubject")),
                         QStringLiteral("wildlife.strikes.damage-value"));
        QTRY_VERIFY(verb->isEnabled());
        verb->click();
        QTRY_COMPARE(t.title(), QStringLiteral("wildlife.strikes.damage-value"));
        QTRY_COMPARE(t.subjects()->rowCount(), 8);
    }

    void levelAndModeAreSet() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.key(Qt::Key_C);
        auto* dialog = t.dialog("schemaSettingsDialog");
        QVERIFY(dialog != nullptr);
        auto* level = dialog->findChild<Choice*>(QStringLiteral("schemaLevel"));
        QCOMPARE(level->currentText(), QStringLiteral("As the registry: BACKWARD"));
        level->setCurrentIndex(level->findText(QStringLiteral("FULL")));
        QVERIFY(dialog->findChild<Label*>(QStringLiteral("schemaLevelWords"))
                    ->text()
                    .contains(QStringLiteral("read each other's events")));
        auto* mode = dialog->findChild<Choice*>(QStringLiteral("schemaMode"));
        mode->setCurrentIndex(2);
        dialog->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_VERIFY(rowText(t.subjects(), 0).endsWith(QStringLiteral("FULL")));
        const auto settings = *t.mesh.schemas.settings({"aviation.flights-value"}, {});
        QCOMPARE(settings.front().mode, catalog::SubjectMode::ReadOnly);
    }

    void checkingAndImportAreSet() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.mesh.schemas.setStatus({catalog::RegistryStatus::Stage::Ready, {}, 0, 0, {}, 0, {}}); // one of Meshbone's own
        t.key(Qt::Key_C);
        auto* dialog = t.dialog("schemaSettingsDialog");
        auto* checking = dialog->findChild<Choice*>(QStringLiteral("schemaValidation"));
        QCOMPARE(checking->currentText(), QStringLiteral("As the registry: OFF"));
        QTRY_VERIFY(t.window->context().jobs.isIdle(dialog));
        QVERIFY(checking->isEnabled());
        checking->setCurrentIndex(checking->findText(QStringLiteral("REFUSE")));
        QVERIFY(dialog->findChild<Label*>(QStringLiteral("schemaValidationWords"))
                    ->text()
                    .contains(QStringLiteral("a producer of others gets an error")));
        auto* mode = dialog->findChild<Choice*>(QStringLiteral("schemaMode"));
        auto* warning = dialog->findChild<Label*>(QStringLiteral("schemaModeWords"));
        QVERIFY(!warning->isVisible());
        mode->setCurrentIndex(mode->findData(static_cast<int>(catalog::SubjectMode::Import)));
        QVERIFY(warning->isVisible());
        QVERIFY(warning->text().contains(QStringLiteral("Set it back afterwards")));
        dialog->findChild<Button*>(QStringLiteral("verb"))->click();
        const auto settings = [&] { // none yet while it is being written
            const auto all = t.mesh.schemas.settings({"aviation.flights-value"}, {}).value();
            return all.empty() ? std::remove_cvref_t<decltype(all.front())>{} : all.front();
        };
        QTRY_COMPARE(settings().mode, catalog::SubjectMode::Import);
        QCOMPARE(settings().validation, catalog::WriteValidation::Refuse);
    }

    void aRegistryThatKeepsNoCheckSaysSo() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.key(Qt::Key_C);
        auto* dialog = t.dialog("schemaSettingsDialog");
        auto* checking = dialog->findChild<Choice*>(QStringLiteral("schemaValidation"));
        QTRY_VERIFY(!checking->isEnabled());
        QVERIFY(dialog->findChild<Label*>(QStringLiteral("schemaValidationWords"))
                    ->text()
                    .contains(QStringLiteral("doesn't keep whether what is written is checked")));
    }

    void theWholeRegistryHasSettings() {
        SchemaWindow t; // no subject is chosen
        QVERIFY(t.window->context().commands.run(QStringLiteral("schema.registrySettings")));
        auto* dialog = t.dialog("schemaSettingsDialog");
        auto* level = dialog->findChild<Choice*>(QStringLiteral("schemaLevel"));
        auto* mode = dialog->findChild<Choice*>(QStringLiteral("schemaMode"));
        QCOMPARE(level->currentText(), QStringLiteral("BACKWARD"));
        QCOMPARE(level->findText(QStringLiteral("As the registry"), Qt::MatchStartsWith), -1);
        level->setCurrentIndex(level->findText(QStringLiteral("FULL_TRANSITIVE")));
        mode->setCurrentIndex(mode->findData(static_cast<int>(catalog::SubjectMode::ReadOnly)));
        dialog->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_VERIFY(rowText(t.subjects(), 0).endsWith(QStringLiteral("FULL_TRANSITIVE")));
        const auto settings = *t.mesh.schemas.settings({"aviation.flights-value"}, {});
        QVERIFY(settings.back().subject.empty());
        QCOMPARE(settings.back().mode, catalog::SubjectMode::ReadOnly);
    }

    void aSubjectIsDeletedAndBroughtBack() {
        SchemaWindow t(QStringLiteral("wildlife.strikes-value"));
        t.window->context().commands.run(QStringLiteral("schema.delete"));
        t.confirm();
        QTRY_COMPARE(t.subjects()->rowCount(), 6);
        QVERIFY(t.settle());
        QCOMPARE(t.message()->sentence(), QStringLiteral("wildlife.strikes-value is deleted."));
        t.find<Button>("schemasDeleted")->click();
        QTRY_COMPARE(t.subjects()->rowCount(), 8);
        t.window->context().navigator.select({SelectionKind::Schema, QStringLiteral("wildlife.strikes-value")});
        QVERIFY(t.settle());
        QVERIFY2(t.window->context().commands.run(QStringLiteral("schema.restore")),
                 qPrintable(t.window->context().commands.whyDisabled(QStringLiteral("schema.restore"))));
        QTRY_COMPARE(t.mesh.schemas.versions({})->size(), std::size_t{11});
        QTRY_VERIFY(rowWith(t.subjects(), QStringLiteral("wildlife.strikes-value JSON Schema, v1")) >= 0);
    }

    void whatIsDeletedGoesForGoodByItsTypedName() {
        SchemaWindow t(QStringLiteral("aviation.gates-value"));
        QVERIFY(t.find<Button>("schemasDeleted")->isChecked());
        t.window->context().commands.run(QStringLiteral("schema.delete"));
        t.confirm(QStringLiteral("aviation.gates-value"));
        QTRY_VERIFY(rowWith(t.subjects(), QStringLiteral("aviation.gates-value")) < 0);
    }

    void whatARegistryCantIsDisabledWithTheReason() {
        SchemaWindow t(QStringLiteral("aviation.gates-value"));
        t.mesh.schemas.setCanRestore(false);
        t.window->context().commands.run(QStringLiteral("schema.restore"));
        QTRY_COMPARE(t.window->context().commands.whyDisabled(QStringLiteral("schema.restore")),
                     QStringLiteral("This registry can't bring back what was deleted."));
    }

    void aRefusalIsSaidOnThePage() {
        SchemaWindow t(QStringLiteral("seismic.quakes-value"));
        t.window->context().commands.run(QStringLiteral("schema.deleteVersion")); // it is referred to
        t.confirm();
        QTRY_VERIFY(t.message() != nullptr);
        QCOMPARE(t.message()->tone(), Tone::Danger);
    }

    void aRegistryThatIsAwayIsSaidWithTheLastStateStanding() {
        SchemaWindow t;
        t.mesh.schemas.setUnreachable("The registry at http://127.0.0.1:8081 doesn't answer.");
        t.key(Qt::Key_F5);
        QTRY_VERIFY(t.message() != nullptr);
        QCOMPARE(t.subjects()->rowCount(), 7);
        t.mesh.schemas.setUnreachable({});
        t.key(Qt::Key_F5);
        QTRY_VERIFY(t.message() == nullptr);
    }

    void anEmptyRegistrySaysTheNextStep() {
        TestWindow t(QStringLiteral("schemas"), test::FakeMesh::Empty{});
        auto* views = t.window->currentPage();
        QTRY_VERIFY(std::ranges::any_of(views->findChildren<EmptyView*>(), [](const EmptyView* view) {
            return view->isVisible() && view->title() == QStringLiteral("No schemas yet");
        }));
        QVERIFY(!t.find<QWidget>("schemasList")->isVisible());
    }

    void subjectsAreFoundInTheFinderAndBackLeadsBack() {
        SchemaWindow t;
        t.window->context().navigator.goTo(QStringLiteral("topics"));
        const auto items = findThings(t.window->context(), t.window->pages(), QStringLiteral("strikes-value"));
        QVERIFY(!items.isEmpty());
        items.front().run();
        QVERIFY(t.settle());
        QCOMPARE(t.title(), QStringLiteral("wildlife.strikes-value"));
        t.window->context().navigator.back();
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("topics"));
    }

    void aTopicShowsItsSchema() {
        TestWindow t(QStringLiteral("topics"));
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("seismic.quakes")});
        QVERIFY(t.settle());
        t.find<Tabs>("topicTabs")->setCurrent(4);
        auto* fields = t.find<QTableView>("topicFieldsTable")->model();
        QTRY_VERIFY(rowWith(fields, QStringLiteral("felt|")) >= 0);
        auto* subject = t.find<Choice>("topicSubject");
        QCOMPARE(subject->count(), 2); // of the values and the keys, none of the topic near-airports
        t.find<Button>("topicSchemaOpen")->click();
        QVERIFY(t.settle());
        QCOMPARE(t.find<Label>("schemaTitle")->text(), QStringLiteral("seismic.quakes-value"));
    }
};

QTEST_MAIN(SchemasStoryTest)
#include "schemas_story_test.moc"
