// SPDX-License-Identifier: Apache-2.0
#include "gui/schema_window.h"

#include "message/message_view.h"
#include "schemas/code_view.h"
#include "shell/schema_feed.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"

#include <QMenu>
#include <QTreeView>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::rowText;
using meshbone::test::rowWith;
using meshbone::test::SchemaTab;
using meshbone::test::SchemaWindow;
using meshbone::test::testModel;

namespace {

constexpr TimestampMs kFirstMs = 1'517'932'242'400; // 2018-02-06 15:50:42.400 UTC

/// Flights as their producers sent them: two with the first version of the schema, three with the second.
std::vector<Record> sentFlights(const catalog::SchemaBook& book) {
    const std::string common =
        R"("carrier":"WN","number":17,"tailNumber":"N1","origin":"SFO","destination":"LAX","departure":1517932242400)";
    std::vector<Record> records;
    for (int i = 0; i < 5; ++i) {
        const int version = i < 2 ? 1 : 2;
        Record record;
        record.topic = "aviation.flights";
        record.partition = Partition(0);
        record.offset = Offset(i);
        record.timestampMs = kFirstMs + i * 1'000;
        record.value = *book.encode(*book.version("aviation.flights-value", version),
                                    "{" + common + (version == 1 ? "}" : R"(,"delayMinutes":9})"));
        records.push_back(std::move(record));
    }
    return records;
}

/// The dialog of a new version, opened by its key.
struct Registering {
    explicit Registering(const SchemaWindow& t) {
        t.key(Qt::Key_R);
        dialog = t.dialog("registerDialog");
        text = dialog->findChild<CodeView*>(QStringLiteral("registerText"));
        verdict = dialog->findChild<MessageBar*>(QStringLiteral("registerVerdict"));
    }
    template <class W>
    [[nodiscard]] W* find(const char* name) const {
        return dialog->findChild<W*>(QLatin1String(name));
    }
    void replace(const QString& before, const QString& after) const {
        QVERIFY2(text->toPlainText().contains(before), qPrintable(text->toPlainText()));
        text->setPlainText(text->toPlainText().replace(before, after));
    }
    [[nodiscard]] MessageBar* evidenceBar() const { return find<QWidget>("evidenceList")->findChild<MessageBar*>(); }
    QDialog* dialog = nullptr;
    CodeView* text = nullptr;
    MessageBar* verdict = nullptr;
};

} // namespace

