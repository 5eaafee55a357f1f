// SPDX-License-Identifier: Apache-2.0
// Renders every page on the example mesh in memory, in light and dark, to PNG files: gallery DIR [1280x720]. For
// looking at the pages while they are made; the program's own --tour does the same on a real backbone.
#include "support/contract_example.h"
#include "support/drift_example.h"
#include "support/fake_services.h"

#include "pages.h"
#include "shell/finder.h"
#include "shell/main_window.h"
#include "shell/tour.h"
#include "widgets/export_rows.h"
#include "widgets/segmented.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDir>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSettings>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace meshbone;
using namespace meshbone::ui;

namespace {

void shoot(MainWindow& window, const QString& path) {
    QTest::qWait(300);
    window.grab().save(path);
    std::printf("%s\n", qPrintable(path));
}

/// The tabs of the Access page.
void shootAccess(const QString& folder) {
    test::FakeMesh mesh;
    test::AccessExample(mesh.catalog).fill();
    test::DriftExample(mesh).fill();
    if (!mesh.catalog.submit({catalog::OpenCampaign{"spring-review", "Spring review", "earthquake-feed"}, {}, {}},
                             {})) {
        std::printf("The recertification wasn't opened.\n");
    }
    MainWindow window(mesh.services(), allPages());
    window.resize(1600, 1000);
    window.show();
    window.start();
    window.context().navigator.goTo(QStringLiteral("access"));
    auto* tabs = window.findChild<Tabs*>(QStringLiteral("accessTabs"));
    for (int i = 0; i < tabs->count(); ++i) {
        tabs->setCurrent(i);
        QTest::qWait(300);
        if (auto* table = window.currentPage()->findChild<QStackedWidget*>()->currentWidget()->findChild<QTableView*>();
            table != nullptr && !table->currentIndex().isValid()) {
            int row = 0; // a heading is no row
            while (row < table->model()->rowCount() &&
                   !table->model()->flags(table->model()->index(row, 0)).testFlag(Qt::ItemIsSelectable)) {
                ++row;
            }
            table->selectRow(row);
        }
        if (auto* acts = window.currentPage()->findChild<Segmented*>(QStringLiteral("findingAct"));
            acts != nullptr && acts->isVisible()) {
            acts->setCurrent(1);
            QTest::qWait(300);
        }
        shoot(window, QDir(folder).filePath(QStringLiteral("access-%1-light.png").arg(i)));
    }
    for (const auto& command : {QStringLiteral("client.connect"), QStringLiteral("principal.password"),
                                QStringLiteral("principal.disable"), QStringLiteral("policy.new")}) {
        if (!window.context().commands.run(command)) {
            std::printf("%s: %s\n", qPrintable(command), qPrintable(window.context().commands.whyDisabled(command)));
            continue;
        }
        QTest::qWait(300);
        for (auto* dialog : window.findChildren<QDialog*>()) {
            auto* steps = dialog->findChild<Tabs*>();
            for (int step = 0; step < (steps == nullptr ? 1 : steps->count()); ++step) {
                if (steps != nullptr) {
                    steps->setCurrent(step);
                    QTest::qWait(100);
                }
                dialog->grab().save(
                    QDir(folder).filePath(QStringLiteral("dialog-%1-%2-light.png").arg(command).arg(step)));
            }
            dialog->close();
        }
        QTest::qWait(50);
    }
    window.context().navigator.select({SelectionKind::Topic, QStringLiteral("seismic.quakes")});
    window.context().commands.run(QStringLiteral("access.explain"));
    if (auto* explain = window.findChild<QDialog*>(QStringLiteral("explainDialog"))) {
        explain->findChild<QComboBox*>(QStringLiteral("explainPrincipal"))
            ->setEditText(QStringLiteral("near-airports"));
        auto* answers = explain->findChild<Tabs*>(QStringLiteral("explainTabs"));
        for (int i = 0; i < answers->count(); ++i) {
            answers->setCurrent(i);
            QTest::qWait(400);
            explain->grab().save(QDir(folder).filePath(QStringLiteral("explain-%1-light.png").arg(i)));
        }
    }
}

/// The tabs of a schema, the search, and a version that is about to be registered.
void shootSchemas(const QString& folder) {
    const QDir dir(folder);
    test::FakeMesh mesh;
    MainWindow window(mesh.services(), allPages());
    window.resize(1600, 1000);
    window.show();
    window.start();
    window.context().navigator.goTo(QStringLiteral("schemas"),
                                    {SelectionKind::Schema, QStringLiteral("seismic.quakes-value")});
    QTest::qWait(600);
    auto* tabs = window.findChild<Tabs*>(QStringLiteral("schemaTabs"));
    for (const auto& [scheme, size] :
         {std::pair(Scheme::Light, QSize(1600, 1000)), std::pair(Scheme::Dark, QSize(1280, 720))}) {
        Theme::instance().setScheme(scheme);
        window.resize(size);
        const auto ending = scheme == Scheme::Dark ? QStringLiteral("dark") : QStringLiteral("light");
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrent(i);
            shoot(window, dir.filePath(QStringLiteral("schemas-%1-%2.png").arg(i).arg(ending)));
        }
        for (const auto& command : {QStringLiteral("schema.register"), QStringLiteral("schema.settings")}) {
            window.context().commands.run(command);
            QTest::qWait(600);
            for (auto* dialog : window.findChildren<QDialog*>()) {
                if (auto* text = dialog->findChild<QPlainTextEdit*>()) {
                    text->setPlainText(text->toPlainText().replace(
                        QStringLiteral("\"fields\": ["),
                        QStringLiteral("\"fields\": [\n    {\"name\": \"net\", \"type\": \"string\"},")));
                    QTest::qWait(900);
                }
                dialog->grab().save(dir.filePath(QStringLiteral("dialog-%1-%2.png").arg(command, ending)));
                dialog->close();
            }
            QTest::qWait(50);
        }
    }
    Theme::instance().setScheme(Scheme::Light);
    window.findChild<QLineEdit*>(QStringLiteral("schemasFilter"))->setText(QStringLiteral("time"));
    QTest::qWait(600);
    shoot(window, dir.filePath(QStringLiteral("schemas-search-light.png")));
    window.context().navigator.goTo(QStringLiteral("topics"), {SelectionKind::Topic, QStringLiteral("seismic.quakes")});
    QTest::qWait(600);
    window.findChild<Tabs*>(QStringLiteral("topicTabs"))->setCurrent(4);
    shoot(window, dir.filePath(QStringLiteral("topics-schema-light.png")));
}

