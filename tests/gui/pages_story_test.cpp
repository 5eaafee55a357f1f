// SPDX-License-Identifier: Apache-2.0
#include "gui/window_fixture.h"

#include "audit/entry_panel.h"
#include "audit/ledger_model.h"
#include "overview/domains_model.h"
#include "overview/figures.h"
#include "overview/throughput_panel.h"
#include "shell/catalog_form.h"
#include "shell/diff_view.h"
#include "shell/ledger_words.h"
#include "widgets/button.h"
#include "widgets/choice.h"
#include "widgets/empty_view.h"
#include "widgets/label.h"
#include "widgets/list_panel.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>

#include <cmath>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

/// Overview, Products and Audit as a person uses them.
class PagesStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

    static void testModel(QAbstractItemView* view) {
        new QAbstractItemModelTester(view->model(), QAbstractItemModelTester::FailureReportingMode::QtTest, view);
    }

private slots:
    void initTestCase() { test::useTestSettings(m_home, QStringLiteral("pages-story")); }

    // ---- Overview ----

    void overviewShowsTheMeshInFiveFigures() {
        TestWindow t(QStringLiteral("overview"));
        const auto figures = t.find<FigureStrip>("figures")->figures();
        QCOMPARE(figures.size(), 5);
        QCOMPARE(figures[0].value, QStringLiteral("Healthy"));
        QCOMPARE(figures[1].value, formatRateOf(t));
        QCOMPARE(figures[3].value, QStringLiteral("14"));
        QVERIFY(plainText(figures[4].remark).contains(QStringLiteral("hash chain verified")));
    }

    void overviewFollowsWhatChanges() {
        TestWindow t(QStringLiteral("overview"));
        testModel(t.find<QTableView>("domainsTable"));
        testModel(t.find<QTableView>("recentTable"));
        auto* recent = t.find<QTableView>("recentTable")->model();
        QVERIFY(t.mesh.catalog.submit({catalog::PutTeam{"team-new", "New team", "", {"ada"}}, "", {}}, {}).has_value());
        QTRY_COMPARE(recent->index(0, 1).data().toString(), QStringLiteral("Team described, team-new"));
        QVERIFY(t.mesh.catalog.submit({catalog::PutDomain{"volcanic", "Volcanic", "", "team-new"}, "", {}}, {})
                    .has_value());
        auto* domains = t.find<QTableView>("domainsTable")->model();
        QTRY_COMPARE(domains->rowCount(), 6); // five domains, and the topic that none claims
        t.mesh.backbone.fakeAdmin().setLag("svc-rebooking", 2'000);
        t.window->context().health.refresh();
        QTRY_VERIFY(
            plainText(t.find<FigureStrip>("figures")->figures()[3].remark).contains(QStringLiteral("svc-rebooking")));
        QCOMPARE(t.find<Button>("flag")->text(), QString::number(t.window->context().attention.items().size()));
    }

    void aChartWithoutPointsSaysWhy() {
        TestWindow t(QStringLiteral("overview"));
        auto* chart = t.find<AreaChart>("throughputChart");
        auto traffic = *t.mesh.backbone.traffic();
        for (auto& topic : traffic.topics) {
            topic.recent.clear(); // as in the first half minute
        }
        t.mesh.backbone.setTraffic(traffic);
        QTRY_VERIFY(chart->series().empty());
        QVERIFY(chart->emptyText().startsWith(QStringLiteral("Being measured")));
        traffic.topics.clear();
        t.mesh.backbone.setTraffic(traffic);
        QTRY_COMPARE(chart->emptyText(), QStringLiteral("No events in this time"));
    }

    void theDayAndTheWeekComeFromWhatIsKept() {
        TestWindow t(QStringLiteral("overview"));
        auto* span = t.find<Segmented>("throughputSpan");
        auto* chart = t.find<AreaChart>("throughputChart");
        span->setFocus();
        t.key(Qt::Key_Right);
        t.key(Qt::Key_Right);
        QCOMPARE(span->current(), 2);
        const auto& series = chart->series();
        QTRY_COMPARE(series.back().values.size(), std::size_t{288}); // 24 h of five minutes
        QCOMPARE(series.size(), std::size_t{5});
        const auto gaps = [&] {
            return std::ranges::count_if(series.back().values, [](float value) { return std::isnan(value); });
        };
        QVERIFY(gaps() >= 6 * 12 && gaps() <= 6 * 12 + 1); // six hours in which nobody watched are no zeros
        QVERIFY(series.back().values.back() > 30);
        t.key(Qt::Key_Right);
        QTRY_COMPARE(chart->series().back().values.size(), std::size_t{336}); // 7 d of half hours
        // Four days before the first start, and the six hours.
        QVERIFY(gaps() >= 4 * 48 + 10 && gaps() <= 4 * 48 + 12);
        QVERIFY(!chart->grab().isNull()); // draws, wherever the gaps are
    }

    void whatNobodyWatchedIsNotAZero() {
        backbone::TrafficHistory history;
        const auto bucket = [&](TimestampMs start, std::int64_t observed, std::int64_t events) {
            history.buckets.push_back(std::make_shared<const backbone::TrafficBucket>(
                backbone::TrafficBucket{start, observed, {{"x", events}, {"_meshbone.ledger", 1'000}}}));
        };
        bucket(300'000, 300'000, 600);
        bucket(600'000, 300'000, 0);
        bucket(1'200'000, 10'000, 100); // begun just now: 10 s of it
        const auto series = historyByDomain(history, CatalogView{}, 1'210'000, 1'500'000, 300'000);
        QCOMPARE(series.size(), std::size_t{1});
        const auto& values = series.front().values;
        QCOMPARE(values.size(), std::size_t{5});
        QVERIFY(std::isnan(values[0]) && std::isnan(values[3]));
        QCOMPARE(values[1], 2.0f);
        QCOMPARE(values[2], 0.0f); // watched, and nothing came
        QCOMPARE(values[4], 10.0f);
    }

    void domainsTakeTheirColoursAsTheyAreMade() {
        TestWindow t(QStringLiteral("overview"));
        const auto place = [](const char* domain) {
            const auto ink = domainColors(QString::fromLatin1(domain)).ink;
            int at = 0;
            while (at < kDomainColorCount && domainTokens(at, Theme::instance().isDark()).ink != ink) {
                ++at;
            }
            return at;
        };
        QCOMPARE(place("aviation"), 0);
        QCOMPARE(place("seismic"), 1); // as the ledger has them, not by the alphabet
        QCOMPARE(place("wildlife"), 2);
        QCOMPARE(place("reference"), 3);
        QVERIFY(t.mesh.catalog.submit({catalog::PutDomain{"abyss", "Abyss", "", "team-seismic"}, "", {}}, {}));
        QTRY_VERIFY(t.window->context().feed.catalog()->domain("abyss") != nullptr);
        QCOMPARE(place("abyss"), 4);
        QCOMPARE(place("aviation"), 0); // first of the alphabet, but the last to come
    }

    void anAttentionItemLeadsToItsRemedy() {
        TestWindow t(QStringLiteral("overview"));
        auto* panel = t.find<QWidget>("attention");
        Button* open = nullptr;
        for (auto* button : panel->findChildren<Button*>()) {
            if (button->text() == u"Open Products") {
                open = button;
            }
        }
        QVERIFY(open != nullptr);
        QTest::mouseClick(open, Qt::LeftButton);
        QCOMPARE(t.window->context().navigator.page(), QStringLiteral("products"));
    }

    void throughputIsStackedByDomain() {
        TestWindow t(QStringLiteral("overview"));
        const auto& feed = t.window->context().feed;
        const auto series = seriesByDomain(*feed.traffic(), *feed.catalog(), true);
        QCOMPARE(series.size(), std::size_t{5}); // four domains and the topic without one
        QCOMPARE(series.back().domain, QStringLiteral("aviation"));
        QCOMPARE(series.back().values.size(), std::size_t{60});
        float flights = 0;
        for (const auto& topic : feed.traffic()->topics) {
            flights += topic.topic.starts_with("aviation.") ? topic.hour.back() : 0;
        }
        QVERIFY(std::abs(series.back().values.back() - flights) < 0.01f);
    }

    // ---- Products ----

    void productsAreFilteredAndSortedByKeyboard() {
        TestWindow t(QStringLiteral("products"));
        auto* table = t.find<QTableView>("productsTable");
        testModel(table);
        QCOMPARE(table->model()->rowCount(), 6);
        t.key(Qt::Key_Slash);
        auto* filter = t.find<QLineEdit>("productsFilter");
        QVERIFY(filter->hasFocus());
        QTest::keyClicks(filter, QStringLiteral("seismic"));
        QTRY_COMPARE(table->model()->rowCount(), 2);
        QCOMPARE(t.find<Label>("productsCounts")->text(), QStringLiteral("2 of 6"));
        QTest::keyClick(filter, Qt::Key_Down);
        QVERIFY(table->hasFocus());
        t.key(Qt::Key_Down);
        QCOMPARE(t.window->context().navigator.selection().kind, SelectionKind::Product);
        table->sortByColumn(6, Qt::DescendingOrder);
        QCOMPARE(table->model()->index(0, 0).data().toString().left(15), QStringLiteral("Earthquake feed"));
    }

    void aProductIsMadeFromNothing() {
        TestWindow t(QStringLiteral("products"));
        t.key(Qt::Key_N, Qt::ControlModifier);
        auto* form = t.window->findChild<CatalogForm*>();
        QVERIFY(form != nullptr);
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        auto* message = form->findChild<MessageBar*>();
        QVERIFY(message->isVisible()); // no name yet: said in the form, nothing is lost
        form->findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Tremor maps"));
        form->findChild<QLineEdit*>(QStringLiteral("why"))->setText(QStringLiteral("Asked for by the insurers."));
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        auto* table = t.find<QTableView>("productsTable");
        QTRY_COMPARE(table->model()->rowCount(), 7);
        const auto page = t.mesh.catalog.entries({});
        QCOMPARE(page->entries.front().subject, std::string("tremor-maps"));
        QCOMPARE(page->entries.front().why, std::string("Asked for by the insurers."));
        QTRY_COMPARE(t.window->context().navigator.selection(),
                     (Selection{SelectionKind::Product, QStringLiteral("tremor-maps")}));
    }

    void theCatalogsRefusalStandsInTheForm() {
        TestWindow t(QStringLiteral("products"));
        QVERIFY(t.window->context().commands.run(QStringLiteral("product.new")));
        auto* form = t.window->findChild<CatalogForm*>();
        form->findChild<QLineEdit*>(QStringLiteral("name"))->setText(QStringLiteral("Late"));
        t.mesh.catalog.setStatus({catalog::CatalogMode::ReadOnly, "The ledger can't be written.", 0, ""});
        form->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_VERIFY(form->findChild<MessageBar*>()->isVisible());
        QVERIFY(form->findChild<MessageBar*>()->sentence().contains(QStringLiteral("can't be written")));
        QCOMPARE(form->findChild<QLineEdit*>(QStringLiteral("name"))->text(), QStringLiteral("Late"));
    }

    void removingAsksWithTheVerbAndCancelIsTheDefault() {
        TestWindow t(QStringLiteral("products"));
        t.window->context().navigator.select({SelectionKind::Product, QStringLiteral("airports")});
        QVERIFY(t.window->context().commands.run(QStringLiteral("product.remove")));
        auto* dialog = t.window->findChild<QDialog*>(QStringLiteral("confirm"));
        QVERIFY(dialog->findChild<Button*>(QStringLiteral("cancel"))->isDefault());
        QCOMPARE(dialog->findChild<Button*>(QStringLiteral("verb"))->text(), QStringLiteral("Remove Product"));
        dialog->findChild<Button*>(QStringLiteral("verb"))->click();
        QTRY_COMPARE(t.find<QTableView>("productsTable")->model()->rowCount(), 5);
    }

    void aNameGivesAnId() {
        QCOMPARE(slugOf(QStringLiteral("  On-time  Performance ")), QStringLiteral("on-time-performance"));
        QCOMPARE(slugOf(QStringLiteral("Évènements_v2.1")), QStringLiteral("evenements-v2-1"));
        QCOMPARE(slugOf(QStringLiteral("…")), QString());
    }

    void anEmptyCatalogOffersTheFirstStep() {
        TestWindow t(QStringLiteral("products"), test::FakeMesh::Empty{});
        auto* list = t.find<ListPanel>("productsList");
        QVERIFY(list->emptyView()->isVisible());
        list->emptyView()->findChild<Button*>(QStringLiteral("emptyAction"))->click();
        QCOMPARE(t.find<Segmented>("productsSwitch")->current(), 2); // teams come first
    }

    // ---- Audit ----

    void auditShowsTheChainAndAnEntry() {
        TestWindow t(QStringLiteral("audit"));
        testModel(t.find<QTableView>("auditTable"));
        auto* chain = t.find<MessageBar>("chainMessage");
        QCOMPARE(chain->tone(), Tone::Ok);
        QVERIFY(chain->sentence().startsWith(QStringLiteral("Chain verified: ")));
        auto* panel = t.find<EntryPanel>("entryPanel");
        t.window->context().navigator.select({SelectionKind::Entry, entryOf(t, "topic.configured")});
        QTRY_COMPARE(t.find<Label>("entryTitle")->text(), QStringLiteral("Topic configured"));
        QCOMPARE(panel->entry()->changes.size(), std::size_t{2});
        t.find<Button>("copyEntry")->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::fromStdString(panel->entry()->json));
    }

    void auditFiltersInTheCatalog() {
        TestWindow t(QStringLiteral("audit"));
        auto* table = t.find<QTableView>("auditTable");
        const auto all = table->model()->rowCount();
        auto* filter = t.find<QLineEdit>("auditFilter");
        QTest::keyClicks(filter, QStringLiteral("quakes"));
        QTest::keyClick(filter, Qt::Key_Return);
        QTRY_VERIFY(table->model()->rowCount() < all);
        QVERIFY(t.find<Label>("auditCounts")->text().endsWith(QStringLiteral(" of %1").arg(all)));
        for (auto* action : t.find<Button>("auditAct")->menu()->actions()) {
            if (action->text() == u"Replay completed") {
                action->trigger();
            }
        }
        QTRY_COMPARE(table->model()->rowCount(), 1);
    }

    void aBrokenChainIsShownAndItsEntryOpened() {
        TestWindow t(QStringLiteral("audit"));
        catalog::VerifyReport report;
        report.entries = 20;
        report.firstWrong = 3;
        report.reason = "Its hash doesn't match its bytes.";
        t.mesh.catalog.setReport(report);
        QCOMPARE(t.window->context().commands.whyDisabled(QStringLiteral("audit.verify")), QString());
        QTest::keyClick(t.window->focusWidget() != nullptr ? t.window->focusWidget() : t.window.get(), Qt::Key_F5);
        auto* chain = t.find<MessageBar>("chainMessage");
        QTRY_COMPARE(chain->tone(), Tone::Danger);
        QVERIFY(chain->sentence().contains(QStringLiteral("#3")));
        for (auto* button : chain->findChildren<Button*>()) {
            if (button->text() == u"Show Entry") {
                button->click();
            }
        }
        QTRY_COMPARE(t.find<EntryPanel>("entryPanel")->entry()->number, std::int64_t{3});
    }

    void anEntryIsUndoneByANewOne() {
        TestWindow t(QStringLiteral("audit"));
        const auto described = t.mesh.catalog.submit(
            {catalog::DescribeTopic{"seismic.quakes", "Every quake, as it is measured."}, "", {}}, {});
        QVERIFY(described.has_value());
        t.window->context().navigator.select({SelectionKind::Entry, QString::number(described->number)});
        auto* undo = t.find<Button>("audit.undo");
        QTRY_VERIFY(undo->isEnabled());
        QVERIFY(t.find<QWidget>("entryUndoable")->isVisible());
        undo->click();
        QTRY_COMPARE(t.mesh.catalog.entries({})->total, described->number + 2);
        const auto newest = t.mesh.catalog.entries({})->entries.front();
        QCOMPARE(newest.why, "Undoes entry " + std::to_string(described->number) + ".");
        QVERIFY(t.mesh.catalog.topicFacts().at("seismic.quakes").description != "Every quake, as it is measured.");
        auto* message = t.window->currentPage()->findChild<MessageBar*>(QStringLiteral("pageMessage"));
        QTRY_VERIFY(message->isVisible());
        QVERIFY(message->sentence().contains(QStringLiteral("is undone by")));
        QTRY_VERIFY(!undo->isEnabled()); // it is undone once only, and says so
        QTRY_VERIFY(undo->toolTip().contains(QStringLiteral("after this entry")));
        for (auto* button : message->findChildren<Button*>()) {
            if (button->text() == u"Show Entry") {
                button->click();
            }
        }
        QTRY_COMPARE(t.find<EntryPanel>("entryPanel")->entry()->number, newest.number);
        QTRY_VERIFY(undo->isEnabled()); // an undo is undone like anything else
    }

    void anEntryWithoutAnInverseSaysWhy() {
        TestWindow t(QStringLiteral("audit"));
        t.window->context().navigator.select({SelectionKind::Entry, entryOf(t, "topic.configured")});
        auto* undo = t.find<Button>("audit.undo");
        QTRY_VERIFY(undo->toolTip().contains(QStringLiteral("on the backbone")));
        QVERIFY(!undo->isEnabled());
        QVERIFY(!t.find<QWidget>("entryUndoable")->isVisible());
    }

    void theLedgerIsLoadedByPages() {
        test::FakeCatalog catalog(false);
        for (int i = 0; i < 1'234; ++i) {
            catalog::LedgerEntry entry;
            entry.act = "topic.created";
            entry.subject = std::to_string(i);
            catalog.addEntry(entry);
        }
        JobRunner jobs;
        LedgerModel model(&catalog, jobs);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy loaded(&model, &LedgerModel::loaded);
        model.setQuery({});
        QTRY_VERIFY(!model.isLoading());
        while (model.canFetchMore({})) {
            model.fetchMore({});
            QTRY_VERIFY(!model.isLoading());
        }
        QCOMPARE(model.rowCount(), 1'234);
        QCOMPARE(model.at(0).subject, std::string("1233"));
        QCOMPARE(model.at(1'233).subject, std::string("0"));
    }

    void valuesAreSaidInAPersonsUnits() {
        QCOMPARE(humanValue(QStringLiteral("retention.bytes"), QStringLiteral("268435456")), QStringLiteral("256 MiB"));
        QCOMPARE(humanValue(QStringLiteral("segment.ms"), QStringLiteral("604800000")), QStringLiteral("7 d"));
        QCOMPARE(humanValue(QStringLiteral("retention.ms"), QStringLiteral("-1")), QStringLiteral("no limit"));
        QCOMPARE(humanValue(QStringLiteral("cleanup.policy"), QStringLiteral("delete")), QString());
    }

private:
    static QString formatRateOf(const TestWindow& t);
    static QString entryOf(TestWindow& t, const std::string& act) {
        catalog::LedgerQuery query;
        query.act = act;
        return QString::number(t.mesh.catalog.entries(query)->entries.front().number);
    }
};

QString PagesStoryTest::formatRateOf(const TestWindow& t) {
    return QLocale().toString(t.window->context().feed.eventsPerSecond(), 'f', 0);
}

QTEST_MAIN(PagesStoryTest)
#include "pages_story_test.moc"
