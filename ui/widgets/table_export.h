// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <QString>

#include <optional>

class QMenu;

namespace meshbone::ui {

class TableView;

// The chosen rows of a table, all where none is chosen, into the clipboard or a file that a person names. GUI thread.

void copyRows(const TableView& table, bool asJson);

struct ExportedRows {
    QString path;
    qsizetype rows = 0;
    Status written;
};
/// `name` is proposed as the file's. Nothing: the person has thought better of it.
std::optional<ExportedRows> exportRows(TableView& table, const QString& name, bool asJson);

/// What every table offers by its right button where no list around it does. Says what came of an export beside it.
void addExportActions(TableView& table, QMenu& menu);

} // namespace meshbone::ui