/// The contract of a topic and of a product, and what is looked at before one is agreed.
void shootContracts(const QString& folder) {
    const QDir dir(folder);
    test::FakeMesh mesh;
    test::agreeContract(mesh.catalog, test::brokenContractText());
    const auto document = catalog::draftProductContract(mesh.catalog, "earthquake-feed");
    test::agreeContract(mesh.catalog, document.value(), "For the data marketplace", {true, "earthquake-feed"});
    MainWindow window(mesh.services(), allPages());
    window.resize(1600, 1000);
    window.show();
    window.start();
    const auto openTab = [&](const char* page, SelectionKind kind, const char* name, const char* tabs, int tab) {
        window.context().navigator.goTo(QLatin1String(page), {kind, QLatin1String(name)});
        QTest::qWait(600);
        window.findChild<Tabs*>(QLatin1String(tabs))->setCurrent(tab);
    };
    openTab("products", SelectionKind::Product, "earthquake-feed", "productTabs", 2);
    shoot(window, dir.filePath(QStringLiteral("products-contract-light.png")));
    openTab("topics", SelectionKind::Topic, "wildlife.strikes", "topicTabs", 6);
    shoot(window, dir.filePath(QStringLiteral("topics-contract-none-light.png")));
    openTab("topics", SelectionKind::Topic, "seismic.quakes", "topicTabs", 6);
    window.findChild<QTableView*>(QStringLiteral("topicContractTable"))->selectRow(0);
    shoot(window, dir.filePath(QStringLiteral("topics-contract-light.png")));
    Theme::instance().setScheme(Scheme::Dark);
    window.resize(1280, 720);
    shoot(window, dir.filePath(QStringLiteral("topics-contract-dark.png")));
    Theme::instance().setScheme(Scheme::Light);
    const QTemporaryDir files;
    const auto file = files.filePath(QStringLiteral("quakes.odcs.yaml"));
    const auto next =
        test::contractWith(test::contractWith(test::exampleContractText(), "1.2.0", "2.0.0"), "value: 5", "value: 60");
    if (!writeFile(file, QByteArray::fromStdString(next))) {
        std::printf("%s can't be written.\n", qPrintable(file));
    }
    for (const auto& name : {QStringLiteral("import"), QStringLiteral("draft"), QStringLiteral("remove")}) {
        window.context().commands.run(QStringLiteral("topic.contract.") + name);
        for (auto* dialog : window.findChildren<QDialog*>()) {
            if (auto* path = dialog->findChild<QLineEdit*>(QStringLiteral("contractFile"))) {
                path->setText(file);
            }
            QTest::qWait(900);
            dialog->grab().save(dir.filePath(QStringLiteral("dialog-contract-%1-light.png").arg(name)));
            dialog->close();
        }
        QTest::qWait(50);
    }
    window.context().navigator.goTo(QStringLiteral("schemas"),
                                    {SelectionKind::Schema, QStringLiteral("seismic.quakes-value")});
    QTest::qWait(600);
    window.context().commands.run(QStringLiteral("schema.register"));
    if (auto* dialog = window.findChild<QDialog*>(QStringLiteral("registerDialog"))) {
        auto* text = dialog->findChild<QPlainTextEdit*>(QStringLiteral("registerText"));
        text->setPlainText(text->toPlainText().replace(QStringLiteral("\"mag\""), QStringLiteral("\"magnitude\"")));
        QTest::qWait(900);
        dialog->grab().save(dir.filePath(QStringLiteral("dialog-contract-register-light.png")));
        dialog->close();
    }
}

