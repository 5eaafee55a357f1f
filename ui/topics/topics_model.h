// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "shell/mesh_health.h"
#include "widgets/table_model.h"

#include <map>
#include <optional>

namespace meshbone::ui {

struct TopicRow {
    QString name, domain, domainName, product, owner, description;
    int partitions = 0;
    std::int64_t records = 0;
    std::optional<std::int64_t> sizeBytes;
    double perSecond = 0;
    std::vector<float> recent;
    bool internal = false;
    friend bool operator==(const TopicRow&, const TopicRow&) = default;
};

/// What the list shows: the cluster's topics, what the catalog says of them, how busy they are. All of them are sorted
/// by name, as they come.
std::vector<TopicRow> topicRows(const MeshFacts& facts, const CatalogView& catalog,
                                const backbone::TrafficSnapshot* traffic);

/// The rows with what the page says of them all.
struct TopicList {
    std::vector<TopicRow> rows;
    QStringList domains, owners; ///< names that occur, sorted
    int internal = 0;
};
TopicList topicList(const MeshFacts& facts, const CatalogView& catalog, const backbone::TrafficSnapshot* traffic);

class TopicsModel : public RowsModel<TopicRow> {
    Q_OBJECT
public:
    explicit TopicsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const TopicRow& row) const override { return row.name; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QString plain(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;

protected:
    [[nodiscard]] std::optional<ColumnSpan> difference(const TopicRow& before, const TopicRow& after) const override;
};

} // namespace meshbone::ui
