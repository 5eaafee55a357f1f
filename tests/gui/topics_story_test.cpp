// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"
#include "support/framed_example.h"

#include "message/json_tree_model.h"
#include "message/message_view.h"
#include "topics/description_form.h"
#include "topics/detail_models.h"
#include "topics/messages_model.h"
#include "topics/produce_dialog.h"
#include "topics/topic_dialogs.h"
#include "topics/topics_model.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/filter_line.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/property_list.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSpinBox>
#include <QTreeView>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

constexpr int kConfigurationTab = 2;
enum From : int { Newest, Oldest, FromOffset, FromTime };
enum Column : int { PartitionColumn, OffsetColumn, TimeColumn, KeyColumn, ValueColumn };

void testModel(QAbstractItemModel* model, QObject* owner) {
    new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, owner);
}

QAbstractItemModel* modelOf(const TestWindow& t, const char* table) {
    return t.find<QTableView>(table)->model();
}

/// Chooses an item as a person does: activated() is told, too.
void pick(Choice* choice, int index) {
    choice->setCurrentIndex(index);
    emit choice->activated(index);
}

QString cellText(const QAbstractItemModel* model, int row, int column) {
    return model->index(row, column).data(CopyRole).toString();
}

/// The window on Topics with a topic open.
struct TopicWindow : TestWindow {
    explicit TopicWindow(const char* topic)
        : TestWindow(QStringLiteral("topics")) {
        window->context().navigator.select({SelectionKind::Topic, QString::fromLatin1(topic)});
        if (!settle()) {
            qWarning("The topic is not read.");
        }
    }
    [[nodiscard]] QAbstractItemModel* messages() const { return modelOf(*this, "messagesTable"); }
    void filterMessages(const QString& text) const {
        auto* filter = find<QLineEdit>("messagesFilter");
        filter->setFocus();
        filter->selectAll();
        QTest::keyClicks(filter, text);
        QTest::keyClick(filter, Qt::Key_Return);
    }
    void startAt(int from, const QString& typed) const {
        pick(find<Choice>("messagesFrom"), from);
        auto* start = find<QLineEdit>("messagesStart");
        QTest::keyClicks(start, typed);
        QTest::keyClick(start, Qt::Key_Return);
    }
};

} // namespace

