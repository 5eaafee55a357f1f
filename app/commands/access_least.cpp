// SPDX-License-Identifier: Apache-2.0
// meshctl access least: the smallest bindings that would have let all through that was seen, as a plan to review.
#include "commands/access_evidence.h"
#include "commands/access_parts.h"
#include "commands/access_simulated.h"
#include "commands/command.h"

#include <backbone/iso_time.h>
#include <catalog/access_homes.h>
#include <catalog/access_least_cuts.h>
#include <catalog/access_least_file.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

namespace meshbone::app {

using namespace catalog;

namespace {

constexpr std::size_t kNamed = 8;

struct LeastOptions : CommonOptions {
    SeenOptions seen;
    std::string principal, plan;
};

std::string_view keptName(KeptFor reason) {
    switch (reason) {
    case KeptFor::Deny:
        return "a DENY is never judged by traffic";
    case KeptFor::YoungGrant:
        return "its grant is younger than the evidence";
    case KeptFor::NotOwn:
        return "it was neither created nor adopted here";
    case KeptFor::Asking:
        return "it lets everybody ask for access (meshctl access asking)";
    case KeptFor::OnlyInferred:
        return "its principal's evidence is only inferred";
    }
    return "";
}

/// The plan, of one principal where that is asked for.
Result<LeastPlan> planOf(const LeastOptions& options, const AccessSurvey& survey,
                         const lineage::AccessEvidence& evidence, const TopicHomes& homes) {
    auto plan = leastPrivilege({survey.actual->table(), survey.agreed.own, survey.agreed.grants, evidence.tuples,
                                evidence.coverage, homes, survey.context.nowMs});
    if (!plan || options.principal.empty()) {
        return plan;
    }
    const auto isOther = [&](const backbone::AclBinding& binding) { return binding.principal != options.principal; };
    std::erase_if(plan->create, isOther);
    std::erase_if(plan->remove, isOther);
    std::erase_if(plan->prefixes, [&](const LeastPrefix& one) { return isOther(one.binding); });
    std::erase_if(plan->kept, [&](const auto& one) { return isOther(one.first); });
    return plan;
}

/// "a, b and 3 more".
std::string some(const std::vector<std::string>& names) {
    const std::span<const std::string> shown(names.data(), std::min(kNamed, names.size()));
    return names.empty()           ? std::string("nothing")
           : names.size() > kNamed ? fmt::format("{} and {} more", fmt::join(shown, ", "), names.size() - kNamed)
                                   : fmt::format("{}", fmt::join(shown, ", "));
}

std::string removesText(const LeastCut& cut) {
    if (!cut.isTold) {
        return fmt::format("what it removes is told of the first {} only; ask for one --principal", kCutsTold);
    }
    std::vector<std::string> parts;
    std::ranges::transform(cut.removes, std::back_inserter(parts), reachText);
    return parts.empty() ? std::string("removes nothing: other bindings allow the same") : "removes " + some(parts);
}

std::string useText(const BindingUse& use, const EvidenceCoverage& coverage) {
    return use.isUsed() ? fmt::format("used, last {}; what stays allows what was used", isoTime(use.lastMs))
                        : fmt::format("nobody was seen using it from {} to {}", isoTime(coverage.fromMs),
                                      isoTime(coverage.toMs));
}

Json cutJson(const LeastCut& cut) {
    return {{"binding", bindingJson(cut.binding)},
            {"lastUsed", cut.use.isUsed() ? Json(isoTime(cut.use.lastMs)) : Json()},
            {"removes", cut.isTold ? reachJson(cut.removes) : Json()}};
}

Json leastJson(const LeastPlan& plan, const std::vector<LeastCut>& cuts) {
    Json prefixes = Json::array(), kept = Json::array(), removed = Json::array();
    for (const LeastPrefix& one : plan.prefixes) {
        prefixes.push_back({{"binding", bindingJson(one.binding)},
                            {"used", one.used},
                            {"opens", one.opens},
                            {"openAlready", one.openAlready}});
    }
    for (const auto& [binding, reason] : plan.kept) {
        kept.push_back({{"binding", bindingJson(binding)}, {"reason", keptName(reason)}});
    }
    std::ranges::transform(cuts, std::back_inserter(removed), cutJson);
    return {{"create", bindingsJson(plan.create)},
            {"remove", bindingsJson(plan.remove)},
            {"cuts", std::move(removed)},
            {"prefixes", std::move(prefixes)},
            {"kept", std::move(kept)}};
}

void printLeast(const LeastPlan& plan, const std::vector<LeastCut>& cuts) {
    for (const auto& binding : plan.create) {
        fmt::print("+ {}\n", backbone::describe(binding));
    }
    for (const LeastCut& cut : cuts) {
        fmt::print("- {}\n    {}\n    {}\n", backbone::describe(cut.binding), removesText(cut),
                   useText(cut.use, plan.coverage));
    }
    for (const LeastPrefix& one : plan.prefixes) {
        fmt::print("  {}\n    stands for {}; newly opens {}; open already, and not used: {}\n",
                   backbone::describe(one.binding), some(one.used), some(one.opens), some(one.openAlready));
    }
    for (const auto& [binding, reason] : plan.kept) {
        fmt::print("  kept: {}: {}\n", backbone::describe(binding), keptName(reason));
    }
    if (plan.create.empty() && plan.remove.empty()) {
        fmt::print("Nothing to cut: what stands is used, or stays for the reasons above.\n");
    }
}

/// Writes the plan as access code; what it couldn't say so.
Result<LeastFile> writePlan(const LeastOptions& options, Catalog& catalog, const LeastPlan& plan) {
    auto whole = accessFileOf(catalog, {}, nowMs());
    if (!whole) {
        return std::unexpected(whole.error());
    }
    auto least = leastFileOf(std::move(*whole), plan);
    const auto written = writeTextFile(options.plan, writeLeastFile(least));
    return written ? Result<LeastFile>(std::move(least)) : std::unexpected(written.error());
}

void printWritten(const LeastOptions& options, const LeastFile& file) {
    for (const std::string& note : file.notes) {
        fmt::print("Mind: {}\n", note);
    }
    fmt::print("Wrote it to {}: {} grants go, {} narrower ones are asked for. Look at `meshctl access plan {}`, then "
               "apply it.\n",
               options.plan, file.ends, file.asks, options.plan);
}

/// A period that ends in the past hides what was used since.
std::string endNote(const LeastOptions& options) {
    return options.seen.to.empty()
               ? std::string()
               : fmt::format("What was used after {} doesn't count: a right that was needed since is cut too. Leave "
                             "--to out before you apply this.",
                             options.seen.to);
}

Status least(const LeastOptions& options, const OpenMesh& mesh, const AccessSurvey& survey,
             const lineage::AccessEvidence& evidence) {
    if (!evidence.showsAllowed) {
        return fail(ErrorCode::Unavailable, "What is allowed and used wasn't seen, so no right can be told to be too "
                                            "many. " +
                                                (evidence.notes.empty() ? std::string() : evidence.notes.front()));
    }
    const std::string note = endNote(options);
    const TopicHomes homes = topicHomes(mesh.catalog, survey);
    const auto plan = planOf(options, survey, evidence, homes);
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const auto cuts = cutsOf(*plan, survey.actual->table(), evidence.tuples, homes, survey.context.nowMs);
    const auto file = options.plan.empty() ? Result<LeastFile>() : writePlan(options, mesh.catalog, *plan);
    if (!file) {
        return std::unexpected(file.error());
    }
    if (options.json) {
        Json json = leastJson(*plan, cuts);
        addEvidenceJson(json, evidence);
        if (!note.empty()) {
            json["notes"].push_back(note);
        }
        json["file"] =
            options.plan.empty()
                ? Json()
                : Json{{"name", options.plan}, {"ends", file->ends}, {"asks", file->asks}, {"notes", file->notes}};
        printJson(json);
        return {};
    }
    printLeast(*plan, cuts);
    printEvidence(evidence);
    if (!note.empty()) {
        fmt::print("Mind: {}\n", note);
    }
    if (!options.plan.empty()) {
        printWritten(options, *file);
    }
    return {};
}

} // namespace

void addLeast(CLI::App& access, int& status) {
    const auto options = std::make_shared<LeastOptions>();
    auto* command =
        access.add_subcommand("least", "The smallest bindings that would have let all through that was seen");
    addCommonOptions(*command, *options);
    addSeenOptions(*command, options->seen);
    command->add_option("--principal", options->principal, "Only of this one");
    command->add_option("--plan", options->plan,
                        "Write it as a file for `meshctl access plan` and `apply`, to be reviewed first");
    command->callback([options, &status] {
        status = withMesh(*options, Projection::AnyOne, [&](const OpenMesh& mesh) {
            return withEvidence(
                *options, options->seen, mesh,
                [&](const OpenMesh& opened, const AccessSurvey& survey, const lineage::AccessEvidence& evidence) {
                    return least(*options, opened, survey, evidence);
                });
        });
    });
}

} // namespace meshbone::app
