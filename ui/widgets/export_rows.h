// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <backbone/error.h>

#include <QList>
#include <QString>

class QAbstractItemModel;

namespace meshbone::ui {

// Rows of a table as text, with the exact values of CopyRole and the column ids as names.

/// RFC 4180, with a header line.
QString rowsAsCsv(const QAbstractItemModel& model, const QList<int>& rows);
/// An array of objects.
QString rowsAsJson(const QAbstractItemModel& model, const QList<int>& rows);
/// Tab-separated without a header, for the clipboard.
QString rowsAsText(const QAbstractItemModel& model, const QList<int>& rows);

// Writes a file so that it is there whole or not at all.
Status writeTextFile(const QString& path, const QString& text);
Status writeFile(const QString& path, const QByteArray& bytes);

} // namespace meshbone::ui
