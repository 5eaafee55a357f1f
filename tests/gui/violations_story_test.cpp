// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "schemas/violations_model.h"
#include "shell/violation_feed.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"
#include "widgets/table_model.h"
#include "widgets/table_view.h"

#include <QAbstractItemModelTester>
#include <QLineEdit>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

constexpr int kSchemaTab = 4;
const QString kQuakes = QStringLiteral("seismic.quakes");

catalog::SchemaViolation violationAt(std::int64_t offset, const std::string& why) {
    catalog::SchemaViolation one;
    one.at = {"seismic.quakes", Partition(2)};
    one.offset = Offset(offset);
    one.timeMs = 1'517'950'000'000;
    one.subject = "seismic.quakes-value";
    one.schema = catalog::SchemaId(3);
    one.field = "mag";
    one.cause = why;
    one.why = "The value isn't as subject 'seismic.quakes-value' says. " + why;
    return one;
}

/// The window on Topics with the Schema tab of seismic.quakes open.
struct SchemaTab : TestWindow {
    SchemaTab()
        : TestWindow(QStringLiteral("topics")) {
        window->context().navigator.select({SelectionKind::Topic, kQuakes});
        find<Tabs>("topicTabs")->setCurrent(kSchemaTab);
        if (!settle()) {
            qWarning("The topic is not read.");
        }
    }
    void mark(std::vector<catalog::SchemaViolation> marks) { mesh.violations.mark(std::move(marks)); }
    [[nodiscard]] QWidget* panel() const { return find<QWidget>("topicViolations"); }
    [[nodiscard]] QAbstractItemModel* model(const char* table) const { return find<QTableView>(table)->model(); }
};

QString cellText(const QAbstractItemModel* model, int row, int column) {
    return model->index(row, column).data().toString();
}

} // namespace

