// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/usage_run.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// A version that nobody was seen using.
struct UnusedRow {
    QString subject;
    int version = 0, id = 0;
    TimestampMs writtenMs = -1;
    catalog::VersionUsage::Looked looked = catalog::VersionUsage::Looked::Nothing;
    QString why;
};
std::vector<UnusedRow> unusedRows(const UsageAnswer& answer);

class UnusedModel : public RowsModel<UnusedRow> {
    Q_OBJECT
public:
    enum At : int { Subject, Version, Id, Written, Events, Why };
    explicit UnusedModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const UnusedRow& row) const override {
        return row.subject + u'\n' + QString::number(row.version);
    }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
