// SPDX-License-Identifier: Apache-2.0
#include "product/access_rights.h"
#include "product/access_scope_rules.h"
#include "product/access_steps.h"
#include "product/decide_parts.h"
#include "product/names.h"

#include <catalog/access_covers.h>

#include <fmt/format.h>

#include <algorithm>

namespace meshbone::catalog {
namespace {

/// It was asked for at the product's port, or names a topic that the product offers.
bool concerns(const Grant& grant, const Product& product) {
    if (grant.product == product.id) {
        return true;
    }
    return std::ranges::any_of(product.ports, [&](const Port& port) {
        return port.direction == PortDirection::Output && coversTopic(grant.scope, port.topic);
    });
}

Result<Campaign> campaignAt(const Case& at, const std::string& id) {
    const Campaign* campaign = at.mesh.campaigns.find(id);
    if (campaign == nullptr) {
        return notThere(Kind::Campaign, id);
    }
    if (auto seen = checkRevision(Kind::Campaign, id, at, campaign->revision); !seen) {
        return std::unexpected(seen.error());
    }
    if (campaign->closed) {
        return fail(ErrorCode::Conflict, fmt::format("The campaign '{}' is closed.", id));
    }
    return *campaign;
}

/// Keeping is a decision like the first one: nobody makes it for themselves.
Status checkAnswer(const Case& at, const Campaign& campaign, const CampaignItem* item, const AnswerCampaign& command) {
    if (item == nullptr) {
        return fail(ErrorCode::NotFound,
                    fmt::format("The campaign '{}' doesn't list the grant '{}'.", campaign.id, clipped(command.grant)));
    }
    if (item->answer != CampaignAnswer::Open) {
        return fail(ErrorCode::Conflict,
                    fmt::format("'{}' has answered for the grant '{}' already.", item->person, item->grant));
    }
    if (at.isTrial()) {
        return {};
    }
    const std::string owner = ownerOfProduct(at.mesh, campaign.product);
    const bool mayAnswer = owner.empty() ? isAdmin(at.mesh, at.author) : isInTeam(at.mesh, owner, at.author);
    if (!mayAnswer) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("Only {} answers for the product '{}'.", shownTeam(owner), campaign.product));
    }
    const Grant* grant = at.mesh.grants.find(item->grant);
    if (command.keep && grant != nullptr && isForThemselves(at.mesh, requestOf(*grant), at.author)) {
        return fail(ErrorCode::PermissionDenied,
                    fmt::format("The grant '{}' is '{}''s own; somebody else must keep it.", grant->id, at.author));
    }
    return command.keep ? Status{} : needReason(at, "it is dropped; those who have it read it");
}

} // namespace

Result<Decision> decideOne(const OpenCampaign& command, const Case& at) {
    if (at.mesh.campaigns.find(command.id) != nullptr) {
        return fail(ErrorCode::AlreadyExists, fmt::format("There is already a campaign '{}'.", clipped(command.id)));
    }
    const Product* product = at.mesh.products.find(command.product);
    if (product == nullptr) {
        return notThere(Kind::Product, command.product);
    }
    if (auto checked = firstError({checkSlug("campaign", command.id), checkName("campaign", command.name),
                                   checkRevision(Kind::Campaign, command.id, at, 0), checkEnd(at, command.dueMs),
                                   needTeam(at, product->owner, "open a campaign for it")});
        !checked) {
        return std::unexpected(checked.error());
    }
    Campaign campaign{command.id, command.name, command.product, at.author, at.timeMs, command.dueMs, false, {}, 0};
    for (const auto& [id, grant] : at.mesh.grants.items()) {
        if (grant->inForceAt(at.timeMs) && concerns(*grant, *product)) {
            campaign.items.push_back({id, CampaignAnswer::Open, {}, -1, {}});
        }
    }
    campaign.revision = at.revision;
    auto changes = changesBetween({}, fieldsOf(&campaign));
    return Decision{{std::move(campaign)}, std::move(changes)};
}

Result<Decision> decideOne(const AnswerCampaign& command, const Case& at) {
    auto campaign = campaignAt(at, command.id);
    if (!campaign) {
        return std::unexpected(campaign.error());
    }
    const Campaign before = *campaign;
    const auto item = std::ranges::find(campaign->items, command.grant, &CampaignItem::grant);
    if (auto checked = checkAnswer(at, before, item == campaign->items.end() ? nullptr : &*item, command); !checked) {
        return std::unexpected(checked.error());
    }
    *item = {command.grant, command.keep ? CampaignAnswer::Kept : CampaignAnswer::Dropped, at.author, at.timeMs,
             at.why};
    Decision decision = changed(before, std::move(*campaign), at);
    const Grant* grant = at.mesh.grants.find(command.grant);
    if (grant == nullptr || (grant->revoked && !command.keep)) {
        return decision;
    }
    Grant answered = *grant;
    answered.revision = at.revision;
    if (command.keep) {
        answered.confirmedBy = at.author;
        answered.confirmedMs = at.timeMs;
    } else {
        revoke(answered, at);
    }
    decision.effects.emplace_back(std::move(answered));
    return decision;
}

Result<Decision> decideOne(const CloseCampaign& command, const Case& at) {
    auto campaign = campaignAt(at, command.id);
    if (!campaign) {
        return std::unexpected(campaign.error());
    }
    const Campaign before = *campaign;
    if (auto checked = needTeam(at, ownerOfProduct(at.mesh, before.product), "close the campaign"); !checked) {
        return std::unexpected(checked.error());
    }
    campaign->closed = true;
    return changed(before, std::move(*campaign), at);
}

} // namespace meshbone::catalog
