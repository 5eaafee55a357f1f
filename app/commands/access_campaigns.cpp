// SPDX-License-Identifier: Apache-2.0
// meshctl access campaigns: a product's grants, confirmed or dropped by its owner.
#include "commands/access_parts.h"
#include "commands/command.h"
#include "commands/open_lineage.h"
#include "commands/scratch_folder.h"
#include "commands/text_table.h"

#include <catalog/access_names.h>
#include <catalog/access_presets.h>
#include <catalog/access_use.h>
#include <lineage/access_evidence.h>

#include <fmt/core.h>

#include <algorithm>

namespace meshbone::app {

using namespace catalog;

namespace {

struct CampaignOptions : ScopeOptions {
    std::string name, grant, answer;
};
using Menu = AccessMenu<CampaignOptions>;
constexpr TimestampMs kDayMs = 86'400'000;

Status open(const CampaignOptions& options, Catalog& catalog, const std::string&) {
    const auto due = untilOf(options);
    if (!due) {
        return std::unexpected(due.error());
    }
    const std::string& name = options.name.empty() ? options.id : options.name;
    return submitAndTell(options, catalog, OpenCampaign{options.id, name, options.product, *due}, options.id,
                         "Opened campaign:");
}
Status answer(const CampaignOptions& options, Catalog& catalog, const std::string&) {
    const bool keep = options.answer == "keep";
    return submitAndTell(options, catalog, AnswerCampaign{options.id, options.grant, keep}, options.grant,
                         keep ? "Kept:" : "Dropped, and revoked:");
}
Status close(const CampaignOptions& options, Catalog& catalog, const std::string&) {
    return submitAndTell(options, catalog, CloseCampaign{options.id}, options.id, "Closed campaign:");
}

/// When what a grant gives on topics was last used; -1: nobody was seen.
TimestampMs lastUseOf(const Grant& grant, const lineage::AccessEvidence& evidence) {
    const auto bindings = bindingsOf(grant.scope);
    const auto uses = usesOf(bindings, evidence.tuples);
    TimestampMs last = -1;
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const bool isTopic = bindings[i].resourceKind == backbone::ResourceKind::Topic;
        last = isTopic ? std::max(last, uses[i].lastMs) : last;
    }
    return last;
}

/// By grant, as far as somebody watched; otherwise why it isn't known.
Result<std::map<std::string, TimestampMs>> lastUses(const OpenMesh& mesh, const CallOptions& call) {
    const ScratchFolder scratch;
    const auto lineage = lookAtLineage(mesh.backbone, scratch.path(), call);
    if (!lineage) {
        return std::unexpected(lineage.error());
    }
    const auto evidence = (*lineage)->accessEvidence({0, nowMs(), nullptr}, call);
    if (!evidence) {
        return std::unexpected(evidence.error());
    }
    if (evidence->coverage.observers.empty()) {
        return fail(ErrorCode::Unavailable, "Nobody has watched who uses what.");
    }
    std::map<std::string, TimestampMs> uses;
    for (const Grant& grant : mesh.catalog.grants()) {
        uses[grant.id] = lastUseOf(grant, *evidence);
    }
    return uses;
}

std::string lastUseWords(const std::map<std::string, TimestampMs>& uses, const std::string& grant, TimestampMs now) {
    const auto found = uses.find(grant);
    if (found == uses.end()) {
        return "not known";
    }
    const auto days = (now - found->second) / kDayMs;
    return found->second < 0 ? "never seen" : days < 1 ? "today" : fmt::format("{} days ago", days);
}

Json itemJson(const CampaignItem& item, const std::map<std::string, TimestampMs>& uses) {
    const auto used = uses.find(item.grant);
    return {{"grant", item.grant},
            {"answer", nameOf(item.answer)},
            {"by", item.person},
            {"reason", item.reason},
            {"lastUse", used == uses.end() ? Json() : timeJson(used->second)},
            {"lastUseKnown", used != uses.end()}};
}

Status list(const CampaignOptions& options, const OpenMesh& mesh) {
    const auto known = lastUses(mesh, options.call());
    const auto uses = known.value_or(std::map<std::string, TimestampMs>{});
    Json json = Json::array();
    TextTable table({"Campaign", "Product", "Due", "Grant", "Answer", "By", "Last use"});
    const TimestampMs now = nowMs();
    for (const Campaign& campaign : mesh.catalog.campaigns()) {
        if (campaign.closed && !options.all) {
            continue;
        }
        Json items = Json::array();
        for (const CampaignItem& item : campaign.items) {
            items.push_back(itemJson(item, uses));
            table.add({campaign.id, campaign.product, isoTime(campaign.dueMs), item.grant,
                       std::string(nameOf(item.answer)), item.person, lastUseWords(uses, item.grant, now)});
        }
        json.push_back({{"id", campaign.id},
                        {"name", campaign.name},
                        {"product", campaign.product},
                        {"openedBy", campaign.openedBy},
                        {"due", timeJson(campaign.dueMs)},
                        {"closed", campaign.closed},
                        {"items", std::move(items)}});
    }
    if (options.json) {
        printJson(json);
        return {};
    }
    table.print();
    if (!known) {
        fmt::print("When grants were used isn't known. {}\n", known.error().message);
    }
    return {};
}

} // namespace

void addCampaigns(CLI::App& access, int& status) {
    const auto options = std::make_shared<CampaignOptions>();
    auto* campaigns = access.add_subcommand("campaigns", "Have a product's owner confirm or drop its grants");
    campaigns->require_subcommand(1);
    const Menu menu{*campaigns, options, status};
    auto* opening = menu.add("open", "List a product's grants for its owner to answer", &open);
    opening->add_option("id", options->id, "Its id, a short word of your choice")->required();
    opening->add_option("--product", options->product, "The product")->required();
    opening->add_option("--name", options->name, "Its name for people");
    opening->add_option("--due", options->until, "By when, in UTC, such as 2027-03-01");
    auto* answering = menu.add("answer", "Keep a grant, or drop it, which revokes it and needs --why", &answer);
    answering->add_option("id", options->id, "Campaign")->required();
    answering->add_option("grant", options->grant, "Grant")->required();
    answering->add_option("answer", options->answer, "keep or drop")
        ->required()
        ->check(CLI::IsMember({"keep", "drop"}));
    answering->add_option("--why", options->why, "The reason");
    menu.add("close", "End a campaign", &close)->add_option("id", options->id, "Campaign")->required();
    auto* listing = campaigns->add_subcommand("list", "What is to be answered, and when each grant was last used");
    addCommonOptions(*listing, *options);
    listing->add_flag("--all", options->all, "The closed ones too");
    listing->callback([options, &status] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return list(*options, mesh); });
    });
}

} // namespace meshbone::app
