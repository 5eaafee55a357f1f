// SPDX-License-Identifier: Apache-2.0
#include "topics/messages_model.h"

#include "message/decoded_payload.h"
#include "message/payload.h"
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
    m_lines.assign(m_records.size(), std::nullopt);
    endResetModel();
}

void MessagesModel::setBook(catalog::SchemaBookPtr book) {
    m_book = std::move(book);
    m_lines.assign(m_records.size(), std::nullopt);
    if (rowCount() > 0) {
        emit dataChanged(index(0, Key), index(rowCount() - 1, Value));
    }
}

std::optional<Bytes> MessagesModel::readable(const Record& record, bool isKey) const {
    return readableForLine(m_book.get(), record, isKey);
}

const MessagesModel::Lines& MessagesModel::lines(int row) const {
    auto& lines = m_lines.at(static_cast<std::size_t>(row));
    if (!lines) {
        const auto& record = at(row);
        lines = {payloadLine(readable(record, true), kKeyLengthMax),
                 payloadLine(readable(record, false), kValueLengthMax)};
    }
    return *lines;
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
        return {cell::mono(lines(row).key, inkOf(record.key))};
    case Value:
        return {cell::text(lines(row).value, inkOf(record.value))};
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
        return record.key ? payloadText(readable(record, true)) : QString();
    case Value:
        return record.value ? payloadText(readable(record, false)) : QString();
    default:
        return plain(row, column);
    }
}

} // namespace meshbone::ui
