// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/fake_services.h"

#include "pages.h"
#include "shell/finder.h"
#include "shell/main_window.h"
#include "widgets/theme.h"

#include <QApplication>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

namespace meshbone::test {

/// Settings of their own for a test program; call from initTestCase().
inline void useTestSettings(const QTemporaryDir& home, const QString& name) {
    QSettings::setPath(QSettings::NativeFormat, QSettings::UserScope, home.path());
    QCoreApplication::setOrganizationName(QStringLiteral("meshbone"));
    QCoreApplication::setApplicationName(name);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    ui::Theme::instance().install(*qApp);
    ui::Theme::instance().setScheme(ui::Scheme::Light);
}

/// A window, shown on a page and settled.
struct WindowFrame {
    std::unique_ptr<ui::MainWindow> window;

    void open(ui::Services services, const QString& page) {
        QSettings().clear();
        window = std::make_unique<ui::MainWindow>(std::move(services), ui::allPages());
        window->resize(1600, 1000);
        window->show();
        window->start();
        window->context().navigator.goTo(page);
        QApplication::setActiveWindow(window.get());
        if (!settle()) {
            auto& context = window->context();
            qWarning("The window has not settled: page %d, catalog %d, cluster %d, ledger %d.",
                     window->currentPage()->isSettled(), context.feed.isCatalogLoaded(), context.health.isLoaded(),
                     context.ledger.isSettled());
        }
        window->activateWindow();
        (void)QTest::qWaitForWindowActive(window.get());
        window->currentPage()->setFocus();
    }
    /// Waits until everything shown is loaded.
    [[nodiscard]] bool settle() {
        return QTest::qWaitFor([this] { return window->isSettled(); }, 10'000);
    }
    template <class W>
    [[nodiscard]] W* find(const char* name) const {
        auto* found = window->findChild<W*>(QLatin1String(name));
        if (found == nullptr) {
            qWarning("There is no widget '%s'.", name);
        }
        return found;
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        auto* target =
            QApplication::focusWidget() != nullptr ? QApplication::focusWidget() : static_cast<QWidget*>(window.get());
        QTest::keyClick(target, key, modifiers);
    }
};

/// The window on the example mesh.
struct TestWindow : WindowFrame {
    FakeMesh mesh;

    explicit TestWindow(const QString& page) { open(mesh.services(), page); }
    TestWindow(const QString& page, FakeMesh::Empty empty)
        : mesh(empty) {
        open(mesh.services(), page);
    }
    /// On a cluster that can do what was found.
    TestWindow(const QString& page, const backbone::Capabilities& found) {
        mesh.found = found;
        open(mesh.services(), page);
    }
    ~TestWindow() { window.reset(); } // it works on the mesh
};

} // namespace meshbone::test