/// A schema's change before it is made: what the events say of it, and whom it concerns.
class SchemaChangeStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("schema-change-story")); }

    void aCandidateIsTriedOnRealEvents() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights", sentFlights(*t.window->context().schemas.book()));
        const Registering r(t);
        auto* run = r.find<Button>("evidenceRun");
        QTRY_VERIFY(run->isEnabled());
        run->click(); // it is the newest version: all events fit
        QTRY_COMPARE(r.evidenceBar()->tone(), Tone::Ok);
        QVERIFY2(r.evidenceBar()->sentence().contains(QStringLiteral("5 events pass")),
                 qPrintable(r.evidenceBar()->sentence()));
        auto* rows = r.find<QTableView>("evidenceTable");
        testModel(rows->model(), r.dialog);
        QCOMPARE(rows->model()->rowCount(), 2);
        // Without its default, what was written before the field was there can't be read any more. The rules look at
        // the latest version only, and allow it.
        r.replace(QStringLiteral("\"default\": 0"), QStringLiteral("\"doc\": \"late\""));
        QTRY_VERIFY(r.verdict->sentence().contains(QStringLiteral("compatible by BACKWARD")));
        QTRY_COMPARE(rows->model()->rowCount(), 0); // of the earlier text
        run->click();
        QTRY_COMPARE(r.evidenceBar()->tone(), Tone::Danger);
        QVERIFY2(r.evidenceBar()->sentence().contains(QStringLiteral("2 of 5 events can't be read")),
                 qPrintable(r.evidenceBar()->sentence()));
        QVERIFY(rowText(rows->model(), 0).startsWith(QStringLiteral("fail|2|consumers|")));
        QVERIFY2(rowText(rows->model(), 0).contains(QStringLiteral("delayMinutes")),
                 qPrintable(rowText(rows->model(), 0)));
        QVERIFY(rowWith(rows->model(), QStringLiteral("pass|3|consumers|")) >= 0);
        QVERIFY(rowWith(rows->model(), QStringLiteral("fail|2|producers|")) >= 0);
    }

    void whatFailedIsLookedAt() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights", sentFlights(*t.window->context().schemas.book()));
        const Registering r(t);
        r.replace(QStringLiteral("\"default\": 0"), QStringLiteral("\"doc\": \"late\""));
        auto* period = r.find<Choice>("evidencePeriod");
        period->setCurrentIndex(period->findText(QStringLiteral("From the beginning")));
        QTRY_COMPARE(r.verdict->tone(), Tone::Ok);
        r.find<Button>("evidenceRun")->click();
        auto* rows = r.find<QTableView>("evidenceTable");
        QTRY_VERIFY(rows->model()->rowCount() > 0);
        rows->setFocus();
        rows->selectRow(0);
        QTest::keyClick(rows, Qt::Key_Return);
        auto* samples = r.find<QDialog>("samplesDialog");
        QVERIFY(samples != nullptr);
        auto* list = samples->findChild<QTableView*>(QStringLiteral("samplesTable"));
        testModel(list->model(), samples);
        QCOMPARE(list->model()->rowCount(), 2);
        QVERIFY(rowText(list->model(), 0).startsWith(QStringLiteral("0:0|2018-02-06 15:50:42.400|")));
        auto* message = samples->findChild<MessageView*>(QStringLiteral("messageView"));
        QTRY_VERIFY(message->isVisible());
        auto* tree = message->findChild<QAbstractItemView*>(QStringLiteral("messageTree"));
        QVERIFY(rowWith(tree->model(), QStringLiteral("tailNumber|\"N1\"")) >= 0);
    }

    void aPeriodIsTyped() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights", sentFlights(*t.window->context().schemas.book()));
        const Registering r(t);
        auto* run = r.find<Button>("evidenceRun");
        QTRY_VERIFY(run->isEnabled());
        auto* from = r.find<QLineEdit>("evidenceFrom");
        QVERIFY(!from->isVisible());
        auto* period = r.find<Choice>("evidencePeriod");
        period->setCurrentIndex(period->count() - 1);
        QVERIFY(from->isVisible());
        from->setText(QStringLiteral("yesterday"));
        run->click();
        QVERIFY(r.evidenceBar()->sentence().contains(QStringLiteral("“yesterday” is not a time")));
        from->setText(QStringLiteral("2018-02-06 15:50:43.400"));
        r.find<QLineEdit>("evidenceTo")->setText(QStringLiteral("2018-02-06 15:50:45.400"));
        run->click();
        QTRY_VERIFY2(r.evidenceBar()->sentence().contains(QStringLiteral("2 events pass")),
                     qPrintable(r.evidenceBar()->sentence()));
    }

    void aSubjectWithoutATopicSaysSo() {
        SchemaWindow t;
        t.key(Qt::Key_N, Qt::ControlModifier);
        auto* dialog = t.dialog("registerDialog");
        QTest::keyClicks(dialog->findChild<QLineEdit*>(QStringLiteral("registerSubject")),
                         QStringLiteral("nobody.has-this-value"));
        auto* run = dialog->findChild<Button*>(QStringLiteral("evidenceRun"));
        QTRY_VERIFY(run->toolTip().contains(QStringLiteral("no topic")));
        QVERIFY(!run->isEnabled());
    }

    void whoBreaksIfAFieldGoes() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        auto* fields = t.find<QTreeView>("fieldTree");
        fields->setFocus();
        fields->setCurrentIndex(fields->model()->index(rowWith(fields->model(), QStringLiteral("tailNumber|")), 0));
        t.key(Qt::Key_W);
        QCOMPARE(t.find<Tabs>("schemaTabs")->current(), static_cast<int>(SchemaTab::Impact));
        QCOMPARE(t.find<Choice>("impactField")->currentText(), QStringLiteral("tailNumber"));
        auto* who = t.table("schemaImpactTable");
        testModel(who->model(), t.window.get());
        QTRY_VERIFY(who->model()->rowCount() > 0);
        const auto has = [&](const char* words) { return rowWith(who->model(), QString::fromUtf8(words)) >= 0; };
        QVERIFY(has("aviation.flights|Topic|aviation.flights|tailNumber|"));
        QVERIFY(has("flag-delays|Consumer|aviation.flights|tailNumber|was seen reading the topic"));
        QVERIFY(has("aviation.flights.delayed|Topic|aviation.flights.delayed|tailNumber|flag-delays derives it"));
        QVERIFY(has("svc-rebooking|Consumer|aviation.flights.delayed|"));
        QVERIFY(has("On-time performance|Product|aviation.flights.delayed|"));
        QVERIFY(has(
            "aviation.delays-per-airport|Topic|aviation.delays-per-airport|tailNumber|delay-average derives it; no"));
        QVERIFY(
            has("svc-delay-board|Consumer|aviation.delays-per-airport|tailNumber|was seen reading the topic; perhaps"));
        QVERIFY(t.find<Label>("schemaImpactCoverage")->text().contains(QStringLiteral("were seen reading")));
        who->setFocus();
        who->selectRow(rowWith(who->model(), QStringLiteral("aviation.flights.delayed|Topic|")));
        QTest::keyClick(who, Qt::Key_Return);
        QCOMPARE(t.window->context().navigator.place(),
                 (Place{QStringLiteral("topics"), {SelectionKind::Topic, QStringLiteral("aviation.flights.delayed")}}));
    }

    void aFieldIsChosenInTheListToo() {
        SchemaWindow t(QStringLiteral("seismic.quakes-value"));
        t.openTab(SchemaTab::Impact);
        auto* who = t.table("schemaImpactTable")->model();
        QTRY_VERIFY(rowWith(who, QStringLiteral("notebook-adhoc|Consumer|seismic.quakes|all|")) >= 0);
        QVERIFY(rowWith(who, QStringLiteral("seismic.quakes-near-airports-value|Schema|")) >= 0); // refers to it
        auto* field = t.find<Choice>("impactField");
        field->setCurrentIndex(field->findText(QStringLiteral("position.depth")));
        QTRY_VERIFY(rowWith(who, QStringLiteral("notebook-adhoc|Consumer|seismic.quakes|position.depth|")) >= 0);
    }

    void theDialogSaysWhoMeetsWhatATextTakesAway() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const Registering r(t);
        auto* impact = r.find<QTableView>("registerImpactTable");
        QTRY_VERIFY(r.verdict->isVisible());
        QVERIFY(!impact->isVisible()); // nothing is changed yet
        r.replace(QStringLiteral("\"tailNumber\""), QStringLiteral("\"tail\""));
        QTRY_VERIFY(rowWith(impact->model(), QStringLiteral("svc-rebooking|Consumer|")) >= 0);
        QVERIFY(impact->isVisible());
        testModel(impact->model(), r.dialog);
        QVERIFY(rowWith(impact->model(), QStringLiteral("|tailNumber|")) >= 0);
        impact->setFocus();
        impact->selectRow(rowWith(impact->model(), QStringLiteral("svc-rebooking|")));
        QTest::keyClick(impact, Qt::Key_Return);
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("lineage"));
        QVERIFY(r.dialog->isVisible()); // what was typed stays
        r.dialog->close();
    }

    void aProductShowsTheSchemasOfItsTopics() {
        test::TestWindow t(QStringLiteral("products"));
        t.window->context().navigator.select({SelectionKind::Product, QStringLiteral("earthquake-feed")});
        QVERIFY(t.settle());
        auto* table = t.find<QTableView>("productSchemasTable");
        testModel(table->model(), t.window.get());
        QTRY_VERIFY(rowWith(table->model(), QStringLiteral("seismic.quakes-value|v3|Avro|BACKWARD|")) >= 0);
        QCOMPARE(t.find<Label>("productTitle")->text(), QStringLiteral("Earthquake feed"));
        QVERIFY(rowWith(table->model(), QStringLiteral("seismic.quakes.revisions|output|no schema")) >= 0);
        QVERIFY(rowWith(table->model(), QStringLiteral("seismic.quakes|output|seismic.quakes-key|v1|")) >= 0);
        QVERIFY(rowWith(table->model(), QStringLiteral("near-airports-value")) < 0); // of another topic
        t.window->context().navigator.select({SelectionKind::Product, QStringLiteral("quake-impact")});
        QVERIFY(t.settle());
        QTRY_VERIFY(rowWith(table->model(), QStringLiteral("seismic.quakes|input|seismic.quakes-value|v3|")) >= 0);
        table->setFocus();
        table->selectRow(rowWith(table->model(), QStringLiteral("|input|seismic.quakes-value|")));
        QTest::keyClick(table, Qt::Key_Return);
        QVERIFY(t.settle());
        QCOMPARE(t.find<Label>("schemaTitle")->text(), QStringLiteral("seismic.quakes-value"));
    }

    void aTopicOfTheLineageShowsItsFieldsAndWhereTheyGo() {
        test::TestWindow t(QStringLiteral("lineage"));
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("aviation.flights")});
        QVERIFY(t.settle());
        auto* fields = t.find<QTableView>("nodeFieldsTable");
        testModel(fields->model(), t.window.get());
        QTRY_VERIFY(fields->isVisible());
        QCOMPARE(fields->model()->rowCount(), 7);
        fields->selectRow(rowWith(fields->model(), QStringLiteral("tailNumber|string")));
        const auto says = [&](const QString& words) {
            const auto labels = t.find<QWidget>("nodeFieldsWhere")->findChildren<QLabel*>();
            return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text().contains(words); });
        };
        QTRY_VERIFY(says(QStringLiteral("aviation.flights.delayed")));
        QVERIFY(says(QStringLiteral("svc-rebooking")));
        QVERIFY(says(QStringLiteral("aviation.delays-per-airport"))); // perhaps: it has no schema
        QVERIFY(!says(QStringLiteral("svc-delay-board")));
        t.window->context().navigator.select({SelectionKind::Client, QStringLiteral("svc-rebooking")});
        QVERIFY(t.settle());
        QTRY_VERIFY(!fields->isVisible()); // a client has none
    }
};

QTEST_MAIN(SchemaChangeStoryTest)
#include "schema_change_story_test.moc"
