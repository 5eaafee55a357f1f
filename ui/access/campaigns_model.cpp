// SPDX-License-Identifier: Apache-2.0
#include "access/campaigns_model.h"

#include "access/grant_cells.h"
#include "widgets/format.h"

namespace meshbone::ui {

namespace {

StateWords wordsOf(const CampaignRow& row) {
    switch (row.item.answer) {
    case catalog::CampaignAnswer::Kept:
        return {CampaignsModel::tr("kept"), Tone::Ok, QStringLiteral("check")};
    case catalog::CampaignAnswer::Dropped:
        return {CampaignsModel::tr("dropped"), Tone::Neutral, QStringLiteral("close")};
    case catalog::CampaignAnswer::Open:
        break;
    }
    return row.campaign.closed
               ? StateWords{CampaignsModel::tr("not answered"), Tone::Warn, QStringLiteral("warning")}
               : StateWords{CampaignsModel::tr("to be answered"), Tone::Accent, QStringLiteral("clock")};
}

} // namespace

CampaignsModel::CampaignsModel(QObject* parent)
    : RowsModel({{QStringLiteral("principal"), tr("Principal"), 140},
                 {QStringLiteral("topic"), tr("Topic"), 220, false, true},
                 {QStringLiteral("may"), tr("May"), 72},
                 {QStringLiteral("lastUsed"), tr("Last used"), 92, true},
                 {QStringLiteral("ends"), tr("Ends"), 86},
                 {QStringLiteral("answer"), tr("Answer"), 124},
                 {QStringLiteral("by"), tr("By"), 76},
                 {QStringLiteral("campaign"), tr("Recertification"), 124},
                 {QStringLiteral("due"), tr("Due"), 84},
                 {QStringLiteral("reason"), tr("Reason"), 140},
                 {QStringLiteral("grant"), tr("Grant"), 130}},
                parent) {}

QString CampaignsModel::key(const CampaignRow& row) const {
    return text(row.campaign.id + '/' + row.item.grant);
}

Cell CampaignsModel::cell(int row, int column) const {
    const auto& one = at(row);
    const auto& scope = one.grant.grant.scope;
    switch (column) {
    case Principal:
        return principalCell(scope);
    case Topic:
        return topicsCell(scope, one.grant.domain);
    case May:
        return {cell::secondary(mayText(scope))};
    case LastUsed:
        return lastUsedCell(one.grant.lastUsedMs);
    case Ends:
        return endsCell(one.grant.grant);
    case Answer: {
        const auto words = wordsOf(one);
        return cell::state(words.tone, words.word, words.icon);
    }
    case By:
        return {cell::secondary(text(one.item.person))};
    case Campaign:
        return {cell::secondary(text(one.campaign.name))};
    case Due: {
        const auto words = endWords(one.campaign.dueMs, nowMs());
        return one.isOpen() ? Cell{cell::chip(words.word, words.tone, words.icon)}
                            : Cell{cell::secondary(one.item.atMs < 0 ? QString() : agoText(one.item.atMs, nowMs()))};
    }
    case Reason:
        return {cell::secondary(text(one.item.reason))};
    default:
        return {cell::mono(text(one.item.grant))};
    }
}

QVariant CampaignsModel::sortKey(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case LastUsed:
        return lastUsedKey(one.grant.lastUsedMs);
    case Ends:
        return endsKey(one.grant.grant.untilMs);
    case Due:
        return endsKey(one.campaign.dueMs);
    default:
        return plain(row, column);
    }
}

QString CampaignsModel::copyText(int row, int column) const {
    const auto& one = at(row);
    switch (column) {
    case Principal:
        return text(one.grant.grant.scope.principal);
    case LastUsed:
        return lastUsedText(one.grant.lastUsedMs);
    case Ends:
        return endsText(one.grant.grant.untilMs);
    case Due:
        return endsText(one.campaign.dueMs);
    default:
        return plain(row, column);
    }
}

std::vector<CampaignRow> campaignRows(const CatalogView& catalog, const LastUse& use, bool closed, TimestampMs now) {
    std::vector<CampaignRow> rows;
    for (const auto& campaign : catalog.access.campaigns) {
        if (campaign.closed && !closed) {
            continue;
        }
        auto head = campaign;
        head.items.clear();
        for (const auto& item : campaign.items) {
            const auto* grant = catalog.access.grant(item.grant);
            if (grant != nullptr) { // the ledger forgets none
                rows.push_back(
                    {head,
                     item,
                     {*grant, grant->stateAt(now), domainOf(catalog, grant->scope), usedAt(use, grant->id)}});
            }
        }
    }
    return rows;
}

} // namespace meshbone::ui
