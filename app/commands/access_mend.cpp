// SPDX-License-Identifier: Apache-2.0
// meshctl access mend: what is done about findings of drift.
#include "commands/access_evidence.h"
#include "commands/access_findings.h"
#include "commands/access_options.h"
#include "commands/access_simulated.h"
#include "commands/command.h"

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace meshbone::app {

using namespace catalog;

namespace {

struct MendOptions : ScopeOptions {
    std::vector<std::string> findings;
    std::string act, team;
    std::optional<std::size_t> deletions;
    SeenOptions seen;
};

Result<std::vector<Mend>> chosen(const MendOptions& options, const std::vector<DriftFinding>& found, MendAct act,
                                 TimestampMs until) {
    std::vector<Mend> mends;
    for (const std::string& id : options.findings) {
        const auto finding = std::ranges::find(found, id, &findingId);
        if (finding == found.end()) {
            return fail(ErrorCode::NotFound,
                        fmt::format("There is no finding '{}' any more; look at `meshctl access drift` again.", id));
        }
        mends.push_back({*finding, act, options.team, until});
    }
    return mends;
}

/// What a person has to judge isn't decided for several at once, whatever the act: one team and one reason would stand
/// for all of them.
Status checkOneByOne(const std::vector<Mend>& mends) {
    const auto isJudged = [](const Mend& mend) { return !isMendedInBulk(mend.finding.kind); };
    if (std::ranges::count_if(mends, isJudged) < 2) {
        return {};
    }
    const auto first = std::ranges::find_if(mends, isJudged);
    return fail(ErrorCode::InvalidArgument,
                fmt::format("What is {} has to be judged one by one: nobody agreed to it, so each may be what somebody "
                            "relies on or what keeps somebody out. Mend {} alone, then the next.",
                            driftName(first->finding.kind), findingId(first->finding)));
}

Status checkAct(const Mend& mend, const AccessSurvey& survey) {
    const auto acts = actsOn(mend.finding, survey);
    return std::ranges::find(acts, mend.act) != acts.end()
               ? Status{}
               : fail(ErrorCode::InvalidArgument,
                      fmt::format("What may be done about {}: {}.", findingId(mend.finding),
                                  acts.empty() ? "nothing but look at it" : actsText(mend.finding, survey)));
}

std::string shownCommand(const Command& command) {
    const auto* mark = std::get_if<MarkBinding>(&command);
    if (const auto* retry = std::get_if<RetryBinding>(&command)) {
        return fmt::format("try again {}", backbone::describe(retry->binding));
    }
    if (const auto* revoke = std::get_if<RevokeGrant>(&command)) {
        return fmt::format("revoke grant {}", revoke->id);
    }
    if (mark == nullptr) {
        return "change the ledger";
    }
    constexpr std::array<std::string_view, 4> kSays{"call it created", "adopt", "ignore", "retire"};
    const std::string_view says = mark->release ? "let go of" : kSays.at(static_cast<std::size_t>(mark->standing));
    return fmt::format("{} {}", says, backbone::describe(mark->binding));
}

/// Taking a DENY away lets somebody in.
std::vector<std::string> warningsOf(const MendPlan& plan) {
    std::vector<std::string> warnings;
    for (const auto& binding : plan.cluster.remove) {
        if (binding.permission == backbone::Permission::Deny) {
            warnings.push_back(fmt::format("Removing {} opens access: whoever an ALLOW covers may then do it.",
                                           backbone::describe(binding)));
        }
    }
    return warnings;
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
    for (const std::string& warning : warningsOf(plan)) {
        fmt::print("Mind: {}\n", warning);
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
            {"warnings", warningsOf(plan)},
            {"allowed", plan.allowed.has_value()},
            {"reason", plan.allowed ? std::string() : plan.allowed.error().message}};
}

Result<MendPlan> planned(const MendOptions& options, const AccessSurvey& survey) {
    if (options.act == "ignore" && options.until.empty()) {
        return fail(ErrorCode::InvalidArgument, "Say until when it is to be ignored, for example --until 2027-01-31.");
    }
    const auto act = static_cast<MendAct>(std::ranges::find(kMendActs, options.act) - kMendActs.begin());
    const auto until = untilOf(options);
    const auto found = driftOf(survey);
    if (!until || !found) {
        return std::unexpected(!until ? until.error() : found.error());
    }
    auto mends = chosen(options, *found, act, *until);
    if (!mends) {
        return std::unexpected(mends.error());
    }
    for (const Mend& mend : *mends) {
        if (auto may = checkAct(mend, survey); !may) {
            return std::unexpected(may.error());
        }
    }
    if (auto single = checkOneByOne(*mends); !single) {
        return std::unexpected(single.error());
    }
    return mendPlanOf(survey, std::move(*mends));
}

/// Who loses and who gains by it, decided on what was seen and on all that may be done.
Status tryOut(const MendOptions& options, const OpenMesh& mesh, const AccessSurvey& survey, const MendPlan& plan) {
    if (plan.cluster.isEmpty()) {
        if (options.json) {
            printJson(planJson(plan));
        }
        return plan.allowed;
    }
    const auto seen = seenBy(options.seen, mesh, survey, options.call());
    const auto evidence = seen.value_or(lineage::AccessEvidence{}); // what may be done is known without it
    const SimulatedChange effect = simulated(plan.change(), survey, evidence);
    if (options.json) {
        Json json = planJson(plan);
        json["effect"] = simulatedJson(effect);
        addEvidenceJson(json["effect"], evidence);
        json["unknown"] = seen ? std::string() : seen.error().message;
        printJson(json);
        return plan.allowed;
    }
    printSimulated(effect);
    printEvidence(evidence);
    if (!seen) {
        fmt::print("Mind: What was seen couldn't be read. {}\n", seen.error().message);
    }
    return plan.allowed;
}

Status apply(const MendOptions& options, const OpenMesh& mesh, const MendPlan& plan) {
    if (!plan.allowed) {
        return plan.allowed;
    }
    if (auto counted = checkCount(plan.cluster, options.deletions); !counted) {
        return counted;
    }
    const auto applied = applyMends(mesh.catalog, plan, options.why, options.call());
    if (applied.refused) {
        return std::unexpected(*applied.refused);
    }
    if (options.json) {
        printJson(planJson(plan));
    } else if (applied.said.empty()) {
        fmt::print("The ledger says so already; whoever enforces it does it by itself.\n");
    } else {
        fmt::print("Said to the ledger in {} entries; whoever enforces it does the rest.\n", applied.said.size());
    }
    return {};
}

Status mend(const MendOptions& options, const OpenMesh& mesh) {
    const auto survey = lookAtAccess(options, mesh);
    const auto plan = survey ? planned(options, *survey) : std::unexpected(survey.error());
    if (!plan) {
        return std::unexpected(plan.error());
    }
    if (!options.json) {
        printPlan(*plan);
    }
    return options.dryRun ? tryOut(options, mesh, *survey, *plan) : apply(options, mesh, *plan);
}

} // namespace

void addMending(CLI::App& access, int& status) {
    const auto options = std::make_shared<MendOptions>();
    auto* command = access.add_subcommand("mend", "Do something about findings of drift");
    addCommonOptions(*command, *options);
    command->add_option("act", options->act, "reapply, adopt, revoke, narrow or ignore")
        ->required()
        ->check(CLI::IsMember({"reapply", "adopt", "revoke", "narrow", "ignore"}));
    command->add_option("findings", options->findings, "Findings, as `meshctl access drift` names them")->required();
    command->add_option("--team", options->team, "Who owns it from now on, of what isn't ours yet");
    command->add_option("--until", options->until, "Until when it is ignored (which must be said) or adopted, in UTC");
    command->add_option("--why", options->why, "The reason, for the ledger");
    command->add_flag("--dry-run", options->dryRun, "Show what would be done and who loses or gains, and do nothing");
    addSeenOptions(*command, options->seen);
    command->add_option("--deletions", options->deletions, "How many bindings go, where that is more than a tenth");
    command->callback([options, &status] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) { return mend(*options, mesh); });
    });
}

} // namespace meshbone::app
