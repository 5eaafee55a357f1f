// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "access/grants_model.h"

namespace meshbone::ui {

/// A grant that a recertification lists, and what was answered.
struct CampaignRow {
    catalog::Campaign campaign; ///< without its items
    catalog::CampaignItem item;
    GrantRow grant;
    [[nodiscard]] bool isOpen() const { return !campaign.closed && item.answer == catalog::CampaignAnswer::Open; }
};

/// What recertifications list, each grant of each one a row.
class CampaignsModel : public RowsModel<CampaignRow> {
    Q_OBJECT
public:
    enum At : int { Principal, Topic, May, LastUsed, Ends, Answer, By, Campaign, Due, Reason, Grant };
    explicit CampaignsModel(QObject* parent = nullptr);
    [[nodiscard]] QString key(const CampaignRow& row) const override;
    [[nodiscard]] Cell cell(int row, int column) const override;
    [[nodiscard]] QVariant sortKey(int row, int column) const override;
    [[nodiscard]] QString copyText(int row, int column) const override;
};

/// `closed`: those of the recertifications that are over too.
std::vector<CampaignRow> campaignRows(const CatalogView& catalog, const LastUse& use, bool closed, TimestampMs nowMs);

} // namespace meshbone::ui
