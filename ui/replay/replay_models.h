// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <backbone/replay.h>

namespace meshbone::ui {

/// The preview: a row for each partition and one for all.
class PreviewModel : public TableModel {
    Q_OBJECT
public:
    explicit PreviewModel(QObject* parent = nullptr);
    void setPlan(const backbone::ReplayPlan& plan);
    void clear();
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

private:
    std::vector<backbone::PlannedPartition> m_rows; ///< the last one is the sum, where there is more than one partition
};

/// Runs, newest first, those of earlier sessions included.
class RunsModel : public RowsModel<backbone::RunStatus> {
    Q_OBJECT
public:
    explicit RunsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const backbone::RunStatus& row) const override { return QString::fromStdString(row.run); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

/// The window of a request in words: "2018-02-06 15:50:00.000 to 16:20:00.000", or "offsets of 2 partitions".
QString windowInWords(const backbone::ReplayRequest& request);

} // namespace meshbone::ui
