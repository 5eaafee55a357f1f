// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <backbone/client.h>

namespace meshbone::ui {

class PartitionsModel : public RowsModel<backbone::PartitionDetail> {
    Q_OBJECT
public:
    explicit PartitionsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const backbone::PartitionDetail& row) const override {
        return QString::number(row.partition.value());
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

class ConfigModel : public RowsModel<backbone::ConfigEntry> {
    Q_OBJECT
public:
    explicit ConfigModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const backbone::ConfigEntry& row) const override {
        return QString::fromStdString(row.name);
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

/// A consumer group's place in one topic.
struct GroupRow {
    QString group, state, members;
    std::int64_t committed = 0, lag = 0; ///< sums over the topic's partitions
    int partitions = 0;                  ///< with a committed offset
};

class TopicGroupsModel : public RowsModel<GroupRow> {
    Q_OBJECT
public:
    explicit TopicGroupsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const GroupRow& row) const override { return row.group; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

/// A setting in words: "7 days" for retention.ms 604800000, "1.00 GiB" for segment.bytes; empty where the value says it
/// all.
QString settingInWords(const QString& name, const QString& value);

} // namespace meshbone::ui
