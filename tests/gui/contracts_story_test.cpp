// SPDX-License-Identifier: Apache-2.0
#include "gui/file_dialog.h"
#include "gui/window_fixture.h"
#include "support/contract_example.h"

#include "audit/entry_panel.h"
#include "schemas/code_view.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/export_rows.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QFile>
#include <QLineEdit>
#include <QTableView>

using namespace meshbone;
using namespace meshbone::ui;
using test::agreeContract;
using test::answerFileDialog;
using test::brokenContractText;
using test::contractWith;
using test::exampleContractText;
using test::TestWindow;

namespace {

constexpr int kTopicTab = 6, kProductTab = 2;

/// A dialog in which a contract is looked at before it is agreed.
struct Reviewing {
    QDialog* dialog = nullptr;

    template <class W>
    [[nodiscard]] W* find(const char* name) const {
        auto* found = dialog->findChild<W*>(QLatin1String(name));
        return found != nullptr ? found : throw std::runtime_error(std::string("There is no widget ") + name);
    }
    [[nodiscard]] QString verdict() const {
        const auto* bar = find<MessageBar>("contractReviewVerdict");
        return bar->isVisible() ? bar->sentence() : QString();
    }
    [[nodiscard]] QAbstractItemModel* rows() const { return find<QTableView>("contractReviewTable")->model(); }
    [[nodiscard]] Button* verb() const { return find<Button>("verb"); }
};

/// The window with the tab "Contract" open, of seismic.quakes or the product that offers it.
struct ContractWindow : TestWindow {
    QTemporaryDir folder;
    bool ofProduct;

    explicit ContractWindow(bool product = false)
        : TestWindow(product ? QStringLiteral("products") : QStringLiteral("topics"))
        , ofProduct(product) {
        window->context().navigator.select(product
                                               ? Selection{SelectionKind::Product, QStringLiteral("earthquake-feed")}
                                               : Selection{SelectionKind::Topic, QStringLiteral("seismic.quakes")});
        tabs()->setCurrent(product ? kProductTab : kTopicTab);
        const auto isRead = [this] { return window->context().schemas.isLoaded() && window->isSettled(); };
        if (!QTest::qWaitFor(isRead, 10'000)) {
            qWarning("The contract is not read.");
        }
    }
    [[nodiscard]] Tabs* tabs() const { return find<Tabs>(ofProduct ? "productTabs" : "topicTabs"); }
    [[nodiscard]] QWidget* tab() const { return find<QWidget>(ofProduct ? "productContractTab" : "topicContractTab"); }
    template <class W>
    [[nodiscard]] W* part(const char* name) const {
        return tab()->findChild<W*>(QLatin1String(name));
    }
    [[nodiscard]] QString named(const char* ending) const {
        return (ofProduct ? QStringLiteral("productContract") : QStringLiteral("topicContract")) +
               QLatin1String(ending);
    }
    [[nodiscard]] QString title() const { return part<Label>("contractTitle")->text(); }
    [[nodiscard]] QString said() const {
        const auto* bar = part<MessageBar>("contractSaid");
        return bar->isVisible() ? bar->sentence() : QString();
    }
    [[nodiscard]] MessageBar* verdict() const { return tab()->findChild<MessageBar*>(named("Verdict")); }
    [[nodiscard]] CodeView* text() const { return tab()->findChild<CodeView*>(named("Text")); }
    [[nodiscard]] QTableView* findings() const { return tab()->findChild<QTableView*>(named("Table")); }
    [[nodiscard]] bool isEmpty() const { return part<EmptyView>("contractNone")->isVisible(); }

    [[nodiscard]] QString id(const char* verb) const {
        return (ofProduct ? QStringLiteral("product.contract.") : QStringLiteral("topic.contract.")) +
               QLatin1String(verb);
    }
    bool run(const char* verb) const { return window->context().commands.run(id(verb)); }
    [[nodiscard]] QString whyNot(const char* verb) const { return window->context().commands.whyDisabled(id(verb)); }
    [[nodiscard]] Reviewing reviewing(const char* name) const {
        return {window->findChild<QDialog*>(QLatin1String(name))};
    }
    QString write(const std::string& text) const {
        const auto path = folder.filePath(QStringLiteral("contract.yaml"));
        if (!writeFile(path, QByteArray::fromStdString(text))) {
            qWarning("%s can't be written.", qPrintable(path));
        }
        return path;
    }
    /// Opens the import with a file that holds this.
    [[nodiscard]] Reviewing importing(const std::string& text) const {
        if (!run("import")) {
            qWarning("%s", qPrintable(whyNot("import")));
        }
        const auto r = reviewing("contractImport");
        r.find<QLineEdit>("contractFile")->setText(write(text));
        return r;
    }
    [[nodiscard]] std::string agreed() const {
        const auto found =
            catalog::agreedContract(mesh.catalog, ofProduct, ofProduct ? "earthquake-feed" : "seismic.quakes");
        return found ? found->text : std::string();
    }
    [[nodiscard]] catalog::LedgerEntry newest() const { return mesh.catalog.entries({})->entries.front(); }
};

int rowWith(const QAbstractItemModel* model, const QString& words) {
    for (int row = 0; row < model->rowCount(); ++row) {
        if (model->index(row, 1).data().toString().contains(words)) {
            return row;
        }
    }
    return -1;
}

QString cellText(const QAbstractItemModel* model, int row, int column) {
    return model->index(row, column).data().toString();
}

} // namespace

/// Data contracts as those use them who give and get data.
class ContractsStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() {
        test::useTestSettings(m_home, QStringLiteral("contracts-story"));
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    void whereThereIsNoneTheNextStepIsOffered() {
        const ContractWindow t;
        QVERIFY(t.isEmpty());
        QCOMPARE(t.part<EmptyView>("contractNone")->title(), QStringLiteral("No contract is agreed for this topic"));
        QCOMPARE(t.whyNot("export"), QStringLiteral("No contract is agreed for it."));
        QCOMPARE(t.whyNot("check"), QStringLiteral("No contract is agreed for it."));
        t.part<EmptyView>("contractNone")->findChild<Button*>(QStringLiteral("emptyAction"))->click();
        const auto r = t.reviewing("contractImport");
        QVERIFY(r.dialog != nullptr);
        QVERIFY(r.verb()->toolTip().contains(QStringLiteral("Choose a file first.")));
        QVERIFY(r.verdict().isEmpty()); // nothing is wrong yet
        r.find<QLineEdit>("contractFile")->setText(t.folder.filePath(QStringLiteral("none.yaml")));
        QTRY_VERIFY(r.verdict().contains(QStringLiteral("can't be read")));
    }

