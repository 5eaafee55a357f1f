// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/access_words.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// A policy with its reach in the words of the mesh.
struct PolicyRow {
    catalog::Policy policy;
    QString reach, approvers;
};
std::vector<PolicyRow> policyRows(const CatalogView& catalog);
QString reachText(const CatalogView& catalog, const catalog::Policy& policy); ///< "product Flights"

/// What each policy adds to what the others say.
class PoliciesModel : public RowsModel<PolicyRow> {
    Q_OBJECT
public:
    enum At : int { Name, Reach, Approval, People, MaxDays, LapseDays, Everything };
    explicit PoliciesModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const PolicyRow& row) const override { return QString::fromStdString(row.policy.id); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
