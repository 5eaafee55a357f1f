// SPDX-License-Identifier: Apache-2.0
#include "topics/messages_model.h"

#include "topics/payload.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {
enum ColumnAt : int { PartitionColumn, OffsetColumn, Time, Key, Value };
constexpr int kKeyLengthMax = 80;
constexpr int kValueLengthMax = 300;

Token inkOf(const std::optional<Bytes>& bytes) {
    return bytes ? Token::Text1 : Token::Text3;
}
} // namespace

MessagesModel::MessagesModel(QObject* parent)
    : TableModel({{QStringLiteral("partition"), tr("Part."), 52, true, false},
                  {QStringLiteral("offset"), tr("Offset"), 76, true, false},
                  {QStringLiteral("time"), timeTitle(tr("Time")), 178, false, false},
                  {QStringLiteral("key"), tr("Key"), 130, false, false},
                  {QStringLiteral("value"), tr("Value"), 300, false, true}},
                 parent) {
    connect(&TimeZoneSwitch::instance(), &TimeZoneSwitch::changed, this, [this] {
        setColumnTitle(Time, timeTitle(tr("Time")));
        if (rowCount() > 0) {
            emit dataChanged(index(0, Time), index(rowCount() - 1, Time));
        }
    });
}

void MessagesModel::setRecords(std::vector<Record> records) {
    beginResetModel();
    m_records = std::move(records);
    endResetModel();
}

int MessagesModel::rowOf(Partition partition, Offset offset) const {
    const auto found = std::ranges::find_if(
        m_records, [&](const Record& record) { return record.partition == partition && record.offset == offset; });
    return found == m_records.end() ? -1 : static_cast<int>(found - m_records.begin());
}

int MessagesModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

Cell MessagesModel::cell(int row, int column) const {
    const auto& record = at(row);
    switch (column) {
    case PartitionColumn:
        return {cell::secondary(QString::number(record.partition.value()))};
    case OffsetColumn:
        return {cell::text(formatCount(record.offset.value()))};
    case Time:
        return {cell::mono(formatTime(record.timestampMs))};
    case Key:
        return {cell::mono(payloadLine(record.key, kKeyLengthMax), inkOf(record.key))};
    case Value:
        return {cell::text(payloadLine(record.value, kValueLengthMax), inkOf(record.value))};
    default:
        return {};
    }
}

QVariant MessagesModel::sortKey(int row, int column) const {
    const auto& record = at(row);
    switch (column) {
    case PartitionColumn:
        return record.partition.value();
    case OffsetColumn:
        return static_cast<qint64>(record.offset.value());
    case Time:
        return static_cast<qint64>(record.timestampMs);
    default:
        return plain(row, column);
    }
}

QString MessagesModel::copyText(int row, int column) const {
    const auto& record = at(row);
    switch (column) {
    case OffsetColumn:
        return QString::number(record.offset.value());
    case Time:
        return isoTime(record.timestampMs);
    case Key:
        return record.key ? payloadText(record.key) : QString();
    case Value:
        return record.value ? payloadText(record.value) : QString();
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