    void aFileIsLookedAtBeforeItIsAgreed() {
        ContractWindow t;
        const auto before = t.newest().number;
        t.key(Qt::Key_I);
        const auto r = t.reviewing("contractImport");
        QVERIFY(r.dialog != nullptr);
        answerFileDialog(t.write(exampleContractText()));
        r.find<Button>("contractBrowse")->click();
        QTRY_COMPARE(r.verdict(), QStringLiteral("It is the first contract of the topic seismic.quakes."));
        QCOMPARE(r.find<Choice>("contractFor")->currentText(), QStringLiteral("Topic seismic.quakes"));
        QCOMPARE(r.find<CodeView>("contractReviewText")->toPlainText().toStdString(), exampleContractText());
        QCOMPARE(t.newest().number, before); // nothing is done yet
        r.find<QLineEdit>("contractWhy")->setText(QStringLiteral("First contract with the insurers"));
        QTRY_VERIFY(r.verb()->isEnabled());
        r.verb()->click();
        QTRY_COMPARE(t.title(), QStringLiteral("“Earthquakes” 1.2.0"));
        QCOMPARE(t.agreed(), exampleContractText());
        QCOMPARE(t.newest().act, std::string("contract.put"));
        QCOMPARE(t.newest().why, std::string("First contract with the insurers"));
        const auto about = t.part<Label>("contractAbout")->text();
        QVERIFY2(about.startsWith(QStringLiteral("Open Data Contract Standard 3.1.0, agreed by Ada Berg at ")) &&
                     about.endsWith(QStringLiteral("“First contract with the insurers”")),
                 qPrintable(about));
        QCOMPARE(t.said(), QStringLiteral("“Earthquakes” 1.2.0 is agreed for the topic seismic.quakes."));
        for (auto* button : t.part<MessageBar>("contractSaid")->findChildren<Button*>()) {
            if (button->text() == u"Show Entry") {
                button->click();
            }
        }
        QTRY_COMPARE(t.find<EntryPanel>("entryPanel")->entry()->number, t.newest().number);
        QCOMPARE(t.find<Label>("entryTitle")->text(), QStringLiteral("Contract agreed"));
    }

