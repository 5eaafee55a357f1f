// SPDX-License-Identifier: Apache-2.0
#include "gui/schema_window.h"

#include "shell/schema_feed.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/long_choice.h"

#include <QLabel>
#include <QPlainTextEdit>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::rowText;
using meshbone::test::rowWith;
using meshbone::test::SchemaWindow;
using meshbone::test::testModel;

namespace {

constexpr TimestampMs kSentMs = 1'517'932'242'400; // 2018-02-06 15:50:42.400 UTC

Record flightRecord(Bytes value, int offset) {
    Record record;
    record.topic = "aviation.flights";
    record.partition = Partition(0);
    record.offset = Offset(offset);
    record.timestampMs = kSentMs + offset * 1'000;
    record.value = std::move(value);
    return record;
}

/// Flights of the newest version only.
std::vector<Record> newFlights(const catalog::SchemaBook& book) {
    std::vector<Record> records;
    for (int i = 0; i < 3; ++i) {
        records.push_back(flightRecord(
            *book.encode(*book.version("aviation.flights-value", 2),
                         R"({"carrier":"WN","number":17,"tailNumber":"N1","origin":"SFO","destination":"LAX",)"
                         R"("departure":1517932242400,"delayMinutes":9})"),
            i));
    }
    return records;
}

void bringBack(const SchemaWindow& t) {
    for (auto* button : t.message()->findChildren<Button*>()) {
        if (button->text() == QStringLiteral("Bring Back")) {
            button->click();
            return;
        }
    }
    QFAIL("There is no way back.");
}

/// A dialog that was opened by a command of the page.
struct Opened {
    Opened(const SchemaWindow& t, const char* command, const char* name) {
        if (!t.window->context().commands.run(QLatin1String(command))) {
            qFatal("The command can't be run.");
        }
        dialog = t.dialog(name);
    }
    template <class W>
    [[nodiscard]] W* find(const char* name) const {
        return dialog->findChild<W*>(QLatin1String(name));
    }
    QDialog* dialog = nullptr;
};

} // namespace

