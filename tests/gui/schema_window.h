// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "gui/window_fixture.h"

#include "widgets/button.h"
#include "widgets/label.h"
#include "widgets/message_bar.h"
#include "widgets/segmented.h"

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QLineEdit>
#include <QTableView>

namespace meshbone::test {

/// The tabs of a subject, in their order.
enum class SchemaTab : int { Fields, Text, Difference, UsedBy, Impact };

inline void testModel(QAbstractItemModel* model, QObject* owner) {
    new QAbstractItemModelTester(model, QAbstractItemModelTester::FailureReportingMode::QtTest, owner);
}

/// All cells of a row, as they are read.
inline QString rowText(const QAbstractItemModel* model, int row) {
    QStringList cells;
    for (int column = 0; column < model->columnCount(); ++column) {
        cells << model->index(row, column).data().toString();
    }
    return cells.join(u'|');
}

inline int rowWith(const QAbstractItemModel* model, const QString& words) {
    for (int row = 0; row < model->rowCount(); ++row) {
        if (rowText(model, row).contains(words)) {
            return row;
        }
    }
    return -1;
}

/// The window on Schemas.
struct SchemaWindow : TestWindow {
    explicit SchemaWindow(const QString& subject = {})
        : TestWindow(QStringLiteral("schemas")) {
        if (!subject.isEmpty()) {
            window->context().navigator.select({ui::SelectionKind::Schema, subject});
        }
        if (!settle()) {
            qWarning("The schemas are not read.");
        }
    }
    [[nodiscard]] QTableView* table(const char* name) const { return find<QTableView>(name); }
    [[nodiscard]] QAbstractItemModel* subjects() const { return table("schemasTable")->model(); }
    [[nodiscard]] QString title() const { return find<ui::Label>("schemaTitle")->text(); }
    void openTab(SchemaTab tab) const { find<ui::Tabs>("schemaTabs")->setCurrent(static_cast<int>(tab)); }
    [[nodiscard]] QDialog* dialog(const char* name) const { return window->findChild<QDialog*>(QLatin1String(name)); }
    /// Answers the last question of a verb that deletes.
    void confirm(const QString& typed = {}) const {
        auto* question = dialog("confirm");
        QVERIFY(question != nullptr);
        auto* verb = question->findChild<ui::Button*>(QStringLiteral("verb"));
        if (!typed.isEmpty()) {
            QVERIFY(!verb->isEnabled());
            QTest::keyClicks(question->findChild<QLineEdit*>(QStringLiteral("typed")), typed);
        }
        QVERIFY(verb->isEnabled());
        verb->click();
    }
    [[nodiscard]] ui::MessageBar* message() const {
        for (auto* bar : window->currentPage()->findChildren<ui::MessageBar*>()) {
            if (bar->isVisible()) {
                return bar;
            }
        }
        return nullptr;
    }
};

} // namespace meshbone::test