    void whatIsWrongStandsAtItsLine() {
        const ContractWindow t;
        const auto r = t.importing(contractWith(exampleContractText(), "1.2.0", "1.2"));
        QTRY_COMPARE(r.verdict(), QStringLiteral("It can't be agreed: 1 thing is wrong with it."));
        QVERIFY(!r.verb()->isEnabled());
        QCOMPARE(r.verb()->toolTip(), r.verdict());
        auto* table = r.find<QTableView>("contractReviewTable");
        QCOMPARE(cellText(table->model(), 0, 0), QStringLiteral("wrong"));
        QCOMPARE(cellText(table->model(), 0, 2), QStringLiteral("6:1"));
        table->selectRow(0);
        QCOMPARE(r.find<CodeView>("contractReviewText")->textCursor().blockNumber(), 5);
        t.write("kind: DataContract\nkind: x\n"); // corrected in an editor, to something else that is wrong
        QTRY_COMPARE(cellText(r.rows(), 0, 2), QStringLiteral("2:1"));
        t.write(exampleContractText());
        QTRY_VERIFY(r.verb()->isEnabled());
    }

    void whatBreaksHasToBeWanted() {
        ContractWindow t;
        agreeContract(t.mesh.catalog, exampleContractText());
        QTRY_COMPARE(t.title(), QStringLiteral("“Earthquakes” 1.2.0"));
        const auto next = contractWith(contractWith(exampleContractText(), "value: 5", "value: 60"), "1.2.0", "2.0.0");
        const auto r = t.importing(next);
        QTRY_COMPARE(r.verdict(), QStringLiteral("1 change breaks what is agreed."));
        new QAbstractItemModelTester(r.rows(), QAbstractItemModelTester::FailureReportingMode::QtTest, r.dialog);
        QCOMPARE(cellText(r.rows(), 0, 0), QStringLiteral("breaks"));
        QVERIFY(rowWith(r.rows(), QStringLiteral("The version was 1.2.0, now it is 2.0.0.")) > 0);
        auto* wanted = r.find<QCheckBox>("contractBreaking");
        QVERIFY(wanted->isVisible() && !r.verb()->isEnabled());
        wanted->click();
        QVERIFY(r.verb()->isEnabled());
        // Somebody agrees something else meanwhile: what was compared isn't what it would replace.
        agreeContract(t.mesh.catalog, contractWith(exampleContractText(), "1.2.0", "1.3.0"));
        r.verb()->click();
        QTRY_VERIFY(rowWith(r.rows(), QStringLiteral("The version was 1.3.0, now it is 2.0.0.")) > 0);
        QVERIFY(t.agreed() != next);
        QVERIFY(!wanted->isChecked());
        wanted->click();
        QTRY_VERIFY(r.verb()->isEnabled());
        r.verb()->click();
        QTRY_COMPARE(t.title(), QStringLiteral("“Earthquakes” 2.0.0"));
        QCOMPARE(t.agreed(), next);
    }

    void itMayBeForMoreThanOneTopic() {
        ContractWindow t;
        const auto both = contractWith(exampleContractText(), "slaProperties:\n",
                                       "  - name: Revision\n    physicalName: seismic.quakes.revisions\n"
                                       "    physicalType: topic\nslaProperties:\n");
        const auto r = t.importing(both);
        auto* choice = r.find<Choice>("contractFor");
        QTRY_COMPARE(choice->count(), 2);
        QCOMPARE(choice->currentText(), QStringLiteral("Topics seismic.quakes, seismic.quakes.revisions"));
        QCOMPARE(r.verdict(), QStringLiteral("None of these topics has a contract yet."));
        choice->setCurrentIndex(1);
        QCOMPARE(r.verdict(), QStringLiteral("It is the first contract of the topic seismic.quakes."));
        choice->setCurrentIndex(0);
        QTRY_VERIFY(r.verb()->isEnabled());
        r.verb()->click();
        QTRY_COMPARE(t.said(), QStringLiteral("“Earthquakes” 1.2.0 is agreed for 2 topics."));
        QCOMPARE(catalog::agreedContract(t.mesh.catalog, false, "seismic.quakes.revisions")->text, both);
    }

    void itIsExportedByteForByte() {
        ContractWindow t;
        auto text = "\xEF\xBB\xBF" + exampleContractText();
        for (auto at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 2)) {
            text.insert(at, "\r");
        }
        const auto r = t.importing(text);
        QTRY_VERIFY(r.verb()->isEnabled());
        r.verb()->click();
        QTRY_COMPARE(t.agreed(), text);
        QTRY_VERIFY(t.whyNot("export").isEmpty());
        const auto path = t.folder.filePath(QStringLiteral("out.yaml"));
        answerFileDialog(path);
        QVERIFY(t.run("export"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray::fromStdString(text));
        QVERIFY(t.said().contains(path));
    }

