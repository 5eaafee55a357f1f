// SPDX-License-Identifier: Apache-2.0
#include "message/samples_model.h"

#include "widgets/format.h"

namespace meshbone::ui {

SamplesModel::SamplesModel(QObject* parent)
    : RowsModel({{QStringLiteral("place"), tr("Partition : offset"), 130, false, false},
                 {QStringLiteral("time"), timeTitle(tr("Time")), 160, false, false},
                 {QStringLiteral("why"), tr("What is wrong"), 200, false, true}},
                parent) {}

QString SamplesModel::key(const RecordNote& row) const {
    return QStringLiteral("%1:%2").arg(row.at.partition.value()).arg(row.offset.value());
}

Cell SamplesModel::cell(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Place:
        return {cell::mono(key(one))};
    case Time:
        return {cell::secondary(formatTime(one.timestampMs))};
    case Why:
        return {cell::text(one.why)};
    default:
        return {};
    }
}

QVariant SamplesModel::sortKey(int row, int column) const {
    return column == Time ? QVariant(static_cast<qint64>(at(row).timestampMs)) : QVariant(plain(row, column));
}

QString SamplesModel::copyText(int row, int column) const {
    return column == Time ? isoTime(at(row).timestampMs) : plain(row, column);
}

} // namespace meshbone::ui