/// Topics as an administrator uses them.
class TopicsStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("topics-story")); }

    void theListIsFilteredByTextDomainAndOwner() {
        TestWindow t(QStringLiteral("topics"));
        auto* list = modelOf(t, "topicsTable");
        testModel(list, t.window.get());
        const int all = list->rowCount();
        QVERIFY(all > 5);
        t.key(Qt::Key_Slash);
        auto* filter = t.find<QLineEdit>("topicsFilter");
        QVERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("quakes"));
        QTRY_COMPARE(list->rowCount(), 4);
        QCOMPARE(t.find<Label>("topicsCounts")->text().left(2), QStringLiteral("4 "));
        QTest::keyClick(filter, Qt::Key_Escape);
        QTRY_COMPARE(list->rowCount(), all);
        auto* domain = t.find<Choice>("topicsDomain");
        pick(domain, domain->findText(QStringLiteral("wildlife"), Qt::MatchFixedString));
        QTRY_COMPARE(list->rowCount(), 3);
        pick(domain, 0);
        auto* owner = t.find<Choice>("topicsOwner");
        pick(owner, owner->findText(QStringLiteral("team-reference")));
        QTRY_COMPARE(list->rowCount(), 1);
        QCOMPARE(cellText(list, 0, 0), QStringLiteral("reference.airports"));
    }

    void internalTopicsAreShownOnRequest() {
        TestWindow t(QStringLiteral("topics"));
        auto* list = modelOf(t, "topicsTable");
        const int own = list->rowCount();
        t.find<Button>("topicsInternal")->click();
        QTRY_COMPARE(list->rowCount(), own + 3);
        QCOMPARE(t.find<Button>("topicsInternal")->text(), QStringLiteral("Hide internal"));
    }

    void aTopicIsCreatedByKeyboard() {
        TestWindow t(QStringLiteral("topics"));
        auto* list = modelOf(t, "topicsTable");
        const int before = list->rowCount();
        t.key(Qt::Key_N, Qt::ControlModifier);
        auto* dialog = t.window->findChild<CreateTopicDialog*>();
        QVERIFY(dialog != nullptr);
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("topicName"));
        QVERIFY(name != nullptr);
        QTest::keyClicks(name, QStringLiteral("volcanic/ash"));
        auto* create = dialog->findChild<Button*>(QStringLiteral("verb"));
        create->click();
        // The broker's sentence stands in the dialog, and what was typed is still there.
        QTRY_VERIFY(dialog->message()->isVisible());
        QCOMPARE(dialog->message()->sentence(),
                 QStringLiteral("A topic's name has letters, digits, '.', '_' and '-' only."));
        QCOMPARE(name->text(), QStringLiteral("volcanic/ash"));
        QTRY_VERIFY(create->isEnabled());
        name->setText(QStringLiteral("volcanic.ash"));
        dialog->findChild<QSpinBox*>(QStringLiteral("topicPartitions"))->setValue(3);
        create->click();
        QTRY_COMPARE(list->rowCount(), before + 1);
        QTRY_COMPARE(t.find<Label>("topicTitle")->text(), QStringLiteral("volcanic.ash"));
        QTRY_COMPARE(modelOf(t, "partitionsTable")->rowCount(), 3);
        catalog::LedgerQuery query;
        query.act = "topic.created";
        query.contains = "volcanic.ash";
        QCOMPARE(t.mesh.catalog.entries(query)->entries.size(), std::size_t{1});
    }

    void aSettingIsChangedAndTakenBack() {
        TopicWindow t("seismic.quakes");
        auto* configs = modelOf(t, "configurationTable");
        testModel(configs, t.window.get());
        testModel(modelOf(t, "partitionsTable"), t.window.get());
        testModel(modelOf(t, "groupsTable"), t.window.get());
        t.find<Tabs>("topicTabs")->setCurrent(kConfigurationTab);
        changeRetention(t, QStringLiteral("3600000"), false);
        QTRY_COMPARE(cellText(configs, rowOf(configs, "retention.ms"), 1), QStringLiteral("3600000"));
        const int row = rowOf(configs, "retention.ms");
        QCOMPARE(cellText(configs, row, 2), QStringLiteral("1 h"));
        QCOMPARE(cellText(configs, row, 3), QStringLiteral("set on the topic"));
        changeRetention(t, {}, true);
        QTRY_COMPARE(cellText(configs, rowOf(configs, "retention.ms"), 1), QStringLiteral("604800000"));
        QVERIFY(modelOf(t, "groupsTable")->rowCount() > 0);
    }

    void messagesAreBrowsedByPartitionOffsetAndTime() {
        TopicWindow t("seismic.quakes");
        auto* messages = t.messages();
        testModel(messages, t.window.get());
        QCOMPARE(messages->rowCount(), 200);
        pick(t.find<Choice>("messagesPartition"), 3);
        QTRY_VERIFY(onlyPartition(messages, 2));
        const auto offsetAt = [&](int row) { return cellText(messages, row, OffsetColumn).toLongLong(); };
        QCOMPARE(offsetAt(0), offsetAt(messages->rowCount() - 1) + messages->rowCount() - 1); // the newest on top
        t.startAt(FromOffset, QStringLiteral("100"));
        QTRY_COMPARE(cellText(messages, 0, OffsetColumn), QStringLiteral("100"));
        t.startAt(FromTime, QStringLiteral("2018-02-03 12:00Z"));
        QTRY_VERIFY(cellText(messages, 0, TimeColumn).startsWith(QStringLiteral("2018-02-03T12:")));
        pick(t.find<Choice>("messagesFrom"), Oldest);
        QTRY_COMPARE(cellText(messages, 0, OffsetColumn), QStringLiteral("0"));
    }

    void anOffsetThatIsNoneIsSaidBesideIt() {
        TopicWindow t("seismic.quakes");
        t.startAt(FromOffset, QStringLiteral("twelve"));
        auto* bar = t.find<ListPanel>("messagesList")->messageBar();
        QTRY_VERIFY(bar->isVisible());
        QVERIFY(bar->sentence().contains(QStringLiteral("“twelve” is not an offset")));
        QCOMPARE(t.messages()->rowCount(), 200); // what was read stands
        t.startAt(FromTime, QStringLiteral("yesterday"));
        QVERIFY(bar->sentence().contains(QStringLiteral("“yesterday” is not a time")));
    }

    void messagesAreFoundByContentAndByKey() {
        TopicWindow t("seismic.quakes");
        t.filterMessages(QStringLiteral("key:se00007"));
        QTRY_COMPARE(t.messages()->rowCount(), 2); // keys repeat after 977 records
        QCOMPARE(cellText(t.messages(), 0, KeyColumn), QStringLiteral("se00007"));
        t.filterMessages(QStringLiteral("US000012"));
        QTRY_COMPARE(t.messages()->rowCount(), 1);
        QVERIFY(cellText(t.messages(), 0, ValueColumn).contains(QStringLiteral("us000012")));
    }

    void aMessageIsOpenedAsTreeJsonAndHex() {
        TopicWindow t("seismic.quakes");
        t.filterMessages(QStringLiteral("us000012"));
        QTRY_COMPARE(t.messages()->rowCount(), 1);
        t.find<ListPanel>("messagesList")->selectSourceRow(0);
        auto* tree = t.find<QTreeView>("messageTree");
        QTRY_VERIFY(tree->isVisible());
        testModel(tree->model(), t.window.get());
        QCOMPARE(tree->model()->rowCount(), 5);
        auto* form = t.find<Segmented>("messageForm");
        form->setFocus();
        t.key(Qt::Key_Right);
        auto* text = t.find<QPlainTextEdit>("messageText");
        QVERIFY(text->isVisible());
        QVERIFY(text->toPlainText().contains(QStringLiteral("    \"id\": \"us000012\"")));
        form->setCurrent(3);
        QVERIFY(text->toPlainText().startsWith(QStringLiteral("00000000  7b 22")));
    }

    void aTopicIsDescribedInTheLedger() {
        TopicWindow t("seismic.quakes");
        QCOMPARE(t.find<Label>("topicDescription")->text(), QStringLiteral("Events as they happen.")); // its port's
        t.find<QTableView>("topicsTable")->setFocus();
        t.key(Qt::Key_D);
        auto* form = t.window->findChild<DescriptionForm*>();
        QVERIFY(form != nullptr);
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QVERIFY(form->findChild<MessageBar*>()->isVisible()); // nothing was changed
        form->findChild<QPlainTextEdit*>(QStringLiteral("description"))
            ->setPlainText(QStringLiteral("One event a quake,\nas the agencies report it."));
        form->findChild<QLineEdit*>(QStringLiteral("why"))->setText(QStringLiteral("Asked for by the readers."));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        const auto said = QStringLiteral("One event a quake, as the agencies report it.");
        QTRY_COMPARE(t.find<Label>("topicDescription")->text(), said);
        const auto newest = t.mesh.catalog.entries({})->entries.front();
        QCOMPARE(newest.act, std::string("topic.describe"));
        QCOMPARE(newest.why, std::string("Asked for by the readers."));
        auto* filter = t.find<QLineEdit>("topicsFilter"); // the list shows it, so it is found by it
        filter->setFocus();
        QTest::keyClicks(filter, QStringLiteral("agencies"));
        QTRY_COMPARE(modelOf(t, "topicsTable")->rowCount(), 1);
        QCOMPARE(cellText(modelOf(t, "topicsTable"), 0, 0), QStringLiteral("seismic.quakes"));
    }

    void aDescriptionThatChangedMeanwhileIsNotOverwritten() {
        TopicWindow t("seismic.quakes");
        QVERIFY(t.window->context().commands.run(QStringLiteral("topic.describe")));
        auto* form = t.window->findChild<DescriptionForm*>();
        QVERIFY(t.mesh.catalog.submit({catalog::DescribeTopic{"seismic.quakes", "By somebody else."}, "", {}}, {}));
        QTRY_COMPARE(t.find<Label>("topicDescription")->text(), QStringLiteral("By somebody else."));
        form->findChild<QPlainTextEdit*>(QStringLiteral("description"))->setPlainText(QStringLiteral("Mine."));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_VERIFY(form->findChild<MessageBar*>()->isVisible());
        QVERIFY(form->findChild<MessageBar*>()->sentence().contains(QStringLiteral("By somebody else.")));
        QCOMPARE(t.mesh.catalog.topicFacts().at("seismic.quakes").description, std::string("By somebody else."));
    }

    void eachMessageOpensInItsBestFormUntilOneIsChosen() {
        enum Form : int { Tree, Json, Text, Hex };
        MessageView view;
        auto* form = view.findChild<Segmented*>(QStringLiteral("messageForm"));
        const auto open = [&](const char* topic, const std::optional<Bytes>& value) {
            Record record;
            record.topic = topic;
            record.value = value;
            view.setRecord(record);
            return form->current();
        };
        QCOMPARE(open("a", R"({"id": 1})"), int(Tree));
        QCOMPARE(open("a", Bytes("\x00\xff\x01", 3)), int(Hex));
        QCOMPARE(open("a", R"([1, 2])"), int(Tree)); // what one message needed is not kept for the next
        QCOMPARE(open("a", "plain words"), int(Text));
        QCOMPARE(open("a", "42"), int(Text));
        QCOMPARE(open("a", std::nullopt), int(Text));
        QCOMPARE(open("a", R"({"id": 2})"), int(Tree));
        form->setFocus();
        QTest::keyClick(form, Qt::Key_Right); // the person wants JSON here
        QCOMPARE(form->current(), int(Json));
        QCOMPARE(open("a", R"({"id": 3})"), int(Json));
        QCOMPARE(open("a", Bytes("\x00\xff", 2)), int(Hex)); // JSON can't show it
        QCOMPARE(open("a", R"({"id": 4})"), int(Json));
        QCOMPARE(open("b", R"({"id": 5})"), int(Tree)); // another topic, not chosen there
        QCOMPARE(open("a", R"({"id": 6})"), int(Json));
    }

    void eventsAreShownDecodedByTheirSchema() {
        test::FakeMesh mesh;
        test::ShownRegistry registry(test::exampleFlightSchemas());
        const catalog::SchemaBook book(test::exampleFlightSchemas());
        auto strange = test::framedFlight(book, "null");
        strange.offset = Offset(1);
        strange.value = catalog::framed(catalog::SchemaId(99), "abc");
        mesh.backbone.fakeMessages().setRecords("aviation.flights", {test::framedFlight(book, R"("B12")"), strange});
        auto services = mesh.services();
        services.schemas = &registry;
        services.onSchemasChanged = [](std::function<void()>) { return Subscription(); };
        test::WindowFrame t;
        t.open(std::move(services), QStringLiteral("topics"));
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("aviation.flights")});
        QTRY_VERIFY(t.window->context().schemas.isLoaded());
        auto* table = t.find<QTableView>("messagesTable");
        QTRY_COMPARE(table->model()->rowCount(), 2);
        const auto decoded = cellText(table->model(), 1, ValueColumn);
        QVERIFY2(decoded.contains(QStringLiteral(R"("departedAt":"2018-02-06T15:50:42.400Z")")), qPrintable(decoded));
        table->setCurrentIndex(table->model()->index(1, 0));
        auto* view = t.window->findChild<MessageView*>();
        QTRY_VERIFY(view->isVisible());
        QVERIFY(saidIn(view, QStringLiteral("aviation.flights-value v2, id 8, Avro")));
        QVERIFY(!t.find<MessageBar>("messageTrouble")->isVisible());
        table->setCurrentIndex(table->model()->index(0, 0));
        QTRY_VERIFY(t.find<MessageBar>("messageTrouble")->isVisible());
        QVERIFY(t.find<MessageBar>("messageTrouble")->sentence().contains(QStringLiteral("id 99")));
        QVERIFY(t.find<QPlainTextEdit>("messageText")->toPlainText().contains(QStringLiteral("00 00 00 00 63 61")));
        t.window.reset();
    }

    void aMessageIsDecodedAnewWhenSchemasCome() {
        enum Form : int { Tree, Json, Text, Hex };
        const auto book = std::make_shared<const catalog::SchemaBook>(test::exampleFlightSchemas());
        MessageView view;
        auto* form = view.findChild<Segmented*>(QStringLiteral("messageForm"));
        auto* trouble = view.findChild<MessageBar*>(QStringLiteral("messageTrouble"));
        view.setBook(std::make_shared<const catalog::SchemaBook>(), QStringLiteral("The schemas are being read."));
        view.setRecord(test::framedFlight(*book, "7"));
        QCOMPARE(form->current(), int(Hex));
        QVERIFY(!trouble->isHidden());
        view.setBook(book);
        QCOMPARE(form->current(), int(Tree));
        QVERIFY(trouble->isHidden());
        const auto* tree = view.findChild<QTreeView*>(QStringLiteral("messageTree"))->model();
        QCOMPARE(tree->rowCount(), 4);
        form->setFocus();
        QTest::keyClick(form, Qt::Key_Right);
        const auto json = view.findChild<QPlainTextEdit*>(QStringLiteral("messageText"))->toPlainText();
        QVERIFY2(json.contains(QStringLiteral(R"("int": 7)")), qPrintable(json)); // a union says which type it is
        MessagesModel messages;
        messages.setRecords({test::framedFlight(*book, "null")});
        QVERIFY(!messages.copyText(0, ValueColumn).contains(QStringLiteral("delayMinutes")));
        messages.setBook(book);
        QVERIFY(messages.copyText(0, ValueColumn).contains(QStringLiteral(R"("delayMinutes":17)")));
    }

    void anEventIsProducedByItsSchema() {
        test::FakeMesh mesh;
        test::ShownRegistry registry(test::exampleFlightSchemas());
        const catalog::SchemaBook book(test::exampleFlightSchemas());
        mesh.backbone.fakeMessages().setRecords("aviation.flights", {test::framedFlight(book, R"("B12")")});
        const auto written = mesh.backbone.keepWritten();
        auto services = mesh.services();
        services.schemas = &registry;
        test::WindowFrame t;
        t.open(std::move(services), QStringLiteral("topics"));
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("aviation.flights")});
        QTRY_VERIFY(t.window->context().schemas.isLoaded());
        QVERIFY(t.window->context().commands.run(QStringLiteral("topic.produce")));
        auto* dialog = t.window->findChild<ProduceDialog*>();
        auto* value = dialog->findChild<QPlainTextEdit*>(QStringLiteral("produceValue"));
        auto* verb = dialog->findChild<Button*>(QStringLiteral("verb"));
        const auto* verdict = dialog->findChild<Label*>(QStringLiteral("produceVerdict"));
        QCOMPARE(dialog->findChild<Choice*>(QStringLiteral("produceSchema"))->currentText(),
                 QStringLiteral("aviation.flights-value v2"));
        QTRY_VERIFY(value->toPlainText().contains(QStringLiteral("B12"))); // the newest event is the example
        QTRY_VERIFY(verb->isEnabled());
        value->setPlainText(QStringLiteral(R"({"origin": "OAK", "delayMinutes": "late"})"));
        QTRY_VERIFY2(verdict->text().contains(QStringLiteral("`delayMinutes`")), qPrintable(verdict->text()));
        QVERIFY(!verb->isEnabled());
        value->setPlainText(QStringLiteral(R"({"origin": "OAK", "delayMinutes": 4})"));
        QTRY_VERIFY(verb->isEnabled());
        dialog->findChild<QLineEdit*>(QStringLiteral("produceKey"))->setText(QStringLiteral("OAK"));
        auto* headers = dialog->findChild<QPlainTextEdit*>(QStringLiteral("produceHeaders"));
        headers->setPlainText(QStringLiteral("nothing"));
        verb->click();
        QTRY_VERIFY(dialog->message()->sentence().contains(QStringLiteral("NAME=VALUE")));
        headers->setPlainText(QStringLiteral("by=ada"));
        verb->click();
        QTRY_VERIFY(t.window->findChild<ProduceDialog*>() == nullptr); // it is deleted as it closes
        QCOMPARE(written->size(), std::size_t{1});
        const auto& record = written->front();
        QCOMPARE(record.key.value_or(""), std::string("OAK"));
        QCOMPARE(record.headers.front().name, std::string("by"));
        const auto part = book.decode(record, false);
        QCOMPARE(part.schema->version, 2);
        QVERIFY(part.json.find(R"("delayMinutes":4)") != std::string::npos);
        t.window.reset();
    }

    void aKeyIsWrittenByItsSchema() {
        auto versions = test::exampleFlightSchemas();
        auto key = versions.front();
        key.subject = "aviation.flights-key";
        key.id = catalog::SchemaId(20);
        key.definition = std::make_shared<const catalog::SchemaDefinition>(catalog::SchemaDefinition{
            catalog::SchemaType::Avro,
            R"({"type":"record","name":"FlightKey","fields":[{"name":"number","type":"int"}]})",
            {},
            {},
            {}});
        versions.push_back(key);
        test::FakeMesh mesh;
        test::ShownRegistry registry(versions);
        const auto written = mesh.backbone.keepWritten();
        auto services = mesh.services();
        services.schemas = &registry;
        test::WindowFrame t;
        t.open(std::move(services), QStringLiteral("topics"));
        t.window->context().navigator.select({SelectionKind::Topic, QStringLiteral("aviation.flights")});
        QTRY_VERIFY(t.window->context().schemas.isLoaded());
        QVERIFY(t.window->context().commands.run(QStringLiteral("topic.produce")));
        auto* dialog = t.window->findChild<ProduceDialog*>();
        auto* verb = dialog->findChild<Button*>(QStringLiteral("verb"));
        const auto* verdict = dialog->findChild<Label*>(QStringLiteral("produceVerdict"));
        auto* schema = dialog->findChild<Choice*>(QStringLiteral("produceKeySchema"));
        QCOMPARE(schema->currentText(), QStringLiteral("aviation.flights-key v1"));
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("produceValue"))
            ->setPlainText(QStringLiteral(R"({"origin": "OAK", "delayMinutes": 4})"));
        QTRY_VERIFY(verb->isEnabled());
        auto* typed = dialog->findChild<QLineEdit*>(QStringLiteral("produceKey"));
        typed->setText(QStringLiteral("OAK"));
        QVERIFY(!verb->isEnabled());
        QTRY_VERIFY2(verdict->text().startsWith(QStringLiteral("The key: ")), qPrintable(verdict->text()));
        typed->setText(QStringLiteral(R"({"number": 12})"));
        QTRY_VERIFY(verb->isEnabled());
        verb->click();
        QTRY_VERIFY(t.window->findChild<ProduceDialog*>() == nullptr);
        QCOMPARE(QByteArray::fromStdString(written->front().key.value_or("")), QByteArray("\0\0\0\0\x14\x18", 6));
        t.window.reset();
    }

    void withoutASchemaAnEventIsWrittenAsItIsTyped() {
        TopicWindow t("wildlife.risk-per-airport");
        const auto written = t.mesh.backbone.keepWritten();
        QVERIFY(t.window->context().commands.run(QStringLiteral("topic.produce")));
        auto* dialog = t.window->findChild<ProduceDialog*>();
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("produceValue"))->setPlainText(QStringLiteral("just words"));
        auto* verb = dialog->findChild<Button*>(QStringLiteral("verb"));
        QTRY_VERIFY(verb->isEnabled());
        verb->click();
        QTRY_VERIFY(t.window->findChild<ProduceDialog*>() == nullptr);
        QCOMPARE(written->front().value.value_or(""), std::string("just words"));
        QVERIFY(!written->front().key.has_value());
    }

    void theModelsKeepTheirPromises() {
        QObject owner;
        TopicsModel topics;
        testModel(&topics, &owner);
        const auto named = [](const QString& name) {
            TopicRow row;
            row.name = name;
            return row;
        };
        topics.setRows({named({}), named(QStringLiteral("b"))});
        topics.setRows({named(QStringLiteral("b")), named(QStringLiteral("a"))});
        PartitionsModel partitions;
        testModel(&partitions, &owner);
        partitions.setRows(std::vector<backbone::PartitionDetail>(1));
        ConfigModel configs;
        testModel(&configs, &owner);
        configs.setRows({{"retention.ms", "-1", backbone::ConfigSource::Topic, false, false}});
        QCOMPARE(cellText(&configs, 0, 2), QStringLiteral("no limit"));
        TopicGroupsModel groups;
        testModel(&groups, &owner);
        groups.setRows({GroupRow{}});
        MessagesModel messages;
        testModel(&messages, &owner);
        messages.setRecords(test::exampleRecords(test::exampleTopics().front()));
        QCOMPARE(messages.rowOf(Partition(0), Offset(0)), 0);
        QCOMPARE(messages.rowOf(Partition(99), Offset(0)), -1);
        messages.setRecords({});
        JsonTreeModel tree;
        testModel(&tree, &owner);
        tree.setValue(*catalog::readJsonTree(R"({"b":[1,true,null],"a":12345678901234567890})"));
        QCOMPARE(tree.index(0, 0, {}).data().toString(), QStringLiteral("b")); // in its own order
        QCOMPARE(tree.index(1, 1, {}).data().toString(), QStringLiteral("12345678901234567890"));
        QCOMPARE(tree.rowCount(tree.index(0, 0, {})), 3);
        tree.setValue({});
    }

