// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "schemas/evidence_run.h"
#include "widgets/table_model.h"

namespace meshbone::ui {

/// What a look for ids that events name and the registry doesn't know has found.
struct LostIdsFound {
    std::vector<catalog::LostId> ids;
    std::vector<catalog::ScannedTopic> topics; ///< that were looked at
};
/// For a job; the topics one after the other. Fails with Cancelled only.
Result<LostIdsFound> findLostIds(backbone::Backbone& backbone, const catalog::SchemaBookPtr& book,
                                 const std::vector<std::string>& topics, const EvidenceWindow& window,
                                 const JobContext& job, std::atomic<std::int64_t>& count);

class LostIdsModel : public RowsModel<catalog::LostId> {
    Q_OBJECT
public:
    enum At : int { Id, Events, Topics, Fits };
    explicit LostIdsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const catalog::LostId& row) const override { return QString::number(row.id.value()); }
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
};

/// "orders-value v2", with "deleted" where it is.
QString fitWords(const catalog::SchemaVersion& version);

} // namespace meshbone::ui
