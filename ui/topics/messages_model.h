// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <backbone/record.h>

#include <vector>

namespace meshbone::ui {

/// A page of messages, in the order in which the browser gave them. GUI thread.
class MessagesModel : public TableModel {
    Q_OBJECT
public:
    explicit MessagesModel(QObject* parent = nullptr);
    void setRecords(std::vector<Record> records);
    [[nodiscard]] const Record& at(int row) const { return m_records.at(static_cast<std::size_t>(row)); }
    /// Row of a partition's offset; -1: not on this page.
    [[nodiscard]] int rowOf(Partition partition, Offset offset) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

private:
    std::vector<Record> m_records;
};

} // namespace meshbone::ui
