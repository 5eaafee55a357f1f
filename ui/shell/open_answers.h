// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <catalog/access.h>

#include <algorithm>

namespace meshbone::ui {

/// How many grants of a recertification wait for an answer; 0 once it is closed.
inline qint64 openAnswers(const catalog::Campaign& campaign) {
    return campaign.closed
               ? 0
               : std::ranges::count(campaign.items, catalog::CampaignAnswer::Open, &catalog::CampaignItem::answer);
}
/// The day by which it should have been answered is past.
inline bool isOverdue(const catalog::Campaign& campaign, TimestampMs nowMs) {
    return openAnswers(campaign) > 0 && campaign.dueMs >= 0 && campaign.dueMs < nowMs;
}

} // namespace meshbone::ui
