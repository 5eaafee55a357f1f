// SPDX-License-Identifier: Apache-2.0
#include "widgets/export_rows.h"
#include "widgets/filter_line.h"
#include "widgets/list_panel.h"
#include "widgets/row_filter.h"
#include "widgets/table_export.h"
#include "widgets/table_model.h"
#include "widgets/table_view.h"
#include "widgets/theme.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMenu>
#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

using namespace meshbone::ui;

namespace {

struct Fruit {
    QString name;
    int count = 0;
};

class FruitModel : public RowsModel<Fruit> {
public:
    FruitModel()
        : RowsModel({{QStringLiteral("name"), QStringLiteral("Name"), 100, false, true},
                     {QStringLiteral("count"), QStringLiteral("Count"), 60, true, false}}) {}
    [[nodiscard]] QString key(const Fruit& fruit) const override { return fruit.name; }
    [[nodiscard]] Cell cell(int row, int column) const override {
        return {column == 0 ? cell::strong(at(row).name) : cell::text(QString::number(at(row).count))};
    }
    [[nodiscard]] QVariant sortKey(int row, int column) const override {
        return column == 0 ? QVariant(at(row).name) : QVariant(at(row).count);
    }
};

/// Tells which column differs.
class CountsModel : public FruitModel {
public:
    [[nodiscard]] QString size(std::optional<std::int64_t> bytes) const { return plainText(sizeCell(1, bytes)); }

protected:
    [[nodiscard]] std::optional<ColumnSpan> difference(const Fruit& before, const Fruit& after) const override {
        return before.count == after.count ? std::nullopt : std::optional(ColumnSpan{1, 1});
    }
};

std::vector<QString> names(const FruitModel& model) {
    std::vector<QString> all;
    for (const auto& fruit : model.rows()) {
        all.push_back(fruit.name);
    }
    return all;
}

} // namespace

class TablesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
        QCoreApplication::setOrganizationName(QStringLiteral("meshbone"));
        QCoreApplication::setApplicationName(QStringLiteral("tables"));
        Theme::instance().install(*qApp);
    }

    void rowsChangeOnlyWhereTheyDiffer() {
        FruitModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows({{"apple", 1}, {"pear", 2}, {"plum", 3}});
        const QPersistentModelIndex plum = model.index(2, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        model.setRows({{"cherry", 4}, {"plum", 30}, {"apple", 1}});
        QCOMPARE(names(model), (std::vector<QString>{"cherry", "plum", "apple"}));
        QVERIFY(plum.isValid());
        QCOMPARE(plum.row(), 1);
        QCOMPARE(model.at(plum.row()).count, 30);
        QCOMPARE(reset.count(), 0);
    }

    void randomChangesGiveTheRowsAskedFor() {
        const auto given = qEnvironmentVariableIntValue("MESHBONE_SEED");
        const auto seed =
            given != 0 ? static_cast<quint32>(given) : QRandomGenerator::global()->generate() & 0x7fffffff;
        qInfo("MESHBONE_SEED=%u", seed);
        QRandomGenerator random(seed);
        FruitModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        for (int round = 0; round < 60; ++round) {
            std::vector<Fruit> rows;
            for (int i = 0; i < 12; ++i) {
                if (random.bounded(2) == 0) {
                    rows.push_back({QString::number(i), static_cast<int>(random.bounded(9))});
                }
            }
            std::ranges::shuffle(rows, random);
            auto wanted = rows;
            model.setRows(std::move(rows));
            QCOMPARE(model.rowCount(), static_cast<int>(wanted.size()));
            for (std::size_t i = 0; i < wanted.size(); ++i) {
                QCOMPARE(model.at(static_cast<int>(i)).name, wanted[i].name);
                QCOMPARE(model.at(static_cast<int>(i)).count, wanted[i].count);
            }
        }
    }

    void onlyTheCellsThatDifferAreTold() {
        CountsModel model;
        model.setRows({{"apple", 1}, {"pear", 2}, {"plum", 3}, {"quince", 4}});
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.setRows({{"apple", 1}, {"pear", 20}, {"plum", 30}, {"quince", 4}});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed[0][0].toModelIndex(), model.index(1, 1));
        QCOMPARE(changed[0][1].toModelIndex(), model.index(2, 1));
        changed.clear();
        model.setRows({{"apple", 1}, {"pear", 20}, {"plum", 30}, {"quince", 4}});
        QCOMPARE(changed.count(), 0);
    }

    void oneRowMoreOfVeryManyIsNoReset() {
        CountsModel model;
        std::vector<Fruit> rows;
        for (int i = 0; i < 10'000; ++i) {
            rows.push_back({QStringLiteral("topic-%1").arg(i, 5, 10, QLatin1Char('0')), i});
        }
        auto more = rows;
        more.insert(more.begin() + 5'000, {QStringLiteral("topic-04999-b"), 1});
        more.erase(more.begin() + 17);
        auto others = rows;
        std::ranges::for_each(others, [](Fruit& fruit) { fruit.name += u'x'; });
        model.setRows(std::move(rows));
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex last = model.index(9'999, 0);
        auto wanted = more;
        model.setRows(std::move(more));
        QCOMPARE(reset.count(), 0);
        QCOMPARE(last.row(), 9'999);
        QVERIFY(std::ranges::equal(model.rows(), wanted, {}, &Fruit::name, &Fruit::name));
        model.setRows(std::move(others)); // all of them are others: one by one would take its time
        QCOMPARE(reset.count(), 1);
    }

    void sizesSayWhyTheyAreNotTold() {
        CountsModel model;
        QCOMPARE(model.size(std::nullopt), QString());
        model.setColumnReason(1, QStringLiteral("This user lacks the right."));
        QCOMPARE(model.size(std::nullopt), QStringLiteral("not told"));
        QCOMPARE(model.size(2048), QStringLiteral("2.00 KiB"));
    }

    void filterTakesEveryWordInAnyColumn() {
        FruitModel model;
        model.setRows({{"red apple", 10}, {"green apple", 2}, {"pear", 10}});
        RowFilter filter;
        filter.setSourceModel(&model);
        filter.setText(QStringLiteral("APPLE 10"));
        QCOMPARE(filter.rowCount(), 1);
        filter.setText({});
        filter.setCondition([&](int row) { return model.at(row).count > 5; });
        QCOMPARE(filter.rowCount(), 2);
        filter.setCondition({});
        filter.sort(1, Qt::AscendingOrder);
        QCOMPARE(filter.index(0, 0).data().toString(), QStringLiteral("green apple")); // 2 before 10: numbers, not text
    }

    void sortingFollowsWhatChanges() {
        FruitModel model;
        RowFilter filter;
        const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&model);
        filter.sort(1, Qt::AscendingOrder);
        const auto names = [&] {
            QStringList all;
            for (int row = 0; row < filter.rowCount(); ++row) {
                all << filter.index(row, 0).data().toString();
            }
            return all.join(u' ');
        };
        model.setRows({{"b", 2}, {"a", 1}});
        QCOMPARE(names(), QStringLiteral("a b"));
        model.setRows({{"b", 2}, {"a", 3}}); // another value
        QCOMPARE(names(), QStringLiteral("b a"));
        model.setRows({{"c", 0}, {"b", 2}, {"a", 3}}); // a row before the others: all have new places
        QCOMPARE(names(), QStringLiteral("c b a"));
        model.setRows({{"b", 2}, {"a", 3}});
        QCOMPARE(names(), QStringLiteral("b a"));
        filter.sort(0, Qt::AscendingOrder);
        model.setRows({{"B", 2}, {"a", 3}, {"C", 1}});
        QCOMPARE(names(), QStringLiteral("a B C")); // in any case
    }

    void tenThousandRowsFilterInTime() {
        FruitModel model;
        std::vector<Fruit> rows;
        for (int i = 0; i < 10'000; ++i) {
            rows.push_back({QStringLiteral("topic-%1.of.some.domain").arg(i), i});
        }
        model.setRows(std::move(rows));
        RowFilter filter;
        filter.setSourceModel(&model);
        QElapsedTimer timer;
        timer.start();
        filter.setText(QStringLiteral("topic-77"));
        qInfo("10,000 rows filtered in %lld ms", timer.elapsed());
        QCOMPARE(filter.rowCount(), 111);
    }

    void exportsAreExact() {
        FruitModel model;
        model.setRows({{"a \"quoted\", name", 1}, {"b", 2}});
        QCOMPARE(rowsAsCsv(model, {0, 1}), QStringLiteral("name,count\r\n\"a \"\"quoted\"\", name\",1\r\nb,2\r\n"));
        const auto json = QJsonDocument::fromJson(rowsAsJson(model, {1}).toUtf8()).array();
        QCOMPARE(json.size(), 1);
        QCOMPARE(json[0].toObject().value(QStringLiteral("name")).toString(), QStringLiteral("b"));
        QCOMPARE(rowsAsText(model, {0, 1}), QStringLiteral("a \"quoted\", name\t1\nb\t2"));
        QTemporaryDir folder;
        QVERIFY(writeTextFile(folder.filePath(QStringLiteral("rows.csv")), QStringLiteral("x")));
        const auto refused = writeTextFile(QStringLiteral("/no/such/folder/rows.csv"), QStringLiteral("x"));
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("rows.csv") != std::string::npos);
    }

    void aTableWithoutAListCopiesAndExportsByItself() {
        FruitModel model;
        model.setRows({{"apple", 1}, {"pear", 2}});
        TableView table;
        table.setModel(&model);
        table.show();
        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("apple\t1\npear\t2"));
        table.selectRow(1);
        copyRows(table, true);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("pear")));
        QVERIFY(!QGuiApplication::clipboard()->text().contains(QStringLiteral("apple")));
        QContextMenuEvent asked(QContextMenuEvent::Keyboard, {5, 5}, table.mapToGlobal(QPoint(5, 5)));
        QApplication::sendEvent(&table, &asked);
        const auto* menu = table.findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        QCOMPARE(menu->actions().size(), 4);
        QVERIFY(menu->actions().at(2)->text().startsWith(QStringLiteral("Export")));
    }

    void listFiltersCopiesAndRemembers() {
        FruitModel model;
        model.setRows({{"apple", 1}, {"pear", 2}, {"plum", 3}});
        {
            ListPanel list(QStringLiteral("fruit"));
            list.resize(600, 400);
            list.setSource(&model);
            list.show();
            QTest::keyClicks(list.filterLine(), QStringLiteral("p"));
            QTest::keyClicks(list.filterLine(), QStringLiteral("e"));
            QTRY_COMPARE(list.table()->model()->rowCount(), 1); // after the debounce, without Enter
            QTest::keyClick(list.filterLine(), Qt::Key_Escape);
            QCOMPARE(list.table()->model()->rowCount(), 3);
            list.selectSourceRow(1);
            QCOMPARE(list.currentSourceRow(), 1);
            QTest::keyClick(list.table(), Qt::Key_C, Qt::ControlModifier);
            QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("pear\t2"));
            QSignalSpy activated(&list, &ListPanel::activated);
            QTest::keyClick(list.table(), Qt::Key_Return);
            QCOMPARE(activated.count(), 1);
            list.table()->setColumnWidth(1, 133);
            list.table()->sortByColumn(1, Qt::DescendingOrder);
        }
        ListPanel again(QStringLiteral("fruit"));
        again.resize(600, 400);
        again.setSource(&model);
        QCOMPARE(again.table()->columnWidth(1), 133);
        QCOMPARE(again.table()->horizontalHeader()->sortIndicatorSection(), 1);
        QCOMPARE(again.table()->model()->index(0, 0).data().toString(), QStringLiteral("plum"));
    }
};

QTEST_MAIN(TablesTest)
#include "tables_test.moc"
