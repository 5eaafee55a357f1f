// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "widgets/table_model.h"

#include <catalog/catalog.h>

namespace meshbone::ui {

/// The grants of an earlier time: who might do what on which topics, and how far that was enforced.
class AsOfModel : public RowsModel<catalog::Grant> {
    Q_OBJECT
public:
    explicit AsOfModel(QObject* parent = nullptr);
    /// `ended`: also those that were over by then.
    void setAccess(const catalog::AccessAsOf& access, bool ended);
    [[nodiscard]] QString key(const catalog::Grant& grant) const override { return QString::fromStdString(grant.id); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

private:
    TimestampMs m_timeMs = -1;
};

} // namespace meshbone::ui
