// SPDX-License-Identifier: Apache-2.0
// The desktop goes from one profile to another: one session at a time, and the last one is remembered.
#ifndef Q_MOC_RUN // moc 6.4 can't read C++23's <chrono>
#include "desktop.h"
#include "profiles.h"
#include "shell/main_window.h"
#include "support/broker_fixture.h"
#include "widgets/theme.h"
#endif

#include <QApplication>
#include <QPointer>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

using namespace meshbone;
using namespace meshbone::app;

class DesktopTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;
    std::filesystem::path m_data;
    QStringList m_seen; ///< the profiles whose window was shown, in order

    static ui::MainWindow* shownWindow() {
        for (auto* widget : QApplication::topLevelWidgets()) {
            if (auto* window = qobject_cast<ui::MainWindow*>(widget); window != nullptr && window->isVisible()) {
                return window;
            }
        }
        return nullptr;
    }

    /// Runs the desktop; in each window that is shown, the person asks for the next of `journey`, and closes the last.
    int travel(const DesktopOptions& options, QStringList journey) {
        m_seen.clear();
        QPointer<ui::MainWindow> handled; // each stands at the same address as the one before
        QTimer person;
        connect(&person, &QTimer::timeout, this, [&] {
            auto* window = shownWindow();
            if (window == nullptr || window == handled) {
                return;
            }
            handled = window;
            m_seen << QString::fromStdString(window->context().services.backbone.profile().name);
            if (journey.isEmpty()) {
                window->close();
            } else {
                window->context().services.profiles.open(journey.takeFirst().toStdString());
            }
        });
        person.start(20);
        return runDesktop(options);
    }

    [[nodiscard]] DesktopOptions optionsFor() const {
        DesktopOptions options;
        options.session.dataDirectory = m_data;
        options.session.port = 0;
        return options;
    }

    void know(const std::string& name, const std::string& bootstrap) const {
        backbone::KnownCluster known;
        known.profile.name = name;
        known.profile.bootstrap = bootstrap;
        QVERIFY(saveProfile(m_data, known));
    }

private slots:
    void initTestCase() {
        QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, m_home.path());
        QCoreApplication::setOrganizationName(QStringLiteral("meshbone"));
        QCoreApplication::setApplicationName(QStringLiteral("desktop-test"));
        ui::Theme::instance().install(*qApp);
        m_data = m_home.filePath(QStringLiteral("data")).toStdString();
    }

    void itGoesToAClusterAndBackAndAnotherProgramFindsTheDirectoryFree() {
        const testing::BrokerFixture other;
        know("other", other.bootstrap());
        QCOMPARE(travel(optionsFor(), {QStringLiteral("other"), QStringLiteral("embedded")}), 0);
        QCOMPARE(m_seen,
                 (QStringList{QStringLiteral("embedded"), QStringLiteral("other"), QStringLiteral("embedded")}));
        QCOMPARE(travel(optionsFor(), {QStringLiteral("other")}), 0);
        QCOMPARE(readProfiles(m_data).value().lastUsed, std::string("other"));
        // Nothing of the first session holds the embedded broker's files while the cluster is open.
        QVERIFY(Session::start(optionsFor().session));
    }

    void theDemoDoesNotMakeAProfileTheLastOne() {
        QVERIFY(rememberProfile(m_data, "other"));
        auto options = optionsFor();
        options.demo = true;
        QCOMPARE(travel(options, {}), 0);
        QCOMPARE(readProfiles(m_data).value().lastUsed, std::string("other"));
    }
};

QTEST_MAIN(DesktopTest)
#include "desktop_test.moc"
