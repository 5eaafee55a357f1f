// SPDX-License-Identifier: Apache-2.0
// meshctl access drift: where the backbone differs from what is agreed; and mend: what is done about it.
#include "commands/access_look.h"
#include "commands/access_options.h"
#include "commands/command.h"
#include "commands/text_table.h"

#include <catalog/access_mend.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

namespace meshbone::app {

using namespace catalog;

namespace {

struct DriftOptions : ScopeOptions {
    std::vector<std::string> findings;
    std::string act, team;
    std::optional<std::size_t> deletions;
};
using Work = Status (*)(const DriftOptions& options, const OpenMesh& mesh);

constexpr std::array<std::string_view, 5> kActs{"reapply", "adopt", "revoke", "narrow", "ignore"};

std::string_view nameOfAct(MendAct act) {
    return kActs.at(static_cast<std::size_t>(act));
}

/// The same for the same finding, whatever else is found: FNV-1a.
std::string idOf(const DriftFinding& finding) {
    std::uint32_t hash = 2'166'136'261U;
    for (const char c : std::string(driftName(finding.kind)) + ' ' + backbone::describe(finding.binding)) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16'777'619U;
    }
    return fmt::format("{:08x}", hash);
}

std::string actsOf(const DriftFinding& finding, const AccessSurvey& survey) {
    std::string all;
    for (const MendAct act : actsOn(finding, survey)) {
        (all += all.empty() ? "" : ", ") += nameOfAct(act);
    }
    return all;
}

Json findingJson(const DriftFinding& finding, const AccessSurvey& survey) {
    Json acts = Json::array();
    for (const MendAct act : actsOn(finding, survey)) {
        acts.push_back(nameOfAct(act));
    }
    return {{"id", idOf(finding)},
            {"kind", driftName(finding.kind)},
            {"meaning", meaningOf(finding)},
            {"binding", bindingJson(finding.binding)},
            {"other", finding.other ? bindingJson(*finding.other) : Json()},
            {"isOwn", finding.isOwn},
            {"grants", finding.grants},
            {"principals", finding.principals},
            {"acts", std::move(acts)}};
}

Status drift(const DriftOptions& options, const OpenMesh& mesh) {
    const auto survey = lookAtAccess(options, mesh);
    const auto found = survey ? driftOf(*survey) : std::unexpected(survey.error());
    if (!found) {
        return std::unexpected(found.error());
    }
    Json json = Json::array();
    for (const DriftFinding& finding : *found) {
        json.push_back(findingJson(finding, *survey));
    }
    if (options.json) {
        printJson({{"findings", std::move(json)}, {"unknown", survey->unknown}});
        return {};
    }
    TextTable table({"Finding", "Kind", "What it means", "What may be done"});
    for (const DriftFinding& finding : *found) {
        table.add({idOf(finding), std::string(driftName(finding.kind)), meaningOf(finding), actsOf(finding, *survey)});
    }
    table.print();
    fmt::print("{}\n", found->empty() ? "What is there is what is agreed." : "");
    printUnknown(survey->unknown);
    return {};
}

Result<std::vector<Mend>> chosen(const DriftOptions& options, const std::vector<DriftFinding>& found, MendAct act,
                                 TimestampMs until) {
    std::vector<Mend> mends;
    for (const std::string& id : options.findings) {
        const auto finding = std::ranges::find(found, id, &idOf);
        if (finding == found.end()) {
            return fail(ErrorCode::NotFound,
                        fmt::format("There is no finding '{}' any more; look at `meshctl access drift` again.", id));
        }
        mends.push_back({*finding, act, options.team, until});
    }
    return mends;
}

std::string shownCommand(const Command& command) {
    const auto* mark = std::get_if<MarkBinding>(&command);
    if (mark == nullptr) {
        return "change the ledger";
    }
    constexpr std::array<std::string_view, 4> kSays{"call it created", "adopt", "ignore", "retire"};
    const std::string_view says = mark->release ? "let go of" : kSays.at(static_cast<std::size_t>(mark->standing));
    return fmt::format("{} {}", says, backbone::describe(mark->binding));
}

void printPlan(const MendPlan& plan) {
    for (const Command& command : plan.commands) {
        fmt::print("ledger: {}\n", shownCommand(command));
    }
    for (const auto& binding : plan.cluster.create) {
        fmt::print("+ {}\n", backbone::describe(binding));
    }
    for (const auto& binding : plan.cluster.remove) {
        fmt::print("- {}\n", backbone::describe(binding));
    }
}

Json planJson(const MendPlan& plan) {
    Json says = Json::array();
    for (const Command& command : plan.commands) {
        says.push_back(shownCommand(command));
    }
    return {{"says", std::move(says)},
            {"creates", bindingsJson(plan.cluster.create)},
            {"removes", bindingsJson(plan.cluster.remove)},
            {"allowed", plan.allowed.has_value()},
            {"reason", plan.allowed ? std::string() : plan.allowed.error().message}};
}

Result<MendPlan> planned(const DriftOptions& options, const OpenMesh& mesh) {
    const auto act = static_cast<MendAct>(std::ranges::find(kActs, options.act) - kActs.begin());
    const auto until = untilOf(options);
    if (!until) {
        return std::unexpected(until.error());
    }
    const auto survey = lookAtAccess(options, mesh);
    const auto found = survey ? driftOf(*survey) : std::unexpected(survey.error());
    if (!found) {
        return std::unexpected(found.error());
    }
    auto mends = chosen(options, *found, act, *until);
    if (!mends) {
        return std::unexpected(mends.error());
    }
    for (const Mend& mend : *mends) {
        const auto acts = actsOn(mend.finding, *survey);
        if (std::ranges::find(acts, act) == acts.end()) {
            return fail(ErrorCode::InvalidArgument,
                        fmt::format("What may be done about {}: {}.", idOf(mend.finding),
                                    acts.empty() ? "nothing but look at it" : actsOf(mend.finding, *survey)));
        }
    }
    return mendPlanOf(*survey, std::move(*mends));
}

Status mend(const DriftOptions& options, const OpenMesh& mesh) {
    const auto plan = planned(options, mesh);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    if (!options.json) {
        printPlan(*plan);
    }
    if (options.dryRun) {
        if (options.json) {
            printJson(planJson(*plan));
        }
        return plan->allowed;
    }
    if (!plan->allowed) {
        return plan->allowed;
    }
    if (auto counted = checkCount(plan->cluster, options.deletions); !counted) {
        return counted;
    }
    const auto applied = applyMends(mesh.catalog, *plan, options.why, options.call());
    if (applied.refused) {
        return std::unexpected(*applied.refused);
    }
    options.json
        ? printJson(planJson(*plan))
        : fmt::print("Said to the ledger in {} entries; whoever enforces it does the rest.\n", applied.said.size());
    return {};
}

CLI::App* addOne(CLI::App& access, const std::shared_ptr<DriftOptions>& options, int& status, const char* name,
                 const char* about, Work work) {
    auto* command = access.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    command->callback([options, &status, work] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return work(*options, mesh); });
    });
    return command;
}

} // namespace

void addDrift(CLI::App& access, int& status) {
    const auto options = std::make_shared<DriftOptions>();
    addOne(access, options, status, "drift", "Where the backbone differs from what is agreed, and what may be done",
           &drift);
    auto* mending = addOne(access, options, status, "mend", "Do something about findings of drift", &mend);
    mending->add_option("act", options->act, "reapply, adopt, revoke, narrow or ignore")
        ->required()
        ->check(CLI::IsMember({"reapply", "adopt", "revoke", "narrow", "ignore"}));
    mending->add_option("findings", options->findings, "Findings, as `meshctl access drift` names them")->required();
    mending->add_option("--team", options->team, "Who owns it from now on, of what isn't ours yet");
    mending->add_option("--until", options->until, "How long it is ignored or adopted, in UTC");
    mending->add_option("--why", options->why, "The reason, for the ledger");
    mending->add_flag("--dry-run", options->dryRun, "Show what would be done, and do nothing");
    mending->add_option("--deletions", options->deletions, "How many bindings go, where that is more than a tenth");
}

} // namespace meshbone::app
