// SPDX-License-Identifier: Apache-2.0
// meshctl access simulate and least: what a change would do to what was seen, and what would be enough for it.
#include "commands/access_look.h"
#include "commands/access_options.h"
#include "commands/command.h"
#include "commands/open_lineage.h"
#include "commands/scratch_folder.h"
#include "commands/text_table.h"

#include <catalog/access_least.h>
#include <catalog/access_names.h>
#include <lineage/access_evidence.h>

#include <CLI/CLI.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <memory>

namespace meshbone::app {

using namespace catalog;

namespace {

constexpr TimestampMs kDayMs = 86'400'000;

struct SimulateOptions : CommonOptions {
    std::vector<std::string> revokes, drops, adds, removes;
    std::string principal;
    int days = 90;
};
using Work = Status (*)(const SimulateOptions& options, const OpenMesh& mesh, const AccessSurvey& survey,
                        const lineage::AccessEvidence& evidence);

Result<AccessChange> changeOf(const SimulateOptions& options, const AccessSurvey& survey) {
    AccessChange change;
    for (const std::string& grant : options.revokes) {
        if (std::ranges::find(survey.agreed.grants, grant, &GrantInForce::id) == survey.agreed.grants.end()) {
            return fail(ErrorCode::NotFound, fmt::format("There is no grant '{}' in force.", grant));
        }
        const auto ending = endingWith(survey.agreed.wanted, grant);
        change.remove.insert(change.remove.end(), ending.begin(), ending.end());
    }
    for (const auto& [texts, bindings] :
         {std::pair(&options.adds, &change.add), std::pair(&options.removes, &change.remove)}) {
        for (const std::string& text : *texts) {
            auto binding = backbone::parseBinding(text);
            if (!binding) {
                return std::unexpected(binding.error());
            }
            bindings->push_back(std::move(*binding));
        }
    }
    change.dropPrincipals.insert(options.drops.begin(), options.drops.end());
    if (change.remove.empty() && change.add.empty() && change.dropPrincipals.empty() && options.revokes.empty()) {
        return fail(ErrorCode::InvalidArgument, "Say what would change: --revoke, --drop, --add or --remove.");
    }
    return change;
}

std::string_view gradeName(EvidenceGrade grade) {
    return grade == EvidenceGrade::Observed ? "observed" : grade == EvidenceGrade::Inferred ? "inferred" : "none";
}

Json coverageJson(const EvidenceCoverage& coverage) {
    Json gaps = Json::array();
    for (const auto& [from, to] : coverage.gaps) {
        gaps.push_back({{"from", isoTime(from)}, {"to", isoTime(to)}});
    }
    return {{"from", coverage.fromMs < 0 ? Json() : Json(isoTime(coverage.fromMs))},
            {"to", coverage.toMs < 0 ? Json() : Json(isoTime(coverage.toMs))},
            {"observers", coverage.observers},
            {"gaps", std::move(gaps)}};
}

void printCoverage(const lineage::AccessEvidence& evidence) {
    const EvidenceCoverage& coverage = evidence.coverage;
    if (coverage.observers.empty()) {
        fmt::print("Evidence: none. Nobody watched, so what isn't listed is not known to be unused.\n");
        return;
    }
    fmt::print("Evidence: {}, from {} to {}, by {}; {} gaps.\n", gradeName(evidence.grade), isoTime(coverage.fromMs),
               isoTime(coverage.toMs), fmt::join(coverage.observers, ", "), coverage.gaps.size());
    if (evidence.unattributed > 0) {
        fmt::print("Mind: {} requests were too many to be told apart by client; nothing speaks for them.\n",
                   evidence.unattributed);
    }
}

Json effectsJson(const std::vector<SimulatedEffect>& effects) {
    Json all = Json::array();
    for (const SimulatedEffect& one : effects) {
        all.push_back({{"principal", one.principal},
                       {"client", one.clientId},
                       {"operation", name(one.operation)},
                       {"resourceType", name(one.resourceKind)},
                       {"resource", one.resource},
                       {"count", one.count},
                       {"last", one.lastMs < 0 ? Json() : Json(isoTime(one.lastMs))},
                       {"grade", gradeName(one.grade)},
                       {"before", one.before},
                       {"after", one.after},
                       {"note", one.note}});
    }
    return all;
}

void printEffects(const char* title, const std::vector<SimulatedEffect>& effects) {
    if (effects.empty()) {
        return;
    }
    fmt::print("{}:\n", title);
    TextTable table({"Principal", "Client", "Right", "On", "Requests", "Now", "Then"});
    for (const SimulatedEffect& one : effects) {
        table.add({one.principal, one.clientId, std::string(name(one.operation)), one.resource,
                   std::to_string(one.count), one.before, one.note.empty() ? one.after : one.after + "; " + one.note});
    }
    table.print();
}

Json reachJson(const std::vector<ReachChange>& changes) {
    Json all = Json::array();
    for (const ReachChange& one : changes) {
        Json operations = Json::array();
        for (const auto operation : one.operations) {
            operations.push_back(name(operation));
        }
        all.push_back({{"principal", one.principal},
                       {"host", one.host},
                       {"resourceType", name(one.resourceKind)},
                       {"resource", one.resource},
                       {"operations", std::move(operations)}});
    }
    return all;
}

Status simulateChange(const SimulateOptions& options, const OpenMesh&, const AccessSurvey& survey,
                      const lineage::AccessEvidence& evidence) {
    const auto change = changeOf(options, survey);
    if (!change) {
        return std::unexpected(change.error());
    }
    const auto& table = survey.actual->table();
    const Simulation result = simulate(table, *change, evidence.tuples, evidence.coverage, survey.context.nowMs);
    const auto listed = [](const auto& names) {
        return names ? std::vector<std::string>(names->begin(), names->end()) : std::vector<std::string>{};
    };
    const Reach reach = reachAfter(table, *change, listed(survey.context.topics), listed(survey.context.principals),
                                   survey.context.nowMs);
    if (options.json) {
        printJson({{"lost", effectsJson(result.lost)},
                   {"gained", effectsJson(result.gained)},
                   {"perhaps", effectsJson(result.perhaps)},
                   {"unseen", bindingsJson(result.unseen)},
                   {"reach", {{"lost", reachJson(reach.lost)}, {"gained", reachJson(reach.gained)}}},
                   {"grade", gradeName(evidence.grade)},
                   {"coverage", coverageJson(result.coverage)},
                   {"unknown", survey.unknown}});
        return {};
    }
    printEffects("Would be lost", result.lost);
    printEffects("Would be gained", result.gained);
    printEffects("Would perhaps be lost", result.perhaps);
    for (const auto& binding : result.unseen) {
        fmt::print("Nobody was seen to use: {}\n", backbone::describe(binding));
    }
    fmt::print("{} rights would be lost and {} gained, used or not.\n", reach.lost.size(), reach.gained.size());
    printCoverage(evidence);
    printUnknown(survey.unknown);
    return {};
}

TopicHomes homesOf(const Catalog& catalog, const AccessSurvey& survey) {
    std::map<std::string, Classification> products, topics;
    for (const Classified& one : catalog.classifications()) {
        (one.product ? products : topics)[one.subject] = one.level;
    }
    const auto levelIn = [](const auto& levels, const std::string& id) {
        const auto found = levels.find(id);
        return found == levels.end() ? Classification::Internal : found->second;
    };
    const auto facts = catalog.topicFacts();
    TopicHomes homes;
    for (const std::string& topic : survey.context.topics.value_or(std::set<std::string, std::less<>>{})) {
        const auto fact = facts.find(topic);
        const std::string product = fact == facts.end() ? std::string() : fact->second.product;
        const auto level = std::max(levelIn(topics, topic), levelIn(products, product));
        homes.emplace(topic, TopicHome{product, std::string(nameOf(level))});
    }
    return homes;
}

std::string_view keptName(KeptFor reason) {
    switch (reason) {
    case KeptFor::Deny:
        return "a DENY is never judged by traffic";
    case KeptFor::YoungGrant:
        return "its grant is younger than the evidence";
    case KeptFor::NotOwn:
        return "it was neither created nor adopted here";
    case KeptFor::OnlyInferred:
        return "its principal's evidence is only inferred";
    }
    return "";
}

Status least(const SimulateOptions& options, const OpenMesh& mesh, const AccessSurvey& survey,
             const lineage::AccessEvidence& evidence) {
    const TopicHomes homes = homesOf(mesh.catalog, survey);
    auto plan = leastPrivilege({survey.actual->table(), survey.agreed.own, survey.agreed.grants, evidence.tuples,
                                evidence.coverage, homes, survey.context.nowMs});
    if (!plan) {
        return std::unexpected(plan.error());
    }
    const auto isOther = [&](const backbone::AclBinding& binding) {
        return !options.principal.empty() && binding.principal != options.principal;
    };
    std::erase_if(plan->create, isOther);
    std::erase_if(plan->remove, isOther);
    std::erase_if(plan->prefixes, [&](const LeastPrefix& one) { return isOther(one.binding); });
    std::erase_if(plan->kept, [&](const auto& one) { return isOther(one.first); });
    if (options.json) {
        Json prefixes = Json::array();
        for (const LeastPrefix& one : plan->prefixes) {
            prefixes.push_back({{"binding", bindingJson(one.binding)},
                                {"used", one.used},
                                {"opens", one.opens},
                                {"openAlready", one.openAlready}});
        }
        Json kept = Json::array();
        for (const auto& [binding, reason] : plan->kept) {
            kept.push_back({{"binding", bindingJson(binding)}, {"reason", keptName(reason)}});
        }
        printJson({{"create", bindingsJson(plan->create)},
                   {"remove", bindingsJson(plan->remove)},
                   {"prefixes", std::move(prefixes)},
                   {"kept", std::move(kept)},
                   {"coverage", coverageJson(plan->coverage)}});
        return {};
    }
    for (const auto& binding : plan->create) {
        fmt::print("+ {}\n", backbone::describe(binding));
    }
    for (const auto& binding : plan->remove) {
        fmt::print("- {}\n", backbone::describe(binding));
    }
    for (const LeastPrefix& one : plan->prefixes) {
        fmt::print("  {} opens: {}\n", backbone::describe(one.binding), fmt::join(one.opens, ", "));
    }
    for (const auto& [binding, reason] : plan->kept) {
        fmt::print("  kept: {}: {}\n", backbone::describe(binding), keptName(reason));
    }
    printCoverage(evidence);
    return {};
}

Status withEvidence(const SimulateOptions& options, const OpenMesh& mesh, Work work) {
    const auto survey = lookAtAccess(options, mesh);
    if (!survey) {
        return std::unexpected(survey.error());
    }
    const ScratchFolder scratch;
    const auto lineage = lookAtLineage(mesh.backbone, scratch.path(), options.call());
    if (!lineage) {
        return std::unexpected(lineage.error());
    }
    lineage::AccessEvidenceQuery query;
    query.toMs = survey->context.nowMs;
    query.fromMs = query.toMs - options.days * kDayMs;
    query.acls = {std::shared_ptr<const void>(), &survey->actual->table()}; // the survey outlives the query
    const auto evidence = (*lineage)->accessEvidence(query, options.call());
    return evidence ? work(options, mesh, *survey, *evidence) : std::unexpected(evidence.error());
}

CLI::App* addOne(CLI::App& access, const std::shared_ptr<SimulateOptions>& options, int& status, const char* name,
                 const char* about, Work work) {
    auto* command = access.add_subcommand(name, about);
    addCommonOptions(*command, *options);
    command->add_option("--days", options->days, "How far back what was seen counts")
        ->capture_default_str()
        ->check(CLI::Range(1, 3'650));
    command->callback([options, &status, work] {
        status = withMesh(*options, Projection::AnyOne,
                          [&](const OpenMesh& mesh) { return withEvidence(*options, mesh, work); });
    });
    return command;
}

} // namespace

void addSimulating(CLI::App& access, int& status) {
    const auto options = std::make_shared<SimulateOptions>();
    auto* simulating = addOne(access, options, status, "simulate",
                              "What a change would take from whom, by what was seen; changes nothing", &simulateChange);
    const auto many = [&](const char* name, std::vector<std::string>& values, const char* about) {
        simulating->add_option(name, values, about)->allow_extra_args(false);
    };
    many("--revoke", options->revokes, "A grant that ends; may be repeated, as the others");
    many("--drop", options->drops, "A principal that is no longer known");
    many("--add", options->adds, "A binding that comes: 'DENY READ TOPIC LITERAL flights User:x *'");
    many("--remove", options->removes, "A binding that goes");
    addOne(access, options, status, "least", "The smallest bindings that would have let all through that was seen",
           &least)
        ->add_option("--principal", options->principal, "Only of this one");
}

} // namespace meshbone::app
