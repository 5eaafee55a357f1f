// SPDX-License-Identifier: Apache-2.0
#include "gui/file_dialog.h"
#include "gui/window_fixture.h"

#include "access/drift_watch.h"
#include "lineage/graph_view.h"
#include "lineage/group_item.h"
#include "lineage/jump_field.h"
#include "lineage/legend.h"
#include "lineage/time_slider.h"
#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/property_list.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QMenu>
#include <QSvgRenderer>

#include <algorithm>

using namespace meshbone;
using namespace meshbone::ui;
using meshbone::test::TestWindow;

namespace {

const QString kQuakes = QStringLiteral("seismic.quakes");

/// The window on Lineage, settled, with its parts at hand.
struct LineageWindow : TestWindow {
    GraphView* graph;
    TimeSlider* time;

    LineageWindow()
        : TestWindow(QStringLiteral("lineage"))
        , graph(find<GraphView>("lineageGraph"))
        , time(find<TimeSlider>("lineageTime")) {}

    [[nodiscard]] bool shows(const QString& name) const { return graph->picture().indexOf(name) >= 0; }
    [[nodiscard]] QPoint placeOf(const QString& name) const {
        return graph->mapFromScene(graph->picture().nodes[graph->picture().indexOf(name)].rect.center());
    }
    void press(const QString& name) const { QTest::mouseClick(graph->viewport(), Qt::LeftButton, {}, placeOf(name)); }
    /// Everything the inspector says.
    [[nodiscard]] QString inspector() const {
        QStringList words;
        for (const auto* label : find<QWidget>("lineageInspector")->findChildren<QLabel*>()) {
            words << label->text();
        }
        return words.join(QLatin1Char('\n'));
    }
    [[nodiscard]] QString title() const { return find<Label>("lineageInspectorTitle")->text(); }
    /// Answers the file dialog of an export with a path.
    bool exportTo(const QString& format, const QString& path) const {
        test::answerFileDialog(path);
        return window->context().commands.run(QStringLiteral("lineage.export.") + format);
    }
};

} // namespace

