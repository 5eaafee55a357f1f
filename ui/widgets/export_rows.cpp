// SPDX-License-Identifier: Apache-2.0
#include "widgets/export_rows.h"

#include "widgets/table_model.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace meshbone::ui {

namespace {

QString columnName(const QAbstractItemModel& model, int column) {
    const auto id = model.headerData(column, Qt::Horizontal, ColumnRole).toString();
    return id.isEmpty() ? model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString() : id;
}

QString valueAt(const QAbstractItemModel& model, int row, int column) {
    const auto index = model.index(row, column);
    const auto exact = index.data(CopyRole);
    return exact.isValid() ? exact.toString() : index.data().toString();
}

QString quoted(QString value) {
    if (value.contains(u'"') || value.contains(u',') || value.contains(u'\n') || value.contains(u'\r')) {
        return u'"' + value.replace(u'"', QStringLiteral("\"\"")) + u'"';
    }
    return value;
}

} // namespace

QString rowsAsCsv(const QAbstractItemModel& model, const QList<int>& rows) {
    QString out;
    const auto line = [&](auto valueOf) {
        for (int column = 0; column < model.columnCount(); ++column) {
            out += (column > 0 ? QStringLiteral(",") : QString()) + quoted(valueOf(column));
        }
        out += QStringLiteral("\r\n");
    };
    line([&](int column) { return columnName(model, column); });
    for (const auto row : rows) {
        line([&](int column) { return valueAt(model, row, column); });
    }
    return out;
}

QString rowsAsJson(const QAbstractItemModel& model, const QList<int>& rows) {
    QJsonArray array;
    for (const auto row : rows) {
        QJsonObject object;
        for (int column = 0; column < model.columnCount(); ++column) {
            object.insert(columnName(model, column), valueAt(model, row, column));
        }
        array.append(object);
    }
    return QString::fromUtf8(QJsonDocument(array).toJson());
}

QString rowsAsText(const QAbstractItemModel& model, const QList<int>& rows) {
    QStringList lines;
    for (const auto row : rows) {
        QStringList values;
        for (int column = 0; column < model.columnCount(); ++column) {
            values << valueAt(model, row, column);
        }
        lines << values.join(u'\t');
    }
    return lines.join(u'\n');
}

Status writeTextFile(const QString& path, const QString& text) {
    return writeFile(path, text.toUtf8());
}

Status writeFile(const QString& path, const QByteArray& bytes) {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) < 0 || !file.commit()) {
        return fail(ErrorCode::Io, QCoreApplication::translate("Export", "“%1” could not be written: %2.")
                                       .arg(path, file.errorString())
                                       .toStdString());
    }
    return {};
}

} // namespace meshbone::ui
