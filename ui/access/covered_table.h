// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/request_facts.h"

namespace meshbone::ui {

/// The topics that a request covers: whose they are, what their data is, who reads them now.
class CoveredModel : public RowsModel<CoveredTopic> {
    Q_OBJECT
public:
    explicit CoveredModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const CoveredTopic& row) const override { return row.topic; }
    [[nodiscard]] Cell cell(int row, int column) const override;
};

class CoveredTable : public TableView {
    Q_OBJECT
public:
    explicit CoveredTable(QWidget* parent = nullptr);
    void setRows(std::vector<CoveredTopic> rows);

private:
    CoveredModel* m_model = nullptr;
};

} // namespace meshbone::ui