/// What a data steward sees of events against their schemas.
class ViolationsStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("violations-story")); }

    void whatIsWrongIsCountedAndTheNewestAreListed() {
        SchemaTab t;
        QVERIFY(!t.panel()->isVisible()); // all is well
        t.mark({violationAt(100, "In `mag`: a number was expected."), violationAt(101, "The value names no schema."),
                violationAt(102, "In `mag`: a number was expected.")});
        QTRY_VERIFY(t.panel()->isVisible());
        QVERIFY(
            t.find<Label>("violationsTitle")->text().startsWith(QStringLiteral("3 events aren't as the schema says;")));
        const auto* causes = t.model("violationCauses");
        QCOMPARE(causes->rowCount(), 2);
        QCOMPARE(cellText(causes, 0, 0), QStringLiteral("In “mag”: a number was expected."));
        QCOMPARE(cellText(causes, 0, 1), QStringLiteral("2"));
        const auto* newest = t.model("violationsNewest");
        QCOMPARE(newest->rowCount(), 3);
        QCOMPARE(cellText(newest, 0, ViolationsModel::Where), QStringLiteral("2 / 102"));
        QCOMPARE(cellText(newest, 0, ViolationsModel::Field), QStringLiteral("mag"));
        QCOMPARE(cellText(newest, 0, ViolationsModel::Writer), QStringLiteral("not known"));
        auto refused = violationAt(-1, "The value names no schema.");
        refused.wasRefused = true;
        refused.principal = "User:loader";
        refused.client = "rdkafka at 127.0.0.1";
        t.mark({refused});
        QTRY_COMPARE(newest->rowCount(), 4);
        QCOMPARE(cellText(newest, 0, ViolationsModel::Where), QStringLiteral("partition 2, refused"));
        QCOMPARE(cellText(newest, 0, ViolationsModel::Writer), QStringLiteral("User:loader, rdkafka at 127.0.0.1"));
        QVERIFY(t.find<Label>("violationsTitle")->text().contains(QStringLiteral("1 of them refused")));
        t.find<Button>("violationsForget")->click();
        QTRY_VERIFY(!t.panel()->isVisible());
        QVERIFY(!t.mesh.violations.of("seismic.quakes"));
    }

    void anEventIsOpenedInTheMessages() {
        SchemaTab t;
        t.mark({violationAt(100, "The value names no schema.")});
        QTRY_VERIFY(t.panel()->isVisible());
        auto* newest = t.find<TableView>("violationsNewest");
        newest->selectRow(0);
        newest->setFocus();
        QTest::keyClick(newest, Qt::Key_Return);
        QCOMPARE(t.find<Tabs>("topicTabs")->current(), 0);
        QVERIFY(t.settle());
        auto* messages = t.find<QTableView>("messagesTable");
        QTRY_VERIFY(messages->currentIndex().isValid());
        QCOMPARE(messages->currentIndex().row(), 0);
        QCOMPARE(t.find<Choice>("messagesPartition")->currentIndex(), 3); // partition 2
        QCOMPARE(t.find<QLineEdit>("messagesStart")->text(), QStringLiteral("100"));
        QVERIFY(t.find<QWidget>("messageView")->isVisible());
    }

    void whatCantBeWatchedSaysWhy() {
        SchemaTab t;
        t.mesh.violations.setProblems({{"seismic.quakes", "The user ada may not read the topic."}});
        QTRY_VERIFY(t.panel()->isVisible());
        QCOMPARE(t.find<Label>("violationsProblem")->text(), QStringLiteral("The user ada may not read the topic."));
        QVERIFY(!t.find<QTableView>("violationsNewest")->isVisible());
        t.mesh.violations.setProblems({{"", "The registry can't be reached."}}); // it is of all topics then
        QTRY_COMPARE(t.find<Label>("violationsProblem")->text(), QStringLiteral("The registry can't be reached."));
        t.mesh.violations.setProblems({});
        QTRY_VERIFY(!t.panel()->isVisible());
    }

    void itWantsAttentionAndLeadsThere() {
        TestWindow t(QStringLiteral("overview"));
        const auto itemIn = [&]() -> std::optional<AttentionItem> {
            for (const auto& item : t.window->context().attention.items()) {
                if (item.action == QStringLiteral("Show Events")) {
                    return item;
                }
            }
            return std::nullopt;
        };
        QVERIFY(!itemIn());
        t.mesh.violations.mark({violationAt(100, "The value names no schema.")});
        QTRY_VERIFY(itemIn());
        QCOMPARE(itemIn()->sentence, QStringLiteral("1 event of seismic.quakes isn't as the schema says"));
        QCOMPARE(itemIn()->detail, QStringLiteral("The value names no schema."));
        t.window->context().navigator.goTo(itemIn()->place.page, itemIn()->place.selection);
        QVERIFY(t.settle());
        QTRY_COMPARE(t.find<Label>("topicTitle")->text(), kQuakes);
        QCOMPARE(t.find<Tabs>("topicTabs")->current(), kSchemaTab);
    }

    void theListOfSchemasHasABadge() {
        TestWindow t(QStringLiteral("schemas"));
        const auto* subjects = t.find<QTableView>("schemasTable")->model();
        new QAbstractItemModelTester(const_cast<QAbstractItemModel*>(subjects),
                                     QAbstractItemModelTester::FailureReportingMode::QtTest, t.window.get());
        const auto badged = [&] {
            QStringList found;
            for (int row = 0; row < subjects->rowCount(); ++row) {
                if (cellText(subjects, row, 0).contains(QStringLiteral("1 events aren't so"))) {
                    found << cellText(subjects, row, 0).section(u' ', 0, 0);
                }
            }
            return found;
        };
        QVERIFY(badged().isEmpty());
        t.mesh.violations.mark({violationAt(100, "The value names no schema.")});
        QTRY_COMPARE(badged(), QStringList{QStringLiteral("seismic.quakes-value")}); // not the one of its keys
    }

    void twoRegistriesOnOneTopicAreTold() {
        TestWindow t(QStringLiteral("schemas"));
        catalog::RegistryStatus status;
        status.contradicting = 2;
        status.lastContradicting = "record 7: id 3 for version 1 of 'x'";
        t.mesh.schemas.setStatus(status);
        t.window->context().schemas.reload();
        const auto isTold = [&] {
            const auto bars = t.window->currentPage()->findChildren<MessageBar*>();
            return std::ranges::any_of(bars, [](const MessageBar* bar) {
                return bar->isVisible() && bar->sentence().startsWith(QStringLiteral("Two registries write"));
            });
        };
        QTRY_VERIFY(isTold());
        t.mesh.schemas.setStatus({});
        t.window->context().schemas.reload();
        QTRY_VERIFY(!isTold());
    }

    void whoFetchedASchemaUsesIt() {
        TestWindow t(QStringLiteral("schemas"));
        const auto version = t.mesh.schemas.version("seismic.quakes-value", 2, {});
        QVERIFY(version);
        t.mesh.schemas.setFetches(
            {{".", version->id, "User:dashboard", "10.0.0.7", "py/1.0", 1'517'950'000'000},
             {".", catalog::SchemaId(9'999), "User:other", "10.0.0.8", "", 5},
             {".", version->id, "User:feed", "10.0.0.9", "", 9, catalog::SchemaAsk::Register, "seismic.quakes-value"},
             {".", version->id, "User:feed", "10.0.0.9", "", 9, catalog::SchemaAsk::LookUp, "another-value"}});
        t.window->context().navigator.select({SelectionKind::Schema, QStringLiteral("seismic.quakes-value")});
        QVERIFY(t.settle());
        const auto* uses = t.find<QTableView>("schemaUsesTable")->model();
        QStringList byId;
        for (int row = 0; row < uses->rowCount(); ++row) {
            if (cellText(uses, row, 1) == QStringLiteral("By id")) {
                byId << cellText(uses, row, 0) + u'|' + cellText(uses, row, 2);
            }
        }
        QCOMPARE(byId, QStringList{QStringLiteral("User:dashboard|fetched v2, py/1.0 at 10.0.0.7")});
        QStringList asked;
        for (int row = 0; row < uses->rowCount(); ++row) {
            if (cellText(uses, row, 1) == QStringLiteral("Registry")) {
                asked << cellText(uses, row, 0) + u'|' + cellText(uses, row, 2);
            }
        }
        QCOMPARE(asked, QStringList{QStringLiteral("User:feed|registered v2, 10.0.0.9")});
    }

    void theModelsKeepTheirPromises() {
        CausesModel causes;
        new QAbstractItemModelTester(&causes, QAbstractItemModelTester::FailureReportingMode::QtTest, &causes);
        ViolationsModel newest;
        new QAbstractItemModelTester(&newest, QAbstractItemModelTester::FailureReportingMode::QtTest, &newest);
        catalog::ViolationBook book;
        const auto show = [&] {
            const auto topic = book.of("seismic.quakes").value();
            causes.setRows(causeRows(topic));
            newest.setRows(violationRows(topic));
        };
        for (int i = 0; i < 40; ++i) { // more than are kept, refused ones of one moment among them
            auto one = violationAt(i % 3 == 0 ? -1 : i, "cause " + std::to_string(i % 5));
            one.wasRefused = i % 3 == 0;
            book.mark({one});
            show();
        }
        QCOMPARE(newest.rowCount(), static_cast<int>(catalog::ViolationBook::kMaxNewest));
        QCOMPARE(causes.rowCount(), 5);
        QVERIFY(newest.sortKey(0, ViolationsModel::Time).toLongLong() > 0);
        QVERIFY(newest.copyText(0, ViolationsModel::Time).endsWith(u'Z'));
    }

    void onlyWhatIsRecentWantsAttention() {
        constexpr TimestampMs kNow = 1'800'000'000'000;
        const auto topic = [](const std::string& name, TimestampMs lastMs, std::int64_t refused) {
            catalog::TopicViolations made;
            made.topic = name;
            made.records = 4;
            made.refused = refused;
            made.lastMs = lastMs;
            made.causes = {{"A rare one.", 1}, {"A common one.", 3}};
            made.newest.push_back(violationAt(1, "A rare one."));
            return made;
        };
        QVERIFY(violationAttention({}, kNow).isEmpty());
        QVERIFY(violationAttention({topic("old", kNow - 2 * 86'400'000LL, 0)}, kNow).isEmpty());
        const auto one = violationAttention({topic("t", kNow - 1'000, 0)}, kNow);
        QCOMPARE(one.size(), 1);
        QCOMPARE(one[0].sentence, QStringLiteral("4 events of t aren't as the schema says"));
        QCOMPARE(one[0].detail, QStringLiteral("A common one."));
        QCOMPARE(violationAttention({topic("t", kNow, 4)}, kNow)[0].sentence,
                 QStringLiteral("4 events were refused by t"));
        const auto two = violationAttention({topic("a", kNow - 5'000, 0), topic("b", kNow - 1'000, 0)}, kNow);
        QCOMPARE(two.size(), 1);
        QCOMPARE(two[0].sentence, QStringLiteral("2 topics got events against their schemas"));
        QCOMPARE(two[0].detail, QStringLiteral("b: A common one."));
    }
};

QTEST_MAIN(ViolationsStoryTest)
#include "violations_story_test.moc"