private:
    static bool saidIn(const QWidget* widget, const QString& words) {
        const auto labels = widget->findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&](const QLabel* label) { return label->text() == words; });
    }
    static int rowOf(const QAbstractItemModel* model, const char* name) {
        for (int row = 0; row < model->rowCount(); ++row) {
            if (cellText(model, row, 0) == QLatin1String(name)) {
                return row;
            }
        }
        return -1;
    }
    static bool onlyPartition(const QAbstractItemModel* model, int partition) {
        for (int row = 0; row < model->rowCount(); ++row) {
            if (cellText(model, row, PartitionColumn) != QString::number(partition)) {
                return false;
            }
        }
        return model->rowCount() > 0;
    }
    static void changeRetention(TestWindow& t, const QString& value, bool reset) {
        auto* table = t.find<QTableView>("configurationTable");
        table->setCurrentIndex(table->model()->index(rowOf(table->model(), "retention.ms"), 0));
        table->setFocus();
        QTest::keyClick(table, Qt::Key_Return);
        auto* dialog = t.window->findChild<SettingDialog*>();
        QVERIFY(dialog != nullptr);
        dialog->findChild<QLineEdit*>(QStringLiteral("settingValue"))->setText(value);
        dialog->findChild<Button*>(reset ? QStringLiteral("settingReset") : QStringLiteral("verb"))->click();
        QTRY_VERIFY(t.window->findChild<SettingDialog*>() == nullptr); // it is deleted as it closes
    }
};

QTEST_MAIN(TopicsStoryTest)
#include "topics_story_test.moc"
