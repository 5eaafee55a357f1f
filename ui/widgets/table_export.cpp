// SPDX-License-Identifier: Apache-2.0
#include "widgets/table_export.h"

#include "widgets/dialog.h"
#include "widgets/export_rows.h"
#include "widgets/format.h"
#include "widgets/table_view.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QCursor>
#include <QFileDialog>
#include <QGuiApplication>
#include <QMenu>
#include <QToolTip>

namespace meshbone::ui {

namespace {

QString tr(const char* text, int n = -1) {
    return QCoreApplication::translate("TableExport", text, nullptr, n);
}

void exportAndSay(TableView& table, bool asJson) {
    const auto title = table.objectName().isEmpty() ? QStringLiteral("rows") : table.objectName();
    const auto done = exportRows(table, title, asJson);
    if (!done) {
        return;
    }
    if (done->written) {
        QToolTip::showText(QCursor::pos(),
                           tr("%n row(s) written to “%1”.", static_cast<int>(done->rows)).arg(done->path), &table);
        return;
    }
    auto* dialog = new Dialog(tr("The rows could not be written"), text(done->written.error().message), &table);
    dialog->setCancelText(tr("Close"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

} // namespace

void copyRows(const TableView& table, bool asJson) {
    const auto rows = table.chosenRows();
    const auto& model = *table.model();
    QGuiApplication::clipboard()->setText(asJson ? rowsAsJson(model, rows) : rowsAsText(model, rows));
}

std::optional<ExportedRows> exportRows(TableView& table, const QString& name, bool asJson) {
    const auto ending = asJson ? QStringLiteral("json") : QStringLiteral("csv");
    const auto path = QFileDialog::getSaveFileName(&table, tr("Export rows"), QStringLiteral("%1.%2").arg(name, ending),
                                                   asJson ? tr("JSON (*.json)") : tr("CSV (*.csv)"));
    if (path.isEmpty()) {
        return std::nullopt;
    }
    const auto rows = table.chosenRows();
    const auto& model = *table.model();
    return ExportedRows{path, rows.size(),
                        writeTextFile(path, asJson ? rowsAsJson(model, rows) : rowsAsCsv(model, rows))};
}

void addExportActions(TableView& table, QMenu& menu) {
    menu.addAction(tr("Copy"), QKeySequence::Copy, &table, [&table] { copyRows(table, false); });
    menu.addAction(tr("Copy as JSON"), &table, [&table] { copyRows(table, true); });
    menu.addAction(tr("Export as CSV…"), &table, [&table] { exportAndSay(table, false); });
    menu.addAction(tr("Export as JSON…"), &table, [&table] { exportAndSay(table, true); });
}

} // namespace meshbone::ui
