// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "shell/mesh_health.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// A data product and what flows through the topics that it offers.
struct ProductRow {
    catalog::Product product;
    QString domainName, ownerName;
    qint64 outputs = 0, inputs = 0, records = 0;
    double perSecond = 0;
    std::vector<float> recent;
};
std::vector<ProductRow> productRows(const CatalogView& catalog, const backbone::TrafficSnapshot& traffic);

class ProductsModel : public RowsModel<ProductRow> {
    Q_OBJECT
public:
    explicit ProductsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const ProductRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

protected:
    [[nodiscard]] std::optional<ColumnSpan> difference(const ProductRow& before,
                                                       const ProductRow& after) const override;
};

/// A domain or a team, as the same page lists them.
struct OwnerRow {
    QString id, name, description, owner; ///< owner: of a domain; members: of a team
    qint64 products = 0;
    bool isDomain = true;
};
std::vector<OwnerRow> domainRowsOf(const CatalogView& catalog);
std::vector<OwnerRow> teamRowsOf(const CatalogView& catalog);

/// What the page lists, made together.
struct ProductLists {
    std::vector<ProductRow> products;
    std::vector<OwnerRow> domains, teams;
    QStringList unclaimed; ///< the first few topics that belong to no product
    int unclaimedCount = 0;
};
ProductLists productLists(const CatalogView& catalog, const backbone::TrafficSnapshot& traffic, const MeshFacts& mesh);

/// Domains or teams.
class OwnersModel : public RowsModel<OwnerRow> {
    Q_OBJECT
public:
    OwnersModel(bool domains, QObject* parent = nullptr);
    [[nodiscard]] QString key(const OwnerRow& row) const override { return row.id; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
