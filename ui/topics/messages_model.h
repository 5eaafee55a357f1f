// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <backbone/record.h>
#include <catalog/schema_book.h>

#include <vector>

namespace meshbone::ui {

/// A page of messages, in the order in which the browser gave them. Keys and values are shown decoded; each is when a
/// view first asks for it, so only what is seen. GUI thread.
class MessagesModel : public TableModel {
    Q_OBJECT
public:
    explicit MessagesModel(QObject* parent = nullptr);
    void setRecords(std::vector<Record> records);
    void setBook(catalog::SchemaBookPtr book); ///< null: nothing is decoded
    [[nodiscard]] const Record& at(int row) const { return m_records.at(static_cast<std::size_t>(row)); }
    /// Row of a partition's offset; -1: not on this page.
    [[nodiscard]] int rowOf(Partition partition, Offset offset) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

private:
    struct Lines {
        QString key, value;
    };
    [[nodiscard]] std::optional<Bytes> readable(const Record& record, bool isKey) const;
    [[nodiscard]] const Lines& lines(int row) const;

    std::vector<Record> m_records;
    catalog::SchemaBookPtr m_book;
    mutable std::vector<std::optional<Lines>> m_lines; ///< of the records, made when they are asked for
};

} // namespace meshbone::ui
