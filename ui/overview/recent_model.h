// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "widgets/table_model.h"

#include <catalog/catalog.h>

namespace meshbone::ui {

/// The newest entries of the ledger, in a few words each.
class RecentModel : public RowsModel<catalog::LedgerEntry> {
    Q_OBJECT
public:
    explicit RecentModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const catalog::LedgerEntry& entry) const override {
        return QString::number(entry.number);
    }
    /// Where requests and grants are looked up.
    void setCatalog(std::shared_ptr<const CatalogView> catalog) { m_catalog = std::move(catalog); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;

private:
    std::shared_ptr<const CatalogView> m_catalog;
};

} // namespace meshbone::ui