/// States that the tour doesn't show.
void shootStates(const QString& folder) {
    const QDir dir(folder);
    test::FakeMesh mesh;
    MainWindow window(mesh.services(), allPages());
    window.resize(1600, 1000);
    window.show();
    window.start();
    window.context().navigator.goTo(QStringLiteral("overview"),
                                    {SelectionKind::Topic, QStringLiteral("seismic.quakes")});
    QTest::qWait(600);
    auto* span = window.findChild<Segmented*>(QStringLiteral("throughputSpan"));
    for (const auto& [index, name] : {std::pair(2, QStringLiteral("day")), std::pair(3, QStringLiteral("week"))}) {
        span->setCurrent(index);
        shoot(window, dir.filePath(QStringLiteral("overview-%1-light.png").arg(name)));
    }
    window.finder()->open(Finder::Mode::Commands);
    shoot(window, dir.filePath(QStringLiteral("palette-light.png")));
    window.finder()->close();
    mesh.backbone.setReachability(backbone::Reachability::Unreachable,
                                  "kafka-1.prod.example:9093 refuses the connection.");
    shoot(window, dir.filePath(QStringLiteral("unreachable-light.png")));
    window.context().commands.run(QStringLiteral("window.settings"));
    test::FakeMesh empty{test::FakeMesh::Empty{}};
    MainWindow emptyWindow(empty.services(), allPages());
    emptyWindow.resize(1600, 1000);
    emptyWindow.show();
    for (const auto& page : allPages()) {
        emptyWindow.context().navigator.goTo(page.id);
        shoot(emptyWindow, dir.filePath(page.id + QStringLiteral("-empty.png")));
    }
}

} // namespace

int main(int argc, char** argv) {
    qputenv("QT_QPA_PLATFORM", qEnvironmentVariableIsSet("QT_QPA_PLATFORM") ? qgetenv("QT_QPA_PLATFORM") : "offscreen");
    const QTemporaryDir home;
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home.path());
    QApplication app(argc, argv);
    QApplication::setApplicationName(QStringLiteral("meshbone"));
    QApplication::setOrganizationName(QStringLiteral("meshbone"));
    Theme::instance().install(app);
    const auto folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral("gallery");
    test::FakeMesh mesh;
    mesh.backbone.fakeAdmin().setLag("svc-rebooking", 2'004);
    backbone::RunStatus run;
    run.run = "b81e";
    run.request.sourceTopic = "seismic.quakes";
    run.request.window = backbone::TimeWindow{1'517'932'200'000, 1'517'934'000'000};
    run.planned = 4;
    run.written = 2;
    mesh.backbone.fakeReplays().addRun(run);
    {
        MainWindow window(mesh.services(), allPages());
        window.start();
        const auto size = QString::fromLatin1(argc > 2 ? argv[2] : "1600x1000").split(u'x');
        const auto written = runTour(window, {.folder = folder, .size = {size.first().toInt(), size.last().toInt()}});
        if (!written) {
            std::fprintf(stderr, "%s\n", written.error().message.c_str());
            return 1;
        }
        for (const auto& path : *written) {
            std::printf("%s\n", qPrintable(path));
        }
    }
    shootAccess(folder);
    shootSchemas(folder);
    shootContracts(folder);
    shootStates(folder);
    return 0;
}