    void aDraftIsMadeChangedSavedAndAgreed() {
        ContractWindow t;
        QVERIFY(t.run("draft"));
        const auto r = t.reviewing("contractDraft");
        auto* text = r.find<CodeView>("contractReviewText");
        QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("schemaSubject")));
        QTRY_VERIFY(r.verb()->isEnabled());
        text->setPlainText(text->toPlainText().replace(QStringLiteral("kind: DataContract"),
                                                       QStringLiteral("kind: DataContract\nkind: x")));
        QVERIFY(!r.verb()->isEnabled());
        QTRY_COMPARE(r.verdict(), QStringLiteral("It can't be agreed: 1 thing is wrong with it."));
        text->setPlainText(text->toPlainText()
                               .remove(QStringLiteral("kind: x\n"))
                               .replace(QStringLiteral("status: active"), QStringLiteral("status: draft")));
        QTRY_COMPARE(r.verdict(), QStringLiteral("It is the first contract of the topic seismic.quakes."));
        const auto path = t.folder.filePath(QStringLiteral("draft.yaml"));
        answerFileDialog(path);
        r.find<Button>("contractSave")->click();
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto saved = file.readAll();
        QVERIFY(saved.contains("status: draft\n"));
        QTRY_VERIFY(r.verb()->isEnabled());
        r.verb()->click();
        QTRY_COMPARE(t.agreed(), saved.toStdString());
        QTRY_COMPARE(t.verdict()->tone(), Tone::Ok); // the schema that it was made from keeps it
        QVERIFY(!t.isEmpty());
    }

    void removingSaysItsEffectAndIsUndone() {
        ContractWindow t;
        agreeContract(t.mesh.catalog, exampleContractText());
        QTRY_VERIFY(t.whyNot("remove").isEmpty());
        QVERIFY(t.run("remove"));
        auto* form = t.window->findChild<QDialog*>(QStringLiteral("contractRemove"));
        QVERIFY(form != nullptr);
        QStringList words;
        for (const auto* label : form->findChildren<QLabel*>()) {
            words << label->text();
        }
        QVERIFY2(words.join(u' ').contains(QStringLiteral("“Earthquakes” 1.2.0 ends: nothing of what it promises")),
                 qPrintable(words.join(u' ')));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_VERIFY(t.isEmpty());
        QCOMPARE(t.said(), QStringLiteral("The contract of seismic.quakes has ended."));
        QVERIFY(t.agreed().empty());
        QVERIFY(t.settle());
        QTRY_VERIFY(t.window->context().commands.action(QStringLiteral("edit.undo"))->isEnabled());
        QVERIFY(t.window->context().commands.run(QStringLiteral("edit.undo")));
        QTRY_VERIFY(t.window->findChild<QDialog*>(QStringLiteral("undoDialog")) != nullptr);
        t.find<Button>("undoConfirm")->click();
        QTRY_VERIFY(!t.isEmpty());
        QCOMPARE(t.agreed(), exampleContractText());
        QCOMPARE(t.title(), QStringLiteral("“Earthquakes” 1.2.0"));
    }

    // ---- Is it kept? ----

    void aPromiseThatTheSchemaBreaksIsToldWhereItStands() {
        ContractWindow t;
        agreeContract(t.mesh.catalog, brokenContractText());
        QTRY_COMPARE(t.title(), QStringLiteral("“Earthquakes” 1.2.0"));
        QCOMPARE(t.verdict()->tone(), Tone::Danger);
        QCOMPARE(t.verdict()->sentence(), QStringLiteral("The schema breaks the contract in 1 place."));
        auto* table = t.findings();
        new QAbstractItemModelTester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, table);
        QCOMPARE(cellText(table->model(), 0, 0), QStringLiteral("breaks"));
        QVERIFY(cellText(table->model(), 0, 1).startsWith(QStringLiteral("The contract promises 'station'")));
        table->setFocus();
        table->selectRow(0);
        QCOMPARE(t.text()->textCursor().blockNumber(), 20);
        QCOMPARE(t.text()->extraSelections().size(), 1);
        // What is new in the registry is looked at by itself, and when it is asked for.
        t.mesh.schemas.put("seismic.quakes-value",
                           R"({"type":"record","name":"Quake","namespace":"gov.usgs","fields":[)"
                           R"({"name":"id","type":"string"},{"name":"mag","type":"double"},)"
                           R"({"name":"station","type":"string","default":""}]})");
        QTRY_COMPARE(t.verdict()->sentence(), QStringLiteral("The schema keeps the contract."));
        t.tabs()->setCurrent(0);
        t.window->currentPage()->setFocus();
        t.key(Qt::Key_K);
        QCOMPARE(t.tabs()->current(), kTopicTab);
        QVERIFY(t.settle());
        QCOMPARE(t.verdict()->tone(), Tone::Ok);
    }

    void aCandidateSaysWhichContractItBreaks() {
        TestWindow t(QStringLiteral("schemas"));
        agreeContract(t.mesh.catalog, exampleContractText());
        t.window->context().navigator.select({SelectionKind::Schema, QStringLiteral("seismic.quakes-value")});
        QVERIFY(t.settle());
        QVERIFY(t.window->context().commands.run(QStringLiteral("schema.register")));
        auto* dialog = t.window->findChild<QDialog*>(QStringLiteral("registerDialog"));
        auto* contracts = dialog->findChild<MessageBar*>(QStringLiteral("registerContracts"));
        auto* text = dialog->findChild<CodeView*>(QStringLiteral("registerText"));
        QVERIFY(!contracts->isVisible());
        const auto before = text->toPlainText();
        const auto mag = QStringLiteral("\"mag\"");
        QCOMPARE(before.count(mag), 1);
        text->setPlainText(QString(before).replace(mag, QStringLiteral("\"magnitude\"")));
        QTRY_VERIFY(contracts->isVisible());
        QCOMPARE(contracts->sentence(), QStringLiteral("It breaks the contract “Earthquakes” 1.2.0."));
        QVERIFY(contracts->accessibleDescription().contains(QStringLiteral("promises 'mag'")));
        text->setPlainText(before);
        QTRY_VERIFY(!contracts->isVisible());
        dialog->close();
    }

    // ---- Of a product ----

    void aProductHasItsDocument() {
        ContractWindow t(true);
        QVERIFY(t.isEmpty());
        agreeContract(t.mesh.catalog, brokenContractText());
        QVERIFY(t.run("draft"));
        const auto r = t.reviewing("contractDraft");
        QTRY_COMPARE(r.verdict(), QStringLiteral("It is the first contract of the product earthquake-feed."));
        QTRY_VERIFY(r.verb()->isEnabled());
        r.verb()->click();
        QTRY_COMPARE(t.title(), QStringLiteral("“Earthquake feed” 1.0.0"));
        QVERIFY(QString::fromStdString(t.agreed()).contains(QStringLiteral("kind: DataProduct")));
        QCOMPARE(t.verdict()->sentence(), QStringLiteral("1 thing that the product offers breaks what is promised."));
        QCOMPARE(cellText(t.findings()->model(), 0, 0), QStringLiteral("breaks"));
        QVERIFY(t.part<Label>("contractAbout")->text().startsWith(QStringLiteral("Open Data Product Standard 1.0.0")));
        t.window->context().navigator.select({SelectionKind::Product, QStringLiteral("airports")});
        QTRY_VERIFY(t.isEmpty()); // another product's tab
        QCOMPARE(t.said(), QString());
    }

    // ---- Where nothing can be done ----

    void whatCantBeWrittenCanStillBeReadAndTried() {
        ContractWindow t;
        agreeContract(t.mesh.catalog, exampleContractText());
        QTRY_VERIFY(t.whyNot("remove").isEmpty());
        t.mesh.catalog.setStatus({catalog::CatalogMode::ReadOnly, "The ledger can't be written.", 0, ""});
        QTRY_VERIFY(!t.whyNot("remove").isEmpty());
        const auto r = t.importing(contractWith(exampleContractText(), "1.2.0", "1.3.0"));
        QTRY_COMPARE(r.verdict(), QStringLiteral("It replaces “Earthquakes” 1.2.0 and breaks nothing of it."));
        QVERIFY(!r.verb()->isEnabled());
        t.mesh.catalog.setStatus({catalog::CatalogMode::Live, "", 0, ""});
        QTRY_VERIFY(r.verb()->isEnabled()); // it may pass while the dialog is open
    }

    void withoutACatalogItSaysWhy() {
        test::FakeMesh mesh;
        auto services = mesh.services();
        services.catalog = nullptr;
        services.catalogProblem = "The catalog is of a newer version.";
        test::WindowFrame t;
        t.open(std::move(services), QStringLiteral("topics"));
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("seismic.quakes")});
        t.find<Tabs>("topicTabs")->setCurrent(kTopicTab);
        QVERIFY(t.settle());
        const auto* empty = t.find<EmptyView>("contractNone");
        QVERIFY(empty->isVisible());
        QCOMPARE(empty->accessibleDescription(), QStringLiteral("The catalog is of a newer version."));
        QVERIFY(!t.window->context().commands.run(QStringLiteral("topic.contract.import")));
        t.window.reset();
    }
};

QTEST_MAIN(ContractsStoryTest)
#include "contracts_story_test.moc"
