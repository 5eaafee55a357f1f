// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "shell/mesh_health.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// What the Overview says of a domain.
struct DomainRow {
    QString id, name, owner;
    qint64 products = 0, topics = 0, records = 0;
    double perSecond = 0;
    std::vector<float> hour; ///< events/s, one value a minute
    qint64 findings = 0;     ///< accesses that nobody granted, among its topics
};

/// One row a domain of the catalog, and one for topics that no domain claims, if there are any.
std::vector<DomainRow> domainRows(const CatalogView& catalog, const MeshFacts& facts,
                                  const backbone::TrafficSnapshot& traffic,
                                  const std::map<std::string, int>& findingsByTopic);

class DomainsModel : public RowsModel<DomainRow> {
    Q_OBJECT
public:
    explicit DomainsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const DomainRow& row) const override { return row.id; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

} // namespace meshbone::ui
