// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

namespace meshbone::ui {

/// A row of an answer: its cells, and what is copied where that differs from what is shown.
struct AnswerRow {
    QString key;
    QList<Cell> cells;
    QStringList exact; ///< by column; missing or empty: as shown
};

/// The rows of an answer under columns that the question gives.
class AnswerModel : public RowsModel<AnswerRow> {
    Q_OBJECT
public:
    using RowsModel::RowsModel;
    [[nodiscard]] QString key(const AnswerRow& row) const override { return row.key; }
    [[nodiscard]] Cell cell(int row, int column) const override { return at(row).cells.value(column); }
    [[nodiscard]] QString copyText(int row, int column) const override {
        const auto exact = at(row).exact.value(column);
        return exact.isEmpty() ? plain(row, column) : exact;
    }
};

} // namespace meshbone::ui