/// Lineage as a data steward uses it.
class LineageStoryTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() {
        test::useTestSettings(m_home, QStringLiteral("lineage-story"));
        QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    }

    void aPressedNodeLightsItsPathAndIsExplained() {
        LineageWindow t;
        QVERIFY(t.shows(kQuakes));
        t.press(kQuakes);
        QCOMPARE(t.graph->chosen(), kQuakes);
        QCOMPARE(t.window->context().navigator.selection(), (Selection{SelectionKind::Topic, kQuakes}));
        QTRY_COMPARE(t.title(), kQuakes);
        const auto up = t.mesh.lineage.upstream(kQuakes.toStdString(), {});
        const auto down = t.mesh.lineage.downstream(kQuakes.toStdString(), {});
        QTRY_VERIFY(t.inspector().contains(QStringLiteral("Upstream")));
        QVERIFY(t.inspector().contains(QStringLiteral("%1   1 hop").arg(up.size())));
        QVERIFY(t.inspector().contains(QStringLiteral("%1   %2 hops").arg(down.size()).arg(down.back().hops)));
        QVERIFY(t.inspector().contains(QStringLiteral("seismic.quakes is read by notebook-adhoc without a grant.")));
        const auto& picture = t.graph->picture();
        const auto lit = picture.pathThrough(picture.indexOf(kQuakes));
        QCOMPARE(lit.size(), qsizetype(up.size() + down.size() + 1));
        QVERIFY(lit.contains(picture.indexOf(QStringLiteral("svc-usgs-feed"))));
        QVERIFY(!lit.contains(picture.indexOf(QStringLiteral("wildlife.strikes"))));
    }

    void theArrowsWalkAndEscapeLetsGo() {
        LineageWindow t;
        t.press(kQuakes);
        t.graph->setFocus();
        t.key(Qt::Key_Right);
        QVERIFY(t.graph->chosen() != kQuakes && !t.graph->chosen().isEmpty());
        t.key(Qt::Key_Escape);
        QVERIFY(t.graph->chosen().isEmpty());
        QTRY_COMPARE(t.title(), QStringLiteral("Nothing is selected"));
    }

    void theNeighbourhoodGrowsByPlusAndFoldsByMinus() {
        LineageWindow t;
        focusOnQuakes(t);
        const auto before = t.graph->picture().nodes.size();
        const auto grown = withHidden(t.graph->picture());
        QVERIFY2(!grown.isEmpty(), "no node with hidden neighbours");
        t.graph->choose(grown);
        t.graph->setFocus();
        t.key(Qt::Key_Plus);
        QTRY_VERIFY(t.graph->picture().nodes.size() > before);
        QVERIFY(t.settle());
        QVERIFY(t.graph->picture().nodes[t.graph->picture().indexOf(grown)].expanded);
        t.graph->choose(grown);
        t.graph->setFocus();
        t.key(Qt::Key_Minus);
        QTRY_COMPARE(t.graph->picture().nodes.size(), before);
    }

    void aNodeIsJumpedToByAPartOfItsName() {
        LineageWindow t;
        t.key(Qt::Key_F, Qt::ControlModifier);
        auto* jump = t.find<JumpField>("lineageJump");
        QTRY_VERIFY(jump->hasFocus());
        QTest::keyClicks(jump, QStringLiteral("insurer"));
        QVERIFY(t.settle());
        QTRY_VERIFY(t.window->context().jobs.isIdle(jump));
        QTest::keyClick(jump, Qt::Key_Return);
        QTRY_COMPARE(t.graph->chosen(), QStringLiteral("insurer-portal"));
        QTRY_COMPARE(t.title(), QStringLiteral("insurer-portal"));
        QVERIFY(t.graph->hasFocus());
    }

    void aDomainIsFoldedAndUnfolded() {
        LineageWindow t;
        const QString wildlife = QStringLiteral("wildlife.strikes");
        QVERIFY(t.shows(wildlife));
        const auto before = t.graph->picture().nodes.size();
        QTest::mouseClick(t.graph->viewport(), Qt::LeftButton, {}, groupTitle(t, QStringLiteral("wildlife")));
        QTRY_VERIFY(!t.shows(wildlife));
        QVERIFY(t.settle());
        QVERIFY(t.shows(QStringLiteral("wildlife"))); // the domain stands for what it holds
        t.graph->choose(QStringLiteral("wildlife"));
        t.graph->setFocus();
        t.key(Qt::Key_Return);
        QTRY_VERIFY(t.shows(wildlife));
        QCOMPARE(t.graph->picture().nodes.size(), before);
    }

    void theGraphIsSeenAsItWasAndLiveAgain() {
        LineageWindow t;
        const QString late = QStringLiteral("svc-late");
        const auto now = QDateTime::currentMSecsSinceEpoch();
        t.mesh.lineage.addReader(late.toStdString(), kQuakes.toStdString(), now - 60'000);
        QTRY_VERIFY(t.shows(late));
        t.press(kQuakes);
        const auto down = t.mesh.lineage.downstream(kQuakes.toStdString(), {}).size();
        QTRY_VERIFY(t.inspector().contains(QStringLiteral("%1   ").arg(down)));
        t.time->setFocus();
        t.key(Qt::Key_Home);
        QVERIFY(t.time->moment().has_value());
        QTRY_VERIFY(!t.shows(late));
        QTRY_VERIFY(t.inspector().contains(QStringLiteral("%1   ").arg(down - 1)));
        t.time->setFocus();
        t.key(Qt::Key_End);
        QVERIFY(!t.time->moment());
        QTRY_VERIFY(t.shows(late));
        t.time->setFocus();
        t.key(Qt::Key_Left); // to the last change: the reader's first moment
        QCOMPARE(t.time->moment(), std::optional<TimestampMs>(now - 60'000));
        t.time->setFocus();
        t.key(Qt::Key_Home);
        QTRY_VERIFY(!t.shows(late));
        QVERIFY(t.window->context().commands.run(QStringLiteral("lineage.live")));
        QTRY_VERIFY(t.shows(late));
        QTRY_VERIFY(t.inspector().contains(QStringLiteral("%1   ").arg(down))); // the inspector is live, too
    }

    void whoMayGoesByTheAclsAndSaysSo() {
        LineageWindow t;
        backbone::AclBinding binding{backbone::ResourceKind::Topic, backbone::PatternType::Literal,
                                     kQuakes.toStdString(), "User:spy"};
        t.mesh.backbone.fakeAccess().put(binding);
        catalog::Policy automatic;
        automatic.id = automatic.name = "automatic";
        automatic.approval = catalog::Approval::Automatic;
        catalog::AccessScope agreed;
        agreed.principal = "User:board";
        agreed.reads = {{kQuakes.toStdString()}};
        t.mesh.catalog.submit({catalog::PutPolicy{automatic}, "because", {}}, {}).value();
        t.mesh.catalog.submit({catalog::SubmitRequest{"g", agreed, "", "", "To see"}, "", {}}, {}).value();
        QTRY_VERIFY(!t.window->context().feed.catalog()->access.grants.empty());
        auto& watch = DriftWatch::of(t.window->context());
        watch.compare();
        QTRY_VERIFY(watch.isIdle());
        auto* legend = t.find<Legend>("lineageLegend");
        QVERIFY(legend->note().isEmpty());
        chooseOverlay(t, QStringLiteral("Who may"));
        QTRY_VERIFY(t.shows(QStringLiteral("spy")));
        QVERIFY2(!t.shows(QStringLiteral("board")), "it is granted, and no ACL is in force");
        QVERIFY2(legend->note().startsWith(QStringLiteral("By the ACLs in force.")), qPrintable(legend->note()));
        QVERIFY(legend->accessibleDescription().contains(QStringLiteral("may, nobody agreed")));
        const auto& picture = t.graph->picture();
        const int spy = picture.indexOf(QStringLiteral("spy"));
        const auto edge = std::ranges::find(picture.edges, spy, &PictureEdge::to);
        QVERIFY(edge != picture.edges.end() && edge->unagreed && edge->unused);
        chooseOverlay(t, QStringLiteral("All evidence"));
        QTRY_VERIFY(!t.shows(QStringLiteral("spy")));
        QVERIFY(legend->note().isEmpty());
    }

    void whereTheAclsCantBeReadItGoesByGrantsAndSaysSo() {
        LineageWindow t;
        t.mesh.backbone.fakeAccess().fail(Error{ErrorCode::PermissionDenied, "DESCRIBE on the cluster is missing."});
        auto& watch = DriftWatch::of(t.window->context());
        watch.compare();
        QTRY_VERIFY(watch.isIdle() && !watch.look());
        chooseOverlay(t, QStringLiteral("Who may"));
        auto* legend = t.find<Legend>("lineageLegend");
        QTRY_COMPARE(legend->note(), QStringLiteral("By grants alone: the ACLs can't be read."));
        QVERIFY(!legend->toolTip().isEmpty());
    }

    void theGraphIsExported() {
        LineageWindow t;
        const QDir home(m_home.path());
        QVERIFY(t.exportTo(QStringLiteral("svg"), home.filePath(QStringLiteral("graph.svg"))));
        QTRY_VERIFY(QFile::exists(home.filePath(QStringLiteral("graph.svg"))));
        QVERIFY(QSvgRenderer(home.filePath(QStringLiteral("graph.svg"))).isValid());
        QVERIFY(t.exportTo(QStringLiteral("png"), home.filePath(QStringLiteral("graph.png"))));
        QVERIFY(QImage(home.filePath(QStringLiteral("graph.png"))).width() > 400);
        QVERIFY(t.exportTo(QStringLiteral("json"), home.filePath(QStringLiteral("graph.json"))));
        QFile json(home.filePath(QStringLiteral("graph.json")));
        QVERIFY(json.open(QIODevice::ReadOnly));
        QCOMPARE(QJsonDocument::fromJson(json.readAll())[QStringLiteral("nodes")].toInt(),
                 int(t.graph->picture().nodes.size()));
    }

    void anEmptyLineageSaysHowItComes() {
        TestWindow t(QStringLiteral("lineage"), test::FakeMesh::Empty{});
        QVERIFY(!t.find<GraphView>("lineageGraph")->isVisible());
    }

private:
    static void chooseOverlay(LineageWindow& t, const QString& title) {
        const auto actions = t.find<Button>("lineageEvidence")->menu()->actions();
        const auto found = std::ranges::find(actions, title, &QAction::text);
        QVERIFY(found != actions.end());
        (*found)->trigger();
        QVERIFY(t.settle());
    }

    static void focusOnQuakes(LineageWindow& t) {
        t.press(kQuakes);
        QTRY_COMPARE(t.title(), kQuakes);
        for (auto* action : t.find<Button>("lineageHops")->menu()->actions()) {
            if (action->text() == u"1 hop") {
                action->trigger();
            }
        }
        QTRY_VERIFY(!t.shows(QStringLiteral("wildlife.strikes")));
        QVERIFY(t.settle());
    }
    static QString withHidden(const GraphPicture& picture) {
        for (const auto& node : picture.nodes) {
            if (node.hidden > 0) {
                return QString::fromStdString(node.node.name);
            }
        }
        return {};
    }
    static QPoint groupTitle(const LineageWindow& t, const QString& domain) {
        for (auto* item : t.graph->scene()->items()) {
            const auto* group = qgraphicsitem_cast<GroupItem*>(item);
            if (group != nullptr && group->group().domain == domain) {
                return t.graph->mapFromScene(group->titleRect().center());
            }
        }
        qWarning("There is no group '%s'.", qPrintable(domain));
        return {};
    }
};

QTEST_MAIN(LineageStoryTest)
#include "lineage_story_test.moc"
