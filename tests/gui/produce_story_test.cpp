// SPDX-License-Identifier: Apache-2.0
#include "gui/schema_window.h"
#include "support/framed_example.h"

#include "topics/event_form_view.h"
#include "topics/produce_dialog.h"
#include "widgets/choice.h"

#include <QPlainTextEdit>
#include <QTreeView>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::rowWith;
using meshbone::test::testModel;

namespace {

enum Shape : int { Form, Text };

/// The window on a topic with two versions of a schema and one event, with the dialog open.
struct Producing : test::WindowFrame {
    test::FakeMesh mesh;
    test::ShownRegistry registry{test::exampleFlightSchemas()};
    catalog::SchemaBook book{test::exampleFlightSchemas()};
    std::shared_ptr<std::vector<Record>> written = mesh.backbone.keepWritten();
    ProduceDialog* dialog = nullptr;
    QTreeView* tree = nullptr;
    QPlainTextEdit* value = nullptr;
    Segmented* shape = nullptr;
    Button* verb = nullptr;
    Label* verdict = nullptr;

    Producing() {
        mesh.backbone.fakeMessages().setRecords("aviation.flights", {test::framedFlight(book, R"("B12")")});
        auto services = mesh.services();
        services.schemas = &registry;
        open(std::move(services), QStringLiteral("topics"));
        window->context().navigator.select({SelectionKind::Topic, QStringLiteral("aviation.flights")});
        (void)QTest::qWaitFor([this] { return window->context().schemas.isLoaded(); });
        window->context().commands.run(QStringLiteral("topic.produce"));
        dialog = window->findChild<ProduceDialog*>();
        tree = dialog->findChild<QTreeView*>(QStringLiteral("eventFormTree"));
        value = dialog->findChild<QPlainTextEdit*>(QStringLiteral("produceValue"));
        shape = dialog->findChild<Segmented*>(QStringLiteral("produceShape"));
        verb = dialog->findChild<Button*>(QStringLiteral("verb"));
        verdict = dialog->findChild<Label*>(QStringLiteral("produceVerdict"));
    }
    ~Producing() { window.reset(); }
    [[nodiscard]] QModelIndex field(const char* name, int column = EventFormModel::Value) const {
        return tree->model()->index(rowWith(tree->model(), QLatin1String(name) + QStringLiteral("|")), column);
    }
    /// The editor of a place, as a person opens it.
    [[nodiscard]] QLineEdit* edit(const char* name) const {
        tree->setCurrentIndex(field(name));
        tree->edit(field(name));
        return tree->findChild<QLineEdit*>();
    }
};

} // namespace

/// An event is produced by filling in a form.
class ProduceStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("produce-story")); }

    void anEventIsFilledInAndWritten() {
        const Producing t;
        QTRY_VERIFY(t.tree->isVisible());
        testModel(t.tree->model(), t.dialog);
        QTRY_VERIFY(rowWith(t.tree->model(), QStringLiteral("origin|SFO|string")) >= 0); // the newest event
        QTRY_VERIFY(t.verb->isEnabled());
        auto* line = t.edit("delayMinutes");
        QVERIFY(line != nullptr);
        line->selectAll();
        QTest::keyClicks(line, QStringLiteral("4x"));
        QVERIFY(t.field("delayMinutes")
                    .data(EventFormModel::ProblemRole)
                    .toString()
                    .contains(QStringLiteral("whole number")));
        QTRY_VERIFY2(t.verdict->text().contains(QStringLiteral("delayMinutes")), qPrintable(t.verdict->text()));
        QVERIFY(!t.verb->isEnabled());
        QTest::keyClick(line, Qt::Key_Backspace);
        QTRY_VERIFY(t.verb->isEnabled());
        t.verb->click();
        QTRY_COMPARE(t.written->size(), std::size_t{1});
        const auto part = t.book.decode(t.written->front(), false);
        QVERIFY2(part.json.find(R"("delayMinutes":4)") != std::string::npos, part.json.c_str());
        QVERIFY(part.json.find(R"("gate":{"string":"B12"})") != std::string::npos);
    }

    void aUnionIsChosen() {
        const Producing t;
        QTRY_VERIFY(rowWith(t.tree->model(), QStringLiteral("gate|B12|")) >= 0);
        const auto type = t.field("gate", EventFormModel::Type);
        t.tree->setCurrentIndex(type);
        t.tree->edit(type);
        auto* choice = t.tree->findChild<Choice*>();
        QVERIFY(choice != nullptr);
        choice->setCurrentIndex(choice->findText(QStringLiteral("int")));
        emit choice->activated(choice->currentIndex());
        QTRY_VERIFY(t.value->toPlainText().contains(QStringLiteral("\"int\": 0")));
        QTRY_VERIFY(t.verb->isEnabled());
    }

    void formAndTextAreTheSameEvent() {
        const Producing t;
        QTRY_VERIFY(t.tree->isVisible());
        QTRY_VERIFY(rowWith(t.tree->model(), QStringLiteral("origin|SFO|")) >= 0);
        t.shape->setCurrent(Text);
        QVERIFY(t.value->isVisible());
        const QString typed = QStringLiteral("{\"delayMinutes\": 17,   \"origin\": \"OAK\"}");
        t.value->setPlainText(typed);
        t.shape->setCurrent(Form);
        QVERIFY(t.tree->isVisible());
        QVERIFY(rowWith(t.tree->model(), QStringLiteral("origin|OAK|")) >= 0);
        t.shape->setCurrent(Text);
        QCOMPARE(t.value->toPlainText(), typed); // looked at, not touched
        t.value->setPlainText(QStringLiteral("{\"delayMinutes\": 17,"));
        t.shape->setCurrent(Form);
        QVERIFY(!t.tree->isVisible()); // there is no form of half a text
        QVERIFY(
            t.dialog->findChild<Label*>(QStringLiteral("produceShapeNote"))->text().contains(QStringLiteral("line 1")));
        QCOMPARE(t.shape->current(), static_cast<int>(Text));
    }

    void whatMayBeLeftOutIsSetAndRemoved() {
        const Producing t;
        QTRY_VERIFY(rowWith(t.tree->model(), QStringLiteral("gate|B12|")) >= 0);
        auto* remove = t.dialog->findChild<Button*>(QStringLiteral("eventFormRemove"));
        t.tree->setCurrentIndex(t.field("origin"));
        QVERIFY(!remove->isEnabled()); // an event has to have it
        t.tree->setCurrentIndex(t.field("gate"));
        QVERIFY(remove->isEnabled());
        remove->click();
        QVERIFY(!t.value->toPlainText().contains(QStringLiteral("gate")));
        QVERIFY(rowWith(t.tree->model(), QStringLiteral("gate|not set; readers take null|")) >= 0);
        auto* add = t.dialog->findChild<Button*>(QStringLiteral("eventFormAdd"));
        QTRY_VERIFY(add->isEnabled());
        add->click();
        QTRY_VERIFY(t.value->toPlainText().contains(QStringLiteral("\"gate\"")));
    }

    void withoutASchemaThereIsOnlyText() {
        const Producing t;
        QTRY_VERIFY(t.tree->isVisible());
        auto* schema = t.dialog->findChild<Choice*>(QStringLiteral("produceSchema"));
        schema->setCurrentIndex(schema->count() - 1);
        QVERIFY(!t.shape->isVisible());
        QVERIFY(t.value->isVisible());
    }
};

QTEST_MAIN(ProduceStoryTest)
#include "produce_story_test.moc"
