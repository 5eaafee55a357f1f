// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shell/live_feed.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

struct BusyTopicRow {
    QString topic, domain;
    double perSecond = 0;
    std::vector<float> recent;
};

/// The topics with the most events now, at most `limit`, busiest first.
std::vector<BusyTopicRow> busyTopics(const backbone::TrafficSnapshot& traffic, const CatalogView& catalog,
                                     std::size_t limit);

class BusyTopicsModel : public RowsModel<BusyTopicRow> {
    Q_OBJECT
public:
    explicit BusyTopicsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const BusyTopicRow& row) const override { return row.topic; }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
};

} // namespace meshbone::ui