/// Versions that nobody uses, and ids that were lost, as an admin meets them.
class SchemaUsageStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("schema-usage-story")); }

    void anUnusedVersionIsFoundDeletedAndBroughtBack() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights", newFlights(*t.window->context().schemas.book()));
        auto* versions = t.table("versionsTable")->model();
        const Opened unused(t, "schema.unused", "unusedDialog");
        QVERIFY(unused.dialog != nullptr);
        auto* table = unused.find<QTableView>("unusedTable");
        testModel(table->model(), unused.dialog);
        const auto flights = QStringLiteral("aviation.flights-value|v1|");
        QTRY_VERIFY(rowWith(table->model(), flights) >= 0);
        QCOMPARE(rowWith(table->model(), QStringLiteral("aviation.flights-value|v2|")), -1); // the latest
        QCOMPARE(rowWith(table->model(), QStringLiteral("near-airports-value|v3|")), -1);
        QVERIFY(rowText(table->model(), rowWith(table->model(), flights)).contains(QStringLiteral("not looked at")));
        auto* coverage = unused.find<Label>("unusedCoverage");
        QVERIFY(coverage->text().startsWith(QStringLiteral("No events were looked at.")));
        QVERIFY(!rowText(versions, 1).contains(QStringLiteral("unused"))); // nobody has looked

        auto* period = unused.find<Choice>("unusedPeriod");
        period->setCurrentIndex(period->count() - 1);
        QVERIFY(unused.find<LongChoice>("unusedTopic")->choose(QStringLiteral("aviation.flights")));
        unused.find<Button>("unusedRun")->click();
        QTRY_VERIFY2(coverage->text().startsWith(QStringLiteral("3 events of 1 topic were looked at, 2018-02-06 ")),
                     qPrintable(coverage->text()));
        const auto found = rowText(table->model(), rowWith(table->model(), flights));
        QVERIFY2(found.contains(QStringLiteral("all looked at|None of the 3 events of aviation.flights names its id")),
                 qPrintable(found));
        QTRY_VERIFY(rowText(versions, 1).contains(QStringLiteral("unused")));

        auto* verb = unused.find<Button>("unusedDelete");
        QVERIFY(!verb->isEnabled());
        table->selectRow(rowWith(table->model(), flights));
        QVERIFY(verb->isEnabled());
        verb->click();
        t.confirm();
        QTRY_VERIFY(rowText(versions, 1).contains(QStringLiteral("deleted")));
        QTRY_COMPARE(rowWith(table->model(), flights), -1);
        QTRY_VERIFY(t.message() != nullptr);
        QCOMPARE(t.message()->sentence(), QStringLiteral("1 version is deleted."));
        bringBack(t);
        QTRY_VERIFY(!rowText(versions, 1).contains(QStringLiteral("deleted")));
        QTRY_VERIFY(rowWith(table->model(), flights) >= 0);
    }

    void whatWasDeletedBeforeAFailureIsBroughtBack() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        QVERIFY(t.mesh.schemas.setMode("seismic.quakes-value", catalog::SubjectMode::ReadOnly, false, {}));
        QVERIFY(t.settle());
        auto* versions = t.table("versionsTable")->model();
        const Opened unused(t, "schema.unused", "unusedDialog");
        auto* table = unused.find<QTableView>("unusedTable");
        const auto flights = QStringLiteral("aviation.flights-value|v1|");
        QTRY_VERIFY(rowWith(table->model(), flights) >= 0);
        table->setSelectionMode(QAbstractItemView::MultiSelection);
        table->selectRow(rowWith(table->model(), flights));
        table->selectRow(rowWith(table->model(), QStringLiteral("seismic.quakes-value|v1|")));
        unused.find<Button>("unusedDelete")->click();
        const auto labels = t.dialog("confirm")->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text().contains(QStringLiteral("The events of 2 of them weren't looked at, or only in part"));
        }));
        t.confirm();
        QTRY_VERIFY(rowText(versions, 1).contains(QStringLiteral("deleted")));
        QTRY_VERIFY(t.message() != nullptr);
        QVERIFY2(t.message()->sentence().startsWith(QStringLiteral("1 version is deleted. The next one isn't: ")),
                 qPrintable(t.message()->sentence()));
        bringBack(t);
        QTRY_VERIFY(!rowText(versions, 1).contains(QStringLiteral("deleted")));
    }

    void aLookThatIsStoppedEndsAtOnce() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const Opened unused(t, "schema.unused", "unusedDialog");
        auto* run = unused.find<Button>("unusedRun");
        run->click();
        QCOMPARE(run->text(), QStringLiteral("Stop"));
        run->click(); // whether or not the job has begun
        QCOMPARE(run->text(), QStringLiteral("Look at Events"));
        QVERIFY(unused.find<LongChoice>("unusedTopic")->isEnabled());
        run->click();
        auto* coverage = unused.find<Label>("unusedCoverage");
        QTRY_VERIFY(coverage->text().contains(QStringLiteral("looked at, ")));
        QCOMPARE(run->text(), QStringLiteral("Look at Events"));
    }

    void severalTopicsAreLookedAt() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const Opened unused(t, "schema.unused", "unusedDialog");
        auto* topic = unused.find<LongChoice>("unusedTopic");
        auto* coverage = unused.find<Label>("unusedCoverage");
        const auto severalAt = topic->findText(QStringLiteral("Several topics…"));
        QCOMPARE(severalAt, 1);
        const auto open = [&] {
            topic->setCurrentIndex(severalAt);
            emit topic->activated(severalAt);
            return unused.dialog->findChild<QDialog*>(QStringLiteral("topicsDialog"));
        };
        auto* dialog = open();
        QVERIFY(dialog != nullptr);
        auto* lines = dialog->findChild<QPlainTextEdit*>(QStringLiteral("topicLines"));
        auto* choose = dialog->findChild<Button*>(QStringLiteral("chooseTopics"));
        QCOMPARE(choose->toolTip(), QStringLiteral("Name a topic."));
        auto* add = dialog->findChild<LongChoice*>(QStringLiteral("topicToAdd"));
        const auto flights = add->findText(QStringLiteral("aviation.flights"));
        emit add->activated(flights);
        emit add->activated(flights); // once is enough
        QCOMPARE(lines->toPlainText(), QStringLiteral("aviation.flights"));
        lines->appendPlainText(QStringLiteral(" no.topic "));
        QCOMPARE(choose->toolTip(), QStringLiteral("There is no topic “no.topic”."));
        lines->setPlainText(QStringLiteral("aviation.flights\n\n seismic.quakes "));
        QVERIFY(choose->isEnabled());
        choose->click();
        QTRY_VERIFY(unused.dialog->findChild<QDialog*>(QStringLiteral("topicsDialog")) == nullptr);
        QCOMPARE(topic->currentText(), QStringLiteral("2 topics…"));
        QCOMPARE(topic->toolTip(), QStringLiteral("aviation.flights\nseismic.quakes"));
        unused.find<Button>("unusedRun")->click();
        QTRY_VERIFY2(coverage->text().contains(QStringLiteral("events of 2 topics were looked at")),
                     qPrintable(coverage->text()));

        dialog = open(); // what was chosen is there to be changed
        QCOMPARE(dialog->findChild<QPlainTextEdit*>(QStringLiteral("topicLines"))->toPlainText(),
                 QStringLiteral("aviation.flights\nseismic.quakes"));
        dialog->reject();
        QCOMPARE(topic->currentText(), QStringLiteral("2 topics…"));
        QVERIFY(topic->choose(QStringLiteral("aviation.flights"))); // and one alone is a choice as before
        unused.find<Button>("unusedRun")->click();
        QTRY_VERIFY2(coverage->text().contains(QStringLiteral("of 1 topic were looked at")),
                     qPrintable(coverage->text()));
    }

    void noTopicsChosenAreAllOfThem() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const Opened lost(t, "schema.restoreIds", "restoreIdsDialog");
        auto* topic = lost.find<LongChoice>("lostIdsTopic");
        topic->setCurrentIndex(1);
        emit topic->activated(1);
        lost.dialog->findChild<QDialog*>(QStringLiteral("topicsDialog"))->reject();
        QCOMPARE(topic->currentText(), QStringLiteral("All topics"));
    }

    void whoAskedForAVersionUsesIt() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const auto id = t.window->context().schemas.book()->version("aviation.flights-value", 1)->id;
        t.mesh.schemas.setFetches({{".", id, "User:svc-rebooking", "127.0.0.1", "kafka", kSentMs}});
        const Opened unused(t, "schema.unused", "unusedDialog");
        auto* table = unused.find<QTableView>("unusedTable");
        QTRY_VERIFY(rowWith(table->model(), QStringLiteral("seismic.quakes-value|v1|")) >= 0);
        QCOMPARE(rowWith(table->model(), QStringLiteral("aviation.flights-value|v1|")), -1);
        QVERIFY(rowText(table->model(), 0).contains(QStringLiteral("nobody is known to have asked the registry")));
        QVERIFY(unused.find<Label>("unusedCoverage")->text().contains(QStringLiteral("tells who asked it")));
    }

    void aMissingIdGetsItsSchemaBack() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const auto book = t.window->context().schemas.book();
        const auto first = *book->version("aviation.flights-value", 1);
        const auto payload =
            *(*book->parsed(first))
                 ->fromJson(R"({"carrier":"WN","number":17,"tailNumber":"N1","origin":"SFO","destination":"LAX",)"
                            R"("departure":1517932242400})");
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights",
                                                  {flightRecord(catalog::framed(catalog::SchemaId(4'711), payload), 0),
                                                   flightRecord(catalog::framed(catalog::SchemaId(4'711), payload), 1),
                                                   flightRecord(catalog::framed(first.id, payload), 2)});
        const Opened lost(t, "schema.restoreIds", "restoreIdsDialog");
        auto* table = lost.find<QTableView>("lostIdsTable");
        testModel(table->model(), lost.dialog);
        auto* verb = lost.find<Button>("restoreId");
        QVERIFY(!verb->isEnabled());
        auto* coverage = lost.find<Label>("lostIdsCoverage");
        QCOMPARE(coverage->text(), QStringLiteral("No events were looked at."));
        auto* period = lost.find<Choice>("lostIdsPeriod");
        period->setCurrentIndex(period->count() - 1);
        QVERIFY(lost.find<LongChoice>("lostIdsTopic")->choose(QStringLiteral("aviation.flights")));
        lost.find<Button>("lostIdsRun")->click();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QVERIFY2(rowText(table->model(), 0)
                     .startsWith(QStringLiteral("4711|2|aviation.flights (2)|aviation.flights-value v1")),
                 qPrintable(rowText(table->model(), 0)));
        QVERIFY(coverage->text().startsWith(QStringLiteral("3 events of 1 topic were looked at, ")));

        QCOMPARE(lost.find<Label>("restoreWhich")->text(), QStringLiteral("Id 4711"));
        auto* candidate = lost.find<Choice>("restoreCandidate");
        QCOMPARE(candidate->itemText(0), QStringLiteral("aviation.flights-value v1"));
        auto* text = lost.find<QPlainTextEdit>("restoreText");
        QVERIFY(text->toPlainText().contains(QStringLiteral("tailNumber")));
        QVERIFY(verb->isEnabled());
        auto* subject = lost.find<QLineEdit>("restoreSubject");
        QCOMPARE(subject->text(), QStringLiteral("aviation.flights-value"));
        subject->clear();
        QCOMPARE(verb->toolTip(), QStringLiteral("Name the subject."));
        // The text that was lost, from somebody's repository: another one than those that are known.
        auto words = text->toPlainText();
        candidate->setCurrentIndex(candidate->count() - 1);
        QVERIFY(text->toPlainText().isEmpty());
        QVERIFY(!verb->isEnabled());
        words.replace(QStringLiteral("IATA code"), QStringLiteral("Code"));
        text->setPlainText(words);
        verb->click();
        QTRY_COMPARE(table->model()->rowCount(), 0);
        QTRY_COMPARE(t.table("versionsTable")->model()->rowCount(), 3);
        QCOMPARE(t.mesh.schemas.version("aviation.flights-value", 3, {})->id, catalog::SchemaId(4'711));
        for (const auto& one : *t.mesh.schemas.settings({"aviation.flights-value"}, {})) {
            QVERIFY(one.mode.value_or(catalog::SubjectMode::ReadWrite) != catalog::SubjectMode::Import);
        }
    }

    void anotherLookOffersWhatFitsThen() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const auto book = t.window->context().schemas.book();
        const auto payload =
            *(*book->parsed(*book->version("aviation.flights-value", 1)))
                 ->fromJson(R"({"carrier":"WN","number":17,"tailNumber":"N1","origin":"SFO","destination":"LAX",)"
                            R"("departure":1517932242400})");
        const Opened lost(t, "schema.restoreIds", "restoreIdsDialog");
        auto* table = lost.find<QTableView>("lostIdsTable");
        QVERIFY(lost.find<LongChoice>("lostIdsTopic")->choose(QStringLiteral("aviation.flights")));
        const auto look = [&](const Bytes& bytes, const QString& expected) {
            t.mesh.backbone.fakeMessages().setRecords(
                "aviation.flights", {flightRecord(catalog::framed(catalog::SchemaId(4'711), bytes), 0)});
            lost.find<Button>("lostIdsRun")->click();
            QTRY_VERIFY(rowWith(table->model(), expected) >= 0);
        };
        const auto fits = QStringLiteral("|aviation.flights-value v1"), none = QStringLiteral("none that is known");
        auto* candidate = lost.find<Choice>("restoreCandidate");
        auto* text = lost.find<QPlainTextEdit>("restoreText");
        look(payload, fits);
        QVERIFY(text->toPlainText().contains(QStringLiteral("tailNumber")));
        look("\xff", none);
        QCOMPARE(candidate->count(), 1);
        QVERIFY(text->toPlainText().isEmpty());
        text->setPlainText(QStringLiteral("\"bytes\"")); // what was typed stays, and is none of what is offered
        look(payload, fits);
        QCOMPARE(candidate->itemText(0), QStringLiteral("aviation.flights-value v1"));
        QCOMPARE(candidate->currentIndex(), candidate->count() - 1);
        QCOMPARE(text->toPlainText(), QStringLiteral("\"bytes\""));
        candidate->setCurrentIndex(0);
        QVERIFY(text->toPlainText().contains(QStringLiteral("tailNumber")));
    }

    void anotherTextBringsItsReferences() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        const auto wing = R"({"type":"enum","name":"Wing","namespace":"air","symbols":["L","R"]})";
        t.mesh.schemas.put("wing-value", wing, catalog::SchemaType::Avro, {});
        QTRY_VERIFY(
            t.window->context().schemas.book()->version("wing-value", 1)); // it is what references are read from
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights",
                                                  {flightRecord(catalog::framed(catalog::SchemaId(4'711), "\xff"), 0)});
        const Opened lost(t, "schema.restoreIds", "restoreIdsDialog");
        auto* table = lost.find<QTableView>("lostIdsTable");
        lost.find<LongChoice>("lostIdsTopic")->choose(QStringLiteral("aviation.flights"));
        lost.find<Button>("lostIdsRun")->click();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        auto* verb = lost.find<Button>("restoreId");
        auto* references = lost.find<QPlainTextEdit>("restoreReferences");
        QVERIFY(references->toPlainText().isEmpty());
        lost.find<QLineEdit>("restoreSubject")->setText(QStringLiteral("planes-value"));
        lost.find<QPlainTextEdit>("restoreText")
            ->setPlainText(QStringLiteral(R"({"type":"record","name":"Plane","namespace":"air","fields":)"
                                          R"([{"name":"wing","type":"Wing"}]})"));
        references->setPlainText(QStringLiteral("air.Wing wing-value"));
        QVERIFY(!verb->isEnabled());
        QCOMPARE(verb->toolTip(), QStringLiteral("Line 1 of the references must be a name, a subject and a version."));
        references->setPlainText(QStringLiteral("\nair.Wing wing-value 9"));
        QVERIFY(verb->isEnabled());
        verb->click(); // there is no such version
        const auto says = [&](const QString& words) {
            return std::ranges::any_of(lost.dialog->findChildren<MessageBar*>(), [&](const MessageBar* bar) {
                return bar->isVisible() && bar->sentence().contains(words);
            });
        };
        QTRY_VERIFY(says(QStringLiteral("wing-value")));
        QCOMPARE(table->model()->rowCount(), 1);
        references->setPlainText(QStringLiteral("air.Wing wing-value 1"));
        verb->click();
        QTRY_COMPARE(table->model()->rowCount(), 0);
        const auto made = t.mesh.schemas.version("planes-value", 1, {});
        QCOMPARE(made->id, catalog::SchemaId(4'711));
        QVERIFY(made->definition->references == (std::vector<catalog::SchemaReference>{{"air.Wing", "wing-value", 1}}));
    }

    void aTextThatIsTakenIsRefusedInTheDialog() {
        SchemaWindow t(QStringLiteral("aviation.flights-value"));
        t.mesh.backbone.fakeMessages().setRecords("aviation.flights",
                                                  {flightRecord(catalog::framed(catalog::SchemaId(4'711), "\xff"), 0)});
        const Opened lost(t, "schema.restoreIds", "restoreIdsDialog");
        auto* table = lost.find<QTableView>("lostIdsTable");
        lost.find<LongChoice>("lostIdsTopic")->choose(QStringLiteral("aviation.flights"));
        lost.find<Button>("lostIdsRun")->click();
        QTRY_VERIFY(rowWith(table->model(), QStringLiteral("4711|1|aviation.flights (1)|none that is known")) >= 0);
        lost.find<QLineEdit>("restoreVersion")->setText(QStringLiteral("1"));
        lost.find<QPlainTextEdit>("restoreText")->setPlainText(QStringLiteral("\"bytes\""));
        lost.find<Button>("restoreId")->click();
        const auto says = [&](const QString& words) {
            return std::ranges::any_of(lost.dialog->findChildren<MessageBar*>(), [&](const MessageBar* bar) {
                return bar->isVisible() && bar->sentence().contains(words);
            });
        };
        QTRY_VERIFY(says(QStringLiteral("aviation.flights-value version 1 is there already")));
        QCOMPARE(table->model()->rowCount(), 1);
    }
};

QTEST_MAIN(SchemaUsageStoryTest)
#include "schema_usage_story_test.moc"
